"""The captures in a WACZ: all captures of an article's pages, and those that their revisit records refer to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from storage.assets import TYPES, shown_by
from storage.db.schema import articles, captures, erasures, pages, parts, versions
from storage.records import Position

_COLUMNS = (
    captures.c.id, captures.c.url, captures.c.fetched_at, captures.c.status, captures.c.content_type,
    captures.c.digest, captures.c.refers_to, captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PackedCapture:
    """A capture whose record is packed. fetched_at: aware."""

    id: int
    url: str
    fetched_at: datetime
    status: int
    content_type: str | None
    refers_to: int | None
    position: Position

    @property
    def is_asset(self) -> bool:
        """Whether it is a picture or style sheet."""
        return self.status == 200 and (self.content_type or "").lower().startswith(TYPES)


@dataclass(frozen=True, slots=True)
class ListedPage:
    """An entry of the list of pages, for one version of an article."""

    id: str
    url: str
    at: datetime
    title: str


def captures_of(connection: Connection, article_id: int, before: datetime | None) -> list[PackedCapture]:
    """The captures of an article's URLs and versions, of its pages' assets, and those that revisits refer to.

    Oldest first. before: aware; only captures fetched before. Captures that wait to be erased are left out.
    """
    own = select(articles.c.url_key).where(articles.c.id == article_id)
    keys = own.union(select(pages.c.url_key).where(pages.c.article_id == article_id))
    shown = select(versions.c.capture_id).where(versions.c.article_id == article_id)
    further = select(parts.c.capture_id).join(versions, versions.c.id == parts.c.version_id)
    further = further.where(versions.c.article_id == article_id)
    mine = or_(captures.c.url_key.in_(keys), captures.c.id.in_(shown.union(further)), shown_by(keys))
    statement = _readable().where(mine)
    if before is not None:
        statement = statement.where(captures.c.fetched_at < before)
    packed = list(_packed(connection, statement))
    lacking = {each.refers_to for each in packed if each.refers_to is not None} - {each.id for each in packed}
    packed += _packed(connection, _readable().where(captures.c.id.in_(lacking))) if lacking else ()
    return sorted(packed, key=lambda each: (each.fetched_at, each.id))


def pages_of(connection: Connection, article_id: int, among: Sequence[PackedCapture]) -> list[ListedPage]:
    """An entry for each version of an article whose capture is in `among`."""
    by_id = {each.id: each for each in among}
    columns = (versions.c.number, versions.c.title, versions.c.capture_id)
    statement = select(*columns).where(versions.c.article_id == article_id).order_by(versions.c.number)
    return [
        ListedPage(f"{article_id}-{row.number}", by_id[row.capture_id].url, by_id[row.capture_id].fetched_at, row.title)
        for row in connection.execute(statement)
        if row.capture_id in by_id
    ]


def _readable() -> Any:
    being_erased = exists().where(
        erasures.c.warc_file == captures.c.warc_file, erasures.c.warc_offset == captures.c.warc_offset
    )
    return select(*_COLUMNS).where(~being_erased).order_by(captures.c.fetched_at, captures.c.id)


def _packed(connection: Connection, statement: Any) -> Iterator[PackedCapture]:
    for row in connection.execute(statement):
        position = Position(row.warc_file, row.warc_offset, row.warc_length, row.digest)
        yield PackedCapture(
            row.id, row.url, row.fetched_at, row.status, row.content_type, row.refers_to, position
        )  # fmt: skip
