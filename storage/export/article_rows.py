"""Articles of the archive in batches, with values as the database driver returns them, in the order of their ids.

This order needs no sort, so memory stays constant, and new articles come at the end.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select, type_coerce
from sqlalchemy.exc import DBAPIError

from storage.db.columns import Json, UtcDateTime
from storage.db.schema import articles, sites
from storage.export.batches import Batch

BATCH = 250  # articles in memory at a time, and between two progress reports

_COLUMNS: dict[str, ColumnElement[Any]] = {column.name: column for column in articles.columns} | {
    "country": sites.c.country,
    "versions": articles.c.version,
}


def select_columns(connection: Connection, names: Sequence[str]) -> Select[Any]:
    """A select of these columns of articles, in the form of `Batch`; the caller adds conditions."""
    columns = [as_stored(_COLUMNS[name], connection).label(name) for name in names]
    source = articles.join(sites, sites.c.name == articles.c.site) if "country" in names else articles
    return select(*columns).select_from(source).order_by(articles.c.id)


def as_stored(column: ColumnElement[Any], connection: Connection) -> ColumnElement[Any]:
    """The column cast so that the driver returns it unconverted as SQLite stores it: instants and JSON as text."""
    if not isinstance(column.type, UtcDateTime | Json):
        return column
    if connection.dialect.name == "sqlite":
        return type_coerce(column, Text)
    if isinstance(column.type, Json):
        return cast(column, Text)
    return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24:MI:SS.US")


def read_batches(connection: Connection, query: Select[Any]) -> Iterator[Batch]:
    """Read the rows of a select whose column labels are the fields of a batch. Keeps one batch in memory."""
    names = [str(column.name) for column in query.selected_columns]
    for rows in _rows(connection, query):
        yield Batch(dict(zip(names, zip(*rows, strict=True), strict=True)), len(rows))


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Sequence[Sequence[Any]]]:
    """The rows, BATCH at a time. On SQLite from the driver's cursor: SQLAlchemy's rows take a tenth of an export."""
    if connection.dialect.name != "sqlite":
        yield from connection.execute(query, execution_options={"yield_per": BATCH}).partitions()
        return
    with connection.execute(query) as result:
        cursor = result.cursor
        while cursor is not None:
            try:
                rows = cursor.fetchmany(BATCH)
            except sqlite3.Error as error:  # as SQLAlchemy raises it, for storage.db.database.refusals
                raise DBAPIError(None, None, error) from error
            if not rows:
                return
            yield rows
