"""Saving of an imported text in one transaction; never for an article that has a capture."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select, update

from storage.db.schema import articles, events, versions
from storage.imports.text_records import TextRecord
from storage.records import Saved
from storage.rows import tombstones
from storage.rows.articles import articles_at, write_article
from storage.rows.prepared import PreparedArticle
from storage.rows.provenance import imported
from storage.search import change_log

# new: a new article. changed: a new version. known: the archive has this text. held: a capture has another text of the
# article. removed: the article was taken down.
Became = Literal["new", "changed", "known", "held", "removed"]
REASON = "import"  # of the event: the record says that the article is gone


@dataclass(frozen=True, slots=True)
class PreparedText:
    """A record converted to rows. file: name of its file."""

    record: TextRecord
    file: str
    article: PreparedArticle

    @classmethod
    def of(cls, record: TextRecord, file: str) -> "PreparedText":
        """Compute the rows."""
        prepared = PreparedArticle.of(record.article, partial=record.partial)
        row = {**prepared.row, **(record.offsets or {}), "imported_from": record.format}
        return cls(record, file, PreparedArticle(row, prepared.details))


def save_text(connection: Connection, text: PreparedText, *, now: datetime) -> Became:
    """Save a record, unless the archive has a capture of its article, or took it down. now: aware; of the import.

    A later record of an article without captures adds a version. Saving twice adds nothing: an earlier text of the
    article becomes a version again only if the record states when it was seen again.
    """
    record, key = text.record, text.article.key
    if tombstones.among(connection, [key]):
        return "removed"
    held = articles_at(connection, key, ())
    old = next((row for row in held if row["url_key"] == key), held[0] if held else None)
    if old is None:
        first = min(record.first_seen_at or now, now)
        saved = write_article(connection, text.article, None, capture_id=None, seen_at=first)
        last = min(record.last_seen_at or first, now)
        _finish(connection, text, saved, last, now)
        return "new"
    if old["status"] == "removed":
        return "removed"
    same = old["content_sha256"] == text.article.row["content_sha256"]
    if old["url_key"] != key or _has_capture(connection, old):
        return "known" if same or _is_version(connection, old["id"], text) else "held"
    last_seen = record.last_seen_at
    seen_at = min(last_seen or now, now)
    if same:
        known = last_seen is None or seen_at <= old["last_seen_at"] or record.status == old["status"] == "gone"
    else:  # without a time, there is no evidence that an earlier text returned
        known = (last_seen is None or last_seen > now) and _is_version(connection, old["id"], text)
    if known:
        return "known"
    saved = write_article(connection, text.article, old, capture_id=None, seen_at=seen_at)
    _finish(connection, text, saved, max(seen_at, old["last_seen_at"]), now, newest=seen_at >= old["last_seen_at"])
    return "changed" if saved.change == "changed" else "known"


def _finish(
    connection: Connection, text: PreparedText, saved: Saved, last: datetime, now: datetime, *, newest: bool = True
) -> None:
    """Record the article's provenance, and the state from its record."""
    record = text.record
    imported.add(connection, saved.article_id, fmt=record.format, file=text.file, at=now, number=record.number)
    state: dict[str, Any] = {"last_seen_at": last}
    if record.status == "gone" and newest:
        state["status"] = "gone"
        event = {"article_id": saved.article_id, "kind": "gone", "at": now, "since": None, "reason": REASON}
        connection.execute(insert(events).values(event))
    connection.execute(update(articles).where(articles.c.id == saved.article_id).values(state))
    if state.get("status") == "gone":
        change_log.note(connection, saved.article_id)


def _has_capture(connection: Connection, article: Mapping[Any, Any]) -> bool:
    if article["imported_from"] is None:
        return True
    shown = (versions.c.article_id == article["id"]) & versions.c.capture_id.is_not(None)
    return connection.scalar(select(versions.c.id).where(shown).limit(1)) is not None


def _is_version(connection: Connection, article_id: int, text: PreparedText) -> bool:
    same = versions.c.content_sha256 == text.article.row["content_sha256"]
    return (
        connection.scalar(select(versions.c.id).where(versions.c.article_id == article_id, same).limit(1)) is not None
    )
