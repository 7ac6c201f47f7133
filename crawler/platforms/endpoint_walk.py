"""Base of the walks through a channel's endpoints: request one, request its articles, record whether it answered.

An endpoint that does not answer counts as a failure of its channel, and is requested less and less often. The run does
not fail, as it has other channels.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.channels.entries import Entry, discovery_of, within_days
from crawler.http.refusals import OverBudget
from crawler.platforms.base import LISTING_PRIORITY, SiteSpider
from crawler.platforms.items import Missed
from crawler.platforms.responses import content_type, day_of, requested_url
from storage.messages import message
from storage.records import Channel, Endpoint, Found, Kind, Reason

# Articles that wait in memory at once; further ones wait in the archive.
MOST_QUEUED = 10_000
MOST_OUT_OF_SPAN = 50_000  # articles of one list page, outside of the wanted days, that are marked as seen
MOST_EDITED = 500  # known articles that one list page may make due in a run
# The channel with most facts goes first: REST states which posts have a password, a feed has the newest articles.
_PRIORITY: dict[Channel, int] = {"rest": 3, "feed": 2, "sitemap": 1, "categories": 0}
ENDPOINT_PRIORITY = LISTING_PRIORITY + max(_PRIORITY.values())
PATIENCE = 3  # failures of an endpoint that once worked, before it is suspended: servers may be down for hours
_FIRST_WAIT = timedelta(hours=20)  # less than a day: cron does not start at the same second every day
_LONGEST_WAIT = timedelta(days=30)
PATIENCE_IDLE = 24  # runs without a new article, while another endpoint had one, before it is requested less often
_LONGEST_IDLE_WAIT = timedelta(days=7)


def is_suspended(endpoint: Endpoint, now: datetime) -> bool:
    """Whether an endpoint that failed must not be requested yet: the wait is a day, then two, four, at most 30."""
    failures = endpoint.failures - (PATIENCE if endpoint.good_at is not None else 0)
    if failures <= 0:
        return False
    wait: timedelta = min(_FIRST_WAIT * 2 ** min(failures - 1, 10), _LONGEST_WAIT)
    return now < endpoint.asked_at + wait


def is_idle(endpoint: Endpoint, now: datetime) -> bool:
    """Whether an endpoint without new articles need not be requested yet: the wait is a day, then two, four, seven."""
    runs = endpoint.idle - PATIENCE_IDLE
    if runs < 0 or endpoint.failures:
        return False
    wait: timedelta = min(_FIRST_WAIT * 2 ** min(runs, 10), _LONGEST_IDLE_WAIT)
    return now < endpoint.asked_at + wait


@dataclass(slots=True)
class Reach:
    """How far back one list was read in this run. oldest: the oldest date of its entries.

    last: URLs of the entries on the last page that was read. ended: the list was read to its end.
    """

    oldest: datetime | None = None
    last: tuple[str, ...] = ()
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles of one list page. unknown: URLs of new articles. edited: known ones, with the time of the change.

    postponed: unknown and younger than the days of a backfill; they are enqueued, as the list may not be fetched again.
    protected: unknown and behind a password, so they are not requested. out_of_span: number outside of the run's days.
    """

    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]
    edited: Mapping[str, datetime]
    postponed: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    out_of_span: int = 0

    @classmethod
    def of_slices(cls, slices: Sequence["Selection"]) -> "Selection":
        """Join the selections of a page's slices, in order."""
        names = ("entries", "unknown", "postponed", "protected")
        lists = {name: tuple(chain.from_iterable(getattr(each, name) for each in slices)) for name in names}
        edited = [each for selection in slices for each in selection.edited.items()][:MOST_EDITED]
        return cls(**lists, edited=dict(edited), out_of_span=sum(each.out_of_span for each in slices))


@dataclass(slots=True)
class EndpointWalk:
    """One channel's endpoints in one run.

    endpoints: their state before this run, by URL. tried: their state in this run. reach: by the URL that a walk began
    at. cut: endpoints with a page that must wait for the next run. brought: endpoints that listed a new article.
    """

    spider: SiteSpider
    endpoints: Mapping[str, Endpoint]
    tried: dict[str, Endpoint] = field(default_factory=dict)
    reach: dict[str, Reach] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    brought: set[str] = field(default_factory=set)

    channel: ClassVar[Channel]
    kind: ClassVar[Kind]

    # For each channel to implement

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """Request an endpoint's first page. guess: no page links to it, so it is no failure if it does not exist."""
        raise NotImplementedError

    def resume(self, url: str) -> Iterator[Request]:
        """Continue at a page that an earlier run left pending."""
        raise NotImplementedError

    # For all channels

    @property
    def is_suspended(self) -> bool:
        """Whether any endpoint is suspended."""
        return any(is_suspended(endpoint, self.spider.now()) for endpoint in self.endpoints.values())

    def may_request(self, url: str) -> bool:
        """Whether an endpoint that a page links to is not suspended."""
        return url not in self.endpoints or not is_suspended(self.endpoints[url], self.spider.now())

    def is_known(self, url: str) -> bool:
        """Whether an endpoint has answered once and is not suspended. Others are tried again after the home page."""
        endpoint = self.endpoints[url]
        return (endpoint.failures == 0 or endpoint.good_at is not None) and self.may_request(url)

    @property
    def may_guess(self) -> bool:
        """Whether endpoints may be guessed at their usual URLs."""
        tried = (*self.endpoints.values(), *self.tried.values())
        return not self.is_suspended and not any(endpoint.failures == 0 for endpoint in tried)

    @property
    def works(self) -> bool:
        """Whether any endpoint answered in this run."""
        return any(endpoint.failures == 0 for endpoint in self.tried.values())

    @property
    def is_complete(self) -> bool:
        """Whether an endpoint was ever read as far back as its run wanted."""
        return any(endpoint.good_at is not None for endpoint in (*self.endpoints.values(), *self.tried.values()))

    def good_at(self, url: str) -> datetime | None:
        """Start of the last run that read the endpoint as far back as it wanted; None without one."""
        endpoint = self.endpoints.get(url)
        return endpoint.good_at if endpoint else None

    def request(self, url: str, *, callback: Any, conditional: bool = False, **arguments: Any) -> Request:
        """A request for one page of a list. conditional: with validators, so that the response may be 304."""
        spider, priority = self.spider, LISTING_PRIORITY + _PRIORITY[self.channel]
        request = spider.page_request(url, callback, self.kind, priority=priority, **arguments)
        request.errback = self.unanswered
        # A sitemap's files are walks of their own: one may list pages that are no articles.
        request.meta["walk"] = url if self.kind == "sitemap" else arguments.get("endpoint") or url
        if conditional and not spider.options.full:
            request.meta["validators"] = spider.frontier.validators(url)
        return request

    def record_answer(self, endpoint: str, *, complete: bool) -> None:
        """Record that the endpoint answered. complete: it was read as far back as this run needs."""
        before, now = self.endpoints.get(endpoint), self.spider.now()
        complete = complete and endpoint not in self.cut
        good_at = self.spider.began if complete else (before.good_at if before else None)
        self.tried[endpoint] = Endpoint(self.channel, endpoint, now, good_at)

    def record_failure(self, endpoint: str, why: str, *, guess: bool = False, later: bool = False) -> None:
        """Record that the endpoint returned no list. later: a later page failed, after the first one answered."""
        before = self.endpoints.get(endpoint)
        good_at, failures = (before.good_at, before.failures) if before else (None, 0)
        if later:
            self.record_answer(endpoint, complete=False)
        else:
            self.tried[endpoint] = Endpoint(self.channel, endpoint, self.spider.now(), good_at, failures + 1)
        if not guess:
            self.spider.statistics.channel(self.channel).failures += 1
            self.spider.statistics.details.setdefault(f"{self.channel} channel", f"{endpoint}: {why}")

    def unanswered(self, failure: Failure) -> Iterator[Any]:
        """Errback: the network failed, robots.txt forbids the page, its host is abandoned, or the budget is spent."""
        request: Request = failure.request  # type: ignore[attr-defined]
        arguments = request.cb_kwargs
        if isinstance(failure.value, OverBudget):
            self._cut_short(arguments["endpoint"])
            return
        why = str(failure.value) or type(failure.value).__name__
        enqueued = arguments.get("enqueued", False)
        if arguments["endpoint"] is not None:
            self.record_failure(arguments["endpoint"], why, guess=arguments.get("guess", False), later=enqueued)
        if enqueued:
            yield from self.spider.missed(failure)

    def _cut_short(self, endpoint: str | None) -> None:
        if endpoint is not None:
            self.cut.add(endpoint)
            if endpoint in self.tried and self.tried[endpoint].failures == 0:
                self.record_answer(endpoint, complete=False)

    def select(
        self, entries: Sequence[Entry], *, dated: bool = True, most_out_of_span: int = MOST_OUT_OF_SPAN
    ) -> Selection:
        """Select the wanted articles of a page: within the run's days, and unknown or edited.

        dated: whether their modification dates can be trusted. most_out_of_span: how many others to mark as seen.
        """
        spider, options = self.spider, self.spider.options
        # Marked as seen, so that no other channel requests them.
        protected = [entry.url for entry in entries if entry.protected and spider.mark_seen(entry.url)]
        public = [entry for entry in entries if not entry.protected]
        spider.url_patterns.learn(entry.url for entry in public)
        in_span = [each for each in within_days(public, options.since, options.until) if spider.is_recent(each.url)]
        wanted = [entry for entry in in_span if not spider.has_seen(entry.url)]
        if len(in_span) < len(public):
            urls_in_span = {entry.url for entry in in_span}
            for entry in [each for each in public if each.url not in urls_in_span][:most_out_of_span]:
                spider.mark_seen(entry.url)  # else a category page, which states no date, would request it
        unknown = tuple(spider.frontier.unknown([entry.url for entry in wanted]))
        edited: dict[str, datetime] = {}
        if dated and options.max_articles is None:
            now = spider.now()
            times = {e.url: e.modified_at for e in wanted if e.modified_at is not None and e.modified_at <= now}
            edited = {url: times[url] for url in spider.frontier.edited(times)[:MOST_EDITED]}
        younger = [entry.url for entry in public if _is_after(entry, options.until)]
        postponed, locked = spider.frontier.unknown(younger), spider.frontier.unknown(protected)
        out_of_span = len(public) - len(in_span)
        return Selection(tuple(public), unknown, edited, tuple(postponed), tuple(locked), out_of_span)

    def emit(
        self, response: Response, selection: Selection, more: Iterable[Found] = (), *, again: bool = False
    ) -> Iterator[Any]:
        """Yield the page's item, and requests for its articles.

        more: further list pages that it links to. again: another list of the channel has these articles, too.
        """
        spider = self.spider
        if selection.unknown:
            self.brought.add(response.cb_kwargs["endpoint"])
        # Before the page is archived: if the run is killed in between, the next one gets a 304 instead of the list.
        others = spider.due_revisits.mark_due(selection.edited)
        if not again:
            spider.statistics.channel(self.channel).found += len(selection.entries)
        spider.statistics.count_listing(len(selection.entries))
        yield from spider.page_item(
            response,
            self.kind,
            new_pages=[*(Found(url, "article") for url in (*selection.unknown, *selection.postponed)), *more],
            channel=self.channel,
            discoveries=[discovery_of(entry) for entry in selection.entries],
        )
        for url in selection.protected:
            detail = message("not asked for: {url!s} says that it has a password", url=response.url)
            yield Missed(url, "article", Reason.PROTECTED, retry=False, detail=detail)
        for url in selection.unknown:
            if not spider.wants_more() or spider.statistics.queued >= MOST_QUEUED:
                break  # they are pending in the archive
            if spider.mark_seen(url):
                spider.statistics.queued += 1
                yield spider.article_request(url, listing=response.url)
        for url in others:
            if spider.mark_seen(url):
                yield spider.article_request(url, listing=response.url)

    def record_reach(self, endpoint: str, entries: Sequence[Entry], *, ended: bool) -> None:
        """Record how far back the list was read."""
        reach = self.reach.setdefault(endpoint, Reach())
        dates = [entry.published_at for entry in entries if entry.published_at is not None]
        if dates:
            reach.oldest = min([*dates, *([reach.oldest] if reach.oldest else [])])
        reach.last = tuple(entry.url for entry in entries)
        reach.ended = reach.ended or ended

    def is_past(self, entries: Sequence[Entry]) -> bool:
        """Whether all dated entries of a page are older than --since."""
        dated = [entry for entry in entries if entry.published_at or entry.modified_at]
        return bool(dated) and not within_days(dated, self.spider.options.since)


def _is_after(entry: Entry, until: date | None) -> bool:
    day = entry.published_at.date() if entry.published_at else day_of(entry.url)
    return until is not None and day is not None and (day - until).days > 1


def describe_answer(response: Response) -> str:
    """Describe a response that is no list, for people: "HTTP 403", or its media type."""
    if response.status >= 400:
        return f"HTTP {response.status}"
    answer = f"answers with {content_type(response) or 'no type'}"
    requested = requested_url(response)
    return answer if requested == response.url else f"{answer}, redirected from {requested}"
