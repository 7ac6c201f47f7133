"""`warraq demo`: crawl a sample newspaper on loopback, to get an archive to try."""

import shlex
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.output.printing import console, print_json, table
from crawler.translation import _, counted, terminal_line
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.demo import Newspaper
    from crawler.demo.demo_state import DemoState
    from crawler.platforms.run_statistics import RunStatistics

FOLDER = Path("warraq-demo")
# Hours that the clock of each crawl is behind, for --next-day; those of the first day are demo_state.FIRST_DAY_H. After
# the first crawl revisits are due. The next two crawls, an hour and a day after pages were first missing, confirm
# their deletion.
NEXT_DAY_H = (26, 25, 1)
# Examples: a spelling that readers type and newspapers do not print; a phrase; one word without another.
SEARCHES = ("عاصفه", '"الجسر الأزرق"', "الميناء -عاصفة")
NO_PROXY = {"HTTPPROXY_ENABLED": False}  # the newspaper is on this machine, whatever proxy the network has


def demo(
    next_day: Annotated[
        bool, typer.Option("--next-day", help="Publish the next day: five new articles, two edits, one deletion.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again with an empty archive.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")] = False,
    as_json: options.Json = False,
    archive: Annotated[
        Path,
        typer.Option("--archive", metavar="DIR", help="Folder of the demo's archive.", show_default="./warraq-demo"),
    ] = FOLDER,
) -> None:
    """Crawl a sample Arabic newspaper, served on this machine.

    Shows what the archive makes of it. No network is needed. A second run finds nothing new; --next-day shows edits
    and deletions being noticed.

    For example:

        warraq demo && warraq demo --next-day
    """
    from crawler.demo import demo_state, serve
    from crawler.runs import summary

    if fresh:
        demo_state.remove(archive)
    state = demo_state.load(archive)
    hours: tuple[int, ...] = (state.behind_h,)
    if next_day and state.day < 2:
        hours = NEXT_DAY_H
        state = replace(state, day=2, behind_h=hours[-1])
    try:
        with serve(_newspaper(state), port=state.port) as server:
            state = replace(state, port=server.server_port)
            stats, run_ids = _crawls(archive, server.url, hours, quiet=quiet or as_json)
            requests = len(server.requests)
    except OSError as error:
        raise UsageError(
            message(
                "can't open port {port}, where the demo's newspaper was served before ({why}); free it, or begin "
                "again with --fresh",
                port=state.port,
                why=error.strerror,
            )
        ) from error
    if stats.status in ("done", "unhealthy"):
        demo_state.save(archive, state)
    if as_json:
        print_json({**summary.as_json(stats), "server_requests": requests})
    else:
        _print(archive, stats, run_ids, is_last_day=state.day > 1)
    raise typer.Exit(summary.exit_code([stats]))


def _newspaper(state: "DemoState") -> "Newspaper":
    from zoneinfo import ZoneInfo

    from crawler.demo import TIMEZONE, Newspaper

    began = datetime.fromisoformat(state.began)
    return Newspaper(began.astimezone(ZoneInfo(TIMEZONE)).date(), day=state.day, now=began)


def _crawls(archive: Path, url: str, hours: tuple[int, ...], *, quiet: bool) -> tuple["RunStatistics", list[int]]:
    """Make one crawl for each of `hours`; return the sum of their statistics, and the numbers of their runs."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    stats = _crawl(archive, url, hours[0], quiet)
    run_ids = [stats.run_id] if stats.run_id is not None else []
    # Scrapy can crawl once per process: each later crawl gets a process of its own.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as processes:
        for behind_h in hours[1:]:
            if stats.status != "done":
                break
            later = processes.submit(_crawl_in_own_process, archive, url, behind_h, quiet).result()
            for name in ("new", "changed", "same", "gone", "pages", "listings", "seconds"):
                setattr(stats, name, getattr(stats, name) + getattr(later, name))
            stats.budget.sent += later.budget.sent
            stats.budget.parts += later.budget.parts
            stats.status, stats.message, stats.archive_error = later.status, later.message, later.archive_error
            run_ids += [later.run_id] if later.run_id is not None else []
    return stats, run_ids


def _crawl(archive: Path, url: str, behind_h: int, quiet: bool) -> "RunStatistics":
    from crawler.demo import NAME, TIMEZONE
    from crawler.platforms import CategorySpider
    from crawler.runs import crawls
    from crawler.site import Site

    class Marfa(CategorySpider):
        site = Site("marfa", url, title=NAME, timezone=TIMEZONE, theme="jannah", delay_s=0.0)

    delay = timedelta(hours=behind_h)
    job = crawls.CrawlJob(
        [Marfa], archive, allow_hosts=("127.0.0.1",), clock=lambda: datetime.now(UTC) - delay, overrides=NO_PROXY
    )
    return crawls.crawl(job, quiet=quiet)[0]


def _crawl_in_own_process(archive: Path, url: str, behind_h: int, quiet: bool) -> "RunStatistics":
    """Crawl in a new process that waits for its extraction processes; a worker process would end without waiting."""
    import multiprocessing

    stats = _crawl(archive, url, behind_h, quiet)
    for process in multiprocessing.active_children():
        process.join(10)
    return stats


def _print(archive: Path, stats: "RunStatistics", run_ids: list[int], *, is_last_day: bool) -> None:
    from crawler.output.article_view import print_article, print_hit
    from storage import queries
    from storage.db.database import open_readonly
    from storage.filters import Filters
    from storage.search.engine import search

    out = console()
    engine = open_readonly(archive, None)
    where = f"--archive {shlex.quote(str(archive))}"
    rows: list[list[Any]] = [
        [_("pages fetched"), stats.requests],
        [_("articles new"), stats.new],
        [_("articles changed"), stats.changed],
        [_("articles same"), stats.same],
        [_("articles gone"), stats.gone],
        *([_("no article: {reason}").format(reason=_(name)), count] for name, count in sorted(stats.reasons.items())),
        [_("seconds"), f"{stats.seconds:.1f}"],
    ]
    out.print(table(_("صحيفة المرفأ, crawled"), [_("what"), _("how many")], rows, right=(1,)))
    events = [event for run_id in run_ids for event in queries.events(engine, run_id=run_id)]
    if events and not (stats.new and len(events) == stats.new and stats.new > 10):
        out.print()
        cells = [[_(event["event"]), event["id"], event["title"]] for event in events]
        out.print(table(_("What this run saw"), [_("event"), _("id"), _("headline")], cells, right=(1,)))
    first_hit = None
    for words in SEARCHES:
        results = search(engine, words, filters=Filters(), limit=3)
        out.print()
        out.print(f"$ warraq search '{words}' {where}", style="bold", markup=False, soft_wrap=True)
        # On a line of its own: terminals move a number that stands beside Arabic words.
        out.print(terminal_line(counted("{n:,} found", results.total)))
        for hit in results.hits:
            first_hit = first_hit or hit.id
            print_hit(out, hit)
    record = queries.article_by(engine, str(first_hit)) if first_hit is not None else None
    if record:
        out.print()
        out.print(f"$ warraq show {first_hit} {where}", style="bold", markup=False, soft_wrap=True)
        print_article(record)
    edited = next((event["id"] for event in events if event["event"] == "changed"), None)
    own = "" if archive == FOLDER else f" {where}"
    _print_next_commands(
        out,
        (
            f"demo {'--fresh' if is_last_day else '--next-day'}{own}",
            f"search 'المدينة' --section محليات {where}",
            f"history {edited or first_hit or 1} {where}",
            f"stats {where}",
            f"export - --section رياضة {where} | head -n 1",
            "sites",
        ),
    )


def _print_next_commands(out: "Console", commands: tuple[str, ...]) -> None:
    """Print commands that work when they are pasted into the shell that ran this one."""
    activation, program = _program_in_shell()
    out.print()
    out.print(terminal_line(_("Try next:")), style="bold")
    for line in (*activation, *(f"{program} {command}" for command in commands)):
        out.print(f"  {line}", markup=False, soft_wrap=True)


def _program_in_shell() -> tuple[tuple[str, ...], str]:
    """Return the line that a shell must run first, or None, and the name by which it then finds this program.

    That line activates the virtual environment whose bin folder is not on PATH. Where the program has no script, the
    name is `python -m crawler` with the path of this Python.
    """
    scripts = Path(sys.prefix) / "bin"
    import shutil

    on_path = shutil.which("warraq")
    if on_path is not None and (sys.prefix == sys.base_prefix or Path(on_path).parent == scripts):
        return (), "warraq"
    activate = scripts / "activate"
    if activate.exists() and (scripts / "warraq").exists():
        path = activate.relative_to(Path.cwd()) if activate.is_relative_to(Path.cwd()) else activate
        return (f". {shlex.quote(str(path))}",), "warraq"
    return (), f"{shlex.quote(sys.executable)} -m crawler"
