"""Pages that show only a part of their article: behind a paywall, or without its further pages. This is no edit."""

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
    """Record in the article's history that its page shows only a part of the known text, or all of it again.

    shown: the article as on the page; None: only a paywall. held: the known article, from `articles_at`; None: unknown.
    """
    if held is None or at < held["last_seen_at"]:
        return
    is_partial = shown is None or bool(shown.row["partial"])
    if is_partial and held["partial"]:
        return  # the archive had no longer text
    kind = "partial" if is_partial else "whole"
    latest = held["extent"]
    if kind != latest and (is_partial or latest is not None or held["partial"]):
        row = {"article_id": article_id, "kind": kind, "at": at, "capture_id": capture_id}
        connection.execute(insert(events).values(row))


def note_wall(connection: Connection, captured: PreparedCapture, *, capture_id: int) -> None:
    """The same for an article whose URL shows only a paywall."""
    held = article_at(connection, captured.requested_key)
    if held is not None:
        note_extent(connection, held["id"], None, held, at=captured.capture.fetched_at, capture_id=capture_id)
