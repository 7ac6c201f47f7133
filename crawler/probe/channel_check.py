"""Checks of single endpoints of a site: an API, a feed, a sitemap or a category page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from crawler.channels import sitemaps
from crawler.channels.entries import Entry, ListRules
from crawler.channels.feeds import read_feed
from crawler.channels.rest import posts_url, read_posts
from crawler.html.decode import decode
from crawler.html.tree import parse
from crawler.listings import cards, paging
from crawler.probe.fetch import Fetch, NoAnswer
from crawler.site import Selectors, Site
from crawler.themes import recognise, theme_named
from storage.records import Capture, Channel

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class ChannelCheck:
    """The check of one endpoint. articles: number of article links; 0, with a note, if it does not work.

    total: number of all its articles, if it states that (an API's count of posts). newest: when its newest article was
    published or changed, aware; None if it states no date. samples: URLs of its first articles. next_page: for a
    category, the URL of its next page.
    """

    channel: Channel
    url: str
    articles: int = 0
    total: int | None = None
    newest: datetime | None = None
    samples: tuple[str, ...] = ()
    next_page: str | None = None
    note: str | None = None

    @property
    def works(self) -> bool:
        """Whether it links to an article."""
        return self.articles > 0

    def as_json(self) -> dict[str, Any]:
        """The object for `--json`."""
        return {
            "channel": self.channel,
            "url": self.url,
            "works": self.works,
            "found": self.articles,
            "total": self.total,
            "newest": self.newest.isoformat(timespec="seconds") if self.newest else None,
            "samples": list(self.samples),
            "next_page": self.next_page,
            "note": self.note,
        }


def tree_of(capture: Capture) -> HtmlElement | None:
    """The page's tree; None for an HTTP error or an empty body."""
    if capture.status >= 400 or not capture.body.strip():
        return None
    return parse(decode(capture.body, capture.header("Content-Type")).text)


async def check_rest(fetch: Fetch, api: str, site: Site) -> ChannelCheck:
    """Check WordPress's REST API. api: its root, "https://x/wp-json/" or "https://x/?rest_route=/"."""
    capture = await fetch(posts_url(api))
    if isinstance(capture, NoAnswer):
        return ChannelCheck("rest", api, note=capture.detail)
    posts = (
        read_posts(capture.body, capture.url, ListRules.of(site, capture.fetched_at)) if capture.status == 200 else None
    )
    if posts is None:
        what = "it gives no posts" if capture.status == 200 else f"HTTP {capture.status}"
        return ChannelCheck("rest", api, note=f"closed: {what}")
    total = capture.header("X-WP-Total") or ""
    return _result("rest", api, posts.entries, total=int(total) if total.isdecimal() and len(total) < 12 else None)


async def check_feed(fetch: Fetch, url: str, site: Site) -> ChannelCheck:
    """Check an RSS or Atom feed."""
    capture = await fetch(url)
    if isinstance(capture, NoAnswer) or capture.status != 200:
        return ChannelCheck("feed", url, note=_why(capture))
    return _check_feed_of(url, capture, site)


def _check_feed_of(url: str, capture: Capture, site: Site) -> ChannelCheck:
    kind = capture.header("Content-Type")
    feed = read_feed(capture.body, capture.url, ListRules.of(site, capture.fetched_at), content_type=kind)
    if feed is None:
        return ChannelCheck("feed", url, note="answers, but with no feed")
    return _result("feed", url, feed.entries, note="an empty feed")


def _sitemap_of(capture: Capture, site: Site) -> sitemaps.Sitemap | None:
    kind = capture.header("Content-Type")
    return sitemaps.read_sitemap(capture.body, capture.url, ListRules.of(site, capture.fetched_at), content_type=kind)


async def check_sitemap(fetch: Fetch, url: str, site: Site) -> ChannelCheck:
    """Check a sitemap, or a feed in its place. For an index, the first file that may list articles is fetched, too."""
    capture = await fetch(url)
    if isinstance(capture, NoAnswer) or capture.status != 200:
        return ChannelCheck("sitemap", url, note=_why(capture))
    sitemap = _sitemap_of(capture, site)
    if sitemap is None:
        as_feed = _check_feed_of(url, capture, site)
        return as_feed if as_feed.works else ChannelCheck("sitemap", url, note="answers, but with no sitemap")
    if sitemap.entries or not sitemap.files:
        return _result("sitemap", url, _newest_first(sitemap.entries), note="an empty sitemap")
    files = [file for file in sitemap.files if sitemaps.may_list_articles(file.url)]
    if not files:
        return ChannelCheck("sitemap", url, note=f"{_count(sitemap.files)}, none of which seems to name articles")
    inner = await fetch(files[0].url)
    if isinstance(inner, NoAnswer) or inner.status != 200:
        return ChannelCheck("sitemap", url, note=f"{files[0].url}: {_why(inner)}")
    inner_sitemap = _sitemap_of(inner, site)
    entries = _newest_first(inner_sitemap.entries) if inner_sitemap else ()
    result = _result("sitemap", url, entries, note=f"{files[0].url} names no article")
    return result if not result.works else replace(result, note=f"{_count(files)}; {files[0].url} was asked")


def _count(files: Sequence[sitemaps.SitemapFile]) -> str:
    return f"{len(files)} file{'s' if len(files) != 1 else ''}"


async def check_category(fetch: Fetch, url: str, site: Site) -> ChannelCheck:
    """Check a category page: its article links, by the selectors of the site or its theme, and its next page."""
    capture = await fetch(url)
    if isinstance(capture, NoAnswer) or capture.status != 200:
        return ChannelCheck("categories", url, note=_why(capture))
    tree = tree_of(capture)
    if tree is None:
        return ChannelCheck("categories", url, note="answers, but with no page")
    chosen = listing_selectors(capture, site)
    trusted = bool(site.selectors.links)
    links = cards.article_links(tree, capture.url, selector=chosen.links, is_ours=site.owns, trusted=trusted)
    following = paging.next_page(tree, capture.url, selector=chosen.next_page)
    result = _result("categories", url, [Entry(link) for link in links], note="no article link was recognised")
    return replace(result, next_page=following)


def listing_selectors(capture: Capture, site: Site) -> Selectors:
    """The listing selectors for this page: each is the site's own, else its theme's, else none."""
    html = decode(capture.body, capture.header("Content-Type")).text
    theme = theme_named(site.theme) if site.theme else recognise(html)
    preset = theme.selectors if theme else Selectors()
    own = site.selectors
    return Selectors(links=own.links or preset.links, next_page=own.next_page or preset.next_page)


def _result(
    channel: Channel, url: str, entries: Sequence[Entry], *, total: int | None = None, note: str | None = None
) -> ChannelCheck:
    urls = tuple(dict.fromkeys(entry.url for entry in entries if not entry.protected))
    dates = [when for entry in entries if (when := _changed_at(entry)) is not None]
    if not urls:
        return ChannelCheck(channel, url, total=total, note=note or "names no article")
    return ChannelCheck(channel, url, len(urls), total=total, newest=max(dates, default=None), samples=urls[:SAMPLES])


def _newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """Dated entries by their last change, newest first, then the others in their order."""
    return sorted(entries, key=lambda entry: -when.timestamp() if (when := _changed_at(entry)) else 0.0)


def _changed_at(entry: Entry) -> datetime | None:
    return entry.modified_at or entry.published_at


def _why(answer: Capture | NoAnswer) -> str:
    return answer.detail if isinstance(answer, NoAnswer) else f"HTTP {answer.status}"
