"""Databases with an archive's empty tables, migrated once per test process.

A migration takes 60 ms of CPU on SQLite, and 400 ms on a PostgreSQL server; a copy of SQLite's file or the deletion of a
test's rows takes 4 ms.
"""

import uuid
from urllib.parse import quote

from sqlalchemy import Connection, MetaData, TextClause, create_engine, insert, select, text

from storage.db.database import connect, upgrade

# A test kills clients, never the server, so a commit need not wait for the server's disk.
_OPTIONS = "-csynchronous_commit=off"
# Columns, constraints and indexes of a schema.
_SHAPE = text("""
    select md5(string_agg(line, chr(10) order by line)) from (
        select concat(relname, ' ', relkind, ' ', attname, ' ', format_type(atttypid, atttypmod), ' ', attnotnull, ' ',
            pg_get_expr(adbin, adrelid)) as line
        from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
        left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where relnamespace = to_regnamespace(:schema)
        union all
        select concat(conrelid::regclass, ' ', conname, ' ', pg_get_constraintdef(oid))
        from pg_constraint where connamespace = to_regnamespace(:schema)
        union all
        select indexdef from pg_indexes where schemaname = :schema
    ) as lines
""")
# Changes with every change of a column, constraint or index, and takes a twentieth of the time of _SHAPE.
_STAMP = text("""
    select concat_ws(' ', count(*), sum(xmin::text::bigint), sum(hashtext(concat(xmin, ' ', part))::bigint)) from (
        select xmin, oid::text as part from pg_class where relnamespace = to_regnamespace(:schema)
        union all
        select attribute.xmin, concat(attrelid, ' ', attnum) from pg_attribute attribute
        join pg_class on pg_class.oid = attrelid where relnamespace = to_regnamespace(:schema)
        union all
        select attrdef.xmin, attrdef.oid::text from pg_attrdef attrdef
        join pg_class on pg_class.oid = adrelid where relnamespace = to_regnamespace(:schema)
        union all
        select xmin, oid::text from pg_constraint where connamespace = to_regnamespace(:schema)
    ) as parts
""")
_IDS_FROM_1 = text(
    "select setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) "
    "from pg_sequences where schemaname = :schema"
)


def make(url: str) -> None:
    """Make the tables, as opening an archive does."""
    engine = connect(url)
    upgrade(engine)
    engine.dispose()


class Schema:
    """A new, empty schema on a PostgreSQL server."""

    def __init__(self, server: str) -> None:
        self.name = f"warraq_test_{uuid.uuid4().hex[:12]}"
        self.url = f"{server}?options={quote(f'-csearch_path={self.name} {_OPTIONS}')}"
        self._server = create_engine(server, isolation_level="AUTOCOMMIT", connect_args={"options": _OPTIONS})
        self._execute(f"create schema {self.name}")

    def drop(self) -> None:
        self._execute(f"drop schema {self.name} cascade")
        self._server.dispose()

    def _execute(self, statement: str) -> None:
        with self._server.connect() as connection:
            connection.execute(text(statement))


class MadeSchema:
    """A schema with an archive's tables, which one test after the other uses."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._make()

    @property
    def url(self) -> str:
        return self._schema.url

    def empty(self) -> None:
        """Empty the schema when every other transaction on its tables has ended.

        Rows are deleted and ids begin with 1 again. A schema whose tables were changed is replaced by another.
        """
        with self._engine.begin() as connection:
            stamp = self._scalar(connection, _STAMP)
            same = stamp == self._stamp or self._scalar(connection, _SHAPE) == self._shape
            if same:
                self._stamp = stamp
                connection.exec_driver_sql(self._deletions)
                for table, rows in self._kept.items():
                    connection.execute(insert(table), rows)
                connection.execute(_IDS_FROM_1, {"schema": self._schema.name})
        if not same:
            self.drop()
            self._make()

    def drop(self) -> None:
        self._engine.dispose()
        self._schema.drop()

    def _make(self) -> None:
        self._schema = Schema(self._server)
        make(self.url)
        self._engine = connect(self.url)
        with self._engine.connect() as connection:
            self._stamp: str | None = self._scalar(connection, _STAMP)
            self._shape: str | None = self._scalar(connection, _SHAPE)
            tables = MetaData()
            tables.reflect(connection)
            names = [table.name for table in tables.sorted_tables[::-1]]  # what refers to others first
            self._deletions = f"lock table {', '.join(names)} in access exclusive mode;" + "".join(
                f"delete from {name};" for name in names
            )
            rows = {table: connection.execute(select(table)).mappings().all() for table in tables.sorted_tables}
            self._kept = {table: [dict(row) for row in rows[table]] for table in rows if rows[table]}

    def _scalar(self, connection: Connection, query: TextClause) -> str | None:
        found: str | None = connection.scalar(query, {"schema": self._schema.name})
        return found
