"""Numbered pages of a listing: a walk never turns back to a page before the one it is on."""

import lxml.html
import pytest

from crawler.listings.paging import next_page

HOME = "https://news.example/"


def following(html: str, url: str) -> str | None:
    return next_page(lxml.html.document_fromstring(html), HOME + url, selector="a.older")


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="next" href="/section/page/{}/"><p>',
        '<a class="older" href="/section/page/{}/">إلى الخلف</a>',
        '<div class="pagination"><a href="/section/page/{}/">التالي</a></div>',
    ],
    ids=["rel", "selector", "words"],
)
def test_only_a_later_page_is_the_next_one(link: str) -> None:
    assert following(link.format(2), "section/page/3/") is None
    assert following(link.format(3), "section/page/3/") is None
    assert following(link.format(4), "section/page/3/") == f"{HOME}section/page/4/"


def test_a_link_to_the_first_page_does_not_lead_on() -> None:
    html = '<div class="pagination"><a class="older" href="/section/">الأولى</a></div>'
    assert following(html, "section/page/2/") is None


def test_a_link_back_does_not_hide_the_link_on() -> None:
    html = '<a class="older" href="?page=1">الأحدث</a><a class="older" href="?page=3">الأقدم</a>'
    assert following(html, "section/?page=2") == f"{HOME}section/?page=3"
