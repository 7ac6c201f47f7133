"""Restoring of articles as the archive had them at an earlier time: version, corrections and status of that time.

Articles taken down since are left out. Cluster, `partial`, and the values that filters other than status and length
use are today's.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, RowMapping, func, select

from storage.db.schema import amendments, articles, captures, events, versions
from storage.export.article_schema import FIELDS, OFFSETS
from storage.export.batches import Batch, stored_instant
from storage.rows.provenance import imported

# Columns that are needed to restore a batch.
COLUMNS = ("id", "version", "status", "last_seen_at", "first_seen_at", "word_count", *OFFSETS.values())
_LISTS = frozenset(each.name for each in FIELDS if each.kind == "strings")


def restored(connection: Connection, batch: Batch, instant: datetime) -> Batch:
    """The batch as of an aware instant. It must have COLUMNS, and only articles first seen before the instant."""
    ids: Sequence[int] = batch.columns["id"]
    rows = [dict(zip(batch.columns, values, strict=True)) for values in zip(*batch.columns.values(), strict=True)]
    then = _versions_then(connection, ids, instant)
    gone = _gone_then(connection, ids, instant)
    undone = _amended_since(connection, ids, instant)
    stored = stored_instant(instant)
    taken_in = imported.by_version(connection, [version_id for _, version_id in then.values()])
    late = [row["id"] for row in rows if row["last_seen_at"] >= stored]
    seen = _seen_before(connection, late, instant)
    for row in rows:
        number, version_id = then.get(row["id"], (row["version"], None))
        if number != row["version"]:
            old = connection.execute(select(versions).where(versions.c.id == version_id)).mappings().one()
            values = _version_values(old, row)
            values["imported_from"] = taken_in[old["id"]]["format"] if old["id"] in taken_in else None
            row.update(_known(row, values))
        for before in undone.get((row["id"], version_id), ()):
            row.update(_known(row, _json_values(before, row)))
        row.update(_known(row, {"version": number, "versions": number}))
        row["status"] = "gone" if row["id"] in gone else "live"
        if row["last_seen_at"] >= stored:
            row["last_seen_at"] = seen.get(row["id"], row["first_seen_at"])
    return Batch({name: [row[name] for row in rows] for name in batch.columns}, batch.rows)


def _known(row: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in row}


def _versions_then(connection: Connection, ids: Sequence[int], instant: datetime) -> dict[int, tuple[int, int]]:
    """Number and id of the newest version seen before the instant, by article."""
    query = select(versions.c.article_id, versions.c.number, versions.c.id).where(
        versions.c.article_id.in_(ids), versions.c.seen_at < instant
    )
    return {row.article_id: (row.number, row.id) for row in connection.execute(query.order_by(versions.c.number))}


def _gone_then(connection: Connection, ids: Sequence[int], instant: datetime) -> set[int]:
    query = select(events.c.article_id, events.c.kind).where(
        events.c.article_id.in_(ids), events.c.kind.in_(("gone", "restored")), events.c.at < instant
    )
    last = {row.article_id: row.kind for row in connection.execute(query.order_by(events.c.at, events.c.id))}
    return {number for number, kind in last.items() if kind == "gone"}


def _amended_since(
    connection: Connection, ids: Sequence[int], instant: datetime
) -> dict[tuple[int, int | None], list[Mapping[str, Any]]]:
    """The values before each correction made since the instant, the newest first, by article and version id."""
    query = select(amendments.c.article_id, amendments.c.version_id, amendments.c.before).where(
        amendments.c.article_id.in_(ids), amendments.c.at >= instant
    )
    amended: dict[tuple[int, int | None], list[Mapping[str, Any]]] = {}
    for row in connection.execute(query.order_by(amendments.c.at.desc(), amendments.c.id.desc())):
        amended.setdefault((row.article_id, row.version_id), []).append(row.before)
    return amended


def _seen_before(connection: Connection, ids: Sequence[int], instant: datetime) -> dict[int, str]:
    """The time of the last capture before the instant, or when the version of that time was first seen, by article."""
    if not ids:
        return {}
    last_seen: dict[int, str] = {}
    same_page = captures.c.url_key == articles.c.url_key
    for source, at in (
        (articles.join(versions, versions.c.article_id == articles.c.id), versions.c.seen_at),
        (articles.join(captures, same_page), captures.c.fetched_at),
    ):
        query = select(articles.c.id, func.max(at).label("seen")).select_from(source)
        for row in connection.execute(query.where(articles.c.id.in_(ids), at < instant).group_by(articles.c.id)):
            last_seen[row.id] = max(last_seen.get(row.id, ""), stored_instant(row.seen))
    return last_seen


def _version_values(old: RowMapping, row: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: old[name] for name in ("title", "subtitle", "text", "content_sha256", "extractor")}
    return _json_values(old["details"], row) | texts | {"word_count": len(old["text"].split())}


def _json_values(fields: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Convert fields in the form of article_json to the form of a batch."""
    values: dict[str, Any] = {}
    for name, value in fields.items():
        if name in _LISTS:
            values[name] = orjson.dumps(value or []).decode()
        elif name in OFFSETS:
            values[name], values[OFFSETS[name]] = _instant(value, row[OFFSETS[name]])
        else:
            values[name] = value
            if name == "text":
                values["word_count"] = len(value.split())
    return values


def _instant(stated: str | None, offset: int | None) -> tuple[str | None, int | None]:
    """Parse a date in the form of article_json to instant and offset. offset: of a day or month, which state none."""
    if stated is None:
        return None, None
    if "T" in stated:
        aware = datetime.fromisoformat(stated)
        own = aware.utcoffset() or timedelta()
        return stored_instant(aware), int(own.total_seconds() // 60)
    first = datetime.fromisoformat(stated if len(stated) > len("2026-11") else f"{stated}-01")
    return stored_instant((first - timedelta(minutes=offset or 0)).replace(tzinfo=UTC)), offset
