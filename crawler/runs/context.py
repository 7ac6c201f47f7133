"""What the crawls of one command share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scrapy.crawler import Crawler

from crawler.runs.archive_writer import ArchiveWriter
from crawler.workers.pool import ExtractorPool
from storage.archive import Archive


def real_time() -> datetime:
    """The present time, aware, in UTC."""
    return datetime.now(UTC)


@dataclass(slots=True)
class CrawlContext:
    """The archive, its writer, the extractor processes and the clock of one command's crawls."""

    archive: Archive
    pool: ExtractorPool
    clock: Callable[[], datetime] = real_time
    writer: ArchiveWriter = field(init=False)

    def __post_init__(self) -> None:
        self.writer = ArchiveWriter(self.archive)


async def start_workers(pool: ExtractorPool, crawler: Crawler) -> None:
    """Request no further page while the first process starts: a walk would run ahead of what is known of it."""
    if crawler.engine is not None and not pool.has_processes:
        crawler.engine.pause()
        try:
            await pool.start()
        finally:
            crawler.engine.unpause()
