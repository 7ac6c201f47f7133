"""Rebuild from WARC: rows for captures that have none, up to an entire database from the files alone.

Extraction belongs to the crawler, so the caller passes a `Reader`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Protocol

from sqlalchemy import func, select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import captures as captures_table
from storage.db.schema import sites
from storage.errors import ArchiveError
from storage.records import Capture, Extraction, Kind, Position
from storage.revisits import Profile
from storage.rows import captures, runs
from storage.saving import Listed
from storage.warc.reader import Record, instant, site_fields, warcinfo_fields
from storage.warc.torn_files import all_records
from storage.warc.writer import FOLDER, is_site_name, read_capture, warc_files

Progress = Callable[[int, int], None]  # bytes done, total bytes
_RUN_FILE = re.compile(r"(?P<run>.+-\d{14}-(?P<id>\d{1,18}))(?:-\d+)?\.warc\.gz")
MESSAGE = "rebuilt from its WARC file"


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The arguments of Archive.add_site."""

    name: str
    home: str
    title: str | None
    country: str | None
    timezone: str
    revisits: Profile = "normal"


@dataclass(frozen=True, slots=True)
class ExtractionTask:
    """A capture to extract. kind: of the page, when it was requested. record: its WARC record.

    parts: the further pages of its article, in order, with their records.
    """

    capture: Capture
    kind: Kind
    site: SiteFacts
    record: Record
    parts: tuple[tuple[Capture, Record], ...] = ()


class Reader(Protocol):
    """The caller's knowledge of sites, and its extraction."""

    def site(self, name: str, known: dict[str, str], url: str) -> SiteFacts:
        """The declaration of a site. known: the site's fields in a warcinfo record. url: of any page of the site."""

    def read(self, tasks: Iterable[ExtractionTask]) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """Each task with its extraction, in order. The tasks are consumed lazily."""

    def listed(self, task: ExtractionTask) -> Listed | None:
        """The articles that a feed, sitemap or REST answer names, with their dates; None for any other page."""

    def hold(self, site: str) -> None:
        """Lock the site against crawls until all work is done. Raises WarraqError."""


@dataclass(slots=True)
class RebuildCounts:
    """captures: that got a row. articles: new ones. changed: versions added. unreadable: what is left, described."""

    files: int = 0
    captures: int = 0
    articles: int = 0
    changed: int = 0
    unreadable: list[str] = field(default_factory=list)


def rebuild_from_warc(
    archive: Archive, reader: Reader, files: Iterable[Path] | None = None, *, on_progress: Progress | None = None
) -> RebuildCounts:
    """Save every intact record of the archive's WARC files that has no row, with its article and versions.

    files: of the archive's folder; None: all of them. Doing it twice adds nothing. In an archive without rows this
    rebuilds all that the files hold: articles, versions, crawl state, and which articles were gone.
    """
    counts = RebuildCounts()
    candidates = warc_files(archive.folder) if files is None else files
    paths = _in_order(filter(Path.is_file, candidates))
    work = _Rebuild(archive, reader, counts)
    done, total = 0, sum(path.stat().st_size for path in paths)
    for path in paths:
        work.file(path)
        done += path.stat().st_size
        if on_progress is not None:
            on_progress(done, total)
    work.end_run()
    return counts


def _in_order(paths: Iterable[Path]) -> list[Path]:
    """The files by time, those of one run together: a run's pages are judged when all of them are known."""
    runs_of: dict[str, list[tuple[str, str, Path]]] = {}
    for path in paths:
        runs_of.setdefault(_run_of(path), []).append((warcinfo_fields(path).get("date", ""), path.name, path))
    return [path for began in sorted(map(sorted, runs_of.values())) for _, _, path in began]


def _run_of(path: Path) -> str:
    named = _RUN_FILE.fullmatch(path.name)
    return named["run"] if named else path.name


@dataclass(slots=True)
class _Rebuild:
    """One pass over files, with the files of one run in succession."""

    _archive: Archive
    _reader: Reader
    _counts: RebuildCounts
    _sites: dict[str, SiteFacts] = field(default_factory=dict)
    _run: str | None = None  # the common part of its files' names
    _run_id: int = 0
    _made: bool = False  # whether this pass started the run
    _captures: int = 0
    _last: datetime | None = None

    def file(self, path: Path) -> None:
        """Save the records of a file that have no row."""
        name = f"{FOLDER}/{path.name}"
        with read_transaction(self._archive.engine) as connection:
            rows = select(captures_table.c.warc_offset).where(captures_table.c.warc_file == name)
            known = set(connection.scalars(rows))
        without_row = (each for each in all_records(path, name) if each.position.offset not in known)
        first = next(without_row, None)
        if first is None:
            return
        self._counts.files += 1
        facts = warcinfo_fields(path)
        name_of_site = facts.get("ispartof") or first.capture.site
        if not is_site_name(name_of_site):
            self._counts.unreadable.append(f"{name}: it does not say of which site it is")
            return
        self._reader.hold(name_of_site)
        site = self._site(name_of_site, facts, first.capture.url)
        self._begin_run(path, site.name, facts, first.capture.fetched_at)
        try:
            for task, extraction in self._reader.read(self._tasks(site, chain((first,), without_row))):
                self._save(task, extraction)
        except BaseException:  # the run must not stay "running"
            self.end_run()
            raise

    def _site(self, name: str, facts: dict[str, str], url: str) -> SiteFacts:
        if name not in self._sites:
            site = self._sites[name] = self._reader.site(name, site_fields(facts), url)
            with read_transaction(self._archive.engine) as connection:
                held = connection.scalar(select(func.count()).select_from(sites).where(sites.c.name == name))
            if not held:
                self._archive.add_site(
                    site.name, site.home, site.title, site.country, site.timezone, revisits=site.revisits
                )
        return self._sites[name]

    def _begin_run(self, path: Path, site: str, facts: dict[str, str], fetched_at: datetime) -> None:
        """Set the run that wrote the file, by its rows or its name; otherwise start a new one of that time."""
        run, named = _run_of(path), _RUN_FILE.fullmatch(path.name)
        if run == self._run:
            return
        self.end_run()
        self._run, self._captures, self._last = run, 0, None
        with read_transaction(self._archive.engine) as connection:
            held = runs.of_file(connection, f"{FOLDER}/{path.name}")
            if held is None and named:
                held = runs.named(connection, site, int(named["id"]), run)
        self._made = held is None
        if held is None:
            began = instant(facts.get("date")) or fetched_at
            held = self._archive.start_run(site, now=min(began, fetched_at), kind="rebuild")
        self._run_id = held

    def end_run(self) -> None:
        """Finish the run, or judge its pages where it is finished."""
        if self._run is None or self._last is None:
            return
        if self._made:
            self._archive.finish_run(
                self._run_id, status="done", now=self._last, requests=self._captures, message=MESSAGE
            )
        else:
            self._archive.settle(self._run_id, now=self._last)
        self._run = None

    def _tasks(self, site: SiteFacts, file_records: Iterable[Record]) -> Iterator[ExtractionTask]:
        """The tasks of a file. The further pages of an article stand behind its first one."""
        waiting: ExtractionTask | None = None
        for record in file_records:
            capture = self._readable(site, record)
            if capture is None:
                continue
            kind = record.origin.kind if record.origin else "article"
            via = record.origin.via if record.origin else None
            if kind == "part" and waiting is not None and waiting.capture.url == via:
                waiting = replace(waiting, parts=(*waiting.parts, (capture, record)))
                continue
            if waiting is not None:
                yield waiting
            waiting = ExtractionTask(capture, kind, site, record)
        if waiting is not None:
            yield waiting

    def _readable(self, site: SiteFacts, record: Record) -> Capture | None:
        """The record's capture with its body; None where it can't be read, which is counted."""
        capture = replace(record.capture, site=record.capture.site or site.name)
        try:
            if record.reference is not None and not record.reference.unchanged:
                return replace(capture, body=read_capture(self._archive.folder, record.position).body)
            if not record.intact:
                raise ArchiveError("its bytes do not have the digest that the record states")
        except ArchiveError as error:
            where = f"{record.position.file} at byte {record.position.offset}"
            self._counts.unreadable.append(f"{where} ({capture.url}): {error}")
            return None
        return capture

    def _position(self, record: Record) -> Position:
        """Where the record is, with the id of the capture that it refers to."""
        if record.reference is None:
            return record.position
        with read_transaction(self._archive.engine) as connection:
            holder = captures.held_at(connection, record.capture.url, record.reference.fetched_at)
        return replace(record.position, refers_to=holder)

    def _save(self, task: ExtractionTask, extraction: Extraction) -> None:
        capture, record = task.capture, task.record
        position = self._position(record)
        if record.reference is not None and record.reference.unchanged:
            self._archive.touch(
                capture.requested_url or capture.url,
                run_id=self._run_id,
                now=capture.fetched_at,
                capture=capture,
                position=position,
                late=True,
            )
        else:
            saved = self._archive.save(
                capture,
                position,
                run_id=self._run_id,
                kind=task.kind,
                article=extraction.article,
                reason=extraction.reason,
                parts=[(part, self._position(its)) for part, its in task.parts],
                partial=extraction.partial,
                found=record.origin.found if record.origin else (),
                listed=self._reader.listed(task),
                now=capture.fetched_at,
                late=True,
            )
            if saved is not None:
                self._counts.articles += saved.change == "new"
                self._counts.changed += saved.change == "changed"
        self._counts.captures += 1 + len(task.parts)
        self._captures += 1 + len(task.parts)
        self._last = max(capture.fetched_at, self._last or capture.fetched_at)
