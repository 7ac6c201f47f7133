"""Comparison of the search index with the articles that it should hold."""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

from storage.search.indexed_words import tokens_of, unpack


def tables_exist(connection: Connection) -> bool:
    """Whether all tables of the index exist."""
    sqlite = ("search_index", "search_index_docsize", "search_words")
    names = sqlite if connection.dialect.name == "sqlite" else ("search_index",)
    return all(inspect(connection).has_table(name) for name in names)


def differences(connection: Connection) -> Iterator[tuple[int, str]]:
    """The articles on which index and archive disagree, in the connection's transaction: (article id, how).

    On PostgreSQL only the presence of entries is compared, not their words.
    """
    table = "search_index" if connection.dialect.name == "postgresql" else "search_words"
    for statement, how in (
        (
            f"select i.article_id from {table} i left join articles a on a.id = i.article_id "  # noqa: S608
            "where a.id is null or a.status = 'removed' order by 1",
            "is in the index, and not in the archive",
        ),
        (
            f"select a.id from articles a left join {table} i on i.article_id = a.id "  # noqa: S608
            "where i.article_id is null and a.status <> 'removed' order by 1",
            "is not in the index",
        ),
    ):
        for (article_id,) in connection.execute(text(statement)):
            yield article_id, how
    if connection.dialect.name == "sqlite":
        yield from _differences_of_words(connection)


def _differences_of_words(connection: Connection) -> Iterator[tuple[int, str]]:
    # Only articles that have a row in search_words; the others were given above.
    lost = (
        "select a.id from articles a join search_words i on i.article_id = a.id "
        "left join search_index_docsize d on d.id = a.id where d.id is null and a.status <> 'removed' order by 1"
    )
    for (article_id,) in connection.execute(text(lost)):
        yield article_id, "is not in the index"
    # Cast, because damage can turn a text into a blob.
    columns = "a.id, cast(a.title as text), cast(a.subtitle as text), cast(a.text as text), i.words"
    both = f"select {columns} from articles a join search_words i on i.article_id = a.id where a.status <> 'removed'"  # noqa: S608
    for article_id, title, subtitle, body, words in connection.execute(text(both)):
        try:
            indexed = unpack(words)
        except ValueError:
            yield article_id, "has an entry in the index that can't be read"
            continue
        if indexed != tokens_of(title, subtitle, body):
            yield article_id, "has other words in the index than in the archive"
