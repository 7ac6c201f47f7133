"""`warraq export` and `warraq reindex`."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from crawler.commands import options
from crawler.output.printing import print_json


def export(
    target: Annotated[str, typer.Argument(metavar="OUT", help="File .jsonl, .jsonl.gz or .jsonl.zst; - for stdout.")],
    site: options.SiteFilter = None,
    section: options.Section = None,
    start: options.From = None,
    end: options.To = None,
    zone: options.Zone = "UTC",
    respect_reservations: Annotated[
        bool,
        typer.Option(
            "--respect-reservations",
            help="Leave out articles whose pages ask not to be indexed, archived, mined or trained on.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on stderr.")] = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Export articles as JSON lines, one article a line.

    Memory stays constant. A file appears under its name only when it is complete. The fields are told in
    docs/formats.md.

    For example:

        warraq export sport-october.jsonl.gz --section رياضة --from 2025-10-01 --to 2025-10-31
    """
    import orjson

    from storage.db.database import open_for_reading
    from storage.export.jsonl import write_export
    from storage.filters import Filters

    begins, ends = options.span(start, end, zone)
    engine = open_for_reading(archive, db)
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("articles", total=None)
        count = write_export(
            engine,
            target,
            filters=Filters(site, section, begins, ends, unreserved=respect_reservations),
            on_progress=lambda done: progress.update(task, completed=done),
        )
    if not count:
        options.doubt_site(engine, site)
    if as_json:
        print(orjson.dumps({"articles": count, "file": target}).decode(), file=sys.stderr)
    else:
        print(f"{count:,} articles exported" + ("" if target == "-" else f" to {target}"), file=sys.stderr)


def reindex(
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Build the search index anew from the articles.

    For example:

        warraq reindex
    """
    from storage.archive import Archive
    from storage.search.index import rebuild

    with (
        Archive.open(archive, db, create=False) as opened,
        Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress,
    ):
        task = progress.add_task("articles", total=None)
        count = rebuild(
            opened.engine, on_progress=lambda done, total: progress.update(task, completed=done, total=total)
        )
    if as_json:
        print_json({"articles": count})
    else:
        print(f"{count:,} articles indexed")
