"""`warraq schedule`: enqueue the sites that are due for the fleet."""

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands import choices, options
from crawler.output.printing import print_json_line
from crawler.output.stderr_lines import print_notice
from crawler.translation import _, terminal_line
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from crawler.fleet.scheduling import Round

LEAST_S = 1.0


def schedule(
    country: choices.Country = None,
    group: choices.Group = None,
    exclude: choices.Exclude = None,
    file: choices.SitesFile = None,
    mine: choices.Mine = False,
    every: Annotated[
        str | None,
        typer.Option("--every", metavar="TIME", help="Again and again, so long after one another: 5m. Else once."),
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Enqueue a crawl of each site that is due, for `warraq worker` on any machine. The archive is in PostgreSQL.

    What is due follows from how much was new, as for `warraq crawl --due`. A site that waits or is being crawled
    already is not enqueued again, so that several schedules, or one on each machine, do no harm. Without --every it is
    for cron. With it, each round prints a line, or with --json an object. Makes the archive and the fleet's tables
    where there are none.

    For example:

        warraq schedule --db postgresql+psycopg://warraq@db/news

        warraq schedule --every 5m --group agencies
    """
    seconds = options.duration(every, "--every")
    if seconds is not None and seconds < LEAST_S:
        raise UsageError(message("--every {every} is too short; give it 1s at least", every=every))
    import asyncio

    from crawler.fleet.requirements import fleet_engine

    engine = fleet_engine(archive, db)
    from crawler.fleet.job_queue import JobQueue
    from crawler.fleet.outages import as_archive_errors
    from crawler.fleet.scheduling import enqueue_due
    from crawler.registry import declared_sites, site_choice
    from storage.archive import Archive

    declared = declared_sites.declared()
    spiders = site_choice.choose(choices.site_choice(country, group, exclude, file, mine), [], declared)
    for broken in declared.broken.values():
        line = message("left out {path}, which does not import: {error}", path=broken.path, error=broken.error)
        print_notice(line)
    Archive.open(archive, db).close()

    async def rounds() -> None:
        async with JobQueue(engine) as queue:
            while True:
                _print(await enqueue_due(queue, spiders, archive, str(db), datetime.now(UTC)), as_json=as_json)
                if seconds is None:
                    return
                await asyncio.sleep(seconds)

    with as_archive_errors(engine):
        asyncio.run(rounds())


def _print(result: "Round", *, as_json: bool) -> None:
    if as_json:
        print_json_line(result.as_json())
    else:
        print(terminal_line(_(result.line() if result.notice is None else result.notice)))
    sys.stdout.flush()
