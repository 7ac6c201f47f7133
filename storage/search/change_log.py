"""The change log: which articles were written or removed since the search index was last brought up to date.

A row is inserted in the transaction that changes the article, and deleted in the one that changes the index. Nothing is
lost by a kill between the two: whoever searches, or ends a run, takes in what is left.
"""

import logging
from typing import Literal

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select

from storage.db import database
from storage.db.database import read_transaction
from storage.db.schema import articles, changes
from storage.errors import ArchiveError
from storage.search import index

Change = Literal["written", "removed"]

BATCH = 100  # changes in one transaction, during which nobody else writes to SQLite
_INSERT = insert(changes)
_NEXT = select(changes.c.id, changes.c.article_id).order_by(changes.c.id).limit(BATCH)
_DELETE = delete(changes).where(changes.c.id.in_(bindparam("ids", expanding=True)))
_TEXTS = select(articles.c.id, articles.c.title, articles.c.subtitle, articles.c.text).where(
    articles.c.id.in_(bindparam("ids", expanding=True)), articles.c.status != "removed"
)
_log = logging.getLogger("warraq.search")


def note(connection: Connection, article_id: int, kind: Change = "written") -> None:
    """Note that an article's headline, subtitle or text is another one now, or that the article was removed."""
    connection.execute(_INSERT, {"article_id": article_id, "kind": kind})


def noted(connection: Connection) -> set[int]:
    """The articles that the index has not taken in."""
    return set(connection.scalars(select(changes.c.article_id)))


def take_in(engine: Engine) -> int:
    """Bring the oldest changes into the index, in one transaction; how many.

    0: the index is up to date, or is to be made anew.
    """
    return database.write(engine, _take_in)


def catch_up(engine: Engine) -> None:
    """Bring everything that was committed before this call into the index. Raises ArchiveError."""
    while take_in(engine):
        pass


def catch_up_if_possible(engine: Engine) -> None:
    """As `catch_up`, also with an engine that only reads. Where the archive can't be written, that is logged."""
    try:
        with read_transaction(engine) as connection:
            if connection.execute(_NEXT.limit(1)).first() is None:
                return
        with database.writable(engine) as writing:
            catch_up(writing)
    except ArchiveError as error:
        _log.warning("the newest articles can't be found yet: %s", error)


def catch_up_a_little(engine: Engine) -> bool:
    """Take in some changes; whether there may be more. An error is left for whoever needs the index."""
    try:
        return take_in(engine) > 0
    except ArchiveError:
        return False


def _take_in(connection: Connection) -> int:
    index.lock(connection)
    rows = connection.execute(_NEXT).all()
    if not rows or not index.is_current(connection):
        return 0
    ids = sorted({row.article_id for row in rows})
    for article_id in ids:
        index.remove_article(connection, article_id)
    index.index_new(connection, [tuple(row) for row in connection.execute(_TEXTS, {"ids": ids})])
    connection.execute(_DELETE, {"ids": [row.id for row in rows]})
    return len(rows)
