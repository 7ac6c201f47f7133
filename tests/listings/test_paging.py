"""The next page of a listing where it is no plain pager: offsets, load-more buttons, Drupal's and Blogger's ways."""

from datetime import UTC, datetime

import lxml.html
import pytest

from crawler.channels.entries import ListRules
from crawler.channels.feeds import read_feed
from crawler.listings.paging import next_page
from crawler.themes import recognise

HOME = "https://news.example/"


def following(html: str, url: str = "section/world") -> str | None:
    theme = recognise(html)
    selector = theme.selectors.next_page if theme else ""
    next_url = next_page(lxml.html.document_fromstring(html), HOME + url, selector=selector)
    return next_url.removeprefix(HOME) if next_url else None


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("section/world", "?offset=20"),
        ("section/world?offset=20", "?offset=40"),
        ("section/world?lang=ar&start=10", "?lang=ar&start=20"),
        ("section/world?before=1764000000", "?before=1763000000"),
    ],
)
def test_a_link_to_the_same_list_further_on_is_its_next_page(here: str, there: str):
    assert following(f'<p><a href="{there}">عرض المزيد</a>', here) == f"section/world{there}"


@pytest.mark.parametrize("there", ["?offset=0", "/section/sport?offset=20", "?lang=en", "?offset=20&x"])
def test_a_link_back_or_to_another_list_is_not(there: str):
    assert following(f'<p><a href="{there}">المزيد</a>', "section/world?offset=20") is None


@pytest.mark.parametrize(
    "button",
    [
        '<button class="load-more" data-url="/ajax/list/7?offset=12">المزيد من الأخبار</button>',
        '<a class="btn show-more" href="/ajax/list/7?offset=12">+</a>',
        '<div id="infinite-scroll" data-next="https://news.example/ajax/list/7?offset=12"></div>',
    ],
)
def test_a_load_more_button_says_where_the_list_goes_on(button: str):
    assert following(button) == "ajax/list/7?offset=12"


@pytest.mark.parametrize(
    "button",
    [
        '<button class="load-more" data-url="/a?offset=3">م</button><button class="load-more" data-url="/b?offset=3">م</button>',
        '<a class="read-more" href="/news/7">اقرأ المزيد</a>',
        '<a class="show-more" href="/news/7?from=home">المزيد</a>',
        '<button class="load-more" data-url="http://[::1/?offset=3">م</button>',
        '<button class="load-more" data-url="https://other.example/?offset=3">م</button>',
        '<button class="load-more" data-url="/wp-admin/admin-ajax.php?offset=3">م</button>',
    ],
)
def test_buttons_of_blocks_cards_and_other_hosts_are_no_paging(button: str):
    assert following(button) is None


def test_a_wordpress_category_whose_button_says_nothing_goes_on_at_its_numbered_page():
    html = '<body class="rtl archive category category-3"><button class="loadmore">المزيد</button></body>'
    assert following(html, "category/world/") == "category/world/page/2/"
    assert following(html, "category/world/page/2/") == "category/world/page/3/"
    assert following(html.replace("archive category", "home"), "") is None


DRUPAL_7 = (
    '<meta name="Generator" content="Drupal 7 (http://drupal.org)"><ul class="pager"><li class="pager-current">{0}</li>'
    '<li class="pager-item"><a href="?page={1}">{1}</a></li><li class="pager-next"><a href="?page={0}">التالي ›</a></li>'
    '<li class="pager-last"><a href="?page=9">الأخيرة »</a></li></ul>'
)


@pytest.mark.parametrize(("query", "number"), [("", 1), ("?page=1", 2), ("?page=4", 5)])
def test_drupal_counts_its_pages_from_nought(query: str, number: int):
    assert following(DRUPAL_7.format(number, number - 2), f"section/world{query}") == f"section/world?page={number}"


def test_blogger_goes_on_before_the_last_post_that_it_showed():
    html = (
        "<html><head><meta content='blogger' name='generator'/></head><body><a class='blog-pager-older-link' "
        "href='https://news.example/search?updated-max=2026-05-01T08:00:00%2B03:00&amp;max-results=7'>رسائل أقدم</a>"
    )
    assert (following(html, "") or "").startswith("search?updated-max=2026-05-01T08")


def feed(start: int, total: int, following: str = "") -> bytes:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/">'
        f"<openSearch:totalResults>{total}</openSearch:totalResults><openSearch:startIndex>{start}</openSearch:startIndex>"
        f"<openSearch:itemsPerPage>2</openSearch:itemsPerPage>{following}"
        f'<entry><link rel="alternate" href="{HOME}2026/05/{start}.html"/></entry>'
        f'<entry><link rel="alternate" href="{HOME}2026/05/{start + 1}.html"/></entry></feed>'
    ).encode()


def test_a_feed_that_counts_its_entries_goes_on_at_the_next_index():
    url = f"{HOME}feeds/posts/default"
    elsewhere = '<link rel="next" href="https://www.blogger.com/feeds/77/posts/default?start-index=3"/>'

    def next_of(start: int, total: int, link: str = "") -> str | None:
        result = read_feed(
            feed(start, total, link),
            url,
            ListRules(lambda each: each.startswith(HOME), datetime(2026, 5, 7, tzinfo=UTC)),
        )
        assert result is not None
        return result.following

    assert next_of(1, 5) == next_of(1, 5, elsewhere) == f"{url}?start-index=3"
    assert next_of(4, 5) is None
