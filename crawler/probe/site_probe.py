"""Probe of a site in about fifteen requests: finds working channels, and tests whether articles can be extracted."""

import re
import time
from collections.abc import Sequence
from urllib.parse import urljoin

import orjson
from lxml.html import HtmlElement

from crawler import countries
from crawler.channels import sitemaps
from crawler.channels.feeds import feed_links, possible_feeds
from crawler.channels.rest import api_links
from crawler.html.decode import decode
from crawler.html.home_words import is_home_name
from crawler.http.robots import parse_robots
from crawler.listings import menus
from crawler.probe.channel_check import (
    check_category,
    check_feed,
    check_rest,
    check_sitemap,
    tree_of,
)
from crawler.probe.fetch import Fetch, NoAnswer, fetch_sites
from crawler.probe.probe_report import ProbeReport, extract_sample
from crawler.site import Site
from crawler.themes import recognise
from crawler.workers.pool import TIME_LIMIT_S
from crawler.workers.worker_main import extract_within_limit
from storage.errors import SiteError
from storage.messages import message
from storage.records import CHANNELS, REFUSALS, Capture, Channel, Reason

USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml")  # tried if the home page links to none
ARTICLES = 3
ENDPOINTS = 3  # of one channel
_BARS = re.compile(r"\s[|–—-]\s|\s::\s|\|")
PAUSE_S = 0.3  # between requests; robots.txt may demand more
# A person waits for the result: no retries, a short timeout.
SETTINGS = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 15, "DOWNLOAD_DELAY": PAUSE_S, "LOG_LEVEL": "ERROR"}


def probe(site: Site, *, allow_hosts: tuple[str, ...] = ()) -> ProbeReport:
    """Probe one site. Works once in a process.

    Raises SiteError if the home page can't be fetched, or robots.txt or an address check forbids it.
    """
    (report,) = probe_sites([(site, CHANNELS)], allow_hosts=allow_hosts)
    if isinstance(report, Exception):
        raise report
    return report


def probe_sites(
    sites: Sequence[tuple[Site, Sequence[Channel]]], *, allow_hosts: tuple[str, ...] = ()
) -> list[ProbeReport | Exception]:
    """Probe several sites at once, each by its channels. Works once in a process.

    Endpoints that a site declares are tried instead of those that its pages link to.
    """
    began = time.monotonic()
    jobs = [(site, _Probe(site, channels).run) for site, channels in sites]
    fetched = fetch_sites(jobs, allow_hosts=allow_hosts, settings=SETTINGS)
    return [
        result if isinstance(result, Exception) else _complete(site, *result, began=began)
        for (site, _channels), result in zip(sites, fetched, strict=True)
    ]


def _complete(site: Site, report: ProbeReport, answers: "Answers", *, began: float) -> ProbeReport:
    """Extract the pages and complete the report. Called after the reactor has ended, as it would miss the alarm."""
    report.refusal = _refusal(answers[0][1], site)
    report.articles = [extract_sample(url, answer, site) for url, answer in answers[1:]]
    report.country = countries.country_of_zone(report.timezone or "") or countries.country_of_host(report.home)
    if report.timezone is None and report.country:
        report.timezone = next(iter(countries.zones_of(report.country)), None)
    report.seconds = time.monotonic() - began
    return report


def _refusal(home: Capture | NoAnswer, site: Site) -> Reason | None:
    if isinstance(home, NoAnswer):
        return home.reason
    reason = extract_within_limit(home, site, TIME_LIMIT_S).reason
    return reason if reason in REFUSALS or reason in (Reason.LOGIN, Reason.PAYWALL, Reason.HTTP_ERROR) else None


Answers = list[tuple[str, Capture | NoAnswer]]


class _Probe:
    """The requests of one probe, one after the other."""

    def __init__(self, site: Site, channels: Sequence[Channel]) -> None:
        self.site = site
        self.channels = channels
        self.is_ours = site.owns
        self.report = ProbeReport(site.home, browser=site.browser)

    async def run(self, fetch: Fetch) -> tuple[ProbeReport, Answers]:
        """Send the requests; returns the report so far, and the pages to extract: the home page, then articles."""

        async def counted(url: str) -> Capture | NoAnswer:
            self.report.requests += 1
            return await fetch(url)

        self.fetch = counted
        home = await counted(self.site.home)
        site = self.site
        if isinstance(home, NoAnswer) and not (site.rest or site.feeds or site.sitemaps or site.categories):
            raise SiteError(message("cannot fetch {url}: {why}", url=site.home, why=home.detail))
        answers: Answers = [(site.home, home)]
        tree = None if isinstance(home, NoAnswer) else tree_of(home)
        if tree is not None and not isinstance(home, NoAnswer):
            self._inspect_home(home, tree)
            await self._check_robots()
        if "rest" in self.channels:
            await self._check_api(tree)
        if "feed" in self.channels:
            await self._check_feeds(tree)
        if "sitemap" in self.channels and (tree is not None or site.sitemaps):
            await self._check_sitemaps()
        if "categories" in self.channels:
            declared = [urljoin(site.home, path) for path in site.categories]
            for url in declared[:ENDPOINTS] or self.report.categories[:1]:
                self.report.checks.append(await check_category(counted, url, site))
        answers += [(url, await counted(url)) for url in self._samples()]
        return self.report, answers

    def _inspect_home(self, home: Capture, tree: HtmlElement) -> None:
        theme = recognise(decode(home.body, home.header("Content-Type")).text)
        self.report.home = home.url
        self.report.theme = theme.name if theme else None
        self.report.title = _title(tree)
        self.report.categories = tuple(menus.category_urls(tree, home.url, is_ours=self.is_ours))

    async def _check_robots(self) -> None:
        answer = await self.fetch(urljoin(self.site.home, "/robots.txt"))
        if isinstance(answer, Capture) and answer.status == 200:
            rules = parse_robots(answer.body, "Warraq")
            self.report.delay_s = rules.delay_s
            named = (urljoin(answer.url, url) for url in rules.parser.sitemaps)
            self.report.named_sitemaps = tuple(dict.fromkeys(url for url in named if self.is_ours(url)))

    async def _check_api(self, tree: HtmlElement | None) -> None:
        declared = urljoin(self.site.home, self.site.rest) if self.site.rest else None
        named = api_links(tree, self.report.home, is_ours=self.is_ours) if tree is not None else []
        if not declared and not named and self.report.theme is None:  # every known theme is a WordPress theme
            return
        api = declared or (named[0] if named else urljoin(self.site.home, "/wp-json/"))
        checked = await check_rest(self.fetch, api, self.site)
        self.report.checks.append(checked)
        if checked.works:
            await self._read_timezone(api)

    async def _read_timezone(self, api: str) -> None:
        """Read the time zone from the API's root document."""
        answer = await self.fetch(api)
        if isinstance(answer, NoAnswer) or answer.status != 200:
            return
        try:
            settings = orjson.loads(answer.body)
        except orjson.JSONDecodeError:
            return
        zone = settings.get("timezone_string") if isinstance(settings, dict) else None
        if isinstance(zone, str) and countries.country_of_zone(zone):
            self.report.timezone = zone

    async def _check_feeds(self, tree: HtmlElement | None) -> None:
        named = [urljoin(self.site.home, url) for url in self.site.feeds]
        if tree is None and not named:
            return
        if tree is not None and not named:
            named = feed_links(tree, self.report.home, is_ours=self.is_ours)
        linked = possible_feeds(tree, self.report.home, is_ours=self.is_ours) if tree is not None else []
        usual = [urljoin(self.site.home, path) for path in USUAL_FEEDS]
        for url in (named or [*dict.fromkeys([*linked, *usual])])[:ENDPOINTS]:
            checked = await check_feed(self.fetch, url, self.site)
            self.report.checks.append(checked)
            if checked.works and not named:
                self.report.guessed_feed = url if url not in linked else None
                return

    async def _check_sitemaps(self) -> None:
        declared = [urljoin(self.site.home, url) for url in self.site.sitemaps]
        named = declared or sorted(self.report.named_sitemaps, key=lambda url: not sitemaps.is_news(url))
        for url in (named or [urljoin(self.site.home, path) for path in sitemaps.USUAL_PATHS])[:ENDPOINTS]:
            checked = await check_sitemap(self.fetch, url, self.site)
            self.report.checks.append(checked)
            if checked.works and not named:
                return

    def _samples(self) -> list[str]:
        """URLs of articles to extract, from the most reliable channel first."""
        working = (check for channel in CHANNELS for check in self.report.working(channel))
        return list(dict.fromkeys(url for check in working for url in check.samples))[:ARTICLES]


def _title(tree: HtmlElement) -> str | None:
    """The site's name: og:site_name, else the first part of the page's title that is not "home"."""
    for element in tree.cssselect('meta[property="og:site_name"], meta[name="application-name"]'):
        name = " ".join((element.get("content") or "").split())
        if name:
            return name[:80]
    for element in tree.cssselect("head title"):
        parts = (part.strip() for part in _BARS.split(" ".join(element.text_content().split())))
        return next((part[:80] for part in parts if part and not is_home_name(part)), None)
    return None
