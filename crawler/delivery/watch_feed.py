"""The news of a saved search as JSON, and as an Atom feed in a file."""

import uuid
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from storage import queries
from storage.files import atomic_write
from storage.queries.article_lists import article_records
from storage.records import date_json
from storage.watches.news import NewsItem
from storage.watches.saved_searches import Delivery, SavedSearch
from storage.web.views.marked_text import web_address
from storage.web.views.result_rows import FeedEntry, atom_feed

FEED_ENTRIES = 100
KINDS = {"new": "جديد", "edited": "عُدّل", "gone": "حُذف من موقعه", "restored": "عاد إلى موقعه"}
_SHOWN = ("id", "url", "site", "country", "title", "authors", "section", "published_at", "status", "version")


def delivery_json(engine: Engine, search: SavedSearch, delivery: Delivery) -> dict[str, Any]:
    """{watch, query, delivery, noted_at, news [{kind, matches, version, version_before, title_before, article}]}."""
    records = {each["id"]: each for each in article_records(engine, [item.article_id for item in delivery.items])}
    return {
        "watch": search.name,
        "query": search.query,
        "delivery": delivery.number,
        "noted_at": date_json(delivery.noted_at),
        "news": [
            _item_json(engine, item, records[item.article_id]) for item in delivery.items if item.article_id in records
        ],
    }


def _item_json(engine: Engine, item: NewsItem, record: dict[str, Any]) -> dict[str, Any]:
    before = None
    if item.version_before is not None and item.version_before != item.version:
        before = queries.version(engine, item.article_id, item.version_before)
    return {
        "kind": item.kind,
        "matches": item.matches,
        "version": item.version,
        "version_before": item.version_before,
        "title_before": before["title"] if before and before["title"] != record["title"] else None,
        "article": {name: record[name] for name in _SHOWN},
    }


def write_feed(engine: Engine, file: Path, searches: Sequence[tuple[SavedSearch, Sequence[Delivery]]]) -> None:
    """Replace the file by a feed of the searches' latest news. Raises UsageError, ArchiveError."""
    entries = []
    for search, deliveries in searches:
        for delivery in deliveries:
            made = delivery_json(engine, search, delivery)
            entries += [_entry(made, item) for item in made["news"]]
    entries.sort(key=lambda entry: entry.updated, reverse=True)
    names = "، ".join(search.name for search, _ in searches)
    with atomic_write(file) as out:
        for part in atom_feed(_urn(names), None, f"ورّاق: {names}", entries[:FEED_ENTRIES], language="ar"):
            out.write(part)


def _entry(made: dict[str, Any], item: dict[str, Any]) -> FeedEntry:
    article = item["article"]
    lines = [f"العنوان السابق: {item['title_before']}"] if item["title_before"] else []
    lines += [article["url"]]
    urn = _urn(made["watch"], made["delivery"], article["id"])
    return FeedEntry(
        web_address(article["url"]) or urn,
        f"{KINDS[item['kind']]}: {article['title']}",
        made["noted_at"],
        article["site"],
        "".join(f"<p>{escape(line)}</p>" for line in lines),
        id=urn,
    )


def _urn(*parts: Any) -> str:
    """A URN that depends on the parts alone: the same in every archive."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "warraq:watch:" + "\0".join(map(str, parts))).urn
