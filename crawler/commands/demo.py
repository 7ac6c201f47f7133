"""`warraq demo`: a sample newspaper on loopback, crawled for real, so that the archive can be tried at once."""

import json
import multiprocessing
import shlex
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.errors import ArchiveError, UsageError
from crawler.output.printing import console, print_json, table

FOLDER = Path("warraq-demo")
# A spelling that readers type and no newspaper prints; a phrase; one word without another.
# The next day has not come yet: the crawls' clock is set forward, so that second looks are due. The later ones are
# those that believe a deletion: an hour, and a day, after the page was first missed.
NEXT_DAY_H = (24, 25, 49)
SEARCHES = ("عاصفه", '"الجسر الأزرق"', "الميناء -عاصفة")


@dataclass(frozen=True, slots=True)
class State:
    """What must stay the same from run to run, so that the newspaper's pages do: kept in the demo's folder.

    port: the newspaper's. began: the first run, ISO 8601. day: which of its days it shows. ahead_h: hours by which the
    crawls' clock is set forward, never back.
    """

    port: int
    began: str
    day: int
    ahead_h: int = 0


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
    from crawler.demo import serve

    if fresh:
        _remove(archive)
    state = _load(archive)
    hours: tuple[int, ...] = (state.ahead_h,)
    if next_day and state.day < 2:
        hours = NEXT_DAY_H
        state = replace(state, day=2, ahead_h=hours[-1])
    newspaper = _newspaper(state)
    try:
        with serve(newspaper, port=state.port) as server:
            state = replace(state, port=server.server_port)
            outcome, run_ids = _crawls(archive, server.url, hours, quiet=quiet or as_json)
            asked = len(server.requests)
    except OSError as error:
        raise UsageError(
            f"port {state.port}, where the demo's archive says its newspaper is, can't be opened ({error.strerror}); "
            "free it, or begin again with --fresh"
        ) from error
    if outcome.status in ("done", "unhealthy"):
        _store(archive, state)
    if as_json:
        print_json({**outcome.as_json(), "server_requests": asked})
    else:
        _tell(archive, outcome, run_ids, is_last_day=state.day > 1)
    raise typer.Exit(outcome.exit_code)


def _newspaper(state: State) -> Any:
    from zoneinfo import ZoneInfo

    from crawler.demo import Newspaper
    from crawler.demo.newspaper import TIMEZONE

    began = datetime.fromisoformat(state.began)
    return Newspaper(began.astimezone(ZoneInfo(TIMEZONE)).date(), day=state.day, now=began)


def _crawls(archive: Path, url: str, hours: tuple[int, ...], *, quiet: bool) -> tuple[Any, list[int]]:
    """Crawl once for each of the hours ahead: what they came to together, and their runs."""
    outcome = _crawl(archive, url, hours[0], quiet)
    run_ids = [outcome.run_id] if outcome.run_id is not None else []
    # A process can crawl once, so that each later crawl gets its own.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as processes:
        for ahead_h in hours[1:]:
            if outcome.status != "done":
                break
            later = processes.submit(_crawl_apart, archive, url, ahead_h, quiet).result()
            for name in ("new", "changed", "same", "gone", "pages", "listings", "requests", "seconds"):
                setattr(outcome, name, getattr(outcome, name) + getattr(later, name))
            outcome.status, outcome.message, outcome.archive_error = later.status, later.message, later.archive_error
            run_ids += [later.run_id] if later.run_id is not None else []
    return outcome, run_ids


def _crawl(archive: Path, url: str, ahead_h: int, quiet: bool) -> Any:
    from crawler.demo.newspaper import NAME, TIMEZONE
    from crawler.platforms import CategorySpider
    from crawler.runs import crawls
    from crawler.site import Site

    class Marfa(CategorySpider):
        site = Site("marfa", url, title=NAME, timezone=TIMEZONE, theme="jannah", delay_s=0.0)

    ahead = timedelta(hours=ahead_h)
    plan = crawls.CrawlJob(
        [Marfa], archive, allow_hosts=("127.0.0.1",), clock=lambda: datetime.now(UTC) + ahead, overrides=NO_PROXY
    )
    return crawls.crawl(plan, quiet=quiet)[0]


def _crawl_apart(archive: Path, url: str, ahead_h: int, quiet: bool) -> Any:
    """In a process of its own, which, unlike a program, ends without waiting for the reading processes it made."""
    outcome = _crawl(archive, url, ahead_h, quiet)
    for reader in multiprocessing.active_children():
        reader.join(10)
    return outcome


NO_PROXY = {"HTTPPROXY_ENABLED": False}  # the newspaper is on this machine, whatever proxy the network has


def _load(folder: Path) -> State:
    path = folder / "demo.json"
    try:
        return State(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder} holds something else than the demo's archive; name another folder") from None
        return State(0, datetime.now(UTC).isoformat(timespec="seconds"), 1)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{path} is damaged ({error}); begin again with --fresh") from error
    except OSError as error:
        raise ArchiveError(f"cannot read {path}: {error.strerror}") from error


def _store(folder: Path, state: State) -> None:
    try:
        (folder / "demo.json").write_text(json.dumps(asdict(state)), encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"cannot write {folder / 'demo.json'}: {error.strerror}") from error


def _remove(folder: Path) -> None:
    if not folder.exists():
        return
    if not (folder / "demo.json").exists():
        raise UsageError(f"{folder} is not a demo's archive; it is left alone")
    shutil.rmtree(folder)


def _tell(archive: Path, outcome: Any, run_ids: list[int], *, is_last_day: bool) -> None:
    from crawler.output.article_view import print_article, print_hit
    from storage.db.database import open_for_reading
    from storage.filters import Filters
    from storage.queries import article_queries
    from storage.search.engine import search

    out = console()
    engine = open_for_reading(archive, None)
    rows: list[list[Any]] = [
        ["pages fetched", outcome.requests],
        ["articles new", outcome.new],
        ["articles changed", outcome.changed],
        ["articles same", outcome.same],
        ["articles gone", outcome.gone],
        *([f"no article: {name}", count] for name, count in sorted(outcome.reasons.items())),
        ["seconds", f"{outcome.seconds:.1f}"],
    ]
    out.print(table("صحيفة المرفأ, crawled", ["what", "how many"], rows, right=(1,)))
    events = [event for run_id in run_ids for event in article_queries.events(engine, run_id=run_id)]
    if events and not (outcome.new and len(events) == outcome.new and outcome.new > 10):
        out.print()
        cells = [[event["event"], event["id"], event["title"]] for event in events]
        out.print(table("What this run saw", ["event", "id", "headline"], cells, right=(1,)))
    shown = None
    where = f"--archive {shlex.quote(str(archive))}"
    for words in SEARCHES:
        results = search(engine, words, filters=Filters(), limit=3)
        out.print()
        out.print(f"$ warraq search '{words}' {where}", style="bold", markup=False, soft_wrap=True)
        # On a line of its own: beside Arabic words a number changes its place.
        out.print(f"{results.total} found")
        for hit in results.hits:
            shown = shown or hit.id
            print_hit(out, hit)
    record = article_queries.article_by(engine, str(shown)) if shown is not None else None
    if record:
        out.print()
        out.print(f"$ warraq show {shown} {where}", style="bold", markup=False, soft_wrap=True)
        print_article(record)
    edited = next((event["id"] for event in events if event["event"] == "changed"), None)
    out.print()
    out.print("Try next:", style="bold")
    for command in (
        *_activation(),
        f"warraq demo {'--fresh' if is_last_day else '--next-day'}" + ("" if archive == FOLDER else f" {where}"),
        f"warraq search 'المدينة' --section محليات {where}",
        f"warraq history {edited or shown or 1} {where}",
        f"warraq stats {where}",
        f"warraq export - --section رياضة {where} | head -n 1",
        "warraq sites",
    ):
        out.print(f"  {command}", markup=False, soft_wrap=True)


def _activation() -> list[str]:
    """The line that puts `warraq` on the PATH, where a virtual environment has it and the shell does not yet."""
    script = Path(sys.prefix) / "bin/activate"
    if shutil.which("warraq") or not script.is_file():
        return []
    near = script.relative_to(Path.cwd()) if script.is_relative_to(Path.cwd()) else script
    return [f". {shlex.quote(str(near))}"]
