"""`warraq export` and `warraq reindex`."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from crawler.commands import options
from crawler.commands.printing import print_json


def export(
    target: Annotated[str, typer.Argument(metavar="OUT", help="File .jsonl, .jsonl.gz or .jsonl.zst; - for stdout.")],
    site: options.SiteFilter = None,
    section: options.Section = None,
    start: options.From = None,
    end: options.To = None,
    zone: options.Zone = "UTC",
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on stderr.")] = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Export articles as JSON lines, one article a line, in constant memory.

    A file appears under its name only when it is complete; the fields are those of docs/formats.md.

    For example:

        warraq export sport-october.jsonl.gz --section رياضة --from 2025-10-01 --to 2025-10-31
    """
    import orjson

    from storage.database import open_for_reading
    from storage.export.jsonl import write_export
    from storage.filters import Filters

    begins, ends = options.span(start, end, zone)
    engine = open_for_reading(archive, db)
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:
        task = progress.add_task("articles", total=None)
        count = write_export(
            engine,
            target,
            filters=Filters(site, section, begins, ends),
            on_progress=lambda done: progress.update(task, completed=done),
        )
    if as_json:
        print(orjson.dumps({"articles": count, "file": target}).decode(), file=sys.stderr)
    else:
        print(f"{count:,} articles exported" + ("" if target == "-" else f" to {target}"), file=sys.stderr)


def reindex(
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Build the search index anew from the archived articles.

    For example:

        warraq reindex
    """
    from storage.archive import Archive
    from storage.database import open_for_reading
    from storage.search_index import rebuild

    open_for_reading(archive, db).dispose()  # an archive that is not there is an error, and not made
    with (
        Archive.open(archive, db) as opened,
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
