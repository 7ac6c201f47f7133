"""The search index: every article's words, folded and stemmed, in tables of the archive's database.

It follows the articles by batches (storage.search.change_log), and can be rebuilt from them at any time, so Alembic
does not know it. On SQLite it is a contentless FTS5 table, `search_index`, with the folded words beside it in
`search_words`, compressed: SQLite before 3.43 deletes an entry from such a table only when it is given the words
again. On PostgreSQL it is a table of two tsvectors. Both get tokens that were cut here, so that neither engine's own
parser has a say.

On disk, for 5,000 articles with 21.8 MB of text: SQLite 14.6 MB and 7.8 MB for `search_words`; PostgreSQL 49 MB
and 13 MB for its GIN indexes. SQLite makes 1,600 articles a second on one core, PostgreSQL 600.
"""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, delete, func, insert, select, text

from storage import arabic
from storage.db.database import place, write_transaction
from storage.db.schema import articles, changes, facts
from storage.errors import ArchiveError
from storage.search.indexed_words import columns, entries, unpack

FACT = "search_index"
LAYOUT = 1
VERSION = f"{LAYOUT}.{arabic.FOLDING}.{arabic.STEMMING}"

_BATCH = 200
_MERGED_PAGES = 1_000  # of the index in one transaction: some tens of milliseconds

_TABLES = {
    "sqlite": (
        # `ascii` splits at blanks and leaves other letters alone; unicode61 would cut and fold once more.
        "create virtual table search_index using fts5("
        "title, body, folded_title, folded_body, content='', tokenize='ascii')",
        "create table search_words (article_id integer primary key, words blob not null)",
    ),
    "postgresql": (
        "create table search_index "
        "(article_id bigint primary key, stemmed tsvector not null, folded tsvector not null)",
        "create index ix_search_index_stemmed on search_index using gin (stemmed)",
        "create index ix_search_index_folded on search_index using gin (folded)",
    ),
}


def ensure(connection: Connection) -> None:
    """Create the index if there is none, and again if its words were folded or stemmed by other rules.

    In the caller's transaction. The archive's tables must exist.
    """
    lock(connection)  # two processes may open a new archive at once
    if not is_current(connection):
        _build(connection, None)


def lock(connection: Connection) -> None:
    """Take the index's lock until the transaction ends: only its holder changes the index.

    SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(hashtext('warraq search index'))"))


def version(connection: Connection) -> str | None:
    """Layout, folding and stemming that the index was made with; None: there is no index."""
    value: str | None = connection.scalar(select(facts.c.value).where(facts.c.name == FACT))
    return value


def is_current(connection: Connection) -> bool:
    """Whether there is an index, made by this version's rules."""
    return version(connection) == VERSION


def rebuild(engine: Engine, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Make the index anew from the articles; return how many it holds.

    One transaction: readers see the old index until the new one is complete, writers wait, and a kill changes
    nothing. on_progress: called with the articles done and the total.
    """
    with write_transaction(engine) as connection:
        lock(connection)
        return _build(connection, on_progress)


def index_article(connection: Connection, article_id: int, *, title: str, subtitle: str | None, text: str) -> None:
    """Put an article into the index, in place of its former entry if there is one."""
    remove_article(connection, article_id)
    index_new(connection, [(article_id, title, subtitle, text)])


def index_new(connection: Connection, rows: Sequence[tuple[int, str, str | None, str]]) -> None:
    """Add articles that the index does not hold: (id, headline, subtitle, text) of each."""
    for statement, parameters in entries(connection.dialect.name, rows):
        connection.execute(text(statement), parameters)


def remove_article(connection: Connection, article_id: int) -> None:
    """Remove an article from the index, if it is there. Raises ArchiveError when its entry is damaged."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("delete from search_index where article_id = :id"), {"id": article_id})
        return
    words = connection.scalar(text("select words from search_words where article_id = :id"), {"id": article_id})
    if words is None:
        return
    try:
        title, body = unpack(words)
    except ValueError as error:
        message = f"the search index of the archive at {place(connection.engine)} is damaged"
        raise ArchiveError(f"{message}: make it anew with `warraq reindex`") from error
    connection.execute(
        text(
            "insert into search_index (search_index, rowid, title, body, folded_title, folded_body) "
            "values ('delete', :id, :title, :body, :folded_title, :folded_body)"
        ),
        columns(article_id, title, body),
    )
    connection.execute(text("delete from search_words where article_id = :id"), {"id": article_id})


def scrub(engine: Engine) -> None:
    """Erase from SQLite's file what `remove_article` only marked as deleted. Others can write between the steps.

    SQLite's index is written in layers; until they are merged, a deleted article can be read from them. Merging them
    all is repeated until nothing changes (https://sqlite.org/fts5.html#the_merge_command).
    """
    if engine.dialect.name != "sqlite":
        return
    merge = text("insert into search_index (search_index, rank) values ('merge', :pages)")
    pages, changes = -_MERGED_PAGES, 2
    while changes >= 2:
        with write_transaction(engine) as connection:
            before = connection.scalar(text("select total_changes()"))
            connection.execute(merge, {"pages": pages})
            changes = connection.scalar(text("select total_changes()")) - before
        pages = _MERGED_PAGES


def _build(connection: Connection, on_progress: Callable[[int, int], None] | None) -> int:
    # First, so that a driver which begins its transaction at the first change of data has begun it.
    connection.execute(delete(facts).where(facts.c.name == FACT))
    connection.execute(delete(changes))  # before the articles are read: what is committed meanwhile stays noted
    for table in ("search_index", "search_words"):
        connection.execute(text(f"drop table if exists {table}"))
    for statement in _TABLES[connection.dialect.name]:
        connection.execute(text(statement))
    kept = articles.c.status != "removed"
    total = connection.scalar(select(func.count()).where(kept)) or 0
    texts = select(articles.c.id, articles.c.title, articles.c.subtitle, articles.c.text).where(kept)
    done, last = 0, 0
    while rows := connection.execute(texts.where(articles.c.id > last).order_by(articles.c.id).limit(_BATCH)).all():
        index_new(connection, [(article_id, title, subtitle, body) for article_id, title, subtitle, body in rows])
        done, last = done + len(rows), rows[-1][0]
        if on_progress is not None:
            on_progress(done, total)
    if connection.dialect.name == "sqlite":
        connection.execute(text("insert into search_index (search_index) values ('optimize')"))
    connection.execute(insert(facts).values(name=FACT, value=VERSION))
    return done
