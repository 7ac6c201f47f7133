"""`warraq search`, `show`, `history`, `stats` and `runs`: what the archive answers. None loads the crawler."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.errors import UsageError
from crawler.output.article_view import print_article, print_hit
from crawler.output.printing import console, minute, one_line, print_json, table

Ref = Annotated[str, typer.Argument(metavar="URL|ID", help="An article: its URL in any spelling, or its number.")]


class SortOrder(StrEnum):
    """How hits are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


def search(
    query: Annotated[
        str,
        typer.Argument(metavar="QUERY", help='Words, all wanted; "a phrase" in quotes; -word excludes; one | other.'),
    ],
    site: options.SiteFilter = None,
    section: options.Section = None,
    start: options.From = None,
    end: options.To = None,
    zone: options.Zone = "UTC",
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="At most so many hits.")] = 10,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Leave out the first so many.")] = 0,
    order: Annotated[SortOrder, typer.Option("--order", help="Best first, or newest first.")] = SortOrder.RELEVANCE,
    exact: Annotated[bool, typer.Option("--exact", help="Only the words as written, no other forms of them.")] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Search headlines and texts in Arabic, in any spelling.

    Hamza, ta marbuta, diacritics, digits and prefixes make no difference.

    For example:

        warraq search "انتخابات بلدية" --section سياسة --from 2025-10-01
    """
    from storage.db.database import open_for_reading
    from storage.filters import Filters
    from storage.search.engine import search as find

    begins, ends = options.span(start, end, zone)
    engine = open_for_reading(archive, db)
    results = find(
        engine,
        query,
        filters=Filters(site, section, begins, ends),
        limit=limit,
        offset=offset,
        order=order.value,
        exact=exact,
    )
    if not results.total:
        options.doubt_site(engine, site)
    if as_json:
        print_json(asdict(results))
        return
    out = console()
    shown = len(results.hits)
    out.print(
        f"{results.total:,} found" + (f", {offset + 1} to {offset + shown} shown" if shown < results.total else "")
    )
    for hit in results.hits:
        out.print()
        print_hit(out, hit)


def _found(ref: str, found: Any) -> Any:
    if found is None:
        raise UsageError(f"the archive holds no article {ref!r}; `warraq search` finds them by their words")
    return found


def show(
    ref: Ref,
    number: Annotated[
        int | None, typer.Option("--version", metavar="N", min=1, help="As version N had it; `history` lists them.")
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show one article, as it stands or as it stood.

    For example:

        warraq show 12

        warraq show 12 --version 1
    """
    from storage.db.database import open_for_reading
    from storage.queries import article_queries

    engine = open_for_reading(archive, db)
    record = _found(ref, article_queries.article_by(engine, ref))
    removal = article_queries.removal(engine, record["id"])
    if removal is not None:
        if as_json:
            print_json({**record, "removal": removal})
        else:
            console().print(f"article {record['id']} was {_taken_down(removal)}", markup=False, soft_wrap=True)
        return
    if number is not None:
        older = article_queries.version(engine, record["id"], number)
        if older is None:
            raise UsageError(f"article {record['id']} has {record['versions']} versions; there is no {number}")
        if as_json:
            print_json(older)
            return
        own = {"version": number, "status": None, "first_seen_at": older["seen_at"], "last_seen_at": None}
        record |= older["details"] | {key: older[key] for key in ("title", "subtitle", "text")} | own
    if as_json:
        print_json(record)
    else:
        print_article(record)


def _taken_down(removal: dict[str, Any]) -> str:
    by, why = one_line(removal["removed_by"]), one_line(removal["reason"])
    return f"taken down on {minute(removal['removed_at'])} (UTC) by {by}: {why}"


def history(
    ref: Ref,
    with_events: Annotated[
        bool, typer.Option("--events", help="With --json: an object of versions and events, not the versions alone.")
    ] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the versions of one article.

    When each was first seen, what changed, and when the article was gone and there again. `warraq show ID --version N`
    shows one.

    For example:

        warraq history https://www.example.com/2025/10/28/slug/ --json
    """
    from storage.db.database import open_for_reading
    from storage.queries import article_queries

    engine = open_for_reading(archive, db)
    removal = article_queries.removal(engine, ref)
    if removal is not None:
        raise UsageError(f"no version is left of article {ref}: it was {_taken_down(removal)}")
    versions = _found(ref, article_queries.history(engine, ref) or None)
    happened = article_queries.article_events(engine, article_queries.article_by(engine, ref))
    if as_json:
        print_json({"versions": versions, "events": happened} if with_events else versions)
        return
    rows = [[v["number"], minute(v["seen_at"]), _what_changed(v), v["word_count"], v["title"]] for v in versions]
    columns = ["version", "seen (UTC)", "changed", "words", "headline"]
    out = console()
    out.print(table(None, columns, rows, right=(0, 3), whole=(1, 2)))
    for event in happened:
        since = f", missing since {minute(event['since'])}: {event['reason']}" if event["since"] else ""
        out.print(f"{event['event']} {minute(event['at'])} (UTC){since}", markup=False, soft_wrap=True)


def _what_changed(version: dict[str, Any]) -> str:
    """Versions that differed only as they were once read are the same by a better reading."""
    return ", ".join(version["changed"]) or ("first seen" if version["number"] == 1 else "nothing")


def stats(
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Count what the archive holds, by site and by day.

    For example:

        warraq stats
    """
    from storage.db.database import open_for_reading
    from storage.queries import article_queries

    found = article_queries.stats(open_for_reading(archive, db))
    if as_json:
        print_json(found)
        return
    out = console()
    out.print(
        f"{found['articles']:,} articles, {found['versions']:,} versions, {found['captures']:,} captures, "
        f"{found['bytes']:,} bytes"
    )
    rows = [
        [s["site"], s["articles"], minute(s["first_published"]), minute(s["last_published"])] for s in found["sites"]
    ]
    if rows:
        out.print()
        columns = ["site", "articles", "first published (UTC)", "last published (UTC)"]
        out.print(table(None, columns, rows, right=(1,), whole=(2, 3)))
        out.print()
        days = [[d["day"], d["articles"]] for d in found["days"]]
        out.print(table(None, ["published on", "articles"], days, right=(1,)))


def runs(
    site: options.SiteFilter = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=10_000, help="At most so many, newest first.")
    ] = 20,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the latest crawls, and how they ended.

    For example:

        warraq runs --site hespress --limit 5
    """
    from storage.db.database import open_for_reading
    from storage.queries import article_queries

    engine = open_for_reading(archive, db)
    found = article_queries.recent_runs(engine, site=site, limit=limit)
    if not found:
        options.doubt_site(engine, site)
    if as_json:
        print_json(found)
        return
    out = console()
    columns = ["run", "site", "started (UTC)", "status", "new", "changed", "same", "gone", "requests"]
    keys = ("new", "changed", "same", "gone", "requests")
    rows = [[r["id"], r["site"], minute(r["started_at"]), r["status"], *(r[key] for key in keys)] for r in found]
    out.print(table(None, columns, rows, right=(0, 4, 5, 6, 7, 8), whole=(2, 3)))
    # Under the table: beside it, a narrow terminal leaves them one word a line.
    for run in found:
        if run["message"]:
            out.print(f"run {run['id']}: {one_line(run['message'])}", markup=False, soft_wrap=True)
