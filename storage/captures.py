"""Rows of `captures`: which bytes the archive has, of which URL and time, and where they lie."""

from sqlalchemy import Connection

from storage.database import insert_into
from storage.records import Capture, Position, Reason
from storage.schema import captures
from storage.text import storable
from storage.urls import url_key


def insert_capture(
    connection: Connection, capture: Capture, position: Position, *, run_id: int, reason: Reason | None
) -> int | None:
    """The new row's id; None when the position has one already."""
    statement = insert_into(connection, captures).values(
        url=storable(capture.url),
        url_key=url_key(capture.url),
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
    )
    found: int | None = connection.scalar(statement.on_conflict_do_nothing().returning(captures.c.id))
    return found


def _content_type(capture: Capture) -> str | None:
    value = capture.header("Content-Type") or ""
    return "".join(filter(str.isprintable, value))[:200] or None
