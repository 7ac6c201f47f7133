"""The process that crawls one site for a worker: `python -m crawler.fleet.crawl_process`, with a `Task` on stdin.

It holds the fences of the site and of its host for as long as it crawls, and one delay longer. When it has ended it
prints a line of JSON, a `CrawlReport`. It ends in order when its worker dies, and the kernel kills it before its worker
where memory runs out.
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
_OOM_SCORE = "500"  # of 1000; the kernel kills the process with the highest
_TRY_S = 0.2  # between two tries to get a fence


@dataclass(frozen=True, slots=True)
class Task:
    """What to crawl, and how. worker: its process. wait_s: so long may another process hold the fence.

    log_format, log_file: as of `warraq crawl`. warc_size: as its option, such as "1G".
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
    """How a crawl ended. status: of the run, or "busy" (another process kept the fence), or "refused".

    message: why, where it is not done. line: for people. run: as of `crawl --json`; None: nothing was crawled.
    """

    status: str
    message: str | None = None
    line: str | None = None
    run: dict[str, object] | None = None


def main() -> None:
    """Crawl as stdin says, and report on stdout."""
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
    """Have the kernel send SIGTERM, by which a crawl ends in order, when the worker ends for whatever reason."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != worker:
        sys.exit(summary.EXIT_INTERRUPTED)


def _crawl(task: Task, held: ExitStack) -> CrawlReport:
    """Crawl in a process that has done so never before. held: gets the fences, to be given back after the report."""
    order = CrawlOrder(task.site, datetime.fromisoformat(task.enqueued_at))
    spider = declared_sites.declared_site(order.site)
    if spider is None:
        raise UsageError(message("no site file of this worker declares {site}, or it does not import", site=order.site))
    require_contact([spider.site.home], task.allow_hosts)
    folder = Path(task.folder)
    Archive.open(folder, task.db).close()  # made or upgraded before the fence is asked for
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
    """Take the fences of the site's host and of the site; False: another process has kept one for so long."""
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
