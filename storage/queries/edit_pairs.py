"""Pairs of consecutive versions of an article, with their sentences aligned.

`warraq export --versions all` writes them; docs/formats.md describes the record.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, select

from storage.db.schema import articles, versions
from storage.diff.alignment import StepBudget
from storage.diff.change_classes import metadata
from storage.diff.edit_kinds import pair_classes
from storage.diff.sentence_pairs import sentence_pairs
from storage.queries import stored_edits
from storage.records import date_json

_TEXTS = ("title", "subtitle", "text", "details", "content_sha256")


def edit_pairs(connection: Connection, article_ids: Iterable[int]) -> Iterator[dict[str, Any]]:
    """The edits of these articles as records, in the order of articles and versions; removed articles have none.

    Pass some hundred articles at a time. Pairs are read one by one in the connection's transaction.
    """
    for row in connection.execute(_pairs(list(article_ids)), execution_options={"yield_per": 50}):
        yield edit_pair(row)


def edit_pair(row: Row[Any]) -> dict[str, Any]:
    """The record of one edit.

    id, url, site: of the article. version_before, version: numbers. seen_before_at, seen_at: when each was first seen,
    ISO 8601. title_before, title. changed: coarse classes; edits: what the editor did. sentences: {op ("equal",
    "edited", "added", "removed"), before, after (null if absent), moved, paragraph (from 0), edits} of
    storage.diff.sentence_pairs. content_sha256_before, content_sha256: of the versions.
    """
    after = row._mapping
    before = {name: after[f"before_{name}"] for name in _TEXTS}
    names = stored_edits.read(row.edit_classes) if row.is_fresh else stored_edits.classes_of(before, after)
    coarse, edits = stored_edits.parted((*names, "metadata") if metadata(before, after) else names)
    budget = StepBudget()
    return {
        "id": row.article_id,
        "url": row.url,
        "site": row.site,
        "version_before": row.number - 1,
        "version": row.number,
        "seen_before_at": date_json(row.before_seen_at),
        "seen_at": date_json(row.seen_at),
        "title_before": before["title"],
        "title": row.title,
        "changed": coarse,
        "edits": edits,
        "sentences": [
            {
                "op": pair.op,
                "before": pair.old,
                "after": pair.new,
                "moved": pair.moved,
                "paragraph": pair.paragraph,
                "edits": pair_classes(pair, budget),
            }
            for pair in sentence_pairs(before["text"], row.text, budget)
        ],
        "content_sha256_before": before["content_sha256"],
        "content_sha256": row.content_sha256,
    }


def _pairs(article_ids: list[int]) -> Select[Any]:
    before = versions.alias("before")
    one_before = and_(before.c.article_id == versions.c.article_id, before.c.number == versions.c.number - 1)
    return (
        select(
            *(versions.c[name] for name in ("article_id", "number", "seen_at", *_TEXTS, "edit_classes")),
            *(before.c[name].label(f"before_{name}") for name in (*_TEXTS, "seen_at")),
            stored_edits.are_fresh(versions, before).label("is_fresh"),
            articles.c.url,
            articles.c.site,
        )
        .join_from(versions, articles, articles.c.id == versions.c.article_id)
        .join(before, one_before)
        .where(versions.c.article_id.in_(article_ids), articles.c.status != "removed")
        .order_by(versions.c.article_id, versions.c.number)
    )
