"""Comparison of the search index with the articles that it should hold."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from storage.db.schema import articles
from storage.messages import message
from storage.search.change_log import noted_since
from storage.search.index import BATCH, fitting_state, reader
from storage.search.index_entries import entries_of

if TYPE_CHECKING:
    import tantivy


def differences(connection: Connection) -> Iterator[tuple[int, str]]:
    """The differences between index and archive in the connection's transaction: pairs of article id and description.

    Empty if there is no usable index, since the next search builds one. Articles with changes that are not indexed yet
    are left out. Raises ArchiveError if the files are damaged.
    """
    state = fitting_state(connection.engine, connection)
    if state is None:
        return
    waiting = noted_since(connection, state.position)
    for article_id, how in _differences(connection):
        if article_id not in waiting:
            yield article_id, how


def _differences(connection: Connection) -> Iterator[tuple[int, str]]:
    held = _digests(reader(connection.engine, connection).searcher)
    last = 0
    while True:
        after = select(articles.c.id).where(articles.c.id > last, articles.c.status != "removed")
        ids = list(connection.scalars(after.order_by(articles.c.id).limit(BATCH)))
        if not ids:
            break
        for entry in entries_of(connection, ids):
            digests = held.pop(entry.id, [])
            if not digests:
                yield entry.id, message("is not in the index")
            elif len(digests) > 1:
                yield entry.id, message("is in the index more than once")
            elif digests != [entry.digest]:
                yield entry.id, message("has other words or labels in the index than in the archive")
        last = ids[-1]
    for article_id in sorted(held):
        yield article_id, message("is in the index, and not in the archive")


def _digests(searcher: "tantivy.Searcher") -> dict[int, list[int]]:
    """The digests of the index's entries, by article id."""
    import tantivy  # noqa: PLC0415 - as in storage.search.index_folder

    if not searcher.num_docs:
        return {}
    hits = searcher.search(tantivy.Query.all_query(), searcher.num_docs, count=False, order_by_field="newest")
    addresses = [address for _, address in hits.hits]
    held: dict[int, list[int]] = {}
    for number, digest in zip(
        searcher.fast_field_values("id", addresses), searcher.fast_field_values("digest", addresses), strict=True
    ):
        held.setdefault(int(number or 0), []).append(int(digest or 0))
    return held
