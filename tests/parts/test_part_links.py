"""The further pages of an article, by the links between them."""

from itertools import product

import pytest

from crawler.html.tree import parse
from crawler.parts.part_links import first_part, further_parts, may_have_parts

SITE = "https://news.example"


def found(url: str, body: str, head: str = "") -> tuple[list[str], str | None]:
    """Paths of the further parts, and of the first one."""
    tree = parse(f"<html><head>{head}</head><body><p>نص</p>{body}</body></html>")
    assert tree is not None
    parts = [part.removeprefix(SITE) for part in further_parts(tree, SITE + url)]
    first = first_part(tree, SITE + url)
    return parts, first.removeprefix(SITE) if first else None


def links(*pairs: tuple[str, str]) -> str:
    return '<div class="page-links">الصفحات: ' + " ".join(f'<a href="{to}">{text}</a>' for to, text in pairs) + "</div>"


@pytest.mark.parametrize(
    ("url", "body", "parts"),
    [
        ("/news/1/", links(("/news/1/2", "2"), ("/news/1/3", "3")), ["/news/1/2", "/news/1/3"]),
        ("/slug", links(("/slug/2/", "٢"), ("/slug/3/", "صفحة ٣")), ["/slug/2/", "/slug/3/"]),
        ("/slug/", links(("/slug/page/2/", "2")), ["/slug/page/2/"]),
        ("/a?id=7", links(("/a?id=7&page=2", "2"), ("?id=7&page=3", "الجزء 3")), ["/a?id=7&page=2", "/a?id=7&page=3"]),
        ("/news/2/", links(("/news/2/", "1"), ("/news/2/2/", "2")), ["/news/2/2/"]),
    ],
)
def test_numbered_links_below_the_page_s_own_address_are_its_parts(url: str, body: str, parts: list[str]) -> None:
    assert found(url, body) == (parts, None)


def test_rel_next_leads_to_the_next_part() -> None:
    assert found("/slug/", "", '<link rel="next" href="/slug/2/">') == (["/slug/2/"], None)
    assert found("/slug/", '<a rel="next" href="/slug/2/">التالي</a>') == (["/slug/2/"], None)
    assert found("/slug/", "", '<link rel="next" href="/slug/3/">') == ([], None), "not the one behind it"


def test_a_further_part_names_the_first_and_all_that_it_links_to() -> None:
    body = links(("/news/1/", "1"), ("/news/1/3", "3"))
    assert found("/news/1/2", body) == (["/news/1/2", "/news/1/3"], "/news/1/")
    assert found("/a?id=7&page=2", links(("/a?id=7", "1"))) == (["/a?id=7&page=2"], "/a?id=7")


def test_the_second_part_leads_to_the_first_by_rel_prev() -> None:
    assert found("/slug/2/", "", '<link rel="prev" href="/slug/">') == (["/slug/2/"], "/slug/")
    assert found("/slug/3/", "", '<link rel="prev" href="/slug/2/">') == ([], None)
    assert found("/news/3", "", '<link rel="prev" href="/news/2">') == ([], None)


def test_where_the_first_part_is_known_the_others_need_not_name_it() -> None:
    tree = parse('<html><head><link rel="next" href="/slug/3/"></head><body>نص</body></html>')
    assert tree is not None
    named = further_parts(tree, f"{SITE}/slug/2/", first=f"{SITE}/slug/")
    assert named == (f"{SITE}/slug/2/", f"{SITE}/slug/3/")


@pytest.mark.parametrize(
    ("url", "body"),
    [
        ("/news/1/", links(("/news/2", "2"), ("/news/3", "3"))),
        ("/news/1/", links(("/category/x/2", "2"), ("/page/2/", "2"))),
        ("/news/1/", '<div class="comments-nav"><a href="/news/1/2">2</a></div>'),
        ("/node/1", links(("/node/1?page=1", "2"))),
        ("/news/1/", links(("/news/1/2", "اقرأ أيضا"), ("/news/1/99", "99"))),
        ("/news/2", links(("/news/3", "3"))),
        ("/news/2", '<a rel="next" href="/news/3">الخبر التالي</a>'),
        ("/2025/11/22", links(("/2025/11/23", "23"))),
    ],
)
def test_other_numbers_are_no_parts(url: str, body: str) -> None:
    assert found(url, body) == ([], None)


_SLASH = ["/", "&#47;", "&#x2F;", "&sol;", "&#047"]
_DIGIT = ["2", "3", "٢", "&#50;", "&#x32;", "&#1634;"]
_ENDS = ["", "/", "#top", "?a=1", "&amp;b=2", " ", "\u00a0", "&nbsp;"]


@pytest.mark.parametrize("url", ["https://a.example/news/10", "https://a.example/أخبار"])
@pytest.mark.parametrize("quote", ['"', ""])
def test_a_page_that_is_not_parsed_for_parts_has_none(url: str, quote: str) -> None:
    named = 0
    for slash, digit, end, rel in product([*_SLASH, "?page=", "?page&equals;"], _DIGIT, _ENDS, ("", " rel=next")):
        link = f"href={quote}{url}{slash}{digit}{end}{quote}{rel}"
        html = f"<html><body><p>نص الخبر</p><a {link}>{'التالي' if rel else '2'}</a>"
        tree = parse(html)
        assert tree is not None
        if further_parts(tree, url) or first_part(tree, url):
            named += 1
            assert may_have_parts(html.encode(), url), link
            assert may_have_parts(html.encode("utf-16"), url), link
    assert named > 20


def test_a_page_without_numbered_links_is_not_parsed_for_parts() -> None:
    html = '<html><body><a href="/2026/10/28/">28</a><img width="2" src=/a.png?ver=6.1><a href="/tag/x">2</a>'
    assert not may_have_parts(html.replace("/28/", "/28/news").encode(), "https://a.example/news/10/title")


def test_a_page_whose_own_address_is_a_part_s_is_parsed_for_parts() -> None:
    assert may_have_parts(b"", "https://a.example/news/10/2")
