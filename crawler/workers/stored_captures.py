"""Extraction of stored captures in worker processes, in order and in bounded memory.

Each process reads the bytes from the WARC files itself and returns only what differs from the archive. A page that
takes too long or kills its process affects no other page.
"""

import asyncio
import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from crawler.workers.pool import (
    GRACE_S,
    TIME_LIMIT_S,
    ExtractorPool,
    end_pool,
    extract_within_limit,
    init_worker,
    join_captures,
    start_server,
)
from storage.archive import Archive
from storage.corrections import Correction, correct_all, field_differences
from storage.db.database import read_transaction
from storage.errors import ArchiveError
from storage.queries import reextraction_queue
from storage.queries.reextraction_queue import Item
from storage.records import Article, Extraction, Reason, with_stated_date
from storage.urls import url_key
from storage.warc.writer import read_capture

Difference = Literal["same", "other", "unread", "lost"]
CHUNK = 16  # captures that a process gets at once: with fewer it waits for the parent, with more progress is jerky
AHEAD = 2  # chunks queued for each process
# A comparison as a process returns it: without its item, which the parent has.
_Row = tuple[Difference, Article | None, dict[str, Any], str | None, str | None]

Profiles = Mapping[str, SiteProfile]  # by site
NO_PROFILES: Profiles = MappingProxyType({})

# In a worker process: set once, by its initializer.
_sites: dict[str, Site] = {}
_profiles: dict[str, SiteProfile] = {}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Today's extraction of a stored capture against what the archive has of it.

    same: equal to the version, or still no article. other: an article; `before` has the fields of the version that
    differ (storage.corrections.field_differences), {} where the capture has no version. unread: no article, though the
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
) -> Iterator[Comparison]:
    """A comparison for each item, in their order. folder: the archive's. sites: by name;
    for any other, one is made from the capture's URL.

    processes: how many; None: one for each CPU.
    """
    size = processes or os.cpu_count() or 1
    pool = _make(size, sites, profiles)
    ahead: deque[tuple[list[Item], Future[list[_Row]]]] = deque()
    chunks = _chunks(items)
    try:
        while True:
            while len(ahead) < size * AHEAD and (chunk := next(chunks, None)):
                ahead.append((chunk, pool.submit(_extract, folder, chunk)))
            if not ahead:
                return
            chunk, future = ahead.popleft()
            try:
                rows = future.result(timeout=TIME_LIMIT_S * len(chunk) * (AHEAD + 1) + GRACE_S)
                yield from _with_items(chunk, rows)
            except (BrokenProcessPool, TookTooLong):
                end_pool(pool)
                yield from _one_by_one(folder, chunk, sites, profiles)
                pool = _make(size, sites, profiles)
                ahead = deque((queued, pool.submit(_extract, folder, queued)) for queued, _ in ahead)
    finally:
        end_pool(pool)


def _one_by_one(folder: Path, chunk: list[Item], sites: Mapping[str, Site], profiles: Profiles) -> Iterator[Comparison]:
    """A chunk in which some page killed its process or can't be interrupted: isolates that page."""
    pool = _make(1, sites, profiles)
    try:
        for item in chunk:
            try:
                yield from _with_items([item], pool.submit(_extract, folder, [item]).result(TIME_LIMIT_S + GRACE_S))
            except (BrokenProcessPool, TookTooLong) as error:
                end_pool(pool)
                pool = _make(1, sites, profiles)
                reason = Reason.TIMEOUT if isinstance(error, TookTooLong) else Reason.FAILED
                yield Comparison(item, "unread" if item.version else "same", reason=reason.value)
    finally:
        end_pool(pool)


def _with_items(items: list[Item], rows: list[_Row]) -> Iterator[Comparison]:
    for item, row in zip(items, rows, strict=True):
        yield Comparison(item, *row)


def _make(processes: int, sites: Mapping[str, Site], profiles: Profiles) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crawler.workers.stored_captures"])
    start_server()
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_init, initargs=(dict(sites), dict(profiles)))


def _init(sites: dict[str, Site], profiles: dict[str, SiteProfile]) -> None:
    init_worker()
    _sites.update(sites)
    _profiles.update(profiles)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _extract(folder: Path, items: list[Item]) -> list[_Row]:
    """In a worker process. The versions' texts are not sent back."""
    compared = (_extract_one(folder, item) for item in items)
    return [(each.difference, each.article, each.before, each.reason, each.extractor) for each in compared]


def _extract_one(folder: Path, item: Item) -> Comparison:
    try:
        capture = read_capture(folder, item.position)
        parts = [read_capture(folder, position) for position in item.parts]
    except ArchiveError as error:
        return Comparison(item, "lost", reason=str(error))
    site = _sites.get(item.site) or Site(item.site, capture.url)
    profile = _profiles.get(item.site, NO_PROFILE)
    extraction = extract_within_limit(capture, site, TIME_LIMIT_S, profile)
    others = (extract_within_limit(part, site, TIME_LIMIT_S, profile, part_of=capture.url) for part in parts)
    return compare(item, join_captures(extraction, parts, others))


def compare(item: Item, extraction: Extraction) -> Comparison:
    """An extraction against what the archive has of the capture. Pure."""
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


async def correct_outdated(
    archive: Archive,
    pool: ExtractorPool,
    site: Site,
    article: Article,
    *,
    page_url: str,
    now: datetime,
    profile: SiteProfile = NO_PROFILE,
) -> None:
    """Correct what an earlier extractor stored of an article, before it is saved. page_url: where it was shown.

    Then only the newspaper's edits make new versions. A version whose bytes are lost stays as it is.
    """
    with read_transaction(archive.engine) as connection:
        items = reextraction_queue.outdated(connection, [url_key(article.url), url_key(page_url)], article.extractor)
    for item in items:
        await correct_item(archive, pool, site, item, extractor=article.extractor, now=now, profile=profile)


async def correct_item(
    archive: Archive,
    pool: ExtractorPool,
    site: Site,
    item: Item,
    *,
    extractor: str,
    now: datetime,
    profile: SiteProfile = NO_PROFILE,
) -> None:
    """Correct one stored version by what its capture gives today. extractor: the name of today's, with the profile."""
    try:
        capture = read_capture(archive.folder, item.position)
        parts = [read_capture(archive.folder, position) for position in item.parts]
    except ArchiveError:
        return
    compared, version = compare(item, await pool.extract(capture, site, profile, parts=parts)), item.version or {}
    if compared.article is not None or compared.difference == "same":
        await asyncio.to_thread(  # it waits for the disk, and for the writer of the crawl
            correct_all,
            archive.engine,
            [Correction(version["id"], version["content_sha256"], compared.article)] if compared.article else [],
            confirmed=[] if compared.article else [version["id"]],
            extractor=extractor,
            at=now,
        )
