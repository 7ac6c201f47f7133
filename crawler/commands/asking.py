"""`warraq search`, `show`, `history`, `stats` and `runs`: what the archive answers. None loads the crawler."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.commands.printing import console, marked, one_line, print_json, safe, table
from crawler.errors import UsageError

Ref = Annotated[str, typer.Argument(metavar="URL|ID", help="An article: its URL in any spelling, or its number.")]


class Order(StrEnum):
    """How hits are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


def search(
    query: Annotated[str, typer.Argument(help='Words, all wanted; "a phrase" in quotes; -word excludes; one | other.')],
    site: options.SiteFilter = None,
    section: options.Section = None,
    start: options.From = None,
    end: options.To = None,
    zone: options.Zone = "UTC",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="At most so many hits.")] = 10,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out the first so many.")] = 0,
    order: Annotated[Order, typer.Option("--order", help="Best first, or newest first.")] = Order.RELEVANCE,
    exact: Annotated[bool, typer.Option("--exact", help="Only the words as written, no other forms of them.")] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Search headlines and texts in Arabic, whatever the spelling: hamza, ta marbuta, diacritics, digits, prefixes.

    For example:

        warraq search "انتخابات بلدية" --section سياسة --from 2025-10-01
    """
    from storage.database import open_for_reading
    from storage.filters import Filters
    from storage.search import search as find

    begins, ends = options.span(start, end, zone)
    results = find(
        open_for_reading(archive, db),
        query,
        filters=Filters(site, section, begins, ends),
        limit=limit,
        offset=offset,
        order=order.value,
        exact=exact,
    )
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
        out.print(f"[{hit.id}] ", end="", markup=False)
        out.print(marked(hit.title, hit.title_spans))
        about = (hit.published_at, hit.site, hit.section)
        out.print("    " + " · ".join(one_line(part) for part in about if part), style="dim", markup=False)
        out.print("    ", end="")
        out.print(marked(hit.snippet, hit.spans))


def _found(ref: str, found: Any) -> Any:
    if found is None:
        raise UsageError(f"the archive holds no article {ref!r}; `warraq search` finds them by their words")
    return found


def show(
    ref: Ref,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Show one article as it stands in the archive.

    For example:

        warraq show 12
    """
    from storage.database import open_for_reading
    from storage.queries import article_by

    record = _found(ref, article_by(open_for_reading(archive, db), ref))
    if as_json:
        print_json(record)
    else:
        print_article(record)


_ABOUT = (
    ("url", "url"),
    ("by", "authors"),
    ("agency", "agency"),
    ("published", "published_at"),
    ("modified", "modified_at"),
    ("section", "section"),
    ("categories", "categories"),
    ("tags", "tags"),
    ("image", "image"),
    ("version", "version"),
    ("status", "status"),
    ("first seen", "first_seen_at"),
)


def print_article(record: dict[str, Any]) -> None:
    """Headline, what is known about it, text."""
    out = console()
    out.print(safe(record["title"]), style="bold", markup=False)
    if record.get("subtitle"):
        out.print(safe(record["subtitle"]), style="italic", markup=False)
    out.print()
    for name, key in _ABOUT:
        value = record.get(key)
        if value:
            told = "، ".join(value) if isinstance(value, list) else value
            out.print(f"{name + ':':<12}", end="", style="dim", markup=False)
            out.print(one_line(told), markup=False, overflow="fold")
    out.print()
    out.print(safe(record["text"]), markup=False)


def history(
    ref: Ref,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the versions of one article: when each was first seen, and what changed.

    For example:

        warraq history https://www.example.com/2025/10/28/slug/ --json
    """
    from storage import queries
    from storage.database import open_for_reading

    versions = _found(ref, queries.history(open_for_reading(archive, db), ref) or None)
    if as_json:
        print_json(versions)
        return
    rows = [
        [v["number"], v["seen_at"], ", ".join(v["changed"]) or "first seen", v["word_count"], v["title"]]
        for v in versions
    ]
    console().print(table(None, ["version", "seen", "changed", "words", "headline"], rows, right=(0, 3)))


def stats(
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Count what the archive holds, by site and by day.

    For example:

        warraq stats
    """
    from storage import queries
    from storage.database import open_for_reading

    found = queries.stats(open_for_reading(archive, db))
    if as_json:
        print_json(found)
        return
    out = console()
    out.print(
        f"{found['articles']:,} articles, {found['versions']:,} versions, {found['captures']:,} captures, "
        f"{found['bytes']:,} bytes"
    )
    rows = [[s["site"], s["articles"], s["first_published"], s["last_published"]] for s in found["sites"]]
    if rows:
        out.print()
        out.print(table(None, ["site", "articles", "first published", "last published"], rows, right=(1,)))
        out.print()
        days = [[d["day"], d["articles"]] for d in found["days"]]
        out.print(table(None, ["published on", "articles"], days, right=(1,)))


def runs(
    site: options.SiteFilter = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="At most so many, newest first.")] = 20,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """List the latest crawls: when, how they ended, what they brought.

    For example:

        warraq runs --site hespress --limit 5
    """
    from storage import queries
    from storage.database import open_for_reading

    found = queries.recent_runs(open_for_reading(archive, db), site=site, limit=limit)
    if as_json:
        print_json(found)
        return
    columns = ["run", "site", "started", "status", "new", "changed", "same", "gone", "requests", "message"]
    keys = ("id", "site", "started_at", "status", "new", "changed", "same", "gone", "requests", "message")
    rows = [[run[key] for key in keys] for run in found]
    console().print(table(None, columns, rows, right=(0, 4, 5, 6, 7, 8)))
