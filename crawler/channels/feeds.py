"""Parser of RSS 0.9 to 2.0, RDF and Atom feeds: the articles that they list, and the URL of the next, older page.

Feeds are often not well-formed, wrongly labelled or cut off; the part that can be read is used.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.channels.documents import open_document
from crawler.channels.entries import Entry, ListRules, entry_url, names_listing, without_present_dates
from crawler.channels.xml_elements import attribute, base_url, child_text, elements, local_name

MOST_ITEMS = 5000  # real feeds hold 10 to 500
_ROOTS = frozenset(("rss", "rdf", "feed"))
_ITEMS = frozenset(("item", "entry"))
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
# Feeds of comments, of one article and of media list no articles.
_OTHER_FEED = re.compile(r"/comments?(?:/|$)|[?&]feed=comments|/podcast|oembed", re.IGNORECASE)
_COMMENTS_TITLE = re.compile(r"comments|تعليقات", re.IGNORECASE)
_FEED_PATH = re.compile(r"/(?:feeds?|rss2?|atom|rdf)(?:\.(?:xml|rss|php|aspx))?/?$", re.IGNORECASE)
_FEED_QUERY = re.compile(r"(?:^|&)feed=(?:rss2?|atom|rdf)(?:&|$)", re.IGNORECASE)
_MOST_FEEDS = 4


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a feed. entries: newest first, as printed. following: URL of the next page, None if not stated.

    wordpress: made by WordPress, whose feeds continue at "?paged=2".
    """

    entries: tuple[Entry, ...]
    following: str | None = None
    wordpress: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    """The values of an item. links: absolute, the most trustworthy first. permalink: its guid, if that is a URL."""

    links: tuple[str, ...]
    permalink: str | None
    published: str | None
    modified: str | None


def read_feed(body: bytes, url: str, rules: ListRules, *, content_type: str | None = None) -> Feed | None:
    """Parse a page of a feed; None if the bytes are no feed (a web page, JSON, nothing). Never raises.

    url: of the page. content_type: its header.
    """
    document = open_document(body, content_type)
    if document is None:
        return None
    items: list[_Item] = []
    following = None
    root: etree._Element | None = None
    counts: dict[str, int] = {}
    for name, element in elements(document.text, _ITEMS, most=MOST_ITEMS):
        if not name:
            if local_name(element) not in _ROOTS:
                return None
            root = element
            continue
        if following is None and root is not None:
            following = _following(root, url, rules)
            counts = counts or _counts(root)  # elements are cleared after they were yielded
        items.append(_item(element, url, rules))
    if root is None:
        return None
    if following is None and counts:
        following = _by_index(url, counts)
    entries = without_present_dates(_entries(items, rules), rules.now)
    return Feed(tuple(entries), following, "wordpress.org/" in document.text[:4096])


def _entries(items: list[_Item], rules: ListRules) -> list[Entry]:
    """One entry for each article. If several items share a link and have different permalinks, these are used."""
    permalinks: dict[str, set[str]] = {}
    for item in items:
        if item.links and item.permalink is not None:
            permalinks.setdefault(item.links[0], set()).add(item.permalink)
    entries: dict[str, Entry] = {}
    for item in items:
        links = [link for link in item.links if len(permalinks.get(link, ())) < 2]
        urls = [*links, *([item.permalink] if item.permalink else []), *item.links]
        address = next((each for each in urls if not names_listing(each)), None)
        if address is not None and address not in entries:
            entry = rules.entry(address, item.published, item.modified)
            # Atom requires only the date of the last change, which for a new article is its publication.
            entries[address] = entry if entry.published_at else replace(entry, published_at=entry.modified_at)
    return list(entries.values())


def _counts(root: etree._Element) -> dict[str, int]:
    """The feed's position in a longer list (OpenSearch 1.1), as Blogger's feeds state it."""
    texts = {local_name(child): (child.text or "").strip() for child in root}
    return {
        name: int(texts[name][:9])
        for name in ("totalresults", "startindex", "itemsperpage")
        if texts.get(name, "").isdecimal()
    }


def _by_index(base_url: str, counts: dict[str, int]) -> str | None:
    """URL of the next page by the OpenSearch position. The feed's own link may be on another host, Blogger's."""
    following = counts.get("startindex", 0) + counts.get("itemsperpage", 0)
    if not counts.get("startindex", 0) < following <= counts.get("totalresults", 0):
        return None
    parts = urlsplit(base_url)
    query = [each for each in parse_qsl(parts.query, keep_blank_values=True) if each[0] != "start-index"]
    return parts._replace(query=urlencode([*query, ("start-index", str(following))])).geturl()


def _item(item: etree._Element, url: str, rules: ListRules) -> _Item:
    """Read an item. FeedBurner puts the article's URL in origLink, and a URL of its own in link."""
    urls_by_tag: dict[str, list[str]] = {"origlink": [], "link": [], "guid": []}
    for child in item:
        name, href = local_name(child), attribute(child, "href")
        # HTML serialisers write "link" as a void element, so that its URL follows it.
        text = (child.text or "").strip() or (child.tail or "").strip()
        if name == "link" and href:
            if (attribute(child, "rel") or "alternate").lower() != "alternate":
                continue
            text = href
        elif name == "guid":
            permanent = (attribute(child, "ispermalink") or "").strip().lower()
            if permanent == "false" or (not permanent and not text.startswith("http")):
                continue
        if name in urls_by_tag and text:
            resolved = rules.url(base_url(child, url), text)
            if resolved is not None:
                urls_by_tag[name].append(resolved)
    return _Item(
        (*urls_by_tag["origlink"], *urls_by_tag["link"]),
        next(iter(urls_by_tag["guid"]), None),
        child_text(item, "pubdate", "published", "date", "issued", "created"),
        child_text(item, "updated", "modified"),
    )


def _following(root: etree._Element, url: str, rules: ListRules) -> str | None:
    """The next page of a paged feed (RFC 5005 §3), from a link element of the feed itself."""
    holders = [root, *(child for child in root if local_name(child) == "channel")]
    for link in (child for holder in holders for child in holder if local_name(child) == "link"):
        if attribute(link, "rel") in ("next", "prev-archive"):
            following = rules.url(base_url(link, url), attribute(link, "href"))
            if following is not None and following != url:
                return following
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
    """The page number in a feed's URL; 1 without one."""
    value = dict(parse_qsl(urlsplit(url).query)).get("paged", "")
    return int(value[:9]) if value.isdecimal() else 1


def feed_links(tree: HtmlElement, url: str, *, is_ours: Callable[[str], bool]) -> list[str]:
    """URLs of the article feeds that a page links to in its head, at most four, without duplicates."""
    urls: dict[str, None] = {}
    for link in tree.cssselect("link[rel~=alternate][type][href]"):
        if (link.get("type") or "").strip().lower() not in _TYPES:
            continue
        feed_url = entry_url(url, link.get("href"), is_ours)
        if feed_url is None or _OTHER_FEED.search(feed_url) or _COMMENTS_TITLE.search(link.get("title") or ""):
            continue
        urls.setdefault(feed_url)
    return list(urls)[:_MOST_FEEDS]


def possible_feeds(tree: HtmlElement, url: str, *, is_ours: Callable[[str], bool]) -> list[str]:
    """URLs of plain links that are named like a feed ("/feed", "/rss.xml"), at most four, without duplicates.

    Some of them are pages about feeds.
    """
    urls: dict[str, None] = {}
    for link in tree.iter("a"):
        feed_url = entry_url(url, link.get("href"), is_ours)
        if feed_url is not None and _is_named_feed(feed_url) and not _OTHER_FEED.search(feed_url):
            urls.setdefault(feed_url)
            if len(urls) == _MOST_FEEDS:
                break
    return list(urls)


def _is_named_feed(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query))
