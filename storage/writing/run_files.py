"""The WARC files to which open runs append: captures are written in groups that are synced to disk together."""

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
    """A capture to append to the file of its run. origin: the circumstances of its request, for a rebuild.

    follows: it is a further page of the latest capture before it without `follows`, and is not saved without that one.
    """

    capture: Capture
    run_id: int
    origin: Origin | None = None
    follows: bool = False


class RunFiles:
    """The open file of each run, which is that of its site and day, opened by its first capture. Not thread-safe."""

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        max_bytes: int = MAX_FILE_BYTES,
        *,
        on_full: Callable[[str], None] = lambda _site: None,
    ) -> None:
        """folder: the archive's. max_bytes: size at which a file is full, and another one is begun.

        on_full: called with the site after a full file was closed.
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
        """Cut off the torn ends that killed runs of the site left in their files. The caller holds the site's lock."""
        with read_transaction(self._engine) as connection:
            stems = runs.killed_run_stems(connection, site)
        files = (self._folder / FOLDER).glob
        mend_ends([path for stem in sorted(stems) for path in sorted(files(f"{stem}*.warc.gz"))], self._last_position)

    def _last_position(self, file: str) -> Position | None:
        with read_transaction(self._engine) as connection:
            return captures.last_position(connection, file)

    def append_all(self, appends: Sequence[Append]) -> list[Position | ArchiveError | TakenDown]:
        """Write captures and sync them to disk; return the position of each, or the error that prevented it.

        Captures of one run are in its file in their order, without others between them: a rebuild finds further pages
        behind the first one.

        A page's payload that the page had before is not stored again, nor an asset's that any asset had before: the
        record refers to the earlier capture then, as for a 304 response. TakenDown: the page was removed; nothing is
        written, and its URLs are no longer requested.
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
                # Most pages of a group are new; for a single page, this query costs as much as the one for its bytes.
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
    """The record to append for a capture. is_known: whether its page has captures."""
    capture = append.capture
    digest = payload_digest(capture.body) if capture.status != 304 else None
    holder = None
    if is_known and (digest is None or capture.body):
        holder = captures.holder(connection, captured.key, digest=digest)
    if holder is None and digest is not None and append.origin and append.origin.kind == "asset":
        holder = assets.holder(connection, digest)  # the same picture may have several URLs
    return Appending(capture, append.origin, holder, digest)


def _block(taken_down: Sequence[PreparedCapture], connection: Connection) -> None:
    for captured in taken_down:
        removal.block(connection, captured, now=captured.capture.fetched_at)
