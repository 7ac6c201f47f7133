"""Measures partitions: `captures`, `pages` and `versions` with millions of rows, plain, by site and by month.

All layouts of a table are full at the same time, and take turns at each operation, so that a ratio is of one load of the
machine and the server. The tables lie in a schema of their own, which is dropped.
"""

import os
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import make_url

from tests.benchmarks.scale.partition_tables import LAYOUTS, Kind, Server, index, make, refusal_of_the_real_key
from tests.support import made_databases

BATCH, INSERTS, LOOK_UPS = 500, 200, 400  # rows of a transaction, transactions and look-ups of each layout


@dataclass(slots=True)
class Tried:
    """Measurements of one layout of a table. Seconds, bytes. insert_s, wal, images: of a batch. look_up_s: by question."""

    fill_s: float = 0.0
    index_s: float = 0.0
    rows_bytes: int = 0
    index_bytes: int = 0
    largest_index: int = 0
    insert_s: list[float] = field(default_factory=list)
    wal: list[int] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    look_up_s: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    month_s: float = 0.0
    month_wal: int = 0
    vacuum_s: float = 0.0
    lost: list[str] = field(default_factory=list)
    refusal: str = ""


@contextmanager
def archive_tables(url: str) -> Iterator[Server]:
    """A connection to a new schema with the tables of an archive; dropped afterwards."""
    schema = made_databases.Schema(url)
    try:
        made_databases.make(schema.url)
        target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(target, autocommit=True, options=f"-csearch_path={schema.name}") as server:
            with suppress(OSError):  # others use the machine, too
                os.setpriority(os.PRIO_PROCESS, server.info.backend_pid, 10)
            server.execute("set maintenance_work_mem = '512MB'")
            server.execute("set max_parallel_workers_per_gather = 0")
            server.execute("set max_parallel_maintenance_workers = 0")  # they would not be niced
            yield server
    finally:
        schema.drop()


def try_layouts(server: Server, kind: Kind, rows: int) -> dict[str, Tried]:
    """Fill the three layouts of a table, and measure them in turns. The tables are dropped afterwards."""
    results = {layout: Tried() for layout in LAYOUTS}
    for layout, result in results.items():
        _fill(server, kind, layout, result, rows)
    _look_up(server, kind, results)
    _insert(server, kind, results, rows)
    for layout, result in results.items():
        _remove_month(server, kind, layout, result)
    server.execute(f"drop table {', '.join(map(kind.table, LAYOUTS))}")
    return results


def _fill(server: Server, kind: Kind, layout: str, result: Tried, rows: int) -> None:
    table = kind.table(layout)
    make(server, kind, layout)
    select = kind.select.format(first=1, last=rows, rows=rows)
    began = time.perf_counter()
    if layout != "plain":
        select = f"select {_columns(server, select)} from {kind.table('plain')}"
    server.execute(f"insert into {table} ({_columns(server, select)}) {select}")
    result.fill_s = time.perf_counter() - began
    began = time.perf_counter()
    result.lost = index(server, kind, layout)
    result.index_s = time.perf_counter() - began
    if result.lost:
        result.refusal = refusal_of_the_real_key(server, kind, layout, result.lost[0])
    server.execute(f"vacuum (analyze) {table}")
    leaves = "select relid from pg_partition_tree(%(table)s::regclass) union select %(table)s::regclass"
    size = f"select coalesce(sum(pg_table_size(relid)), 0)::bigint, coalesce(sum(pg_indexes_size(relid)), 0)::bigint from ({leaves}) t"
    result.rows_bytes, result.index_bytes = server.execute(size, {"table": table}).fetchone() or (0, 0)
    largest = f"select coalesce(max(pg_relation_size(indexrelid)), 0) from pg_index where indrelid in ({leaves})"
    (result.largest_index,) = server.execute(largest, {"table": table}).fetchone() or (0,)


def _columns(server: Server, select: str) -> str:
    names = server.execute(f"select * from ({select}) t limit 0").description or ()
    return ", ".join(column.name for column in names)


def _look_up(server: Server, kind: Kind, results: dict[str, Tried]) -> None:
    cursor = server.cursor(row_factory=dict_row)
    sample = f"select * from {kind.table('plain')} tablesample system (0.2) repeatable (1) order by md5({kind.by_month}::text)"
    rows = cursor.execute(sample).fetchmany(LOOK_UPS)
    for step in range(LOOK_UPS):
        for layout in _turn(step):
            for name, query in kind.look_ups.items():
                began = time.perf_counter()
                server.execute(query.format(table=kind.table(layout)), rows[step % len(rows)], prepare=True).fetchall()
                results[layout].look_up_s[name].append(time.perf_counter() - began)


def _insert(server: Server, kind: Kind, results: dict[str, Tried], rows: int) -> None:
    """Batches into the full tables. The plan is made each time, and the transaction is committed, as in a crawl."""
    for step in range(INSERTS):
        select = kind.select.format(first=rows + step * BATCH + 1, last=rows + (step + 1) * BATCH, rows=rows)
        columns = _columns(server, select)
        server.execute(f"create temporary table batch as {select}")
        for layout in _turn(step):
            result = results[layout]
            began = time.perf_counter()
            plan = _explained(server, f"insert into {kind.table(layout)} ({columns}) select {columns} from batch")
            result.insert_s.append(time.perf_counter() - began)
            result.wal.append(plan["WAL Bytes"])
            result.images.append(plan["WAL FPI"])
        server.execute("drop table batch")


def _remove_month(server: Server, kind: Kind, layout: str, result: Tried) -> None:
    """Take the second month out of the table, then vacuum the whole table."""
    table, column = kind.table(layout), kind.by_month
    began = time.perf_counter()
    if layout == "month":
        before = _wal_position(server)
        server.execute(f"alter table {table} detach partition {table}_1")
        server.execute(f"drop table {table}_1")
        result.month_wal = _wal_position(server) - before
    else:
        result.month_wal = _explained(
            server, f"delete from {table} where {column} >= '2026-02-01 00:00+00' and {column} < '2026-03-01 00:00+00'"
        )["WAL Bytes"]
    result.month_s = time.perf_counter() - began
    began = time.perf_counter()
    server.execute(f"vacuum {table}")
    result.vacuum_s = time.perf_counter() - began


def _explained(server: Server, statement: str) -> dict[str, Any]:
    """Execute a statement; return the figures of its plan."""
    row = server.execute(f"explain (analyze, wal, timing off, format json) {statement}").fetchone()
    assert row is not None
    plan: dict[str, Any] = row[0][0]["Plan"]
    return plan


def _wal_position(server: Server) -> int:
    (position,) = server.execute("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint").fetchone() or (
        0,
    )
    return int(position)


def _turn(step: int) -> Sequence[str]:
    """The layouts, each first as often as the others."""
    first = step % len(LAYOUTS)
    return (*LAYOUTS[first:], *LAYOUTS[:first])


def lines_of(kind: Kind, results: dict[str, Tried], rows: int, buffers: int) -> Iterator[str]:
    """Lines of Markdown. buffers: bytes of the server's shared buffers."""
    plain = results["plain"]

    def row(name: str, values: Mapping[str, float], form: str, *, scale: float = 1.0) -> str:
        cells = [
            f"{values[layout] * scale:{form}}"
            + (f" ({values[layout] / values['plain']:.2f})" if layout != "plain" and values["plain"] else "")
            for layout in LAYOUTS
        ]
        return f"| {name} | {' | '.join(cells)} |"

    def each(name: str) -> dict[str, float]:
        return {layout: getattr(result, name) for layout, result in results.items()}

    def of_a_row(name: str) -> dict[str, float]:
        return {layout: sum(getattr(result, name)) / (BATCH * INSERTS) for layout, result in results.items()}

    yield f"| `{kind.name}`, {rows:,} rows | plain | by hash of `{kind.by_site}` | by month of `{kind.by_month}` |"
    yield "| --- | --: | --: | --: |"
    yield row("rows, MB", each("rows_bytes"), ",.0f", scale=1e-6)
    yield row("indexes, MB", each("index_bytes"), ",.0f", scale=1e-6)
    yield row("largest index, of the shared buffers", each("largest_index"), ".1f", scale=1 / buffers)
    yield row("rows inserted a second", {k: BATCH / median(v.insert_s) for k, v in results.items()}, ",.0f")
    yield row("WAL of an inserted row, bytes", of_a_row("wal"), ",.0f")
    yield row("whole pages in that WAL, a thousand rows", of_a_row("images"), ",.0f", scale=1000)
    for name in plain.look_up_s:
        times = {layout: median(result.look_up_s[name]) for layout, result in results.items()}
        yield row(f"{name}, ms", times, ".2f", scale=1000)
    yield row("a month of rows taken out, s", each("month_s"), ".2f")
    yield row("its WAL, MB", each("month_wal"), ",.1f", scale=1e-6)
    yield row("`vacuum` after it, s", each("vacuum_s"), ".1f")
    lost = [", ".join(f"`({key})`" for key in results[layout].lost) or "none" for layout in LAYOUTS]
    yield f"| unique keys that do not hold any more | {' | '.join(lost)} |"
    refusals = dict.fromkeys(result.refusal for result in results.values() if result.refusal)
    yield from ("", *(f"The server on the key as it is: {refusal}" for refusal in refusals))


def shared_buffers(server: Server) -> int:
    """Bytes."""
    row = server.execute("select setting::bigint * 8192 from pg_settings where name = 'shared_buffers'").fetchone()
    assert row is not None
    return int(row[0])
