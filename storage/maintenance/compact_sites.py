"""Compaction: merges small WARC files of earlier days into a few large ones, one new file at a time."""

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from storage.compaction.merge_plan import PlannedMerge, plan_merges
from storage.compaction.merging import finish_merge, merge_files
from storage.db.database import read_transaction
from storage.errors import AlreadyRunning, ArchiveError
from storage.files import lock
from storage.messages import message, words_of
from storage.removal import erase_site
from storage.rows.captures import last_position
from storage.warc.file_names import FOLDER, site_in
from storage.warc.files_lock import files_move
from storage.warc.merged_files import interrupted_merges
from storage.warc.open_files import mend
from storage.warc.store.stored_file import StoredFile, warc_files
from storage.warc.torn_files import Gap, scan

Progress = Callable[[int, int], None]  # bytes done, total bytes
SiteLocked = Callable[[str], AbstractContextManager[object]]  # a site's lock; it raises AlreadyRunning


@dataclass(slots=True)
class Compacted:
    """merges: those that were made, or would be. busy: reasons for sites that were skipped, by name.

    left: reasons for files that were not merged, by name. finished: number of interrupted earlier merges now finished.
    """

    merges: list[PlannedMerge] = field(default_factory=list)
    finished: int = 0
    busy: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        merges = [
            {"site": each.site, "name": each.stem, "files": len(each.sources), "bytes": each.length}
            for each in self.merges
        ]
        return {"merges": merges, "finished": self.finished, "busy": self.busy, "left": self.left}


def compact(
    engine: Engine,
    folder: Path,
    locked: SiteLocked,
    *,
    before: date,
    limit: int,
    site: str | None = None,
    dry_run: bool = False,
    on_progress: Progress | None = None,
) -> Compacted:
    """Merge the files of days earlier than `before`, by site and month, into files of at most `limit` bytes.

    engine: of the archive in `folder`, with the newest schema. site: only this one. The archive may be crawled
    meanwhile: a site is locked only while one new file is made. The next call continues an interrupted one. Raises
    ArchiveError when the disk or the database refuses, AlreadyRunning while the archive is verified or backed up.
    """
    done = Compacted()
    if not dry_run:
        with files_move(folder):  # checked first, so that no merge is written in vain
            pass
        _finish(engine, folder, locked, site, done)
    sizes = [(path, path.stat().st_size) for path in warc_files(folder) if path.is_file()]
    interrupted = {part.name for merge in interrupted_merges([path for path, _ in sizes]) for part in merge.parts}
    sizes = [(path, size) for path, size in sizes if path.name not in interrupted]
    planned = plan_merges(sizes, before=before, limit=limit, site=site)
    if dry_run:
        done.merges = planned
        return done
    copied, total = 0, sum(each.length for each in planned)
    for each in planned:
        try:
            with locked(each.site), ExitStack() as stack:
                erase_site(engine, folder, each.site, now=datetime.now(UTC))
                sources = [path for path in each.sources if _can_be_merged(engine, path, stack, done)]
                if len(sources) > 1:
                    length = sum(path.stat().st_size for path in sources)
                    whole = PlannedMerge(each.site, each.stem, tuple(sources), length)
                    for piece in merge_files(engine, folder, whole):
                        copied += piece
                        if on_progress is not None:
                            on_progress(copied, total)
                    done.merges.append(whole)
                    erase_site(engine, folder, each.site, now=datetime.now(UTC))  # erase what was taken down meanwhile
        except AlreadyRunning as error:
            done.busy[each.site] = words_of(error)
    return done


def _finish(engine: Engine, folder: Path, locked: SiteLocked, site: str | None, done: Compacted) -> None:
    for merge in interrupted_merges(warc_files(folder)):
        name = site_in(merge.path.name) or ""
        if site in (None, name):
            try:
                with locked(name):
                    finish_merge(engine, folder, merge)
                    done.finished += 1
            except AlreadyRunning as error:
                done.busy[name] = words_of(error)


def _can_be_merged(engine: Engine, path: Path, stack: ExitStack, done: Compacted) -> bool:
    """Lock the file until the stack is closed, and cut off a torn end; return whether it can be merged."""
    try:
        if isinstance(path, StoredFile):  # only complete files are uploaded, and nothing is appended there
            return True
        file = stack.enter_context(path.open("r+b", buffering=0))
        if not lock(file):
            why = message("it is being written")
        elif not mend(file, path, lambda name: _last(engine, name)):
            why = message("it is not what its rows say: see `warraq verify`")
        elif not path.exists():
            why = message("nothing in it was whole: it was put aside")
        elif any(isinstance(each, Gap) for each in scan(path)):
            why = message("it is damaged: see `warraq verify`")
        else:
            return True
    except OSError as error:
        raise ArchiveError(message("can't read {path}: {why}", path=path, why=error.strerror or error)) from error
    done.left[f"{FOLDER}/{path.name}"] = why
    return False


def _last(engine: Engine, name: str) -> Any:
    with read_transaction(engine) as connection:
        return last_position(connection, name)
