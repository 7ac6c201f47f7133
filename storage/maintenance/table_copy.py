"""Copy of an archive's tables to another SQLite or PostgreSQL database: in batches, resumable, checked by digests.

Both sides are read in the order of their keys and compared row by row, so that repeating an interrupted copy, or one
whose source has changed, yields the same result. The target's search index is built by its first search.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from sqlalchemy import Column, Connection, Engine, Select, Table, and_, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from storage.db.database import place, read_transaction, snapshot, upgrade, write_transaction
from storage.db.incomplete_copy import COPY_FACT, copied_from
from storage.db.schema import Row, captures, changes, facts, metadata, runs, shingles, sites, versions
from storage.errors import ArchiveError, UsageError
from storage.maintenance.copy_lock import copy_lock
from storage.messages import message
from storage.sanitise import all_sanitised
from storage.search import change_log
from storage.similar import copy_log

_BATCH = 250
# Not copied, but made at the target: the log for the search index, and the shingles by which signatures are found.
COPIED = [table for table in metadata.sorted_tables if table not in (changes, shingles)]
_NOT_COPIED = frozenset({COPY_FACT, change_log.ARCHIVE_ID})
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Digest:
    """Number of a table's rows, and their SHA-256 (hex) in the order of keys; equal on both kinds of databases."""

    rows: int
    sha256: str


@dataclass(slots=True)
class Copied:
    """written, deleted: number of rows at the target. tables: digest by table name, equal on both sides."""

    written: int = 0
    deleted: int = 0
    tables: dict[str, Digest] = field(default_factory=dict)


def copy_tables(source: Engine, target: Engine, *, on_progress: Progress | None = None) -> Copied:
    """Create the target's tables if there are none, and make their rows equal to the source's.

    source: with the newest schema. on_progress: called with the table's name, its rows done and its total. Raises
    UsageError when the target contains another archive, AlreadyRunning when another process is copying there,
    ArchiveError when the final digests differ.
    """
    with copy_lock(target):
        upgrade(target)
        return _copy(source, target, on_progress)


def _copy(source: Engine, target: Engine, on_progress: Progress | None) -> Copied:
    _mark_target(source, target)
    copied = Copied()
    with snapshot(source) as connection:
        try:
            _copy_rows(connection, target, copied, on_progress)
        except IntegrityError:  # the source was rebuilt since; its rows have other ids
            copied.deleted += _empty(target)
            _copy_rows(connection, target, copied, on_progress)
        _set_counters(target)
        with snapshot(target) as other:
            for table in COPIED:
                copied.tables[str(table.name)] = digest(connection, table)
                if digest(other, table) != copied.tables[str(table.name)]:
                    raise ArchiveError(
                        message(
                            "the copy of {table} at {target} is not what {source} has: is a crawl writing to it? Run "
                            "the same command again when it has ended",
                            table=table.name,
                            target=place(target),
                            source=place(source),
                        )
                    )
    copy_log.make_shingles(target)
    with write_transaction(target) as connection:
        connection.execute(delete(facts).where(facts.c.name == COPY_FACT))
    return copied


def digest(connection: Connection, table: Table) -> Digest:
    """The digest of one table, in this connection's transaction."""
    count, summed = 0, hashlib.sha256()
    for row in _rows(connection, table):
        summed.update(orjson.dumps(_plain(row), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
        count += 1
    return Digest(count, summed.hexdigest())


def _mark_target(source: Engine, target: Engine) -> None:
    """Record the source at the target. Raises UsageError when the target contains anything else."""
    name = place(source)
    with write_transaction(target) as connection:
        held = copied_from(connection)
        if held is None:
            if any(connection.execute(select(table).limit(1)).first() for table in (sites, runs)):
                raise UsageError(
                    message(
                        "{target} holds an archive already; name an empty database, or remove it first",
                        target=place(target),
                    )
                )
            connection.execute(insert(facts).values(name=COPY_FACT, value=name))
        elif held != name:
            raise UsageError(
                message(
                    "{target} holds an incomplete copy of {held}; finish that, or name another",
                    target=place(target),
                    held=held,
                )
            )


def _copy_rows(source: Connection, target: Engine, copied: Copied, on_progress: Progress | None) -> None:
    for table in COPIED:
        _fill(source, target, table, copied, on_progress)
    for table in reversed(COPIED):
        copied.deleted += _prune(source, target, table)


def _empty(target: Engine) -> int:
    """Delete all copied rows. A target marked as a copy has no others."""
    with write_transaction(target) as connection:
        kept = facts.c.name.in_(_NOT_COPIED)
        return sum(
            connection.execute(delete(table).where(~kept) if table is facts else delete(table)).rowcount
            for table in reversed(metadata.sorted_tables)
        )


def _fill(source: Connection, target: Engine, table: Table, copied: Copied, on_progress: Progress | None) -> None:
    """Insert the rows that the target lacks, and update those that differ. `_prune` deletes the surplus ones."""
    total = source.scalar(select(func.count()).select_from(table)) or 0
    done = 0
    new: list[Row] = []
    changed: list[Row] = []
    late: list[Row] = []
    with read_transaction(target) as other:
        for row, there in _matched(table, _rows(source, table), _rows(other, table)):
            first = _preliminary(table, row, there)
            late += [row] if first else []
            if there is None:
                new.append(row | first)
            elif _plain(there) != _plain(row):
                changed.append(row | first)
            done += 1
            if len(new) + len(changed) >= _BATCH:
                copied.written += _write(target, table, new, changed)
                new, changed = [], []
            if on_progress is not None and (done % _BATCH == 0 or done == total):
                on_progress(str(table.name), done, total)
    copied.written += _write(target, table, new, changed)
    _write(target, table, [], late)


def _preliminary(table: Table, row: Row, there: Row | None) -> Row:
    """Temporary values for columns that can only be written after the table's other rows.

    These are a reference to a later row, and a version number that another row still has.
    """
    if table is captures and row["refers_to"] is not None and row["refers_to"] > row["id"]:
        return {"refers_to": None}
    if table is versions and there is not None and there["number"] != row["number"]:
        return {"number": -row["id"]}
    return {}


def _write(target: Engine, table: Table, new: list[Row], changed: list[Row]) -> int:
    with write_transaction(target) as connection:
        for row in changed:
            connection.execute(update(table).where(_is(table, row)).values(row))
        if new:
            connection.execute(insert(table), new)
    return len(new) + len(changed)


def _prune(source: Connection, target: Engine, table: Table) -> int:
    """Delete the rows that only the target has, after the rows that refer to them."""
    with read_transaction(target) as other:
        theirs, ours = (_rows(each, table, *table.primary_key.columns) for each in (other, source))
        doomed = [row for row, here in _matched(table, theirs, ours) if here is None]
    if table is captures:  # they may refer to each other
        _write(target, table, [], [row | {"refers_to": None} for row in doomed])
    for start in range(0, len(doomed), _BATCH):
        with write_transaction(target) as connection:
            for row in doomed[start : start + _BATCH]:
                connection.execute(delete(table).where(_is(table, row)))
    return len(doomed)


def _matched(table: Table, rows: Iterator[Row], others: Iterator[Row]) -> Iterator[tuple[Row, Row | None]]:
    """Each row with the other row of the same key, or None. Both inputs are in the order of keys."""
    other = next(others, None)
    for row in rows:
        key = _key(table, row)
        while other is not None and _key(table, other) < key:
            other = next(others, None)
        yield row, other if other is not None and _key(table, other) == key else None


def _rows(connection: Connection, table: Table, *columns: Column[Any]) -> Iterator[Row]:
    """The rows in the order of keys, sanitised: an older SQLite archive may contain text that PostgreSQL refuses."""
    keys = table.primary_key.columns
    statement: Select[Any] = select(*(columns or table.c)).order_by(*(_ordered(connection, key) for key in keys))
    if table is facts:
        statement = statement.where(facts.c.name.not_in(_NOT_COPIED))
    names = [column.name for column in (columns or table.c)]
    for row in connection.execute(statement, execution_options={"yield_per": _BATCH}):
        yield dict(zip(names, map(all_sanitised, row), strict=True))


def _ordered(connection: Connection, column: Column[Any]) -> Any:
    """The column with the collation of UTF-8 bytes, as in SQLite; PostgreSQL's default depends on a locale."""
    by_language = connection.dialect.name == "postgresql" and column.type.python_type is str
    return column.collate("C") if by_language else column


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    # Python compares code points, which have the same order as UTF-8 bytes.
    return tuple(row[column.name] for column in table.primary_key.columns)


def _is(table: Table, row: Row) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


def _plain(row: Row) -> list[Any]:
    """The row's values for JSON, equal for both kinds of databases."""
    return [
        value.astimezone(UTC).isoformat(timespec="microseconds")
        if isinstance(value, datetime)
        else value.hex()
        if isinstance(value, bytes)
        else value
        for value in row.values()
    ]


def _set_counters(target: Engine) -> None:
    """Set PostgreSQL's id sequences past the copied ids."""
    if target.dialect.name != "postgresql":
        return
    with write_transaction(target) as connection:
        for table in metadata.sorted_tables:
            if "id" in table.c and table.primary_key.columns.keys() == ["id"]:
                connection.execute(
                    text(
                        f"select setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 - our own names
                        f"coalesce((select max(id) from {table.name}), 0) + 1, false)"
                    )
                )
