"""Rows of `captures`: which bytes the archive holds, of which URL and time, and where they are."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage.db.database import insert_into
from storage.db.schema import captures
from storage.records import Capture, Holder, Position, Reason
from storage.rows.prepared import PreparedCapture
from storage.urls import url_key


def insert_capture(
    connection: Connection, captured: PreparedCapture, position: Position, *, run_id: int, reason: Reason | None
) -> int | None:
    """The new row's id; None when the position has one already."""
    capture = captured.capture
    statement = insert_into(connection, captures).values(
        url=captured.urls[captured.key],
        url_key=captured.key,
        site=capture.site,
        run_id=run_id,
        fetched_at=capture.fetched_at,
        status=capture.status,
        content_type=_content_type(capture),
        size=len(capture.body),
        digest=position.digest,
        warc_file=position.file,
        warc_offset=position.offset,
        warc_length=position.length,
        reason=reason.value if reason else None,
        refers_to=position.refers_to,
    )
    capture_id: int | None = connection.scalar(statement.on_conflict_do_nothing().returning(captures.c.id))
    return capture_id


def holder(connection: Connection, key: str, *, digest: str | None) -> Holder | None:
    """The latest capture of the page with this key that has the bytes of the payload with this digest.

    digest None: the payload of the last good answer, to which an answer of 304 refers.
    """
    of_page = captures.c.url_key == key
    columns = (
        captures.c.id, captures.c.url, captures.c.fetched_at,
        captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest,
    )  # fmt: skip
    if digest is None:
        digest = connection.scalar(
            select(captures.c.digest)
            .where(of_page, captures.c.status.between(200, 299), captures.c.reason.is_(None))
            .order_by(captures.c.fetched_at.desc(), captures.c.id.desc())
            .limit(1)
        )
    has_bytes = (captures.c.digest == digest) & captures.c.refers_to.is_(None) & (captures.c.status != 304)
    statement = select(*columns).where(of_page, has_bytes).order_by(captures.c.fetched_at.desc()).limit(1)
    row = connection.execute(statement).first()
    return Holder(row[0], row[1], row[2], Position(*row[3:])) if row is not None else None


def held_at(connection: Connection, url: str, fetched_at: datetime | None) -> int | None:
    """The id of the capture of that page and time that has its own bytes; None without one, or without a time."""
    if fetched_at is None:
        return None
    at = (captures.c.url_key == url_key(url)) & (captures.c.fetched_at == fetched_at)
    capture_id: int | None = connection.scalar(select(captures.c.id).where(at, captures.c.refers_to.is_(None)).limit(1))
    return capture_id


def _content_type(capture: Capture) -> str | None:
    value = capture.header("Content-Type") or ""
    return "".join(filter(str.isprintable, value))[:200] or None
