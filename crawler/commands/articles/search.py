"""`warraq search`: articles by their words. Does not load the crawler."""

from dataclasses import asdict
from enum import StrEnum
from itertools import takewhile
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from crawler.commands import options
from crawler.commands.index_progress import make_index
from crawler.output.article_view import print_hit
from crawler.output.printing import console, print_json


class SortOrder(StrEnum):
    """How hits are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class Status(StrEnum):
    """Whether an article is still on its site."""

    LIVE = "live"
    GONE = "gone"


class SearchCommand(TyperCommand):
    """A command whose argument may begin with a hyphen: the query "-word other"."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take "-word" for the query; "--word" stays an option, so that a misspelt one is named."""
        options = {name for parameter in self.get_params(ctx) for name in parameter.opts}
        given = {arg.partition("=")[0] for arg in takewhile("--".__ne__, args) if arg.startswith("--")}
        ctx.ignore_unknown_options = given <= options
        return super().parse_args(ctx, args)


def search(
    query: Annotated[
        str,
        typer.Argument(
            metavar="[QUERY]",
            show_default=False,
            help='Words, all wanted; "a phrase" in quotes; -word excludes; one | other; section:رياضة, كاتب:"سمر علي".',
        ),
    ] = "",
    site: options.SiteFilter = None,
    section: options.Section = None,
    start: options.From = None,
    end: options.To = None,
    zone: options.Zone = "UTC",
    author: Annotated[
        str | None, typer.Option("--author", metavar="NAME", help="By this author: words of the name.")
    ] = None,
    tag: Annotated[str | None, typer.Option("--tag", metavar="NAME", help="With this tag, in any spelling.")] = None,
    status: Annotated[
        Status | None, typer.Option("--status", metavar="live|gone", help="Still on its site, or gone from it.")
    ] = None,
    changed: Annotated[
        str | None, typer.Option("--changed-since", metavar="DAY", help="Whose text was changed on this day or later.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="At most so many hits.")] = 10,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Leave out the first so many.")] = 0,
    order: Annotated[SortOrder, typer.Option("--order", help="Best first, or newest first.")] = SortOrder.RELEVANCE,
    exact: Annotated[bool, typer.Option("--exact", help="Only the words as written, no other forms of them.")] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Search headlines and texts in Arabic, in any spelling.

    Hamza, ta marbuta, diacritics, digits, prefixes, endings and broken plurals make no difference (docs/search.md).

    For example:

        warraq search "انتخابات بلدية" --section سياسة --from 2025-10-01
        warraq search 'كاتب:"سمر علي" -وسم:رياضة changed:2026-11-01'
    """
    from storage.db.database import open_readonly
    from storage.filters import Filters
    from storage.search.engine import search as find

    begins, ends = options.span(start, end, zone)
    engine = open_readonly(archive, db)
    make_index(engine)
    results = find(
        engine,
        query,
        filters=Filters(
            site,
            section,
            begins,
            ends,
            author=author,
            tag=tag,
            status=status.value if status else None,
            changed_since=options.span(changed, None, zone, names=("--changed-since", "--to"))[0],
        ),
        timezone=zone,
        limit=limit,
        offset=offset,
        order=order.value,
        exact=exact,
    )
    if not results.total:
        options.warn_unknown_site(engine, site)
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
