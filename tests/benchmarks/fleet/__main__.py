"""Faults of a fleet: three workers are killed, stopped and cut off.

python -m tests.benchmarks.fleet [--sites N] [--seed N] [--write]

Every site is due, a schedule enqueues due sites repeatedly, and every few seconds there is a fault: a worker or a crawl
is killed, a worker is stopped for three heartbeats, or every connection to the database is cut. It ends when
all are crawled. Needs the PostgreSQL of the tests (WARRAQ_TEST_POSTGRES).
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.cron_day import DOCUMENT
from tests.benchmarks.document import replace_section
from tests.support.fleet.databases import fleet_rows, without_fleet
from tests.support.fleet.outlets_by_clock import EPOCH, Outlet, serve_fleet, url_of
from tests.support.fleet.site_files import Fleet, write_site
from tests.support.made_databases import Schema

POSTGRES = os.environ.get("WARRAQ_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
WORKERS, HEARTBEAT_S, FAULT_S, SCHEDULE_S = 3, 10, 8.0, 15.0
DELAY_S = 0.5  # so that a crawl lasts long enough to be struck
PUBLISHED = timedelta(hours=3)  # eight articles a site
FAULTS = ("worker killed", "crawl killed", "worker stopped", "connections cut")
_CUT = (
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and application_name = :name"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the figures into the document. 1: something was lost, doubled or overlapped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    outlets = [Outlet(f"outlet_{n:03}") for n in range(options.sites)]
    schema = Schema(POSTGRES)
    with tempfile.TemporaryDirectory() as folder, serve_fleet(outlets, EPOCH + PUBLISHED) as server:
        for outlet in outlets:
            write_site(Path(folder) / "sites", outlet.name, delay_s=DELAY_S)
        url = f"{schema.url}&application_name={schema.name}"
        with without_fleet(schema.url):
            trial = _Trial(Fleet(Path(folder), url, server, HEARTBEAT_S), options.at_once, random.Random(options.seed))
            lines, wrong = trial.run(outlets)
    schema.drop()
    print("\n".join(lines))
    if options.write:
        replace_section(DOCUMENT, "fleet faults", "\n".join(lines))
    return 1 if wrong else 0


UNKNOWN: dict[str, object] = {}


def held_jobs(jobs: Sequence[Mapping[str, object]], worker: object) -> bool:
    """Whether a worker may still have a job. One that waits again keeps the name of the worker that had it."""
    return any(job is UNKNOWN or (job["worker_id"] == worker and job["status"] == "doing") for job in jobs)


class _Trial:
    def __init__(self, fleet: Fleet, at_once: int, chance: random.Random) -> None:
        self._fleet, self._at_once, self._chance = fleet, at_once, chance
        self._workers: list[subprocess.Popen[str]] = []
        self._struck = Counter[str]()
        self._redone: list[float] = []
        self._ended = threading.Event()
        self._began = time.monotonic()

    def run(self, outlets: Sequence[Outlet]) -> tuple[list[str], bool]:
        """The table, and whether a promise was broken."""
        self._fleet.schedule()
        began = time.monotonic()
        self._workers = [self._worker() for _ in range(WORKERS)]
        schedule = threading.Thread(target=self._schedule, daemon=True)
        schedule.start()
        next_fault = time.monotonic() + FAULT_S
        while self._jobs():
            if time.monotonic() > next_fault and self._all_live():
                self._strike()
                next_fault = time.monotonic() + FAULT_S
            time.sleep(0.5)
        seconds = time.monotonic() - began
        self._ended.set()
        for worker in self._workers:
            worker.send_signal(signal.SIGTERM)
        for worker in self._workers:
            worker.wait(60)
        schedule.join()
        return self._figures(outlets, seconds)

    def _worker(self) -> "subprocess.Popen[str]":
        process = self._fleet.start_worker("--at-once", str(self._at_once))
        threading.Thread(target=lambda: [None for _ in process.stdout or ()], daemon=True).start()
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        """Print the lines of a worker's stderr with their time."""
        for line in process.stderr or ():
            print(
                f"{time.monotonic() - self._began:6.1f} s, {process.pid}: {line.rstrip()}", file=sys.stderr, flush=True
            )

    def _schedule(self) -> None:
        while not self._ended.wait(SCHEDULE_S):
            with suppress(AssertionError):  # its connections, too, are cut; the next round is soon
                self._fleet.schedule()

    def _jobs(self) -> list[dict[str, object]]:
        with suppress(Exception):
            return fleet_rows(
                self._fleet.db,
                "select id, worker_id, status::text from procrastinate_jobs where status in ('todo', 'doing')",
            )
        return [UNKNOWN]  # the connection was cut

    def _all_live(self) -> bool:
        """Whether every worker has entered: to start one takes long on a busy machine, and one has to be left alive."""
        pids = {worker.pid for worker in self._workers}
        with suppress(Exception):
            return pids <= {row["pid"] for row in fleet_rows(self._fleet.db, "select pid from warraq_workers")}
        return False

    def _strike(self) -> None:
        fault, place = self._chance.choice(FAULTS), self._chance.randrange(WORKERS)
        worker = self._workers[place]
        self._struck[fault] += 1
        print(f"{time.monotonic() - self._began:6.1f} s, {worker.pid}: {fault}", file=sys.stderr, flush=True)
        if fault == "worker killed":
            self._kill(place)
        elif fault == "crawl killed":
            children = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text().split()
            with suppress(ProcessLookupError, IndexError):
                os.kill(int(self._chance.choice(children)), signal.SIGKILL)
        elif fault == "worker stopped":
            worker.send_signal(signal.SIGSTOP)
            time.sleep(3 * HEARTBEAT_S)
            worker.send_signal(signal.SIGCONT)
        else:
            with suppress(Exception):
                fleet_rows(self._fleet.db, _CUT, name=self._fleet.db.rpartition("=")[2])

    def _kill(self, place: int) -> None:
        """Kill a worker, measure when its jobs are taken from it, and begin another one."""
        worker = self._workers[place]
        ids = [
            row["worker_id"]
            for row in fleet_rows(
                self._fleet.db, "select worker_id from warraq_workers where pid = :pid", pid=worker.pid
            )
        ]
        worker.kill()
        began = time.monotonic()
        if ids and held_jobs(self._jobs(), ids[-1]):
            while held_jobs(self._jobs(), ids[-1]):
                time.sleep(0.1)
            self._redone.append(time.monotonic() - began)
            print(
                f"{time.monotonic() - self._began:6.1f} s: redone after {self._redone[-1]:.1f} s",
                file=sys.stderr,
                flush=True,
            )
        self._workers[place] = self._worker()

    def _figures(self, outlets: Sequence[Outlet], seconds: float) -> tuple[list[str], bool]:
        server, db = self._fleet.server, self._fleet.db
        kept = Counter(row["url"] for row in fleet_rows(db, "select url from articles"))
        published = {url_of(outlet, n) for outlet in outlets for n in range(outlet.newest(server.at) + 1)}
        runs = Counter(row["status"] for row in fleet_rows(db, "select status from runs"))
        lost, doubled = len(published - kept.keys()), sum(count - 1 for count in kept.values())
        overlaps = server.interleaved()
        failed = len(fleet_rows(db, "select 1 from warraq_failures"))
        slowest = max(self._redone, default=0.0)
        faults = ", ".join(f"{self._struck[fault]} × {fault}" for fault in FAULTS)
        statuses = ", ".join(f"{count} {status}" for status, count in sorted(runs.items()))
        lines = [
            f"| {len(outlets)} sites, {WORKERS} workers of {self._at_once} crawls, {seconds:.0f} s | |",
            "| --- | --- |",
            f"| faults | {faults} |",
            f"| runs | {statuses} |",
            f"| articles that were published, lost, doubled | {len(published)}, {lost}, {doubled} |",
            f"| requests, and how often two crawls asked a host at the same time | {len(server.requests)}, {overlaps} |",
            f"| jobs of a killed worker wait again, at the latest | {slowest:.1f} s (two heartbeats: {2 * HEARTBEAT_S} s) |",
            f"| jobs that failed | {failed} |",
        ]
        return lines, bool(lost or doubled or overlaps or slowest > 2 * HEARTBEAT_S)


if __name__ == "__main__":
    sys.exit(main())
