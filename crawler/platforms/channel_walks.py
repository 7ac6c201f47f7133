"""Choice of a run's endpoints, for all channels of a site: those that are declared, known, linked or guessed.

If REST is used, requests of other channels are held until its lists are read: only REST states which posts have a
password, and sitemaps list those, too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

from scrapy import Request

from crawler.channels.home_page import HomePage
from crawler.channels.sitemaps import is_news
from crawler.platforms.base import SiteSpider
from crawler.platforms.endpoint_walk import EndpointWalk, Reach, is_idle
from crawler.platforms.feed_walk import FeedWalk
from crawler.platforms.rest_walk import RestWalk
from crawler.platforms.sitemap_walk import SitemapWalk
from storage.records import CHANNELS, Channel, Endpoint

MOST_SITEMAPS = 50  # from one robots.txt


class ChannelWalks:
    """The walks through a site's REST API, feeds and sitemaps.

    used: channels in use. fallback: channels to use when those fail. category_endpoint: state of the last walk through
    the category pages; None: there was none.
    """

    def __init__(
        self, spider: SiteSpider, used: Iterable[Channel], fallback: Iterable[Channel], endpoints: Iterable[Endpoint]
    ) -> None:
        known: dict[Channel, dict[str, Endpoint]] = {channel: {} for channel in CHANNELS}
        for endpoint in endpoints:
            known[endpoint.channel][endpoint.url] = endpoint
        self.used, self.fallback = set(used), set(fallback)
        self.rest = RestWalk(spider, known["rest"], then=self.release)
        self.feeds = FeedWalk(spider, known["feed"], postpones=bool({"rest", "sitemap"} & self.used))
        self.sitemaps = SitemapWalk(spider, known["sitemap"], feeds=self.feeds)
        self.category_endpoint = known["categories"].get(spider.site.home)
        self._site = spider.site
        self._held: list[Iterator[Request]] = []
        self._idle: list[tuple[EndpointWalk, str]] = []

    def __iter__(self) -> Iterator[EndpointWalk]:
        """The walks of the channels in use."""
        return (walk for walk in (self.rest, self.feeds, self.sitemaps) if walk.channel in self.used)

    def fall_back(self) -> None:
        """Use the fallback channels from now on."""
        self.used |= self.fallback
        self.fallback = set()

    def hold(self, requests: Iterator[Request]) -> Iterator[Request]:
        """Yield these requests now, or hold them until REST's lists are read."""
        if self.rest.open:
            self._held.append(requests)
        else:
            yield from requests

    def release(self) -> Iterator[Request]:
        """Yield the requests that were held."""
        held, self._held = self._held, []
        for requests in held:
            yield from requests

    @property
    def has_declared(self) -> bool:
        """Whether the site declares endpoints of the channels in use."""
        return any(self._declared(walk.channel) for walk in self)

    def _declared(self, channel: Channel) -> list[str]:
        """Absolute URLs of the endpoints that the site declares."""
        paths: dict[Channel, tuple[str, ...]] = {
            "rest": (self._site.rest,) if self._site.rest else (),
            "feed": self._site.feeds,
            "sitemap": self._site.sitemaps,
        }
        return [urljoin(self._site.home, path) for path in paths.get(channel, ())]

    def open_declared(self, *, thorough: bool = False) -> Iterator[Request]:
        """Request the declared endpoints of channels that this run has not tried; idle ones only if thorough."""
        declared = [(walk, url) for walk in self if not walk.tried for url in self._declared(walk.channel)]
        for walk, url in declared if thorough else self._without_idle(declared):
            yield from self.hold(walk.begin(url))

    def _without_idle(self, endpoints: list[tuple[EndpointWalk, str]]) -> list[tuple[EndpointWalk, str]]:
        """The endpoints that are not idle, or all if all are. The idle ones are kept for `open_idle`."""
        now = self.rest.spider.now()
        busy = [
            (walk, url) for walk, url in endpoints if url not in walk.endpoints or not is_idle(walk.endpoints[url], now)
        ]
        if not busy:
            return endpoints
        self._idle += [each for each in endpoints if each not in busy]
        return busy

    def open_idle(self) -> Iterator[Request]:
        """Request the idle endpoints that were left out."""
        idle, self._idle = self._idle, []
        for walk, url in idle:
            yield from self.hold(walk.begin(url))

    @property
    def known(self) -> list[tuple[EndpointWalk, str]]:
        """Endpoints that answered in earlier runs, each with its walk."""
        return [(walk, url) for walk in self for url in walk.endpoints if walk.is_known(url)]

    def open_known(self, *, thorough: bool) -> Iterator[Request]:
        """Request the known endpoints: all if thorough, else only the fast ones, if there are any."""
        known = self.known
        fast = [(walk, url) for walk, url in known if _is_fast(walk, url)]
        for walk, url in known if thorough or not fast else self._without_idle(fast):
            yield from self.hold(walk.begin(url))

    def open_linked(self, home: HomePage, sitemaps: Iterable[str]) -> Iterator[Request]:
        """Request the endpoints that home page and robots.txt link to; for a channel without links, the usual URLs."""
        asks_rest = "rest" in self.used and not self.rest.tried and not self.rest.is_suspended
        if asks_rest and (home.apis or home.wordpress):
            yield from self.rest.begin(home.apis[0] if home.apis else self.usual_api, guess=not home.apis)
        if "feed" in self.used:
            for url in home.feeds:
                if self.feeds.may_request(url):
                    yield from self.hold(self.feeds.begin(url))
            for url in home.possible_feeds if not home.feeds else ():
                if self.feeds.may_request(url):
                    yield from self.hold(self.feeds.begin(url, guess=True))
            if not (home.feeds or home.possible_feeds) and home.wordpress and self.feeds.may_guess:
                yield from self.hold(self.feeds.begin(self._below_home("feed/"), guess=True))
        if "sitemap" in self.used:
            rules = self.sitemaps.spider.list_rules()
            urls = [feed_url for url in sitemaps if (feed_url := rules.url(home.url, url))][:MOST_SITEMAPS]
            for url in urls:
                if self.sitemaps.may_request(url):
                    yield from self.hold(self.sitemaps.begin(url))
            if not urls and self.sitemaps.may_guess:
                yield from self.hold(self.sitemaps.guess(self._site.home))

    @property
    def usual_api(self) -> str:
        """The usual URL of WordPress's API."""
        return self._below_home("wp-json/")

    def _below_home(self, path: str) -> str:
        return urljoin(self._site.home.rstrip("/") + "/", path)

    @property
    def fast_works(self) -> bool:
        """Whether REST, a feed or a news sitemap answered in this run."""
        return self.rest.works or self.feeds.works or self._news_works

    @property
    def has_gap(self) -> bool:
        """Whether the fast channels name the newest articles alone, and others came between them and those known."""
        return self.feeds.has_gap and not (self.rest.works or self._news_works)

    @property
    def _news_works(self) -> bool:
        return any(is_news(url) and endpoint.failures == 0 for url, endpoint in self.sitemaps.tried.items())

    @property
    def any_works(self) -> bool:
        """Whether REST, a feed or a sitemap answered in this run."""
        return self.fast_works or self.sitemaps.works

    @property
    def lists_everything(self) -> bool:
        """Whether REST or the sitemaps were read completely, in this run or an earlier one, and did not fail since."""
        return any(walk.is_complete and (walk.works or not walk.tried) for walk in (self.rest, self.sitemaps))

    def tried(self) -> list[Endpoint]:
        """The endpoints of the channels in use that this run requested."""
        brought = {url for walk in self for url in walk.brought}
        return [
            replace(endpoint, idle=0 if url in brought else _idle_runs(walk, url) + bool(brought))
            for walk in self
            for url, endpoint in walk.tried.items()
        ]

    def reaches(self) -> dict[Channel, list[Reach]]:
        """How far back each list of the channels in use was read."""
        return {walk.channel: list(walk.reach.values()) for walk in self}


def _idle_runs(walk: EndpointWalk, url: str) -> int:
    return walk.endpoints[url].idle if url in walk.endpoints else 0


def _is_fast(walk: EndpointWalk, url: str) -> bool:
    """Whether an endpoint lists mainly the newest articles, so that it is requested in every run."""
    return walk.channel != "sitemap" or is_news(url)
