"""`warraq import`: WARC files into the archive."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from crawler.commands import options
from crawler.output.printing import one_line, print_json
from crawler.output.progress_bar import progress_bar
from storage.errors import ArchiveError, UsageError

EXIT_DAMAGED = ArchiveError.exit_code
EXIT_UNREADABLE = 1
EXAMPLES = 20  # unreadable pages that an import names one by one


def import_files(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="WARC files, .warc or .warc.gz.")],
    site: Annotated[
        str | None,
        typer.Option("--site", metavar="NAME", help="The declared site that pages are of whose record names none."),
    ] = None,
    warc_size: options.WarcSize = None,
    log_format: options.LogFormat = None,
    log_file: options.LogFile = None,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Take WARC files into the archive: their HTML pages, kept and read as if they had been fetched.

    A page is of the site that the file names, else of --site, else of the declared site of its host, else of one that
    is named after the host. Files that lie in the archive's own warc folder stay where they are and get their rows:
    with the database lost, importing them all rebuilds it. Doing it twice adds nothing. Pages that can't be read
    are named, and the rest is kept.

    Exit codes: 1 pages that can't be read; 2 a file that is no WARC file; 5 a damaged file.

    For example:

        warraq import archive/warc/*.warc.gz
    """
    options.start_log(context, log_format, log_file)
    from crawler.registry import declared_sites
    from crawler.workers.warc_rebuild import RebuildExtractor
    from storage.archive import Archive
    from storage.maintenance.rebuild import rebuild_from_warc
    from storage.maintenance.warc_import import import_warc
    from storage.warc.writer import warc_bytes

    folder, full = archive.absolute(), warc_bytes(warc_size)
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
    with RebuildExtractor(folder) as extractor, Archive.open(folder, db, warc_bytes=full) as opened:
        extractor.keep_in(opened)
        if own:
            with progress_bar("own WARC files", in_bytes=True) as advance:
                names = dict.fromkeys(path.resolve().name for path in own)
                linked = rebuild_from_warc(
                    opened, extractor, [folder / "warc" / name for name in names], on_progress=advance
                )
            results.append({"file": None, "known": 0, "others": 0, **asdict(linked)})
        for path in files:
            if path not in own:
                try:
                    done = import_warc(opened, extractor, path, now=datetime.now(UTC), name_of=name_of)
                except UsageError as error:  # the other files are still imported
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
    for title, pages in (("can't be read", each["unreadable"]), ("damaged", each.get("damaged", []))):
        for page in pages[:EXAMPLES]:
            print(f"  {title}: {one_line(page)}")
        if len(pages) > EXAMPLES:
            print(f"  … and {len(pages) - EXAMPLES:,} more that {'are damaged' if title == 'damaged' else title}")
