"""Sealing: the records of each closed day become a tree with a seal; each seal contains the digest of the one before.

A day is closed an hour after its end in UTC. Records of a sealed day that arrive later, for example by an import, get
a further seal of that day, which proves their existence only from its own timestamp on.
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

CLOSES_AFTER = timedelta(hours=1)  # responses fetched in a day's last seconds may be written in the next day
Progress = Callable[[int, int], None]  # bytes done, total bytes
_LOCK_NAME = "attest"  # in the folder of locks; no site's lock has this name


def seal_days(folder: Path, *, now: datetime, on_progress: Progress | None = None) -> list[DaySeal]:
    """Seal the records of closed days that are not sealed yet; return the new seals. folder: the archive's. now: aware.

    Reads only the parts of files that no seal covers. Raises AlreadyRunning while another process seals or merges
    files, ArchiveError when the disk refuses or existing seals are damaged.
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
    """The unsealed records of days before `open_from`, by day, in the order of files and positions."""
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
    # A record without a date, which other programs may write, is assigned to the last closed day.
    day = day_of(fields) or open_from - timedelta(days=1)
    return day if day < open_from else None


def _covered(expected: list[Expected]) -> int:
    """The offset up to which every record is sealed. expected: by position."""
    end = 0
    for each in expected:
        if each.offset > end:
            break
        end = max(end, each.offset + each.length)
    return end
