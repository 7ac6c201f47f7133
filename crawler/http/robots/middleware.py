"""Middleware that obeys robots.txt by RFC 9309. If it can't be read, nothing of its origin is fetched."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.http.crawl_stats import stats_of
from crawler.http.refusals import Forbidden, OverBudget, not_fetched
from crawler.http.robots.kept import KeptRobots
from crawler.http.robots.robot_rules import MAX_BYTES, RobotRules, parse_robots
from storage.messages import message
from storage.records import Reason

log = logging.getLogger(__name__)

UNREADABLE = "robots.txt could not be read"


class RobotsMiddleware:
    """Fetches each origin's robots.txt before the first request to it, once in eight hours (`KeptRobots`).

    2xx: obeyed. 4xx, 3xx and more than five redirects: no robots.txt, everything is allowed (§2.3.1.3, §2.3.1.2).
    429, 5xx, time-outs, refusals and broken connections: everything is forbidden for this run (§2.3.1.4). A
    Crawl-delay raises the delay of the host's download slot, up to WARRAQ_MAX_CRAWL_DELAY_S.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.stats = stats_of(crawler)
        self.token: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.obey = crawler.settings.getbool("ROBOTSTXT_OBEY")
        self.max_delay_s = crawler.settings.getfloat("WARRAQ_MAX_CRAWL_DELAY_S")
        self.folder = Path(crawler.settings["WARRAQ_ARCHIVE"]) / "robots"
        self.rules: dict[str, RobotRules] = {}
        self.locks: dict[str, asyncio.Lock] = {}
        crawler.signals.connect(self.begin_to_count, signal=signals.headers_received)
        crawler.signals.connect(self.stop_after_enough, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT (the product token) and the longest delay."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Forbidden if the robots.txt of the request's origin forbids it."""
        if not self.obey or request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        async with self.locks.setdefault(origin, asyncio.Lock()):
            if origin not in self.rules:
                self.rules[origin] = await self._fetch(origin)
        rules = self.rules[origin]
        if "sitemaps" in request.meta:  # the spider asked for them, with the home page
            request.meta["sitemaps"] = rules.sitemaps
        if not rules.allows(request.url):
            self.stats.inc_value("warraq/robots")
            why = rules.unreadable or message("robots.txt forbids it")
            raise Forbidden(not_fetched(request.url, why), Reason.ROBOTS, retry=rules.unreadable is not None)
        self._slow_down(request, rules)

    def _now(self) -> datetime | None:
        """The time by the run's clock: aware UTC; None if the crawl writes to no archive, as `warraq probe`."""
        spider: Any = self.crawler.spider
        at: datetime | None = spider.now() if hasattr(spider, "frontier") else None
        return at

    async def _fetch(self, origin: str) -> RobotRules:
        now = self._now()
        kept = KeptRobots(self.folder).body(origin, now=now) if now is not None else None
        if kept is not None:
            return parse_robots(kept, self.token)
        request = Request(
            f"{origin}/robots.txt",
            priority=1000,
            # Uncompressed, so that it can be cut after 500 KiB; half a gzip stream can't be decoded.
            headers={"Accept-Encoding": "identity"},
            meta={"dont_obey_robotstxt": True, "robots_received": 0},
            callback=NO_CALLBACK,
        )
        if self.crawler.engine is None:
            raise RuntimeError("a request was made before the engine")
        try:
            response = await self.crawler.engine.download_async(request)
        except OverBudget:
            raise
        except Exception as error:  # any network error: it can't be read
            if type(error) is IgnoreRequest and str(error) == "max redirections reached":
                return self._none(origin, "redirected more than five times")
            return self._unreadable(origin, f"{type(error).__name__}: {ascii(str(error))[:200]}")
        return self._judge(origin, response)

    def _judge(self, origin: str, response: Response) -> RobotRules:
        status = response.status
        if status == 429 or status >= 500:  # 429 means "not now", though it is a 4xx
            return self._unreadable(origin, f"HTTP {status}")
        if not 200 <= status < 300:
            return self._none(origin, f"HTTP {status}")
        self._keep(origin, response.body[: MAX_BYTES + 1])
        return parse_robots(response.body, self.token)

    def _keep(self, origin: str, body: bytes) -> None:
        now = self._now()
        if now is not None:
            KeptRobots(self.folder).keep(origin, body, now=now)

    def _none(self, origin: str, why: str) -> RobotRules:
        log.info("%s has no robots.txt (%s): all is allowed", origin, why)
        self._keep(origin, b"")
        return RobotRules(Protego(), self.token)

    def _unreadable(self, origin: str, why: str) -> RobotRules:
        self._note(f"{origin}/{UNREADABLE} ({why}): nothing there is fetched in this run")
        self.stats.inc_value("warraq/robots_unreadable")
        return RobotRules(Protego(), self.token, message("robots.txt could not be read ({why})", why=why))

    def _note(self, text: str) -> None:
        """Add a note to the run's summary, or to the log if the spider has none, so that it is shown once."""
        statistics = getattr(self.crawler.spider, "statistics", None)
        if statistics is None:
            log.warning("%s", text)
        else:
            statistics.note(text)

    def _slow_down(self, request: Request, rules: RobotRules) -> None:
        """Apply the Crawl-delay to the host's slot, also after Scrapy recreates the slot."""
        asked_s = rules.delay_s
        if not asked_s or self.crawler.engine is None:
            return
        downloader = self.crawler.engine.downloader
        key = downloader.get_slot_key(request)
        delay = min(asked_s, self.max_delay_s)
        settings = downloader.per_slot_settings.setdefault(key, {})
        slot = downloader.slots.get(key)
        if settings.get("delay", downloader.settings.getfloat("DOWNLOAD_DELAY")) < delay:
            # Without jitter: the delay is a minimum.
            settings.update(delay=delay, jitter=0.0)
            self.stats.max_value("warraq/crawl_delay_s", delay)
            if (statistics := getattr(self.crawler.spider, "statistics", None)) is not None:
                statistics.crawl_delay_s = max(statistics.crawl_delay_s, delay)
            if asked_s > delay:
                self._note(f"{key}: Crawl-delay {asked_s:g} is cut to {delay:g} s")
                self.stats.max_value("warraq/crawl_delay_told_s", asked_s)
        if slot is not None and slot.delay < settings.get("delay", 0.0):
            slot.delay, slot.jitter = settings["delay"], 0.0

    def begin_to_count(self, request: Request, **_: Any) -> None:
        """Signal handler: set the count to 0, as a retry or redirect inherits that of the request before it."""
        if "robots_received" in request.meta:
            request.meta["robots_received"] = 0

    def stop_after_enough(self, data: bytes, request: Request, **_: Any) -> None:
        """Signal handler: stop the download of a robots.txt after MAX_BYTES."""
        received = request.meta.get("robots_received")
        if received is not None:
            request.meta["robots_received"] = received + len(data)
            if request.meta["robots_received"] > MAX_BYTES:
                raise StopDownload(fail=False)
