"""The cost of a fleet's crawl on a real PostgreSQL: processor time, memory and rows of a worker's process."""

import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import create_engine, text

from crawler.fleet.crawl_process import Task
from tests.benchmarks.fleet.memory import watch_memory
from tests.support.fleet.outlets_by_clock import EPOCH, FleetServer, Outlet, serve_fleet
from tests.support.fleet.site_files import write_site
from tests.support.made_databases import Schema, make
from tests.support.running import environment

OUTLET = Outlet("outlet_000")
NEW = (0, 2, 8)  # articles of each crawl, after a first one
# Runs a crawl as its worker would, takes over its orphans, and prints the processor time of all of them.
_COUNTED = """
import ctypes, json, os, resource, subprocess, sys
ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
task = json.loads(sys.argv[1]) | {"worker": os.getpid()}
program = [sys.executable, "-m", "crawler.fleet.crawl_process"]
ran = subprocess.run(program, input=json.dumps(task).encode() + b"\\n", stdout=subprocess.PIPE)
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"report": json.loads(ran.stdout), "cpu_s": used.ru_utime + used.ru_stime}))
"""


@dataclass(frozen=True, slots=True)
class CrawlCosts:
    """Processor seconds: of a crawl that finds nothing, what the first page adds, and each page. memory_mb: a crawl's.

    requests: of the largest crawl. crawl_rows, article_rows: rows that a crawl adds by itself and with each new article.
    """

    idle_s: float
    start_s: float
    page_s: float
    memory_mb: float
    requests: int
    crawl_rows: dict[str, float]
    article_rows: dict[str, float]


def measure(postgres: str) -> CrawlCosts:
    """Crawl an outlet with nothing, a little and more that is new."""
    schema = Schema(postgres)
    try:
        make(schema.url)
        with (
            tempfile.TemporaryDirectory() as folder,
            serve_fleet([OUTLET], EPOCH + timedelta(hours=2)) as server,
        ):
            write_site(Path(folder) / "sites", OUTLET.name)
            _crawl(server, schema.url, Path(folder))
            cpu_s, peaks, rows, asked = {}, [], {}, 0
            for new in NEW:
                before, asked = _rows(schema.url), len(server.requests)
                server.at += timedelta(days=new / OUTLET.a_day)
                cpu_s[new], peak = _crawl(server, schema.url, Path(folder))
                peaks.append(peak)
                rows[new] = {name: count - before[name] for name, count in _rows(schema.url).items()}
                asked = len(server.requests) - asked
    finally:
        schema.drop()
    few, many = NEW[1:]
    page_s = (cpu_s[many] - cpu_s[few]) / (many - few)
    idle, full = rows[0], rows[many]
    return CrawlCosts(
        idle_s=cpu_s[0],
        start_s=cpu_s[few] - few * page_s - cpu_s[0],
        page_s=page_s,
        memory_mb=max(peaks),
        requests=asked,
        crawl_rows={name: float(count) for name, count in idle.items() if count},
        article_rows={name: (full[name] - idle[name]) / many for name in full if full[name] > idle[name]},
    )


def _crawl(server: FleetServer, db: str, folder: Path) -> tuple[float, float]:
    """Processor seconds and MB at the peak."""
    task = asdict(Task(OUTLET.name, datetime.now(UTC).isoformat(), 0, str(folder / "archive"), db, 30.0))
    process = subprocess.Popen(
        [sys.executable, "-c", _COUNTED, json.dumps(task)],
        env=environment(WARRAQ_SPIDERS=str(folder / "sites"), **server.environment),
        stdout=subprocess.PIPE,
        text=True,
    )
    peak = [0.0]
    watch = threading.Thread(target=watch_memory, args=(process, peak), daemon=True)
    watch.start()
    out, _ = process.communicate()
    watch.join()
    counted = json.loads(out)
    assert counted["report"]["status"] == "done", counted
    print(
        f"crawl: {counted['cpu_s']:.2f} s, {peak[0]:.0f} MB, {counted['report']['line']}", file=sys.stderr, flush=True
    )
    return counted["cpu_s"], peak[0]


def _rows(url: str) -> dict[str, int]:
    """Rows of the archive by table."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            names = connection.scalars(
                text("select tablename from pg_tables where schemaname = current_schema()")
            ).all()
            return {name: connection.scalar(text(f"select count(*) from {name}")) or 0 for name in names}
    finally:
        engine.dispose()
