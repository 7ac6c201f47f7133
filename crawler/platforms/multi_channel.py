"""Every way into a site, joined: one list of articles from its REST API, feeds, sitemaps and category pages.

Each article is fetched once, whichever channel names it first. REST, feeds and news sitemaps are asked in every run;
the whole sitemap and the category pages in every run only where nothing faster works, else once a day, as a net for
what the others miss. The run says of each channel what it found and what it lacked.

A site that declares channels has these. For another, they are found: by the links of its home page, by the Sitemap
lines of its robots.txt, and where its kind of site usually has them; what was found is remembered.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import timedelta
from typing import Any, ClassVar, Self
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from crawler.platforms.categories import CategorySpider, root_of
from crawler.platforms.endpoint_walk import ENDPOINT_PRIORITY, MOST_QUEUED, EndpointWalk, Reach
from crawler.platforms.entries import CHANNELS
from crawler.platforms.feeds import FeedWalk
from crawler.platforms.home_page import Front, read_front
from crawler.platforms.items import Fetched
from crawler.platforms.rest import RestWalk, archives
from crawler.platforms.sitemap_walk import SitemapWalk
from crawler.platforms.sitemaps import is_news
from storage.records import Channel, Discovery, Endpoint, Found

A_DAY = timedelta(hours=20)  # between two nets: less than a day, as cron does not strike at the same second
MOST_MAPS = 50  # that a robots.txt may name


class MultiChannelSpider(CategorySpider):
    """All channels of a site. channels: those that this platform uses; fallback: those it turns to when they fail."""

    channels: ClassVar[tuple[Channel, ...]] = CHANNELS
    fallback: ClassVar[tuple[Channel, ...]] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._used: set[Channel] = set(self.site.channels or self.channels)
        self._fallback: set[Channel] = set() if self.site.channels else set(self.fallback)
        self._front: Front | None = None
        self._front_asked = False
        self._net_cast = False
        self._held: list[Iterator[Request]] = []  # doors that are asked when REST has told all
        self._light = False  # another channel has all: category pages are looked at only as far as they bring news
        self.net: Endpoint | None = None
        self._category_reach: dict[str, Reach] = {}
        self._walk_of: dict[str, str] = {}  # page of a category to the category

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make a spider."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        return spider

    # Where to begin

    async def start(self) -> AsyncIterator[Any]:
        """As every spider, knowing the doors that earlier runs found."""
        known: dict[Channel, dict[str, Endpoint]] = {channel: {} for channel in CHANNELS}
        for endpoint in self.frontier.endpoints():
            known[endpoint.channel][endpoint.url] = endpoint
        self._rest = RestWalk(self, known["rest"], then=self._release)
        self._feeds = FeedWalk(self, known["feed"], puts_off=bool({"rest", "sitemap"} & self._used))
        self._sitemaps = SitemapWalk(self, known["sitemap"])
        self._category_door = known["categories"].get(self.site.home)
        async for request in super().start():
            yield request

    def resume(self, found: Found) -> Iterator[Request]:
        """Go on with a page that an earlier run left unread, in whichever channel it belongs to."""
        if found.kind == "article":
            if self.tally.queued >= MOST_QUEUED:
                return  # its turn comes when the run is idle
            self.tally.queued += 1
        yield from super().resume(found)
        for walk in self._walks():
            if walk.kind == found.kind:
                yield from walk.resume(found.url)

    def seeds(self) -> Iterator[Request]:
        """The caller's pages; else the doors that are declared; else those that are known; else the home page."""
        if self.targets:
            yield from super().seeds()
            return
        if self._fallback and self._rest.is_shut:
            self._fall_back()
        if any(self._declared(walk.channel) for walk in self._walks()):
            yield from self._open_declared()
            return
        known = [(walk, url) for walk in self._walks() for url in walk.endpoints if walk.is_known(url)]
        faster = any(_is_fast(walk, url) for walk, url in known)
        for walk, url in known:
            if _is_fast(walk, url) or not faster or self.options.is_thorough:
                yield from self._hold(walk.begin(url))
        if not known and self._used == {"rest"}:
            yield from self._rest.begin(self._below_home("wp-json/"))
        elif not known and self._used != {"categories"}:
            yield self._home_request()

    def _hold(self, requests: Iterator[Request]) -> Iterator[Request]:
        """These requests, when REST has told all: it alone says which posts nobody may read, and sitemaps name them."""
        if self._rest.open:
            self._held.append(requests)
        else:
            yield from requests

    def _release(self) -> Iterator[Request]:
        held, self._held = self._held, []
        for requests in held:
            yield from requests

    def _walks(self) -> list[EndpointWalk]:
        """Those of the channels that are used."""
        return [walk for walk in (self._rest, self._feeds, self._sitemaps) if walk.channel in self._used]

    def _declared(self, channel: Channel) -> list[str]:
        """Absolute URLs of the doors that the site declares."""
        named: dict[Channel, tuple[str, ...]] = {
            "rest": (self.site.rest,) if self.site.rest else (),
            "feed": self.site.feeds,
            "sitemap": self.site.sitemaps,
        }
        return [urljoin(self.site.home, url) for url in named.get(channel, ())]

    def _below_home(self, path: str) -> str:
        return urljoin(self.site.home.rstrip("/") + "/", path)

    # The home page names the doors

    def _home_request(self) -> Request:
        self._front_asked = True
        return Request(
            self.site.home,
            callback=self.parse_front,
            errback=self.missed,
            meta={"kind": "listing", "sitemaps": ()},
            priority=ENDPOINT_PRIORITY + 1,
            dont_filter=True,
        )

    def parse_front(self, response: Response) -> Iterator[Any]:
        """The home page: it tells which doors there are. What it lists waits until the other channels are done."""
        self.mark_seen(response.url)
        tree = root_of(response)
        if tree is None or not self.is_ours(response.url):
            yield from self.unreadable(response)
            return
        listing = "categories" in self._used
        articles = self.bounded(response, self.article_urls(response)) if listing else []
        following = self.next_page(response) if listing else None
        front = self._front = read_front(
            tree, response.text, response.url, is_ours=self.is_ours, articles=articles, following=following
        )
        self.tally.listings += 1
        self.tally.links += len(front.articles)
        yield from self.kept(
            response,
            "listing",
            links=len(front.articles),
            channel="categories" if listing else None,
            discoveries=[Discovery(url) for url in front.articles],
        )
        yield from self._open_named(front, response.meta.get("sitemaps", ()))
        if self._net_cast:
            yield from self._walk_front(front)

    def _open_named(self, front: Front, maps: Iterable[str]) -> Iterator[Request]:
        """Ask the doors that the home page and robots.txt name; where they name none, those that are usual."""
        asks_rest = "rest" in self._used and not self._rest.tried and not self._rest.is_shut
        if asks_rest and (front.apis or front.wordpress):
            url = front.apis[0] if front.apis else self._below_home("wp-json/")
            yield from self._rest.begin(url, guess=not front.apis)
        for url in front.feeds:
            if "feed" in self._used and self._feeds.may_ask(url):
                yield from self._hold(self._feeds.begin(url))
        if not front.feeds and front.wordpress and "feed" in self._used and self._feeds.may_guess:
            yield from self._hold(self._feeds.begin(self._below_home("feed/"), guess=True))
        named = [url for url in maps if self.is_ours(url)][:MOST_MAPS]
        for url in named:
            if "sitemap" in self._used and self._sitemaps.may_ask(url):
                yield from self._hold(self._sitemaps.begin(url))
        if not named and "sitemap" in self._used and self._sitemaps.may_guess:
            yield from self._hold(self._sitemaps.guess(self.site.home))

    # When all that is done

    def idle(self) -> None:
        """Nothing is left to fetch: a signal of Scrapy's. What is left to do is done now, or the run ends."""
        engine = self.crawler.engine
        if engine is None or self.targets or self.outcome.archive_error is not None:
            return
        more = list(self._more())
        for request in more:
            engine.crawl(request)
        if more:
            raise DontCloseSpider

    def _more(self) -> Iterator[Request]:
        """What waits in the archive; then the channels to fall back on; then the net."""
        self.tally.queued = 0
        if not self.wants_more():
            return
        waiting = [found.url for found in self.frontier.pending() if found.kind == "article"]
        for url in waiting:
            if self.wants_more() and self.tally.queued < MOST_QUEUED and self.is_recent(url) and self.mark_seen(url):
                self.tally.queued += 1
                yield self.article_request(url)
        if self.tally.queued:
            return
        held = list(self._release())
        yield from held
        if held:
            return
        if self._fallback and not self._works_fast():
            self._fall_back()
            yield from (
                self._open_declared()
                if any(self._declared(walk.channel) for walk in self._walks())
                else [self._home_request()]
            )
        elif not self._net_cast:
            self._net_cast = True
            yield from self._net()

    def _fall_back(self) -> None:
        self._used |= self._fallback
        self._fallback = set()

    def _open_declared(self) -> Iterator[Request]:
        """The doors that the site declares, of channels that this run has not tried yet."""
        for walk in self._walks():
            for url in self._declared(walk.channel) if not walk.tried else ():
                yield from self._hold(walk.begin(url))

    def _works_fast(self) -> bool:
        news = any(is_news(url) and endpoint.failures == 0 for url, endpoint in self._sitemaps.tried.items())
        return self._rest.works or self._feeds.works or news

    def _net(self) -> Iterator[Request]:
        """What is asked only once a day where a faster channel works: whole sitemaps, then category pages."""
        fast = self._works_fast()
        for url, endpoint in self._sitemaps.endpoints.items():
            if "sitemap" in self._used and self._sitemaps.is_known(url) and (not fast or self._is_old(endpoint)):
                yield from self._sitemaps.begin(url)
        self._light = not self.options.full and any(
            walk.is_complete and (walk.works or not walk.tried) for walk in (self._rest, self._sitemaps)
        )
        if not self._light:
            yield from self._feeds.go_back()
        if "categories" not in self._used or not self._is_net_due(fast or self._sitemaps.works):
            return
        self.net = Endpoint("categories", self.site.home, self.now(), self.began)
        if self.options.backfill and self.options.since is not None and self._is_wordpress:
            last_day = self.options.until or self.now().date()
            yield from self.walks(archives(self.site.home, self.options.since, last_day))
        if self.site.categories:
            yield from self.walks(urljoin(self.site.home, path) for path in self.site.categories)
        elif self._front is not None:
            yield from self._walk_front(self._front)
        elif not self._front_asked:
            yield self._home_request()

    def _is_net_due(self, others_work: bool) -> bool:
        if self.options.backfill:
            return not self._light  # what names everything needs no net
        last = self._category_door
        return self.options.full or not others_work or last is None or self._is_old(last)

    @property
    def _is_wordpress(self) -> bool:
        return self._front is not None and self._front.wordpress

    def _is_old(self, endpoint: Endpoint) -> bool:
        return self.now() - endpoint.asked_at >= A_DAY

    def _walk_front(self, front: Front) -> Iterator[Request]:
        """What the home page lists, its older pages where it has some, and the categories of its menus."""
        if not front.categories and front.following is None and not self._works_fast() and not self._sitemaps.works:
            self.note(
                f"{front.url}: its menus name no category (are they made by scripts? then the site needs "
                "browser=True), and no feed, sitemap or REST API was found, so only the articles on this page were "
                "looked at; name category pages as well"
            )
        unknown = self.frontier.unknown([url for url in front.articles if not self.has_seen(url)])
        wanted = [url for url in unknown if self.is_recent(url)]
        found = [Found(url, "article") for url in wanted]
        backlog = not self._light and (self._category_door is None or self.options.is_thorough)
        following = front.following if backlog or wanted else None
        if following is not None:
            found.append(Found(following, "backlog" if backlog else "listing"))
        self.frontier.enqueue(found)
        for url in wanted:
            if self.wants_more() and self.mark_seen(url):
                yield self.article_request(url, listing=front.url)
        yield from self.walks(front.categories)
        if following is not None and self.wants_more() and self.mark_seen(following):
            yield self.listing_request(following, backlog=backlog, page=2, previous=front.url)

    def walks(self, urls: Iterable[str]) -> Iterator[Request]:
        """A walk through each category; where another channel has all, only as far as it brings what is unknown."""
        if not self._light:
            yield from super().walks(urls)
            return
        new = [url for url in urls if self.mark_seen(url)]
        self.frontier.enqueue([Found(url, "listing") for url in new])
        for url in new:
            yield self.listing_request(url, backlog=False)

    def leads_on(self, url: str) -> bool:
        """As in CategorySpider; but what another channel brought in this run is known past."""
        return not self._light and super().leads_on(url)

    def parse_listing(self, response: Response, **known: Any) -> Iterator[Any]:
        """One page of a category, noting how far back the walk has come."""
        before = self._walk_of.get(known.get("previous") or "", response.url)
        self._walk_of[response.url] = before
        reach = self._category_reach.setdefault(before, Reach())
        goes_on = False
        for each in super().parse_listing(response, **known):
            if isinstance(each, Fetched):
                reach.last = tuple(discovery.url for discovery in each.discoveries)
            goes_on = goes_on or (isinstance(each, Request) and each.meta["kind"] != "article")
            yield each
        reach.ended = not goes_on and root_of(response) is not None and self.next_page(response) is None

    # What the run's report needs

    def endpoints_asked(self) -> list[Endpoint]:
        """Every door that this run asked, and how it fared."""
        if self.targets:
            return []
        tried = [endpoint for walk in self._walks() for endpoint in walk.tried.values()]
        return [*tried, *([self.net] if self.net is not None else [])]

    def reaches(self) -> dict[Channel, list[Reach]]:
        """How far back each list of each channel was read."""
        if self.targets:
            return {}
        found: dict[Channel, list[Reach]] = {walk.channel: list(walk.reach.values()) for walk in self._walks()}
        return {**found, "categories": list(self._category_reach.values())}


class WordPressSpider(MultiChannelSpider):
    """A WordPress with an open REST API, which names every post; where it turns out to be closed, all other ways."""

    channels = ("rest",)
    fallback = ("feed", "sitemap", "categories")


class FeedSpider(MultiChannelSpider):
    """A site that is followed by its feeds alone: those declared, or those that its home page names."""

    channels = ("feed",)


class SitemapSpider(MultiChannelSpider):
    """A site that is followed by its sitemaps alone: those declared, or those that its robots.txt names."""

    channels = ("sitemap",)


def _is_fast(walk: EndpointWalk, url: str) -> bool:
    """Whether a door is one to ask in every run: it holds the newest articles, and little else."""
    return walk.channel != "sitemap" or is_news(url)
