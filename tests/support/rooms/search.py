"""Articles to search for, written to the tables without a whole archive."""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, make_url, select, update

from storage.db.database import connect
from storage.db.schema import articles, facts, metadata, sites
from storage.filters import Filters
from storage.search import change_log, index
from storage.search.engine import search

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


def make_archive(database_url: str, folder: Path) -> Engine:
    url = make_url(database_url)
    if url.database and url.get_backend_name() == "sqlite":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = connect(database_url, folder=folder)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(
            insert(sites),
            [{"name": name, "home": f"https://{name}.example", "timezone": "UTC"} for name in ("alif", "ba")],
        )
        if connection.scalar(select(facts.c.value).where(facts.c.name == change_log.ARCHIVE_ID)) is None:
            connection.execute(insert(facts).values(name=change_log.ARCHIVE_ID, value=uuid.uuid4().hex))
    return engine


def add(
    engine: Engine,
    article_id: int,
    text: str,
    *,
    title: str = "عنوان",
    subtitle: str | None = None,
    site: str = "alif",
    published_at: datetime | None = NOON,
    published_offset: int | None = 180,
    precision: str | None = "minute",
    **columns: Any,
) -> None:
    row = _row(article_id, text, title=title, subtitle=subtitle, site=site, published_at=published_at, **columns)
    row |= {"published_offset": published_offset, "published_precision": precision}
    with engine.begin() as connection:
        connection.execute(insert(articles), row)
        change_log.note(connection, article_id)


def add_many(engine: Engine, first_id: int, texts: Sequence[str]) -> None:
    """Add articles with these texts in one transaction, with consecutive ids."""
    rows = [_row(number, text) for number, text in enumerate(texts, first_id)]
    with engine.begin() as connection:
        connection.execute(insert(articles), rows)
        change_log.note(connection, [row["id"] for row in rows])


def segments(engine: Engine) -> list[dict[str, Any]]:
    """tantivy's description of the segments of the index."""
    (generation,) = [each for each in index.folder_of(engine).iterdir() if each.is_dir()]
    listed: list[dict[str, Any]] = json.loads((generation / "meta.json").read_text())["segments"]
    return listed


def change(engine: Engine, article_id: int, **columns: Any) -> None:
    """Change columns of an article, and record the change for the index."""
    with engine.begin() as connection:
        connection.execute(update(articles).where(articles.c.id == article_id).values(columns))
        change_log.note(connection, article_id)


def take_down(engine: Engine, article_id: int) -> None:
    """Empty an article, as a removal does."""
    with engine.begin() as connection:
        emptied = {"title": "", "text": "", "status": "removed"}
        connection.execute(update(articles).where(articles.c.id == article_id).values(emptied))
        change_log.note(connection, article_id, "removed")


def found(engine: Engine, query: str, *, exact: bool = False, filters: Filters | None = None) -> set[int]:
    results = search(engine, query, exact=exact, filters=filters, limit=1000)
    assert results.total == len(results.hits)
    return {hit.id for hit in results.hits}


def _row(
    article_id: int,
    text: str,
    *,
    title: str = "عنوان",
    subtitle: str | None = None,
    site: str = "alif",
    published_at: datetime | None = NOON,
    **columns: Any,
) -> dict[str, Any]:
    return {
        "id": article_id,
        "url": f"https://{site}.example/{article_id}",
        "url_key": f"{site}.example/{article_id}",
        "site": site,
        "title": title,
        "subtitle": subtitle,
        "authors": [],
        "categories": [],
        "tags": [],
        "section": None,
        "published_at": published_at,
        "published_offset": 180,
        "published_precision": "minute",
        "text": text,
        "word_count": len(text.split()),
        "content_sha256": "0" * 64,
        "extractor": "test 1",
        "version": 1,
        "status": "live",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
        **columns,
    }
