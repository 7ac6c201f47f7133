"""robots.txt by RFC 9309: its rules are obeyed, and where it can't be read nothing is fetched."""

import asyncio
import codecs
import logging
import re
from dataclasses import dataclass
from typing import Any, Self

from protego import Protego
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.http.crawl_stats import stats_of
from crawler.http.refusals import Forbidden, OverBudget
from storage.records import Reason

log = logging.getLogger(__name__)

UNREADABLE = "robots.txt could not be read"
MAX_BYTES = 500 * 1024  # RFC 9309 §2.5: at least this much is parsed

MOST_SITEMAPS = 100

_AGENT = re.compile(r"user[- ]?agent\s*[:\s]\s*(?P<name>.*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:site-?maps?|host)\s*[:\s]", re.IGNORECASE)  # they do not end a group
_SITEMAP = re.compile(r"^[ \t]*site-?map[ \t]*:[ \t]*((?:https?:/)?/[^\s]+)", re.IGNORECASE | re.MULTILINE)
_MARKUP = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|!--|script)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True, slots=True)
class RobotRules:
    """The rules of one robots.txt for us. unreadable: why it could not be read; then everything is forbidden.

    sitemaps: the URLs of its Sitemap lines, as written, in whichever group they stand.
    """

    parser: Protego
    token: str
    unreadable: str | None = None
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str) -> bool:
        """Whether the URL may be fetched."""
        return self.unreadable is None and self.parser.can_fetch(url, self.token)

    @property
    def delay_s(self) -> float | None:
        """Crawl-delay as written, in seconds; None when none is."""
        return self.parser.crawl_delay(self.token)


def parse_robots(body: bytes, token: str) -> RobotRules:
    """Parse the first 500 KiB of a robots.txt in any encoding. Never raises; an HTML page has no rules."""
    text = _decode(body[:MAX_BYTES])
    if len(body) > MAX_BYTES:
        text = text[: text.rfind("\n") + 1]  # a path cut in two would forbid or allow too much
    if _MARKUP.match(text):
        text = ""
    sitemaps = dict.fromkeys(line.partition("#")[0].strip() for line in _SITEMAP.findall(text))
    return RobotRules(Protego.parse(_our_groups(text, token)), token, sitemaps=tuple(sitemaps)[:MOST_SITEMAPS])


def _decode(body: bytes) -> str:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    return body.decode("utf-8", errors="replace")


def _our_groups(text: str, token: str) -> str:
    """The groups for us and for every agent.

    The parser stores every rule once for each agent: 500 KiB of agents and rules in one group would take minutes.
    """
    kept: list[str] = []
    ours = False
    heading = False  # among the User-agent lines that begin a group
    for raw in text.splitlines():
        line = raw.partition("#")[0].replace("\0", "").strip()
        agent = _AGENT.fullmatch(line)
        if agent is not None:
            ours = ours and heading
            heading = True
            name = agent["name"].strip().lower()
            if name.startswith("*"):
                name = "*"
            elif re.split(r"[^a-z_-]", name, maxsplit=1)[0] == token.lower():
                name = token.lower()
            else:
                continue
            ours = True
            kept.append(f"User-agent: {name}")
        elif line and not _SITE_WIDE.match(line):
            heading = False
            if ours:
                kept.append(line)
    return "\n".join(kept)


class RobotsMiddleware:
    """Fetches each origin's robots.txt once a run, before the first request to it.

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
        self.rules: dict[str, RobotRules] = {}
        self.locks: dict[str, asyncio.Lock] = {}
        crawler.signals.connect(self.begin_to_count, signal=signals.headers_received)
        crawler.signals.connect(self.stop_after_enough, signal=signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT (the product token) and the longest delay."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Forbidden when the robots.txt of the request's origin forbids it."""
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
            why = rules.unreadable or "robots.txt forbids it"
            message = f"not fetched: {ascii(request.url)[:200]}: {why}"
            raise Forbidden(message, Reason.ROBOTS, retry=rules.unreadable is not None)
        self._slow_down(request, rules)

    async def _fetch(self, origin: str) -> RobotRules:
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
        return parse_robots(response.body, self.token)

    def _none(self, origin: str, why: str) -> RobotRules:
        log.info("%s has no robots.txt (%s): all is allowed", origin, why)
        return RobotRules(Protego(), self.token)

    def _unreadable(self, origin: str, why: str) -> RobotRules:
        self._tell(f"{origin}/{UNREADABLE} ({why}): nothing there is fetched in this run")
        self.stats.inc_value("warraq/robots_unreadable")
        return RobotRules(Protego(), self.token, f"{UNREADABLE} ({why})")

    def _tell(self, text: str) -> None:
        """Note it in the run's summary; in the log where the spider has none. An operator is told once."""
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
                self._tell(f"{key}: Crawl-delay {asked_s:g} is cut to {delay:g} s")
                self.stats.max_value("warraq/crawl_delay_told_s", asked_s)
        if slot is not None and slot.delay < settings.get("delay", 0.0):
            slot.delay, slot.jitter = settings["delay"], 0.0

    def begin_to_count(self, request: Request, **_: Any) -> None:
        """Signal handler: begin at 0, as a retry or redirect inherits the count of the request before it."""
        if "robots_received" in request.meta:
            request.meta["robots_received"] = 0

    def stop_after_enough(self, data: bytes, request: Request, **_: Any) -> None:
        """Signal handler: stop the download of a robots.txt after the bytes that are parsed."""
        received = request.meta.get("robots_received")
        if received is not None:
            request.meta["robots_received"] = received + len(data)
            if request.meta["robots_received"] > MAX_BYTES:
                raise StopDownload(fail=False)
