"""What a spider knows of the frontier, of its crawl and of what was asked for, without the archive behind them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from storage.assets import WantedAsset
from storage.records import Endpoint, Found, Kind


class Frontier(Protocol):
    """Which URLs to request: the part of storage.frontier.SiteFrontier that spiders use, with its docstrings there."""

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """Those whose page is not known, in order, without duplicates."""

    def with_article(self, urls: Iterable[str]) -> list[str]:
        """Those whose page has an article in the archive, in order."""

    def pending(self, kind: Kind | None = None, *, after: Found | None = None) -> list[Found]:
        """Some of the pages that were found and not fetched, oldest first; after: the ones behind this one."""

    def listings_read(self, since: datetime, *, most: int) -> list[str]:
        """The site's listings that answered since then, those found first."""

    def enqueue(self, discoveries: Iterable[Found]) -> None:
        """Make pages pending, so that the next run fetches them if this one is killed."""

    def due(self, limit: int) -> list[str]:
        """Articles whose next revisit is due, longest overdue first."""

    def ask_twins(self) -> None:
        """Make due the articles that look like new ones of this run."""

    def edited(self, times: Mapping[str, datetime]) -> list[str]:
        """Of known pages, given with the time of their last change (aware), those that were fetched before it."""

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Make the articles of these edited pages due; returns the URLs that stand for no article."""

    def wanted_assets(
        self, limit: int, *, after: WantedAsset | None = None, since: datetime | None = None
    ) -> list[WantedAsset]:
        """Some of the pictures and style sheets that were not fetched, in the order in which they were found."""

    def endpoints(self) -> list[Endpoint]:
        """The site's endpoints that earlier runs requested."""

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last good response; None where it had none, or the host's are false."""

    def checks_of(self, url: str) -> int:
        """How many checks of the validators of the URL's host found nothing."""

    def note_check(self, url: str, *, agrees: bool) -> None:
        """Record a check of the validators of the URL's host."""

    def ask_unchanged(self, host: str) -> None:
        """Make due the articles whose pages at a host answered 304 when they were last asked."""


def each_pending(frontier: Frontier, kind: Kind) -> Iterator[Found]:
    """All pending pages of a kind, oldest first, of which a few are in memory at once."""
    batch = frontier.pending(kind)
    while batch:
        yield from batch
        batch = frontier.pending(kind, after=batch[-1])


class SpiderContext(Protocol):
    """The part of crawler.runs.context.CrawlContext that a spider uses: its clock."""

    clock: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for. since, until: articles of earlier and later days are not wanted."""

    since: date | None = None
    max_articles: int | None = None
    max_requests: int | None = None  # including revisits, redirects and robots.txt
    full: bool = False  # walk every listing to its end, known or not
    until: date | None = None
    backfill: bool = False  # walk every channel back to `since`, past what is known

    @property
    def is_thorough(self) -> bool:
        """Whether walks continue past known articles."""
        return self.full or self.backfill
