"""`warraq demo`: a sample newspaper on loopback, crawled for real, so that the archive can be tried at once."""

import json
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.commands.printing import console, marked, print_json, table
from crawler.errors import ArchiveError, UsageError

FOLDER = Path("warraq-demo")
# A spelling that readers type and no newspaper prints; a phrase; one word without another.
SEARCHES = ("عاصفه", '"الجسر الأزرق"', "الميناء -عاصفة")


@dataclass(frozen=True, slots=True)
class State:
    """What must stay the same from run to run, so that the newspaper's pages do: kept in the demo's folder.

    port: the newspaper's. began: the first run, ISO 8601. day: which of its days it shows.
    """

    port: int
    began: str
    day: int


def demo(
    next_day: Annotated[
        bool, typer.Option("--next-day", help="Publish the next day: five new articles, two edits, one deletion.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin again with an empty archive.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on stderr.")] = False,
    as_json: options.Json = False,
    archive: Annotated[
        Path, typer.Option("--archive", help="Folder of the demo's archive.", show_default="./warraq-demo")
    ] = FOLDER,
) -> None:
    """Serve a sample Arabic newspaper on this machine, crawl it, and show what the archive makes of it.

    No network is needed. A second run finds nothing new; --next-day shows edits and deletions being noticed.

    For example:

        warraq demo && warraq demo --next-day
    """
    from crawler.demo import serve

    if fresh:
        _remove(archive)
    state = _load(archive)
    if next_day:
        state = replace(state, day=state.day + 1 if state.day < 2 else state.day)
    newspaper = _newspaper(state)
    try:
        with serve(newspaper, port=state.port) as server:
            state = replace(state, port=server.server_port)
            outcome = _crawl(archive, state, server.url, quiet=quiet or as_json)
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
        _tell(archive, outcome)
    raise typer.Exit(outcome.exit_code)


def _newspaper(state: State) -> Any:
    from zoneinfo import ZoneInfo

    from crawler.demo import Newspaper
    from crawler.demo.newspaper import TIMEZONE

    began = datetime.fromisoformat(state.began)
    return Newspaper(began.astimezone(ZoneInfo(TIMEZONE)).date(), day=state.day, now=began)


def _crawl(archive: Path, state: State, url: str, *, quiet: bool) -> Any:
    from crawler import runs
    from crawler.demo.newspaper import NAME, TIMEZONE
    from crawler.platforms import CategorySpider
    from crawler.site import Site

    class Marfa(CategorySpider):
        site = Site("marfa", url, title=NAME, timezone=TIMEZONE, theme="jannah", delay_s=0.0)

    # The next day has not come yet: the crawl's clock is set forward, so that second looks are due.
    ahead = timedelta(days=state.day - 1)
    plan = runs.Plan(
        [Marfa], archive, allow_hosts=("127.0.0.1",), clock=lambda: datetime.now(UTC) + ahead, overrides=NO_PROXY
    )
    return runs.crawl(plan, quiet=quiet)[0]


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


def _tell(archive: Path, outcome: Any) -> None:
    from crawler.commands.asking import print_article
    from storage import queries
    from storage.database import open_for_reading
    from storage.filters import Filters
    from storage.search import search

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
    events = queries.events(engine, run_id=outcome.run_id)
    if events and not (outcome.new and len(events) == outcome.new and outcome.new > 10):
        out.print()
        cells = [[event["event"], event["id"], event["title"]] for event in events]
        out.print(table("What this run saw", ["event", "id", "headline"], cells, right=(1,)))
    shown = None
    for words in SEARCHES:
        results = search(engine, words, filters=Filters(), limit=3)
        out.print()
        out.print(f"$ warraq search '{words}': {results.total} found", style="bold", markup=False)
        for hit in results.hits:
            shown = shown or hit.id
            out.print(f"  [{hit.id}] ", end="", markup=False)
            out.print(marked(hit.title, hit.title_spans))
            out.print("      ", end="")
            out.print(marked(hit.snippet, hit.spans))
    record = queries.article_by(engine, str(shown)) if shown is not None else None
    if record:
        out.print()
        out.print(f"$ warraq show {shown}", style="bold", markup=False)
        print_article(record)
    where = f"--archive {archive}"
    out.print()
    out.print("Try next:", style="bold")
    for command in (
        "warraq demo --next-day" + ("" if archive == FOLDER else f" {where}"),
        f"warraq search 'المدينة' --section محليات {where}",
        f"warraq history {shown or 1} {where}",
        f"warraq stats {where}",
        f"warraq export - --section رياضة {where} | head -n 1",
        "warraq sites",
    ):
        out.print(f"  {command}", markup=False, soft_wrap=True)
