"""One merge of WARC files. After a kill at any point it can be continued, or has left nothing.

The new file is complete before it gets its name. Then one transaction updates the rows to the new positions. Only then
the old files are deleted, each after a comparison with its copy.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from storage.compaction.merge_plan import PlannedMerge
from storage.db.database import read_transaction, write
from storage.errors import ArchiveError
from storage.files import sync_folder
from storage.messages import message
from storage.rows.captures import files_named, move_rows
from storage.warc.faults import reach
from storage.warc.file_names import FOLDER, site_in
from storage.warc.files_lock import files_move
from storage.warc.merged_files import (
    Merge,
    interrupted_merges,
    is_same,
    merged_into,
    merged_parts,
    next_name,
    write_merged,
)
from storage.warc.store.stored_file import StoredFile, delete_everywhere, warc_files
from storage.warc.store.uploading import store_copy
from storage.warc.warcinfo_fields import site_fields, warcinfo_fields

_log = logging.getLogger("warraq.archive")


def merge_files(engine: Engine, folder: Path, planned: PlannedMerge) -> Iterator[int]:
    """Merge complete files of a site whose lock is held; yield the number of bytes of each piece copied.

    folder: of the archive. Raises ArchiveError when the disk or the database refuses, AlreadyRunning as `finish_merge`.
    """
    path = folder / FOLDER / next_name(folder, planned.stem)
    known = site_fields(warcinfo_fields(planned.sources[0]))
    about = {f"warraq-{name}": known[name] for name in ("home", "title", "country", "timezone") if name in known}
    yield from write_merged(path, planned.sources, {"isPartOf": planned.site, **about})
    finish_merge(engine, folder, Merge(path, merged_parts(path)))


def finish_merges(
    engine: Engine, folder: Path, paths: Iterable[Path] | None = None, *, hold: Callable[[str], object]
) -> int:
    """Finish the merges that were interrupted after their file was complete. paths: of WARC files; None: all.

    Also updates rows of a database that is older than a merge, such as a restored one; returns their number. hold:
    locks a site against crawls. Raises what `hold` and `finish_merge` raise.
    """
    for merge in interrupted_merges(list(warc_files(folder) if paths is None else paths)):
        hold(site_in(merge.path.name) or "")
        finish_merge(engine, folder, merge)
    with read_transaction(engine) as connection:
        there = {f"{FOLDER}/{path.name}" for path in warc_files(folder)}
        gone = [file for file in files_named(connection) if file not in there]
    moved = 0
    for file in gone:
        place = merged_into(folder, file.rpartition("/")[2])
        if place is not None:
            hold(site_in(place[0].name) or "")
            into = f"{FOLDER}/{place[0].name}"
            moved += write(engine, partial(move_rows, file=file, into=into, by=place[1].offset))
    return moved


def finish_merge(engine: Engine, folder: Path, merge: Merge) -> None:
    """Update the rows to the new positions, then delete the source files. The caller holds the site's lock.

    A source that differs from its copy is kept, with its rows. Raises ArchiveError when the disk or the database
    refuses, AlreadyRunning while the archive is being verified or backed up.
    """
    try:
        if not isinstance(merge.path, StoredFile):
            store_copy(folder, merge.path)  # other machines read it there as soon as rows refer to it
        with files_move(folder):
            same = [part for part in merge.parts if is_same(folder, merge, part)]
            for part in merge.parts:
                if part not in same:
                    _log_left(part.name, merge.path)
            moves = [(f"{FOLDER}/{part.name}", part.offset) for part in same]
            target = f"{FOLDER}/{merge.path.name}"

            def move(connection: Connection) -> None:
                for file, offset in moves:
                    move_rows(connection, file, target, offset)
                reach("compact-commit")

            write(engine, move)
            reach("compact-moved")
            for part in same:
                delete_everywhere(folder, part.name)
                reach("compact-deleted")
            sync_folder(folder / FOLDER)
    except OSError as error:
        raise ArchiveError(
            message(
                "can't merge into {path}: {why}; the same command goes on from here",
                path=merge.path,
                why=error.strerror or error,
            )
        ) from error


def _log_left(name: str, path: Path) -> None:
    why = message("{name!s} is not what {path!s} has of it: it stays, see `warraq verify`", name=name, path=path)
    _log.warning("%s", why)
