"""Extraction for a rebuild from WARC: finds the site of each capture, and extracts its article."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.channels.entries import ListRules, discovery_of
from crawler.channels.feeds import Feed, read_feed
from crawler.channels.rest import Posts, read_posts
from crawler.channels.sitemaps import Sitemap, read_sitemap
from crawler.extract.extractor import UNFIT
from crawler.extract.refusals.reasons import reason_of_answer
from crawler.learning import LEAST_UNFIT, MOST_PAGES
from crawler.locks import SiteLock
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.registry import declared_sites
from crawler.site import Site
from crawler.workers import site_profiles
from crawler.workers.known_texts import StoredRun
from crawler.workers.pool import ExtractorPool
from crawler.workers.profile_task import current_profile, relearn_in_pool
from crawler.workers.stored_captures import Profiles, correct_outdated
from storage.archive import Archive
from storage.errors import WorkersUnavailable
from storage.maintenance.stored_pages import ExtractionTask, SiteFacts
from storage.messages import message
from storage.records import Capture, Channel, Extraction, Kind
from storage.saving import Listed
from storage.web.captured.article_assets import article_assets
from storage.writing.corrections import store_profile

_CHANNELS: dict[Kind, Channel] = {"feed": "feed", "sitemap": "sitemap", "rest": "rest"}
AT_ONCE = 32  # pages sent to the worker processes together; this process saves them in order


class RebuildExtractor:
    """The crawler's part in a rebuild (storage.maintenance.rebuild.Reader). Holds its site locks until it is closed."""

    def __init__(self, folder: Path, new_pool: Callable[[int | None], ExtractorPool] = ExtractorPool) -> None:
        """folder: the archive's. new_pool: makes the pool that extracts the pages."""
        self._folder = folder
        self._archive: Archive | None = None
        self._declared = declared_sites.declared().spiders
        self._sites: dict[str, Site] = {}
        self._held: set[str] = set()
        self._stack = ExitStack()
        self._runner = self._stack.enter_context(asyncio.Runner())
        self._pool = new_pool(None)
        # By site: the latest captures that fit none of its templates, and their number when learning was last tried.
        self._unfit: dict[str, deque[Capture]] = {}
        self._tried: dict[str, int] = {}
        self._run = StoredRun()
        self._stack.callback(self._pool.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def keep_in(self, archive: Archive) -> None:
        """Use and update this archive's site profiles from now on, and correct outdated versions, as a crawl does."""
        self._archive = archive

    def hold(self, site: str) -> None:
        """Take the site's lock. Raises AlreadyRunning."""
        if site not in self._held:
            self._stack.enter_context(SiteLock(self._folder, site))
            self._held.add(site)

    def site(self, name: str, known: dict[str, str], url: str) -> SiteFacts:
        """The site as declared in spiders/; else as the WARC file describes it (`known`), completed from the URL."""
        if name not in self._sites:
            spider = self._declared.get(name)
            self._sites[name] = spider.site if spider is not None else _undeclared(name, known, url)
        site = self._sites[name]
        return SiteFacts(site.name, site.home, site.title, site.country, site.timezone, site.revisits)

    def read(self, tasks: Iterable[ExtractionTask]) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """Yield each task with its extraction, in order; worker processes extract many at once.

        If enough pages fit no template of the site's profile, a new one is learned and they are extracted again first.
        """
        left = iter(tasks)
        profiles: dict[str, SiteProfile] = {}
        while batch := list(islice(left, AT_ONCE)):
            for name in {task.site.name for task in batch} - profiles.keys():
                profiles[name] = self._stored_profile(name)
            extractions = self._runner.run(self._extract(batch, profiles))
            if self._archive is not None and self._learn(batch, extractions, profiles, self._archive):
                extractions = self._runner.run(self._extract(batch, profiles))
            for task, extraction in zip(batch, extractions, strict=True):
                self._correct(task, extraction, profiles[task.site.name])
                yield task, extraction
        for name in profiles:
            if self._archive is not None:
                self._update_profile(self._archive, name)

    def _stored_profile(self, name: str) -> SiteProfile:
        if self._archive is None:
            return NO_PROFILE
        return site_profiles.profile_of(site_profiles.stored_profile(self._archive.engine, name))

    def _update_profile(self, archive: Archive, name: str) -> None:
        """Learn from the site's captures and articles, which are saved now, and store the profile."""
        site = self._sites[name]
        profile = self._runner.run(current_profile(archive.engine, archive.folder, self._pool, site))
        if profile != site_profiles.stored_profile(archive.engine, name):
            store_profile(archive.engine, name, profile, now=datetime.now(UTC))

    def _learn(
        self,
        batch: list[ExtractionTask],
        extractions: list[Extraction],
        profiles: dict[str, SiteProfile],
        archive: Archive,
    ) -> bool:
        """Learn from the pages that fit no template of their site, if there are enough; whether a profile changed."""
        for task, extraction in zip(batch, extractions, strict=True):
            if extraction.article is not None and extraction.evidence.get("template", UNFIT) == UNFIT:
                self._unfit.setdefault(task.site.name, deque(maxlen=MOST_PAGES)).appendleft(task.capture)
        changed = False
        for name in {task.site.name for task in batch}:
            unfit = self._unfit.get(name, ())
            if len(unfit) >= max(LEAST_UNFIT, 2 * self._tried.get(name, 0)):
                self._tried[name] = len(unfit)
                task_of = relearn_in_pool(
                    self._pool, archive.folder, list(unfit), self._sites[name], profiles[name], only_unfit=True
                )
                if (generation := self._runner.run(task_of)) is not None:
                    stored = site_profiles.stored_profile(archive.engine, name)
                    stored = site_profiles.with_generation(stored, generation)
                    store_profile(archive.engine, name, stored, now=datetime.now(UTC))
                    profiles[name] = site_profiles.profile_of(stored)
                    self._unfit.pop(name)
                    self._tried.pop(name)
                    changed = True
        return changed

    def judge(self, archive: Archive, task: ExtractionTask, extraction: Extraction) -> Extraction | None:
        """As `StoredRun.judge`: the extraction to save; None if `judged` yields it at the end of the run."""
        return self._run.judge(archive.engine, archive.folder, task, extraction)

    def judged(self, archive: Archive) -> Iterator[tuple[ExtractionTask, Extraction]]:
        """Yield the pages that were held until the end of their run, each with the extraction to save."""
        return self._run.judged(archive.engine)

    def listed(self, task: ExtractionTask) -> Listed | None:
        """The articles that a feed, sitemap or REST response lists, with their dates; None for any other page."""
        capture = task.capture
        if not 200 <= capture.status < 300:
            return None
        rules = ListRules.of(self._sites[task.site.name], capture.fetched_at)
        body, url, content_type = capture.body, capture.url, capture.header("Content-Type")
        listed: Feed | Posts | Sitemap | None = None
        if task.kind == "feed":
            listed = read_feed(body, url, rules, content_type=content_type)
        elif task.kind == "sitemap":
            listed = read_sitemap(body, url, rules, content_type=content_type)
        elif task.kind == "rest":
            listed = read_posts(body, url, rules)
        if listed is None:
            return None
        return Listed(_CHANNELS[task.kind], [discovery_of(entry) for entry in listed.entries if not entry.protected])

    def assets(self, task: ExtractionTask, extraction: Extraction) -> tuple[str, ...]:
        """URLs of the article page's pictures and style sheets that a crawl of its site would keep."""
        if extraction.article is None or self._sites[task.site.name].assets == "none":
            return ()
        return article_assets(task.capture, extraction.article.image)

    def _correct(self, task: ExtractionTask, extraction: Extraction, profile: SiteProfile) -> None:
        article, capture = extraction.article, task.capture
        if self._archive is not None and article is not None:
            site, now, pool = self._sites[task.site.name], datetime.now(UTC), self._pool
            correcting = correct_outdated(self._archive, pool, site, article, capture=capture, now=now, profile=profile)
            self._runner.run(correcting)

    async def _extract(self, batch: list[ExtractionTask], profiles: Profiles) -> list[Extraction]:
        return await asyncio.gather(*(self._one(task, profiles[task.site.name]) for task in batch))

    async def _one(self, task: ExtractionTask, profile: SiteProfile) -> Extraction:
        capture = task.capture
        if task.kind == "article" and capture.status != 304:
            parts = [part for part, _ in task.parts]
            extraction = await self._pool.extract(capture, self._sites[task.site.name], profile, parts=parts)
            if extraction.evidence.get("unread") == "workers":  # its records get no row, so a later rebuild adds them
                raise WorkersUnavailable(
                    message("{error}. Mend that, and run the same again", error=extraction.evidence["error"])
                )
            return extraction
        # No article is expected from a listing. An error response gets the same reason as in a crawl.
        return Extraction(reason=reason_of_answer(capture) if capture.status >= 400 else None)


def _undeclared(name: str, known: dict[str, str], url: str) -> Site:
    """A Site for one that is not declared. Malformed values, as in a hostile file, are ignored."""
    home = known.get("home", "")
    if urlsplit(home).scheme not in ("http", "https") or not urlsplit(home).hostname:
        parts = urlsplit(url)
        home = f"{parts.scheme}://{parts.netloc}/"
    zone, country = known.get("timezone", "UTC"), known.get("country")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = "UTC"
    try:
        return Site(name, home, title=known.get("title"), country=country, timezone=zone)
    except ValueError:
        return Site(name, home, title=known.get("title"), timezone=zone)
