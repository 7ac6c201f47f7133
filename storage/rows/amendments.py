"""Rows of `amendments`: what was set right within a version, so that nothing it said before is forgotten.

Two things change a version without making another one: metadata that the newspaper changed while headline and text
stayed, and a better reading of the same bytes (storage.corrections).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from storage.db.schema import Row, amendments, versions
from storage.diff.change_classes import METADATA, differs
from storage.rows.versions import local_json


def note_metadata(
    connection: Connection, old: Mapping[Any, Any], updates: Mapping[str, Any], *, at: datetime, capture_id: int
) -> None:
    """Keep what the newspaper changed beside headline and text. old: the row of `articles`; updates: of it.

    Of the fields in storage.diff.change_classes.METADATA that had a value: one that was empty is filled, not changed.
    A date that is told in another offset or more exactly is no change either.
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
    """One row. before: field name to what it was, as article_json gives it; "extractor" beside them."""
    row = {"article_id": article_id, "version_id": version_id, "kind": kind, "at": at, "capture_id": capture_id}
    connection.execute(insert(amendments).values(**row, before=before))


def of_article(connection: Connection, article_id: int) -> dict[int, list[Row]]:
    """By id of the version, oldest first: {kind, at (aware), before}."""
    columns = (amendments.c.version_id, amendments.c.kind, amendments.c.at, amendments.c.before)
    statement = select(*columns).where(amendments.c.article_id == article_id)
    found: dict[int, list[Row]] = {}
    for version_id, kind, at, before in connection.execute(statement.order_by(amendments.c.at, amendments.c.id)):
        found.setdefault(version_id, []).append({"kind": kind, "at": at, "before": before})
    return found


def _shown(row: Mapping[Any, Any], name: str) -> Any:
    if name != "published_at":
        return row[name]
    return local_json(row["published_at"], row["published_offset"], row["published_precision"])
