"""Articles read back from stored versions, to be written as another article; and ids of articles that were merged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection, select

from storage.db.schema import articles
from storage.records import ARTICLE_KEYS, Article

_JOINED = "joined:"
_TEXTS = ("title", "subtitle", "text")


def article_of(version: Mapping[Any, Any], *, url: str, site: str, timezone: str) -> Article:
    """Make an article from a row of `versions`. timezone: of its site; a date without a time is midnight there."""
    details = version["details"] or {}
    fields: dict[str, Any] = {name: details[name] for name in ARTICLE_KEYS if details.get(name) is not None}
    fields |= {name: tuple(value) for name, value in fields.items() if isinstance(value, list)}
    fields |= {name: version[name] for name in (*_TEXTS, "extractor")}
    for name in ("published_at", "modified_at"):
        fields[name] = _instant(details.get(name), timezone)
    return Article(**{**fields, "url": url, "site": site})


def left_key(article_id: int, first_id: int) -> str:
    """The URL key of an article that was merged into another one."""
    return f"{_JOINED}{article_id}:{first_id}"


def went_into(connection: Connection, article_id: int) -> int:
    """The id of the article into which this one was merged; its own id if it was not merged."""
    key: str | None = connection.scalar(select(articles.c.url_key).where(articles.c.id == article_id))
    while key is not None and key.startswith(_JOINED):
        article_id = int(key.rpartition(":")[2])
        key = connection.scalar(select(articles.c.url_key).where(articles.c.id == article_id))
    return article_id


def _instant(shown: str | None, timezone: str) -> datetime | None:
    """The inverse of storage.records.date_json; None for a value that an earlier version of the program corrupted."""
    if shown is None:
        return None
    try:
        value = datetime.fromisoformat(shown if len(shown) != len("2026-05") else f"{shown}-01")
    except ValueError:
        return None
    if value.tzinfo is not None:
        return value
    try:
        return value.replace(tzinfo=ZoneInfo(timezone))
    except (ZoneInfoNotFoundError, ValueError):
        return value.replace(tzinfo=ZoneInfo("UTC"))
