"""Names of WARC files: day files, to which a site's runs append, and month files, into which day files are merged.

`hespress-20261123.warc.gz` is a day file, `hespress-202611.warc.gz` a month file; further ones end in `-2`, `-3`.
`hespress-20261123140917-1.warc.gz` is the file of one run, as earlier versions wrote.
"""

import re
from datetime import UTC, date, datetime

from storage.messages import Message, message

FOLDER = "warc"
_SITE = r"[a-z0-9][a-z0-9_]{0,63}"
_OURS = re.compile(rf"({_SITE})-(\d{{6}}|\d{{8}}|\d{{14}}-\d{{1,18}})(?:-\d+)?\.warc\.gz")
_RUN = re.compile(r"(.+-\d{14}-\d{1,18})(?:-\d+)?\.warc\.gz")


def at_byte(file: str, offset: int) -> Message:
    """A description of a position in a file, for messages."""
    return message("{file!s} at byte {offset}", file=file, offset=offset)


def is_site_name(name: str) -> bool:
    """Whether a site's name can be part of a file's name."""
    return re.fullmatch(_SITE, name) is not None


def run_name(site: str, run_id: int, started_at: datetime) -> str:
    """The name of a run, by which a rebuild identifies it."""
    return f"{site}-{started_at.astimezone(UTC):%Y%m%d%H%M%S}-{run_id}"


def day_stem(site: str, started_at: datetime) -> str:
    """The beginning of the names of day files, for runs that started on that day (UTC)."""
    return f"{site}-{started_at.astimezone(UTC):%Y%m%d}"


def numbered(stem: str, number: int) -> str:
    """The name of a day or month file. number: from 1."""
    return stem + (f"-{number}" if number > 1 else "") + ".warc.gz"


def site_in(name: str) -> str | None:
    """The site in a file name, used if the warcinfo is unreadable; None: another kind of name."""
    match = _OURS.fullmatch(name)
    return match[1] if match else None


def run_in(name: str) -> str | None:
    """The run in the name of a run's own file; None: another kind of name."""
    match = _RUN.fullmatch(name)
    return match[1] if match else None


def day_in(name: str) -> date | None:
    """The day of a day file or of a run's own file; None for any other file."""
    match = _OURS.fullmatch(name)
    try:
        return datetime.strptime(match[2][:8], "%Y%m%d").date() if match and len(match[2]) > 6 else None
    except ValueError:
        return None


def month_stem(name: str) -> str | None:
    """The beginning of the names of the month files for this file; None if it can't be merged."""
    match = _OURS.fullmatch(name)
    return f"{match[1]}-{match[2][:6]}" if match and len(match[2]) > 6 else None


def is_of_month(name: str) -> bool:
    """Whether the name is that of a month file."""
    match = _OURS.fullmatch(name)
    return match is not None and len(match[2]) == 6
