"""`warraq stats` and `warraq runs`: counts of the archive, and the list of crawls. Does not load the crawler."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.locks import held_locks
from crawler.output.printing import console, minute, one_line, print_json, table
from crawler.translation import _, counted, terminal_line


def stats(as_json: options.Json = False, archive: options.Archive = options.ARCHIVE, db: options.Db = None) -> None:
    """Count what the archive holds, by site and by day.

    For example:

        warraq stats
    """
    from storage import queries
    from storage.db.database import open_readonly

    counts = queries.stats(open_readonly(archive, db))
    if as_json:
        print_json(counts)
        return
    out = console()
    sums = (
        counted("{n:,} articles", counts["articles"]),
        counted("{n:,} versions", counts["versions"]),
        counted("{n:,} captures", counts["captures"]),
        counted("{n:,} bytes", counts["bytes"]),
    )
    out.print(terminal_line(_(", ").join(sums)))
    rows = [
        [s["site"], s["articles"], minute(s["first_published"]), minute(s["last_published"])] for s in counts["sites"]
    ]
    if rows:
        out.print()
        columns = [_("site"), _("articles"), _("first published (UTC)"), _("last published (UTC)")]
        out.print(table(None, columns, rows, right=(1,), unbroken=(2, 3)))
        out.print()
        days = [[d["day"], d["articles"]] for d in counts["days"]]
        out.print(table(None, [_("published on"), _("articles")], days, right=(1,)))


def _with_true_status(run: dict[str, Any], held: Mapping[str, str]) -> dict[str, Any]:
    """The run with its true status: one that is `running` in its row, but whose site nobody has locked, was killed."""
    if run["status"] == "running" and run["site"] not in held:
        return {**run, "status": "failed", "message": "killed"}
    return run


def runs(
    site: options.SiteFilter = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=10_000, help="At most so many, newest first.")
    ] = 20,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the latest crawls and imports, and how they ended. Those that run count as they go.

    For example:

        warraq runs --site hespress --limit 5
    """
    from storage import queries
    from storage.db.database import open_readonly

    engine = open_readonly(archive, db)
    held = held_locks(archive)
    latest = queries.recent_runs(engine, site=site, limit=limit)
    held |= held_locks(archive)  # read again, because runs ended or began meanwhile
    latest = [_with_true_status(run, held) for run in latest]
    options.warn_future_runs(engine, None if site is None else [site])
    if not latest:
        options.warn_unknown_site(engine, site)
    if as_json:
        print_json(latest)
        return
    out = console()
    columns = [_("run"), _("site"), _("kind"), _("started (UTC)"), _("status")]
    columns += [_("new"), _("changed"), _("same"), _("gone"), _("requests")]
    keys = ("new", "changed", "same", "gone", "requests")
    rows = [
        [r["id"], r["site"], _(r["kind"]), minute(r["started_at"]), _(r["status"]), *(r[key] for key in keys)]
        for r in latest
    ]
    out.print(table(None, columns, rows, right=(0, 5, 6, 7, 8, 9), unbroken=(3, 4)))
    # Below the table: in a column, a narrow terminal would leave them one word a line.
    for run in latest:
        if run["message"]:
            line = _("run {id}: {message}").format(id=run["id"], message=one_line(_(run["message"])))
            out.print(terminal_line(line), markup=False, soft_wrap=True)
