"""RSS 0.9 to 2.0, RDF and Atom feeds: the articles that they list, and the URL of the next, older page.

Feeds are often not well-formed; whatever part of one can be parsed is used.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.channels.entries import Entry, entry_url, parse_instant
from crawler.channels.xml_elements import child_text, elements, local_name

MOST_ITEMS = 5000  # real feeds hold 10 to 500
_ROOTS = frozenset(("rss", "rdf", "feed"))
_ITEMS = frozenset(("item", "entry"))
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
# Feeds of comments, of one article and of media list no articles.
_OTHER_FEED = re.compile(r"/comments?(?:/|$)|[?&]feed=comments|/podcast|oembed", re.IGNORECASE)
_COMMENTS_TITLE = re.compile(r"comments|تعليقات", re.IGNORECASE)
_MOST_FEEDS = 4


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed. entries: newest first, as printed. following: URL of the next page, None if not stated.

    wordpress: made by WordPress, whose feeds continue at "?paged=2".
    """

    entries: tuple[Entry, ...]
    following: str | None = None
    wordpress: bool = False


def read_feed(body: bytes, base_url: str, *, is_ours: Callable[[str], bool]) -> Feed | None:
    """Parse a page of a feed; None when the bytes are no feed (a web page, JSON, nothing). Never raises."""
    entries: dict[str, Entry] = {}
    following = None
    wordpress = b"wordpress.org/" in body[:4096]
    root: etree._Element | None = None
    counts: dict[str, int] = {}
    for name, element in elements(body, _ITEMS, most=MOST_ITEMS):
        if not name:
            if local_name(element) not in _ROOTS:
                return None
            root = element
            continue
        if following is None and root is not None:
            following = _following(root, base_url, is_ours)
            counts = counts or _counts(root)  # elements are cleared after they were yielded
        entry = _entry(element, base_url, is_ours)
        if entry is not None:
            entries.setdefault(entry.url, entry)
    if following is None and counts:
        following = _by_index(base_url, counts)
    return None if root is None else Feed(tuple(entries.values()), following, wordpress)


def _counts(root: etree._Element) -> dict[str, int]:
    """The feed's position in a longer list (OpenSearch 1.1), as Blogger's feeds state it."""
    texts = {local_name(child): (child.text or "").strip() for child in root}
    return {
        name: int(texts[name][:9])
        for name in ("totalresults", "startindex", "itemsperpage")
        if texts.get(name, "").isdecimal()
    }


def _by_index(base_url: str, counts: dict[str, int]) -> str | None:
    """URL of the next page of such a list. The feed's own link may point to another host, where Blogger keeps it."""
    following = counts.get("startindex", 0) + counts.get("itemsperpage", 0)
    if not counts.get("startindex", 0) < following <= counts.get("totalresults", 0):
        return None
    parts = urlsplit(base_url)
    query = [each for each in parse_qsl(parts.query, keep_blank_values=True) if each[0] != "start-index"]
    return parts._replace(query=urlencode([*query, ("start-index", str(following))])).geturl()


def _entry(item: etree._Element, base_url: str, is_ours: Callable[[str], bool]) -> Entry | None:
    published = parse_instant(child_text(item, "pubdate", "published", "date", "issued", "created"))
    modified = parse_instant(child_text(item, "updated", "modified"))
    for href in _links(item):
        url = entry_url(base_url, href, is_ours)
        if url is not None:
            return Entry(url, published or modified, modified)
    return None


def _links(item: etree._Element) -> list[str]:
    """Candidate URLs of the item, the most trustworthy first. FeedBurner keeps the article's own URL in origLink."""
    hrefs: dict[str, list[str]] = {"origlink": [], "link": [], "guid": []}
    for child in item:
        name, text = local_name(child), (child.text or "").strip()
        if name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            hrefs["link"].append(child.get("href") or "")
        elif name == "guid" and child.get("isPermaLink", "true").lower() == "false":
            continue
        elif name in hrefs and text:
            hrefs[name].append(text)
    return [*hrefs["origlink"], *hrefs["link"], *(each for each in hrefs["guid"] if each.startswith("http"))]


def _following(root: etree._Element, base_url: str, is_ours: Callable[[str], bool]) -> str | None:
    """The next page of a paged feed (RFC 5005 §3), from a link element of the feed itself."""
    holders = [root, *(child for child in root if local_name(child) == "channel")]
    for link in (child for holder in holders for child in holder if local_name(child) == "link"):
        if link.get("rel") in ("next", "prev-archive"):
            url = entry_url(base_url, link.get("href"), is_ours)
            if url is not None and url != base_url:
                return url
    return None


def paged(url: str, number: int) -> str:
    """The URL of page `number` of a WordPress feed."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "paged"]
    return parts._replace(query=urlencode([*query, ("paged", str(number))])).geturl()


def unpaged(url: str) -> str:
    """The URL of the feed that a page belongs to."""
    parts = urlsplit(url)
    query = "&".join(piece for piece in parts.query.split("&") if piece and not piece.startswith("paged="))
    return parts._replace(query=query).geturl()


def page_of(url: str) -> int:
    """The page number in a feed's URL; 1 when there is none."""
    value = dict(parse_qsl(urlsplit(url).query)).get("paged", "")
    return int(value[:9]) if value.isdecimal() else 1


def feed_links(tree: HtmlElement, base_url: str, *, is_ours: Callable[[str], bool]) -> list[str]:
    """URLs of the article feeds that a page links to in its head, at most four, without duplicates."""
    urls: dict[str, None] = {}
    for link in tree.cssselect("link[rel~=alternate][type][href]"):
        if (link.get("type") or "").strip().lower() not in _TYPES:
            continue
        url = entry_url(base_url, link.get("href"), is_ours)
        if url is None or _OTHER_FEED.search(url) or _COMMENTS_TITLE.search(link.get("title") or ""):
            continue
        urls.setdefault(url)
    return list(urls)[:_MOST_FEEDS]
