"""Plan of a reextraction: a file in the archive's folder with the changes to make and the progress so far.

Its lines are JSON: a header, then batches. An interrupted reextraction resumes after the last complete line.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from crawler.extract import EXTRACTOR
from crawler.workers.site_profiles import profile_of
from storage.errors import AlreadyRunning, ArchiveError
from storage.files import lock
from storage.messages import message
from storage.queries.reextraction_queue import PHASES, Choice, Phase
from storage.rows.profiles import StoredProfile

PLAN = "reextract.plan"


@dataclass(slots=True)
class ReextractCounts:
    """Counts of a reextraction, in captures unless another unit is named.

    corrected: versions that differ. recovered: articles from captures without one before. fields: field name to number
    of versions that differ in it. unread: reason to number of captures without an article now; their versions stay.
    removed: captures of articles that were taken down. lost: captures whose bytes can't be read. examples: the first
    changes, as `crawler.workers.reextraction` makes them. sites: site to number of versions that differ. left_out: site
    to the lines of its profile, folded, that were in texts and are left out now.
    """

    read: int = 0
    same: int = 0
    corrected: int = 0
    recovered: int = 0
    removed: int = 0
    lost: int = 0
    words_before: int = 0
    words_after: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, Any]] = field(default_factory=list)
    sites: Counter[str] = field(default_factory=Counter)
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The counts as an object for `--json` and the plan."""
        return {**asdict(self), "fields": dict(self.fields), "unread": dict(self.unread), "sites": dict(self.sites)}


class ReextractPlan:
    """The open plan file. Only one process at a time can open it."""

    def __init__(
        self, file: BinaryIO, path: Path, header: dict[str, Any], profiles: dict[str, StoredProfile] | None = None
    ) -> None:
        """Use `open_plan`."""
        self._file = file
        self._path = path
        self.profiles = profiles or {}
        self.counts = ReextractCounts()
        self.phase: Phase | None = PHASES[0]
        self.after = 0
        self._resume(header)

    def _resume(self, header: dict[str, Any]) -> None:
        """Restore the progress from a file with the same header, up to its last complete line; else begin anew."""
        lines = self._file.readlines()
        valid_bytes = 0
        for number, line in enumerate(lines):
            try:
                row = orjson.loads(line) if line.endswith(b"\n") else None
            except orjson.JSONDecodeError:
                row = None
            if row is None or (number == 0 and row != header):
                break
            valid_bytes += len(line)
            if number:
                self._restore(row)
        self._file.seek(valid_bytes)
        self._file.truncate()
        if not valid_bytes:
            self._write(header)

    def _restore(self, row: dict[str, Any]) -> None:
        self.phase, self.after = row["phase"], row["after"]
        counts: dict[str, Any] = row["findings"]
        counters = {name: Counter(counts[name]) for name in ("fields", "unread", "sites")}
        self.counts = ReextractCounts(**{**counts, **counters})

    def add(self, phase: Phase | None, after: int, changes: list[dict[str, Any]]) -> None:
        """Append the progress, and the changes since the last call. after: key of the last item of the phase."""
        self.phase, self.after = phase, after
        self._write({"phase": phase, "after": after, "changes": changes, "findings": self.counts.as_json()})

    def changes(self) -> Iterator[dict[str, Any]]:
        """All changes to make, in order."""
        self._file.seek(0)
        for line in self._file:
            yield from orjson.loads(line).get("changes", ())

    def discard(self) -> None:
        """Delete the file: the plan was applied, or is not wanted."""
        self._path.unlink(missing_ok=True)

    def _write(self, value: Any) -> None:
        try:
            self._file.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
            self._file.flush()
        except OSError as error:
            raise ArchiveError(message("can't write {path}: {why}", path=self._path, why=error.strerror)) from error


@contextmanager
def open_plan(
    folder: Path, choice: Choice, profiles: dict[str, StoredProfile] | None = None
) -> Iterator[ReextractPlan]:
    """Open the plan: create it, or resume it. Raises AlreadyRunning while another process has it open.

    profiles: by site (`current_profiles`). If profiles, choice or extractor differ from the file's, it starts anew.
    """
    path = folder / PLAN
    try:
        file = path.open("a+b")
    except OSError as error:
        raise ArchiveError(message("can't write {path}: {why}", path=path, why=error.strerror)) from error
    with file:
        if not lock(file):
            raise AlreadyRunning(
                message("the captures in {folder} are being extracted again already; nothing was done", folder=folder)
            )
        since = choice.since.isoformat() if choice.since else None
        file.seek(0)
        digests = {site: profile_of(each).digest for site, each in sorted((profiles or {}).items())}
        digest = sha256(orjson.dumps(digests)).hexdigest() if digests else None
        header = {"extractor": EXTRACTOR, "site": choice.site, "since": since, "learned": digest}
        yield ReextractPlan(file, path, header, profiles)
