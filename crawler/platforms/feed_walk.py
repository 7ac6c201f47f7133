"""Walk through a site's feeds, and through their older pages if they have some."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from crawler.channels.feeds import Feed, page_of, paged, read_feed, unpaged
from crawler.platforms.endpoint_walk import EndpointWalk, Reach, describe_answer
from crawler.platforms.items import NotModified
from crawler.platforms.responses import content_type, requested_url
from storage.records import Channel, Found, Kind

MOST_PAGES = 5000  # of one feed


@dataclass(slots=True)
class FeedWalk(EndpointWalk):
    """Reads feeds. The first walk of a feed, and any walk of a backfill, continues through its older pages."""

    channel: ClassVar[Channel] = "feed"
    kind: ClassVar[Kind] = "feed"
    later: dict[str, str] = field(default_factory=dict)  # endpoint to the older page at which its walk continues
    postpones: bool = False  # whether older pages wait until it is clear that no better channel answers
    has_gap: bool = False  # whether a feed that was read before ends at articles that no run had met

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """Request the newest page, with validators if the feed was read before."""
        if self.spider.mark_seen(url):
            options = self.spider.options
            good_at = self.good_at(url)
            goes_on = good_at is None or options.is_thorough
            conditional = good_at is not None and not options.backfill
            arguments = {"endpoint": url, "goes_on": goes_on, "guess": guess}
            yield self.request(url, callback=self.parse, conditional=conditional, **arguments)

    def resume(self, url: str) -> Iterator[Request]:
        """Continue at an older page that an earlier run left pending."""
        if self.spider.mark_seen(url):
            yield self.request(url, callback=self.parse, endpoint=unpaged(url), goes_on=True, enqueued=True)

    def parse(
        self, response: Response, *, endpoint: str, goes_on: bool, guess: bool = False, enqueued: bool = False
    ) -> Iterator[Any]:
        """Parse one page of a feed. goes_on: continue to older pages, even past known articles.

        enqueued: the frontier holds this page, so its response must be archived.
        """
        if response.status == 304:
            self.record_answer(endpoint, complete=True)
            self.spider.statistics.count_unchanged_listing()
            yield NotModified(requested_url(response), self.kind)
            return
        feed = self.feed_of(response)
        if feed is None:
            yield from self._no_feed(response, endpoint, guess=guess, enqueued=enqueued)
        else:
            yield from self.take(response, feed, endpoint=endpoint, goes_on=goes_on)

    def feed_of(self, response: Response) -> Feed | None:
        """The feed in the response; None for an error response, and for anything but a feed."""
        if response.status >= 400:
            return None
        kind = content_type(response)
        return read_feed(response.body, response.url, self.spider.list_rules(), content_type=kind)

    def take(self, response: Response, feed: Feed, *, endpoint: str, goes_on: bool) -> Iterator[Any]:
        """Request the articles of one page of a feed, and the next, older page."""
        selection = self.select(feed.entries)
        following = self._following(response, feed)
        self.record_reach(endpoint, feed.entries, ended=following is None)
        if following is None and feed.entries and len(selection.unknown) == len(feed.entries):
            self.has_gap |= self.good_at(endpoint) is not None
        if following is not None and (self.spider.has_seen(following) or self.is_past(feed.entries)):
            following = None
        if following is not None and goes_on and self.postpones:
            # With ten articles a page, older pages are expensive. They are requested only if no better channel answers.
            self.later[endpoint] = following
            following = None
        elif following is not None and not goes_on and not selection.unknown:
            following = None
        self.record_answer(endpoint, complete=following is None)
        yield from self.emit(response, selection, [Found(following, self.kind)] if following is not None else [])
        if following is not None:
            if self.spider.wants_more() and self.spider.mark_seen(following):
                yield self.request(following, callback=self.parse, endpoint=endpoint, goes_on=goes_on, enqueued=True)
            else:
                self.record_answer(endpoint, complete=False)

    def go_back(self) -> Iterator[Request]:
        """Request the postponed older pages, and postpone none from now on."""
        self.postpones = False
        for endpoint, url in self.later.items():
            if self.spider.mark_seen(url):
                self.record_answer(endpoint, complete=False)
                yield self.request(url, callback=self.parse, endpoint=endpoint, goes_on=True)
        self.later.clear()

    def _following(self, response: Response, feed: Feed) -> str | None:
        if feed.following is not None:
            return feed.following
        number = page_of(response.url)
        if feed.wordpress and feed.entries and number < MOST_PAGES:
            return paged(response.url, number + 1)
        return None

    def _no_feed(self, response: Response, endpoint: str, *, guess: bool, enqueued: bool) -> Iterator[Any]:
        if enqueued and response.status in (400, 404, 410):  # past the last page
            self.reach.setdefault(endpoint, Reach()).ended = True
            self.record_answer(endpoint, complete=True)
            yield from self.spider.page_item(response, self.kind)
        else:
            self.record_failure(endpoint, describe_answer(response), guess=guess, later=enqueued)
            if enqueued:
                yield from self.spider.page_item(response, self.kind, links=0)
