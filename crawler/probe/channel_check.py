"""Knocking at one door of a site, a feed, a sitemap, an API or a category page, and saying what stands behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from crawler.channels import sitemaps
from crawler.channels.entries import Entry
from crawler.channels.feeds import read_feed
from crawler.channels.rest import posts_url, read_posts
from crawler.html.decode import decode
from crawler.html.tree import parse
from crawler.listings import cards, paging
from crawler.probe.fetch import Fetch, NoAnswer
from crawler.site import Selectors, Site, site_host
from crawler.themes import recognise, theme_named
from storage.records import Capture, Channel

SAMPLES = 3
IsOurs = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class ChannelCheck:
    """What knocking at one door gave. found: articles that it names; 0 with a note when it does not work.

    total: all that stand behind it, where it tells (an API's count of posts). newest: when its newest article was
    published or changed, aware; None where it says nothing. samples: URLs of its first articles. next_page: for a
    category, where the walk goes on.
    """

    channel: Channel
    url: str
    found: int = 0
    total: int | None = None
    newest: datetime | None = None
    samples: tuple[str, ...] = ()
    next_page: str | None = None
    note: str | None = None

    @property
    def works(self) -> bool:
        """Whether it named an article."""
        return self.found > 0

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "channel": self.channel,
            "url": self.url,
            "works": self.works,
            "found": self.found,
            "total": self.total,
            "newest": self.newest.isoformat(timespec="seconds") if self.newest else None,
            "samples": list(self.samples),
            "next_page": self.next_page,
            "note": self.note,
        }


def ours(site: Site) -> IsOurs:
    """Whether a URL is on that site's host, or a subdomain of it; False for a malformed one."""

    def is_ours(url: str) -> bool:
        try:
            host = site_host(url)
        except ValueError:
            return False
        return host == site.host or host.endswith("." + site.host)

    return is_ours


def tree_of(capture: Capture) -> HtmlElement | None:
    """The page's tree; None for an error, and for what is no HTML."""
    if capture.status >= 400 or not capture.body.strip():
        return None
    return parse(decode(capture.body, capture.header("Content-Type")).text)


async def ask_rest(fetch: Fetch, api: str, is_ours: IsOurs) -> ChannelCheck:
    """WordPress's API. api: its root, "https://x/wp-json/" or "https://x/?rest_route=/"."""
    capture = await fetch(posts_url(api))
    if isinstance(capture, NoAnswer):
        return ChannelCheck("rest", api, note=capture.detail)
    posts = read_posts(capture.body, capture.url, is_ours=is_ours) if capture.status == 200 else None
    if posts is None:
        what = "it gives no posts" if capture.status == 200 else f"HTTP {capture.status}"
        return ChannelCheck("rest", api, note=f"closed: {what}")
    total = capture.header("X-WP-Total") or ""
    return _checked("rest", api, posts.entries, total=int(total) if total.isdecimal() and len(total) < 12 else None)


async def ask_feed(fetch: Fetch, url: str, is_ours: IsOurs) -> ChannelCheck:
    """An RSS or Atom feed."""
    capture = await fetch(url)
    if isinstance(capture, NoAnswer) or capture.status != 200:
        return ChannelCheck("feed", url, note=_why(capture))
    feed = read_feed(capture.body, capture.url, is_ours=is_ours)
    if feed is None:
        return ChannelCheck("feed", url, note="answers, but with no feed")
    return _checked("feed", url, feed.entries, note="an empty feed")


async def ask_sitemap(fetch: Fetch, url: str, is_ours: IsOurs) -> ChannelCheck:
    """A sitemap; for an index, the first file of it that may name articles is asked too."""
    capture = await fetch(url)
    if isinstance(capture, NoAnswer) or capture.status != 200:
        return ChannelCheck("sitemap", url, note=_why(capture))
    found = sitemaps.read_sitemap(capture.body, capture.url, is_ours=is_ours)
    if found is None:
        return ChannelCheck("sitemap", url, note="answers, but with no sitemap")
    if found.entries or not found.files:
        return _checked("sitemap", url, _newest_first(found.entries), note="an empty sitemap")
    files = [file for file in found.files if sitemaps.may_list_articles(file.url)]
    if not files:
        return ChannelCheck("sitemap", url, note=f"{len(found.files)} files, none of which seems to name articles")
    inner = await fetch(files[0].url)
    if isinstance(inner, NoAnswer) or inner.status != 200:
        return ChannelCheck("sitemap", url, note=f"{files[0].url}: {_why(inner)}")
    read = sitemaps.read_sitemap(inner.body, inner.url, is_ours=is_ours)
    entries = _newest_first(read.entries) if read else ()
    knock = _checked("sitemap", url, entries, note=f"{files[0].url} names no article")
    return knock if not knock.works else replace(knock, note=f"{len(files)} files; {files[0].url} was asked")


async def ask_category(fetch: Fetch, url: str, site: Site, is_ours: IsOurs) -> ChannelCheck:
    """A category page: what it lists, by the site's or its theme's selectors, and its next page."""
    capture = await fetch(url)
    if isinstance(capture, NoAnswer) or capture.status != 200:
        return ChannelCheck("categories", url, note=_why(capture))
    tree = tree_of(capture)
    if tree is None:
        return ChannelCheck("categories", url, note="answers, but with no page")
    chosen = listing_selectors(capture, site)
    trusted = bool(site.selectors.links)
    found = cards.article_links(tree, capture.url, selector=chosen.links, is_ours=is_ours, trusted=trusted)
    following = paging.next_page(tree, capture.url, selector=chosen.next_page)
    knock = _checked("categories", url, [Entry(each) for each in found], note="no article link was recognised")
    return replace(knock, next_page=following)


def listing_selectors(capture: Capture, site: Site) -> Selectors:
    """The listing selectors for this page: the site's own, then those of its theme, then none."""
    html = decode(capture.body, capture.header("Content-Type")).text
    theme = theme_named(site.theme) if site.theme else recognise(html)
    preset = theme.selectors if theme else Selectors()
    own = site.selectors
    return Selectors(links=own.links or preset.links, next_page=own.next_page or preset.next_page)


def _checked(
    channel: Channel, url: str, entries: Sequence[Entry], *, total: int | None = None, note: str | None = None
) -> ChannelCheck:
    urls = tuple(dict.fromkeys(entry.url for entry in entries if not entry.protected))
    dates = [when for entry in entries if (when := _changed(entry)) is not None]
    if not urls:
        return ChannelCheck(channel, url, total=total, note=note or "names no article")
    return ChannelCheck(channel, url, len(urls), total=total, newest=max(dates, default=None), samples=urls[:SAMPLES])


def _newest_first(entries: Sequence[Entry]) -> list[Entry]:
    """The dated ones by their last change, then the others in their order."""
    return sorted(entries, key=lambda entry: -when.timestamp() if (when := _changed(entry)) else 0.0)


def _changed(entry: Entry) -> datetime | None:
    return entry.modified_at or entry.published_at


def _why(answer: Capture | NoAnswer) -> str:
    return answer.detail if isinstance(answer, NoAnswer) else f"HTTP {answer.status}"
