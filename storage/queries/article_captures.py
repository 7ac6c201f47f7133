"""The captures of an article: every response of its pages, and the position of its bytes."""

from typing import Any

from sqlalchemy import Engine, Row, exists, select

from storage.db.database import read_transaction
from storage.db.schema import articles, captures, erasures, pages, versions
from storage.records import Position, date_json


def article_captures(engine: Engine, article_id: int) -> list[dict[str, Any]]:
    """The captures of an article that was not removed, oldest first; [] if there is no such article.

    Each: id, url, fetched_at (ISO 8601), status, content_type, size (bytes of the body), digest, reason (why no article
    was extracted; None: one was), refers_to (the capture that has its bytes; None: itself), version (the version first
    seen in it; None: no version) and warc {file, offset, length}.
    """
    own = select(articles.c.url_key).where(articles.c.id == article_id)
    led_here = select(pages.c.url_key).where(pages.c.article_id == article_id)
    number = (
        select(versions.c.number)
        .where(versions.c.capture_id == captures.c.id, versions.c.article_id == article_id)
        .limit(1)
        .scalar_subquery()
    )
    being_erased = exists().where(
        erasures.c.warc_file == captures.c.warc_file, erasures.c.warc_offset == captures.c.warc_offset
    )
    statement = (
        select(captures, number.label("version"))
        .where(captures.c.url_key.in_(own.union(led_here)), ~being_erased)
        .where(exists().where(articles.c.id == article_id, articles.c.status != "removed"))
        .order_by(captures.c.fetched_at, captures.c.id)
    )
    with read_transaction(engine) as connection:
        return [_record(row) for row in connection.execute(statement)]


def run_captures(engine: Engine, run_id: int) -> list[dict[str, Any]]:
    """The captures of one run, in order, as `article_captures` returns them."""
    number = select(versions.c.number).where(versions.c.capture_id == captures.c.id).limit(1).scalar_subquery()
    statement = select(captures, number.label("version")).where(captures.c.run_id == run_id).order_by(captures.c.id)
    with read_transaction(engine) as connection:
        return [_record(row) for row in connection.execute(statement)]


def capture_position(capture: dict[str, Any]) -> Position:
    """The position of a capture's record. capture: from `article_captures`."""
    warc = capture["warc"]
    return Position(warc["file"], warc["offset"], warc["length"], capture["digest"], capture["refers_to"])


def _record(row: Row[Any]) -> dict[str, Any]:
    names = ("id", "url", "status", "content_type", "size", "digest", "reason", "refers_to", "version")
    return {name: row._mapping[name] for name in names} | {
        "fetched_at": date_json(row.fetched_at),
        "warc": {"file": row.warc_file, "offset": row.warc_offset, "length": row.warc_length},
    }
