"""The change log: for every article the last change of what the search index holds of it, in the order of changes.

A change is noted in the transaction that makes it. An index remembers how far it has read (`LogPosition`), so that any
number of indexes, each in a folder of its own, follow one database, and none has to be known to it. An article has one
row at most, so that nothing needs to be pruned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection, Executable, bindparam, func, insert, literal_column, select, text

from storage.db.database import insert_on
from storage.db.schema import changes, facts

Change = Literal["written", "removed"]

ARCHIVE_ID = "archive_id"  # the fact that names the database
_MOST_AHEAD = 10_000  # changes that a position lists one by one

_ARCHIVE_ID = select(facts.c.value).where(facts.c.name == ARCHIVE_ID)
# The number of the transaction that inserts a row, and the oldest one that was running when a snapshot was taken.
_TRANSACTION: Any = literal_column("cast(cast(pg_current_xact_id() as text) as bigint)")
_OLDEST_RUNNING: Any = literal_column("cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)")

# An article's row is replaced by one with a new, higher id.
_REPLACE = insert(changes).prefix_with("or replace")


@dataclass(frozen=True, slots=True)
class LogPosition:
    """How far an index has read. Everything before `horizon` was taken in.

    horizon: on SQLite the id of the last change, as transactions are committed one after the other. On PostgreSQL a
    change with a lower id may be committed later; there it is the number of the oldest transaction that may still
    bring changes. ahead: (id, transaction) of those that were taken in from the horizon on.
    """

    horizon: int
    ahead: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeBatch:
    """The next changes, the oldest first. after: the position when they are taken in. removed: some are removals."""

    article_ids: tuple[int, ...]
    after: LogPosition
    removed: bool


def note(connection: Connection, article_ids: int | Sequence[int], kind: Change = "written") -> None:
    """Note that what the index holds of an article is another now: its text, its metadata; or that it was removed."""
    for article_id in (article_ids,) if isinstance(article_ids, int) else article_ids:
        row: dict[str, Any] = {"article_id": article_id, "kind": kind}
        if connection.dialect.name == "postgresql":
            connection.execute(_upsert(), row)
        else:
            connection.execute(_REPLACE, row)


@cache
def _upsert() -> Executable:
    """As _REPLACE, for PostgreSQL: the article's row gets a new id."""
    new = insert_on("postgresql", changes).values(
        article_id=bindparam("article_id"), kind=bindparam("kind"), txid=_TRANSACTION
    )
    replaced = {name: new.excluded[name] for name in ("id", "kind", "txid")}
    statement: Executable = new.on_conflict_do_update(index_elements=["article_id"], set_=replaced)
    return statement


def archive_id(connection: Connection) -> str:
    """The name of this database, by which an index knows it. It has one since its first migration."""
    return str(connection.scalar(_ARCHIVE_ID) or "unnamed")


def source(connection: Connection) -> str:
    """What the positions of an index hold for: this database, of this server, as its transactions are numbered now."""
    name = archive_id(connection)
    if connection.dialect.name == "postgresql":
        place = (
            "select concat_ws('.', system_identifier, timeline_id, cast('changes' as regclass)::oid) "
            "from pg_control_system(), pg_control_checkpoint()"
        )
        return f"{name}.{connection.scalar(text(place))}"
    return name


def present(connection: Connection) -> LogPosition:
    """The position that has all that is committed behind it, in the view of this transaction."""
    if connection.dialect.name == "postgresql":
        horizon = int(connection.scalar(select(_OLDEST_RUNNING)) or 0)
        newest = select(changes.c.id, changes.c.txid).where(changes.c.txid >= horizon)
        newest = newest.order_by(changes.c.txid.desc(), changes.c.id.desc()).limit(_MOST_AHEAD)
        return LogPosition(horizon, tuple((row.id, row.txid) for row in connection.execute(newest)))
    return LogPosition(_last_id(connection))


def is_possible(connection: Connection, position: LogPosition) -> bool:
    """False: the database was replaced by an older copy of itself, so that the index may hold what it does not."""
    return connection.dialect.name == "postgresql" or position.horizon <= _last_id(connection)


def is_behind(connection: Connection, position: LogPosition) -> bool:
    """Whether there are changes after the position."""
    if connection.dialect.name == "postgresql":
        return bool(_next_rows(connection, position, 1))
    return (connection.scalar(select(func.max(changes.c.id))) or 0) > position.horizon


def next_batch(connection: Connection, position: LogPosition, limit: int) -> ChangeBatch:
    """The first changes after the position. All of it in the view of one transaction (`database.snapshot`)."""
    rows = _next_rows(connection, position, limit)
    if connection.dialect.name == "postgresql":
        horizon = int(connection.scalar(select(_OLDEST_RUNNING)) or 0)
        if len(rows) == limit:
            horizon = min(horizon, rows[-1].txid)
        taken = (*position.ahead, *((row.id, row.txid) for row in rows))
        after = LogPosition(horizon, tuple(each for each in taken if each[1] >= horizon)[-_MOST_AHEAD:])
    else:
        after = LogPosition(rows[-1].id) if rows else position
    return ChangeBatch(tuple(row.article_id for row in rows), after, any(row.kind == "removed" for row in rows))


def noted_since(connection: Connection, position: LogPosition) -> set[int]:
    """The articles with changes after the position."""
    return {row.article_id for row in _next_rows(connection, position, None)}


def _next_rows(connection: Connection, position: LogPosition, limit: int | None) -> list[Any]:
    statement = select(changes)
    if connection.dialect.name == "postgresql":
        taken = {each[0] for each in position.ahead}
        statement = statement.where(changes.c.txid >= position.horizon).order_by(changes.c.txid, changes.c.id)
        rows = connection.execute(statement.limit(limit + len(taken) if limit is not None else None)).all()
        return [row for row in rows if row.id not in taken][:limit]
    statement = statement.where(changes.c.id > position.horizon).order_by(changes.c.id)
    return list(connection.execute(statement.limit(limit)).all())


def _last_id(connection: Connection) -> int:
    """The highest number that SQLite ever gave a change; it is never used again."""
    return int(connection.scalar(text("select seq from sqlite_sequence where name = 'changes'")) or 0)
