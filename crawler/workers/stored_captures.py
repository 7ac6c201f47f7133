"""Reading stored captures again in processes of their own, in order and in bounded memory.

Each process reads the bytes from the WARC files itself; only what differs comes back. A page that takes too long or
kills its process costs that page alone.
"""

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
    begin_process,
    end_pool,
    read_within_limit,
    start_server,
)
from storage.archive import Archive
from storage.corrections import Reread, correct_all, misread
from storage.db.database import read_transaction
from storage.errors import ArchiveError
from storage.queries import reextraction_queue
from storage.queries.reextraction_queue import Item
from storage.records import Article, Extraction, Reason
from storage.urls import url_key
from storage.warc.writer import read_capture

Outcome = Literal["same", "other", "unread", "lost"]
CHUNK = 16  # captures that a process gets at once: fewer make it wait for us, more make progress jerky
AHEAD = 2  # chunks in hand for each process
# A verdict without the item that it is of, which the one who asked has.
_Told = tuple[Outcome, Article | None, dict[str, Any], str | None, str | None]

_sites: dict[str, Site] = {}
_profiles: dict[str, SiteProfile] = {}
Profiles = Mapping[str, SiteProfile]
NO_PROFILES: Profiles = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reading a capture again came to.

    same: as the version says, or again no article. other: an article, and before says what the version has instead
    (storage.corrections.misread), or that there was none ({}). unread: no article now, though a version came of it;
    reason says why. lost: its bytes can't be read.
    """

    item: Item
    outcome: Outcome
    article: Article | None = None
    before: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None
    extractor: str | None = None


def read_again(
    folder: Path,
    items: Iterable[Item],
    sites: Mapping[str, Site],
    *,
    profiles: Profiles = NO_PROFILES,
    processes: int | None = None,
) -> Iterator[Verdict]:
    """A verdict for each item, in their order. folder: the archive's; sites: by name, also those not declared.

    profiles: by site; a site without one has none.
    """
    size = processes or os.cpu_count() or 1
    pool = _make(size, sites, profiles)
    ahead: deque[tuple[list[Item], Future[list[_Told]]]] = deque()
    chunks = _chunks(items)
    try:
        while True:
            while len(ahead) < size * AHEAD and (chunk := next(chunks, None)):
                ahead.append((chunk, pool.submit(_read, folder, chunk)))
            if not ahead:
                return
            chunk, future = ahead.popleft()
            try:
                found = future.result(timeout=TIME_LIMIT_S * len(chunk) * (AHEAD + 1) + GRACE_S)
                yield from _completed(chunk, found)
            except (BrokenProcessPool, TookTooLong):
                end_pool(pool)
                yield from _one_by_one(folder, chunk, sites, profiles)
                pool = _make(size, sites, profiles)
                ahead = deque((each, pool.submit(_read, folder, each)) for each, _ in ahead)
    finally:
        end_pool(pool)


def _one_by_one(folder: Path, chunk: list[Item], sites: Mapping[str, Site], profiles: Profiles) -> Iterator[Verdict]:
    """A chunk in which some page killed its process, or can't be interrupted: that page is to be found."""
    pool = _make(1, sites, profiles)
    try:
        for item in chunk:
            try:
                yield from _completed([item], pool.submit(_read, folder, [item]).result(TIME_LIMIT_S + GRACE_S))
            except (BrokenProcessPool, TookTooLong) as error:
                end_pool(pool)
                pool = _make(1, sites, profiles)
                reason = Reason.TIMEOUT if isinstance(error, TookTooLong) else Reason.FAILED
                yield Verdict(item, "unread" if item.version else "same", reason=reason.value)
    finally:
        end_pool(pool)


def _completed(items: list[Item], told: list[_Told]) -> Iterator[Verdict]:
    for item, each in zip(items, told, strict=True):
        yield Verdict(item, *each)


def _make(processes: int, sites: Mapping[str, Site], profiles: Profiles) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crawler.workers.stored_captures"])
    start_server()
    return ProcessPoolExecutor(
        processes, mp_context=context, initializer=_begin, initargs=(dict(sites), dict(profiles))
    )


def _begin(sites: dict[str, Site], profiles: dict[str, SiteProfile]) -> None:
    begin_process()
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


def _read(folder: Path, items: list[Item]) -> list[_Told]:
    """In a process of the pool. The texts that came are not sent back."""
    found = (_read_one(folder, item) for item in items)
    return [(each.outcome, each.article, each.before, each.reason, each.extractor) for each in found]


def _read_one(folder: Path, item: Item) -> Verdict:
    try:
        capture = read_capture(folder, item.position)
    except ArchiveError as error:
        return Verdict(item, "lost", reason=str(error))
    site = _sites.get(item.site) or Site(item.site, capture.url)
    return judge(item, read_within_limit(capture, site, TIME_LIMIT_S, _profiles.get(item.site, NO_PROFILE)))


def judge(item: Item, found: Extraction) -> Verdict:
    """What a reading means for what the archive has of the capture. Pure."""
    version, article = item.version, _of(item, found)
    if article is None:
        why = found.reason.value if found.reason else Reason.EMPTY.value
        return Verdict(item, "unread" if version else "same", reason=why)
    if version is None:
        return Verdict(item, "other", article)
    before = misread(version, article)
    if not before:
        return Verdict(item, "same", extractor=article.extractor)
    return Verdict(item, "other", article, before)


async def correct_outdated(
    archive: Archive,
    pool: ExtractorPool,
    site: Site,
    articles: Iterable[Article],
    *,
    now: datetime,
    profile: SiteProfile = NO_PROFILE,
) -> None:
    """Before these are saved: read again what an earlier extractor made of them, so that only the newspaper's edits
    count as such. An article whose bytes are lost stays as it is.
    """
    keys = {url_key(each.url): each.extractor for each in articles}
    for extractor in set(keys.values()):
        with read_transaction(archive.engine) as connection:
            items = reextraction_queue.outdated(connection, [key for key in keys if keys[key] == extractor], extractor)
        for item in items:
            try:
                capture = read_capture(archive.folder, item.position)
            except ArchiveError:
                continue
            verdict, version = judge(item, await pool.read(capture, site, profile)), item.version or {}
            if verdict.article is not None or verdict.outcome == "same":
                correct_all(
                    archive.engine,
                    [Reread(version["id"], version["content_sha256"], verdict.article)] if verdict.article else [],
                    confirmed=[] if verdict.article else [version["id"]],
                    extractor=extractor,
                    at=now,
                )


def _of(item: Item, found: Extraction) -> Article | None:
    """The article that the version is of: by its address, or the only one there is."""
    if len(found.articles) == 1:
        return found.articles[0]
    return next((each for each in found.articles if url_key(each.url) == item.url_key), None)
