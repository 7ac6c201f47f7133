"""`warraq verify`, `repair` and `reindex`: check the archive, repair it, rebuild its search index."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands import options
from crawler.output.printing import one_line, print_json
from crawler.output.progress_bar import progress_bar
from crawler.translation import _, counted, terminal_line
from storage.errors import ArchiveError, UsageError
from storage.messages import message

if TYPE_CHECKING:
    from crawler.workers.warc_rebuild import RebuildExtractor
    from storage.maintenance.repair import Repaired
    from storage.maintenance.verify_report import Report

EXIT_DAMAGED = ArchiveError.exit_code
LARGE_BYTES = 64 << 20  # bytes of WARC files; with fewer, one process ends before others have started


def verify(
    engine: options.BulkEngine = "local",
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Check the whole archive: rows against WARC records, bytes against digests, SQLite, search index. Writes nothing.

    What a killed crawl left over (captures without a row, a torn end of a file) is listed and does no harm; `warraq
    repair` mends it. Exit codes: 0 nothing is wrong; 5 something is.

    For example:

        warraq verify --json
    """
    from crawler.workers.bulk.engines import bulk_engine
    from crawler.workers.bulk.file_checks import checks_in
    from storage.db.database import open_readonly
    from storage.maintenance.verify import verify as check

    opened = open_readonly(archive, db)
    with bulk_engine(engine) as new_pool, progress_bar(message("WARC files"), in_bytes=True) as advance:
        from_bytes = LARGE_BYTES if engine == "local" else 0
        report = check(
            opened, archive.absolute(), on_progress=advance, checks=checks_in(new_pool), from_bytes=from_bytes
        )
    if as_json:
        print_json(report.as_json())
    else:
        _print_report(report)
    raise typer.Exit(0 if report.ok else EXIT_DAMAGED)


def _print_report(report: "Report") -> None:
    line = message(
        "{records:,} captures in {files:,} WARC files, {rows:,} rows and {texts:,} texts were checked.",
        records=report.records,
        files=report.files,
        rows=report.rows,
        texts=report.texts,
    )
    print(terminal_line(_(line)))
    for title, kinds in ((_("wrong"), report.wrong), (_("left over"), report.left)):
        for kind, finding in sorted(kinds.items()):
            print(terminal_line(f"{title}: {_(kind)}: {finding.count:,}"))
            for example in finding.examples:
                print("  " + terminal_line(one_line(_(example))))
            if finding.count > len(finding.examples):
                print("  " + terminal_line(counted("… and {n:,} more", finding.count - len(finding.examples))))
    if not report.ok:
        print(terminal_line(_("The archive is damaged: `warraq repair` mends what can be mended.")))
    elif report.left:
        print(terminal_line(_("Nothing is wrong. `warraq repair` takes in what is left over.")))
    else:
        print(terminal_line(_("Nothing is wrong.")))


def repair(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Put the SQLite database aside and rebuild it from the WARC files.")
    ] = False,
    log_format: options.LogFormat = None,
    log_file: options.LogFile = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Repair what can be repaired: torn ends of WARC files, captures without a row, the search index, a lost database.

    Where the database is missing it is rebuilt from the WARC files: the same articles and versions, read by today's
    extractor. A torn end is cut off and kept beside its file. Different articles that a canonical address made one are
    parted. What can't be repaired is listed. Exit codes: 0 nothing is wrong now; 3 a site that needs repair is being
    crawled; 5 something is still wrong.

    For example:

        warraq repair
    """
    options.start_log(context, log_format, log_file)
    from crawler.workers.warc_rebuild import RebuildExtractor
    from storage.archive import Archive
    from storage.maintenance.repair import repair as mend

    folder = archive.absolute()
    if not (folder / "warc").is_dir():
        raise UsageError(message("there is no archive at {folder}: it has no folder warc", folder=folder))
    with RebuildExtractor(folder) as extractor:
        aside = _put_aside(folder, db, extractor) if rebuild else None
        with Archive.open(folder, db) as opened, progress_bar(message("WARC files"), in_bytes=True) as advance:
            extractor.keep_in(opened)
            done = mend(opened, extractor, on_progress=advance)
    if as_json:
        print_json({**done.as_json(), "put_aside": str(aside) if aside else None})
    else:
        _print_repaired(done, aside)
    raise typer.Exit(0 if done.report.ok else EXIT_DAMAGED)


def _put_aside(folder: Path, db: str | None, extractor: "RebuildExtractor") -> Path | None:
    """Rename an SQLite database and its log. Returns the new name, or None. Raises UsageError for PostgreSQL."""
    from storage.db.database_url import archive_url

    url = archive_url(folder, db)
    if url.get_backend_name() != "sqlite":
        raise UsageError(message("--rebuild makes an SQLite database anew; for PostgreSQL name an empty one with --db"))
    path = Path(url.database or "")
    if not path.exists():
        return None
    for lock in sorted((folder / "locks").glob("*.lock")):  # a crawl would continue to write to the old database
        extractor.hold(lock.stem)
    aside = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%d%H%M%S}.aside")
    try:
        for suffix in ("-wal", "-shm", ""):  # the database last: while it exists, no new one is made
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise ArchiveError(message("can't put {path} aside: {why}", path=path, why=error.strerror)) from error
    return aside


def _print_repaired(done: "Repaired", aside: Path | None) -> None:
    if aside is not None:
        print(terminal_line(_(message("The old database was put aside as {path!s}", path=aside))))
    for torn in done.torn:
        print(terminal_line(_(torn.words())))
    if done.moved:
        print(terminal_line(counted("{n:,} rows point at the places again where their captures are", done.moved)))
    rebuilt = done.rebuilt
    if rebuilt.captures:
        line = counted(
            "{n:,} captures have a row again: {articles}, {versions}",
            rebuilt.captures,
            articles=counted("{n:,} new articles", rebuilt.articles),
            versions=counted("{n:,} versions", rebuilt.changed),
        )
        print(terminal_line(line))
    if done.parted:
        line = counted(
            "{n:,} articles were parted from others with which a canonical address had merged them", done.parted
        )
        print(terminal_line(line))
    for page in rebuilt.unreadable:
        print(terminal_line(_(message("can't be mended: {what!s}", what=one_line(_(page))))))
    if done.indexed is not None:
        print(terminal_line(counted("The search index was made anew: {n:,} articles", done.indexed)))
    _print_report(done.report)


def reindex(
    copies: Annotated[
        bool, typer.Option("--copies", help="Look for all copies anew instead, as after a change of how they are told.")
    ] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Rebuild the search index from the articles, and find the classes of edits that are not stored yet.

    With --copies: look for all copies anew, and nothing else.

    For example:

        warraq reindex
    """
    from storage.archive import Archive
    from storage.search.index import rebuild
    from storage.similar import copy_log
    from storage.writing.edit_filling import fill_edits

    with Archive.open(archive, db, create=False) as opened, progress_bar(message("articles")) as advance:
        count = (copy_log.rebuild if copies else rebuild)(opened.engine, on_progress=advance)
        edits = 0 if copies else fill_edits(opened.engine)
    if as_json:
        print_json({"articles": count, "edits": edits})
    else:
        print(terminal_line(counted("{n:,} articles compared", count) if copies else _indexed(count, edits)))


def _indexed(count: int, edits: int) -> str:
    classes = counted("classes found for {n:,} edits", edits)
    return counted("{n:,} articles indexed; {classes}", count, classes=classes)
