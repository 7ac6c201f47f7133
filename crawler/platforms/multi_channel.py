"""Platform that uses all channels of a site: its REST API, feeds, sitemaps and category pages.

Each article is fetched once, whichever channel lists it first. REST, feeds and news sitemaps are requested in every
run. The complete sitemaps and the category pages are requested in every run only if no faster channel works, else in a
daily pass, to find articles that the faster channels miss. The run reports how many articles each channel listed and
missed.

A site may declare its channels. Else they are found by the home page's links, the Sitemap lines of robots.txt, and
their usual URLs; the archive stores the endpoints.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response

from crawler.channels.home_page import HomePage, read_home_page
from crawler.channels.rest import monthly_archives
from crawler.platforms.categories import CategorySpider
from crawler.platforms.channel_walks import ChannelWalks
from crawler.platforms.endpoint_walk import ENDPOINT_PRIORITY, MOST_QUEUED, Reach
from crawler.platforms.responses import root_of
from crawler.platforms.spider_context import each_pending
from storage.records import CHANNELS, Channel, Discovery, Endpoint, Found

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MOST_CATEGORIES = 100  # pages of an earlier walk that are read if the home page links to no category any more
A_DAY = timedelta(hours=20)  # between two daily passes: less than a day, as cron does not start at the same second


class MultiChannelSpider(CategorySpider):
    """Crawls all channels. channels: those that the platform uses. fallback: those to use when they fail."""

    channels: ClassVar[tuple[Channel, ...]] = CHANNELS
    fallback: ClassVar[tuple[Channel, ...]] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._channels = self._channel_walks(())
        self._home_page: HomePage | None = None
        self._home_requested = False
        self._daily_pass_began = False
        # Another channel lists everything: category walks stop at the first page without an unknown article.
        self._shallow = False
        self._walked_categories: Endpoint | None = None

    def _channel_walks(self, endpoints: Iterable[Endpoint]) -> ChannelWalks:
        declared = self.site.channels
        return ChannelWalks(self, declared or self.channels, () if declared else self.fallback, endpoints)

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **kwargs: Any) -> Self:
        """Scrapy's constructor: also connects `idle`."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.idle, signal=signals.spider_idle)
        return spider

    # The first requests

    async def start(self) -> AsyncIterator[Any]:
        """Start the run as every spider does, with the endpoints that earlier runs found."""
        self._channels = self._channel_walks(self.frontier.endpoints())
        async for request in super().start():
            yield request

    def resume(self, page: Found) -> Iterator[Request]:
        """Request a page of any channel that an earlier run left pending."""
        self.statistics.queued += page.kind == "article"
        yield from super().resume(page)
        for walk in self._channels:
            if walk.kind == page.kind:
                yield from walk.resume(page.url)

    def has_room(self) -> bool:
        """As in SiteSpider, and fewer than MOST_QUEUED wait; the rest are requested when the run is idle."""
        return super().has_room() and self.statistics.queued < MOST_QUEUED

    def seeds(self) -> Iterator[Request]:
        """Requests for the user's targets; else for the declared endpoints; else the known ones; else the home page."""
        channels = self._channels
        if self.targets:
            yield from super().seeds()
            return
        if channels.fallback and channels.rest.is_suspended:
            channels.fall_back()
        if channels.has_declared:
            yield from channels.open_declared(thorough=self.options.is_thorough)
        elif channels.known:
            yield from channels.open_known(thorough=self.options.is_thorough)
        elif channels.used == {"rest"}:
            yield from channels.rest.begin(channels.usual_api)
        elif channels.used != {"categories"}:
            yield self._home_request()

    # The home page links to the endpoints

    def _home_request(self) -> Request:
        self._home_requested = True
        request = self.page_request(self.site.home, self.parse_home, "listing", priority=ENDPOINT_PRIORITY + 1)
        request.meta["sitemaps"] = ()
        return request

    def parse_home(self, response: Response) -> Iterator[Any]:
        """Parse the home page: request the endpoints that it links to. Its own articles wait for the daily pass."""
        self.mark_seen(response.url)
        tree = root_of(response)
        if tree is None or not self.is_ours(response.url):
            yield from self.unreadable(response)
            return
        is_listing = "categories" in self._channels.used
        articles = self.bounded(response, self.article_urls(response)) if is_listing else []
        following = self.next_page(response) if is_listing else None
        home = self._home_page = read_home_page(
            tree, response.text, response.url, is_ours=self.is_ours, articles=articles, following=following
        )
        self.statistics.count_listing(len(home.articles))
        yield from self.page_item(
            response,
            "listing",
            links=len(home.articles),
            channel="categories" if is_listing else None,
            discoveries=[Discovery(url) for url in home.articles],
        )
        # The robots.txt middleware adds the URLs of the Sitemap lines.
        yield from self._channels.open_linked(home, response.meta.get("sitemaps", ()))
        if self._daily_pass_began:
            yield from self._walk_home(home)

    # When all requests are answered

    def idle(self) -> None:
        """Handler of Scrapy's signal spider_idle. Raises DontCloseSpider when it requests more."""
        engine = self.crawler.engine
        if engine is None or self.targets or self.statistics.archive_error is not None:
            return
        any_more = False
        for request in self._more():  # not as a list, which the exception's traceback would keep in memory
            engine.crawl(request)
            any_more = True
        if any_more:
            raise DontCloseSpider

    def _more(self) -> Iterator[Request]:
        """Requests for pending articles; else the held ones; else for the fallback channels; else the daily pass."""
        self.statistics.queued = 0
        if not self.wants_more():
            return
        for page in each_pending(self.frontier, "article"):
            if not self.has_room():
                break
            if self.is_recent(page.url) and self.mark_seen(page.url):
                self.statistics.queued += 1
                yield self.article_request(page.url)
        if self.statistics.queued:
            return
        channels = self._channels
        held = list(channels.release())
        yield from held
        if held:
            return
        idle = [] if channels.fast_works else list(channels.open_idle())
        yield from idle
        if idle:
            return
        if channels.fallback and not channels.fast_works:
            channels.fall_back()
            yield from channels.open_declared() if channels.has_declared else [self._home_request()]
        elif not self._daily_pass_began:
            self._daily_pass_began = True
            yield from self._daily_pass()

    def _daily_pass(self) -> Iterator[Request]:
        """Request the complete sitemaps, then the category pages; once a day where faster channels list what is new."""
        channels = self._channels
        fast_works = channels.fast_works and not channels.has_gap
        if "sitemap" in channels.used:
            for url, endpoint in channels.sitemaps.endpoints.items():
                if channels.sitemaps.is_known(url) and (not fast_works or self._is_old(endpoint)):
                    yield from channels.sitemaps.begin(url)
        self._shallow = not self.options.full and channels.lists_everything
        if not self._shallow:
            yield from channels.feeds.go_back()
        if "categories" not in channels.used or not self._walks_categories(fast_works or channels.sitemaps.works):
            return
        self._walked_categories = Endpoint("categories", self.site.home, self.now(), self.began)
        if self.options.backfill and self.options.since is not None and self._home_page and self._home_page.wordpress:
            last_day = self.options.until or self.now().date()
            yield from self.walks(monthly_archives(self.site.home, self.options.since, last_day))
        if self.site.categories:
            yield from self.walks(urljoin(self.site.home, path) for path in self.site.categories)
        elif self._home_page is not None:
            yield from self._walk_home(self._home_page)
        elif not self._home_requested:
            yield self._home_request()

    def _walks_categories(self, others_work: bool) -> bool:
        if self.options.backfill:
            return not self._shallow
        last = self._channels.category_endpoint
        return self.options.full or not others_work or last is None or self._is_old(last)

    def _is_old(self, endpoint: Endpoint) -> bool:
        return self.now() - endpoint.asked_at >= A_DAY

    def _walk_home(self, home: HomePage) -> Iterator[Request]:
        """Request the home page's articles, its older pages if it has some, and the categories in its menus."""
        categories: Sequence[str] = home.categories
        if not categories and home.following is None and not self._channels.any_works:
            categories = self._categories_of_earlier_runs()
            self.statistics.note(
                f"{home.url}: its menus name no category, so the category pages of earlier runs were walked"
                if categories
                else f"{home.url}: its menus name no category (are they made by scripts? then the site needs "
                "browser=True), and no feed, sitemap or REST API was found, so only the articles on this page were "
                "looked at; name category pages as well"
            )
        unknown = self.frontier.unknown([url for url in home.articles if not self.has_seen(url)])
        wanted = [url for url in unknown if self.is_recent(url)]
        new_pages = [Found(url, "article") for url in wanted]
        backlog = not self._shallow and (self._channels.category_endpoint is None or self.options.is_thorough)
        following = home.following if backlog or wanted else None
        if following is not None:
            new_pages.append(Found(following, "backlog" if backlog else "listing"))
        self.frontier.enqueue(new_pages)
        for url in wanted:
            if self.wants_more() and self.mark_seen(url):
                yield self.article_request(url, listing=home.url)
        yield from self.walks(categories)
        if following is not None and self.wants_more() and self.mark_seen(following):
            yield self.listing_request(following, backlog=backlog, page=2, previous=home.url)

    def _categories_of_earlier_runs(self) -> list[str]:
        """The pages of the latest walk through the categories. A splash page may have replaced the home page."""
        last = self._channels.category_endpoint
        return self.frontier.listings_read(last.asked_at, most=MOST_CATEGORIES) if last is not None else []

    # Walks through categories

    def walks(self, urls: Iterable[str]) -> Iterator[Request]:
        """The first request of a walk through each category; no backlog if another channel lists everything."""
        if not self._shallow:
            yield from super().walks(urls)
            return
        new = [url for url in urls if self.mark_seen(url)]
        self.frontier.enqueue([Found(url, "listing") for url in new])
        for url in new:
            yield self.listing_request(url, backlog=False)

    def is_from_this_run(self, url: str) -> bool:
        """As in CategorySpider, except that in a shallow walk the articles of other channels count as known."""
        return not self._shallow and super().is_from_this_run(url)

    # For the report of the run

    def endpoints_requested(self) -> list[Endpoint]:
        """Every endpoint that this run requested, and whether it answered."""
        if self.targets:
            return []
        return [*self._channels.tried(), *([self._walked_categories] if self._walked_categories is not None else [])]

    def reaches(self) -> dict[Channel, list[Reach]]:
        """How far back each list of each channel was read."""
        if self.targets:
            return {}
        return {**self._channels.reaches(), "categories": list(self.category_reach.values())}


class WordPressSpider(MultiChannelSpider):
    """Crawls a WordPress site by its REST API, which lists every post; by all other channels if the API is closed."""

    channels = ("rest",)
    fallback = ("feed", "sitemap", "categories")


class FeedSpider(MultiChannelSpider):
    """Crawls a site by its feeds only: those that it declares, or those that its home page links to."""

    channels = ("feed",)


class SitemapSpider(MultiChannelSpider):
    """Crawls a site by its sitemaps only: those that it declares, or those that its robots.txt names."""

    channels = ("sitemap",)
