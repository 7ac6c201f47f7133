"""Sealing: the records of days that are over become trees, a seal a day, each naming the one before.

A day is closed an hour after its end by UTC. Records of a sealed day that come later, as by an import, get a further
seal of that day: what it proves begins with its own timestamp.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.errors import AlreadyRunning, ArchiveError
from storage.evidence.day_seal import FIRST, DaySeal
from storage.evidence.leaves import RecordLeaf, day_of, is_redacted, leaves
from storage.evidence.merkle import root
from storage.evidence.seal_folder import SealedLeaf, list_text, read_seals, write_seal
from storage.evidence.sealed_index import Expected, SealedIndex
from storage.files import lock, open_lock_file
from storage.messages import message
from storage.warc.file_names import FOLDER
from storage.warc.files_lock import files_stay
from storage.warc.store.stored_file import warc_files

CLOSES_AFTER = timedelta(hours=1)  # what was fetched in a day's last seconds may be written in the next one's first
Progress = Callable[[int, int], None]  # bytes done, total bytes
_LOCK_NAME = "attest"  # in the folder of locks; no site's lock is called so


def seal_days(folder: Path, *, now: datetime, on_progress: Progress | None = None) -> list[DaySeal]:
    """Seal what is closed and not sealed yet; the new seals. folder: the archive's. now: aware.

    Only parts of files are read that no seal covers. Raises AlreadyRunning while another process seals or merges files,
    ArchiveError when the disk refuses or the seals that are there are damaged.
    """
    try:
        with _one_at_a_time(folder), files_stay(folder):
            earlier = read_seals(folder)
            days = _unsealed(folder, (now.astimezone(UTC) - CLOSES_AFTER).date(), on_progress)
            made: list[DaySeal] = []
            for day, listed in sorted(days.items()):
                last = made[-1] if made else earlier[-1] if earlier else None
                number, previous = (last.number + 1, last.digest()) if last else (1, FIRST)
                text = list_text(listed)
                top = root(each.hash for each in listed)
                seal = DaySeal(number, day, len(listed), top, hashlib.sha256(text).digest(), previous, now)
                write_seal(folder, seal, text)
                made.append(seal)
            return made
    except OSError as error:
        where = error.filename or folder
        raise ArchiveError(
            message(
                "can't seal: {where}: {why}; the same command goes on from here",
                where=where,
                why=error.strerror or error,
            )
        ) from error


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    file = open_lock_file(folder / "locks" / _LOCK_NAME)
    try:
        if not lock(file):
            raise AlreadyRunning(
                message("another process is sealing {folder}; nothing was done, try again later", folder=folder)
            )
        yield
    finally:
        os.close(file)


def _unsealed(folder: Path, open_from: date, on_progress: Progress | None) -> dict[date, list[SealedLeaf]]:
    """The records of days before `open_from` that are in no seal, by day and in the order of files and positions."""
    index = SealedIndex.of(folder)
    paths = [path for path in warc_files(folder) if path.is_file()]
    total, done = sum(path.stat().st_size for path in paths), 0
    days: defaultdict[date, list[SealedLeaf]] = defaultdict(list)
    for path in paths:
        expected = index.expected_in(path)
        sealed = {each.hash for each in expected}
        for leaf in leaves(path, _covered(expected)):
            if isinstance(leaf, RecordLeaf) and leaf.hash not in sealed:
                sealed.add(leaf.hash)
                day = _closed_day(leaf, open_from)
                if day is not None:
                    days[day].append(SealedLeaf(leaf.hash, f"{FOLDER}/{path.name}", leaf.offset, leaf.length))
        done += path.stat().st_size
        if on_progress is not None:
            on_progress(done, total)
    return dict(days)


def _closed_day(leaf: RecordLeaf, open_from: date) -> date | None:
    fields = leaf.fields()
    if is_redacted(fields):
        return None
    # A record without a date, as other programs may write it, is of the last day that is closed.
    day = day_of(fields) or open_from - timedelta(days=1)
    return day if day < open_from else None


def _covered(expected: list[Expected]) -> int:
    """Offset up to which every record was sealed. expected: by position."""
    end = 0
    for each in expected:
        if each.offset > end:
            break
        end = max(end, each.offset + each.length)
    return end
