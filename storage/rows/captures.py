"""Rows of `captures`: the URL, time and position of the bytes that the archive holds; and the unread captures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.db.database import insert_on
from storage.db.schema import captures, erasures, unread
from storage.records import Capture, Holder, Position, Reason
from storage.rows.prepared import PreparedCapture
from storage.urls import url_key

_POSITION = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)
_OF_PAGE = captures.c.url_key == bindparam("key")
_HOLDER = (
    select(
        captures.c.id, captures.c.url, captures.c.fetched_at,
        captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest,
    )
    .where(_OF_PAGE, captures.c.digest == bindparam("payload"))
    .where(captures.c.refers_to.is_(None), captures.c.status != 304)
    .order_by(captures.c.fetched_at.desc())
    .limit(1)
)  # fmt: skip
_KNOWN = select(captures.c.url_key).distinct().where(captures.c.url_key.in_(bindparam("keys", expanding=True)))
_LAST_GOOD = (
    select(captures.c.digest)
    .where(_OF_PAGE, captures.c.status.between(200, 299), captures.c.reason.is_(None))
    .order_by(captures.c.fetched_at.desc(), captures.c.id.desc())
    .limit(1)
)


@cache
def _insert(dialect: str) -> Any:
    return insert_on(dialect, captures).on_conflict_do_nothing().returning(captures.c.id)


@dataclass(frozen=True, slots=True)
class UnreadCapture:
    """A capture of an article page that is still to be extracted. tries: number of later runs that failed to do so.

    parts: positions of the captures of the article's further pages, in order.
    """

    capture_id: int
    position: Position
    tries: int
    parts: tuple[Position, ...] = ()


def insert_capture(
    connection: Connection, captured: PreparedCapture, position: Position, *, run_id: int, reason: Reason | None
) -> int | None:
    """Insert a row and return its id; None if the position has one already."""
    capture = captured.capture
    row = {
        "url": captured.urls[captured.key],
        "url_key": captured.key,
        "site": capture.site,
        "run_id": run_id,
        "fetched_at": capture.fetched_at,
        "status": capture.status,
        "content_type": _content_type(capture),
        "size": len(capture.body),
        "digest": position.digest,
        "warc_file": position.file,
        "warc_offset": position.offset,
        "warc_length": position.length,
        "reason": reason.value if reason else None,
        "refers_to": position.refers_to,
    }
    capture_id: int | None = connection.scalar(_insert(connection.dialect.name), row)
    return capture_id


def known(connection: Connection, keys: Collection[str]) -> set[str]:
    """Those of the keys that have a capture."""
    return set(connection.scalars(_KNOWN, {"keys": sorted(keys)}))


def holder(connection: Connection, key: str, *, digest: str | None) -> Holder | None:
    """The latest capture of the page with this key that holds the payload with this digest.

    digest None: the payload of the last successful response, to which a 304 response refers.
    """
    if digest is None:
        digest = connection.scalar(_LAST_GOOD, {"key": key})
    row = connection.execute(_HOLDER, {"key": key, "payload": digest}).first()
    return Holder(row[0], row[1], row[2], Position(*row[3:])) if row is not None else None


def last_position(connection: Connection, file: str) -> Position | None:
    """The last position in a file that a row refers to; None if no row does."""
    statement = select(*_POSITION).where(captures.c.warc_file == file).order_by(captures.c.warc_offset.desc()).limit(1)
    row = connection.execute(statement).first()
    return Position(*row) if row is not None else None


def offsets_in(connection: Connection, file: str) -> set[int]:
    """The offsets in a file that rows refer to."""
    return set(connection.scalars(select(captures.c.warc_offset).where(captures.c.warc_file == file)))


def files_named(connection: Connection) -> list[str]:
    """The WARC files that rows refer to, in order."""
    return list(connection.scalars(select(captures.c.warc_file).distinct().order_by(captures.c.warc_file)))


def move_rows(connection: Connection, file: str, into: str, by: int) -> int:
    """Update the rows of a file that was merged into another; return the number of captures.

    by: offset of the file in the merged one.
    """
    counts = []
    for table in (captures, erasures):
        moved = {"warc_file": into, "warc_offset": table.c.warc_offset + by}
        counts.append(connection.execute(update(table).where(table.c.warc_file == file).values(moved)).rowcount)
    return int(counts[0])


def id_at(connection: Connection, position: Position) -> int | None:
    """The id of the capture at this position; None without one."""
    here = (captures.c.warc_file == position.file) & (captures.c.warc_offset == position.offset)
    capture_id: int | None = connection.scalar(select(captures.c.id).where(here))
    return capture_id


def mark_unread(connection: Connection, capture_id: int, site: str, parts: Sequence[int]) -> None:
    """Mark a capture as unread. parts: ids of the captures of the article's further pages, in order."""
    connection.execute(insert(unread).values(capture_id=capture_id, site=site, tries=0, parts=list(parts)))


def unread_at(connection: Connection, position: Position) -> int | None:
    """The id of the capture at this position, if it is unread."""
    capture_id = id_at(connection, position)
    waits = select(unread.c.capture_id).where(unread.c.capture_id == capture_id)
    return capture_id if capture_id is not None and connection.scalar(waits) is not None else None


def count_try(connection: Connection, capture_id: int) -> None:
    """Count another failed extraction of an unread capture."""
    this = unread.c.capture_id == capture_id
    connection.execute(update(unread).where(this).values(tries=unread.c.tries + 1))


def mark_read(connection: Connection, capture_id: int, reason: Reason | None) -> None:
    """Record the extraction of an unread capture. reason: why it has no article; None: it has one."""
    connection.execute(delete(unread).where(unread.c.capture_id == capture_id))
    read = update(captures).where(captures.c.id == capture_id)
    connection.execute(read.values(reason=reason.value if reason else None))


def unread_of(connection: Connection, site: str) -> list[UnreadCapture]:
    """The unread captures of a site, in the order in which they were saved."""
    mine = select(unread.c.capture_id, unread.c.tries, unread.c.parts, *_POSITION)
    mine = mine.join_from(unread, captures, captures.c.id == unread.c.capture_id)
    rows = connection.execute(mine.where(unread.c.site == site).order_by(unread.c.capture_id)).all()
    return [
        UnreadCapture(row.capture_id, Position(*row[3:]), row.tries, _positions(connection, row.parts)) for row in rows
    ]


def _positions(connection: Connection, ids: Sequence[int]) -> tuple[Position, ...]:
    rows = connection.execute(select(captures.c.id, *_POSITION).where(captures.c.id.in_(ids))).all() if ids else ()
    by_id = {row.id: Position(*row[1:]) for row in rows}
    return tuple(by_id[each] for each in ids if each in by_id)


def held_at(connection: Connection, url: str, fetched_at: datetime | None) -> int | None:
    """The id of the capture of that page and time that has its own bytes; None if there is none, or no time."""
    if fetched_at is None:
        return None
    at = (captures.c.url_key == url_key(url)) & (captures.c.fetched_at == fetched_at)
    capture_id: int | None = connection.scalar(select(captures.c.id).where(at, captures.c.refers_to.is_(None)).limit(1))
    return capture_id


def _content_type(capture: Capture) -> str | None:
    value = capture.header("Content-Type") or ""
    return "".join(filter(str.isprintable, value))[:200] or None
