"""What can go wrong in a crawl, grouped by what to do about it."""

from storage.errors import AlreadyRunning, ArchiveError, NoArchive, SchemaTooNew, UsageError, WarraqError

__all__ = [
    "AlreadyRunning",
    "ArchiveError",
    "Interrupted",
    "NoArchive",
    "SchemaTooNew",
    "UsageError",
    "WarraqError",
]


class Interrupted(BaseException):
    """Ctrl-C or SIGTERM outside a crawl; a crawl handles these signals itself.

    Not an Exception, so that no `except Exception` catches it.
    """

    exit_code = 4
