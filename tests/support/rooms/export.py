"""An archive of articles to export, without captures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, make_url

from storage.db.database import connect, write_transaction
from storage.db.schema import articles, metadata, sites, versions

NOON = datetime(2025, 3, 1, 12, 0, 5, tzinfo=UTC)


def article(number: int, text: str) -> dict[str, Any]:
    dated = number % 5 > 0
    return {
        "id": number,
        "url": f"https://alif.example/{number}",
        "url_key": f"alif.example/{number}",
        "site": "alif" if number % 2 else "ba",
        "title": f"خبر \u2028 رقم {number}",
        "authors": ["كاتب"],
        "categories": ["سياسة", "عرب"],
        "tags": [],
        "published_at": NOON - timedelta(hours=number) if dated else None,
        "published_offset": 180 if dated else None,
        "published_precision": ("second", "day")[number % 2] if dated else None,
        "text": text,
        "word_count": len(text.split()),
        "content_sha256": "0" * 64,
        "extractor": "test 1",
        "version": 1,
        "status": "live",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
    }


def make_archive(database_url: str, count: int, text: str = 'سطر أول "مقتبس"\n\nسطر ثان 😀') -> Engine:
    url = make_url(database_url)
    if url.database and url.get_backend_name() == "sqlite":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = connect(database_url)
    metadata.create_all(engine)
    rows = [article(number, text) for number in range(1, count + 1)]
    with write_transaction(engine) as connection:
        connection.execute(
            insert(sites),
            [
                {"name": "alif", "home": "https://alif.example", "timezone": "UTC", "country": "MA"},
                {"name": "ba", "home": "https://ba.example", "timezone": "UTC", "country": None},
            ],
        )
        for start in range(0, count, 500):
            connection.execute(insert(articles), rows[start : start + 500])
        connection.execute(
            insert(versions),
            [
                {"article_id": row["id"], "number": 1, "seen_at": NOON, "extractor": "test 1", "details": {}}
                | {key: row[key] for key in ("title", "text", "content_sha256")}
                for row in rows[:50]
            ],
        )
    return engine
