"""The parts of an article that fills several pages, by the addresses of the links between them.

Page two of "/news/1" is "/news/1/2" or "/news/1?page=2", and a link with the text "2", or a rel=next, leads there.
Other links with numbers (pages of a list or of the comments, the next article) have other addresses.
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
# What a page has in its bytes where the address of a link ends in a number (`_NUMBERED`): written as it is, or with
# character references. Bytes past ASCII may be digits of another script, or white space.
_MAY_BE_NUMBERED = re.compile(
    rb"[/=][0-9\x80-\xff]{1,8}/?(?=[\"'<>&#?\x00-\x20\x80-\xff]|$)|[/=]&#|&(?:sol|equals)"
    rb"|&#0*(?:47|61)(?![0-9])|&#x0*(?:2f|3d)(?![0-9a-f])|\x00",  # a zero byte: UTF-16
    re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|disqus|respond|تعليق", re.IGNORECASE)


def may_have_parts(body: bytes, url: str) -> bool:
    """Whether a page is worth parsing for parts: False only where `further_parts` and `first_part` find none in it."""
    return _MAY_BE_NUMBERED.search(body) is not None or any(number > 1 for _, number in _as_part(url))


def further_parts(tree: HtmlElement, url: str, *, first: str | None = None) -> tuple[str, ...]:
    """The clean URLs of the parts behind the first, in order, as far as this page names them; () for most pages.

    url: of any part of the article. Its own part is among them unless it is the first one. first: of the first part,
    where it is known.
    """
    own_key = url_key(url)
    base_key = url_key(first or first_part(tree, url) or url)
    number = next((number for key, number in _as_part(url) if key == base_key), 1)
    parts = {} if base_key == own_key or number == 1 else {number: clean_url(url)}
    for link, said in _links(tree, url):
        for key, at in _as_part(link):
            if key == base_key and 2 <= at <= MOST_PARTS and said in (at, None) and (said or at == number + 1):
                parts.setdefault(at, link)
    return tuple(parts[at] for at in sorted(parts))


def first_part(tree: HtmlElement, url: str) -> str | None:
    """The clean URL of the first part where the URL is of a further one; else None.

    That page links there with "1", or the second one with rel=prev.
    """
    bases = {key: number for key, number in _as_part(url) if number > 1}
    if not bases:
        return None
    for link, said in _links(tree, url, rel="prev", numbered=False):
        if said == 1 and url_key(link) in bases:
            return link
        if said is None and bases.get(url_key(link)) == 2:
            return link
    return None


def _links(
    tree: HtmlElement, url: str, *, rel: str = "next", numbered: bool = True
) -> Iterator[tuple[str, int | None]]:
    """(clean URL, number in its text) of the links that may lead to parts; None: it has that rel instead.

    numbered: only those whose address ends in a number.
    """
    for element in tree.iter("a", "link"):
        href = (element.get("href") or "").strip()
        related = rel in (element.get("rel") or "").lower().split()
        if not href or (numbered and not _NUMBERED.search(href)) or (element.tag == "link" and not related):
            continue
        text = "" if element.tag == "link" else " ".join(element.text_content().translate(_DIGITS).split())
        said = _TEXT.fullmatch(text)
        if (said is None and not related) or _is_of_comments(element):
            continue
        try:
            yield clean_url(urljoin(url, href)), int(said[1]) if said else None
        except ValueError:
            continue


def _is_of_comments(element: HtmlElement) -> bool:
    return any(_COMMENTS.search(names_of(each)) for each in (element, *element.iterancestors()) if each.tag != "body")


def _as_part(url: str) -> Iterator[tuple[str, int]]:
    """(key of the first part's URL, number) for each way in which the URL may be that of a further part."""
    parts = urlsplit(clean_url(url))
    in_path = _PATH.fullmatch(parts.path)
    if in_path is not None and in_path["base"]:
        yield url_key(urlunsplit(parts._replace(path=in_path["base"]))), int(in_path["number"])
    in_query = _QUERY.search(parts.query)
    if in_query is not None:
        query = _QUERY.sub("", parts.query).strip("&")
        yield url_key(urlunsplit(parts._replace(query=query))), int(in_query["number"])
