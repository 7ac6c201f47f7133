"""What can go wrong in a crawl, grouped by what to do about it."""

from storage.errors import ArchiveError, NoArchive, SchemaTooNew, UsageError, WarraqError

__all__ = [
    "AlreadyRunning",
    "ArchiveError",
    "NoArchive",
    "SchemaTooNew",
    "UsageError",
    "WarraqError",
]


class AlreadyRunning(WarraqError):
    """Another process is crawling this site: nothing was done, try later."""

    exit_code = 3
