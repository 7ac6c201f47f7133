"""`warraq health`: how each site fares, for people, programs and Prometheus."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from crawler.commands import options
from crawler.errors import UsageError
from crawler.output.printing import console, one_line, print_json


def health(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="SITE…", help="Sites by name; all that were ever crawled.")
    ] = None,
    prometheus: Annotated[
        Path | None,
        typer.Option("--prometheus", metavar="FILE", help="Also write a .prom file for node_exporter's textfiles."),
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Tell how each site fares: ok, quiet, degraded, broken or blocked, why, and what to do.

    The newest run of each is compared with its own past: new articles (at this time of other weeks), fields and
    length of the articles, pages that gave none, channels that fail.

    Exit codes: 0 all are ok or quiet; 1 any is degraded, broken or blocked.

    For example:

        warraq crawl --all --quiet; warraq health

        warraq health hespress --json
    """
    from crawler.health.verdicts import VERDICTS, judge
    from storage.db.database import open_for_reading
    from storage.queries.run_history import crawled_sites, run_records

    engine = open_for_reading(archive, db)
    known = crawled_sites(engine)
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise UsageError(f"the archive knows no run of {', '.join(map(repr, unknown))}; `warraq runs` lists them")
    now = datetime.now(UTC)
    judged = (judge(run_records(engine, name), now=now) for name in names or known)
    states = [state for state in judged if state is not None]
    states.sort(key=lambda state: (-VERDICTS.index(state.verdict), state.site))
    if prometheus is not None:
        write_metrics(prometheus, states)
    if as_json:
        counted = Counter(state.verdict for state in states)
        print_json({"verdicts": dict(counted), "sites": [state.as_json() for state in states]})
    else:
        print_health(console(), states)
    raise typer.Exit(1 if any(state.is_sick for state in states) else 0)


_COLOURS = {"ok": "green", "quiet": "yellow", "degraded": "yellow", "broken": "red", "blocked": "red"}


def print_health(out: Console, states: Any) -> None:
    """One line a site, the worst first, and what to do under those that are not well."""
    if not states:
        out.print("no run has come to an end yet")
    width = max((len(state.site) for state in states), default=0)
    for state in states:
        out.print(f"{state.site:<{width}}  ", end="", markup=False, style="bold")
        out.print(f"{state.verdict:<9}", end="", style=_COLOURS[state.verdict])
        out.print(one_line(state.why), markup=False, soft_wrap=True)
        if state.advice:
            out.print(f"{'':<{width}}  {'':<9}→ {one_line(state.advice)}", markup=False, soft_wrap=True, style="dim")


def write_metrics(path: Path, states: Any) -> None:
    """The states as Prometheus reads them; the file appears when it is whole."""
    from crawler.health.prometheus import exposition
    from storage.files import atomic_write

    with atomic_write(path) as out:
        out.write(exposition(states).encode())
