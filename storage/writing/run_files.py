"""The WARC files that open runs append to: captures in groups, for which the disk is waited for once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, Engine

from storage import assets, removal
from storage.db.database import read_transaction, write
from storage.errors import ArchiveError, TakenDown
from storage.records import Capture, Origin, Position
from storage.rows import captures, runs, tombstones
from storage.rows.prepared import PreparedCapture
from storage.warc.file_names import FOLDER
from storage.warc.open_files import mend_ends
from storage.warc.record_format import payload_digest
from storage.warc.writer import MAX_FILE_BYTES, Appending, WarcWriter


@dataclass(frozen=True, slots=True)
class Append:
    """A capture to append to the file of its run. origin: how it came about, for a rebuild of the database.

    follows: it is a further page of the latest one before it that follows none, and is not kept without that.
    """

    capture: Capture
    run_id: int
    origin: Origin | None = None
    follows: bool = False


class RunFiles:
    """A file for each run, which its first capture opens: the one of its site and day. For one thread."""

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        max_bytes: int = MAX_FILE_BYTES,
        *,
        on_full: Callable[[str], None] = lambda _site: None,
    ) -> None:
        """folder: the archive's. max_bytes: from this size on a file is full, and another is begun.

        on_full: called with the site of a file that was full and is closed.
        """
        self._on_full = on_full
        self._folder = folder
        self._engine = engine
        self._max_bytes = max_bytes
        self._writers: dict[int, WarcWriter] = {}

    @property
    def open_runs(self) -> set[int]:
        """The ids of the runs that have a file."""
        return set(self._writers)

    def close(self, run_id: int) -> None:
        """Close the run's file, if it has one."""
        writer = self._writers.pop(run_id, None)
        if writer is not None:
            writer.close()

    def mend_killed(self, site: str) -> None:
        """Cut off the torn ends that killed runs of the site left in their files. Its lock is held."""
        with read_transaction(self._engine) as connection:
            stems = runs.killed_run_stems(connection, site)
        files = (self._folder / FOLDER).glob
        mend_ends([path for stem in sorted(stems) for path in sorted(files(f"{stem}*.warc.gz"))], self._last_position)

    def _last_position(self, file: str) -> Position | None:
        with read_transaction(self._engine) as connection:
            return captures.last_position(connection, file)

    def append_all(self, appends: Sequence[Append]) -> list[Position | ArchiveError | TakenDown]:
        """Write captures; where each is when the disk has them, or why it is not kept.

        Captures of one run lie in its file in their order, without others between them: a rebuild takes further pages
        from behind their first one.

        A payload that a page had before is stored once, and one that any asset had before for an asset: the record
        then refers to the earlier capture, as does an answer of 304. TakenDown: the page was removed; nothing is
        written, and its URLs are requested no more.
        """
        prepared = [PreparedCapture.of(each.capture) for each in appends]
        answers: dict[int, Position | ArchiveError | TakenDown] = {}
        by_run: defaultdict[int, list[int]] = defaultdict(list)
        appendings: dict[int, Appending] = {}
        taken_down: list[PreparedCapture] = []
        try:
            with read_transaction(self._engine) as connection:
                removed = tombstones.among(connection, {key for each in prepared for key in each.urls})
                keys = {each.key for each in prepared}
                # Most pages of a group are new; of one page alone it is as cheap to ask for its bytes at once.
                known = captures.known(connection, keys) if len(appends) > 1 else keys
                first = 0
                for place, (append, captured) in enumerate(zip(appends, prepared, strict=True)):
                    first = first if append.follows else place
                    if append.follows and first in answers:
                        answers[place] = answers[first]
                        continue
                    if removed & captured.urls.keys():
                        url = append.capture.url
                        answers[place] = TakenDown(f"{url} was taken down from this archive; nothing of it is kept")
                        taken_down.append(captured)
                        continue
                    appendings[place] = _appending(connection, append, captured, is_known=captured.key in known)
                    by_run[append.run_id].append(place)
                for run_id in by_run.keys() - self._writers.keys():
                    self._writers[run_id] = self._writer(connection, run_id)
            if taken_down:
                write(self._engine, partial(_block, taken_down))
        except ArchiveError as error:
            return [error] * len(appends)
        for run_id, places in by_run.items():
            done = self._writers[run_id].append_all([appendings[place] for place in places])
            answers.update(zip(places, done, strict=True))
        return [answers[place] for place in range(len(appends))]

    def _writer(self, connection: Connection, run_id: int) -> WarcWriter:
        site, started_at, about = runs.about(connection, run_id)
        return WarcWriter(
            self._folder,
            site,
            run_id,
            started_at,
            about,
            max_bytes=self._max_bytes,
            last_position=self._last_position,
            on_full=partial(self._on_full, site),
        )


def _appending(connection: Connection, append: Append, captured: PreparedCapture, *, is_known: bool) -> Appending:
    """What is written of a capture. is_known: whether its page has captures."""
    capture = append.capture
    digest = payload_digest(capture.body) if capture.status != 304 else None
    holder = None
    if is_known and (digest is None or capture.body):
        holder = captures.holder(connection, captured.key, digest=digest)
    if holder is None and digest is not None and append.origin and append.origin.kind == "asset":
        holder = assets.holder(connection, digest)  # the same picture has several addresses
    return Appending(capture, append.origin, holder, digest)


def _block(taken_down: Sequence[PreparedCapture], connection: Connection) -> None:
    for captured in taken_down:
        removal.block(connection, captured, now=captured.capture.fetched_at)
