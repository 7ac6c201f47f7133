"""Removal: deletes text, index entries and bytes of an article, and leaves a tombstone.

One transaction deletes the article's data and marks its records for erasure. Then the bytes are erased, then their
rows. After an interruption the same command, or the next crawl of the site, continues.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, delete, or_, select, update

from storage import assets
from storage.compaction.merging import finish_merge
from storage.db.database import insert_into, read_transaction, write_transaction
from storage.db.schema import (
    amendments,
    articles,
    captures,
    discoveries,
    erasures,
    events,
    pages,
    unread,
    versions,
)  # fmt: skip
from storage.errors import AlreadyRunning, ArchiveError, UsageError
from storage.evidence.seal_folder import note_removed
from storage.identity import claims
from storage.identity.emptied import empty_article
from storage.messages import message, words_of
from storage.queries import article_id_of
from storage.records import Position, Reason
from storage.rows import parts, revisit_state, tombstones
from storage.rows.prepared import PreparedCapture
from storage.search import index
from storage.urls import url_key
from storage.warc.file_names import FOLDER, site_in
from storage.warc.merged_files import interrupted_merges
from storage.warc.reader import inside
from storage.warc.redact import Redaction, redact
from storage.warc.store.stored_file import warc_files
from storage.warc.store.uploading import sole_copy

_REMOVED = Reason.REMOVED.value


@dataclass(frozen=True, slots=True)
class Removal:
    """The result of a removal. urls: all URLs of the article. captures: number to be erased. site: of the page."""

    article_id: int | None
    site: str
    urls: tuple[str, ...]
    captures: int


@dataclass(frozen=True, slots=True)
class Erased:
    """records: number erased now. length: their bytes. pending: number of records in files that a run is writing."""

    records: int = 0
    length: int = 0
    pending: int = 0


def remove(engine: Engine, folder: Path, ref: str, *, reason: str, by: str, now: datetime) -> Removal:
    """Remove an article or page from the database, and mark its records for erasure (`erase_noted`).

    ref: an article's id, or a URL in any spelling. Raises UsageError if the archive has nothing of it.
    """
    with write_transaction(engine) as connection:
        article_id = article_id_of(connection, ref)
        keys = urls_of(connection, ref, article_id)
        site = _site(connection, article_id, keys)
        if site is None:
            why = message("the archive holds nothing of {ref!r}: `warraq show` finds an article by its URL", ref=ref)
            raise UsageError(why)
        stones = [tombstones.Tombstone(key, url, article_id, now, by, reason) for key, url in sorted(keys.items())]
        tombstones.add(connection, stones)
        doomed = take_down(connection, article_id, site, keys, now=now)
        apply_tombstones(connection, folder, now=now)
    return Removal(article_id, site, tuple(sorted(keys.values())), doomed)


def apply_tombstones(connection: Connection, folder: Path, *, now: datetime) -> int:
    """Remove articles and pages of the file of tombstones that the database still has; return their number.

    This applies later removals to an older database that was restored, or to another one of the same folder.
    """
    done = 0
    for stone in [each for each in tombstones.keep_beside(connection, folder) if not tombstones.is_host(each.url_key)]:
        article_id = connection.scalar(select(articles.c.id).where(articles.c.url_key == stone.url_key))
        keys = {**urls_of(connection, stone.url, article_id), stone.url_key: stone.url}
        site = _site(connection, article_id, keys)
        if site is not None:
            tombstones.add(connection, [replace(stone, url_key=key, url=url) for key, url in sorted(keys.items())])
            tombstones.name_article(connection, keys, article_id)
            take_down(connection, article_id, site, keys, now=now)
            done += 1
    return done


def block(connection: Connection, captured: PreparedCapture, *, now: datetime) -> None:
    """Stop requesting the URLs of a capture that shows a removed article.

    The URL of another article is still requested; its due revisit is skipped.
    """
    living = select(pages.c.url_key).join(articles, articles.c.id == pages.c.article_id)
    held = set(connection.scalars(living.where(pages.c.url_key.in_(captured.urls), articles.c.status != "removed")))
    rest = {key: url for key, url in captured.urls.items() if key not in held}
    if rest:
        _close_pages(connection, captured.capture.site, rest, now=now)
    for key in sorted(held):
        revisit_state.reschedule(connection, key, now=now)


def mark_for_erasure(connection: Connection, position: Position, site: str, *, now: datetime) -> None:
    """Mark the record at this position for erasure."""
    row = {"warc_file": position.file, "warc_offset": position.offset, "warc_length": position.length}
    statement = insert_into(connection, erasures).values(**row, site=site, asked_at=now)
    connection.execute(statement.on_conflict_do_nothing())


def mark_for_redaction(connection: Connection, capture_ids: Iterable[int], *, now: datetime) -> None:
    """Mark the bytes of these captures for erasure. Until then nothing is read from them."""
    mine = captures.c.id.in_(list(capture_ids))
    columns = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)
    for row in connection.execute(select(*columns, captures.c.site).where(mine)).all():
        mark_for_erasure(connection, Position(*row[:4]), row.site, now=now)
    connection.execute(update(captures).where(mine).values(reason=_REMOVED))


def erase_site(engine: Engine, folder: Path, site: str, *, now: datetime) -> None:
    """Erase the marked records in the files of a site that no process is writing. Raises as `erase_noted`."""
    with read_transaction(engine) as connection:
        noted = connection.scalar(select(erasures.c.warc_file).where(erasures.c.site == site).limit(1))
    if noted is not None:
        erase_noted(engine, folder, now=now, may_write=lambda name: name == site)


def erase_noted(
    engine: Engine, folder: Path, *, now: datetime, may_write: Callable[[str], bool] = lambda site: True
) -> Erased:
    """Erase the marked records, file by file, and delete the rows of erased captures.

    may_write: returns whether no run is writing the files of a site. Raises ArchiveError at the end if something could
    not be erased: the end of a damaged record is unknown, or the disk refuses.
    """
    with read_transaction(engine) as connection:
        noted = connection.scalar(select(erasures.c.warc_file).limit(1))
    # Otherwise the bytes would stay in the copy made by the merge.
    errors, copied = _finish_merges(engine, folder, may_write) if noted is not None else ([], set())
    with read_transaction(engine) as connection:
        rows = connection.execute(select(erasures).order_by(erasures.c.warc_file, erasures.c.warc_offset)).all()
    files: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for row in rows:
        files[row.site, row.warc_file][row.warc_offset] = row.warc_length
    records = length = pending = 0
    for (site, file), lengths in files.items():
        if not may_write(site) or file in copied:
            pending += len(lengths)
            continue
        try:
            path = sole_copy(folder, inside(folder, file))
            note = partial(note_removed, folder, now=now)
            done = redact(path, lengths, now=now, before=note) if path.exists() else Redaction(0, {})
        except ArchiveError as error:
            errors.append(error)
            continue
        errors += done.refused.values()
        offsets = sorted(lengths.keys() - done.refused.keys())
        length, records = length + done.length, records + len(offsets)
        with write_transaction(engine) as connection:
            for start in range(0, len(offsets), 500):
                _drop_rows(connection, file, offsets[start : start + 500])
    settle(engine)
    if errors:
        raise ArchiveError(message("taken down, but not erased: {why}", why=words_of(*errors))) from errors[0]
    return Erased(records, length, pending)


def _finish_merges(
    engine: Engine, folder: Path, may_write: Callable[[str], bool]
) -> tuple[list[ArchiveError], set[str]]:
    """Finish interrupted merges of sites that no process is writing.

    Returns the errors of those that failed, and the files that still have copies.
    """
    errors: list[ArchiveError] = []
    copied: set[str] = set()
    for merge in interrupted_merges(warc_files(folder)):
        if may_write(site_in(merge.path.name) or ""):
            try:
                finish_merge(engine, folder, merge)
            except (ArchiveError, AlreadyRunning) as error:
                errors.append(ArchiveError(words_of(error)))
                copied |= {f"{FOLDER}/{name}" for name in (merge.path.name, *(part.name for part in merge.parts))}
    return errors, copied


def take_down(connection: Connection, article_id: int | None, site: str, keys: dict[str, str], *, now: datetime) -> int:
    """Delete the article's data, close its pages, and mark its captures and assets for erasure; return their number."""
    doomed = [*_captures(connection, article_id, keys), *assets.release(connection, keys)]
    if article_id is not None:
        empty_article(connection, article_id)
    _close_pages(connection, site, keys, now=now)
    mark_for_redaction(connection, doomed, now=now)
    return len(doomed)


def urls_of(connection: Connection, ref: str, article_id: int | None) -> dict[str, str]:
    """All URLs of the article or page, by URL key. ref: URL of the page, used if there is no article."""
    if article_id is None:
        key = url_key(ref)
        of_page = select(pages.c.url).where(pages.c.url_key == key)
        return {key: connection.scalar(of_page) or ref.strip()}
    own = select(articles.c.url_key, articles.c.url).where(articles.c.id == article_id)
    article_pages = select(pages.c.url_key, pages.c.url).where(pages.c.article_id == article_id)
    further = select(captures.c.url_key, captures.c.url).where(captures.c.id.in_(parts.capture_ids(article_id)))
    behind = versions.c.capture_id == captures.c.id
    shown = select(captures.c.url_key, captures.c.url).join(versions, behind).where(versions.c.article_id == article_id)
    urls = {key: url for each in (further, shown, article_pages, own) for key, url in connection.execute(each)}
    urls = claims.unproven(connection, urls) | urls  # its unproven canonical URLs may show it, too
    others = select(articles.c.url_key).where(articles.c.url_key.in_(urls), articles.c.id != article_id)
    return {key: urls[key] for key in urls.keys() - set(connection.scalars(others))}


def _captures(connection: Connection, article_id: int | None, keys: Iterable[str]) -> list[int]:
    """The ids of the captures to erase: those of the URLs, and those of the article's versions."""
    mine: ColumnElement[bool] = captures.c.url_key.in_(list(keys))
    if article_id is not None:
        came_from = select(versions.c.capture_id).where(versions.c.article_id == article_id)
        came_from = came_from.where(versions.c.capture_id.is_not(None))
        mine = or_(mine, captures.c.id.in_(came_from), captures.c.id.in_(parts.capture_ids(article_id)))
    return list(connection.scalars(select(captures.c.id).where(mine)))


def _site(connection: Connection, article_id: int | None, keys: Iterable[str]) -> str | None:
    own = select(articles.c.site).where(articles.c.id == article_id)
    page = select(pages.c.site).where(pages.c.url_key.in_(list(keys)))
    seen = select(captures.c.site).where(captures.c.url_key.in_(list(keys)))
    return next((str(site) for each in (own, page, seen) if (site := connection.scalar(each.limit(1)))), None)


def _close_pages(connection: Connection, site: str, keys: dict[str, str], *, now: datetime) -> None:
    """Set the pages to "removed", so that no crawl requests them as unknown, pending, due or edited pages."""
    emptied = "fetched_at status etag last_modified digest next_visit_at missing_since"
    closed = {"state": "removed", "reason": _REMOVED, "failures": 0, **dict.fromkeys(emptied.split())}
    row = {"site": site, "kind": "article", "found_at": now, **closed}
    upsert = insert_into(connection, pages).on_conflict_do_update(index_elements=["url_key"], set_=closed)
    connection.execute(upsert, [{"url_key": key, "url": url, **row} for key, url in sorted(keys.items())])
    connection.execute(delete(discoveries).where(discoveries.c.url_key.in_(list(keys))))


def _drop_rows(connection: Connection, file: str, offsets: list[int]) -> None:
    gone = select(captures.c.id).where(captures.c.warc_file == file, captures.c.warc_offset.in_(offsets))
    ids = list(connection.scalars(gone))
    for column in (versions.c.capture_id, events.c.capture_id, amendments.c.capture_id, captures.c.refers_to):
        connection.execute(update(column.table).where(column.in_(ids)).values({column.name: None}))
    parts.remove_captures(connection, ids)
    connection.execute(delete(unread).where(unread.c.capture_id.in_(ids)))
    connection.execute(delete(captures).where(captures.c.id.in_(ids)))
    connection.execute(delete(erasures).where(erasures.c.warc_file == file, erasures.c.warc_offset.in_(offsets)))


def settle(engine: Engine) -> None:
    """Delete the remains of removed articles in the search index, and in SQLite's log unless a reader holds it."""
    index.catch_up_if_possible(engine, scrub=True)
    if engine.dialect.name == "sqlite":
        with engine.connect() as plain:
            plain.connection.cursor().execute("pragma wal_checkpoint(truncate)").close()
