"""An archive that refuses ends its run, wherever in the crawl that shows, and leaves one line in the log."""

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
    """A site's frontier whose refusals are reported as well as raised.

    Scrapy catches what a spider's callbacks, its first requests and its idle handlers raise, and goes on. Each of them
    asks the frontier, so this is where the run learns of it.
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
    """Have every handler of the log write an ArchiveError as its message alone. It is no fault of the code."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(_without_traceback)  # once, however often it is added


def _without_traceback(record: logging.LogRecord) -> bool:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, ArchiveError):
        record.msg, record.args, record.exc_info, record.exc_text = str(error), (), None, None
    return True


def note_upload_error(archive: Archive, runs: Iterable[RunStatistics]) -> None:
    """Let runs that ended well say why their WARC files are not in the archive's store. It is closed."""
    if archive.upload_error is not None:
        for run in (each for each in runs if each.run_id is not None):
            run.archive_error = run.archive_error or words_of(archive.upload_error)
