"""The plan of a reading: a file in the archive's folder that says what would change, and how far the reading is.

A reading that was interrupted goes on after the last whole line.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from crawler.extract import EXTRACTOR
from crawler.profile.site_profile import SiteProfile
from crawler.workers.stored_captures import NO_PROFILES
from storage.errors import AlreadyRunning, ArchiveError
from storage.files import lock
from storage.queries.reextraction_queue import PHASES, Choice, Phase

PLAN = "reextract.plan"


@dataclass(slots=True)
class ReextractCounts:
    """What reading again came to, counted. examples: the first changes, as `_example` has them.

    fields: by name, how many versions have it corrected. unread: reason to count of the captures that give no
    article now; what the archive has of them stays. removed: captures that show what was taken down. lost: captures
    whose bytes can't be read.
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

    def as_json(self) -> dict[str, Any]:
        """For `--json` and the plan."""
        return {**asdict(self), "fields": dict(self.fields), "unread": dict(self.unread)}


class ReextractPlan:
    """The file in which a reading is written down. One process at a time has it."""

    def __init__(
        self, file: BinaryIO, path: Path, header: dict[str, Any], profiles: Mapping[str, SiteProfile] = NO_PROFILES
    ) -> None:
        """Use `open_plan`."""
        self._file = file
        self._path = path
        self.profiles = profiles
        self.findings = ReextractCounts()
        self.phase: Phase | None = PHASES[0]
        self.after = 0
        self._resume(header)

    def _resume(self, header: dict[str, Any]) -> None:
        """Go on after the last whole line that is of the same reading; else begin anew."""
        lines = self._file.readlines()
        whole = 0
        for number, line in enumerate(lines):
            try:
                told = orjson.loads(line) if line.endswith(b"\n") else None
            except orjson.JSONDecodeError:
                told = None
            if told is None or (number == 0 and told != header):
                break
            whole += len(line)
            if number:
                self._restore(told)
        self._file.seek(whole)
        self._file.truncate()
        if not whole:
            self._write(header)

    def _restore(self, told: dict[str, Any]) -> None:
        self.phase, self.after = told["phase"], told["after"]
        counts: dict[str, Any] = told["findings"]
        counters = {name: Counter(counts[name]) for name in ("fields", "unread")}
        self.findings = ReextractCounts(**{**counts, **counters})

    def add(self, phase: Phase | None, after: int, changes: list[dict[str, Any]]) -> None:
        """Write down how far the reading is, and what it found since the last time."""
        self.phase, self.after = phase, after
        self._write({"phase": phase, "after": after, "changes": changes, "findings": self.findings.as_json()})

    def changes(self) -> Iterator[dict[str, Any]]:
        """All that is to be changed, in order."""
        self._file.seek(0)
        for line in self._file:
            yield from orjson.loads(line).get("changes", ())

    def discard(self) -> None:
        """The plan is carried out, or not wanted."""
        self._path.unlink(missing_ok=True)

    def _write(self, value: Any) -> None:
        try:
            self._file.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
            self._file.flush()
        except OSError as error:
            raise ArchiveError(f"can't write {self._path}: {error.strerror}") from error


@contextmanager
def open_plan(
    folder: Path, choice: Choice, profiles: Mapping[str, SiteProfile] = NO_PROFILES
) -> Iterator[ReextractPlan]:
    """The plan of this reading, begun or to be gone on with. Raises AlreadyRunning when another process has it.

    profiles: by site (`learn_profiles`). Other profiles make another plan.
    """
    path = folder / PLAN
    try:
        file = path.open("a+b")
    except OSError as error:
        raise ArchiveError(f"can't write {path}: {error.strerror}") from error
    with file:
        if not lock(file):
            raise AlreadyRunning(f"the captures in {folder} are being read again already; nothing was done")
        since = choice.since.isoformat() if choice.since else None
        file.seek(0)
        lines = {site: sorted(profile.lines) for site, profile in sorted(profiles.items()) if profile.lines}
        told = sha256(orjson.dumps(lines)).hexdigest() if lines else None
        header = {"extractor": EXTRACTOR, "site": choice.site, "since": since, "learned": told}
        yield ReextractPlan(file, path, header, profiles)
