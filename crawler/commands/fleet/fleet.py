"""`warraq fleet`: show the workers and the queue of crawls; pause, resume and drain them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import print_json
from crawler.output.stderr_lines import print_notice
from crawler.translation import _, counted, terminal_cell, terminal_line
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from crawler.fleet.fleet_state import FleetState

app = typer.Typer(invoke_without_command=True)
UNATTENDED = 1  # docs/exit-codes.md


@app.callback()
def fleet(
    context: typer.Context,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show the workers that crawl for the archive, what waits for them, and which sites are late or fail.

    A worker is dead that has said nothing for one and a half heartbeats. A site is late that is due for longer than its
    interval. Exit code 1: something waits, and no worker lives.

    For example:

        warraq fleet

        warraq fleet --json --db postgresql+psycopg://warraq@db/news
    """
    if context.invoked_subcommand is not None:
        return
    from crawler.fleet.requirements import fleet_engine

    engine = fleet_engine(archive, db)
    from crawler.fleet.fleet_state import fleet_state
    from crawler.registry import declared_sites
    from crawler.runs.due_sites import known_schedules

    declared = list(declared_sites.declared().spiders)
    state = fleet_state(engine, declared, known_schedules(archive, db), datetime.now(UTC))
    if as_json:
        print_json(state.as_json())
    else:
        _print(state)
    raise typer.Exit(UNATTENDED if state.is_unattended else 0)


@app.command("pause")
def pause(as_json: options.Json = False, archive: options.Archive = options.ARCHIVE, db: options.Db = None) -> None:
    """Have every worker begin no further crawl. Those that run go on to their end.

    For example:

        warraq fleet pause
    """
    from crawler.fleet.requirements import fleet_engine

    engine = fleet_engine(archive, db)
    from crawler.fleet.fleet_state import set_paused

    set_paused(engine, paused=True)
    _answer({"paused": True}, _("paused; `warraq fleet resume` ends it"), as_json=as_json)


@app.command("resume")
def resume(as_json: options.Json = False, archive: options.Archive = options.ARCHIVE, db: options.Db = None) -> None:
    """Have the workers begin crawls again.

    For example:

        warraq fleet resume
    """
    from crawler.fleet.requirements import fleet_engine

    engine = fleet_engine(archive, db)
    from crawler.fleet.fleet_state import set_paused

    set_paused(engine, paused=False)
    _answer({"paused": False}, _("resumed"), as_json=as_json)


@app.command("drain")
def drain(
    workers: Annotated[
        list[int] | None, typer.Argument(metavar="WORKER…", help="Ids, as `warraq fleet` shows them; without any, all.")
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """End workers in order, as SIGTERM does: their crawls end, and other workers go on with them.

    They obey within a heartbeat. What restarts them, such as systemd, begins them anew.

    For example:

        warraq fleet drain 12 13
    """
    from crawler.fleet.requirements import fleet_engine

    engine = fleet_engine(archive, db)
    from crawler.fleet.fleet_state import drain as drain_workers

    drained = drain_workers(engine, workers or ())
    if missing := sorted(set(workers or ()) - set(drained)):
        raise UsageError(
            message("there is no worker {names}; `warraq fleet` lists them", names=", ".join(map(str, missing)))
        )
    count = len(drained)
    line = counted("{n} workers are ending", count) if count != 1 else _("1 worker is ending")
    _answer({"ending": sorted(drained)}, line, as_json=as_json)


def _answer(values: dict[str, Any], words: str, *, as_json: bool) -> None:
    if as_json:
        print_json(values)
    else:
        print(terminal_line(words))


def _print(state: "FleetState") -> None:
    from rich.table import Table

    from crawler.output.printing import console

    headings = (_("worker"), _("status"), _("where"), _("last heard of"), _("groups"), _("crawls"))
    table = Table(*map(terminal_cell, headings))
    now = datetime.now(UTC)
    for worker in state.workers:
        silence = _("{seconds:.0f} s ago").format(seconds=max(0.0, (now - worker.last_heartbeat).total_seconds()))
        slots = _("{n} of {most}").format(n=len(worker.sites), most=worker.at_once)
        crawls = " ".join([terminal_cell(slots), *worker.sites])
        where = f"{worker.host}:{worker.pid}"
        status, groups = terminal_cell(_(worker.status)), ",".join(worker.groups) or terminal_cell(_("all"))
        table.add_row(str(worker.id), status, where, terminal_cell(silence), groups, crawls)
    console().print(table)
    counts = {"waiting": state.waiting, "running": state.running, "due": state.due, "late": state.late}
    print(terminal_line(_(", ").join(f"{len(sites)} {_(word)}" for word, sites in counts.items())))
    if state.paused_at is not None:
        line = _("paused since {at:%Y-%m-%d %H:%M} UTC; `warraq fleet resume` ends it")
        print(terminal_line(line.format(at=state.paused_at)))
    if state.newer:
        print(terminal_line(_("for newer workers: {sites}").format(sites=", ".join(state.newer))))
    for site, why in state.failing.items():
        print(terminal_line(_("failing: {site}: {why}").format(site=site, why=why)))
    if state.is_unattended:
        line = _("crawls wait and no worker lives: start one with `warraq worker`")
        print_notice(line)
