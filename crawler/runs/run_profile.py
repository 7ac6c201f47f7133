"""The site profile of one run: used to extract its pages, learned further from them, and stored in the archive."""

import asyncio
from array import array
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from itertools import islice
from typing import Any

from crawler.extract.extractor import UNFIT, extractor_name
from crawler.html.spelling import comparable_line
from crawler.learning import LEAST_UNFIT, MOST_PAGES
from crawler.platforms.run_statistics import TemplateCounts
from crawler.runs.context import CrawlContext
from crawler.site import Site
from crawler.workers import site_profiles
from crawler.workers.profile_task import Sample, relearn_in_pool
from crawler.workers.stored_captures import correct_items
from storage.db.database import read_transaction
from storage.queries import reextraction_queue
from storage.queries.reextraction_queue import Item
from storage.records import Article, Extraction, Position, Saved
from storage.rows.profiles import StoredProfile
from storage.writing.corrections import store_profile

_EARLIER = 10  # earlier captures in the sample that a new design is learned from
WAIT_S = 30.0  # that a page waits at most for learning, which takes a second or two
_AT_ONCE = 64  # articles whose versions are queried, and captures extracted, together


class RunProfile:
    """The profile of one run's site. `profile` changes during the run; articles extracted before are then corrected."""

    def __init__(self, context: CrawlContext, site: Site, counts: TemplateCounts) -> None:
        """counts: the run's, updated by this object. Raises ArchiveError."""
        self._archive, self._pool, self._clock = context.archive, context.pool, context.clock
        self._site = site
        self._stored = site_profiles.stored_profile(self._archive.engine, site.name)
        self.profile = site_profiles.profile_of(self._stored)
        self._counts = counts
        self._sampled = len(site_profiles.latest_captures(self._archive.engine, self._stored, site.name))
        self._tried = 0  # the stage that learning was tried at
        self._unfit: deque[Position] = deque(maxlen=MOST_PAGES)  # pages that fit no template
        self._tried_unfit = 0  # their number when learning from them was last tried
        self._task: asyncio.Task[None] | None = None
        self._under_way = 0  # pages in their turn
        self._ended = asyncio.Event()  # set when a page's turn, or learning, has ended
        self._known = {extractor_name(self.profile): self.profile}
        # The ids of the articles that this run extracted, by extractor: an array takes eight bytes an article.
        self._read: defaultdict[str, array[int]] = defaultdict(lambda: array("q"))

    def begin(self) -> None:
        """Start learning from the archive's captures, if there are enough. Needs a running event loop."""
        self._learn_if_due()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A page's turn, in which it is extracted and saved. It begins when no profile is being learned or about to be,
        as with the earlier one the page would have to be extracted twice; or after WAIT_S.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(WAIT_S):
                while self._learns_first():
                    self._ended.clear()
                    await self._ended.wait()
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1
            self._ended.set()

    def note_page(self, extraction: Extraction, position: Position) -> None:
        """Count an article page that was just extracted, and start learning if that is due."""
        fitting = extraction.evidence.get("template")
        if fitting is None or extraction.article is None:
            return
        if not self._counts.relearned:
            self._counts.pages += 1
            self._counts.unfit += fitting == UNFIT
        if fitting == UNFIT:
            self._unfit.append(position)
            self._learn_if_due()

    def note_saved(self, article: Article, saved: Saved | None) -> None:
        """Record an article that was saved as this run extracted it."""
        if saved is None:
            return
        self._read[article.extractor].append(saved.article_id)
        if saved.change == "new":
            self._sampled += 1
            self._learn_if_due()

    def has_read(self, article_id: int) -> bool:
        """Whether this run extracted and saved the article."""
        return any(article_id in ids for ids in self._read.values())

    async def settle(self, *, brought: bool) -> None:
        """Finish learning: wait for the current task, learn from the pages that fit no template, update the lines.

        Then extract again the articles that this run extracted with an earlier profile, which makes no new version.
        brought: whether the run brought new texts; else the lines stay. Raises ArchiveError.
        """
        if self._task is not None:
            await self._task
        await self._learn_last()
        await self._correct_run()
        if brought:
            lines = site_profiles.with_current_lines(self._archive.engine, self._stored, self._site.name)
            if lines != self._stored:
                self._adopt(lines)
                await self._correct_run()

    async def stop(self) -> None:
        """Cancel learning: the run was interrupted."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _learn_if_due(self) -> None:
        if self._task is not None and not self._task.done():
            return
        if self._task is not None:
            self._task.result()  # raises the archive's error, if it failed
        if self.profile.templates and len(self._unfit) >= max(LEAST_UNFIT, 2 * self._tried_unfit):
            self._begin_to(self._learn_unfit(list(self._unfit)))
        elif not self._unfit and self._is_stage_due():  # pages of a new design come before more of the old one
            self._begin_to(self._learn_stage())

    def _begin_to(self, learn: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.ensure_future(learn)
        self._task.add_done_callback(lambda _: self._ended.set())

    def _learns_first(self) -> bool:
        """Whether a profile is being learned, or will be when the pages under way are saved."""
        is_learning = self._task is not None and not self._task.done()
        return is_learning or site_profiles.stage(self._sampled + self._under_way) > max(self._stage(), self._sampled)

    def _is_stage_due(self) -> bool:
        return site_profiles.stage(self._sampled) > self._stage()

    def _stage(self) -> int:
        """The stage of the stored profile, or the last one that was tried."""
        return max(site_profiles.stage(site_profiles.pages_behind(self._stored)), self._tried)

    async def _learn_stage(self) -> None:
        sample = site_profiles.latest_captures(self._archive.engine, self._stored, self._site.name)
        self._tried = site_profiles.stage(self._sampled)
        await self._learn(sample, only_unfit=False)

    async def _learn_unfit(self, unfit: list[Position]) -> None:
        """Learn from the pages that fit no template, beside some of the latest earlier captures."""
        self._tried_unfit = len(unfit)
        with read_transaction(self._archive.engine) as connection:
            latest = reextraction_queue.article_sample(connection, self._site.name, most=2 * MOST_PAGES)
        others = (each for each in latest if each not in unfit)
        earlier = list(others)[-_EARLIER:] if len(unfit) >= LEAST_UNFIT else list(islice(others, MOST_PAGES))
        if await self._learn([*reversed(unfit), *earlier], only_unfit=True):
            self._counts.relearned = self._stored.pages
            self._unfit.clear()
            self._tried_unfit = 0
            self._sampled = self._stored.pages  # pages of the new design

    async def _learn_last(self) -> None:
        if self.profile.templates and len(self._unfit) > self._tried_unfit:
            await self._learn_unfit(list(self._unfit))
        if self._is_stage_due():
            await self._learn_stage()

    async def _learn(self, sample: Sample, *, only_unfit: bool) -> bool:
        """Learn from the sample and store the result; return whether there was one."""
        generation = await relearn_in_pool(
            self._pool, self._archive.folder, sample, self._site, self.profile, only_unfit=only_unfit
        )
        if generation is None:
            return False
        stored = site_profiles.with_generation(self._stored, generation)
        self._adopt(site_profiles.with_current_lines(self._archive.engine, stored, self._site.name))
        return True

    def _adopt(self, stored: StoredProfile) -> None:
        now = self._clock()
        store_profile(self._archive.engine, self._site.name, stored, now=now)
        self._stored = replace(stored, learned_at=now)
        self.profile = site_profiles.profile_of(stored)
        self._known[extractor_name(self.profile)] = self.profile

    async def _correct_run(self) -> None:
        """Correct this run's articles that were extracted with an earlier profile and may differ with this one."""
        now_named = extractor_name(self.profile)
        for extractor in self._read.keys() - {now_named}:
            ids = self._read.pop(extractor)
            for start in range(0, len(ids), _AT_ONCE):
                with read_transaction(self._archive.engine) as connection:
                    batch = ids[start : start + _AT_ONCE].tolist()
                    items = reextraction_queue.outdated_among(connection, batch, now_named)
                await self._correct([each for each in items if self._may_differ(each)], now_named)
            self._read[now_named].extend(ids)

    async def _correct(self, items: list[Item], extractor: str) -> None:
        await correct_items(
            self._archive,
            self._pool,
            self._site,
            items,
            extractor=extractor,
            now=self._clock(),
            profile=self.profile,
        )

    def _may_differ(self, item: Item) -> bool:
        """Whether the current profile may extract another article: not if it only adds lines that the text lacks."""
        version = item.version or {}
        before = self._known.get(version["extractor"])
        if before is None or replace(before, lines=self.profile.lines) != self.profile:
            return True
        new = self.profile.lines - before.lines
        return any(comparable_line(paragraph) in new for paragraph in version["text"].split("\n\n"))
