"""Options that several commands share, and functions that convert their values."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from crawler.output.stderr_lines import print_notice
from storage.errors import UsageError
from storage.files import parse_size
from storage.messages import message

if TYPE_CHECKING:
    from sqlalchemy import Engine

Archive = Annotated[
    Path,
    typer.Option(
        "--archive", metavar="DIR", envvar="WARRAQ_ARCHIVE", help="Folder of the archive.", show_default="./archive"
    ),
]
Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        envvar="WARRAQ_DB",
        help="Database URL, where the tables are elsewhere: postgresql+psycopg://user@host/name.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
LogFormat = Annotated[
    Literal["text", "json"] | None,
    typer.Option("--log-format", metavar="FORMAT", help="How the log is written: text, or json, an object a line."),
]
LogFile = Annotated[
    Path | None,
    typer.Option("--log-file", metavar="FILE", help="Append the log to this file, not to stderr. It may be rotated."),
]
WarcSize = Annotated[
    str | None,
    typer.Option(
        "--warc-size",
        metavar="SIZE",
        envvar="WARRAQ_WARC_SIZE",
        help="From this size on a WARC file is full: 500M.",
        show_default="1G",
    ),
]
BulkEngine = Annotated[
    Literal["local", "ray"],
    typer.Option(
        "--engine",
        metavar="NAME",
        help="Where the processes run: local, on all processors of this machine, or ray, on a cluster (extra ray).",
    ),
]
WarcStore = Annotated[
    str | None,
    typer.Option(
        "--warc-store",
        metavar="URL",
        envvar="WARRAQ_WARC_STORE",
        help="Keep closed WARC files there from now on: s3://BUCKET/FOLDER. The archive remembers it.",
    ),
]
SiteFilter = Annotated[str | None, typer.Option("--site", metavar="NAME", help="Only this site, by name.")]
Section = Annotated[
    str | None, typer.Option("--section", metavar="NAME", help="Only this section or category, in any spelling: رياضة.")
]
From = Annotated[str | None, typer.Option("--from", metavar="DAY", help="Published on this day or later: 2025-10-01.")]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help="Published on this day or before: 2025-10-31.")]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host", metavar="HOST", help="May be fetched though its address is private: 127.0.0.1. Repeatable."
    ),
]
Zone = Annotated[str, typer.Option("--timezone", metavar="ZONE", help="Whose days --from and --to mean: Asia/Riyadh.")]

ARCHIVE = Path("archive")


def day(text: str | None, option: str) -> date | None:
    """Parse a day, YYYY-MM-DD in Latin, Arabic-Indic or Persian digits. Raises UsageError."""
    from storage.arabic import fold

    if text is None:
        return None
    try:
        return date.fromisoformat(fold(text).strip())
    except ValueError as error:
        raise UsageError(
            message("{option} {text!r} is no day; write it as YYYY-MM-DD, such as 2025-10-28", option=option, text=text)
        ) from error


def duration(text: str | None, option: str) -> float | None:
    """Parse a duration such as 50m, 90s, 2h or 1h30m to seconds. Raises UsageError."""
    if text is None:
        return None
    match = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text.strip().lower())
    if not match or not any(match.groups()):
        raise UsageError(
            message("{option} {text!r} is no time; write it as 50m, 90s or 1h30m", option=option, text=text)
        )
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600.0 + minutes * 60 + seconds


def size(text: str | None, option: str) -> int | None:
    """Parse a size such as 500M, 5G or 1.5T (powers of 1024) to bytes. Raises UsageError."""
    if text is None:
        return None
    try:
        return parse_size(text)
    except ValueError:
        raise UsageError(
            message("{option} {text!r} is no size; write it as 500M or 5G", option=option, text=text)
        ) from None


def refuse_crossed(least: date | int | None, greatest: date | int | None, names: tuple[str, str]) -> None:
    """Raise UsageError if the lower bound of a range is above the upper one. names: of the two options."""
    if least is not None and greatest is not None:
        from storage.filters import check_bounds

        check_bounds(least, greatest, names)


def span(
    start: str | None, end: str | None, zone: str, *, names: tuple[str, str] = ("--from", "--to")
) -> tuple[datetime | None, datetime | None]:
    """Times (UTC) of the start of --from and the end of --to, None where not given. Raises UsageError.

    names: names of the two options, for messages.
    """
    try:
        timezone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise UsageError(
            message("unknown time zone {zone!r}; use an IANA name such as Africa/Cairo", zone=zone)
        ) from error
    first, last = day(start, names[0]), day(end, names[1])
    refuse_crossed(first, last, names)
    begins = datetime.combine(first, time(), timezone).astimezone(UTC) if first else None
    try:
        ends = datetime.combine(last + timedelta(days=1), time(), timezone).astimezone(UTC) if last else None
    except OverflowError as error:
        raise UsageError(message("{last_option} {last} is too late a day", last_option=names[1], last=last)) from error
    return begins, ends


def start_log(context: typer.Context, log_format: Literal["text", "json"] | None, log_file: Path | None) -> None:
    """Send stderr and the log of libraries to a log until the command ends (crawler.output.log_lines)."""
    from crawler.output.log_lines import log_lines

    context.with_resource(log_lines(log_format, log_file))


def warn_future_runs(engine: "Engine", sites: Iterable[str] | None = None) -> None:
    """Warn on stderr of sites with runs dated in the future. sites: names to check; None: all."""
    from storage.queries.run_history import future_runs

    names = set(sites) if sites is not None else None
    for site, at in future_runs(engine).items():
        if names is None or site in names:
            line = message(
                "{site} has runs that are dated after the present, up to {at:%Y-%m-%d}: the clock was wrong then, or "
                "is now. They are not believed",
                site=site,
                at=at,
            )
            print_notice(line)


def warn_unknown_site(engine: "Engine", site: str | None, query: str = "") -> None:
    """After an empty answer: say on stderr if the archive has no site of that name, and which sites it has.

    query: a search query; its field `site:` may name a site, too.
    """
    from storage.queries.archive_stats import last_success

    named = {site}
    if ":" in query:
        from storage.search.query_fields import split_fields

        named.add(split_fields(query)[1].site)
    for name in named - {None}:
        if name not in (crawled := last_success(engine)):
            line = message("the archive holds no site called {site!r}; it is empty", site=name)
            if crawled:
                names = ", ".join(sorted(crawled))
                line = message("the archive holds no site called {site!r}; it has {known}", site=name, known=names)
            print_notice(line)
