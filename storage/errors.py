"""What can go wrong in the archive; the root of every error that Warraq raises on purpose."""

from typing import ClassVar


class WarraqError(Exception):
    """An error whose message tells the user what was wrong and what to do; `exit_code` is the process's."""

    exit_code: ClassVar[int] = 1


class UsageError(WarraqError):
    """The call was wrong: an unknown site, a malformed URL or date, a missing file."""

    exit_code = 2


class AlreadyRunning(WarraqError):
    """Another process is doing this already: nothing was done, try later."""

    exit_code = 3


class ArchiveError(WarraqError):
    """The archive or its disk refused: unwritable, full, damaged, of a newer version."""

    exit_code = 5


class SchemaTooNew(ArchiveError):
    """The archive was written by a newer Warraq than this one."""


class NoArchive(UsageError):
    """A command that only reads was pointed at a folder that holds no archive."""
