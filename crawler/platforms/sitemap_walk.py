"""Walk through a site's sitemaps: the newest files first, and known files only if they changed."""

from collections import Counter
from collections.abc import AsyncIterator, Generator, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from crawler.channels.documents import MOST_BYTES
from crawler.channels.entries import Entry, has_trusted_dates
from crawler.channels.sitemaps import (
    MOST_DEPTH,
    USUAL_PATHS,
    Sitemap,
    SitemapFile,
    days_covered,
    is_news,
    may_list_articles,
    sitemap_in_slices,
)
from crawler.platforms.endpoint_walk import MOST_OUT_OF_SPAN, EndpointWalk, Selection, describe_answer
from crawler.platforms.feed_walk import FeedWalk
from crawler.platforms.items import NotModified
from crawler.platforms.responses import content_type, day_of, requested_url
from crawler.platforms.walks.slices import in_slices
from storage.records import Channel, Found, Kind

SLICE = 1000  # entries per query of the frontier


@dataclass(slots=True)
class SitemapWalk(EndpointWalk):
    """Reads sitemaps, newest files first; from an index that was read before, only files that changed.

    feeds: the walk that handles a sitemap which turns out to be a feed.
    """

    _: KW_ONLY
    feeds: FeedWalk

    channel: ClassVar[Channel] = "sitemap"
    kind: ClassVar[Kind] = "sitemap"
    open: Counter[str] = field(default_factory=Counter)  # endpoint to number of requested files without a response
    unfetched: int = 0  # articles that this run's files list and that no run has fetched

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """Request the file, unless this run has done so."""
        if self.spider.mark_seen(url):
            yield self._file(url, endpoint=url, guess=guess)

    def guess(self, home: str) -> Iterator[Request]:
        """Request the usual URLs of sitemaps, one after the other, until one answers."""
        usual = [urljoin(home, path) for path in USUAL_PATHS]
        new = [url for url in usual if not self.spider.has_seen(url)]
        if new and self.spider.mark_seen(new[0]):
            yield self._file(new[0], endpoint=new[0], guess=True, home=home)

    def resume(self, url: str) -> Iterator[Request]:
        """Request a file that an earlier run left pending."""
        if self.spider.mark_seen(url):
            yield self._file(url, endpoint=None, enqueued=True)

    def _file(self, url: str, *, endpoint: str | None, **arguments: Any) -> Request:
        if endpoint is not None:
            self.open[endpoint] += 1
        # The transaction that archived a file enqueued its articles, so an unchanged file need not be read again. But a
        # backfill reads further back than the run that archived it.
        conditional = not self.spider.options.backfill
        request = self.request(url, callback=self.parse, conditional=conditional, endpoint=endpoint, **arguments)
        request.meta["download_maxsize"] = MOST_BYTES
        return request

    async def parse(
        self,
        response: Response,
        *,
        endpoint: str | None,
        depth: int = 1,
        guess: bool = False,
        enqueued: bool = False,
        home: str | None = None,
    ) -> AsyncIterator[Any]:
        """Parse one file: request the files of an index, or the articles.

        endpoint: where the walk began; None: in an earlier run. depth: nesting of indexes, from 1. guess: see `begin`.
        enqueued: the frontier holds this file, so its response must be archived. home: if this is no sitemap, guess the
        next usual URL below it.
        """
        requested = requested_url(response)
        if response.status == 304:
            self.spider.statistics.count_unchanged_listing()
            self._close_file(endpoint)
            yield NotModified(requested, self.kind)
            return
        if response.url != requested and not self.spider.mark_seen(response.url):
            self._close_file(endpoint)  # it redirects to a file that this run has seen
            return
        sitemap = None
        if response.status < 400:
            rules, kind = self.spider.list_rules(), content_type(response)
            reading = sitemap_in_slices(response.body, response.url, rules, content_type=kind)
            sitemap = await in_slices(reading)
        if sitemap is not None and not sitemap.files:
            selection = await in_slices(self._selecting(sitemap, endpoint))
            results = self._entries(response, sitemap, selection, endpoint)
        elif sitemap is not None:
            results = self._index(response, sitemap, endpoint, depth)
        else:
            results = self._unreadable(response, endpoint, guess=guess, enqueued=enqueued, home=home)
        for each in results:
            yield each

    def _unreadable(
        self, response: Response, endpoint: str | None, *, guess: bool, enqueued: bool, home: str | None
    ) -> Iterator[Any]:
        """Handle a response that is no sitemap. The parameters are those of `parse`."""
        feed = self.feeds.feed_of(response)
        if feed is not None:
            # The protocol allows feeds as sitemaps. From now on its endpoint is a feed, requested in each run.
            self._close_file(endpoint)
            yield from self.feeds.take(response, feed, endpoint=requested_url(response), goes_on=True)
            return
        if endpoint is not None:
            self.record_failure(endpoint, describe_answer(response), guess=guess, later=enqueued)
        if enqueued:
            yield from self.spider.page_item(response, self.kind, links=0)
        elif home is not None:
            yield from self.guess(home)

    def _index(self, response: Response, sitemap: Sitemap, endpoint: str | None, depth: int) -> Iterator[Any]:
        files = self.files_to_request(sitemap.files) if depth < MOST_DEPTH else []
        new = [file for file in files if self.spider.mark_seen(file.url)]
        self.spider.statistics.count_listing(0)
        yield from self.spider.page_item(response, self.kind, new_pages=[Found(file.url, self.kind) for file in new])
        for file in new:
            own = file.url if is_news(file.url) else endpoint  # later runs request a news sitemap itself
            yield self._file(file.url, endpoint=own, depth=depth + 1, enqueued=True)
        self._close_file(endpoint)

    def files_to_request(self, files: Sequence[SitemapFile]) -> list[SitemapFile]:
        """The files of an index to request: without those of tags and authors, of other days, and unchanged ones."""
        options = self.spider.options
        chosen = [file for file in files if may_list_articles(file.url)] or list(files)
        chosen = [file for file in chosen if _may_cover(file, options.since, options.until)]
        if options.is_thorough:
            return chosen
        unknown = set(self.spider.frontier.unknown([file.url for file in chosen]))
        dated = has_trusted_dates([Entry(file.url, None, file.modified_at) for file in chosen], self.spider.now())
        times = {file.url: file.modified_at for file in chosen if file.modified_at is not None and dated}
        edited = set(self.spider.frontier.edited(times))
        # Files without dates: plug-ins number them from the oldest or from the newest.
        ends = {file.url for file in (*chosen[:2], *chosen[-2:])}
        return [
            file
            for file in chosen
            if file.url in unknown or file.url in edited or (file.url not in times and file.url in ends)
        ]

    def _selecting(self, sitemap: Sitemap, endpoint: str | None) -> Generator[None, None, Selection]:
        """Select the wanted articles of a file, newest first, SLICE entries at a time; yields between them."""
        entries = list(sitemap.entries)
        dated = has_trusted_dates(entries, self.spider.now())
        yield
        if any(entry.published_at for entry in entries) or dated:
            entries.sort(key=_changed, reverse=True)
        else:
            entries.reverse()  # WordPress and most plug-ins append
        if self.spider.options.since is not None:
            entries = self._datable(entries)
        yield
        slices: list[Selection] = []
        left = MOST_OUT_OF_SPAN
        for start in range(0, len(entries), SLICE):
            slices.append(self.select(entries[start : start + SLICE], dated=dated, most_out_of_span=max(0, left)))
            left -= slices[-1].out_of_span
            yield
        if endpoint is not None:
            self.record_reach(endpoint, entries, ended=not sitemap.news)
        return Selection.of_slices(slices)

    def _entries(
        self, response: Response, sitemap: Sitemap, selection: Selection, endpoint: str | None
    ) -> Iterator[Any]:
        if sitemap.news and endpoint is not None:
            self.open[endpoint] += 1  # a news sitemap is never complete: it has the last two days
        if sitemap.news and not sitemap.entries:
            self.spider.statistics.unchanged += 1  # nothing was published in them: no template changed
        self.unfetched += len(selection.unknown)
        self.spider.statistics.expect_articles(self.unfetched)
        yield from self.emit(response, selection)
        self._close_file(endpoint)

    def _datable(self, entries: list[Entry]) -> list[Entry]:
        """The entries with a date, in the sitemap or in the URL."""
        kept = [each for each in entries if each.published_at or each.modified_at or day_of(each.url)]
        if len(kept) < len(entries):
            self.spider.statistics.note(
                f"{len(entries) - len(kept):,} entries of sitemaps state no date, so that --since left them out"
            )
        return kept

    def _close_file(self, endpoint: str | None) -> None:
        """Record that a file of the endpoint was read; after the last one the endpoint is complete."""
        if endpoint is not None:
            self.open[endpoint] -= 1
            if endpoint not in self.tried or self.tried[endpoint].failures == 0:
                self.record_answer(endpoint, complete=self.open[endpoint] <= 0)


def _changed(entry: Entry) -> datetime:
    return entry.published_at or entry.modified_at or datetime.min.replace(tzinfo=UTC)


def _may_cover(file: SitemapFile, since: date | None, until: date | None) -> bool:
    """Whether a file may list articles of these days, by its last change and by the days in its name."""
    span = days_covered(file.url)
    if since is not None:
        if file.modified_at is not None and (file.modified_at.date() - since).days < -1:
            return False
        if span is not None and (span[1] - since).days < -1:
            return False
    return until is None or span is None or (span[0] - until).days <= 1
