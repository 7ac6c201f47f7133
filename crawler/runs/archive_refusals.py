"""Handling of an archive's errors: any of them, wherever it is raised, ends the run and is logged as one line."""

import logging
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from crawler.platforms.run_statistics import RunStatistics
from storage.archive import Archive
from storage.errors import ArchiveError
from storage.frontier import SiteFrontier
from storage.messages import words_of


class WatchedFrontier:
    """Proxy of a site's frontier that reports each ArchiveError to the run before it raises it.

    Scrapy catches exceptions of a spider's callbacks, start requests and idle handlers, and goes on. All of these call
    the frontier, so the run can learn of the error here.
    """

    def __init__(self, frontier: SiteFrontier, refused: Callable[[ArchiveError], None]) -> None:
        """refused: called with each error."""
        self._frontier = frontier
        self._refused = refused

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._frontier, name)

        @wraps(method)
        def watched(*arguments: Any, **named: Any) -> Any:
            try:
                return method(*arguments, **named)
            except ArchiveError as error:
                self._refused(error)
                raise

        return watched


def shorten_log() -> None:
    """Have every log handler write an ArchiveError without its traceback: it is not a fault of the code."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_without_traceback)  # adding it again has no effect


def _without_traceback(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, ArchiveError):
        record.msg, record.args, record.exc_info, record.exc_text = str(error), (), None, None
    return True


def note_upload_error(archive: Archive, runs: Iterable[RunStatistics]) -> None:
    """Set the error of runs whose WARC files could not be uploaded to the store. archive: closed already."""
    if archive.upload_error is not None:
        for run in (each for each in runs if each.run_id is not None):
            run.archive_error = run.archive_error or words_of(archive.upload_error)
