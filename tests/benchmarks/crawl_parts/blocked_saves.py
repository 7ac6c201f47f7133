"""Latency of a save while another process reads the archive in one long transaction."""

import multiprocessing
import statistics
import time
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import func, select

from storage.archive import Archive
from storage.db.database import open_readonly, snapshot
from storage.db.schema import pages as page_rows
from tests.benchmarks.archive_parts.saves import NOW, pages


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one save, capture and article, from the call to its return."""

    median: float
    slowest: float
    saves: int


def measure(archive: Archive, db_url: str | None, held_s: float) -> tuple[Latency, Latency]:
    """Saves for held_s seconds each: alone, and while a reader holds its transaction for that time.

    archive: with a site "bench". db_url: of its tables, where they are not in its folder.
    """
    run_id = archive.start_run("bench", now=NOW)
    source = pages()
    context = multiprocessing.get_context("spawn")
    results = []
    for read in (False, True):
        ours, theirs = context.Pipe()
        reader = context.Process(target=_read, args=(theirs, archive.folder, db_url), daemon=True)
        if read:
            reader.start()
            ours.recv()
        took: list[float] = []
        until = time.perf_counter() + held_s
        while time.perf_counter() < until:
            capture, article = next(islice(source, 1))
            began = time.perf_counter()
            position = archive.append(capture, run_id)
            archive.save(capture, position, run_id=run_id, kind="article", article=article, now=capture.fetched_at)
            took.append(1000 * (time.perf_counter() - began))
        if read:
            ours.send("end")
            reader.join()
        results.append(Latency(statistics.median(took), max(took), len(took)))
    archive.finish_run(run_id, status="done", now=NOW, requests=0)
    return results[0], results[1]


def _read(pipe: Connection, folder: Path, db_url: str | None) -> None:
    """One transaction that reads, until the other side says so."""
    engine = open_readonly(folder, db_url)
    with snapshot(engine) as connection:
        connection.scalar(select(func.count()).select_from(page_rows))
        pipe.send("reading")
        pipe.recv()
    engine.dispose()
