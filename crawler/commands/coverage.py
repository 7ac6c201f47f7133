"""`warraq coverage`: which days of a site the archive has, by channel, as a calendar."""

import sys
from typing import Annotated, Any

import typer
from rich.text import Text

from crawler.commands import options
from crawler.errors import UsageError
from crawler.output.printing import console, print_json, table

_MARKS = {"empty": "<- no article", "few": "<- few for that weekday"}


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
    from storage.db.database import open_for_reading
    from storage.queries.coverage_calendar import coverage as calendar

    first, last = options.day(start, "--from"), options.day(end, "--to")
    if first and last and last < first:
        raise UsageError(f"--to {last} lies before --from {first}")
    engine = open_for_reading(archive, db)
    found = calendar(engine, site, first=first, last=last)
    if found is None:
        options.doubt_site(engine, site)
        raise UsageError(f"the archive holds no site called {site!r}")
    if as_json:
        print_json(_as_json(found))
        return
    if not found.days:
        print(f"warraq: no article of {site} has a known day in that span", file=sys.stderr)
    _print(found)


def _as_json(found: Any) -> dict[str, Any]:
    return {
        "site": found.site,
        "timezone": found.timezone,
        "channels": list(found.channels),
        "days": [
            {
                "day": each.day.isoformat(),
                "articles": each.articles,
                "channels": {name: each.named.get(name, 0) for name in found.channels},
                "gap": each.gap,
            }
            for each in found.days
        ],
        "undated": found.undated,
        "unread": found.unread,
    }


def _print(found: Any) -> None:
    """One line a day, a heading a month; the mark of a gap stands last."""
    out = console()
    month = None
    rows: list[list[Any]] = []
    columns = ["day", "weekday", "articles", *found.channels, ""]
    right = tuple(range(2, 3 + len(found.channels)))

    def flush() -> None:
        if rows:
            out.print(table(month, columns, rows, right=right, whole=(0,)))
            out.print()
            rows.clear()

    for each in found.days:
        if month != f"{each.day:%Y-%m}":
            flush()
            month = f"{each.day:%Y-%m}"
        named = [each.named.get(name, 0) or "." for name in found.channels]
        mark = _MARKS.get(each.gap or "", "")
        rows.append([each.day.isoformat(), f"{each.day:%a}", each.articles, *named, mark])
    flush()
    gaps = [each for each in found.days if each.gap]
    total = sum(each.articles for each in found.days)
    out.print(Text(f"{total:,} articles on {len(found.days):,} days ({found.timezone}), {len(gaps):,} gaps"))
    if found.undated:
        out.print(Text(f"{found.undated:,} articles of no known day"))
    for name, count in found.unread.items():
        if count:
            out.print(Text(f"{count:,} articles that {name} named are not in the archive"))
