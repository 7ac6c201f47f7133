"""The copy log: the articles that changed since their copies were last searched for.

A row is inserted in the transaction that changes the article, and deleted in the one that stores the result of the
search. So a kill between the two loses nothing: the next query for copies, export or end of a run processes the rows
that are left.
"""

import logging
from collections.abc import Callable
from functools import partial

from sqlalchemy import Connection, Engine, bindparam, delete, func, insert, select, text

from storage.db import database
from storage.db.database import read_transaction
from storage.db.schema import articles, copies, copy_changes, shingles, signatures
from storage.errors import ArchiveError
from storage.messages import message
from storage.similar import copy_rows, signature_rows
from storage.similar.copy_search import look_for_copies

BATCH = 250  # articles in one transaction, during which no other process can write to SQLite
_NEXT = select(copy_changes.c.id, copy_changes.c.article_id).order_by(copy_changes.c.id).limit(BATCH)
_LAST = select(func.max(copy_changes.c.id))
_NOTE = insert(copy_changes)
_DELETE = delete(copy_changes).where(copy_changes.c.id.in_(bindparam("ids", expanding=True)))
_log = logging.getLogger("warraq.copies")


def note(connection: Connection, *ids: int) -> None:
    """Note articles whose text, date or agency has changed."""
    connection.execute(_NOTE, [{"article_id": each} for each in ids])


def noted(connection: Connection) -> set[int]:
    """The articles whose copies are still to be searched for."""
    return set(connection.scalars(select(copy_changes.c.article_id)))


def forget(connection: Connection, article_id: int) -> None:
    """Delete everything that was derived from an article's text, and note the articles that are from it."""
    dependent = copy_rows.from_any_of(connection, [article_id])
    signature_rows.replace(connection, [article_id], [])
    connection.execute(delete(copies).where(copies.c.article_id == article_id))
    note(connection, article_id, *sorted(dependent))


def take_in(engine: Engine, last: int | None = None) -> int:
    """Search for the copies of the oldest noted articles, in one transaction; return their number.

    last: the id of the last note to process.
    """
    return database.write(engine, partial(_take_in, last=last))


def catch_up(engine: Engine, on_progress: Callable[[int], None] | None = None) -> None:
    """Process every note that was committed before this call. Raises ArchiveError."""
    with read_transaction(engine) as connection:
        last = connection.scalar(_LAST)
    while last is not None and (done := take_in(engine, last)):
        if on_progress is not None:
            on_progress(done)


def catch_up_if_possible(engine: Engine) -> None:
    """As `catch_up`, also with a read-only engine. Logs a warning where the archive can't be written."""
    try:
        with read_transaction(engine) as connection:
            if connection.execute(_NEXT.limit(1)).first() is None:
                return
        with database.writable(engine) as writing:
            catch_up(writing)
    except ArchiveError as error:
        _log.warning("%s", message("copies of the newest articles are not known yet: {error}", error=error))


def catch_up_a_little(engine: Engine) -> bool:
    """Process one batch of notes; return whether there may be more.

    False after an ArchiveError, which is left to the next call that needs the copies.
    """
    try:
        return take_in(engine) > 0
    except ArchiveError:
        return False


def rebuild(engine: Engine, on_progress: Callable[[int, int], None] | None = None) -> int:
    """Delete all rows about copies, and search for all copies anew; return the number of articles.

    Each batch has its own transaction: after a kill the rest is still noted. on_progress: called with the articles done
    and the total.
    """
    total = database.write(engine, _note_all)
    done = 0
    while done < total and (batch := take_in(engine)):  # crawls may note more meanwhile
        done += batch
        if on_progress is not None:
            on_progress(min(done, total), total)
    return total


def make_shingles(engine: Engine) -> None:
    """Rebuild the rows of `shingles` from the signatures, in a transaction for each batch of articles."""
    database.write(engine, lambda connection: connection.execute(delete(shingles)))
    last: int | None = 0
    while last is not None:
        last = database.write(engine, partial(signature_rows.add_hashes_after, article_id=last))


def lock(connection: Connection) -> None:
    """Lock the rows about copies until the transaction ends. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(hashtext('warraq copies'))"))


def _take_in(connection: Connection, last: int | None) -> int:
    lock(connection)
    rows = connection.execute(_NEXT if last is None else _NEXT.where(copy_changes.c.id <= last)).all()
    if rows:
        look_for_copies(connection, sorted({row.article_id for row in rows}))
        connection.execute(_DELETE, {"ids": [row.id for row in rows]})
    return len(rows)


def _note_all(connection: Connection) -> int:
    lock(connection)
    for table in (shingles, signatures, copies, copy_changes):
        connection.execute(delete(table))
    kept = articles.c.status != "removed"
    connection.execute(insert(copy_changes).from_select(["article_id"], select(articles.c.id).where(kept)))
    return connection.scalar(select(func.count()).select_from(copy_changes)) or 0
