"""RSS 0.9 to 2.0, RDF and Atom feeds: the articles that they name, and the next, older page.

Feeds are often not well-formed; what can be read of one is read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree
from lxml.html import HtmlElement
from scrapy import Request
from scrapy.http import Response

from crawler.platforms.endpoint_walk import EndpointWalk, Reach, answer_of
from crawler.platforms.entries import Entry, child_text, elements, entry_url, instant, local
from crawler.platforms.items import NotModified
from crawler.platforms.responses import asked_url
from storage.records import Channel, Found, Kind

MOST_ITEMS = 5000  # real feeds hold 10 to 500
MOST_PAGES = 5000  # of one feed
_ROOTS = frozenset(("rss", "rdf", "feed"))
_ITEMS = frozenset(("item", "entry"))
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
# Feeds of comments, of one article, and of media are no lists of articles.
_OTHER_FEED = re.compile(r"/comments?(?:/|$)|[?&]feed=comments|/podcast|oembed", re.IGNORECASE)
_COMMENTS_TITLE = re.compile(r"comments|تعليقات", re.IGNORECASE)
_MOST_FEEDS = 4


@dataclass(frozen=True, slots=True)
class Feed:
    """What one page of a feed holds. entries: newest first, as printed. following: the next page's URL, if told.

    wordpress: made by WordPress, whose feeds go on at "?paged=2".
    """

    entries: tuple[Entry, ...]
    following: str | None = None
    wordpress: bool = False


def read_feed(body: bytes, base_url: str, *, is_ours: Callable[[str], bool]) -> Feed | None:
    """The feed; None when the bytes are none (a web page, JSON, nothing). Never raises."""
    found: dict[str, Entry] = {}
    following = None
    wordpress = b"wordpress.org/" in body[:4096]
    root: etree._Element | None = None
    counts: dict[str, int] = {}
    for name, element in elements(body, _ITEMS, most=MOST_ITEMS):
        if not name:
            if local(element) not in _ROOTS:
                return None
            root = element
            continue
        if following is None and root is not None:
            following = _following(root, base_url, is_ours)
            counts = counts or _counts(root)  # what was read of the tree is cleared
        entry = _entry(element, base_url, is_ours)
        if entry is not None:
            found.setdefault(entry.url, entry)
    if following is None and counts:
        following = _by_index(base_url, counts)
    return None if root is None else Feed(tuple(found.values()), following, wordpress)


def _counts(root: etree._Element) -> dict[str, int]:
    """What the feed says of its place in a longer list (OpenSearch 1.1): Blogger's feeds do."""
    told = {local(child): (child.text or "").strip() for child in root}
    return {
        name: int(told[name][:9])
        for name in ("totalresults", "startindex", "itemsperpage")
        if told.get(name, "").isdecimal()
    }


def _by_index(base_url: str, counts: dict[str, int]) -> str | None:
    """The rest of such a list. Its own link to it may name another host, where Blogger keeps it."""
    following = counts.get("startindex", 0) + counts.get("itemsperpage", 0)
    if not counts.get("startindex", 0) < following <= counts.get("totalresults", 0):
        return None
    parts = urlsplit(base_url)
    query = [each for each in parse_qsl(parts.query, keep_blank_values=True) if each[0] != "start-index"]
    return parts._replace(query=urlencode([*query, ("start-index", str(following))])).geturl()


def _entry(item: etree._Element, base_url: str, is_ours: Callable[[str], bool]) -> Entry | None:
    published = instant(child_text(item, "pubdate", "published", "date", "issued", "created"))
    modified = instant(child_text(item, "updated", "modified"))
    for href in _links(item):
        url = entry_url(base_url, href, is_ours)
        if url is not None:
            return Entry(url, published or modified, modified)
    return None


def _links(item: etree._Element) -> list[str]:
    """Where the item may lead, the most trustworthy first: FeedBurner keeps the article's own URL in origLink."""
    found: dict[str, list[str]] = {"origlink": [], "link": [], "guid": []}
    for child in item:
        name, text = local(child), (child.text or "").strip()
        if name == "link" and child.get("href") and child.get("rel", "alternate") == "alternate":
            found["link"].append(child.get("href") or "")
        elif name == "guid" and child.get("isPermaLink", "true").lower() == "false":
            continue
        elif name in found and text:
            found[name].append(text)
    return [*found["origlink"], *found["link"], *(each for each in found["guid"] if each.startswith("http"))]


def _following(root: etree._Element, base_url: str, is_ours: Callable[[str], bool]) -> str | None:
    """Paged feeds (RFC 5005 §3) name their next page in a link of the feed itself."""
    holders = [root, *(child for child in root if local(child) == "channel")]
    for link in (child for holder in holders for child in holder if local(child) == "link"):
        if link.get("rel") in ("next", "prev-archive"):
            url = entry_url(base_url, link.get("href"), is_ours)
            if url is not None and url != base_url:
                return url
    return None


def paged(url: str, number: int) -> str:
    """WordPress's spelling of page `number` of a feed."""
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "paged"]
    return parts._replace(query=urlencode([*query, ("paged", str(number))])).geturl()


def unpaged(url: str) -> str:
    """The feed that a page belongs to."""
    parts = urlsplit(url)
    query = "&".join(piece for piece in parts.query.split("&") if piece and not piece.startswith("paged="))
    return parts._replace(query=query).geturl()


def page_of(url: str) -> int:
    """The page that a feed's URL names; 1 when it names none."""
    value = dict(parse_qsl(urlsplit(url).query)).get("paged", "")
    return int(value[:9]) if value.isdecimal() else 1


def feed_links(tree: HtmlElement, base_url: str, *, is_ours: Callable[[str], bool]) -> list[str]:
    """The feeds of articles that a page names in its head, at most four, each once."""
    found: dict[str, None] = {}
    for link in tree.cssselect("link[rel~=alternate][type][href]"):
        if (link.get("type") or "").strip().lower() not in _TYPES:
            continue
        url = entry_url(base_url, link.get("href"), is_ours)
        if url is None or _OTHER_FEED.search(url) or _COMMENTS_TITLE.search(link.get("title") or ""):
            continue
        found.setdefault(url)
    return list(found)[:_MOST_FEEDS]


@dataclass(slots=True)
class FeedWalk(EndpointWalk):
    """Reads feeds. A feed's first visit, and any in a backfill, goes on through its older pages, where it has some."""

    channel: ClassVar[Channel] = "feed"
    kind: ClassVar[Kind] = "feed"
    later: dict[str, str] = field(default_factory=dict)  # door to the older page at which it goes on
    puts_off: bool = False  # whether other channels may yet make the way back through older pages needless

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """The newest entries; what an unchanged feed held is known."""
        if self.spider.mark_seen(url):
            options = self.spider.options
            good_at = self.good_at(url)
            goes_on = good_at is None or options.is_thorough
            conditional = good_at is not None and not options.backfill
            known = {"endpoint": url, "goes_on": goes_on, "guess": guess}
            yield self.request(url, callback=self.parse, conditional=conditional, **known)

    def resume(self, url: str) -> Iterator[Request]:
        """Go on at an older page."""
        if self.spider.mark_seen(url):
            yield self.request(url, callback=self.parse, endpoint=unpaged(url), goes_on=True, promised=True)

    def parse(
        self, response: Response, *, endpoint: str, goes_on: bool, guess: bool = False, promised: bool = False
    ) -> Iterator[Any]:
        """One page of a feed, and the next, older one. goes_on: also past what is known."""
        if response.status == 304:
            self.worked(endpoint, whole=True)
            self.spider.tally.listings += 1
            self.spider.tally.unchanged += 1
            yield NotModified(asked_url(response), self.kind)
            return
        feed = read_feed(response.body, response.url, is_ours=self.spider.is_ours) if response.status < 400 else None
        if feed is None:
            yield from self._no_feed(response, endpoint, guess=guess, promised=promised)
            return
        taken = self.taken(feed.entries)
        following = self._following(response, feed)
        self.note_reach(endpoint, feed.entries, ended=following is None)
        if following is not None and (self.spider.has_seen(following) or self.is_past(feed.entries)):
            following = None
        if following is not None and goes_on and self.puts_off:
            # Ten articles a page are a dear way back: it is only taken when no better channel turns out to work.
            self.later[endpoint] = following
            following = None
        elif following is not None and not goes_on and not taken.unknown:
            following = None
        self.worked(endpoint, whole=following is None)
        yield from self.keep(response, taken, [Found(following, self.kind)] if following is not None else [])
        if following is not None:
            if self.spider.wants_more() and self.spider.mark_seen(following):
                yield self.request(following, callback=self.parse, endpoint=endpoint, goes_on=goes_on, promised=True)
            else:
                self.worked(endpoint, whole=False)

    def go_back(self) -> Iterator[Request]:
        """The older pages that were put off, and from there on without a pause."""
        self.puts_off = False
        for endpoint, url in self.later.items():
            if self.spider.mark_seen(url):
                self.worked(endpoint, whole=False)
                yield self.request(url, callback=self.parse, endpoint=endpoint, goes_on=True)
        self.later.clear()

    def _following(self, response: Response, feed: Feed) -> str | None:
        if feed.following is not None:
            return feed.following
        number = page_of(response.url)
        if feed.wordpress and feed.entries and number < MOST_PAGES:
            return paged(response.url, number + 1)
        return None

    def _no_feed(self, response: Response, endpoint: str, *, guess: bool, promised: bool) -> Iterator[Any]:
        if promised and response.status in (400, 404, 410):  # past the last page
            self.reach.setdefault(endpoint, Reach()).ended = True
            self.worked(endpoint, whole=True)
            yield from self.spider.kept(response, self.kind)
        else:
            self.failed(endpoint, answer_of(response), guess=guess, later=promised)
            if promised:
                yield from self.spider.kept(response, self.kind, links=0)
