"""What the crawls of one command share, and what a spider asks of it, answered from the archive."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.site import Site
from crawler.workers.pool import ExtractorPool
from storage.archive import Archive
from storage.records import Capture, Endpoint, Extraction, Found


class ArchiveFrontier:
    """The ledger that spiders ask (crawler.platforms.base.Ledger), answered from the archive's pages."""

    def __init__(self, context: "CrawlContext", site: Site) -> None:
        self._archive = context.archive
        self._pool = context.pool
        self._clock = context.clock
        self._site = site

    def unknown(self, urls: Iterable[str]) -> list[str]:
        """Those that no run has found yet, and those given up that are worth another try."""
        return self._archive.unknown(self._site.name, list(urls), now=self._clock())

    def pending(self) -> list[Found]:
        """What earlier runs left unfetched."""
        return self._archive.pending(self._site.name)

    def enqueue(self, found: Iterable[Found]) -> None:
        """Note as pending."""
        self._archive.enqueue(self._site.name, list(found), now=self._clock())

    def due(self, limit: int) -> list[str]:
        """Articles whose next visit has come."""
        return self._archive.due(self._site.name, now=self._clock(), limit=limit)

    def edited(self, times: Mapping[str, datetime]) -> list[str]:
        """Known pages that were fetched before their last change."""
        return self._archive.edited(times)

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Make articles due."""
        return self._archive.mark_due(times)

    def endpoints(self) -> list[Endpoint]:
        """The addresses of the site's channels that earlier runs asked."""
        return self._archive.endpoints(self._site.name)

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of the last answer."""
        return self._archive.validators(url)

    async def read(self, capture: Capture) -> Extraction:
        """What reading makes of a page; nothing is kept."""
        return await self._pool.extract(capture, self._site)


def real_time() -> datetime:
    """Aware UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class CrawlContext:
    """What the crawls of one command share: where pages are kept, who reads them, what time it is."""

    archive: Archive
    pool: ExtractorPool
    clock: Callable[[], datetime] = real_time
