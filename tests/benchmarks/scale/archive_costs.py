"""The cost of an article in the archive.

Rows and bytes by table on PostgreSQL, statements, the server's time, the index.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select, text

from storage.db.schema import articles, captures
from storage.search import index
from storage.similar import copy_log
from tests.benchmarks.archive import empty_archive
from tests.benchmarks.archive_parts import saves
from tests.benchmarks.crawl_parts.processor_time import seconds_of

ARTICLES = 800
_SIZES = """
select c.relname as name, pg_table_size(c.oid) as rows_bytes, pg_indexes_size(c.oid) as index_bytes
from pg_class c where relnamespace = current_schema()::regnamespace and relkind = 'r'
"""


@dataclass(frozen=True, slots=True)
class TableCosts:
    """Of one row: bytes in the table, TOAST among them, and in its indexes. rows: of an article, in this measurement."""

    rows: float
    row_bytes: float
    index_bytes: float


@dataclass(frozen=True, slots=True)
class ArchiveCosts:
    """Of a save, each in a transaction of its own: statements, milliseconds of the server's and of this process's processor.

    warc_bytes, page_bytes: of a capture. search_bytes: in the index, of an article. indexed_s, copies_s: articles in a
    second of processor time, the server's too.
    """

    tables: dict[str, TableCosts]
    statements: float
    server_ms: float
    client_ms: float
    warc_bytes: float
    page_bytes: float
    search_bytes: float
    indexed_s: float
    copies_s: float


def measure(postgres: str) -> ArchiveCosts:
    """Save articles one by one, as the archive's benchmark does, then index them and look for copies."""
    with empty_archive("postgresql", postgres) as archive:
        engine = archive.engine
        with engine.connect() as connection:
            before = _sizes(connection)
        statements = Counter[str]()
        event.listen(engine, "before_cursor_execute", lambda *_: statements.update(["all"]))
        run_id = archive.start_run("bench", now=saves.NOW)
        todo = list(saves.saved_twice(ARTICLES))
        statements.clear()
        server, own = _server_s(engine), time.process_time()
        for capture, article, discoveries in todo:
            position = archive.append(capture, run_id)
            archive.save(
                capture,
                position,
                run_id=run_id,
                kind="article",
                article=article,
                found=discoveries,
                now=capture.fetched_at,
            )
        own, server, executed = time.process_time() - own, _server_s(engine) - server, statements["all"]
        indexed_s, copies_s = (ARTICLES / _processor_s(engine, work) for work in (index.catch_up, copy_log.catch_up))
        archive.finish_run(run_id, status="done", now=saves.NOW, requests=0)
        with engine.connect() as connection:
            held = connection.scalar(select(func.count()).select_from(articles)) or 1
            warc, plain, kept = connection.execute(
                select(func.sum(captures.c.warc_length), func.sum(captures.c.size), func.count())
            ).one()
            tables = _tables(connection, before, held)
        files = [file.stat().st_size for file in index.folder_of(engine).rglob("*") if file.is_file()]
        return ArchiveCosts(
            tables,
            executed / len(todo),
            1000 * server / len(todo),
            1000 * own / len(todo),
            float(warc) / kept,
            float(plain) / kept,
            sum(files) / held,
            indexed_s,
            copies_s,
        )


def _sizes(connection: Any) -> dict[str, tuple[int, int]]:
    return {row.name: (row.rows_bytes, row.index_bytes) for row in connection.execute(text(_SIZES))}


def _tables(connection: Any, before: dict[str, tuple[int, int]], held: int) -> dict[str, TableCosts]:
    tables = {}
    for name, (rows_bytes, index_bytes) in _sizes(connection).items():
        count = connection.scalar(text(f"select count(*) from {name}"))
        if count >= held:  # what has fewer rows is of no weight, and its first block would count for them all
            tables[name] = TableCosts(
                count / held, (rows_bytes - before[name][0]) / count, (index_bytes - before[name][1]) / count
            )
    return tables


def _processor_s(engine: Engine, work: Callable[[Engine], object]) -> float:
    server, own = _server_s(engine), time.process_time()
    work(engine)
    return time.process_time() - own + _server_s(engine) - server


def _server_s(engine: Engine) -> float:
    """Processor seconds so far of the server's process that serves this engine: one thread uses one connection."""
    with engine.connect() as connection:
        return seconds_of(Path(f"/proc/{connection.scalar(text('select pg_backend_pid()'))}/stat"))
