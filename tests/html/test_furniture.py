"""The one list of page furniture, the one list of names of the home page, and the spellings for comparing."""

from collections import Counter
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.html import furniture
from crawler.html.home_words import begins_breadcrumb, is_home_class, is_home_name, is_home_path
from crawler.html.spelling import comparable, date_letters, plain_letters
from crawler.listings.listing_furniture import WORDS

ROWS = [
    row.split("\t")
    for row in resources.files("crawler.html").joinpath("furniture.tsv").read_text(encoding="utf-8").splitlines()
]
MEANINGS = {
    "body": {"-", "cut", "if short"},
    "fields": {"-", "within", "at end"},
    "dates": {"-", "out", "unless own", "within"},
    "headline": {"-", "out"},
    "listing": {"-", "out", "pager", "slider", "strict"},
}


def test_each_word_of_the_list_stands_there_once_and_means_something():
    assert ROWS[0] == ["kind", *MEANINGS, "words"]
    words = Counter(word for *_, names in ROWS[1:] for word in names.split())
    assert [word for word, times in words.items() if times > 1] == []
    for _kind, *meanings, _words in ROWS[1:]:
        assert all(meaning in known for meaning, known in zip(meanings, MEANINGS.values(), strict=True))
        assert set(meanings) != {"-"}


def test_words_of_one_kind_count_for_extraction_and_for_listings_alike():
    for word in ("related", "relatedposts", "recommended", "taboola", "sidebar", "menu", "comments", "widget"):
        assert word in furniture.BODY
        assert word in furniture.DATES
        assert word in furniture.HEADLINES
        assert furniture.is_of_another(f" td-{word} ")
    for names in ("related-posts", "td_taboola", "sidebar", "main-menu", "newsletter", "ads", "widget_recent_entries"):
        assert WORDS.search(names)
    for names in ("gs-c-promo", "latest-news", "news-card", "unrelated", "widgets"):
        assert not WORDS.search(names)


@pytest.mark.parametrize(
    ("names", "other"),
    [
        ("mainmenu", True),
        ("elementor-widget", False),
        ("td-widget", True),
        ("entry-footer", False),
        ("site-footer", True),
        ("comments-list", True),
        ("tag_cloud", True),
        ("commentary", False),
        ("mostly", False),
    ],
)
def test_a_part_is_of_another_article_by_its_name(names: str, other: bool):
    assert furniture.is_of_another(f" {names} ") is other


def test_the_home_page_is_known_by_name_path_and_class():
    assert all(map(is_home_name, ("الرئيسية", "الرئيسيه", "الصفحة الرئيسية", "Home", "HOMEPAGE", "» الرئيسيّة")))
    assert not any(map(is_home_name, ("الأخبار الرئيسية", "homeland", "", "القائمة")))
    assert all(map(is_home_path, ("", "/", "/ar", "/ar/", "/index.php", "/ar/index.html", "/Default.aspx", "/home")))
    assert not any(map(is_home_path, ("/news", "/ar/news/", "/home/1", "/index.php/2025/1")))
    assert is_home_class("rtl home blog")
    assert not is_home_class("home-2 single")
    assert begins_breadcrumb("الرئيسية / أخبار / محليات")
    assert not begins_breadcrumb("الرئيسية")


@given(st.text(st.characters(max_codepoint=0x7F) | st.characters(min_codepoint=0x600, max_codepoint=0x6FF)))
def test_a_spelling_for_comparing_is_its_own_spelling(text: str):
    for spell in (comparable, date_letters):
        assert spell(spell(text)) == spell(text)
    assert " ".join(comparable(text).split()) == comparable(text)


def test_spellings_join_what_writers_vary_and_nothing_else():
    assert comparable("إقرأ أيضاً: «الخبـر»") == comparable("اقرا ايضا الخبر")
    assert comparable("مكتبة") != comparable("مكتبه")
    assert plain_letters("أخبارُ، مصر") == "اخبار، مصر"
    assert date_letters("٧ أيّار ٢٠٢٤ – الجمعة") == "7 ايار 2024 - الجمعه"
