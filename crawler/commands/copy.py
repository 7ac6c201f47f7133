"""`warraq copy`: an archive's tables from one database to another."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from crawler.commands import options
from crawler.errors import ArchiveError, UsageError
from crawler.output.printing import console, print_json, table


def copy(
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The database to fill: postgresql://… or sqlite:///…")],
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Copy the archive's tables to another database, from SQLite to PostgreSQL or the other way.

    The WARC files stay in the archive's folder: afterwards name the new database with --db beside it. Rows and digests
    of every table are compared in the end. Interrupted, the same command goes on.

    For example:

        warraq copy --archive ./archive --to postgresql://warraq@localhost/news
    """
    from storage.db import database
    from storage.maintenance.table_copy import copy_tables

    target = database.connect(to)
    if target.url == database.connect(database.archive_url(archive, db)).url:
        raise UsageError("--to names the database that the archive is in; name another")
    source = database.open_for_reading(archive, db)
    path = database.database_path(target)
    if path is not None:
        _make_folder(path.parent)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("tables", total=None)
        copied = copy_tables(
            source,
            target,
            on_progress=lambda name, done, total: bar.update(task, description=name, completed=done, total=total),
        )
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


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"can't make {folder}: {error.strerror}") from error
