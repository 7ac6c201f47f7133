"""`warraq verify`, `repair` and `import`: whether an archive is whole, what mends it, and what comes from elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from crawler.commands import options
from crawler.errors import ArchiveError, UsageError
from crawler.output.printing import one_line, print_json

EXIT_DAMAGED = ArchiveError.exit_code
EXIT_UNREADABLE = 1
EXAMPLES = 20  # of what an import can't read, told one by one


@contextmanager
def _bar(what: str) -> Iterator[Any]:
    """Progress over bytes, on stderr, for a person who watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    off = not sys.stderr.isatty()
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=off) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def verify(
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Check the whole archive: rows against WARC records, bytes against digests, SQLite, search index. Writes nothing.

    What a killed crawl left over (captures without a row, a torn end of a file) is told and harms nothing; `warraq
    repair` mends it. Exit codes: 0 nothing is wrong; 5 something is.

    For example:

        warraq verify --json
    """
    from storage.db.database import open_for_reading
    from storage.maintenance.verify import verify as check

    engine = open_for_reading(archive, db)
    with _bar("WARC files") as advance:
        report = check(engine, archive.absolute(), on_progress=advance)
    if as_json:
        print_json(report.as_json())
    else:
        _print_report(report)
    raise typer.Exit(0 if report.ok else EXIT_DAMAGED)


def _print_report(report: Any) -> None:
    print(
        f"{report.records:,} captures in {report.files:,} WARC files, {report.rows:,} rows and {report.texts:,} texts "
        "were checked."
    )
    for title, found in (("wrong", report.wrong), ("left over", report.left)):
        for kind, finding in sorted(found.items()):
            print(f"{title}: {kind}: {finding.count:,}")
            for example in finding.examples:
                print(f"  {one_line(example)}")
            if finding.count > len(finding.examples):
                print(f"  … and {finding.count - len(finding.examples):,} more")
    if not report.ok:
        print("The archive is damaged: `warraq repair` mends what can be mended.")
    elif report.left:
        print("Nothing is wrong. `warraq repair` takes in what is left over.")
    else:
        print("Nothing is wrong.")


def repair(
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="Put the SQLite database aside and make it anew from the WARC files."),
    ] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Mend what can be mended: torn ends of WARC files, captures without a row, the search index, a lost database.

    Where the database is missing it is rebuilt from the WARC files: the same articles and versions, read by today's
    extractor. A torn end is cut off and kept beside its file. What can't be mended is listed. Exit codes: 0 nothing
    is wrong now; 3 a site that needs mending is being crawled; 5 something is still wrong.

    For example:

        warraq repair
    """
    from crawler.workers.warc_rebuild import ArchiveReader
    from storage.archive import Archive
    from storage.maintenance.repair import repair as mend

    folder = archive.absolute()
    if not (folder / "warc").is_dir():
        raise UsageError(f"there is no archive at {folder}: it has no folder warc")
    with ArchiveReader(folder) as reader:
        aside = _put_aside(folder, db, reader) if rebuild else None
        with Archive.open(folder, db) as opened, _bar("WARC files") as advance:
            reader.keep_in(opened)
            done = mend(opened, reader, on_progress=advance)
    if as_json:
        print_json({**done.as_json(), "put_aside": str(aside) if aside else None})
    else:
        _print_repaired(done, aside)
    raise typer.Exit(0 if done.report.ok else EXIT_DAMAGED)


def _put_aside(folder: Path, db: str | None, reader: Any) -> Path | None:
    """Rename a SQLite database, with its log; None: there was none. Raises UsageError for PostgreSQL."""
    from storage.db.database import archive_url

    url = archive_url(folder, db)
    if url.get_backend_name() != "sqlite":
        raise UsageError("--rebuild makes an SQLite database anew; for PostgreSQL name an empty one with --db")
    path = Path(url.database or "")
    if not path.exists():
        return None
    for lock in sorted((folder / "locks").glob("*.lock")):  # whoever crawls would go on writing into the old one
        reader.hold(lock.stem)
    aside = path.with_name(f"{path.name}.{datetime.now(UTC):%Y%m%d%H%M%S}.aside")
    try:
        for suffix in ("-wal", "-shm", ""):  # the database last: until it is gone, nothing is made anew
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise ArchiveError(f"can't put {path} aside: {error.strerror}") from error
    return aside


def _print_repaired(done: Any, aside: Path | None) -> None:
    if aside is not None:
        print(f"The old database was put aside as {aside}")
    for torn in done.torn:
        print(torn)
    if done.moved:
        print(f"{done.moved:,} rows point at the places again where their captures are")
    relinked = done.relinked
    if relinked.captures:
        print(
            f"{relinked.captures:,} captures have a row again: {relinked.articles:,} new articles, "
            f"{relinked.changed:,} versions"
        )
    for told in relinked.unreadable:
        print(f"can't be mended: {one_line(told)}")
    if done.indexed is not None:
        print(f"The search index was made anew: {done.indexed:,} articles")
    _print_report(done.report)


def import_files(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="WARC files, .warc or .warc.gz.")],
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="NAME", help="The declared site that pages are of whose record names none."),
    ] = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Take WARC files into the archive: their HTML pages, kept and read as if they had been fetched.

    A page is of the site that the file names, else of --site, else of the declared site of its host, else of one that
    is named after the host. Files that lie in the archive's own warc folder stay where they are and get their rows:
    with the database lost, importing them all rebuilds it. Doing it twice adds nothing. What can't be read is told,
    and the rest is kept. Exit codes: 1 pages that can't be read; 2 a file that is no WARC file; 5 a damaged file.

    For example:

        warraq import archive/warc/*.warc.gz
    """
    from crawler.registry import declared_sites
    from crawler.workers.warc_rebuild import ArchiveReader
    from storage.archive import Archive
    from storage.maintenance.rebuild import rebuild_from_warc
    from storage.maintenance.warc_import import import_warc

    folder = archive.absolute()
    for path in files:
        if not path.is_file():
            raise UsageError(f"there is no file {path}")
    declared = declared_sites.declared()
    named = declared_sites.spider_for(site, declared).site.name if site is not None else None

    def name_of(url: str) -> str:
        parts = urlsplit(url)
        return named or declared_sites.spider_for(f"{parts.scheme}://{parts.netloc}/", declared).site.name

    own = [path for path in files if path.resolve().parent == (folder / "warc").resolve()]
    results: list[dict[str, Any]] = []
    code = 0
    with ArchiveReader(folder) as reader, Archive.open(folder, db) as opened:
        if own:
            reader.keep_in(opened)
            with _bar("own WARC files") as advance:
                names = dict.fromkeys(path.resolve().name for path in own)
                linked = rebuild_from_warc(
                    opened, reader, [folder / "warc" / name for name in names], on_progress=advance
                )
            results.append({"file": None, "known": 0, "others": 0, **asdict(linked)})
        for path in files:
            if path not in own:
                try:
                    done = import_warc(opened, reader, path, now=datetime.now(UTC), name_of=name_of)
                except UsageError as error:  # the files after it can be read all the same
                    typer.echo(f"warraq: {error}", err=True)
                    code = UsageError.exit_code
                else:
                    results.append({"file": str(path), **asdict(done)})
    if as_json:
        print_json({"results": results})
    else:
        for each in results:
            _print_imported(each, own=len(own))
    if any(each.get("damaged") or (each["file"] is None and each["unreadable"]) for each in results):
        code = EXIT_DAMAGED
    elif any(each["unreadable"] for each in results):
        code = code or EXIT_UNREADABLE
    raise typer.Exit(code)


def _print_imported(each: dict[str, Any], *, own: int) -> None:
    print(
        f"{each['file'] or f'{own} of the archive'}: {each['captures']:,} captures kept, "
        f"{each['known']:,} known, {each['others']:,} no pages; {each['articles']:,} new articles, "
        f"{each['changed']:,} versions"
    )
    if each["file"] is None:
        print(
            "  the archive's own: they stay where they are, and what had no row has one now, as after `warraq repair`"
        )
    for title, told in (("can't be read", each["unreadable"]), ("damaged", each.get("damaged", []))):
        for one in told[:EXAMPLES]:
            print(f"  {title}: {one_line(one)}")
        if len(told) > EXAMPLES:
            print(f"  … and {len(told) - EXAMPLES:,} more that {'are damaged' if title == 'damaged' else title}")
