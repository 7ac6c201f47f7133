"""Extraction of stored captures in worker processes, in order and in bounded memory.

Each process reads the bytes from the WARC files itself and returns only what differs from the archive. A page that
takes too long or kills its process affects no other page.
"""

import asyncio
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from crawler.workers.known_texts import keys_of
from crawler.workers.pool import TIME_LIMIT_S, ExtractorPool, join_captures
from crawler.workers.worker_main import PackedProfile, extract_within_limit, unpacked
from crawler.workers.worker_process import WorkerDied
from storage.archive import Archive
from storage.db.database import read_transaction
from storage.errors import ArchiveError, WorkersUnavailable
from storage.messages import message
from storage.queries import reextraction_queue
from storage.queries.reextraction_queue import Item
from storage.records import Article, Capture, Extraction, Reason, with_stated_date
from storage.warc.writer import read_capture
from storage.writing.corrections import Correction, correct_all, field_differences

Difference = Literal["same", "other", "unread", "lost"]
CHUNK = 16  # captures per call of a process: with fewer it waits for the parent, with more progress is jerky
AHEAD = 2  # chunks under way or waiting, for each process
# A comparison as a process returns it: without its item, which the parent has.
_Row = tuple[Difference, Article | None, dict[str, Any], str | None, str | None]

Profiles = Mapping[str, SiteProfile]  # by site
NO_PROFILES: Profiles = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Comparison:
    """Result of comparing a stored capture's current extraction with its archived version.

    same: equal to the version, or still no article. other: an article; `before` has the fields of the version that
    differ (`field_differences` of corrections), {} if the capture has no version. unread: no article, although the
    capture has a version; `reason` says why. lost: the bytes can't be read; `reason` is the error.
    """

    item: Item
    difference: Difference
    article: Article | None = None
    before: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None
    extractor: str | None = None


def extract_stored(
    folder: Path,
    items: Iterable[Item],
    sites: Mapping[str, Site],
    *,
    profiles: Profiles = NO_PROFILES,
    processes: int | None = None,
    new_pool: Callable[[int | None], ExtractorPool] = ExtractorPool,
) -> Iterator[Comparison]:
    """Yield a comparison for each item, in order. folder: the archive's. sites: by name; for any other, a Site is made
    from the capture's URL.

    processes: number; None: one for each CPU. new_pool: makes a pool of that number. Raises WorkersUnavailable.
    """
    chunks = _chunks(items)
    ahead: deque[asyncio.Task[list[Comparison]]] = deque()
    pool = new_pool(processes or os.cpu_count() if new_pool is ExtractorPool else processes)
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        try:
            while True:
                while len(ahead) < pool.size * AHEAD and (chunk := next(chunks, None)):
                    ahead.append(loop.create_task(_extract_in_pool(pool, folder, chunk, sites, profiles)))
                if not ahead:
                    return
                yield from runner.run(_result(ahead.popleft()))
        except WorkersUnavailable as error:
            raise WorkersUnavailable(message("{error}. Mend that, and run the same again", error=error)) from error
        finally:
            pool.close()


async def _result(task: "asyncio.Task[list[Comparison]]") -> list[Comparison]:
    return await task


async def _extract_in_pool(
    pool: ExtractorPool, folder: Path, chunk: list[Item], sites: Mapping[str, Site], profiles: Profiles
) -> list[Comparison]:
    """Compare each item of a chunk. If a page kills the process, extract each of them in a call of its own."""
    names = {item.site for item in chunk}
    declared = {name: sites[name] for name in names if name in sites}
    packed = {name: pool.packed(profiles[name]) for name in names if name in profiles}
    try:
        limit_s = TIME_LIMIT_S * sum(1 + len(item.parts) for item in chunk)
        rows: list[_Row] = await pool.run((_extract, folder, chunk, declared, packed), limit_s)
    except WorkerDied as error:
        if len(chunk) > 1:
            alone = [await _extract_in_pool(pool, folder, [item], sites, profiles) for item in chunk]
            return [compared for each in alone for compared in each]
        if not error.took_too_long:
            await pool.require_workers()
        reason = Reason.TIMEOUT if error.took_too_long else Reason.FAILED
        return [Comparison(chunk[0], "unread" if chunk[0].version else "same", reason=reason.value)]
    return [Comparison(item, *row) for item, row in zip(chunk, rows, strict=True)]


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _extract(
    folder: Path, items: list[Item], sites: Mapping[str, Site], packed: Mapping[str, PackedProfile]
) -> list[_Row]:
    """Extract a chunk in a worker process. The items, which have the versions' texts, are not sent back."""
    profiles = {name: unpacked(profile) for name, profile in packed.items()}
    compared = (_extract_one(folder, item, sites, profiles) for item in items)
    return [(each.difference, each.article, each.before, each.reason, each.extractor) for each in compared]


def _extract_one(folder: Path, item: Item, sites: Mapping[str, Site], profiles: Profiles) -> Comparison:
    try:
        capture = read_capture(folder, item.position)
        parts = [read_capture(folder, position) for position in item.parts]
    except ArchiveError as error:
        return Comparison(item, "lost", reason=str(error))
    site = sites.get(item.site) or Site(item.site, capture.url)
    profile = profiles.get(item.site, NO_PROFILE)
    extraction = extract_within_limit(capture, site, TIME_LIMIT_S, profile)
    others = (extract_within_limit(part, site, TIME_LIMIT_S, profile, part_of=capture.url) for part in parts)
    return compare(item, join_captures(extraction, parts, others))


def compare(item: Item, extraction: Extraction) -> Comparison:
    """Compare an extraction with the capture's archived version. Pure."""
    version, article = item.version, extraction.article
    if article is not None:
        article = with_stated_date(article, item.stated)
    if article is None:
        why = extraction.reason.value if extraction.reason else Reason.EMPTY.value
        return Comparison(item, "unread" if version else "same", reason=why)
    if version is None:
        return Comparison(item, "other", article)
    before = field_differences(version, article)
    if not before:
        return Comparison(item, "same", extractor=article.extractor)
    return Comparison(item, "other", article, before)


def is_known(archive: Archive, capture: Capture, article: Article) -> bool:
    """Whether the archive has an article at one of the page's URLs; else there is nothing to correct or compare."""
    with read_transaction(archive.engine) as connection:
        return reextraction_queue.is_known(connection, keys_of(capture, article))


async def correct_outdated(
    archive: Archive,
    pool: ExtractorPool,
    site: Site,
    article: Article,
    *,
    capture: Capture,
    now: datetime,
    profile: SiteProfile = NO_PROFILE,
) -> None:
    """Correct the article's versions that an earlier extractor stored, before the article is saved.

    So only the newspaper's edits make new versions. capture: of the article's page. A version whose bytes are lost
    stays as it is.
    """
    with read_transaction(archive.engine) as connection:
        items = reextraction_queue.outdated(connection, keys_of(capture, article), article.extractor)
    await correct_items(archive, pool, site, items, extractor=article.extractor, now=now, profile=profile)


async def correct_items(
    archive: Archive,
    pool: ExtractorPool,
    site: Site,
    items: Sequence[Item],
    *,
    extractor: str,
    now: datetime,
    profile: SiteProfile = NO_PROFILE,
) -> None:
    """Extract the captures of stored versions again and correct the versions, in one transaction.

    extractor: the current extractor's name, with the profile. If no process can extract, the versions stay as they are.
    """
    names = {item.site for item in items}
    sites, profiles = dict.fromkeys(names, site), dict.fromkeys(names, profile)
    try:
        chunks = await asyncio.gather(
            *(_extract_in_pool(pool, archive.folder, chunk, sites, profiles) for chunk in _chunks(items))
        )
    except WorkersUnavailable:
        return
    corrections: list[Correction] = []
    confirmed: list[int] = []
    for compared in (each for chunk in chunks for each in chunk):
        version = compared.item.version or {}
        if compared.article is not None:
            corrections.append(Correction(version["id"], version["content_sha256"], compared.article))
        elif compared.difference == "same":
            confirmed.append(version["id"])
    if corrections or confirmed:
        await asyncio.to_thread(  # it waits for the disk, and for the crawl's writer
            correct_all, archive.engine, corrections, confirmed=confirmed, extractor=extractor, at=now
        )
