"""`warraq backup` and `warraq restore`: write the whole archive into one file, and restore it."""

from pathlib import Path
from typing import Annotated

import typer

from crawler.commands import options
from crawler.output.printing import print_json
from crawler.output.progress_bar import progress_bar
from crawler.translation import _, terminal_line
from storage.messages import message


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The backup: a tar file, which is replaced.")],
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Write the whole archive into one file: tables, WARC files, tombstones, and the SHA-256 of each.

    It may be crawled meanwhile: the backup shows it as it was when the command began. The file appears when it is
    complete; an older one stays until then. Tables in PostgreSQL are backed up too, as an SQLite file.

    Exit codes: 0 written; 5 the archive or a disk refused.

    For example:

        warraq backup /backup/warraq-$(date +%F).tar
    """
    from storage.db.database import open_readonly
    from storage.maintenance.backup_file import write_backup

    engine = open_readonly(archive, db)
    with progress_bar("backup", in_bytes=True) as advance:
        done = write_backup(archive, engine, target, on_progress=advance)
    if as_json:
        print_json({"file": str(target), **done.as_json()})
    else:
        line = message("{path}: {files:,} files, {size:,} bytes", path=target, files=done.files, size=done.size)
        print(terminal_line(_(line)))


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="A file that `warraq backup` wrote.")],
    as_json: options.Json = False,
    archive: options.Archive = options.ARCHIVE,
    db: options.Db = None,
) -> None:
    """Make an archive from a backup, in a folder that is empty or missing.

    Every file is compared with the SHA-256 that the backup states. Where one differs, nothing stays in the folder. With
    --db the tables go to that database, which must be empty. Then `warraq verify` checks all of it.

    Exit codes: 0 restored; 2 the folder is not empty, or the file is no backup; 5 the backup is damaged, or a disk
    refused.

    For example:

        warraq restore /backup/warraq-2026-11-01.tar --archive /srv/warraq/again
    """
    from storage.maintenance.backup_file import restore_backup

    with progress_bar("restore", in_bytes=True) as advance:
        done = restore_backup(source, archive, db, on_progress=advance)
    if as_json:
        print_json({"archive": str(archive), **done.as_json()})
    else:
        line = message(
            "{path}: {files:,} files, {size:,} bytes, as of {at:%Y-%m-%d %H:%M} UTC",
            path=archive,
            files=done.files,
            size=done.size,
            at=done.made_at,
        )
        print(terminal_line(_(line)))
        print(terminal_line(_("next: {call}").format(call="warraq verify")))
