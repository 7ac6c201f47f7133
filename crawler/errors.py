"""What can go wrong in a crawl, grouped by what to do about it."""

from storage.errors import AlreadyRunning, ArchiveError, NoArchive, SchemaTooNew, UsageError, WarraqError

__all__ = [
    "AlreadyRunning",
    "ArchiveError",
    "NoArchive",
    "SchemaTooNew",
    "UsageError",
    "WarraqError",
]
