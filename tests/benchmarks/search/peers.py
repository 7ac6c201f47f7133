"""The databases' own full-text search over the same folded words: SQLite's FTS5 and PostgreSQL's tsvector.

They count all hits and give the ids of the first twenty by their rank: no forms, no snippets, no facets.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, Engine, select, text

from storage.arabic import tokens
from storage.db.schema import articles
from tests.benchmarks.search.questions import Question

_AT_ONCE = 2_000


class Peer(Protocol):
    """A full-text index in a database."""

    name: str

    def build(self, engine: Engine) -> None:
        """Fill it from the articles."""

    def ask(self, connection: Connection, question: Question) -> int:
        """Count the hits and read the first twenty."""

    def size(self, connection: Connection) -> int:
        """Bytes of its tables and indexes."""


@dataclass(frozen=True, slots=True)
class Fts5:
    """FTS5 without contents, ordered by bm25 or by the number of the article."""

    name: str = "FTS5"

    def build(self, engine: Engine) -> None:
        """Fill it from the articles."""
        with engine.begin() as connection:
            connection.execute(text("create virtual table peer using fts5(words, content='', tokenize='unicode61')"))
            for group in _groups(connection):
                connection.execute(text("insert into peer(rowid, words) values (:id, :words)"), group)

    def ask(self, connection: Connection, question: Question) -> int:
        """Count the hits and read the first twenty."""
        words = [" ".join(tokens(word)) for word in question.words]
        match = f'"{" ".join(words)}"' if question.phrase else " ".join(f'"{word}"' for word in words)
        order = "rowid desc" if question.newest else "rank"
        total = connection.scalar(text("select count(*) from peer where peer match :match"), {"match": match})
        top = text(f"select rowid from peer where peer match :match order by {order} limit 20")
        connection.execute(top, {"match": match}).all()
        return int(total or 0)

    def size(self, connection: Connection) -> int:
        """Bytes of its tables."""
        return int(connection.scalar(text("select sum(length(block)) from peer_data")) or 0)


@dataclass(frozen=True, slots=True)
class TsVector:
    """A column of type tsvector under a GIN index, ordered by ts_rank or by the number of the article."""

    name: str = "tsvector"

    def build(self, engine: Engine) -> None:
        """Fill it from the articles."""
        with engine.begin() as connection:
            connection.execute(text("create table peer(id bigint primary key, words tsvector)"))
            statement = text("insert into peer(id, words) values (:id, to_tsvector('simple', :words))")
            for group in _groups(connection):
                connection.execute(statement, group)
            connection.execute(text("create index peer_words on peer using gin(words)"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("vacuum analyze peer"))

    def ask(self, connection: Connection, question: Question) -> int:
        """Count the hits and read the first twenty."""
        given = {"query": " ".join(" ".join(tokens(word)) for word in question.words)}
        parser = "phraseto_tsquery" if question.phrase else "plainto_tsquery"
        query = f"{parser}('simple', :query)"
        total = connection.scalar(text(f"select count(*) from peer where words @@ {query}"), given)
        order = "id desc" if question.newest else f"ts_rank(words, {query}) desc"
        top = text(f"select id from peer where words @@ {query} order by {order} limit 20")
        connection.execute(top, given).all()
        return int(total or 0)

    def size(self, connection: Connection) -> int:
        """Bytes of its table and indexes."""
        return int(connection.scalar(text("select pg_total_relation_size('peer')")) or 0)


def _groups(connection: Connection) -> Iterator[list[dict[str, object]]]:
    last = 0
    columns = select(articles.c.id, articles.c.title, articles.c.text)
    while True:
        rows = connection.execute(columns.where(articles.c.id > last).order_by(articles.c.id).limit(_AT_ONCE)).all()
        if not rows:
            return
        yield [{"id": row.id, "words": " ".join(tokens(f"{row.title} {row.text}"))} for row in rows]
        last = rows[-1].id
