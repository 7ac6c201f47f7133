"""`warraq search`: find articles by their words. Does not load the crawler."""

from dataclasses import asdict
from enum import StrEnum
from typing import Annotated, Any

import typer

from crawler.commands import options
from crawler.commands.articles import search_options
from crawler.commands.index_progress import make_index
from crawler.commands.shared_options import takes
from crawler.output.article_view import print_hits
from crawler.output.printing import one_line, print_json
from crawler.translation import _, counted, terminal_line


class SortOrder(StrEnum):
    """How hits are sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


@takes(search_options.filter_options)
def search(
    query: Annotated[
        str,
        typer.Argument(
            metavar="[QUERY]",
            show_default=False,
            help='Words, all wanted; "a phrase" in quotes; -word excludes; one | other; section:رياضة, كاتب:"سمر علي".',
        ),
    ] = "",
    *,
    shared: dict[str, Any],
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=1000, help="At most so many hits.")] = 10,
    offset: Annotated[int, typer.Option("--offset", metavar="N", min=0, help="Leave out the first so many.")] = 0,
    order: Annotated[SortOrder, typer.Option("--order", help="Best first, or newest first.")] = SortOrder.RELEVANCE,
    exact: search_options.Exact = False,
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
    from storage.search.engine import search as find

    filters = search_options.filters_of(shared)
    engine = open_readonly(archive, db)
    make_index(engine)
    results = find(
        engine,
        query,
        filters=filters,
        timezone=shared["zone"],
        limit=limit,
        offset=offset,
        order=order.value,
        exact=exact,
    )
    if not results.total:
        options.warn_unknown_site(engine, shared["site"], query)
    if as_json:
        print_json(asdict(results))
        return
    count = len(results.hits)
    line = counted("{n:,} found", results.total)
    if count < results.total:
        line += _(", ") + _("{first} to {last} shown").format(first=offset + 1, last=offset + count)
    also = _("also written: {spelling} ({n:,})")
    lines = [line, *(also.format(spelling=one_line(each.spelling), n=each.articles) for each in results.also_written)]
    print_hits(list(map(terminal_line, lines)), results.hits)
