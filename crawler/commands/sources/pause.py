"""`warraq pause` and `warraq resume`: exclude sites from crawls for a while."""

import difflib
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from crawler.commands import options
from crawler.output.printing import print_json
from storage.errors import UsageError
from storage.messages import either, message

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from crawler.registry.declared_sites import Declared

Sites = Annotated[list[str], typer.Argument(metavar="SITE…", help="Sites by name.")]


def pause(
    names: Sites,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DAY", help="They are crawled again from this day on: 2026-12-01."),
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Leave sites alone: no crawl asks them for anything, until they are resumed or the day comes.

    The archive keeps it, so that every crawl into it knows. A crawl that runs now goes on to its end. A day begins by
    the site's own clock.

    For example:

        warraq pause hespress --until 2026-12-01
    """
    from crawler.registry import declared_sites
    from storage.archive import Archive
    from storage.schedule.site_schedules import pause as keep

    day, now, declared = options.day(until, "--until"), datetime.now(UTC), declared_sites.declared()
    with Archive.open(archive, db, create=False) as opened:
        require_known(names, opened.engine, declared)
        ends = {}
        for name in names:
            zone = declared.spiders[name].site.timezone if name in declared.spiders else "UTC"
            ends[name] = datetime.combine(day, time(), ZoneInfo(zone)) if day is not None else None
            if (end := ends[name]) is not None and end <= now:
                raise UsageError(message("--until {until} has come already; name a later day, or none", until=until))
        for name, end in ends.items():
            keep(opened.engine, [name], now=now, until=end)
    if as_json:
        print_json([{"site": name, "paused_until": end and end.isoformat()} for name, end in ends.items()])


def resume(
    names: Sites, as_json: options.Json = False, archive: options.Archive = options.ARCHIVE, db: options.Db = None
) -> None:
    """Crawl paused sites again, from the next crawl on.

    For example:

        warraq resume hespress
    """
    from crawler.registry import declared_sites
    from storage.archive import Archive
    from storage.schedule.site_schedules import resume as end_pause

    with Archive.open(archive, db, create=False) as opened:
        require_known(names, opened.engine, declared_sites.declared())
        end_pause(opened.engine, names)
    if as_json:
        print_json([{"site": name} for name in names])


def require_known(names: Iterable[str], engine: "Engine", declared: "Declared") -> None:
    """Raise UsageError for a name that is neither declared nor in the archive."""
    from storage.queries.archive_stats import site_homes

    known = {*declared.spiders, *declared.broken, *site_homes(engine)}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3)
            hint = (
                message("Did you mean {names}?", names=either(near))
                if near
                else message("`warraq sites` lists those declared")
            )
            raise UsageError(message("no site is called {name!r}. {hint}", name=name, hint=hint))
