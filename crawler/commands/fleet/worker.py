"""`warraq worker`: run the crawls of the fleet's queue."""

import signal
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands import choices, options
from crawler.output.printing import print_json_line
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from crawler.fleet.crawl_process import CrawlReport

LEAST_HEARTBEAT_S = 0.5
INTERRUPTED = 4  # docs/exit-codes.md


def worker(
    context: typer.Context,
    group: choices.Group = None,
    at_once: Annotated[
        int,
        typer.Option("--at-once", metavar="N", min=1, help="Crawl so many sites at the same time, each in a process."),
    ] = 4,
    once: Annotated[bool, typer.Option("--once", help="End when nothing waits.")] = False,
    time_limit: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help="Drain when this time is up: 50m, 90s, 1h30m.")
    ] = None,
    heartbeat: Annotated[
        str,
        typer.Option(
            "--heartbeat", metavar="TIME", help="The crawls of a worker that is dead are redone within twice this time."
        ),
    ] = "10s",
    warc_size: options.WarcSize = None,
    allow_host: options.AllowHost = None,
    log_format: options.LogFormat = None,
    log_file: options.LogFile = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Crawl what `warraq schedule` has enqueued, until a signal. Any number of workers on any machines share the queue.

    Each crawl is a process of its own, so that one that runs out of memory costs that crawl alone. SIGTERM or Ctrl-C
    drains: no further site is begun, and the crawls that run end in order; a worker goes on with them later. A second
    signal ends them at once. Prints a line, with --json an object, for each crawl that has ended.

    Exit codes: 0 done, the time was up, or drained while nothing ran; 4 crawls were cut short, another worker goes on
    with them; 5 the archive or its database refused.

    For example:

        warraq worker --db postgresql+psycopg://warraq@db/news --archive /srv/warraq

        warraq worker --group agencies --at-once 2 --for 50m
    """
    seconds, heartbeat_s = options.duration(time_limit, "--for"), options.duration(heartbeat, "--heartbeat") or 0.0
    if heartbeat_s < LEAST_HEARTBEAT_S:
        raise UsageError(message("--heartbeat {heartbeat} is too short; give it 1s at least", heartbeat=heartbeat))
    import asyncio

    from crawler.fleet.requirements import fleet_engine

    engine = fleet_engine(archive, db)
    from crawler.fleet.crawl_order import queue_of
    from crawler.fleet.fleet_worker import FleetWorker, WorkerSettings
    from crawler.fleet.job_queue import JobQueue
    from crawler.fleet.outages import as_archive_errors
    from crawler.registry import declared_sites, site_choice
    from storage.archive import Archive
    from storage.warc.writer import warc_bytes

    warc_bytes(warc_size)
    choice = choices.site_choice(None, group, None, None, False)
    queues = None
    if choice.groups:
        chosen = site_choice.choose(choice, [], declared_sites.declared())
        queues = tuple(sorted({queue_of(spider.site.groups) for spider in chosen}))
    options.start_log(context, log_format, log_file)
    Archive.open(archive, db).close()
    settings = WorkerSettings(
        archive,
        str(db),
        queues,
        choice.groups,
        at_once,
        heartbeat_s,
        once,
        seconds,
        tuple(allow_host or ()),
        warc_size,
        log_format,
        log_file,
    )

    async def work() -> int:
        async with JobQueue(engine) as queue:
            fleet_worker = FleetWorker(queue, settings, lambda site, report: _print(site, report, as_json=as_json))
            for number in (signal.SIGTERM, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, fleet_worker.stop)
            await fleet_worker.run()
            return fleet_worker.cut_short

    with as_archive_errors(engine):
        cut_short = asyncio.run(work())
    raise typer.Exit(INTERRUPTED if cut_short and seconds is None else 0)


def _print(site: str, report: "CrawlReport", *, as_json: bool) -> None:
    if as_json:
        print_json_line({"site": site, "status": report.status, "message": report.message, "run": report.run})
    else:
        print(report.line or f"{site}: {report.status}: {report.message}", flush=True)
