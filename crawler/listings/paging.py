"""Paging: find the next, older page of a listing, by rel, selector, number, words, offset or load-more button."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from lxml.html import HtmlElement

from crawler.html.css import select
from crawler.html.tree import names_of
from crawler.listings.links import link_url
from crawler.site import bare_host

# The texts that Arabic themes print on the link to the next, older page; compared as a whole, without arrows.
_NEXT_WORDS = frozenset((
    "التالي", "التالى", "الصفحة التالية", "الصفحه التاليه", "التالية", "المزيد", "عرض المزيد", "تحميل المزيد", "أقدم",
    "الأقدم", "أقدم المقالات", "المقالات الأقدم", "مقالات أقدم", "مواضيع أقدم", "التدوينات الأقدم", "رسائل أقدم",
    "next", "next page", "older", "older posts",
))  # fmt: skip
_ARROWS = "«»‹›<>←→⟵⟶▸▶◂◀ \t\n\r\u200e\u200f"
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PAGER = re.compile(r"(?:pag(?:e|er|ination|es)|nav-links|wp-pagenavi)", re.IGNORECASE)
_PAGE_PATH = re.compile(r"/page/(\d+)/?$")
# WordPress's block themes number each list of a page: "query-0-page".
_PAGE_QUERY = re.compile(r"(?:^|&)(?:page|p|pg|paged|pageindex|pageno|query(?:-\d+)?-page)=(\d+)", re.IGNORECASE)
# Classes and ids of buttons that load more of the list.
_MORE = re.compile(r"(?:load|show|view)[-_]?more|more[-_]?(?:posts|news|articles|items)|infinite|loadmore", re.I)
_MORE_URLS = ("data-url", "data-href", "data-next", "data-next-url", "data-next-page", "data-load-url", "href")
# Query parameters that continue a list: an offset, or the time or id of the last article shown.
_OFFSET = re.compile(r"(?:offset|start|skip|from|start-index|limitstart|updated-max|before|until|max_?id|cursor)", re.I)
_DIGIT = re.compile(r"\d")
_COUNTS = frozenset(("offset", "start", "skip", "start-index", "limitstart"))
_NUMBER = re.compile(r"(?:صفحة |الصفحة |page )?(\d{1,7})", re.IGNORECASE)


def next_page(tree: HtmlElement, base_url: str, *, selector: str) -> str | None:
    """Absolute URL of the listing's next page; None on the last page. Never the page itself, never on another host."""
    finders = (_by_rel, lambda t, u: _by_selector(t, u, selector), _by_number, _by_words, _by_load_more)
    for find in finders:
        for url in find(tree, base_url):
            if url is not None and _leads_on(url, base_url):
                return url
    return None


def _leads_on(url: str, base_url: str) -> bool:
    here, there = urlsplit(base_url), urlsplit(url)
    same_page = unquote(here.path).rstrip("/") == unquote(there.path).rstrip("/") and here.query == there.query
    return bare_host(base_url) == bare_host(url) and not same_page and page_number(url) >= page_number(base_url)


def page_number(url: str) -> int:
    """The page number in the URL (`/page/3/`, `?page=3`, `?query-0-page=3`); 1 when it has none."""
    parts = urlsplit(url)
    match = _PAGE_PATH.search(parts.path) or _PAGE_QUERY.search(parts.query)
    return int(match[1][:9]) if match else 1


def before_pager(tree: HtmlElement, base_url: str) -> set[HtmlElement]:
    """The links before the last link to another page of the listing; empty where there is no such link."""
    here, number = _unpaged(base_url), page_number(base_url)
    links = list(tree.iter("a"))
    for last in range(len(links) - 1, -1, -1):
        url = link_url(links[last], base_url) or ""
        if page_number(url) != number and _unpaged(url) == here:
            return set(links[:last])
    return set()


def _unpaged(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    path = _PAGE_PATH.sub("", unquote(parts.path)).rstrip("/")
    return path, _PAGE_QUERY.sub("", parts.query)


def _by_rel(tree: HtmlElement, base_url: str) -> Iterator[str | None]:
    for link in select(tree, "link[rel~=next][href]"):
        yield link_url(link, base_url)
    # An <a rel=next> may be an article's "next post" link, so it counts only within a pager.
    for anchor in select(tree, "a[rel~=next][href]"):
        if in_pager(anchor):
            yield link_url(anchor, base_url)


def _by_selector(tree: HtmlElement, base_url: str, selector: str) -> Iterator[str | None]:
    for anchor in select(tree, selector) if selector else ():
        yield link_url(anchor, base_url)


def _by_number(tree: HtmlElement, base_url: str) -> Iterator[str | None]:
    """The links in a pager whose text is this page's number plus one."""
    wanted = str(_current_number(tree, base_url) + 1)
    for anchor in tree.iter("a"):
        if _number_in(anchor) == wanted and in_pager(anchor):
            yield link_url(anchor, base_url)


def _current_number(tree: HtmlElement, base_url: str) -> int:
    """This page's number: from its URL, else from the pager's current entry ("/section/65/2" is ambiguous)."""
    number = page_number(base_url)
    if number == 1:
        for mark in select(tree, "[aria-current=page], .current, .active, .selected"):
            marked = _number_in(mark)
            if marked is not None and in_pager(mark):
                return int(marked)
    return number


def _number_in(element: HtmlElement) -> str | None:
    """The number that is the element's complete text, possibly after the word "page"; None for any other text."""
    text = " ".join(element.text_content().translate(_DIGITS).split())
    match = _NUMBER.fullmatch(text)
    return match[1] if match else None


def _by_words(tree: HtmlElement, base_url: str) -> Iterator[str | None]:
    for anchor in tree.iter("a"):
        words = " ".join(anchor.text_content().split()).strip(_ARROWS).casefold()
        if words in _NEXT_WORDS:
            url = link_url(anchor, base_url)
            if in_pager(anchor) or page_number(url or "") > 1 or _is_offset(url or "", base_url):
                yield url


def _is_offset(url: str, base_url: str) -> bool:
    """Whether a URL continues this list: the same path, and an offset in the query that has changed."""
    here, there = urlsplit(base_url), urlsplit(url)
    if unquote(here.path).rstrip("/") != unquote(there.path).rstrip("/"):
        return False
    before, after = dict(parse_qsl(here.query)), dict(parse_qsl(there.query))
    offsets = [name for name, value in after.items() if _OFFSET.fullmatch(name) and _DIGIT.search(value)]
    moved = [name for name in offsets if before.get(name) != after[name]]
    return bool(moved) and all(_goes_on(name, before.get(name, "0"), after[name]) for name in moved)


def _goes_on(name: str, old: str, new: str) -> bool:
    """Whether a changed offset continues the list: counts must rise, times and ids may change in any way."""
    counts = name.lower() in _COUNTS and old.isdecimal() and new.isdecimal()
    return not counts or int(new[:9]) > int(old[:9])


def _by_load_more(tree: HtmlElement, base_url: str) -> Iterator[str | None]:
    """By a load-more button's URL (`_by_more_url`) or number of pages: WordPress also serves each page as /page/N/.

    The theme Jannah has a#load-more-archives[data-url, data-max]; its data-url holds a page number to be replaced.
    Several such buttons belong to blocks of a home page and are ignored.
    """
    yield from _by_more_url(tree, base_url)
    buttons = select(tree, "[data-max], [data-max-pages], [data-maxpages]")
    for button in buttons if len(buttons) == 1 else ():
        most = button.get("data-max") or button.get("data-max-pages") or button.get("data-maxpages") or ""
        following = page_number(base_url) + 1
        if most.isdecimal() and following <= int(most[:9]):
            yield _numbered(button.get("data-url") or base_url, base_url, following)


def _by_more_url(tree: HtmlElement, base_url: str) -> Iterator[str | None]:
    """By a load-more button with the URL of the next part of the list, which is a page or a piece of HTML.

    Several different URLs belong to blocks of a home page and are ignored. Where buttons have no URL, because a script
    posts a form, the next page of a WordPress category is also at /page/N/; after the last page that responds with 404.
    """
    button_urls = []
    for element in tree.iter("a", "button", "div", "span", "input"):
        if _MORE.search(names_of(element)) and element.get("data-max") is None:
            urls = (element.get(name) or "" for name in _MORE_URLS)
            button_urls.append(next((url for url in urls if "/" in url or "?" in url), ""))
    where = [url for url in button_urls if url and "admin-ajax.php" not in url]
    if len(set(where)) == 1:
        try:
            url = urljoin(base_url, where[0]).partition("#")[0]
        except ValueError:
            return
        if page_number(url) > page_number(base_url) or _has_offset(url):
            yield url
    elif button_urls and not where and select(tree, "body.archive.category"):
        yield _numbered(base_url, base_url, page_number(base_url) + 1)


def _has_offset(url: str) -> bool:
    # The value must have a digit: "?from=home" is a referrer.
    return any(_OFFSET.fullmatch(name) and _DIGIT.search(value) for name, value in parse_qsl(urlsplit(url).query))


def _numbered(pattern: str, base_url: str, number: int) -> str | None:
    try:
        parts = urlsplit(urljoin(base_url, pattern))
    except ValueError:
        return None
    path = _PAGE_PATH.sub("", parts.path).rstrip("/")
    return parts._replace(path=f"{path}/page/{number}/", fragment="").geturl()


def in_pager(anchor: HtmlElement) -> bool:
    """Whether an element is, or stands in, a pager."""
    return any(_PAGER.search(names_of(around)) for around in (anchor, *islice(anchor.iterancestors(), 4)))
