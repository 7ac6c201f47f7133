"""The error tree: every error that Warraq raises on purpose, grouped by what to do about it.

    WarraqError            exit code 1
      UsageError           2    fix the call
        NoArchive
      AlreadyRunning       3    try again later; nothing was done
      ArchiveError         5    mend the archive or its disk
        SchemaTooNew            install the newer version
        DamagedValue
      SiteError            1    stop with this site; others go on
      WorkersUnavailable   1    give the worker processes what they need, and run the same again
      PageError            1    skip this page; the site goes on
        TakenDown
        BodyError               the body is not what its headers state
          TooLarge
          CutShort              fetch it again

    Interrupted            4    run the same again: it goes on from there (a BaseException)

`crawler.http.refusals` adds the errors that stop a single request, which Scrapy has to know as its own. Any other
exception is a fault in the code.
"""

from typing import ClassVar


class WarraqError(Exception):
    """An error whose message tells the user what is wrong and what to do; `exit_code` is the process's."""

    exit_code: ClassVar[int] = 1


class UsageError(WarraqError):
    """The call is wrong: an unknown site, a malformed URL or date, a missing file."""

    exit_code = 2


class NoArchive(UsageError):
    """A command that only reads was given a folder that holds no archive."""


class AlreadyRunning(WarraqError):
    """Another process is doing the same already. Nothing was done."""

    exit_code = 3


class ArchiveError(WarraqError):
    """The archive or its disk refused: unwritable, full, damaged, of a newer version."""

    exit_code = 5


class SchemaTooNew(ArchiveError):
    """The archive was written by a newer Warraq than this one."""


class DamagedValue(ArchiveError):
    """A column of JSON holds something else. SQLite takes any value, so only damage puts it there."""


class SiteError(WarraqError):
    """The site gives no answer, or nothing that can be crawled or declared."""


class WorkersUnavailable(WarraqError):
    """No worker process can be started, or none can extract anything. What was to be read stays to be read."""


class PageError(WarraqError):
    """One page gives no capture or no article."""


class TakenDown(PageError):
    """The page was taken down by hand. None of it is kept."""


class BodyError(PageError, ValueError):
    """A response body does not decode as its Content-Encoding or Transfer-Encoding states."""


class TooLarge(BodyError):
    """The decoded body exceeds the size limit."""


class CutShort(BodyError):
    """The encoded body ends before its last byte."""


class Interrupted(BaseException):
    """Ctrl-C or SIGTERM outside a crawl; a crawl handles these signals itself.

    Not an Exception, so that no `except Exception` catches it.
    """

    exit_code = 4
