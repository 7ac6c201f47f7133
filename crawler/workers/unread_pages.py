"""Unread pages: earlier runs archived them and could not extract them. A later run extracts them without a request."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from crawler.platforms.items import Fetched
from storage.archive import Archive
from storage.db.database import read_transaction
from storage.errors import ArchiveError
from storage.records import Capture, Extraction, Position, Reason
from storage.rows.captures import unread_of
from storage.warc.writer import read_capture

MOST_TRIES = 3  # runs after the first one; a page that killed its process in each of them is given up
_AT_ONCE = 8  # pages whose bytes are in memory
_log = logging.getLogger("warraq.runs")


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """An unread page, as an item of the pipeline. tries: number of later runs in which it killed its process again.

    parts: the captures of the article's further pages, with their positions.
    """

    item: Fetched
    position: Position
    tries: int
    parts: tuple[tuple[Capture, Position], ...] = ()

    def judge(self, extraction: Extraction) -> Extraction:
        """The extraction to save: Reason.FAILED if the page itself is at fault and was tried in MOST_TRIES runs."""
        if extraction.evidence.get("unread") != "page" or self.tries + 1 < MOST_TRIES:
            return extraction
        error = f"{extraction.evidence['error']}, in {self.tries + 2} runs"
        return Extraction(reason=Reason.FAILED, evidence={"error": error})


class UnreadPages:
    """The unread pages of one site. They are passed to `process` while the run goes on."""

    def __init__(self, archive: Archive, site: str, process: Callable[[Any], Awaitable[Any]]) -> None:
        """process: the pipeline's method that archives an item. Raises ArchiveError."""
        self._archive = archive
        self._process = process
        with read_transaction(archive.engine) as connection:
            self._waiting = unread_of(connection, site)
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Start to extract them, if there are any. Needs a running event loop."""
        if self._waiting:
            self._task = asyncio.ensure_future(self._read(self._pages()))

    async def end(self, *, interrupted: bool) -> None:
        """Wait until all are extracted. If the run was interrupted, stop: the next run extracts the rest."""
        if self._task is not None and interrupted:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        elif self._task is not None:
            await self._task

    async def _read(self, pages: Iterator[UnreadPage]) -> None:
        while batch := list(islice(pages, _AT_ONCE)):
            await asyncio.gather(*map(self._process, batch))

    def _pages(self) -> Iterator[UnreadPage]:
        for each in self._waiting:
            try:
                capture = read_capture(self._archive.folder, each.position)
                parts = tuple((read_capture(self._archive.folder, part), part) for part in each.parts)
            except ArchiveError as error:  # `warraq verify` reports it
                _log.warning("a page is still to be read and its bytes are lost: %s", error)
                continue
            yield UnreadPage(Fetched(capture, "article"), each.position, each.tries, parts)
