"""The part of verification that reads WARC files: rows against bytes, bytes against digests."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, String, select, type_coerce

from storage.db.schema import captures
from storage.maintenance.verify_report import Report, viewing
from storage.messages import count_message, message
from storage.rows.captures import files_named, last_position
from storage.warc.file_names import FOLDER, at_byte
from storage.warc.gzip_members import Member
from storage.warc.merged_files import interrupted_merges
from storage.warc.reader import Record, Reference, instant, records_of
from storage.warc.record_format import uri
from storage.warc.store.stored_file import warc_files
from storage.warc.torn_files import scan

Progress = Callable[[int, int], None]  # bytes done, total bytes
_holders = captures.alias()
_HELD = (
    captures.c.warc_offset, captures.c.warc_length, captures.c.digest, captures.c.status, captures.c.refers_to,
    captures.c.url, captures.c.size, type_coerce(captures.c.fetched_at, String).label("fetched_at"),
    _holders.c.url.label("held_url"), _holders.c.size.label("held_size"),
    type_coerce(_holders.c.fetched_at, String).label("held_at"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldRow:
    """The columns of a capture's row that its record states, too. held_…: of the capture that it refers to."""

    warc_offset: int
    warc_length: int
    digest: str
    status: int
    refers_to: int | None
    url: str
    size: int
    fetched_at: Any
    held_url: str | None
    held_size: int | None
    held_at: Any


@dataclass(frozen=True, slots=True)
class FileTask:
    """A WARC file to check against its rows. name: as in positions. path: None if the file is missing."""

    name: str
    path: Path | None
    rows: tuple[HeldRow, ...]


Checks = Callable[[Iterable[FileTask]], Iterator[Report]]  # yields a report for each file, in order


def one_by_one(tasks: Iterable[FileTask]) -> Iterator[Report]:
    """Check files in this process."""
    return map(check_file, tasks)


def check_files(
    engine: Engine,
    folder: Path,
    report: Report,
    on_progress: Progress | None,
    *,
    checks: Checks = one_by_one,
    from_bytes: int = 0,
) -> None:
    """Compare every file and its records with its rows; add the differences to the report.

    Of an interrupted merge, the copy without rows is left out. checks, from_bytes: as for `verify`.
    """
    # Rows first: a crawl that is adding captures writes the bytes before their row.
    with viewing(engine) as connection:
        named = files_named(connection)
    paths = {f"{FOLDER}/{path.name}": path for path in warc_files(folder)}
    for name in _copies(engine, paths, report):
        del paths[name]
    names = sorted({*named, *paths})
    sizes = {name: path.stat().st_size for name, path in paths.items() if path.is_file()}
    done, total = 0, sum(sizes.values())
    tasks = (FileTask(name, paths.get(name), tuple(_rows(engine, name))) for name in names)
    for name, each in zip(names, (checks if total >= from_bytes else one_by_one)(tasks), strict=True):
        report.add(each)
        done += sizes.get(name, 0)
        if on_progress is not None:
            on_progress(done, total)


def _rows(engine: Engine, name: str) -> Iterator[HeldRow]:
    statement = (
        select(*_HELD)
        .join_from(captures, _holders, captures.c.refers_to == _holders.c.id, isouter=True)
        .where(captures.c.warc_file == name)
        .order_by(captures.c.warc_offset)
    )
    with viewing(engine) as connection:
        yield from (HeldRow(*row) for row in connection.execute(statement))


def check_file(task: FileTask) -> Report:
    """Compare a file with its rows. Needs neither the database nor the archive's other files."""
    report = Report(rows=len(task.rows))
    if task.path is None:
        line = count_message("{file!s} is missing, and {n} rows point at it", len(task.rows), file=task.name)
        report.wrong["file"].add(line)
        return report
    report.files = 1
    try:
        _check_file(task.path, task.name, task.rows, report)
    except OSError as error:
        why = error.strerror or str(error)
        report.wrong["file"].add(message("{file!s} can't be read: {why}", file=task.name, why=why))
    return report


def _copies(engine: Engine, paths: dict[str, Path], report: Report) -> set[str]:
    """The names of files without rows whose records are also in other files, after a merge was killed."""
    copies: set[str] = set()
    for merge in interrupted_merges(list(paths.values())):
        own, parts = f"{FOLDER}/{merge.path.name}", {f"{FOLDER}/{part.name}" for part in merge.parts}
        with viewing(engine) as connection:
            with_rows = {file for file in (own, *parts) if last_position(connection, file) is not None}
        copies |= {own} if own not in with_rows else parts - with_rows
        line = count_message(
            "{file!s} holds what {n} files hold, too: `warraq compact` ends the merge", len(parts), file=own
        )
        report.left["merge"].add(line)
    return copies


def _check_file(path: Path, name: str, rows: Iterable[HeldRow], report: Report) -> None:
    by_offset = {row.warc_offset: row for row in rows}
    for record in records_of(_members(path, name, report), name):
        report.records += 1
        row = by_offset.pop(record.position.offset, None)
        where = at_byte(name, record.position.offset)
        if not record.intact:
            line = message(
                "{where}: not what the record's own digest says ({url!s})", where=where, url=record.capture.url
            )
            report.wrong["bytes"].add(line)
        elif row is None:
            report.left["orphan"].add(message("{where}: {url!s} has no row", where=where, url=record.capture.url))
        else:
            difference = _difference(record, row)
            if difference is not None:
                line = message("{where}: {difference} ({url!s})", where=where, difference=difference, url=row.url)
                report.wrong["bytes"].add(line)
    for row in by_offset.values():
        where = at_byte(name, row.warc_offset)
        report.wrong["row"].add(message("{where}: there is no record of {url!s}", where=where, url=row.url))


def _members(path: Path, name: str, report: Report) -> Iterator[Member]:
    for each in scan(path):
        if isinstance(each, Member):
            yield each
        else:
            problem = report.left["torn"] if each.torn else report.wrong["damage"]
            line = count_message(
                "{file!s}: {n} bytes from byte {offset} on are no whole record",
                each.length,
                file=name,
                offset=each.offset,
            )
            problem.add(line)


def _difference(record: Record, row: HeldRow) -> str | None:
    capture, reference = record.capture, record.reference
    pairs: list[tuple[str, object, object]] = [
        (message("its length"), record.position.length, row.warc_length),
        (message("its digest"), record.position.digest, row.digest),
        (message("its status"), capture.status, row.status),
        (message("its address"), uri(capture.url), uri(row.url)),
        (message("its time"), capture.fetched_at, _instant(row.fetched_at)),
    ]
    if reference is None:
        pairs.append((message("its body"), len(capture.body), row.size))
    for field, in_file, in_row in pairs:
        if in_file != in_row:
            return message(
                "{field} is {in_file!s}, its row says {in_row!s}", field=field, in_file=in_file, in_row=in_row
            )
    return _other_holder(reference, row) if reference is not None else None


def _other_holder(reference: Reference, row: HeldRow) -> str | None:
    """The difference between the captures to which a revisit's record and its row refer; None if there is none."""
    if row.refers_to is None:
        unnamed = message("it refers to an earlier capture, which its row does not name")
        return None if reference.unchanged else unnamed
    if (reference.fetched_at, uri(reference.url or "")) != (_instant(row.held_at), uri(row.held_url or "")):
        return message("it refers to another capture than its row")
    if not reference.unchanged and row.size != row.held_size:
        return message(
            "the capture it refers to has {held} bytes, its row says {size}", held=row.held_size, size=row.size
        )
    return None


def _instant(value: Any) -> datetime | None:
    """Parse a datetime of the database. In SQLite it is text, which may be damaged: None then."""
    return instant(value) if isinstance(value, str) else value
