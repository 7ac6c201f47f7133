"""Pages that show a part of their article alone: behind a wall, or without its further pages. No edit by anybody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from storage.db.schema import events
from storage.identity.joining import article_at
from storage.rows.prepared import PreparedArticle, PreparedCapture


def note_extent(
    connection: Connection,
    article_id: int,
    shown: PreparedArticle | None,
    held: Mapping[Any, Any] | None,
    *,
    at: datetime,
    capture_id: int,
) -> None:
    """Record in the article's history that its page shows a part of what is known, or all of it again.

    shown: what the page shows; None: nothing but a wall. held: what was known before, as `articles_at` gives it; None:
    nothing.
    """
    if held is None or at < held["last_seen_at"]:
        return
    is_partial = shown is None or bool(shown.row["partial"])
    if is_partial and held["partial"]:
        return  # no more was known
    kind = "partial" if is_partial else "whole"
    latest = held["extent"]
    if kind != latest and (is_partial or latest is not None or held["partial"]):
        row = {"article_id": article_id, "kind": kind, "at": at, "capture_id": capture_id}
        connection.execute(insert(events).values(row))


def note_wall(connection: Connection, captured: PreparedCapture, *, capture_id: int) -> None:
    """The same, of an article at whose address nothing but a wall stands."""
    held = article_at(connection, captured.requested_key)
    if held is not None:
        note_extent(connection, held["id"], None, held, at=captured.capture.fetched_at, capture_id=capture_id)
