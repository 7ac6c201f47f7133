"""Rows of `parts`: the captures of an article's further pages, in order, by the version that contains their texts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from storage.db.schema import Row, captures, parts, versions

_POSITION = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)


def add(connection: Connection, version_id: int, capture_ids: Sequence[int]) -> None:
    """Record the captures of a version's further pages, in order from the second page on."""
    rows = [
        {"version_id": version_id, "number": number, "capture_id": each} for number, each in enumerate(capture_ids, 2)
    ]
    if rows:
        connection.execute(insert(parts), rows)


def by_version(connection: Connection, version_ids: Sequence[int]) -> dict[int, list[Row]]:
    """The further pages by version id, in order: number, capture_id, url, fetched_at, and the position of the bytes.

    Versions of a single page are left out.
    """
    statement = (
        select(parts, captures.c.url, captures.c.fetched_at, *_POSITION)
        .join_from(parts, captures, captures.c.id == parts.c.capture_id)
        .where(parts.c.version_id.in_(list(version_ids)))
        .order_by(parts.c.version_id, parts.c.number)
    )
    version_parts: dict[int, list[Row]] = {}
    for row in connection.execute(statement).mappings() if version_ids else ():
        version_parts.setdefault(row["version_id"], []).append(dict(row))
    return version_parts


def remove_of(connection: Connection, article_id: int) -> None:
    """Delete the rows of an article's versions."""
    mine = select(versions.c.id).where(versions.c.article_id == article_id)
    connection.execute(delete(parts).where(parts.c.version_id.in_(mine)))


def remove_captures(connection: Connection, ids: Sequence[int]) -> None:
    """Delete the rows of deleted captures."""
    connection.execute(delete(parts).where(parts.c.capture_id.in_(list(ids))))


def capture_ids(article_id: int) -> Any:
    """Select the captures of all further pages of an article."""
    return select(parts.c.capture_id).join_from(parts, versions).where(versions.c.article_id == article_id)
