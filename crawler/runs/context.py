"""The objects that all crawls of one command share: archive, writer, extractor processes, clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.locks import SiteLock
from crawler.runs.archive_writer import ArchiveWriter
from crawler.workers.pool import ExtractorPool
from storage.archive import Archive
from storage.warc.writer import warc_bytes


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


def own_context(site: str, settings: BaseSettings, releases: list[Callable[[], None]]) -> CrawlContext:
    """Open the context of a plain `scrapy crawl`, from the settings WARRAQ_ARCHIVE, WARRAQ_DB and WARRAQ_WARC_SIZE.

    releases: the functions to call at the end are appended; call the last one first. Raises ArchiveError, UsageError.
    """
    folder, size = Path(settings["WARRAQ_ARCHIVE"]), warc_bytes(settings["WARRAQ_WARC_SIZE"])
    releases.append(SiteLock(folder, site).acquire().release)
    context = CrawlContext(Archive.open(folder, settings["WARRAQ_DB"], warc_bytes=size), ExtractorPool())
    releases += [context.archive.close, context.pool.close, context.writer.close]
    return context


async def start_workers(pool: ExtractorPool, crawler: Crawler) -> None:
    """Start the first worker process; the engine pauses meanwhile, so that a walk does not outrun the extraction."""
    if crawler.engine is not None and not pool.has_processes:
        crawler.engine.pause()
        try:
            await pool.start()
        finally:
            crawler.engine.unpause()
