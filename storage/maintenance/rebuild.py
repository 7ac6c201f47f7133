"""Rebuild from WARC: adds rows for captures that have none, up to an entire database from the files alone.

Extraction belongs to the crawler, so the caller passes a `Reader`.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import select

from storage.archive import Archive
from storage.compaction.merging import finish_merges
from storage.db.database import read_transaction
from storage.db.schema import sites
from storage.errors import ArchiveError
from storage.maintenance.page_groups import PageGroup, PageToSave
from storage.maintenance.stored_pages import ExtractionTask, Reader, SiteFacts
from storage.messages import message
from storage.records import Capture, Extraction, Position, Saved
from storage.rows import captures, runs
from storage.urls import url_key
from storage.warc.file_names import FOLDER, at_byte, is_site_name
from storage.warc.reader import Record, instant
from storage.warc.run_spans import RunSpan, spans_without_rows
from storage.warc.store.stored_file import warc_files
from storage.warc.warcinfo_fields import site_fields
from storage.warc.writer import read_capture
from storage.writing.group_commit import Write

Progress = Callable[[int, int], None]  # bytes done, total bytes
MESSAGE = "rebuilt from its WARC file"


@dataclass(slots=True)
class RebuildCounts:
    """captures: that got a row. articles: new ones. changed: versions added. unreadable: descriptions of failures."""

    files: int = 0
    captures: int = 0
    articles: int = 0
    changed: int = 0
    unreadable: list[str] = field(default_factory=list)


def rebuild_from_warc(
    archive: Archive, reader: Reader, files: Iterable[Path] | None = None, *, on_progress: Progress | None = None
) -> RebuildCounts:
    """Save every intact record of the archive's WARC files that has no row, with its article and versions.

    files: of the archive's folder; None: all. Idempotent. In an archive without rows this rebuilds everything that the
    files contain: articles, versions, crawl state, and which articles were gone.
    """
    counts = RebuildCounts()
    candidates = warc_files(archive.folder) if files is None else list(files)
    finish_merges(archive.engine, archive.folder, candidates, hold=reader.hold)
    paths = [path for path in candidates if path.is_file()]
    total = 2 * sum(path.stat().st_size for path in paths)  # scanned, then read
    done = 0
    lacking: list[RunSpan] = []
    for path in paths:
        with read_transaction(archive.engine) as connection:
            known = captures.offsets_in(connection, f"{FOLDER}/{path.name}")
        lacking += spans_without_rows(path, known)
        done += path.stat().st_size
        if on_progress is not None:
            on_progress(done, total)
    counts.files = len({each.path for each in lacking})
    work = _Rebuild(archive, reader, counts, PageGroup(archive))
    done = total - sum(each.end - each.start for each in lacking)
    for span in _in_order(lacking):
        work.span(span)
        done += span.end - span.start
        if on_progress is not None:
            on_progress(done, total)
    work.end_run()
    return counts


def _in_order(spans: Iterable[RunSpan]) -> list[RunSpan]:
    """The spans by time, those of one run together, since some pages of a run are judged at its end."""
    runs_of: dict[str, list[tuple[str, str, int, RunSpan]]] = {}
    for each in spans:
        runs_of.setdefault(each.run, []).append((each.about.get("date", ""), each.path.name, each.start, each))
    return [each for began in sorted(map(sorted, runs_of.values())) for *_, each in began]


@dataclass(slots=True)
class _Rebuild:
    """One pass over spans; those of one run are consecutive."""

    _archive: Archive
    _reader: Reader
    _counts: RebuildCounts
    _group: PageGroup
    _sites: dict[str, SiteFacts] = field(default_factory=dict)
    _run: str | None = None  # name of the current run
    _run_id: int = 0
    _made: bool = False  # whether this pass started the run
    _captures: int = 0
    _last: datetime | None = None

    def span(self, span: RunSpan) -> None:
        """Save the records of a span that have no row."""
        with read_transaction(self._archive.engine) as connection:
            known = captures.offsets_in(connection, span.file)
        without_row = (each for each in span.records() if each.position.offset not in known)
        first = next(without_row, None)
        if first is None:
            return
        facts = span.about
        name_of_site = facts.get("ispartof") or first.capture.site
        if not is_site_name(name_of_site):
            self._counts.unreadable.append(message("{file!s}: it does not say of which site it is", file=span.file))
            return
        self._reader.hold(name_of_site)
        site = self._site(name_of_site, facts, first.capture.url)
        self._begin_run(span, site.name, first.capture.fetched_at)
        try:
            tasks = self._group.flushed_before(self._tasks(site, chain((first,), without_row)))
            for task, extraction in self._reader.read(tasks):
                if extraction.article is not None and self._group.holds(url_key(task.capture.url)):
                    self._group.flush()
                judged = self._reader.judge(self._archive, task, extraction)
                if judged is not None:
                    self._save(task, judged)
            self._group.flush()
        except BaseException:  # save what was read; the run must not stay "running"
            with suppress(ArchiveError):
                self._group.flush()
            self.end_run()
            raise

    def _site(self, name: str, facts: dict[str, str], url: str) -> SiteFacts:
        if name not in self._sites:
            site = self._sites[name] = self._reader.site(name, site_fields(facts), url)
            with read_transaction(self._archive.engine) as connection:
                held = connection.scalar(select(sites.c.name).where(sites.c.name == name))
            if held is None:
                about = (site.title, site.country, site.timezone)
                self._archive.add_site(site.name, site.home, *about, revisits=site.revisits)
        return self._sites[name]

    def _begin_run(self, span: RunSpan, site: str, fetched_at: datetime) -> None:
        """Find the run that wrote the span, by its rows or its name; otherwise start a new run dated `fetched_at`."""
        if span.run == self._run:
            return
        self.end_run()
        self._run, self._captures, self._last = span.run, 0, None
        number = span.run.rpartition("-")[2]
        with read_transaction(self._archive.engine) as connection:
            held = runs.of_span(connection, span.file, span.start, span.end)
            if held is None and number.isdecimal():
                held = runs.named(connection, site, int(number), span.run)
        self._made = held is None
        if held is None:
            began = instant(span.about.get("date")) or fetched_at
            held = self._archive.start_run(site, now=min(began, fetched_at), kind="rebuild")
        self._run_id = held

    def end_run(self) -> None:
        """Save the pages judged at the end of the run; finish the run if this pass started it."""
        if self._run is None or self._last is None:
            return
        for task, extraction in self._reader.judged(self._archive):
            self._save(task, extraction)
        self._group.flush()
        if self._made:
            self._archive.finish_run(
                self._run_id, status="done", now=self._last, requests=self._captures, message=MESSAGE
            )
        else:
            self._archive.settle(self._run_id, now=self._last)
        self._run = None

    def _tasks(self, site: SiteFacts, file_records: Iterable[Record]) -> Iterator[ExtractionTask]:
        """The tasks of a span. The records of an article's further pages follow that of its first page."""
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
        """The record's capture with its body; None if it can't be read, which is counted."""
        capture = replace(record.capture, site=record.capture.site or site.name)
        try:
            if record.reference is not None and not record.reference.unchanged:
                return replace(capture, body=read_capture(self._archive.folder, record.position).body)
            if not record.intact:
                raise ArchiveError(message("its bytes do not have the digest that the record states"))
        except ArchiveError as error:
            where = at_byte(record.position.file, record.position.offset)
            self._counts.unreadable.append(message("{where} ({url!s}): {why}", where=where, url=capture.url, why=error))
            return None
        return capture

    def _position(self, record: Record) -> Position:
        """The position of the record, with the id of the capture that it refers to."""
        if record.reference is None:
            return record.position
        held = record.reference.url or record.capture.url  # a picture may refer to one at another URL
        with read_transaction(self._archive.engine) as connection:
            holder = captures.held_at(connection, held, record.reference.fetched_at)
        return replace(record.position, refers_to=holder)

    def _save(self, task: ExtractionTask, extraction: Extraction) -> None:
        capture, record, writes = task.capture, task.record, self._archive.writes
        if any(each.reference is not None for each in (record, *(its for _, its in task.parts))):
            self._group.flush()  # the capture that it refers to may be in the group
        position = self._position(record)
        parts = [(part, self._position(its)) for part, its in task.parts]
        run_id, now, via = self._run_id, capture.fetched_at, record.origin.via if record.origin else None

        def touch(at: Position) -> Write:
            url = capture.requested_url or capture.url
            return writes.touching(url, run_id=run_id, now=now, capture=capture, position=at, late=True)

        def save(at: Position) -> Write:
            if task.kind == "asset":
                return writes.saving_asset(capture, at, run_id=run_id, page=via, now=now, late=True)
            return writes.saving(
                capture,
                at,
                run_id=run_id,
                kind=task.kind,
                article=extraction.article,
                reason=extraction.reason,
                parts=parts,
                partial=extraction.partial,
                found=record.origin.found if record.origin else (),
                listed=self._reader.listed(task),
                assets=self._reader.assets(task, extraction),
                now=now,
                late=True,
            )

        def count(saved: Saved | None) -> None:
            if saved is not None:
                self._counts.articles += saved.change == "new"
                self._counts.changed += saved.change == "changed"
            self._counts.captures += 1 + len(task.parts)
            self._captures += 1 + len(task.parts)
            self._last = max(capture.fetched_at, self._last or capture.fetched_at)

        unchanged = record.reference is not None and record.reference.unchanged
        self._group.add(PageToSave(url_key(capture.url), touch if unchanged else save, at=position, saved=count))
