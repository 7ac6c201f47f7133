"""From a fetched page to the archive: bytes first, then reading, then one transaction.

The pipeline opens the archive and the run with the spider and closes them with it, so that `scrapy crawl NAME`
keeps what it finds just as `warraq crawl NAME` does.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.locks import SiteLock
from crawler.platforms.base import SiteSpider
from crawler.platforms.items import Fetched, Missed, NotModified
from crawler.platforms.multi_channel import MultiChannelSpider
from crawler.profile.site_profile import SiteProfile
from crawler.runs.context import ArchiveFrontier, CrawlContext
from crawler.runs.summary import Outcome
from crawler.workers.pool import ExtractorPool
from crawler.workers.site_profiles import update_profile
from crawler.workers.stored_captures import correct_outdated
from storage.archive import Archive
from storage.errors import ArchiveError, TakenDown
from storage.records import REFUSALS, Capture, Channel, Extraction, Origin, Reason


class ArchivePipeline:
    """Keeps every page of one spider's run.

    `warraq crawl` gives the spider a desk and holds its lock; a plain `scrapy crawl` gives none, and the pipeline
    makes its own from the settings WARRAQ_ARCHIVE and WARRAQ_DB.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._releases: list[Callable[[], None]] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a pipeline. None where no run is made: in `scrapy shell` (the only KEEP_ALIVE)."""
        if not issubclass(crawler.spidercls, SiteSpider) or crawler.settings.getbool("KEEP_ALIVE"):
            raise NotConfigured("only the crawl of a site is kept")
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(pipeline.crashed, signal=signals.spider_error)
        crawler.signals.connect(pipeline.crashed, signal=signals.item_error)
        return pipeline

    def open_spider(self) -> None:
        """Begin the run."""
        spider, site = self._spider(), self._spider().site
        context = spider.context if isinstance(spider.context, CrawlContext) else self._own_context(site.name)
        self._archive, self._pool, self._clock = context.archive, context.pool, context.clock
        self._archive.add_site(site.name, site.home, site.title, site.country, site.timezone, revisits=site.revisits)
        self._run_id = spider.outcome.run_id = self._archive.start_run(site.name, now=self._clock())
        self._profile = SiteProfile(self._archive.learned(site.name))
        spider.frontier = ArchiveFrontier(context, site)

    def _own_context(self, site: str) -> CrawlContext:
        folder = Path(self._crawler.settings["WARRAQ_ARCHIVE"])
        self._releases.append(SiteLock(folder, site).acquire().release)
        context = CrawlContext(Archive.open(folder, self._crawler.settings["WARRAQ_DB"]), ExtractorPool())
        self._releases += [context.archive.close, context.pool.close]
        return context

    async def process_item(self, item: Any) -> Any:
        """Keep one page. An archive that refuses ends the crawl: going on would lose what it fetches."""
        spider = self._spider()
        try:
            if spider.outcome.archive_error is not None:
                return item
            if isinstance(item, Fetched):
                await self._keep(item)
            elif isinstance(item, NotModified):
                self._touch(item)
                spider.outcome.same += item.kind == "article"
            elif isinstance(item, Missed):
                self._miss(item)
        except TakenDown as error:
            self._count(Reason.REMOVED, str(error))
        except ArchiveError as error:
            spider.outcome.archive_error = str(error)
            if self._crawler.engine is not None:
                # Not awaited: closing waits for this very item.
                self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="archive"))
        return item

    async def _keep(self, item: Fetched) -> None:
        spider = self._spider()
        origin = Origin(item.kind, item.listing, item.found)
        position = self._archive.append(item.capture, self._run_id, origin=origin)
        if item.kind == "article":
            item.reading = await self._pool.read(item.capture, spider.site, self._profile)
            articles = item.reading.articles
            await correct_outdated(
                self._archive, self._pool, spider.site, articles, now=self._clock(), profile=self._profile
            )
        elif item.links == 0:  # is it blocked, a consent page, not there?
            item.reading = _of_listing(await self._pool.read(item.capture, spider.site), item.capture)
        else:
            item.reading = Extraction()
        reading = item.reading
        item.saved = tuple(
            self._archive.save(
                item.capture,
                position,
                run_id=self._run_id,
                kind=item.kind,
                articles=reading.articles,
                reason=reading.reason,
                found=item.found,
                now=self._clock(),
            )
        )
        spider.outcome.count(item.saved)
        if item.channel is not None:
            self._archive.record_discoveries(spider.site.name, item.channel, item.discoveries, now=self._clock())
        if reading.reason is not None:
            status = item.capture.status
            answer = reading.reason.value + (f" (HTTP {status})" if status >= 400 else "")
            what = reading.evidence.get("error") or answer
            self._count(reading.reason, f"{item.capture.url}: {what}")

    def _touch(self, item: NotModified) -> None:
        position, now = None, self._clock()
        if item.capture is not None:
            position = self._archive.append(item.capture, self._run_id, origin=Origin(item.kind))
            now = item.capture.fetched_at
        self._archive.touch(item.url, run_id=self._run_id, now=now, capture=item.capture, position=position)

    def _miss(self, item: Missed) -> None:
        self._count(item.reason, f"{item.url}: {item.detail}")
        if not item.asked:  # it stays as pending, or as due, as it was
            return
        self._archive.fail(
            item.url,
            site=self._spider().site.name,
            kind=item.kind,
            reason=item.reason,
            run_id=self._run_id,
            now=self._clock(),
            retry=item.retry,
        )

    def crashed(self, failure: Failure, response: Response | None, **_: Any) -> None:
        """A site's hook, or our own code, raised; Scrapy logs where. What the page named is lost to this run."""
        url = response.url if response is not None else "a page"
        self._spider().outcome.crash(f"{url}: {type(failure.value).__name__}: {failure.value}")

    def _count(self, reason: Reason, detail: str) -> None:
        self._spider().outcome.miss(reason, detail)

    def spider_closed(self, spider: SiteSpider, reason: str) -> None:
        """End the run with its verdict; let go what this pipeline took. After the last page, whatever happened."""
        outcome = spider.outcome
        stats = self._crawler.stats
        if stats is not None:
            outcome.requests = int(stats.get_value("downloader/request_count", 0))
            outcome.left = _hosts_left(stats.get_stats())
        budget, found = spider.budget, spider.tally
        outcome.spent = budget.is_spent
        outcome.listings, outcome.links = found.listings, found.links
        outcome.walks, outcome.barren = found.walks, found.barren
        outcome.notes += found.notes
        if outcome.spent:
            outcome.notes.append(f"its {budget.most} requests are spent; what is left waits for the next run")
        outcome.unchanged = found.unchanged
        self._settle(outcome)
        outcome.close(reason)
        try:
            if isinstance(spider, MultiChannelSpider):
                self._judge_channels(spider)
            self._archive.finish_run(
                self._run_id,
                status=outcome.status,
                now=self._clock(),
                requests=outcome.requests,
                message=outcome.message,
                found=outcome.found_json(),
            )
            if outcome.new or outcome.changed:  # last: a run that is done is done, whatever becomes of this
                update_profile(self._archive.engine, spider.site.name, now=self._clock())
        except ArchiveError as error:
            outcome.archive_error = outcome.archive_error or str(error)
            outcome.close(reason)
        for release in reversed(self._releases):
            release()

    def _settle(self, outcome: Outcome) -> None:
        """What the pages that were missing mean, now that all answers are known."""
        try:
            settled = self._archive.settle(self._run_id, now=self._clock())
        except ArchiveError as error:
            outcome.archive_error = outcome.archive_error or str(error)
            return
        outcome.gone += len(settled.gone)
        if settled.outage:
            outcome.notes.append("most pages visited again failed: taken for an outage, no article was marked as gone")

    def _judge_channels(self, spider: MultiChannelSpider) -> None:
        """Write down how the doors fared, and count what each channel was first with and what it lacked."""
        archive, outcome = self._archive, spider.outcome
        archive.record_endpoints(spider.site.name, spider.endpoints_asked())
        back: dict[Channel, datetime | None] = {}
        for channel, reaches in spider.reaches().items():
            ends = [None if r.ended else r.oldest or archive.oldest(r.last) or self._clock() for r in reaches]
            if ends:
                # Every category holds articles of its own; but any one sitemap or API may hold them all.
                widest = None in ends if channel in ("rest", "sitemap") else all(end is None for end in ends)
                known = [end for end in ends if end is not None]
                back[channel] = None if widest else (min if channel in ("rest", "sitemap") else max)(known)
        for channel, share in archive.shares(self._run_id, back).items():
            count = outcome.channel(channel)
            count.first, count.missed = share.first, share.missed

    def _spider(self) -> SiteSpider:
        spider = self._crawler.spider
        if not isinstance(spider, SiteSpider):
            raise TypeError(f"{spider!r} is no SiteSpider: this project's pipeline keeps the pages of sites only")
        return spider


_GIVEN_UP = "warraq/given_up/"  # then the host: what crawler.http.retry_after notes in the run's counters


def _hosts_left(stats: dict[str, Any]) -> str | None:
    """Hosts that the run gave up, each with the cause; None when there is none."""
    told = [f"{name.removeprefix(_GIVEN_UP)}: {why}" for name, why in stats.items() if name.startswith(_GIVEN_UP)]
    return "; ".join(told) or None


# What an empty listing may turn out to be. Anything else is a listing without articles, as an empty category is.
_NO_LISTING = frozenset(
    {
        *(Reason.NOT_FOUND, Reason.SOFT_404, Reason.HTTP_ERROR, Reason.LOGIN, *REFUSALS),
        *(Reason.NOT_HTML, Reason.TIMEOUT, Reason.FAILED),
    }
)


def _of_listing(reading: Extraction, capture: Capture) -> Extraction:
    """Why a page names no article, from reading it; no reason when it just lists none."""
    told = reading.reason in _NO_LISTING or not capture.body.strip()
    return Extraction(reason=reading.reason if told else None, evidence=reading.evidence)
