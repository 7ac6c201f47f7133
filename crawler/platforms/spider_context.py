"""Interfaces between a spider and its crawl: the frontier, the context and the options, without the archive."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from storage.assets import WantedAsset
from storage.records import Endpoint, Found, Kind


class Frontier(Protocol):
    """The part of storage.frontier.SiteFrontier that spiders use; see the docstrings there."""

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """The URLs whose page the archive does not know, in order, without duplicates."""

    def with_article(self, urls: Iterable[str]) -> list[str]:
        """The URLs whose page has an article in the archive, in order."""

    def pending(self, kind: Kind | None = None, *, after: Found | None = None) -> list[Found]:
        """A batch of the pages that were found and not fetched, oldest first. after: the last page before the batch."""

    def listings_read(self, since: datetime, *, most: int) -> list[str]:
        """The site's listings that answered since then, in the order in which they were found."""

    def enqueue(self, discoveries: Iterable[Found]) -> None:
        """Make pages pending, so that the next run fetches them if this one is killed."""

    def due(self, limit: int) -> list[str]:
        """Articles whose next revisit is due, longest overdue first."""

    def ask_twins(self) -> None:
        """Make due the known articles that look like new articles of this run: the same may be at two URLs."""

    def edited(self, times: Mapping[str, datetime]) -> list[str]:
        """The known pages that were last fetched before their last change. times: URL to that change, aware."""

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Make the articles of these edited pages due; returns the URLs that belong to no article."""

    def wanted_assets(
        self, limit: int, *, after: WantedAsset | None = None, since: datetime | None = None
    ) -> list[WantedAsset]:
        """A batch of the pictures and style sheets that were not fetched, in the order in which they were found."""

    def endpoints(self) -> list[Endpoint]:
        """The site's endpoints that earlier runs requested."""

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last good response; None if it had none, or the host's were found false."""

    def checks_of(self, url: str) -> int:
        """Number of checks that found no fault in the validators of the URL's host."""

    def note_check(self, url: str, *, agrees: bool) -> None:
        """Record a check of the validators of the URL's host."""

    def ask_unchanged(self, host: str) -> None:
        """Make due the articles of a host whose pages answered 304 to their last request."""


def each_pending(frontier: Frontier, kind: Kind) -> Iterator[Found]:
    """Yield all pending pages of a kind, oldest first, with one batch at a time in memory."""
    batch = frontier.pending(kind)
    while batch:
        yield from batch
        batch = frontier.pending(kind, after=batch[-1])


class SpiderContext(Protocol):
    """The part of crawler.runs.context.CrawlContext that a spider uses: its clock."""

    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a crawl. since, until: first and last day; articles of other days are not requested."""

    since: date | None = None
    max_articles: int | None = None
    max_requests: int | None = None  # including revisits, redirects and robots.txt
    full: bool = False  # walk every listing to its end, past known articles
    until: date | None = None
    backfill: bool = False  # walk every channel back to `since`, past known articles

    @property
    def is_thorough(self) -> bool:
        """Whether walks continue past known articles."""
        return self.full or self.backfill
