"""`warraq export` and `warraq copy`: write articles into a file, copy the tables to another database."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crawler.commands import options, selections
from crawler.commands.shared_options import takes
from crawler.output.printing import console, print_json, table
from crawler.output.progress_bar import progress_bar
from storage.errors import ArchiveError, UsageError
from storage.messages import message

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from storage.export import ExportSelection


@takes(selections.selection_options)
def export(
    context: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar="OUT", help="File .jsonl or .csv, also with .gz or .zst, or .parquet; - for JSON lines to stdout."
        ),
    ],
    *,
    shared: dict[str, Any],
    versions: selections.Versions = "current",
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest",
            metavar="FILE",
            help="Also write a manifest: files, digests, selection. An index lies beside it.",
        ),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since-export", metavar="MANIFEST", help="Only what was added, changed or removed since that export."
        ),
    ] = None,
    rejects: selections.Rejects = None,
    shard_size: selections.ShardSize = None,
    wacz: Annotated[
        bool,
        typer.Option("--wacz", help="Write their captured pages as WACZ, for players of web archives: OUT.wacz."),
    ] = False,
    force: selections.Force = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON on stderr.")] = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Export articles into a file, one article a line or row: JSON lines, Parquet or CSV; or their pages as WACZ.

    Memory stays constant. A file appears under its name only when it is complete, and the same archive gives the same
    bytes. Articles whose pages ask not to be indexed, archived, mined or trained on are left out and counted.
    docs/formats.md describes the fields, docs/datasets.md how to read them. With --wacz all captures of the articles'
    pages are packed for pywb or ReplayWeb.page, and the pictures and style sheets that were kept (docs/evidence.md).

    For example:

        warraq export sport-october.jsonl.gz --section رياضة --from 2025-10-01 --to 2025-10-31

        warraq export ministers.wacz --wacz --site hespress --tag وزير
    """
    import orjson

    from storage.db.database import open_readonly
    from storage.export import Beside, write_edits, write_export
    from storage.queries.article_lists import count_articles
    from storage.similar import copy_log

    selection = selections.selection_of(shared)
    shard_bytes = options.size(shard_size, "--shard-size")
    engine = open_readonly(archive, db)
    copy_log.catch_up_if_possible(engine)
    rebuild = selections.rebuild_command(context, "target", "manifest", "rejects", "shard_size")
    beside = Beside(manifest, rebuild, since, rejects)
    total = count_articles(engine, selection.filters) if sys.stderr.isatty() else None
    if wacz:
        _export_wacz(context, engine, selection, total)
        return
    if versions == "all":
        selections.refuse_with_edits(context.params)
    with progress_bar("edits" if versions == "all" else "articles") as advance:
        if versions == "all":
            done = write_edits(engine, target, selection, force=force, shard_bytes=shard_bytes, on_progress=advance)
        else:
            done = write_export(
                engine,
                target,
                selection,
                force=force,
                shard_bytes=shard_bytes,
                beside=beside,
                on_progress=lambda written: advance(written, total),
            )
    if not done.rows and not done.left_out.reasons and since is None:
        options.warn_unknown_site(engine, shared["site"])
    what = "edits" if versions == "all" else "articles"
    if as_json:
        summary = {
            what: done.rows,
            "reserved": done.left_out.reserved,
            "left_out": done.left_out.reasons,
            "file": target,
            "files": list(map(str, done.paths)),
        }
        print(orjson.dumps(summary).decode(), file=sys.stderr)
    else:
        print("\n".join(selections.summary_lines(done, target, what="changes" if since else what)), file=sys.stderr)


def _export_wacz(context: typer.Context, engine: "Engine", selection: "ExportSelection", total: int | None) -> None:
    from datetime import UTC, datetime

    import orjson

    from storage.export.wacz.wacz_package import write_wacz

    values = context.params
    selections.refuse_with_wacz(values)
    with progress_bar("articles") as advance:
        done = write_wacz(
            engine,
            Path(values["archive"]).absolute(),
            Path(values["target"]),
            selection,
            now=datetime.now(UTC),
            force=values["force"],
            on_progress=lambda articles: advance(articles, total),
        )
    if not done.articles and not done.left_out.reasons:
        options.warn_unknown_site(engine, values["site"])
    if values["as_json"]:
        summary = {
            "articles": done.articles,
            "captures": done.captures,
            "pages": done.pages,
            "without_page": done.without,
            "reserved": done.left_out.reserved,
            "left_out": done.left_out.reasons,
            "pictures": done.assets > 0,
            "assets": done.assets,
            "file": values["target"],
        }
        print(orjson.dumps(summary).decode(), file=sys.stderr)
        return
    print(f"{done.articles:,} articles, {done.captures:,} captures packed to {values['target']}", file=sys.stderr)
    if done.without:
        print(f"{done.without:,} of them have no captured page in the archive, as imported ones", file=sys.stderr)
    print("\n".join(selections.left_out_lines(done.left_out)), file=sys.stderr)
    print(done.lacks, file=sys.stderr)


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
        raise UsageError(message("--to names the database that the archive is in; name another"))
    source = database.open_readonly(archive, db)
    path = database.database_path(target)
    if path is not None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveError(message("can't make {path}: {why}", path=path.parent, why=error.strerror)) from error
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
