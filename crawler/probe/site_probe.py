"""A first look at a site: which ways lead into it, and whether its articles can be read, in some fifteen requests."""

import re
import time
from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

import orjson
from lxml.html import HtmlElement

from crawler import countries
from crawler.channels import sitemaps
from crawler.channels.feeds import feed_links
from crawler.channels.rest import api_links
from crawler.html.decode import decode
from crawler.http.robots import parse_robots
from crawler.listings import menus
from crawler.probe.channel_check import (
    ChannelCheck,
    IsOurs,
    ask_category,
    ask_feed,
    ask_rest,
    ask_sitemap,
    ours,
    tree_of,
)
from crawler.probe.fetch import Fetch, NoAnswer, fetch_sites
from crawler.probe.probe_report import ProbeReport, read_sample
from crawler.site import Site
from crawler.themes import recognise
from crawler.workers.pool import TIME_LIMIT_S, extract_within_limit
from storage.errors import SiteError
from storage.records import CHANNELS, REFUSALS, Capture, Channel, Reason

USUAL_FEEDS = ("/feed/", "/rss", "/rss.xml")  # asked where the home page names none
ARTICLES = 3
ENDPOINTS = 3  # of one channel
_BARS = re.compile(r"\s[|–—-]\s|\s::\s|\|")
_HOME = re.compile(r"(?:الصفح[ةه] )?الرئيسي[ةه]|home(?: ?page)?", re.IGNORECASE)
PAUSE_S = 0.3  # between requests; robots.txt may ask for more
# A probe is for somebody who waits: one try each, and no patience.
SETTINGS = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 15, "DOWNLOAD_DELAY": PAUSE_S, "LOG_LEVEL": "ERROR"}


def probe(site: Site, *, allow_hosts: tuple[str, ...] = ()) -> ProbeReport:
    """Look at the site whose home is given. A process can do this once.

    Raises SiteError when the home page gives no answer, or may not be asked for.
    """
    (found,) = look_at([(site, CHANNELS)], allow_hosts=allow_hosts)
    if isinstance(found, Exception):
        raise found
    return found


def look_at(
    sites: Sequence[tuple[Site, Sequence[Channel]]], *, allow_hosts: tuple[str, ...] = ()
) -> list[ProbeReport | Exception]:
    """Look at several sites, each by the channels that are given with it. A process can do this once.

    Doors that a site declares are tried in the place of those that its pages name.
    """
    began = time.monotonic()
    jobs = [(site, _Look(site, channels).run) for site, channels in sites]
    due_revisits = fetch_sites(jobs, allow_hosts=allow_hosts, settings=SETTINGS)
    results: list[ProbeReport | Exception] = []
    for (site, _channels), look in zip(sites, due_revisits, strict=True):
        if isinstance(look, Exception):
            results.append(look)
        else:
            found = _read(site, *look)
            found.seconds = time.monotonic() - began
            results.append(found)
    return results


def _read(site: Site, found: ProbeReport, answers: "Answers") -> ProbeReport:
    """The pages of a look, read: not in the visit, as reading's time limit is an alarm, which a reactor would miss."""
    found.refusal = _refusal(answers[0], site)
    found.articles = [read_sample(url, answer, site) for url, answer in answers[1:]]
    found.country = countries.country_of_zone(found.timezone or "") or countries.country_of_host(found.home)
    if found.timezone is None and found.country:
        found.timezone = next(iter(countries.zones_of(found.country)), None)
    return found


def _refusal(home: tuple[str, Capture | NoAnswer], site: Site) -> Reason | None:
    capture = home[1]
    if isinstance(capture, NoAnswer):
        return capture.reason
    reason = extract_within_limit(capture, site, TIME_LIMIT_S).reason
    return reason if reason in REFUSALS or reason in (Reason.LOGIN, Reason.PAYWALL, Reason.HTTP_ERROR) else None


Answers = list[tuple[str, Capture | NoAnswer]]


class _Look:
    """The requests of one look, one after the other."""

    def __init__(self, site: Site, channels: Sequence[Channel]) -> None:
        self.site = site
        self.channels = channels
        self.is_ours: IsOurs = ours(site)
        self.found = ProbeReport(site.home, browser=site.browser)

    async def run(self, fetch: Fetch) -> tuple[ProbeReport, Answers]:
        """What was found, and the pages to be read: the home page first, then the articles."""

        async def counted(url: str) -> Capture | NoAnswer:
            self.found.requests += 1
            return await fetch(url)

        self.fetch = counted
        home = await counted(self.site.home)
        site = self.site
        if isinstance(home, NoAnswer) and not (site.rest or site.feeds or site.sitemaps or site.categories):
            raise SiteError(f"cannot fetch {site.home}: {home.detail}")
        answers: Answers = [(site.home, home)]
        tree = None if isinstance(home, NoAnswer) else tree_of(home)
        if tree is not None and not isinstance(home, NoAnswer):
            self._look_at_home(home, tree)
            await self._ask_robots()
        if "rest" in self.channels:
            await self._ask_api(tree)
        if "feed" in self.channels:
            await self._ask_feeds(tree)
        if "sitemap" in self.channels and (tree is not None or site.sitemaps):
            await self._ask_sitemaps()
        if "categories" in self.channels:
            declared = [urljoin(site.home, path) for path in site.categories]
            for url in declared[:ENDPOINTS] or self.found.categories[:1]:
                self.found.checks.append(await ask_category(counted, url, site, self.is_ours))
        answers += [(url, await counted(url)) for url in self._samples()]
        return self.found, answers

    def _look_at_home(self, home: Capture, tree: HtmlElement) -> None:
        theme = recognise(decode(home.body, home.header("Content-Type")).text)
        self.found.home = home.url
        self.found.theme = theme.name if theme else None
        self.found.title = _title(tree)
        found = menus.category_urls(tree, home.url, is_ours=self.is_ours)
        self.found.categories = tuple(found)

    async def _ask_robots(self) -> None:
        answer = await self.fetch(urljoin(self.site.home, "/robots.txt"))
        if isinstance(answer, Capture) and answer.status == 200:
            rules = parse_robots(answer.body, "Warraq")
            self.found.delay_s = rules.delay_s
            named = (urljoin(answer.url, url) for url in rules.parser.sitemaps)
            self.found.named_sitemaps = tuple(dict.fromkeys(url for url in named if self.is_ours(url)))

    async def _ask_api(self, tree: HtmlElement | None) -> None:
        declared = urljoin(self.site.home, self.site.rest) if self.site.rest else None
        named = api_links(tree, self.found.home, is_ours=self.is_ours) if tree is not None else []
        if not declared and not named and self.found.theme is None:  # every theme that we know is one of WordPress's
            return
        api = declared or (named[0] if named else urljoin(self.site.home, "/wp-json/"))
        endpoint = await ask_rest(self.fetch, api, self.is_ours)
        self.found.checks.append(endpoint)
        if endpoint.works:
            await self._ask_settings(api)

    async def _ask_settings(self, api: str) -> None:
        """An API's root tells the site's time zone."""
        answer = await self.fetch(api)
        if isinstance(answer, NoAnswer) or answer.status != 200:
            return
        try:
            told = orjson.loads(answer.body)
        except orjson.JSONDecodeError:
            return
        zone = told.get("timezone_string") if isinstance(told, dict) else None
        if isinstance(zone, str) and countries.country_of_zone(zone):
            self.found.timezone = zone

    async def _ask_feeds(self, tree: HtmlElement | None) -> None:
        named = [urljoin(self.site.home, url) for url in self.site.feeds]
        if tree is None and not named:
            return
        if tree is not None and not named:
            named = feed_links(tree, self.found.home, is_ours=self.is_ours)
        for url in (named or [urljoin(self.site.home, path) for path in USUAL_FEEDS])[:ENDPOINTS]:
            endpoint = await ask_feed(self.fetch, url, self.is_ours)
            self.found.checks.append(endpoint)
            if endpoint.works and not named:
                self.found.guessed_feed = url
                return

    async def _ask_sitemaps(self) -> None:
        declared = [urljoin(self.site.home, url) for url in self.site.sitemaps]
        named = declared or sorted(self.found.named_sitemaps, key=lambda url: not sitemaps.is_news(url))
        for url in (named or [urljoin(self.site.home, path) for path in sitemaps.USUAL_PATHS])[:ENDPOINTS]:
            endpoint = await ask_sitemap(self.fetch, url, self.is_ours)
            self.found.checks.append(endpoint)
            if endpoint.works and not named:
                return

    def _samples(self) -> list[str]:
        """Articles to read: from the channel that knows best which pages are articles."""
        working = (
            endpoint
            for channel in ("rest", "feed", "sitemap", "categories")
            for endpoint in self.found.working(channel)
        )
        return first_samples(working)


def first_samples(endpoints: Iterable[ChannelCheck]) -> list[str]:
    """URLs of three articles, of the first doors that name any."""
    urls = dict.fromkeys(url for endpoint in endpoints for url in endpoint.samples)
    return list(urls)[:ARTICLES]


def _title(tree: HtmlElement) -> str | None:
    """What the site calls itself: og:site_name, else the first part of the page's title that is no "home"."""
    for element in tree.cssselect('meta[property="og:site_name"], meta[name="application-name"]'):
        name = " ".join((element.get("content") or "").split())
        if name:
            return name[:80]
    for element in tree.cssselect("head title"):
        parts = (part.strip() for part in _BARS.split(" ".join(element.text_content().split())))
        return next((part[:80] for part in parts if part and not _HOME.fullmatch(part)), None)
    return None
