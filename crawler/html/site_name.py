"""The site's name from a page's title: the first or last part, if a logo or the copyright line repeats it."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.html import characters
from crawler.html.home_words import is_home_path
from crawler.html.spelling import comparable
from crawler.html.tree import content

_COPYRIGHT = ("©", "&copy;", "حقوق")
_TAG = re.compile(r"^[^<>]*>|<[^<>]*>|<[^<>]*$")
# Between the headline and the name of the site in a title.
SEPARATOR = re.compile(r"(?<!\s)\s+[-–—|»«›‹<>•·:~]+\s+|(?:(?<!\s)\s+)?(?:\||::)\s*")
_LONGEST = 50  # letters of a name
_MOST_WORDS = 6


def name_in_title(tree: HtmlElement, html: str, url: str, known: frozenset[str]) -> frozenset[str]:
    """The first or last part of the title, comparable, if the page shows it elsewhere as the site's name; else empty.

    known: comparable names of the site. If the title begins or ends with one of them, the result is empty.
    """
    title = tree.find(".//title")
    parts = SEPARATOR.split(characters.line((title.text or "")[:500])) if title is not None else []
    ends = {comparable(part) for part in (parts[0], parts[-1])} if len(parts) > 1 else set()
    if not ends or ends & known:
        return frozenset()
    ends = {end for end in ends if 2 < len(end) <= _LONGEST and len(end.split()) <= _MOST_WORDS}
    shown = ends & logos(tree, url)
    if not shown and ends:
        colophon = " ".join(_colophons(html))
        shown = {end for end in ends if f" {end} " in f" {colophon} "}
    return frozenset(shown)


def _colophons(html: str) -> Iterator[str]:
    """The comparable text around the page's last copyright marks. Searching the text is faster than the tree."""
    for mark in _COPYRIGHT:
        at = html.rfind(mark)
        if at >= 0:
            around = _TAG.sub(" ", html[max(0, at - 150) : at + 250])
            yield comparable(unescape(around))


def logos(tree: HtmlElement, url: str) -> set[str]:
    """The comparable texts and picture descriptions of links to the home page."""
    host = urlsplit(url).hostname
    names: set[str] = set()
    for link in islice(tree.iter("a"), 60):
        if _is_home(link.get("href") or "", host):
            texts = [content(link), link.get("title"), *(image.get("alt") for image in islice(link.iter("img"), 2))]
            names.update(comparable(text) for text in texts if text and len(text) <= _LONGEST)
    return names


def _is_home(address: str, host: str | None) -> bool:
    address = address.strip()
    if not address.startswith(("/", "./", "http://", "https://")):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.hostname in (None, host) and is_home_path(parts.path.removeprefix(".")) and not parts.query
