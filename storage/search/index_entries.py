"""The entries of the index: made from the articles of the database and passed to tantivy."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Result, bindparam, func, select

from storage.db.schema import articles, versions
from storage.search.index_folder import schema
from storage.search.indexed_words import MADE_FROM, IndexedArticle, indexed_article
from storage.warc import faults

if TYPE_CHECKING:
    import tantivy

_EDITED = (
    select(func.max(versions.c.seen_at))
    .where(versions.c.article_id == articles.c.id, versions.c.number > 1)
    .scalar_subquery()
    .label("edited_at")
)
_ARTICLES = select(*(articles.c[name] for name in MADE_FROM if name in articles.c), _EDITED).where(
    articles.c.status != "removed"
)
_BY_ID = _ARTICLES.where(articles.c.id.in_(bindparam("ids", expanding=True)))


def entries_of(connection: Connection, article_ids: Sequence[int]) -> list[IndexedArticle]:
    """The index entries of these articles, without removed ones."""
    return _indexed(connection.execute(_BY_ID, {"ids": article_ids}))


def entries_between(connection: Connection, first: int, last: int) -> list[IndexedArticle]:
    """The entries of the articles whose ids are in [first, last]."""
    return _indexed(connection.execute(_ARTICLES.where(articles.c.id.between(first, last)).order_by(articles.c.id)))


def id_ranges(connection: Connection, size: int) -> list[tuple[int, int]]:
    """The ids of all articles as ranges [first, last], each of `size` articles."""
    ids = select(articles.c.id).where(articles.c.status != "removed").order_by(articles.c.id)
    return [(some[0], some[-1]) for some in connection.scalars(ids).partitions(size)]


def put(writer: "tantivy.IndexWriter", article_ids: Sequence[int], entries: Sequence[IndexedArticle]) -> None:
    """Replace all entries of these articles by the given ones, in one commit."""
    import tantivy  # noqa: PLC0415 - as in storage.search.index_folder

    # By a query: tantivy 0.27 takes a number in a term for a signed one, and would delete nothing.
    writer.delete_documents_by_query(tantivy.Query.term_set_query(schema(), "id", article_ids))
    for entry in entries:
        writer.add_document(document(entry))
    faults.reach("index-given")
    writer.commit()
    faults.reach("index-committed")


def document(entry: IndexedArticle) -> "tantivy.Document":
    """The entry as a tantivy document."""
    import tantivy  # noqa: PLC0415 - as in storage.search.index_folder

    made = tantivy.Document()
    for name in ("id", "newest", "digest", "month"):
        _add(made.add_unsigned, name, getattr(entry, name))
    _add(made.add_unsigned, "reserved", int(entry.reserved))
    for name in ("published", "edited"):
        _add(made.add_integer, name, getattr(entry, name))
    for name in ("keys", "words", "marks", "authors", "site", "status", "agency"):
        _add(made.add_text, name, getattr(entry, name))
    for name in ("sections", "tags", "bylines"):
        for value in getattr(entry, name):
            made.add_text(name, value)
    return made


def _add(add: Callable[[str, Any], None], name: str, value: object) -> None:
    if value is not None:
        add(name, value)


def _indexed(rows: Result[Any]) -> list[IndexedArticle]:
    return [indexed_article(dict(row)) for row in rows.mappings()]
