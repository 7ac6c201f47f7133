"""The names of facets as an article writes them: the index knows sections, tags, authors and agencies folded alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.arabic import fold
from storage.db.schema import articles, labels
from storage.filters import MAX_LABEL

_KINDS = {"section": ("section", "category"), "author": ("author",), "tag": ("tag",)}
_SHOWN = select(articles.c.section, articles.c.categories, articles.c.tags, articles.c.authors)
_FIRST = (
    _SHOWN.join_from(labels, articles, labels.c.article_id == articles.c.id)
    .where(
        labels.c.kind == bindparam("kind"),
        labels.c.folded == bindparam("folded"),
        articles.c.status != "removed",
    )
    .order_by(labels.c.article_id)
    .limit(1)
)


def label_name(connection: Connection, kind: str, folded: str) -> str:
    """A section, tag or author as the first article that has it writes it; as it folds where none has a row."""
    for stored in _KINDS[kind]:
        row = connection.execute(_FIRST, {"kind": stored, "folded": folded}).mappings().first()
        for name in _written(row, stored) if row is not None else ():
            if fold(name)[:MAX_LABEL].strip() == folded:
                return " ".join(name.split())
    return folded


def agency_name(connection: Connection, article_id: int, lowered: str) -> str:
    """An agency as this article writes it."""
    written = connection.scalar(select(articles.c.agency).where(articles.c.id == article_id))
    return written if written and written.lower() == lowered else lowered


def _written(row: Mapping[Any, Any], kind: str) -> Iterator[str]:
    if kind == "section":
        yield row["section"] or ""
    else:
        yield from row[{"category": "categories", "tag": "tags", "author": "authors"}[kind]]
