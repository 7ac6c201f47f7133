"""The base of every platform: a spider that finds pages, asks the ledger which are unknown, and hands them on.

A platform says where articles are named (listings, feeds, sitemaps) by overriding `seeds` and a parse callback; a
site says what differs by its declaration (crawler/site.py) and the two hooks `article_urls` and `next_page`.
Reading and keeping happen behind the item pipeline; no platform knows the archive.
"""

import re
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.http.budget import RequestBudget
from crawler.http.refusals import OverBudget, Refused
from crawler.listings.url_patterns import UrlPatterns
from crawler.platforms.crawl_options import Options
from crawler.platforms.due_revisits import DueRevisits
from crawler.platforms.frontier import Frontier, SpiderContext
from crawler.platforms.items import Fetched, Missed, NotModified
from crawler.platforms.responses import asked_url, capture_of, day_of, host_of
from crawler.platforms.statistics import Tally
from crawler.runs.summary import Outcome
from crawler.site import Site
from crawler.themes import THEMES, theme_named
from storage.records import Channel, Discovery, Found, Kind, Reason
from storage.urls import url_key

# An article page waits behind nothing; listings come after the articles that they named, so that a stopped run
# has archived what it found, and so that the dates of one listing's articles are known when the next one is read.
ARTICLE_PRIORITY = 10
LISTING_PRIORITY = 0

_NOT_FETCHED = re.compile(r"^not fetched: '[^']*': ")
_FAILURE = re.compile(r"<twisted\.python\.failure\.Failure [\w.]+: (.*?)>")  # as Twisted lists several causes


class SiteSpider(Spider):
    """One site. Subclasses in spiders/ declare `site`; platforms override `seeds` and the callbacks.

    Two hooks are for sites: `article_urls(response)` and `next_page(response)`.
    """

    site: ClassVar[Site]
    # Refusals and errors come to the callback, which keeps them with their reason; redirects do not.
    handle_httpstatus_list: ClassVar[list[int]] = [304, *range(400, 600)]
    frontier: Frontier  # the pipeline sets it before `start` runs
    began: datetime  # when `start` did: aware UTC

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """A declaration gives the spider its name and pace; Scrapy wants both on the class."""
        super().__init_subclass__(**kwargs)
        if "site" in cls.__dict__:
            if not isinstance(cls.site, Site):
                raise TypeError(f"{cls.__module__}.{cls.__name__}.site must be a Site(...), not {cls.site!r}")
            if cls.site.theme is not None and theme_named(cls.site.theme) is None:
                known = ", ".join(theme.name for theme in THEMES)
                raise ValueError(f"site {cls.site.name}: no theme is called {cls.site.theme!r}; known are {known}")
            cls.name = cls.site.name
            cls.custom_settings = {"DOWNLOAD_DELAY": cls.site.delay_s}

    def __init__(self, *, options: Options | None = None, context: SpiderContext | None = None, **kwargs: Any) -> None:
        """Make the spider of one run. desk: what it shares with the command's other sites; None: nothing."""
        super().__init__(**kwargs)
        self.context = context
        self.outcome = Outcome(self.site.name)
        self.options = options or Options()
        self.budget = RequestBudget(self.options.max_requests)
        self.tally = Tally()
        self.url_patterns = UrlPatterns()  # of the articles that feeds and sitemaps name, for finding those of listings
        self._seen_keys: set[str] = set()
        self.due_revisits = DueRevisits(self)
        self._recent: dict[str, list[bool]] = {}  # listing URL to: which of its articles read so far are recent

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make a spider."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.saw, signal=signals.item_scraped)
        crawler.signals.connect(spider.due_revisits.ask, signal=signals.spider_idle)
        return spider

    # What platforms and sites override

    def seeds(self) -> Iterator[Request]:
        """The pages to begin with."""
        raise NotImplementedError(f"{type(self).__name__} does not say where to begin")

    def parse_listing(
        self,
        response: Response,
        *,
        backlog: bool = False,
        page: int = 1,
        previous: str | None = None,
        seen: frozenset[str] = frozenset(),
    ) -> Iterator[Any]:
        """Read one listing: a Fetched for itself, requests for its articles and its next page.

        backlog, page, previous, seen: as in `listing_request`.
        """
        raise NotImplementedError(f"{type(self).__name__} does not read listings")

    # What they use

    async def start(self) -> AsyncIterator[Any]:
        """What earlier runs left unfetched, then the seeds."""
        self.began = self.now()
        self.due_revisits.leave_room()
        for found in self.frontier.pending():
            for request in self.resume(found):
                yield request
        for request in self.seeds():
            yield request

    def resume(self, found: Found) -> Iterator[Request]:
        """Go on with a page that an earlier run found and did not fetch."""
        if found.kind == "article":
            if self.wants_more() and self.is_recent(found.url):
                yield self.article_request(found.url)
        elif found.kind in ("listing", "backlog"):  # those of other channels need a spider that reads them
            yield self.listing_request(found.url, backlog=found.kind == "backlog")

    def expect(self, articles: int | None) -> None:
        """A channel told how many articles it leads to, known ones too: the end that progress can show."""
        if articles is not None:
            self.outcome.expected = max(articles, self.outcome.expected or 0)

    def now(self) -> datetime:
        """The run's clock: aware UTC."""
        return self.context.clock() if self.context is not None else datetime.now(UTC)

    def wants_more(self) -> bool:
        """False once --max-articles are under way, or --max-requests are made."""
        limit = self.options.max_articles
        return not self.budget.is_spent and (limit is None or self.tally.scheduled < limit)

    def note(self, text: str) -> None:
        """Tell the operator something in the run's summary, once."""
        if text not in self.tally.notes:
            self.tally.notes.append(text)

    def is_ours(self, url: str) -> bool:
        """On this site's host, or a subdomain of it."""
        host = host_of(url)
        return host == self.site.host or host.endswith("." + self.site.host)

    def is_recent(self, url: str) -> bool:
        """False when the URL's own date is before the first day wanted, or after the last; True when it has none."""
        since, until, day = self.options.since, self.options.until, day_of(url)
        if day is None:
            return True
        # A day's grace: the URL's day is local, and may lie a zone away from the published instant.
        return (since is None or (day - since).days >= -1) and (until is None or (day - until).days <= 1)

    def saw(self, item: Any) -> None:
        """Note how old the articles of each listing turn out to be, for --since."""
        if self.options.since is None or not isinstance(item, Fetched) or item.listing is None:
            return
        for article in item.reading.articles if item.reading else ():
            if article.published_at is not None:
                recent = article.published_at.date() >= self.options.since
                self._recent.setdefault(item.listing, []).append(recent)

    def is_past_since(self, listing: str | None) -> bool:
        """Whether all articles of that listing whose date is known are older than --since."""
        seen = self._recent.get(listing, []) if listing else []
        return bool(seen) and not any(seen)

    def mark_seen(self, url: str) -> bool:
        """True the first time this run meets that page, in any spelling of its URL."""
        key = url_key(url)
        if key in self._seen_keys:
            return False
        self._seen_keys.add(key)
        return True

    def has_seen(self, url: str) -> bool:
        """Whether this run has met that page."""
        return url_key(url) in self._seen_keys

    def article_request(self, url: str, listing: str | None = None, *, revisit: bool = False) -> Request:
        """A request for an article page; claims it and counts it. visit: it is a second look."""
        self.mark_seen(url)
        self.tally.scheduled += 1
        return Request(
            url,
            callback=self.parse_article,
            errback=self.missed,
            cb_kwargs={"listing": listing},
            meta={"kind": "article", "validators": self.frontier.validators(url), "revisit": revisit},
            priority=ARTICLE_PRIORITY,
            dont_filter=True,  # `claim` is the filter; it knows spellings that fingerprints do not
        )

    def listing_request(
        self,
        url: str,
        *,
        backlog: bool,
        page: int = 1,
        previous: str | None = None,
        seen: frozenset[str] = frozenset(),
    ) -> Request:
        """A request for a listing page.

        backlog: the walk goes on past what is known. page: its place in the walk, from 1. previous: the URL before
        it. seen: keys of the articles that the pages before it named.
        """
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.missed,
            cb_kwargs={"backlog": backlog, "page": page, "previous": previous, "seen": seen},
            meta={"kind": "backlog" if backlog else "listing"},
            priority=LISTING_PRIORITY,
            dont_filter=True,
        )

    def parse_article(self, response: Response, listing: str | None = None) -> Iterator[Any]:
        """Hand one article page on."""
        if response.status == 304:
            yield NotModified(asked_url(response), "article", capture_of(response, self.site.name, self.now()))
        else:
            yield from self.kept(response, "article", listing=listing)

    def kept(
        self,
        response: Response,
        kind: Kind,
        *,
        found: Iterable[Found] = (),
        links: int | None = None,
        listing: str | None = None,
        channel: Channel | None = None,
        discoveries: Iterable[Discovery] = (),
    ) -> Iterator[Any]:
        """The item for this response; a Missed when a redirect led to another site.

        A feed or sitemap may lie anywhere, since only the site's own pages among those that it names are taken.
        """
        if kind in ("rest", "feed", "sitemap") or self.is_ours(response.url):
            capture = capture_of(response, self.site.name, self.now())
            yield Fetched(capture, kind, tuple(found), links, listing, channel, tuple(discoveries))
        else:
            asked = asked_url(response)
            detail = f"redirects to {response.url}, which is another site"
            yield Missed(asked, kind, Reason.REFUSED, retry=False, detail=detail)

    def missed(self, failure: Failure) -> Iterator[Missed]:
        """Say why a page gave no answer; nothing of one that was not asked for want of budget."""
        request: Request = failure.request  # type: ignore[attr-defined]
        error = failure.value
        if isinstance(error, OverBudget):
            return
        reason, retry, asked_for = Reason.UNREACHABLE, True, True
        if isinstance(error, Refused):
            # Worth a later try, and yet refused: the whole host is left alone in this run, or its robots.txt was
            # out of reach. An outage of three runs must not make its pages count as lost.
            reason, retry, asked_for = error.reason, error.retry, not error.retry
        elif isinstance(error, IgnoreRequest):  # Scrapy's own: too many redirects
            reason, retry = Reason.HTTP_ERROR, False
        asked = request.meta.get("redirect_urls", [request.url])[0]
        kind: Kind = request.meta.get("kind", "listing")
        yield Missed(asked, kind, reason, retry, _told(error), asked_for)


def _told(error: BaseException | None) -> str:
    """What an error says, without the URL, which stands beside it already."""
    told = _FAILURE.sub(r"\1", _NOT_FETCHED.sub("", str(error))).strip("[]")
    return told or type(error).__name__
