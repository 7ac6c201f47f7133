"""The fields of warcinfo records: writer, site and run of the records behind them."""

import re
from datetime import datetime
from pathlib import Path

from storage.warc.file_names import run_in, run_name
from storage.warc.gzip_members import members

_WARCINFO = re.compile(rb"^WARC-Type:\s*warcinfo\s*$", re.IGNORECASE | re.MULTILINE)
RUN, STARTED = "warraq-run", "warraq-started"


def warcinfo_in(content: bytes) -> dict[str, str] | None:
    """The fields of a member with a warcinfo record, with its WARC-Date as "date", its WARC-Filename as "filename".

    None for any other member. content: uncompressed.
    """
    head, _, body = content.partition(b"\r\n\r\n")
    if not head.startswith(b"WARC/") or not _WARCINFO.search(head):
        return None
    stated = fields_in(head)
    file = {"date": stated.get("warc-date", ""), "filename": stated.get("warc-filename", "")}
    return {**fields_in(body), **file}


def warcinfo_fields(path: Path) -> dict[str, str]:
    """The fields of the warcinfo record at a file's beginning; {} without one."""
    first = next(members(path), None)
    return (warcinfo_in(first.content or b"") if first is not None else None) or {}


def site_fields(warcinfo: dict[str, str]) -> dict[str, str]:
    """Warraq's own fields without their prefix: the run's data about its site."""
    return {name.removeprefix("warraq-"): value for name, value in warcinfo.items() if name.startswith("warraq-")}


def run_of(warcinfo: dict[str, str]) -> str | None:
    """The name of the run that wrote the record; None if not stated."""
    site, run, started = (warcinfo.get(name, "") for name in ("ispartof", RUN, STARTED))
    try:
        return run_name(site, int(run), datetime.fromisoformat(started))
    except (ValueError, OverflowError):
        return run_in(warcinfo.get("filename", ""))


def fields_in(content: bytes) -> dict[str, str]:
    """Fields of application/warc-fields, or of a record's header: the last value of each name, names in lower case."""
    lines = (line.partition(":") for line in content.decode("utf-8", "replace").split("\r\n"))
    return {name.strip().lower(): value.strip() for name, _, value in lines if value.strip()}
