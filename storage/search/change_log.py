"""The change log: for each article, its last change that concerns the search index, in the order of changes.

A change is logged in the transaction that makes it. An index stores the position up to which it has read the log
(`LogPosition`). So any number of indexes, each in its own folder, can follow one database without being registered.
An article has at most one row, so the log needs no pruning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import Connection, Executable, bindparam, func, insert, literal_column, select, text

from storage.db.database import insert_on
from storage.db.schema import changes, facts

Change = Literal["written", "removed"]

ARCHIVE_ID = "archive_id"  # name of the fact that identifies the database
_MOST_AHEAD = 10_000  # changes that a position lists singly

_ARCHIVE_ID = select(facts.c.value).where(facts.c.name == ARCHIVE_ID)
# The number of the transaction that inserts a row, and of the oldest one running when the snapshot was taken.
_TRANSACTION: Any = literal_column("cast(cast(pg_current_xact_id() as text) as bigint)")
_OLDEST_RUNNING: Any = literal_column("cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)")

# Replaces an article's row by one with a new, higher id.
_REPLACE = insert(changes).prefix_with("or replace")


@dataclass(frozen=True, slots=True)
class LogPosition:
    """The position up to which an index has read the log. All changes before `horizon` are indexed.

    horizon: on SQLite the id of the last change, since transactions are committed one after the other. On PostgreSQL
    a change with a lower id may be committed later, so it is the number of the oldest transaction that may still
    log changes. ahead: (id, transaction) of the indexed changes from the horizon on.
    """

    horizon: int
    ahead: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeBatch:
    """The next changes, the oldest first. after: the position behind them. removed: whether some are removals."""

    article_ids: tuple[int, ...]
    after: LogPosition
    removed: bool


def note(connection: Connection, article_ids: int | Sequence[int], kind: Change = "written") -> None:
    """Log that the text or metadata of articles changed, or that they were removed."""
    for article_id in (article_ids,) if isinstance(article_ids, int) else article_ids:
        row: dict[str, Any] = {"article_id": article_id, "kind": kind}
        if connection.dialect.name == "postgresql":
            connection.execute(_upsert(), row)
        else:
            connection.execute(_REPLACE, row)


@cache
def _upsert() -> Executable:
    """The same as _REPLACE for PostgreSQL: the article's row gets a new id."""
    new = insert_on("postgresql", changes).values(
        article_id=bindparam("article_id"), kind=bindparam("kind"), txid=_TRANSACTION
    )
    replaced = {name: new.excluded[name] for name in ("id", "kind", "txid")}
    statement: Executable = new.on_conflict_do_update(index_elements=["article_id"], set_=replaced)
    return statement


def archive_id(connection: Connection) -> str:
    """The id of this database, which its indexes store. It is set by the first migration."""
    return str(connection.scalar(_ARCHIVE_ID) or "unnamed")


def source(connection: Connection) -> str:
    """Identify the numbering that log positions refer to: the database, and on PostgreSQL its server and timeline."""
    name = archive_id(connection)
    if connection.dialect.name == "postgresql":
        place = (
            "select concat_ws('.', system_identifier, timeline_id, cast('changes' as regclass)::oid) "
            "from pg_control_system(), pg_control_checkpoint()"
        )
        return f"{name}.{connection.scalar(text(place))}"
    return name


def present(connection: Connection) -> LogPosition:
    """The position behind all changes that this transaction sees."""
    if connection.dialect.name == "postgresql":
        horizon = int(connection.scalar(select(_OLDEST_RUNNING)) or 0)
        newest = select(changes.c.id, changes.c.txid).where(changes.c.txid >= horizon)
        newest = newest.order_by(changes.c.txid.desc(), changes.c.id.desc()).limit(_MOST_AHEAD)
        return LogPosition(horizon, tuple((row.id, row.txid) for row in connection.execute(newest)))
    return LogPosition(_last_id(connection))


def is_possible(connection: Connection, position: LogPosition) -> bool:
    """False if the position is beyond the log: the database was replaced by an older copy, and the index is newer."""
    return connection.dialect.name == "postgresql" or position.horizon <= _last_id(connection)


def is_behind(connection: Connection, position: LogPosition) -> bool:
    """Whether there are changes after the position."""
    if connection.dialect.name == "postgresql":
        return bool(_next_rows(connection, position, 1))
    return (connection.scalar(select(func.max(changes.c.id))) or 0) > position.horizon


def next_batch(connection: Connection, position: LogPosition, limit: int) -> ChangeBatch:
    """Read the first changes after the position. The connection must be a snapshot (`database.snapshot`)."""
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
    """The ids of the articles with changes after the position."""
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
    """The highest id that SQLite ever assigned to a change; ids are never reused."""
    return int(connection.scalar(text("select seq from sqlite_sequence where name = 'changes'")) or 0)
