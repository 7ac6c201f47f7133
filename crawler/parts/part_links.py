"""Finds the parts of an article that is split into several pages, by the URLs of the links between them.

Part two of "/news/1" is "/news/1/2" or "/news/1?page=2", and a link to it has the text "2", or rel=next. Other links
with numbers (pages of a list or of the comments, the next article) have other URLs.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from crawler.html.tree import names_of
from storage.urls import clean_url, url_key

MOST_PARTS = 30  # of one article; more are pages of something else
_PATH = re.compile(r"(?P<base>.*?)(?:/page)?/(?P<number>\d{1,2})/?")
_QUERY = re.compile(r"(?:^|&)(?:page|paged|pg|pageno|part)=(?P<number>\d{1,2})(?=&|$)", re.IGNORECASE)
_NUMBERED = re.compile(r"[/=]\d{1,2}/?(?:[&#?].*)?$")
_TEXT = re.compile(r"(?:(?:ال)?صفحة |(?:ال)?جزء |page |part )?(\d{1,2})", re.IGNORECASE)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
# Bytes that any page with a link to a URL that ends in a number (`_NUMBERED`) contains: the end of the URL as it is, or
# with character references. Non-ASCII bytes may be digits of another script, or white space.
_MAY_BE_NUMBERED = re.compile(
    rb"[/=][0-9\x80-\xff]{1,8}/?(?=[\"'<>&#?\x00-\x20\x80-\xff]|$)|[/=]&#|&(?:sol|equals)"
    rb"|&#0*(?:47|61)(?![0-9])|&#x0*(?:2f|3d)(?![0-9a-f])|\x00",  # a zero byte: UTF-16
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|disqus|respond|تعليق", re.IGNORECASE)


def may_have_parts(body: bytes, url: str) -> bool:
    """Whether a page may have parts. False only if `further_parts` and `first_part` would find none in it."""
    return _MAY_BE_NUMBERED.search(body) is not None or any(number > 1 for _, number in _as_part(url))


def further_parts(tree: HtmlElement, url: str, *, first: str | None = None) -> tuple[str, ...]:
    """The clean URLs of the parts after the first, in order, that this page links to; () for most pages.

    url: of the page, which may be any part; its own part is included unless it is the first. first: URL of the first
    part, if it is known.
    """
    own_key = url_key(url)
    base_key = url_key(first or first_part(tree, url) or url)
    number = next((number for key, number in _as_part(url) if key == base_key), 1)
    parts = {} if base_key == own_key or number == 1 else {number: clean_url(url)}
    for link, shown in _links(tree, url):
        for key, at in _as_part(link):
            if key == base_key and 2 <= at <= MOST_PARTS and shown in (at, None) and (shown or at == number + 1):
                parts.setdefault(at, link)
    return tuple(parts[at] for at in sorted(parts))


def first_part(tree: HtmlElement, url: str) -> str | None:
    """The clean URL of the first part if the page's URL is that of a further part; else None.

    The page must link to it with the text "1" or, from the second part, with rel=prev.
    """
    bases = {key: number for key, number in _as_part(url) if number > 1}
    if not bases:
        return None
    for link, shown in _links(tree, url, rel="prev", numbered=False):
        if shown == 1 and url_key(link) in bases:
            return link
        if shown is None and bases.get(url_key(link)) == 2:
            return link
    return None


def _links(
    tree: HtmlElement, url: str, *, rel: str = "next", numbered: bool = True
) -> Iterator[tuple[str, int | None]]:
    """Yield (clean URL, number in the link's text) of links that may be to parts; None: the link has `rel` instead.

    numbered: only links whose URL ends in a number.
    """
    for element in tree.iter("a", "link"):
        href = (element.get("href") or "").strip()
        related = rel in (element.get("rel") or "").lower().split()
        if not href or (numbered and not _NUMBERED.search(href)) or (element.tag == "link" and not related):
            continue
        text = "" if element.tag == "link" else " ".join(element.text_content().translate(_DIGITS).split())
        shown = _TEXT.fullmatch(text)
        if (shown is None and not related) or _is_of_comments(element):
            continue
        try:
            yield clean_url(urljoin(url, href)), int(shown[1]) if shown else None
        except ValueError:
            continue


def _is_of_comments(element: HtmlElement) -> bool:
    return any(_COMMENTS.search(names_of(each)) for each in (element, *element.iterancestors()) if each.tag != "body")


def _as_part(url: str) -> Iterator[tuple[str, int]]:
    """Yield (key of the first part's URL, number) for each way to read the URL as a further part's."""
    parts = urlsplit(clean_url(url))
    in_path = _PATH.fullmatch(parts.path)
    if in_path is not None and in_path["base"]:
        yield url_key(urlunsplit(parts._replace(path=in_path["base"]))), int(in_path["number"])
    in_query = _QUERY.search(parts.query)
    if in_query is not None:
        query = _QUERY.sub("", parts.query).strip("&")
        yield url_key(urlunsplit(parts._replace(query=query))), int(in_query["number"])
