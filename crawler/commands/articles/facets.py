"""`warraq facets`: counts of a search by section, author, tag and so on. Does not load the crawler."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options
from crawler.commands.articles import search_options
from crawler.commands.index_progress import make_index
from crawler.commands.shared_options import takes
from crawler.output.printing import console, print_json, table
from crawler.translation import _, counted, terminal_line
from storage.errors import UsageError
from storage.messages import message

if TYPE_CHECKING:
    from storage.search.facets import Kind


@takes(search_options.filter_options)
def facets(
    query: Annotated[
        str,
        typer.Argument(metavar="[QUERY]", show_default=False, help="As for `warraq search`; without it, all articles."),
    ] = "",
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="KINDS",
            help="section, author, tag, site, country, agency, month; several with commas.",
            show_default="all",
        ),
    ] = None,
    *,
    shared: dict[str, Any],
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, max=1000, help="At most so many values of each.")
    ] = 10,
    exact: search_options.Exact = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Count what a search finds by section, author, tag, site, country, agency and month.

    The most frequent values come first, months by date (UTC). A value, given to `warraq search` as the option of its
    name, finds as many articles.

    For example:

        warraq facets "انتخابات" --by section,month
        warraq facets --site hespress --from 2025-10-01 --by tag --limit 50
    """
    from storage.db.database import open_readonly
    from storage.search.facets import facets as count

    kinds = _kinds(by)
    filters = search_options.filters_of(shared)
    engine = open_readonly(archive, db)
    make_index(engine)
    answer = count(engine, query, filters=filters, by=kinds, limit=limit, exact=exact, timezone=shared["zone"])
    if not answer.total:
        options.warn_unknown_site(engine, shared["site"], query)
    if as_json:
        print_json({"total": answer.total, "facets": asdict(answer)["counts"]})
        return
    out = console()
    out.print(terminal_line(counted("{n:,} found", answer.total)))
    for kind, counts in answer.counts.items():
        if counts:
            out.print()
            out.print(table(None, [_(kind), _("articles")], [[each.value, each.count] for each in counts], right=(1,)))


def _kinds(written: str | None) -> "tuple[Kind, ...]":
    """Parse the facets of --by, in its order. Raises UsageError."""
    from storage.search.facets import KINDS

    if written is None:
        return KINDS
    names = dict.fromkeys(each.strip() for each in written.split(",") if each.strip())
    for name in names:
        if name not in KINDS:
            raise UsageError(message("--by {name!r} is no facet: {known}", name=name, known=", ".join(KINDS)))
    if not names:
        raise UsageError(message("--by names no facet: {known}", known=", ".join(KINDS)))
    return tuple(kind for name in names for kind in KINDS if kind == name)
