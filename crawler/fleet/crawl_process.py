"""The process that crawls one site for a worker: `python -m crawler.fleet.crawl_process`, with a `Task` on stdin.

It holds the fences (advisory locks) of the site and its host while it crawls, and one delay longer. At the end it
prints a `CrawlReport` as one line of JSON. If its worker dies, it ends in order. If memory runs out, the kernel kills
it before its worker.
"""

import ctypes
import os
import signal
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import orjson

from crawler.contact import require_contact
from crawler.fleet.crawl_order import CrawlOrder
from crawler.output import log_lines
from crawler.platforms.base import SiteSpider
from crawler.platforms.run_statistics import RunStatistics
from crawler.registry import declared_sites
from crawler.runs import crawls, due_sites, summary
from crawler.runs.turns import site_fence
from crawler.site import Site
from storage.archive import Archive
from storage.db.advisory_locks import AdvisoryLocks
from storage.db.database import connect
from storage.db.database_url import archive_url
from storage.errors import UsageError, WarraqError
from storage.messages import message
from storage.queries.run_history import crawled_since
from storage.warc.writer import warc_bytes

_PR_SET_PDEATHSIG = 1
_OOM_SCORE = "500"  # of 1000; the kernel kills the process with the highest score first
_TRY_S = 0.2  # between two attempts to acquire a fence


@dataclass(frozen=True, slots=True)
class Task:
    """What to crawl, and how. worker: the worker's process id. wait_s: how long to wait for a fence that is held.

    log_format, log_file, warc_size: as the options of `warraq crawl`.
    """

    site: str
    enqueued_at: str
    worker: int
    folder: str
    db: str
    wait_s: float
    allow_hosts: tuple[str, ...] = ()
    warc_size: str | None = None
    log_format: str | None = None
    log_file: str | None = None


@dataclass(frozen=True, slots=True)
class CrawlReport:
    """How a crawl ended. status: the run's, or "busy" (another process held the fence), or "refused".

    message: why it is not done. line: summary for people. run: as in `crawl --json`; None if nothing was crawled.
    """

    status: str
    message: str | None = None
    line: str | None = None
    run: dict[str, object] | None = None


def main() -> None:
    """Run the task on stdin, and print the report on stdout."""
    task = Task(**orjson.loads(sys.stdin.buffer.readline()))
    _die_with(task.worker)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE, encoding="ascii")
    with ExitStack() as fences:
        try:
            report = _crawl(task, fences)
        except WarraqError as error:
            report = CrawlReport("refused", str(error))
        with suppress(BrokenPipeError):  # the worker has died
            os.write(sys.stdout.fileno(), orjson.dumps(asdict(report)) + b"\n")


def _die_with(worker: int) -> None:
    """Have the kernel send SIGTERM when the worker ends for any reason; the crawl then ends in order."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != worker:
        sys.exit(summary.EXIT_INTERRUPTED)


def _crawl(task: Task, held: ExitStack) -> CrawlReport:
    """Crawl; possible once in a process. held: the fences are added to it, to be released after the report."""
    order = CrawlOrder(task.site, datetime.fromisoformat(task.enqueued_at))
    spider = declared_sites.declared_site(order.site)
    if spider is None:
        raise UsageError(message("no site file of this worker declares {site}, or it does not import", site=order.site))
    require_contact([spider.site.home], task.allow_hosts)
    folder = Path(task.folder)
    Archive.open(folder, task.db).close()  # create or upgrade it before the fence is acquired
    engine = connect(archive_url(folder, task.db), folder=folder)
    fences = held.enter_context(AdvisoryLocks(engine))
    if not _take_fences(fences, spider.site, task.wait_s):
        return CrawlReport("busy", f"another process is crawling {spider.site.name}, or another site of its host")
    if crawled_since(engine, order.site, order.enqueued_at, now=datetime.now(UTC)):
        return CrawlReport("skipped", f"{order.site} was crawled since it was enqueued; nothing was done")
    run = _crawl_fenced(task, spider, fences)
    held.callback(time.sleep, max(spider.site.delay_s, run.crawl_delay_s))  # the next crawl of the host begins after it
    status = "refused" if run.archive_error is not None else run.status
    return CrawlReport(status, run.message, summary.summary_line(run), summary.as_json(run))


def _take_fences(fences: AdvisoryLocks, site: Site, wait_s: float) -> bool:
    """Acquire the fences of the site's host and of the site; False if another process holds one for wait_s seconds."""
    until = time.monotonic() + wait_s
    for name in (f"host:{site.host}", site_fence(site.name)):
        while not fences.acquire(name):
            if time.monotonic() > until:
                return False
            time.sleep(_TRY_S)
    return True


def _crawl_fenced(task: Task, spider: type[SiteSpider], fences: AdvisoryLocks) -> RunStatistics:
    folder = Path(task.folder)
    schedules = due_sites.known_schedules(folder, task.db)
    chosen = due_sites.select_due([spider], schedules, datetime.now(UTC), only_due=False)
    log_file = Path(task.log_file) if task.log_file else None
    with log_lines.log_lines("json" if task.log_format == "json" else "text", log_file):
        job = crawls.CrawlJob(
            chosen.spiders,
            folder,
            task.db,
            paused=chosen.paused | due_sites.taken_down(folder, task.db, chosen.spiders),
            allow_hosts=task.allow_hosts,
            overrides={"LOG_INSTALL_ROOT_HANDLER": False},
            warc_bytes=warc_bytes(task.warc_size),
            fences=fences,
        )
        (run,) = crawls.crawl(job, quiet=True)
    return run


if __name__ == "__main__":
    main()
