"""Import of WARC files of any program: their pages are saved as if they had been fetched."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import captures
from storage.errors import ArchiveError, UsageError
from storage.maintenance.page_groups import PageGroup, PageToSave
from storage.maintenance.rebuild import ExtractionTask, Reader, SiteFacts
from storage.records import Capture, Extraction, Origin, Position, RunStatus, Saved
from storage.rows import tombstones
from storage.urls import clean_url, url_key
from storage.warc.file_names import is_site_name
from storage.warc.gzip_members import Member, members
from storage.warc.reader import Record, records_of
from storage.warc.record_format import payload_digest
from storage.warc.third_party import Damage, holds_records, third_party_records
from storage.warc.torn_files import scan
from storage.warc.warcinfo_fields import site_fields, warcinfo_fields
from storage.warc.writer import read_capture
from storage.writing.group_commit import Write
from storage.writing.run_files import Append

MESSAGE = "imported from"
_PAGES = ("text/html", "application/xhtml+xml")
NameOf = Callable[[str], str]  # URL to the name of its site


@dataclass(slots=True)
class Imported:
    """captures: saved now. known: in the archive before. others: not pages. articles: new. changed: versions added.

    unreadable: pages that were left out, with reasons. damaged: parts of the file that are lost.
    """

    captures: int = 0
    known: int = 0
    others: int = 0
    articles: int = 0
    changed: int = 0
    unreadable: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    runs: dict[str, int] = field(default_factory=dict)  # site to the run that the import started


def import_warc(
    archive: Archive,
    reader: Reader,
    path: Path,
    *,
    now: datetime,
    name_of: NameOf,
    on_progress: Callable[[int], None] | None = None,
) -> Imported:
    """Save the HTML pages of a WARC file: their bytes first, then their articles. Doing it twice adds nothing.

    name_of: for pages whose record names no site of ours. on_progress: called with the pages done. Raises
    UsageError for a file that is not WARC, ArchiveError when the disk refuses.
    """
    counts, group = Imported(), PageGroup(archive)
    tasks = _tasks(archive, reader, path, name_of, counts, now=now)
    try:
        first = next(tasks, None)
        if first is None and not counts.known and not counts.others and not holds_records(path):
            raise UsageError(f"{path} holds no WARC record: is it a WARC file?")
        for task, extraction in reader.read(group.flushed_before(tasks if first is None else chain((first,), tasks))):
            run_id = _run(archive, reader, task.site, counts, path, now=now)
            group.add(_page(archive, task, extraction, run_id, counts=counts, on_progress=on_progress))
        group.flush()
    except BaseException as error:
        with suppress(ArchiveError):  # what was read is saved
            group.flush()
        _end(archive, counts, "interrupted", path, now=now)
        if isinstance(error, OSError):
            raise UsageError(f"can't read {path}: {error.strerror}") from error
        raise
    _end(archive, counts, "done", path, now=now)
    return counts


def _page(
    archive: Archive,
    task: ExtractionTask,
    extraction: Extraction,
    run_id: int,
    *,
    counts: Imported,
    on_progress: Callable[[int], None] | None,
) -> PageToSave:
    """A page as it is saved, and counted then."""
    capture, origin = task.capture, task.record.origin

    def write(position: Position) -> Write:
        return archive.writes.saving(
            capture,
            position,
            run_id=run_id,
            kind=task.kind,
            article=extraction.article,
            reason=extraction.reason,
            found=origin.found if origin else (),
            now=capture.fetched_at,
            late=True,
        )

    def count(saved: Saved | None) -> None:
        counts.captures += 1
        if saved is not None:
            counts.articles += saved.change == "new"
            counts.changed += saved.change == "changed"
        if on_progress is not None:
            on_progress(counts.captures)

    def count_taken_down() -> None:  # a page that redirected here
        counts.known += 1

    append = Append(capture, run_id, origin or Origin(task.kind))
    return PageToSave(url_key(capture.url), write, append=append, saved=count, taken_down=count_taken_down)


def _end(archive: Archive, counts: Imported, status: RunStatus, path: Path, *, now: datetime) -> None:
    for run_id in counts.runs.values():
        archive.finish_run(run_id, status=status, now=now, requests=0, message=f"{MESSAGE} {path.name}")


def _run(archive: Archive, reader: Reader, site: SiteFacts, counts: Imported, path: Path, *, now: datetime) -> int:
    if site.name not in counts.runs:
        reader.hold(site.name)
        archive.add_site(site.name, site.home, site.title, site.country, site.timezone, revisits=site.revisits)
        counts.runs[site.name] = archive.start_run(site.name, now=now, kind="import")
    return counts.runs[site.name]


def _tasks(
    archive: Archive, reader: Reader, path: Path, name_of: NameOf, counts: Imported, *, now: datetime
) -> Iterator[ExtractionTask]:
    facts = warcinfo_fields(path)
    for record in _ours(path, counts) if _is_ours(path, facts) else _others(path, counts, now):
        capture = record.capture
        try:
            url = clean_url(capture.url)
        except ValueError:
            counts.others += 1
            continue
        if not _is_page(capture, now) or (record.origin is not None and record.origin.kind != "article"):
            counts.others += 1
            continue
        capture = replace(capture, url=url, site=capture.site if is_site_name(capture.site) else name_of(url))
        if _is_known(archive, capture):
            counts.known += 1
            continue
        site = reader.site(capture.site, site_fields(facts) if capture.site == facts.get("ispartof") else {}, url)
        yield ExtractionTask(capture, "article", site, record)


def _is_ours(path: Path, facts: dict[str, str]) -> bool:
    """Whether Warraq wrote the file and it is still compressed by record. A recompressed file is read as any other."""
    first = next(members(path), None)
    return facts.get("software") == "Warraq" and first is not None and first.length < path.stat().st_size


def _is_page(capture: Capture, now: datetime) -> bool:
    content_type = (capture.header("Content-Type") or "text/html").partition(";")[0].strip().lower()
    return content_type in _PAGES and capture.status != 304 and capture.fetched_at <= now


def _others(path: Path, counts: Imported, now: datetime) -> Iterator[Record]:
    """The pages of another program's file. What is left out is added to the counts."""
    for each in third_party_records(path):
        if isinstance(each, Capture):
            yield Record(each, Position("", 0, 0, payload_digest(each.body)))
        elif isinstance(each, Damage):
            counts.damaged.append(each.what)
        elif each is None or (each.capture is not None and not _is_page(each.capture, now)):
            counts.others += 1
        else:
            counts.unreadable.append(f"{each.capture.url if each.capture else 'a response'}: {each.why}")


def _ours(path: Path, counts: Imported) -> Iterator[Record]:
    """The records of a file of ours; revisits get the bodies that they refer to, where those files lie beside it."""
    for record in records_of(_members(path, counts), f"{path.parent.name}/{path.name}"):
        if record.reference is None:
            if record.intact:
                yield record
            else:
                counts.damaged.append(f"{record.capture.url}: its bytes do not have the digest that the record states")
            continue
        capture = None
        if not record.reference.unchanged:
            with suppress(ArchiveError):  # its body is in a file that is not there
                capture = read_capture(path.parent.parent, record.position)
        if capture is None:
            counts.others += 1
        else:
            yield replace(record, capture=capture)


def _members(path: Path, counts: Imported) -> Iterator[Member]:
    for each in scan(path):
        if isinstance(each, Member):
            yield each
        else:
            counts.damaged.append(str(each))


def _is_known(archive: Archive, capture: Capture) -> bool:
    """Whether the archive has this capture, or a tombstone for its page.

    Status and digest count too, as a redirect and its target often have one key and one second.
    """
    key = url_key(capture.url)
    same = (
        (captures.c.url_key == key)
        & (captures.c.fetched_at == capture.fetched_at)
        & (captures.c.status == capture.status)
        & (captures.c.digest == payload_digest(capture.body))
    )
    with read_transaction(archive.engine) as connection:
        if connection.execute(select(captures.c.id).where(same).limit(1)).first() is not None:
            return True
        return bool(tombstones.among(connection, [key]))
