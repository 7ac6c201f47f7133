"""The exception classes of Warraq, grouped by what to do about them.

    WarraqError            exit code 1
      UsageError           2    fix the call
        NoArchive
      AlreadyRunning       3    try again later; nothing was done
            ArchiveError         5    repair the archive or its disk
        SchemaTooNew            install the newer version
        DamagedValue
            SiteError            1    stop with this site; continue with others
            WorkersUnavailable   1    provide what the worker processes need, and run the same command again
            PageError            1    skip this page; continue with the site
        TakenDown
        BodyError               the body is not what its headers state
          TooLarge
                    CutShort              fetch the page again

        Interrupted            4    run the same command again: it continues from there (a BaseException)

`crawler.http.refusals` adds the errors that stop a single request, as subclasses of Scrapy's. Any other exception is
an error in the code.
"""

from typing import ClassVar


class WarraqError(Exception):
    """An error whose message tells the user what is wrong and what to do. exit_code: of the process."""

    exit_code: ClassVar[int] = 1


class UsageError(WarraqError):
    """The call is wrong: an unknown site, a malformed URL or date, a missing file."""

    exit_code = 2


class NoArchive(UsageError):
    """A read-only command was given a folder without an archive."""


class AlreadyRunning(WarraqError):
    """Another process is doing the same already. Nothing was done."""

    exit_code = 3


class ArchiveError(WarraqError):
    """The archive or its disk refused: unwritable, full, damaged, or of a newer version."""

    exit_code = 5


class SchemaTooNew(ArchiveError):
    """The archive was written by a newer Warraq than this one."""


class DamagedValue(ArchiveError):
    """A JSON column contains something else, which can only be damage, as SQLite accepts any value."""


class SiteError(WarraqError):
    """The site does not answer, or has nothing that can be crawled or declared."""


class WorkersUnavailable(WarraqError):
    """No worker process can be started, or none can extract anything. Unread captures stay unread."""


class PageError(WarraqError):
    """One page has no capture or no article."""


class TakenDown(PageError):
    """The page was taken down by hand, and is not saved."""


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
