"""`warraq export` and `warraq copy`: articles into a file, the tables into another database."""

import sys
from typing import Annotated

import typer

from crawler.commands import options
from crawler.output.printing import console, print_json, table
from crawler.output.progress_bar import progress_bar
from storage.errors import ArchiveError, UsageError


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

    Memory stays constant. A file appears under its name only when it is complete. docs/formats.md describes the
    fields.

    For example:

        warraq export sport-october.jsonl.gz --section رياضة --from 2025-10-01 --to 2025-10-31
    """
    import orjson

    from storage.db.database import open_readonly
    from storage.export.jsonl import write_export
    from storage.filters import Filters

    begins, ends = options.span(start, end, zone)
    engine = open_readonly(archive, db)
    with progress_bar("articles") as advance:
        count = write_export(
            engine,
            target,
            filters=Filters(site, section, begins, ends, unreserved=respect_reservations),
            on_progress=advance,
        )
    if not count:
        options.warn_unknown_site(engine, site)
    if as_json:
        print(orjson.dumps({"articles": count, "file": target}).decode(), file=sys.stderr)
    else:
        print(f"{count:,} articles exported" + ("" if target == "-" else f" to {target}"), file=sys.stderr)


def copy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The database to fill: postgresql://… or sqlite:///…")],
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Copy the archive's tables to another database, from SQLite to PostgreSQL or the other way.

    The WARC files stay in the archive's folder: afterwards name the new database with --db beside it. Rows and digests
    of every table are compared in the end. If it is interrupted, the same command continues.

    For example:

        warraq copy --archive ./archive --to postgresql://warraq@localhost/news
    """
    from storage.db import database
    from storage.db.database_url import archive_url
    from storage.maintenance.table_copy import copy_tables

    target = database.connect(to)
    if target.url == database.connect(archive_url(archive, db)).url:
        raise UsageError("--to names the database that the archive is in; name another")
    source = database.open_readonly(archive, db)
    path = database.database_path(target)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(f"can't make {path.parent}: {error.strerror}") from error
    with progress_bar("tables") as advance:
        copied = copy_tables(source, target, on_progress=lambda name, done, total: advance(done, total, name))
    if as_json:
        tables = {name: {"rows": each.rows, "sha256": each.sha256} for name, each in copied.tables.items()}
        print_json(
            {"to": database.place(target), "written": copied.written, "deleted": copied.deleted, "tables": tables}
        )
        return
    out = console()
    rows = [[name, each.rows, each.sha256[:16]] for name, each in copied.tables.items()]
    out.print(table(None, ["table", "rows", "sha256"], rows, right=(1,)))
    out.print(f"Copied to {database.place(target)}; both sides have the same rows.", markup=False, soft_wrap=True)
