"""`warraq compact`: merge many small WARC files into a few big ones."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from crawler.commands import options
from crawler.output.printing import print_json
from crawler.output.progress_bar import progress_bar
from crawler.translation import _, counted, terminal_line
from storage.errors import AlreadyRunning, UsageError
from storage.messages import message

if TYPE_CHECKING:
    from storage.maintenance.compact_sites import Compacted
    from storage.warc.store.uploading import Uploaded


def compact(
    site: options.SiteFilter = None,
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="DAY", help="Merge files of earlier days. Default: the first of this month."),
    ] = None,
    warc_size: options.WarcSize = None,
    warc_store: options.WarcStore = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be merged, and change nothing.")] = False,
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Merge the small WARC files of each site and month into big ones; then upload those that nobody writes.

    No record changes, and everything is found as before. A site is locked while one new file of it is made: a crawl
    of it that begins then ends with 3, others go on. An interrupted compaction continues where it stopped. It needs
    room for one new file, of --warc-size at most. Where the archive has a store (--warc-store), the merged files and
    all others that are closed go there, and leave its folder.

    Exit codes: 0 done; 3 nothing done, as the sites are being crawled, or the archive is verified or backed up; 5 the
    archive or its disk refused.

    For example:

        warraq compact --dry-run
    """
    from crawler.locks import SiteLock
    from storage.archive import Archive
    from storage.db.database import open_readonly
    from storage.maintenance.compact_sites import compact as merge
    from storage.warc.store.uploading import Uploaded, upload_closed
    from storage.warc.writer import warc_bytes

    today = datetime.now(UTC).date()
    day = options.day(before, "--before") or today.replace(day=1)
    if day > today:
        raise UsageError(message("--before {day} lies after today: files of today may still grow", day=day))
    limit = warc_bytes(warc_size)
    if dry_run:
        open_readonly(archive, db).dispose()  # a dry run must not upgrade the archive
    store = None if dry_run else warc_store
    with (
        Archive.open(archive, db, create=False, warc_store=store) as opened,
        progress_bar(message("merged"), in_bytes=True) as advance,
    ):
        done = merge(
            opened.engine,
            opened.folder,
            lambda name: SiteLock(opened.folder, name),
            before=day,
            limit=limit,
            site=site,
            dry_run=dry_run,
            on_progress=advance,
        )
        if site is not None and not (done.merges or done.busy or done.left):
            options.warn_unknown_site(opened.engine, site)
        sent = Uploaded() if dry_run else upload_closed(opened.folder, site=site)
    if as_json:
        print_json({**done.as_json(), "uploaded": sent.as_json(), "dry_run": dry_run})
    else:
        _print(done, dry_run=dry_run)
        _print_uploaded(sent)
    if done.busy and not (done.merges or done.finished or sent.files):
        raise typer.Exit(AlreadyRunning.exit_code)


def _print(done: "Compacted", *, dry_run: bool) -> None:
    for each in done.merges:
        size, files = f"{each.length / 1e6:,.1f}", len(each.sources)
        if dry_run:
            line = counted("{name}: {n:,} files would become one of {size} MB", files, name=each.stem, size=size)
        else:
            line = counted("{name}: {n:,} files became one of {size} MB", files, name=each.stem, size=size)
        print(terminal_line(line))
    if done.finished:
        print(terminal_line(counted("{n:,} merges that were interrupted are complete now", done.finished)))
    for name, why in sorted(done.left.items()):
        print(terminal_line(_(message("{file!s} was left as it is: {why}", file=name, why=why))))
    for name, why in sorted(done.busy.items()):
        print(terminal_line(_(message("{site!s} was left out: {why}", site=name, why=why))))
    files, merged = sum(len(each.sources) for each in done.merges), len(done.merges)
    if not merged:
        print(terminal_line(_("Nothing is to be merged.")))
    elif dry_run:
        print(terminal_line(counted("{n:,} files would become {made:,}.", files, made=merged)))
    else:
        print(terminal_line(counted("{n:,} files became {made:,}.", files, made=merged)))


def _print_uploaded(sent: "Uploaded") -> None:
    if sent.files:
        size = f"{sent.length / 1e6:,.1f}"
        print(terminal_line(counted("{n:,} files of {size} MB are in the store now", sent.files, size=size)))
    for name, why in sorted(sent.left.items()):
        print(terminal_line(_(message("{file!s} was not uploaded: {why}", file=name, why=why))))
