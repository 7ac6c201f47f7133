"""Import of articles as text: files of JSON records, and pages flattened to text."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.errors import ArchiveError, UsageError
from storage.imports import field_maps, own_records
from storage.imports.field_maps import FieldMap
from storage.imports.import_filters import ImportFilters
from storage.imports.json_files import DamagedFile, Numbered, Progress, json_records
from storage.imports.reject_log import RejectLog
from storage.imports.text_pages import TEXT_SUFFIXES, text_page
from storage.imports.text_records import Invalid, TextRecord, text_of, url_of
from storage.imports.text_saving import Became, PreparedText, save_text
from storage.maintenance.stored_pages import SiteFacts
from storage.messages import message
from storage.queries.reextraction_queue import known_sites
from storage.records import Extraction, Precision
from storage.rows import runs
from storage.search import index
from storage.similar import copy_log
from storage.writing.group_commit import Write

TOGETHER = 250  # records in one transaction
_REFUSED: dict[Became, str] = {
    "held": "the archive has a capture that shows another text of this article, which an import never changes",
    "removed": "it was taken down",
}


class TextReader(Protocol):
    """The caller's functions for sites, dates and flattened pages."""

    def site(self, url: str, name: str | None) -> SiteFacts:
        """The site of a URL, or with this name if given. Raises UsageError if the URL is not http(s)."""

    def read_date(self, text: str, timezone: str) -> tuple[datetime, Precision] | None:
        """Parse a date as written: aware, with its precision; None if it can't be parsed."""

    def read_page(self, text: str, url: str, site: SiteFacts, seen_at: datetime | None) -> Extraction:
        """Extract the article of a page flattened to text. seen_at: aware, when it was fetched; None: unknown."""


@dataclass(slots=True)
class TextsImported:
    """The counts of a file's records. skipped: number left out by each filter. undated: with an unreadable date.

    damaged: descriptions of lost parts of the file. absent: fields of the user's map for which no record has a value.
    """

    records: int = 0
    articles: int = 0
    changed: int = 0
    known: int = 0
    undated: int = 0
    format: str | None = None
    skipped: dict[str, int] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


@dataclass(slots=True)
class TextImport:
    """Imports files into an archive.

    by: names of fields: a preset's name, a user's map, or None: detected from the first record of each file.
    """

    archive: Archive
    reader: TextReader
    filters: ImportFilters
    rejects: RejectLog
    by: FieldMap | str | None = None
    site: str | None = None  # name of the site for records without one
    _sites: set[str] = field(default_factory=set)

    def take(self, path: Path, *, now: datetime, progress: Progress = lambda _: None) -> TextsImported:
        """Save the articles of a file; idempotent. now: aware.

        Raises UsageError for a file that can't be read or whose format is unknown, ArchiveError when the disk or the
        database refuses. Articles read before an error are saved.
        """
        work = _File(self, path, now)
        if not self._sites:
            with read_transaction(self.archive.engine) as connection:
                self._sites = {row["name"] for row in known_sites(connection)}
        try:
            work.read(progress)
        except BaseException as error:
            with suppress(ArchiveError):  # save the articles read so far
                work.flush()
                work.note_runs()
            if isinstance(error, OSError):
                raise UsageError(message("can't read {path}: {why}", path=path, why=error.strerror)) from error
            raise
        work.flush()
        work.note_runs()
        return work.counts

    def finish(self) -> None:
        """Update the search index and the copies with the saved articles, as at the end of a run."""
        index.catch_up_if_possible(self.archive.engine, scrub=True)
        copy_log.catch_up_if_possible(self.archive.engine)

    def know(self, site: SiteFacts, country: str | None) -> None:
        """Add a row for the site if the archive has none."""
        if site.name not in self._sites:
            land = site.country or country
            self.archive.add_site(site.name, site.home, site.title, land, site.timezone, revisits=site.revisits)
            self._sites.add(site.name)


class _File:
    """The import of one file."""

    def __init__(self, work: TextImport, path: Path, now: datetime) -> None:
        self._work, self._path, self._now = work, path, now
        self.counts = TextsImported()
        self._group: list[tuple[int, PreparedText]] = []
        self._by_site: dict[str, Counter[str]] = {}
        self._by = work.by
        self._present: set[str] = set()

    def read(self, progress: Progress) -> None:
        name = self._path.name
        if name.lower().endswith(TEXT_SUFFIXES):
            records: Iterator[Numbered] = text_page(self._path, progress)
            self.counts.format = "text"
        else:
            records = json_records(self._path, progress)
        try:
            for number, each in records:
                self.counts.records += 1
                self._one(number, each)
        except DamagedFile as damage:
            self.counts.damaged.append(f"{name}, behind record {self.counts.records}: {damage}")
            self._work.rejects.add(name, None, None, "damaged", str(damage))
        if self._present and isinstance(self._by, FieldMap):
            self.counts.absent = [theirs for ours, (theirs,) in self._by.fields.items() if ours not in self._present]

    def _one(self, number: int, given: dict[str, Any] | str) -> None:
        if isinstance(given, str):
            self._reject(number, None, "invalid", given)
            return
        url: str | None = None
        try:
            url = str(given.get("url") or "")[:2000] or None
            read = self._record(given)
            if read is not None:
                self._add(number, read)
        except Invalid as problem:
            self._reject(number, url, "invalid", str(problem))

    def _record(self, given: dict[str, Any]) -> TextRecord | None:
        """The record as an article; None if a filter leaves it out, which is counted. Raises Invalid."""
        if self.counts.format == "text":
            return self._page(given, None)
        by = self._map(given)
        if by is None:
            if given.get("change") == "removed":
                raise Invalid("the export says that its article was removed")
            read = own_records.read_own(given)
            skip = self._work.filters.leave_out(read.article.url, read.article.site)
            skip = skip or self._work.filters.leave_out_text(read.article.text, read.article.language)
            return self._kept(read, skip)
        values = field_maps.mapped(given, by)
        if by.name == field_maps.USERS:
            self._present.update(name for name, value in values.items() if value is not None)
        skip = self._work.filters.leave_out(url_of(values))
        if skip is not None:
            return self._kept(None, skip)
        site = self._site(url_of(values), None)
        record = field_maps.read_mapped(
            values, by, site=site.name, timezone=site.timezone, read_date=self._work.reader.read_date
        )
        if record is None:
            return self._page(values, by)
        skip = self._work.filters.leave_out_text(record.article.text, record.article.language)
        return self._kept(record, skip)

    def _page(self, values: dict[str, Any], by: FieldMap | None) -> TextRecord | None:
        """The article of a flattened page. Raises Invalid if it has none."""
        url, text = url_of(values), text_of(values, "text") or ""
        filters = self._work.filters
        skip = filters.leave_out(url) or filters.leave_out_text(text, None)
        if skip is not None:
            return self._kept(None, skip)
        made = self._work.reader.read_page(text, url, self._site(url, None), field_maps.seen_time(values))
        if made.article is None:
            raise Invalid(f"its text shows no article ({made.reason.value if made.reason else 'empty'})")
        return field_maps.flattened(made.article, by, values)

    def _kept(self, record: TextRecord | None, skip: str | None) -> TextRecord | None:
        if skip is not None:
            self.counts.skipped[skip] = self.counts.skipped.get(skip, 0) + 1
            return None
        return record

    def _map(self, given: dict[str, Any]) -> FieldMap | None:
        """The field map of this file; None for Warraq's own exports. Raises UsageError if no preset fits."""
        if self.counts.format is None and own_records.is_edit(given) and not isinstance(self._by, FieldMap):
            raise UsageError(
                message(
                    "{path} holds edits, as `warraq export --versions all` writes them, and no whole article; import "
                    "an export without --versions all, or the WARC files, which hold every version",
                    path=self._path,
                )
            )
        if self._by is None:
            self._by = field_maps.recognised(given)
            if self._by is None:
                known = ", ".join(list(given)[:12])
                raise UsageError(
                    message(
                        "{path}: no preset fits its records, whose fields are {known}; say which of them are ours "
                        "with --map url=…,title=…,text=…",
                        path=self._path,
                        known=known,
                    )
                )
        if isinstance(self._by, str):
            self.counts.format = self._by
            return field_maps.preset(self._by)
        self.counts.format = self._by.name
        return self._by

    def _site(self, url: str, name: str | None) -> SiteFacts:
        try:
            return self._work.reader.site(url, name or self._work.site)
        except UsageError as error:
            raise Invalid(str(error)) from error

    def _add(self, number: int, record: TextRecord) -> None:
        article = record.article
        own = record.format == own_records.FORMAT
        self._work.know(self._site(article.url, article.site if own else None), record.country)
        self.counts.undated += record.undated
        self._group.append((number, PreparedText.of(record, self._path.name)))
        if len(self._group) >= TOGETHER:
            self.flush()

    def flush(self) -> None:
        """Save the collected records. Raises the first error, after saving all that can be saved."""
        group, self._group = self._group, []
        writes = [Write(self._saving(text), lambda became: became) for _, text in group]
        refused: Exception | None = None
        for (number, text), became in zip(group, self._work.archive.commit_all(writes), strict=True):
            if isinstance(became, Exception):
                refused = refused or became
            else:
                self._count(number, text, became)
        if refused is not None:
            raise refused

    def _saving(self, text: PreparedText) -> Callable[[Any], Became]:
        return lambda connection: save_text(connection, text, now=self._now)

    def _count(self, number: int, text: PreparedText, became: Became) -> None:
        article = text.record.article
        tally = self._by_site.setdefault(article.site, Counter())
        tally[became] += 1
        if became in _REFUSED:
            self._reject(number, article.url, became, _REFUSED[became])
        self.counts.articles += became == "new"
        self.counts.changed += became == "changed"
        self.counts.known += became == "known"

    def _reject(self, number: int, url: str | None, reason: str, detail: str) -> None:
        self._work.rejects.add(self._path.name, number, url, reason, detail)

    def note_runs(self) -> None:
        """Add a run of this import for each site with imported articles."""
        rows = [
            {
                "site": site,
                "started_at": self._now,
                "finished_at": max(self._now, datetime.now(UTC)),
                "message": f"imported from {self._path.name}",
                "new": tally["new"],
                "changed": tally["changed"],
                "same": tally["known"],
            }
            for site, tally in sorted(self._by_site.items())
            if tally["new"] or tally["changed"]
        ]
        self._by_site = {}
        if rows:
            adding = Write(lambda connection: runs.add_imports(connection, rows), lambda done: done)
            (answer,) = self._work.archive.commit_all([adding])
            if isinstance(answer, Exception):
                raise answer
