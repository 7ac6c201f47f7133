"""The search index: every article's words, folded and stemmed, as each engine keeps them.

It follows the articles and can be rebuilt from them, so Alembic does not know it. On SQLite it is a
contentless FTS5 table, `search_index`, with the folded words beside it in `search_words`, compressed: SQLite
before 3.43 takes an entry out of such a table only when it is told the words again. On PostgreSQL it is a
table of two tsvectors. Both are fed with tokens cut here, so that neither engine's own parser has a say.

On disk, for 5,000 articles with 21.8 MB of text: SQLite 14.6 MB and 7.8 MB for `search_words`; PostgreSQL 49 MB
and 13 MB for its GIN indexes. SQLite makes 1,600 articles a second on one core, PostgreSQL 600.
"""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select, text

from storage import arabic
from storage.db.database import place as place_of
from storage.db.database import write_transaction
from storage.db.schema import articles, facts
from storage.errors import ArchiveError

FACT = "search_index"
LAYOUT = 1
VERSION = f"{LAYOUT}.{arabic.FOLDING}.{arabic.STEMMING}"

# A tsvector holds positions up to 16,383, 255 of one word, and 1 MB. Both engines keep to that, so that they
# give the same.
MAX_POSITIONS = 16_000
MAX_REPEATS = 255
MAX_BYTES = 900_000
# Of a headline or text; past it nothing is read.
MAX_CHARACTERS = 1_000_000
# Stands where a word is left out. For private use (Unicode category Co), so no word contains it.
GAP = "\ue000"

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

_INSERT_VECTORS = (
    "insert into search_index (article_id, stemmed, folded) "
    "values (:id, cast(:stemmed as tsvector), cast(:folded as tsvector))"
)
_INSERT_COLUMNS = (
    "insert into search_index (rowid, title, body, folded_title, folded_body) "
    "values (:id, :title, :body, :folded_title, :folded_body)"
)
_INSERT_WORDS = "insert into search_words (article_id, words) values (:id, :words)"


def ensure(connection: Connection) -> None:
    """Make the index if there is none; make it again if its words were folded or stemmed by other rules.

    In the caller's transaction. The archive's tables must exist.
    """
    if connection.dialect.name == "postgresql":
        # Two processes may open a new archive at once; "if not exists" alone races on PostgreSQL.
        connection.execute(text("select pg_advisory_xact_lock(hashtext('warraq search index'))"))
    if version(connection) != VERSION:
        _build(connection, None)


def version(connection: Connection) -> str | None:
    """Layout, folding and stemming that the index was made with; None: there is no index."""
    found: str | None = connection.scalar(select(facts.c.value).where(facts.c.name == FACT))
    return found


def rebuild(engine: Engine, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Make the index anew from the articles; return how many it holds.

    One transaction: readers see the old index until the new one is whole, writers wait, and a kill changes
    nothing.
    on_progress: called with the articles done and all there are.
    """
    with write_transaction(engine) as connection:
        return _build(connection, on_progress)


def index_article(connection: Connection, article_id: int, *, title: str, subtitle: str | None, text: str) -> None:
    """Put an article into the index, in place of what the index had under its id."""
    remove_article(connection, article_id)
    index_new(connection, [(article_id, title, subtitle, text)])


def remove_article(connection: Connection, article_id: int) -> None:
    """Take an article out of the index; nothing happens if it is not there."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("delete from search_index where article_id = :id"), {"id": article_id})
        return
    words = connection.scalar(text("select words from search_words where article_id = :id"), {"id": article_id})
    if words is None:
        return
    plain = _unpacked(words)
    if plain is None:
        where = place_of(connection.engine)
        raise ArchiveError(f"the search index of the archive at {where} is damaged: make it anew with `warraq reindex`")
    title, _, body = plain.partition("\n")
    connection.execute(
        text(
            "insert into search_index (search_index, rowid, title, body, folded_title, folded_body) "
            "values ('delete', :id, :title, :body, :folded_title, :folded_body)"
        ),
        _columns(article_id, title.split(), body.split()),
    )
    connection.execute(text("delete from search_words where article_id = :id"), {"id": article_id})


def scrub(engine: Engine) -> None:
    """Take out of SQLite's file what `remove_article` only marked as gone; in steps, so that others can write between.

    SQLite's index is written in layers; until they are merged, an article that was taken out can be read from them.
    Merging them all is repeated until nothing changes (https://sqlite.org/fts5.html#the_merge_command).
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


def body_of(subtitle: str | None, text: str) -> str:
    """What is searched beside the headline: subtitle and text, up to MAX_CHARACTERS."""
    return (f"{subtitle}\n\n{text}" if subtitle else text)[:MAX_CHARACTERS]


def _build(connection: Connection, on_progress: Callable[[int, int], None] | None) -> int:
    # First, so that a driver which begins its transaction at the first change of data has begun it.
    connection.execute(delete(facts).where(facts.c.name == FACT))
    for table in ("search_index", "search_words"):
        connection.execute(text(f"drop table if exists {table}"))
    for statement in _TABLES[connection.dialect.name]:
        connection.execute(text(statement))
    kept = articles.c.status != "removed"
    total = connection.scalar(select(func.count()).where(kept)) or 0
    columns = select(articles.c.id, articles.c.title, articles.c.subtitle, articles.c.text).where(kept)
    done, last = 0, 0
    while rows := connection.execute(columns.where(articles.c.id > last).order_by(articles.c.id).limit(_BATCH)).all():
        index_new(connection, [(article_id, title, subtitle, body) for article_id, title, subtitle, body in rows])
        done, last = done + len(rows), rows[-1][0]
        if on_progress is not None:
            on_progress(done, total)
    if connection.dialect.name == "sqlite":
        connection.execute(text("insert into search_index (search_index) values ('optimize')"))
    connection.execute(insert(facts).values(name=FACT, value=VERSION))
    return done


def index_new(connection: Connection, rows: Sequence[tuple[int, str, str | None, str]]) -> None:
    """Put articles into the index that it does not have: (id, headline, subtitle, text) of each."""
    for statement, parameters in entries(connection.dialect.name, rows):
        connection.execute(text(statement), parameters)


def entries(
    engine: str, rows: Sequence[tuple[int, str, str | None, str]]
) -> list[tuple[str, list[dict[str, int | str | bytes]]]]:
    """The statements that put articles into the index of "sqlite" or "postgresql", with their parameters."""
    cut = [
        (article_id, arabic.tokens(title[:MAX_CHARACTERS]), arabic.tokens(body_of(subtitle, body)))
        for article_id, title, subtitle, body in rows
    ]
    if not cut:
        return []
    if engine == "postgresql":
        vectors: list[dict[str, int | str | bytes]] = [
            {
                "id": article_id,
                "stemmed": _tsvector(*_bounded(_stemmed(title), _stemmed(body))),
                "folded": _tsvector(*_bounded(title, body)),
            }
            for article_id, title, body in cut
        ]
        return [(_INSERT_VECTORS, vectors)]
    words: list[dict[str, int | str | bytes]] = [
        {"id": article_id, "words": zlib.compress(_joined(title, body).encode())} for article_id, title, body in cut
    ]
    return [(_INSERT_COLUMNS, [_columns(*each) for each in cut]), (_INSERT_WORDS, words)]


def _joined(titles: list[str], bodies: list[str]) -> str:
    return f"{' '.join(titles)}\n{' '.join(bodies)}"


def _unpacked(words: object) -> str | None:
    """What `search_words` has of an article; None: it can't be read."""
    if not isinstance(words, bytes):
        return None
    try:
        return zlib.decompress(words).decode()
    except (zlib.error, UnicodeDecodeError):
        return None


def is_there(connection: Connection) -> bool:
    """Whether the index's tables are."""
    sqlite = ("search_index", "search_index_docsize", "search_words")
    names = sqlite if connection.dialect.name == "sqlite" else ("search_index",)
    return all(inspect(connection).has_table(name) for name in names)


def differing(connection: Connection) -> Iterator[tuple[int, str]]:
    """Where index and articles disagree, on one transaction's view: (article id, how).

    On PostgreSQL entries are counted, not compared with the words of their articles.
    """
    table = "search_index" if connection.dialect.name == "postgresql" else "search_words"
    for statement, told in (
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
            yield article_id, told
    if connection.dialect.name == "sqlite":
        # Of an article that has its words; the others were told above.
        lost = (
            "select a.id from articles a join search_words i on i.article_id = a.id "
            "left join search_index_docsize d on d.id = a.id where d.id is null and a.status <> 'removed' order by 1"
        )
        for (article_id,) in connection.execute(text(lost)):
            yield article_id, "is not in the index"
        # Damage can make a blob of a text.
        columns = "a.id, cast(a.title as text), cast(a.subtitle as text), cast(a.text as text), i.words"
        both = (
            f"select {columns} from articles a join search_words i on i.article_id = a.id where a.status <> 'removed'"  # noqa: S608
        )
        for article_id, title, subtitle, body, words in connection.execute(text(both)):
            tokens = (arabic.tokens(title[:MAX_CHARACTERS]), arabic.tokens(body_of(subtitle, body)))
            plain = _unpacked(words)
            if plain is None:
                yield article_id, "has an entry in the index that can't be read"
            elif plain != _joined(*tokens):
                yield article_id, "has other words in the index than in the archive"


def _stemmed(tokens: list[str]) -> list[str]:
    return list(map(arabic.stem, tokens))


def _columns(article_id: int, title: list[str], body: list[str]) -> dict[str, int | str | bytes]:
    stemmed_title, stemmed_body = _bounded(_stemmed(title), _stemmed(body))
    folded_title, folded_body = _bounded(title, body)
    return {
        "id": article_id,
        "title": " ".join(stemmed_title),
        "body": " ".join(stemmed_body),
        "folded_title": " ".join(folded_title),
        "folded_body": " ".join(folded_body),
    }


def _bounded(title: list[str], body: list[str]) -> tuple[list[str], list[str]]:
    """The same tokens within the limits of a tsvector.

    Past MAX_REPEATS of one word, and past MAX_POSITIONS in all, words are found, but not as part of a phrase:
    of the rest only new words are kept, each behind a gap. Past MAX_BYTES nothing is kept.
    """
    if len(title) + len(body) <= 3_000:  # so many of arabic.MAX_LETTERS are within MAX_BYTES
        counts = Counter(title)
        counts.update(body)
        if not counts or max(counts.values()) <= MAX_REPEATS:
            return title, body
    seen: Counter[str] = Counter()
    size = place = 0
    kept: tuple[list[str], list[str]] = ([], [])
    for column, tokens in zip(kept, (title, body), strict=True):
        for token in tokens:
            place += 1
            times = seen[token]
            if place > MAX_POSITIONS and times:
                continue
            size += 2 if times else len(token.encode()) + 8
            if size > MAX_BYTES:
                return kept
            if place > MAX_POSITIONS:
                column.extend((GAP, token))
            else:
                column.append(token if times < MAX_REPEATS else GAP)
            seen[token] += 1
    return kept


def _tsvector(title: list[str], body: list[str]) -> str:
    """A tsvector as PostgreSQL reads it. The headline has weight A; a gap parts it from the body."""
    places: dict[str, list[str]] = {}
    for first, weight, tokens in ((1, "A", title), (len(title) + 2, "", body)):
        for place, token in enumerate(tokens, first):
            if token != GAP:
                known = places.setdefault(token, [])
                if place <= MAX_POSITIONS + MAX_REPEATS:
                    known.append(f"{place}{weight}")
    return " ".join(f"{quoted(token)}:{','.join(known)}" if known else quoted(token) for token, known in places.items())


def quoted(token: str) -> str:
    """A token as a quoted lexeme of a tsvector or tsquery."""
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
