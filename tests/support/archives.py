"""Hand-made articles and captures, saved to an archive, and the rows of an archive."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, select

from storage.archive import Archive
from storage.db.schema import runs
from storage.frontier import SiteFrontier
from storage.records import Article, Capture, Saved

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
URL = "https://example.com/news/1"


def article(url: str = URL, body: str = "نص الخبر الأول", **fields: Any) -> Article:
    return Article(url=url, site="example", title=fields.pop("title", "عنوان"), text=body, extractor="t 1", **fields)


def capture(url: str = URL, *, minutes: int = 0, status: int = 200, **fields: Any) -> Capture:
    headers = fields.pop("headers", (("ETag", f'"{minutes}"'), ("Last-Modified", "Thu, 07 May 2026 08:00:00 GMT")))
    body = fields.pop("body", f"{url} {minutes}".encode("utf-8", "replace"))
    return Capture(url, "example", NOW + timedelta(minutes=minutes), status, headers, body, **fields)


def save(archive: Archive, run_id: int, page: Capture, read: Article | None = None, **options: Any) -> Saved | None:
    position = archive.append(page, run_id)
    return archive.save(
        page,
        position,
        run_id=run_id,
        kind=options.pop("kind", "article"),
        article=read,
        now=page.fetched_at,
        **options,
    )


def frontier(archive: Archive, now: datetime = NOW, *, site: str = "example") -> SiteFrontier:
    return archive.frontier(site, lambda: now)


def rows(archive: Archive, table: Table, *order: Any) -> list[dict[str, Any]]:
    with archive.engine.connect() as connection:
        return [dict(row) for row in connection.execute(select(table).order_by(*order)).mappings()]


def run_row(archive: Archive, run_id: int) -> dict[str, Any]:
    return next(row for row in rows(archive, runs) if row["id"] == run_id)
