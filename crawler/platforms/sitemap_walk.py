"""Walking through a site's sitemaps: the newest files first, and of known ones only those that changed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from crawler.platforms.endpoint_walk import EndpointWalk, answer_of
from crawler.platforms.entries import Entry, trusted
from crawler.platforms.items import NotModified
from crawler.platforms.responses import asked_url, day_of
from crawler.platforms.sitemaps import (
    MOST_BYTES,
    MOST_DEPTH,
    USUAL,
    File,
    Sitemap,
    holds_articles,
    is_news,
    read_sitemap,
    span_of,
)
from storage.records import Channel, Found, Kind

_DAY_PATH = re.compile(r"/(?:19|20)\d\d[/-]\d{1,2}[/-]\d{1,2}(?:/|-|$)")


@dataclass(slots=True)
class SitemapWalk(EndpointWalk):
    """Reads sitemaps, newest files first; of an index that was read before, only the files that changed."""

    channel: ClassVar[Channel] = "sitemap"
    kind: ClassVar[Kind] = "sitemap"
    unread: Counter[str] = field(default_factory=Counter)  # door to the files of it that were asked for
    unfetched: int = 0  # articles that the files of this run named, and that no run has fetched yet

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """Ask for the file, if this run has not yet."""
        if self.spider.mark_seen(url):
            yield self._file(url, endpoint=url, guess=guess)

    def guess(self, home: str) -> Iterator[Request]:
        """Ask where sites usually keep it, one place after the other, until one answers."""
        places = [urljoin(home, path) for path in USUAL]
        new = [url for url in places if not self.spider.has_seen(url)]
        if new and self.spider.mark_seen(new[0]):
            yield self._file(new[0], endpoint=new[0], guess=True, home=home)

    def resume(self, url: str) -> Iterator[Request]:
        """Read a file that an earlier run left unread."""
        if self.spider.mark_seen(url):
            yield self._file(url, endpoint=None, promised=True)

    def _file(self, url: str, *, endpoint: str | None, **known: Any) -> Request:
        if endpoint is not None:
            self.unread[endpoint] += 1
        # What a file named is in the archive since the transaction that kept it. A backfill looks further back than
        # the run that did.
        conditional = not self.spider.options.backfill
        request = self.request(url, callback=self.parse, conditional=conditional, endpoint=endpoint, **known)
        request.meta["download_maxsize"] = MOST_BYTES
        return request

    def parse(
        self,
        response: Response,
        *,
        endpoint: str | None,
        depth: int = 1,
        guess: bool = False,
        promised: bool = False,
        home: str | None = None,
    ) -> Iterator[Any]:
        """One file: the files that it names, or its articles."""
        asked = asked_url(response)
        if response.status == 304:
            self.spider.tally.listings += 1
            self.spider.tally.unchanged += 1
            self._read(endpoint)
            yield NotModified(asked, self.kind)
            return
        if response.url != asked and not self.spider.mark_seen(response.url):
            self._read(endpoint)  # it leads to a file that another door led to
            return
        found = (
            read_sitemap(response.body, response.url, is_ours=self.spider.is_ours) if response.status < 400 else None
        )
        if found is None:
            if endpoint is not None:
                self.failed(endpoint, answer_of(response), guess=guess, later=promised)
            if promised:
                yield from self.spider.kept(response, self.kind, links=0)
            elif home is not None:
                yield from self.guess(home)
        elif found.files:
            yield from self._index(response, found, endpoint, depth)
        else:
            yield from self._entries(response, found, endpoint)

    def _index(self, response: Response, found: Sitemap, endpoint: str | None, depth: int) -> Iterator[Any]:
        files = self.worth_reading(found.files) if depth < MOST_DEPTH else []
        new = [file for file in files if self.spider.mark_seen(file.url)]
        self.spider.tally.listings += 1
        yield from self.spider.kept(response, self.kind, found=[Found(file.url, self.kind) for file in new])
        for file in new:
            own = file.url if is_news(file.url) else endpoint  # later runs ask a news sitemap itself
            yield self._file(file.url, endpoint=own, depth=depth + 1, promised=True)
        self._read(endpoint)

    def worth_reading(self, files: Sequence[File]) -> list[File]:
        """Which files of an index to ask for: not those of tags and authors, of other times, or without a change."""
        options = self.spider.options
        chosen = [file for file in files if holds_articles(file.url)] or list(files)
        chosen = [file for file in chosen if _may_cover(file, options.since, options.until)]
        if options.is_thorough:
            return chosen
        unknown = set(self.spider.frontier.unknown([file.url for file in chosen]))
        dated = trusted([Entry(file.url, None, file.modified_at) for file in chosen], self.spider.now())
        times = {file.url: file.modified_at for file in chosen if file.modified_at is not None and dated}
        edited = set(self.spider.frontier.edited(times))
        # Without dates: plug-ins number their files from the oldest on, or from the newest.
        ends = {file.url for file in (*chosen[:2], *chosen[-2:])}
        return [
            file
            for file in chosen
            if file.url in unknown or file.url in edited or (file.url not in times and file.url in ends)
        ]

    def _entries(self, response: Response, found: Sitemap, endpoint: str | None) -> Iterator[Any]:
        entries = list(found.entries)
        dated = trusted(entries, self.spider.now())
        if any(entry.published_at for entry in entries) or dated:
            entries.sort(key=_changed, reverse=True)
        else:
            entries.reverse()  # WordPress and most plug-ins append
        if self.spider.options.since is not None:
            entries = self._datable(entries)
        taken = self.taken(entries, dated=dated)
        if endpoint is not None:
            self.note_reach(endpoint, entries, ended=not found.news)
        if found.news and endpoint is not None:
            self.unread[endpoint] += 1  # the last two days are never the whole
        self.unfetched += len(taken.unknown)
        self.spider.expect(self.unfetched)
        yield from self.keep(response, taken)
        self._read(endpoint)

    def _datable(self, entries: list[Entry]) -> list[Entry]:
        """Those of which somebody can tell how old they are, by the sitemap or by the URL."""
        kept = [each for each in entries if each.published_at or each.modified_at or day_of(each.url)]
        if len(kept) < len(entries):
            self.spider.note(
                f"{len(entries) - len(kept):,} entries of sitemaps state no date, so that --since left them out"
            )
        return kept

    def _read(self, endpoint: str | None) -> None:
        """A file of the door was read; with the last one the door was read whole."""
        if endpoint is not None:
            self.unread[endpoint] -= 1
            if endpoint not in self.tried or self.tried[endpoint].failures == 0:
                self.worked(endpoint, whole=self.unread[endpoint] <= 0)


def _changed(entry: Entry) -> datetime:
    return entry.published_at or entry.modified_at or datetime.min.replace(tzinfo=UTC)


def _may_cover(file: File, since: date | None, until: date | None) -> bool:
    """A file changed before `since` holds nothing younger; one named after a month holds that month."""
    span = span_of(file.url)
    if since is not None:
        if file.modified_at is not None and (file.modified_at.date() - since).days < -1:
            return False
        if span is not None and (span[1] - since).days < -1:
            return False
    return until is None or span is None or (span[0] - until).days <= 1
