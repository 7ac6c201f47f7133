"""Which canonical addresses may lead to an article, and which pages show the same one."""

import pytest

from storage.identity.addresses import ShownPage, can_lead_to_article, is_same_article, names_another
from storage.identity.grouping import group
from storage.urls import url_key

SITE = "https://news.example"
TEXT = "قالت مصادر رسمية إن الميزانية الجديدة ستدخل حيز التنفيذ في مطلع العام المقبل"
OTHER = "فاز المنتخب الوطني على ضيفه بثلاثة أهداف في المباراة التي جرت مساء أمس بملعب المدينة"


@pytest.mark.parametrize(
    ("own", "claimed"),
    [
        ("/news/1/", "/category/politics/"),
        ("/news/1/", "/سياسة"),
        ("/show.php?id=1", "/show.php"),
        ("/news/?p=1", "/news/"),
        ("/2025/11/22/slug", "/2025/11/22/"),
        ("/2025/11/22/slug", "/2025/11"),
        ("/news/1/", "/login"),
        ("/news/1/", "/login/?next=/news/1/"),
        ("/news/1/", "/wp-login.php?redirect_to=https://news.example/news/1/"),
        ("/news/1/", "/go?to=/news/1/"),
        ("/news/1/", "/news/1/,https://news.example/news/2/"),
        ("/news/1/", "/news/1/, https://news.example/news/2/"),
        ("/news/1/", "/news/1/%20https://news.example/news/2/"),
        ("/news/1/", "/"),
    ],
)
def test_an_address_that_singles_out_no_article_is_none_s(own: str, claimed: str) -> None:
    assert not can_lead_to_article(SITE + claimed, SITE + own)


@pytest.mark.parametrize(
    ("own", "claimed"),
    [
        ("/news/1?utm_source=x", "/news/1"),
        ("/news/1/amp", "/news/1"),
        ("/amp/politics/gaza-truce", "/politics/gaza-truce"),
        ("/politics/gaza-truce?ref=home", "/politics/gaza-truce"),
        ("/?p=1", "/2025/11/22/three-words-here"),
        ("/?p=1", "/node/1"),
        ("/old/1", "/2025/11/1-slug"),
        ("/x/y", "/جسر-جديد-على-الساحل"),
        ("/show.php?id=1&cat=5", "/show.php?id=1"),
        ("/index.php?url=a/b", "/index.php?url=a/b&x=1"),
    ],
)
def test_an_address_that_may_be_an_article_s_is_left_to_the_archive(own: str, claimed: str) -> None:
    assert can_lead_to_article(SITE + claimed, SITE + own)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("/news/1", "/news/2", True),
        ("/show.php?id=1", "/show.php?id=2", True),
        ("/2025/11/22/1-a", "/2025/10/01/2-b", True),
        ("/news/1-slug", "/news/1-other-slug", False),
        ("/news/1", "/amp/news/1", False),
        ("/news/1", "/old/2", False),
        ("/2025/11/22/slug", "/2025/11/23/slug", False),
        ("/?p=1", "/2025/11/22/slug", False),
    ],
)
def test_two_addresses_of_one_form_with_different_numbers_name_different_articles(
    one: str, other: str, expected: bool
) -> None:
    assert names_another(url_key(SITE + one), url_key(SITE + other)) is expected
    assert names_another(url_key(SITE + other), url_key(SITE + one)) is expected


def shown(path: str, title: str, text: str) -> ShownPage:
    return ShownPage(url_key(SITE + path), SITE + path, title, text)


def test_pages_show_one_article_where_headline_or_text_agrees() -> None:
    first = shown("/a", "عنوان", TEXT)
    assert is_same_article(first, shown("/b", "عُنوان", OTHER)), "the same headline, in another spelling"
    assert is_same_article(first, shown("/b", "عنوان آخر", f"{TEXT} كما جاء")), "edited"
    assert not is_same_article(first, shown("/b", "عنوان آخر", OTHER))


def test_pages_with_different_numbers_must_agree_in_both() -> None:
    first = shown("/photos/1", "صور اليوم", TEXT)
    assert not is_same_article(first, shown("/photos/2", "صور اليوم", OTHER)), "a headline of every day"
    assert not is_same_article(first, shown("/photos/2", "صور الأمس", TEXT)), "a text of every page"
    assert is_same_article(first, shown("/photos/2", "صور اليوم", TEXT))


def test_pages_with_one_number_or_slug_are_one_article_however_edited() -> None:
    assert is_same_article(shown("/news/12345", "أول", TEXT), shown("/amp/n/12345", "ثان", OTHER))
    assert is_same_article(shown("/a/one-two-three", "أول", TEXT), shown("/b/one-two-three.html", "ثان", OTHER))
    assert not is_same_article(shown("/5/a", "أول", TEXT), shown("/5/b", "ثان", OTHER)), "a section's number"
    assert not is_same_article(shown("/news/12345", "أول", TEXT), shown("/news/12346", "ثان", OTHER))


def test_a_third_page_joins_two_that_do_not_agree() -> None:
    pages = [shown("/a", "أول", TEXT), shown("/b", "ثان", OTHER), shown("/c", "أول", OTHER)]
    assert group(pages[:2]) == [[pages[0].key], [pages[1].key]]
    assert group(pages) == [[each.key for each in pages]]
    assert group([pages[1], *pages]) == [[pages[1].key, pages[0].key, pages[2].key]]
