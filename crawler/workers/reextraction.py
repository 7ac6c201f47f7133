"""Reextraction: extract the stored captures again with the current extractor. First plan the changes, then apply them.

The plan (`reextract_plan`) is written while captures are extracted, so memory stays constant and an interrupted run
resumes where it stopped. Applying a plan twice has the same effect as applying it once.
"""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from crawler.extract import EXTRACTOR
from crawler.html.spelling import comparable_line
from crawler.profile.line_keys import line_key
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.site import Site
from crawler.workers.pool import ExtractorPool
from crawler.workers.profile_task import current_profile
from crawler.workers.reextract_plan import ReextractCounts, ReextractPlan
from crawler.workers.site_profiles import profile_of, stored_profile
from crawler.workers.stored_captures import Comparison, extract_stored
from storage.db.database import read_transaction
from storage.queries import reextraction_queue
from storage.queries.reextraction_queue import PHASES, Choice, Item, Phase
from storage.records import Article
from storage.rows import tombstones
from storage.rows.profiles import StoredProfile
from storage.sanitise import sanitised
from storage.urls import url_key
from storage.writing.corrections import Correction, Recovered, correct_all, store_profile

_BATCH = 128  # items in a query, and changes in a transaction
_LINE = 128  # comparisons per line of the plan
Progress = Callable[[int, int], None]


def current_profiles(
    engine: Engine,
    folder: Path,
    choice: Choice,
    *,
    sites: dict[str, Site],
    new_pool: Callable[[int | None], ExtractorPool] = ExtractorPool,
) -> dict[str, StoredProfile]:
    """The current profile of each chosen site, learned first if that is due. Sites with an empty profile are left out.

    Writes nothing. sites: the declared ones, by name. new_pool: makes the pool that extracts the pages.
    """
    with read_transaction(engine) as connection:
        known = {row["name"]: Site(**row) for row in reextraction_queue.known_sites(connection)} | sites
        held = {row["name"] for row in reextraction_queue.known_sites(connection)}
    chosen = [known[name] for name in sorted(held) if choice.site in (None, name)]

    async def learn_all() -> list[StoredProfile]:
        pool = new_pool(None)
        try:
            return await asyncio.gather(*(current_profile(engine, folder, pool, site) for site in chosen))
        finally:
            pool.close()

    by_name = zip((site.name for site in chosen), asyncio.run(learn_all()), strict=True)
    return {name: stored for name, stored in by_name if profile_of(stored)}


def make_plan(
    folder: Path,
    engine: Engine,
    plan: ReextractPlan,
    choice: Choice,
    *,
    sites: dict[str, Site],
    examples: int = 5,
    processes: int | None = None,
    new_pool: Callable[[int | None], ExtractorPool] = ExtractorPool,
    on_progress: Progress | None = None,
) -> None:
    """Extract the captures that the plan lacks, and add the changes to make. sites: the declared ones, by name.

    examples: maximum number of changes to show, with those from before an interruption. on_progress: called with the
    number of captures done and of all captures.
    """
    del plan.counts.examples[examples:]
    with read_transaction(engine) as connection:
        total = reextraction_queue.count(connection, choice)
        known = {row["name"]: Site(**row) for row in reextraction_queue.known_sites(connection)}
        taken_down = tombstones.everything(connection)
    profiles = {name: profile_of(stored) for name, stored in plan.profiles.items()}
    for phase in PHASES[PHASES.index(plan.phase) :] if plan.phase else ():
        after = plan.after if phase == plan.phase else 0
        items = _items(engine, phase, choice, after)
        changes: list[dict[str, Any]] = []
        for number, compared in enumerate(
            extract_stored(folder, items, known | sites, profiles=profiles, processes=processes, new_pool=new_pool), 1
        ):
            changes += _count(plan.counts, compared, examples, taken_down)
            _count_left_out(plan.counts, compared, profiles.get(compared.item.site, NO_PROFILE))
            after = compared.item.key
            if number % _LINE == 0:
                plan.add(phase, after, changes)
                changes = []
            if on_progress is not None:
                on_progress(plan.counts.read, total)
        plan.add(phase, after, changes)
    plan.add(None, 0, [])


def apply_plan(engine: Engine, plan: ReextractPlan, *, now: datetime, on_progress: Progress | None = None) -> None:
    """Apply the plan to the archive. A version that has changed since it was planned stays as it is. now: aware."""
    for site, profile in plan.profiles.items():
        if profile != stored_profile(engine, site):
            store_profile(engine, site, profile, now=now)
    batch: list[dict[str, Any]] = []
    total = sum(1 for _ in plan.changes())
    for done, change in enumerate(plan.changes(), 1):
        batch.append(change)
        if len(batch) == _BATCH or done == total:
            _apply(engine, batch, now)
            batch = []
            if on_progress is not None:
                on_progress(done, total)


def _items(engine: Engine, phase: Phase, choice: Choice, after: int) -> Iterator[Item]:
    while True:
        with read_transaction(engine) as connection:
            items = reextraction_queue.batch(connection, phase, choice, after=after, limit=_BATCH)
        if not items:
            return
        yield from items
        after = items[-1].key


def _count(counts: ReextractCounts, compared: Comparison, examples: int, taken_down: set[str]) -> list[dict[str, Any]]:
    """Count a comparison; returns the change to make, if any."""
    counts.read += 1
    item, article = compared.item, compared.article
    if compared.difference == "lost":
        counts.lost += 1
    elif compared.difference == "unread":
        counts.unread[compared.reason or ""] += 1
    elif compared.difference == "same":
        counts.same += 1
        version = item.version
        if version is not None and compared.extractor and version["extractor"] != compared.extractor:
            return [{"confirm": version["id"], "extractor": compared.extractor}]
    elif article is not None and url_key(article.url) in taken_down:
        counts.removed += 1
        return [{"unwanted": item.capture_id}] if item.version is None else []
    elif article is not None and item.version is None:
        counts.recovered += 1
        if len(counts.examples) < examples:
            counts.examples.append({"url": article.url, "recovered": True, "title": article.title})
        return [{"capture": item.capture_id, "article": _plain(article)}]
    elif article is not None and item.version is not None:
        counts.corrected += 1
        counts.sites[item.site] += 1
        counts.fields.update(compared.before.keys())
        counts.words_before += len(item.version["text"].split())
        counts.words_after += len(article.text.split())
        plain = _plain(article)
        if len(counts.examples) < examples:
            counts.examples.append(_example(compared, plain))
        same = item.version["content_sha256"]
        return [{"version": item.version["id"], "sha256": same, "article": plain}]
    return []


def _count_left_out(counts: ReextractCounts, compared: Comparison, profile: SiteProfile) -> None:
    """Record the lines of the site's profile that are in the version's text and not in the new one."""
    if compared.article is None or "text" not in compared.before:
        return
    now = set(compared.article.text.split("\n\n"))
    gone = (line for line in compared.before["text"].split("\n\n") if line not in now)
    own = {
        folded
        for line in gone
        if (folded := comparable_line(line)) in profile.lines or line_key(line) in profile.furniture
    }
    if own:
        counts.left_out[compared.item.site] = sorted(own.union(counts.left_out.get(compared.item.site, ())))


def _example(compared: Comparison, after: dict[str, Any]) -> dict[str, Any]:
    """{id, url, number, fields}: the article's id, the version's number, field name to [before, after]."""
    version = compared.item.version or {}
    fields = {name: [old, after[name]] for name, old in compared.before.items()}
    return {"id": version["article_id"], "url": after["url"], "number": version["number"], "fields": fields}


def _plain(article: Article) -> dict[str, Any]:
    """The article as JSON values; instants keep their offset."""
    return {name: _json(getattr(article, name)) for name in Article.__slots__}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_json(each) for each in value]
    return sanitised(value) if isinstance(value, str) else value


def _article(plain: dict[str, Any]) -> Article:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    for name in ("published_at", "modified_at"):
        values[name] = datetime.fromisoformat(plain[name]) if plain[name] else None
    return Article(**values)


def _apply(engine: Engine, batch: list[dict[str, Any]], now: datetime) -> None:
    confirmed: dict[str, list[int]] = {EXTRACTOR: []}
    for each in batch:
        if "confirm" in each:
            confirmed.setdefault(each["extractor"], []).append(each["confirm"])
    correct_all(
        engine,
        [Correction(each["version"], each["sha256"], _article(each["article"])) for each in batch if "version" in each],
        recovered=[Recovered(each["capture"], _article(each["article"])) for each in batch if "capture" in each],
        confirmed=confirmed.pop(EXTRACTOR),
        unwanted=[each["unwanted"] for each in batch if "unwanted" in each],
        extractor=EXTRACTOR,
        at=now,
    )
    for extractor, ids in confirmed.items():
        correct_all(engine, [], confirmed=ids, extractor=extractor, at=now)
