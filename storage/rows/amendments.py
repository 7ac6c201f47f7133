"""Rows of `amendments`: the former values of fields that were changed within a version.

A version changes without a new version when the newspaper changes metadata only, or when a better extractor reads
other values from the same bytes (storage.writing.corrections).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from storage.db.schema import Row, amendments, versions
from storage.diff.change_classes import METADATA, differs
from storage.records import local_json


def note_metadata(
    connection: Connection, old: Mapping[Any, Any], updates: Mapping[str, Any], *, at: datetime, capture_id: int | None
) -> None:
    """Record metadata that the newspaper changed. old: the row of `articles`; updates: its new values.

    Only fields of storage.diff.change_classes.METADATA that had a value count: filling an empty field is no change. The
    same date with another offset, or with more precision, is no change either.
    """
    new = {**old, **updates}
    before = {
        name: shown
        for name in METADATA
        if name in updates
        and old[name]
        and (shown := _shown(old, name)) is not None
        and differs(name, shown, _shown(new, name))
    }
    if before:
        current = (versions.c.article_id == old["id"]) & (versions.c.number == old["version"])
        version_id = connection.scalar(select(versions.c.id).where(current))
        if version_id is not None:
            note(connection, old["id"], version_id, kind="metadata", at=at, capture_id=capture_id, before=before)


def note(
    connection: Connection,
    article_id: int,
    version_id: int,
    *,
    kind: str,
    at: datetime,
    capture_id: int | None,
    before: Row,
) -> None:
    """Insert a row. before: former values by field name, in the form of article_json, and the former "extractor"."""
    row = {"article_id": article_id, "version_id": version_id, "kind": kind, "at": at, "capture_id": capture_id}
    connection.execute(insert(amendments).values(**row, before=before))


def of_article(connection: Connection, article_id: int) -> dict[int, list[Row]]:
    """The amendments by version id, oldest first: {kind, at (aware), before}."""
    columns = (amendments.c.version_id, amendments.c.kind, amendments.c.at, amendments.c.before)
    statement = select(*columns).where(amendments.c.article_id == article_id)
    by_version: dict[int, list[Row]] = {}
    for version_id, kind, at, before in connection.execute(statement.order_by(amendments.c.at, amendments.c.id)):
        by_version.setdefault(version_id, []).append({"kind": kind, "at": at, "before": before})
    return by_version


def _shown(row: Mapping[Any, Any], name: str) -> Any:
    if name != "published_at":
        return row[name]
    return local_json(row["published_at"], row["published_offset"], row["published_precision"])
