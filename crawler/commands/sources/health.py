"""`warraq health` and `warraq coverage`: the state of each site, and a site's articles by day."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import choices, options
from crawler.output.printing import console, one_line, print_json, table
from crawler.output.stderr_lines import print_notice
from crawler.translation import _, counted, padded, terminal_line
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.health.verdicts import Health
    from crawler.registry.site_choice import SiteChoice
    from storage.queries.coverage_calendar import Coverage


def health(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="SITE…", help="Sites by name; all that were ever crawled.")
    ] = None,
    country: choices.Country = None,
    group: choices.Group = None,
    exclude: choices.Exclude = None,
    file: choices.SitesFile = None,
    mine: choices.Mine = False,
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

        warraq health --country MA,TN --json
    """
    from crawler.health.verdicts import VERDICTS, judge
    from storage.db.database import open_readonly
    from storage.files import atomic_write
    from storage.queries.run_history import crawled_sites, last_imports, run_records

    engine = open_readonly(archive, db)
    crawled = crawled_sites(engine)
    unknown = [name for name in names or () if name not in crawled]
    if unknown:
        raise UsageError(
            message(
                "the archive knows no run of {names}; `warraq runs` lists them", names=", ".join(map(repr, unknown))
            )
        )
    now = datetime.now(UTC)
    choice = choices.site_choice(country, group, exclude, file, mine)
    chosen = names or crawled
    if not choice.is_empty:
        chosen = _chosen(choice, names, crawled)
    judged = {name: judge(run_records(engine, name, now=now), now=now) for name in chosen}
    states = [state for state in judged.values() if state is not None]
    options.warn_future_runs(engine, chosen)
    imported = sorted(last_imports(engine).keys() & {name for name, state in judged.items() if state is None})
    states.sort(key=lambda state: (-VERDICTS.index(state.verdict), state.site))
    if prometheus is not None:
        from crawler.health.prometheus import metrics

        with atomic_write(prometheus) as out:  # atomically: node_exporter never reads half a file
            out.write(metrics(states))
    if as_json:
        verdicts = Counter(state.verdict for state in states)
        answer = {"verdicts": dict(verdicts), "sites": [state.as_json() for state in states]}
        print_json({**answer, "imported": imported})
    else:
        print_health(console(), states, imported)
    raise typer.Exit(1 if any(state.is_sick for state in states) else 0)


def _chosen(choice: "SiteChoice", names: list[str] | None, crawled: list[str]) -> list[str]:
    """The selected sites among `names`, or among all that were ever crawled if there are no names."""
    from crawler.registry import declared_sites
    from crawler.registry.site_choice import choose

    chosen = {spider.name for spider in choose(choice, names or (), declared_sites.declared())}
    return [name for name in crawled if name in chosen]


_COLOURS = {"ok": "green", "quiet": "yellow", "degraded": "yellow", "broken": "red", "blocked": "red"}


def print_health(out: "Console", states: "Sequence[Health]", imported: Sequence[str] = ()) -> None:
    """Print one line per site, the worst first; below a failed check, what to do.

    imported: names of sites that have imports and no crawl.
    """
    if not states:
        out.print(terminal_line(_("no run has come to an end yet")))
    for name in imported:
        line = _("{site}: imported, never crawled").format(site=name)
        out.print(terminal_line(line), markup=False, soft_wrap=True)
    width = max((len(state.site) for state in states), default=0)
    for state in states:
        out.print(f"{state.site:<{width}}  ", end="", markup=False, style="bold")
        out.print(padded(_(state.verdict), 9), end="", style=_COLOURS[state.verdict])
        out.print(terminal_line(one_line(_(state.why))), markup=False, soft_wrap=True)
        if state.remedy:
            remedy = terminal_line(_("→ {advice}").format(advice=one_line(_(state.remedy))))
            out.print(f"{'':<{width}}  {'':<9}{remedy}", markup=False, soft_wrap=True, style="dim")


_MARKS = {"empty": message("<- no article"), "few": message("<- few for that weekday")}


def coverage(
    site: Annotated[str, typer.Argument(metavar="SITE", help="Name of a site in the archive.")],
    start: Annotated[str | None, typer.Option("--from", metavar="DAY", help="First day shown: 2025-10-01.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DAY", help="Last day shown: 2025-10-31.")] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show how many articles of each day the archive has, and how many each channel named.

    Channels are the ways in which articles are found: rest, feed, sitemap, categories. Days are the site's own. A day
    without an article between others, or with under a quarter of what its weekday usually has, is marked as a gap.

    For example:

        warraq coverage hespress --from 2025-10-01 --to 2025-10-31
    """
    from storage.db.database import open_readonly
    from storage.queries.coverage_calendar import coverage as calendar

    first, last = options.day(start, "--from"), options.day(end, "--to")
    options.refuse_crossed(first, last, ("--from", "--to"))
    engine = open_readonly(archive, db)
    answer = calendar(engine, site, first=first, last=last)
    if answer is None:
        options.warn_unknown_site(engine, site)
        raise UsageError(message("the archive holds no site called {site!r}", site=site))
    if as_json:
        print_json(_as_json(answer))
        return
    if not answer.days:
        line = _("no article of {site} has a known day in that span").format(site=site)
        print_notice(line)
    _print(answer)


def _as_json(coverage: "Coverage") -> dict[str, Any]:
    return {
        "site": coverage.site,
        "timezone": coverage.timezone,
        "channels": list(coverage.channels),
        "days": [
            {
                "day": each.day.isoformat(),
                "articles": each.articles,
                "channels": {name: each.named.get(name, 0) for name in coverage.channels},
                "gap": each.gap,
            }
            for each in coverage.days
        ],
        "undated": coverage.undated,
        "unread": coverage.unread,
    }


def _print(coverage: "Coverage") -> None:
    """Print one table per month with one line per day; the last column marks gaps."""
    out = console()
    columns = [_("day"), _("weekday"), _("articles"), *coverage.channels, ""]
    right = tuple(range(2, 3 + len(coverage.channels)))
    for month, days in groupby(coverage.days, key=lambda each: f"{each.day:%Y-%m}"):
        rows = []
        for each in days:
            named = [each.named.get(name, 0) or "." for name in coverage.channels]
            mark, weekday = _(_MARKS[each.gap]) if each.gap else "", f"{each.day:%a}"
            rows.append([each.day.isoformat(), _(weekday), each.articles, *named, mark])
        out.print(table(month, columns, rows, right=right, unbroken=(0,)))
        out.print()
    gaps = [each for each in coverage.days if each.gap]
    total = sum(each.articles for each in coverage.days)
    counts = {"articles": counted("{n:,} articles", total), "days": counted("on {n:,} days", len(coverage.days))}
    line = counted("{articles} {days} ({zone}), {n:,} gaps", len(gaps), zone=coverage.timezone, **counts)
    out.print(terminal_line(line), markup=False)
    if coverage.undated:
        out.print(terminal_line(counted("{n:,} articles of no known day", coverage.undated)))
    for name, count in coverage.unread.items():
        if count:
            line = counted("{n:,} articles that {name} named are not in the archive", count, name=name)
            out.print(terminal_line(line), markup=False)
