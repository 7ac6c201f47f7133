"""Captured pictures and style sheets, for showing captured pages. Read-only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, exists, or_, select

from storage.assets import is_resource
from storage.db.database import read_transaction
from storage.db.schema import captures, erasures
from storage.records import Position
from storage.urls import url_key

_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class StoredBody:
    """One capture and the position of its bytes, which may be in the record of an earlier capture."""

    url: str
    fetched_at: datetime
    content_type: str | None
    position: Position


def resource_captures(engine: Engine, urls: Iterable[str], at: datetime) -> dict[str, int]:
    """The id of the capture nearest to an instant, by URL; pictures and style sheets only."""
    by_key: dict[str, list[str]] = {}
    for url in urls:
        by_key.setdefault(url_key(url), []).append(url)
    nearest: dict[str, tuple[float, int]] = {}
    keys = list(by_key)
    with read_transaction(engine) as connection:
        for start in range(0, len(keys), _AT_ONCE):
            statement = _readable(captures.c.id, captures.c.url_key, captures.c.fetched_at)
            some = captures.c.url_key.in_(keys[start : start + _AT_ONCE])
            for row in connection.execute(statement.where(some, captures.c.status == 200, is_resource())):
                ranked = (abs((row.fetched_at - at).total_seconds()), row.id)
                nearest[row.url_key] = min(nearest.get(row.url_key, ranked), ranked)
    return {url: nearest[key][1] for key, same in by_key.items() if key in nearest for url in same}


def resource_body(engine: Engine, capture_id: int) -> StoredBody | None:
    """A picture or style sheet by the id of its capture."""
    return _body(engine, _readable(captures).where(captures.c.id == capture_id, is_resource()))


def page_body(engine: Engine, capture_id: int) -> StoredBody | None:
    """A capture of any kind. The caller must check its article, and whether that was taken down."""
    return _body(engine, _readable(captures).where(captures.c.id == capture_id))


def _body(engine: Engine, statement: Select[Any]) -> StoredBody | None:
    with read_transaction(engine) as connection:
        row = connection.execute(statement).first()
        holder: Row[Any] | None = row
        if row is not None and row.refers_to is not None:
            holder = connection.execute(_readable(captures).where(captures.c.id == row.refers_to)).first()
    if row is None or holder is None:
        return None
    position = Position(holder.warc_file, holder.warc_offset, holder.warc_length, holder.digest)
    return StoredBody(row.url, row.fetched_at, row.content_type or holder.content_type, position)


def _readable(*columns: Any) -> Select[Any]:
    """Select captures that do not wait to be erased."""
    being_erased = exists().where(
        erasures.c.warc_file == captures.c.warc_file, erasures.c.warc_offset == captures.c.warc_offset
    )
    taken_down = or_(captures.c.reason.is_(None), captures.c.reason != "removed")
    return select(*columns).select_from(captures).where(~being_erased, taken_down)
