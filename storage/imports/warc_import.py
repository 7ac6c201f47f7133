"""Import of WARC files from any program: their pages are saved as if they had been fetched."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import captures, versions
from storage.errors import ArchiveError, UsageError
from storage.imports.import_filters import ImportFilters, NameOf
from storage.imports.reject_log import RejectLog
from storage.imports.warc_runs import Imported, RunStarts, end_runs, run_of_site
from storage.maintenance.page_groups import PageGroup, PageToSave
from storage.maintenance.stored_pages import ExtractionTask, Reader
from storage.messages import message
from storage.records import Article, Capture, Extraction, Origin, Position, Saved
from storage.rows import tombstones
from storage.rows.articles import articles_at
from storage.rows.versions import article_row
from storage.urls import clean_url, url_key
from storage.warc.file_names import is_site_name
from storage.warc.gzip_members import Member, members
from storage.warc.payloads.third_party_pages import WarcPage
from storage.warc.reader import Record, records_of
from storage.warc.record_format import payload_digest
from storage.warc.third_party import Damage, Unwanted, holds_records, third_party_records
from storage.warc.torn_files import scan
from storage.warc.warcinfo_fields import site_fields, warcinfo_fields
from storage.warc.writer import read_capture
from storage.writing.group_commit import Write
from storage.writing.run_files import Append

MESSAGE = "imported from"
_NOT_WHOLE = "it shows another text of an article that the archive has, and its capture is not whole"
_PAGES = ("text/html", "application/xhtml+xml")


def import_warc(
    archive: Archive,
    reader: Reader,
    path: Path,
    *,
    now: datetime,
    name_of: NameOf,
    filters: ImportFilters | None = None,
    rejects: RejectLog | None = None,
    on_progress: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Save the HTML pages of a WARC file: their bytes first, then their articles. Idempotent.

    A capture that is not complete (status 200, full length, the digest that its record states) never adds a version to
    an existing article. name_of: returns the site's name for pages whose record states no site. filters: pages to
    leave out. rejects: log of pages that can't be saved. on_progress: called with the bytes read of the file. Raises
    UsageError for a file that is not WARC, ArchiveError when the disk refuses.
    """
    counts, group = Imported(), PageGroup(archive)
    work = _WarcFile(archive, path, counts, group, filters or ImportFilters(name_of), rejects or RejectLog(), now)
    tasks = work.tasks(reader, name_of, on_progress)
    try:
        first = next(tasks, None)
        idle = first is None and not counts.known and not counts.others and not counts.skipped
        if idle and not counts.unreadable and not holds_records(path):
            table = path.suffix.lower() in (".parquet", ".csv", ".tsv", ".xlsx")
            advice = message("tables are not imported, export it as .jsonl") if table else message("is it a WARC file?")
            raise UsageError(message("{path} holds no WARC record: {advice}", path=path, advice=advice))
        for task, extraction in reader.read(group.flushed_before(tasks if first is None else chain((first,), tasks))):
            run_id = run_of_site(archive, reader, task.site, counts, path, now=now)
            work.begin(task, reader)
            judged = reader.judge(archive, task, extraction)
            if judged is not None:
                work.add(task, judged, run_id)
        work.end_run(reader)
    except BaseException as error:
        with suppress(ArchiveError):  # save the pages read so far
            group.flush()
        end_runs(archive, counts, "interrupted", path, now=now)
        if isinstance(error, OSError):
            raise UsageError(message("can't read {path}: {why}", path=path, why=error.strerror)) from error
        raise
    end_runs(archive, counts, "done", path, now=now)
    return counts


@dataclass(slots=True)
class _WarcFile:
    """The import of one file."""

    archive: Archive
    path: Path
    counts: Imported
    group: PageGroup
    filters: ImportFilters
    rejects: RejectLog
    now: datetime
    number: int = 0  # of the current record
    run: str = ""  # whose pages are being saved
    starts: RunStarts = field(default_factory=RunStarts)

    def tasks(self, reader: Reader, name_of: NameOf, on_progress: Callable[[int], None]) -> Iterator[ExtractionTask]:
        """The pages to extract. Other records, known pages and those left out are counted."""
        counts, facts = self.counts, warcinfo_fields(self.path)
        tasks_of_file = self._ours(on_progress) if _is_ours(self.path, facts) else self._others(on_progress)
        for record in tasks_of_file:
            capture = record.capture
            try:
                url = clean_url(capture.url)
            except ValueError:
                counts.others += 1
                continue
            if not is_page(capture, self.now) or (record.origin is not None and record.origin.kind != "article"):
                counts.others += 1
                continue
            stated = capture.site if is_site_name(capture.site) else None
            why = self.filters.leave_out(url, stated) or self._unwanted(capture)
            if why is not None:
                self._skip(why)
                continue
            capture = replace(capture, url=url, site=stated or name_of(url))
            if self._is_known(capture):
                counts.known += 1
                continue
            site = reader.site(capture.site, site_fields(facts) if capture.site == facts.get("ispartof") else {}, url)
            yield ExtractionTask(capture, "article", site, record, run=self.starts.run_at(record.position.offset))

    def begin(self, task: ExtractionTask, reader: Reader) -> None:
        """Prepare to judge a page: save the pages with which it may be compared, and end the previous run."""
        if task.run != self.run:
            self.end_run(reader)
            self.run = task.run
        elif self.group.holds(url_key(task.capture.url)):
            self.group.flush()

    def end_run(self, reader: Reader) -> None:
        """Save the pages that can be judged only at the end of a run."""
        self.group.flush()
        for task, extraction in reader.judged(self.archive):
            self.add(task, extraction, self.counts.runs[task.site.name])
        self.group.flush()

    def add(self, task: ExtractionTask, extraction: Extraction, run_id: int) -> None:
        """Add a page to the group to be saved, unless it must not change its article."""
        capture, origin, counts = task.capture, task.record.origin, self.counts
        key = url_key(capture.url)
        if extraction.article is not None and not (task.record.intact and capture.status == 200):
            if self.group.holds(key):
                self.group.flush()
            if self._would_change(extraction.article, key):
                self._reject(capture.url, "not-whole", _NOT_WHOLE)
                return

        def write(position: Position) -> Write:
            return self.archive.writes.saving(
                capture,
                position,
                run_id=run_id,
                kind=task.kind,
                article=extraction.article,
                reason=extraction.reason,
                partial=extraction.partial,
                found=origin.found if origin else (),
                now=capture.fetched_at,
                late=True,
            )

        def count(saved: Saved | None) -> None:
            counts.captures += 1
            if saved is not None:
                counts.articles += saved.change == "new"
                counts.changed += saved.change == "changed"
            elif extraction.reason is not None:
                self._reject(capture.url, "no-article", f"the page gives no article ({extraction.reason.value})")

        def count_taken_down() -> None:  # for a page that redirects to a removed one
            counts.known += 1

        append = Append(capture, run_id, origin or Origin(task.kind))
        self.group.add(PageToSave(key, write, append=append, saved=count, taken_down=count_taken_down))

    def _others(self, on_progress: Callable[[int], None]) -> Iterator[Record]:
        """The pages of a file from another program. Records that are left out are counted."""
        for each in third_party_records(self.path, self.filters.leave_out, on_progress):
            self.number += 1
            if isinstance(each, WarcPage):
                why = self._unwanted(each.capture)
                if why is None:
                    yield Record(each.capture, Position("", 0, 0, ""), intact=each.lacks is None)
                else:
                    self._skip(why)
            elif isinstance(each, Unwanted):
                self._skip(each.why)
            elif isinstance(each, Damage):
                self._lose(each.what)
            elif each is None or (each.capture is not None and not is_page(each.capture, self.now)):
                self.counts.others += 1
            else:
                url = each.capture.url if each.capture else None
                self.counts.unreadable.append(f"{url or 'a response'}: {each.why}")
                self._reject(url, "unreadable", each.why)

    def _ours(self, on_progress: Callable[[int], None]) -> Iterator[Record]:
        """The records of a file written by Warraq. Revisits get their bodies if the referenced files are beside it."""
        for record in records_of(self._members(on_progress), f"{self.path.parent.name}/{self.path.name}"):
            self.number += 1
            if record.reference is None:
                if record.intact:
                    yield record
                else:
                    self._lose(f"{record.capture.url}: its bytes do not have the digest that the record states")
                continue
            capture = None
            if not record.reference.unchanged:
                with suppress(ArchiveError):  # its body is in a missing file
                    capture = read_capture(self.path.parent.parent, record.position)
            if capture is None:
                self.counts.others += 1
            else:
                yield replace(record, capture=capture)

    def _members(self, on_progress: Callable[[int], None]) -> Iterator[Member]:
        for each in scan(self.path):
            if isinstance(each, Member):
                on_progress(each.offset)
                self.starts.note(each)
                yield each
            else:
                self._lose(str(each))

    def _unwanted(self, capture: Capture) -> str | None:
        """Why to leave out a page, by its bytes, before extraction; None to keep it, and for other records."""
        if not is_page(capture, self.now):
            return None
        return self.filters.leave_out_page(capture.body, (capture.header("Content-Type") or "").encode())

    def _skip(self, why: str) -> None:
        self.counts.skipped[why] = self.counts.skipped.get(why, 0) + 1

    def _lose(self, what: str) -> None:
        self.counts.damaged.append(what)
        self._reject(None, "damaged", what)

    def _reject(self, url: str | None, reason: str, detail: str) -> None:
        # Pages are extracted in groups, so the number is known only for records that can't be read.
        number = self.number if reason in ("unreadable", "damaged") else None
        self.rejects.add(self.path.name, number, url, reason, detail)

    def _is_known(self, capture: Capture) -> bool:
        """Whether the archive has this capture, or a tombstone for its page.

        Compares status and digest, too, since a redirect and its target often have the same key and second.
        """
        key = url_key(capture.url)
        same = (
            (captures.c.url_key == key)
            & (captures.c.fetched_at == capture.fetched_at)
            & (captures.c.status == capture.status)
            & (captures.c.digest == payload_digest(capture.body))
        )
        with read_transaction(self.archive.engine) as connection:
            if connection.execute(select(captures.c.id).where(same).limit(1)).first() is not None:
                return True
            if not tombstones.among(connection, [key]):
                return False
        self._reject(capture.url, "removed", "it was taken down")
        return True

    def _would_change(self, article: Article, key: str) -> bool:
        """Whether the archive has the article, but no version with this headline and text."""
        sha256 = article_row(article)["content_sha256"]
        with read_transaction(self.archive.engine) as connection:
            held = [row["id"] for row in articles_at(connection, url_key(article.url), [key])]
            same = versions.c.article_id.in_(held) & (versions.c.content_sha256 == sha256)
            return bool(held) and connection.scalar(select(versions.c.id).where(same).limit(1)) is None


def _is_ours(path: Path, facts: dict[str, str]) -> bool:
    """Whether Warraq wrote the file and it is still compressed by record, so that it is not read as third-party."""
    first = next(members(path), None)
    return facts.get("software") == "Warraq" and first is not None and first.length < path.stat().st_size


def is_page(capture: Capture, now: datetime) -> bool:
    """Whether a capture may be an article's page, fetched in the past."""
    content_type = (capture.header("Content-Type") or "text/html").partition(";")[0].strip().lower()
    return content_type in _PAGES and capture.status != 304 and capture.fetched_at <= now
