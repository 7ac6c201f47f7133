"""WARC files from elsewhere, of any program, into an archive: their pages are kept as if they had been fetched."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import captures
from storage.errors import ArchiveError, TakenDown, UsageError
from storage.maintenance.rebuild import Reader, SiteFacts, Unread
from storage.records import Capture, Origin, Position, RunStatus
from storage.rows import tombstones
from storage.urls import clean_url, url_key
from storage.warc.reader import Member, Record, members, records_of, warcinfo_fields
from storage.warc.third_party import Damage, holds_records, third_party_records
from storage.warc.torn_files import scan
from storage.warc.writer import is_site_name, payload_digest, read_capture

MESSAGE = "imported from"
_PAGES = ("text/html", "application/xhtml+xml")
NameOf = Callable[[str], str]  # a URL to the name of the site that it is of


@dataclass(slots=True)
class Imported:
    """captures: kept now. known: the archive had them. others: no pages. articles: new. changed: versions added.

    unreadable: pages that are left out, and why. damaged: parts of the file that are lost.
    """

    captures: int = 0
    known: int = 0
    others: int = 0
    articles: int = 0
    changed: int = 0
    unreadable: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    runs: dict[str, int] = field(default_factory=dict)  # site to the run that the import makes


def import_warc(
    archive: Archive,
    reader: Reader,
    path: Path,
    *,
    now: datetime,
    name_of: NameOf,
    on_progress: Callable[[int], None] | None = None,
) -> Imported:
    """Keep the HTML pages of a WARC file: bytes first, then what they say. Doing it twice adds nothing.

    name_of: for pages whose record names no site of ours. on_progress: called with the pages done. Raises
    UsageError for what is no WARC file, ArchiveError when the disk refuses.
    """
    found = Imported()
    tasks = _tasks(archive, reader, path, name_of, found, now=now)
    try:
        first = next(tasks, None)
        if first is None and not found.known and not found.others and not holds_records(path):
            raise UsageError(f"{path} holds no WARC record: is it a WARC file?")
        for task, read in reader.read(_chained(first, tasks)):
            run_id = _run(archive, reader, task.site, found, path, now=now)
            origin = task.record.origin
            try:
                position = archive.append(task.capture, run_id, origin=origin or Origin(task.kind))
            except TakenDown:  # the page that redirected here
                found.known += 1
                continue
            saved = archive.save(
                task.capture,
                position,
                run_id=run_id,
                kind=task.kind,
                article=read.article,
                reason=read.reason,
                found=origin.found if origin else (),
                now=task.capture.fetched_at,
                late=True,
            )
            found.captures += 1
            if saved is not None:
                found.articles += saved.outcome == "new"
                found.changed += saved.outcome == "changed"
            if on_progress is not None:
                on_progress(found.captures)
    except BaseException as error:
        _end(archive, found, "interrupted", path, now=now)
        if isinstance(error, OSError):
            raise UsageError(f"can't read {path}: {error.strerror}") from error
        raise
    _end(archive, found, "done", path, now=now)
    return found


def _end(archive: Archive, found: Imported, status: RunStatus, path: Path, *, now: datetime) -> None:
    for run_id in found.runs.values():
        archive.finish_run(run_id, status=status, now=now, requests=0, message=f"{MESSAGE} {path.name}")


def _chained(first: Unread | None, rest: Iterator[Unread]) -> Iterator[Unread]:
    if first is not None:
        yield first
        yield from rest


def _run(archive: Archive, reader: Reader, site: SiteFacts, found: Imported, path: Path, *, now: datetime) -> int:
    if site.name not in found.runs:
        reader.hold(site.name)
        archive.add_site(site.name, site.home, site.title, site.country, site.timezone, revisits=site.revisits)
        found.runs[site.name] = archive.start_run(site.name, now=now)
    return found.runs[site.name]


def _tasks(
    archive: Archive, reader: Reader, path: Path, name_of: NameOf, found: Imported, *, now: datetime
) -> Iterator[Unread]:
    facts = warcinfo_fields(path)
    known = {key.removeprefix("warraq-"): value for key, value in facts.items() if key.startswith("warraq-")}
    for record in _ours(path, found) if _is_ours(path, facts) else _others(path, found, now):
        capture = record.capture
        try:
            url = clean_url(capture.url)
        except ValueError:
            found.others += 1
            continue
        if not _is_page(capture, now) or (record.origin is not None and record.origin.kind != "article"):
            found.others += 1
            continue
        capture = replace(capture, url=url, site=capture.site if is_site_name(capture.site) else name_of(url))
        if _is_known(archive, capture):
            found.known += 1
            continue
        site = reader.site(capture.site, known if capture.site == facts.get("ispartof") else {}, url)
        yield Unread(capture, "article", site, record)


def _is_ours(path: Path, facts: dict[str, str]) -> bool:
    """Whether it is packed as we write it, too: one of ours that was packed anew is a file as any other."""
    first = next(members(path), None)
    return facts.get("software") == "Warraq" and first is not None and first.length < path.stat().st_size


def _is_page(capture: Capture, now: datetime) -> bool:
    content_type = (capture.header("Content-Type") or "text/html").partition(";")[0].strip().lower()
    return content_type in _PAGES and capture.status != 304 and capture.fetched_at <= now


def _others(path: Path, found: Imported, now: datetime) -> Iterator[Record]:
    """Responses of another program's file. found: is told what is left out."""
    for each in third_party_records(path):
        if isinstance(each, Capture):
            yield Record(each, Position("", 0, 0, payload_digest(each.body)))
        elif isinstance(each, Damage):
            found.damaged.append(each.what)
        elif each is None or (each.capture is not None and not _is_page(each.capture, now)):
            found.others += 1
        else:
            found.unreadable.append(f"{each.capture.url if each.capture else 'a response'}: {each.why}")


def _ours(path: Path, found: Imported) -> Iterator[Record]:
    """The same of one of ours; and revisits, with the bytes that they refer to where those lie beside them."""
    for record in records_of(_members(path, found), f"{path.parent.name}/{path.name}"):
        if record.reference is None:
            if record.intact:
                yield record
            else:
                found.damaged.append(f"{record.capture.url}: its bytes do not have the digest that the record states")
            continue
        capture = None
        if not record.reference.unchanged:
            with suppress(ArchiveError):  # its bytes are in a file that is not there
                capture = read_capture(path.parent.parent, record.position)
        if capture is None:
            found.others += 1
        else:
            yield replace(record, capture=capture)


def _members(path: Path, found: Imported) -> Iterator[Member]:
    for each in scan(path):
        if isinstance(each, Member):
            yield each
        else:
            found.damaged.append(str(each))


def _is_known(archive: Archive, capture: Capture) -> bool:
    """Whether the archive has this very capture, or was told to have nothing of the page.

    A redirect and the page that it leads to often have one key and one second.
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
