"""What a page calls its site where metadata don't say: the end of its title that its logo or copyright line repeats."""

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
_SEPARATOR = re.compile(r"\s+[-–—|»«•·:~]+\s+|\s*\|\s*|\s*::\s*")
_LONGEST = 50  # letters of a name
_MOST_WORDS = 6


def name_in_title(tree: HtmlElement, html: str, url: str, known: frozenset[str]) -> frozenset[str]:
    """The comparable end of the page's title that the page elsewhere shows as the site's name; none where it does not.

    known: comparable names of the site. Where one of them ends the title, there is nothing to find out.
    """
    title = tree.find(".//title")
    parts = _SEPARATOR.split(characters.line((title.text or "")[:500])) if title is not None else []
    ends = {comparable(part) for part in (parts[0], parts[-1])} if len(parts) > 1 else set()
    if not ends or ends & known:
        return frozenset()
    ends = {end for end in ends if 2 < len(end) <= _LONGEST and len(end.split()) <= _MOST_WORDS}
    shown = ends & _logos(tree, url)
    if not shown and ends:
        colophon = " ".join(_colophons(html))
        shown = {end for end in ends if f" {end} " in f" {colophon} "}
    return frozenset(shown)


def _colophons(html: str) -> Iterator[str]:
    """The lines around the page's last copyright marks, comparable. The text is searched faster than the tree."""
    for mark in _COPYRIGHT:
        at = html.rfind(mark)
        if at >= 0:
            around = _TAG.sub(" ", html[max(0, at - 150) : at + 250])
            yield comparable(unescape(around))


def _logos(tree: HtmlElement, url: str) -> set[str]:
    """What links to the home page show, comparable."""
    host = urlsplit(url).hostname
    found: set[str] = set()
    for link in islice(tree.iter("a"), 60):
        if _is_home(link.get("href") or "", host):
            texts = [content(link), link.get("title"), *(image.get("alt") for image in islice(link.iter("img"), 2))]
            found.update(comparable(text) for text in texts if text and len(text) <= _LONGEST)
    return found


def _is_home(address: str, host: str | None) -> bool:
    address = address.strip()
    if not address.startswith(("/", "./", "http://", "https://")):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.hostname in (None, host) and is_home_path(parts.path.removeprefix(".")) and not parts.query
