"""What all doors share: asking one, taking the articles that it names, and remembering how it fared.

A door that does not answer is a failure of its channel, counted and asked again ever more rarely; it is no error of
the run, which has other channels.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.http.refusals import OverBudget
from crawler.platforms.base import LISTING_PRIORITY, SiteSpider
from crawler.platforms.entries import Entry, within
from crawler.platforms.items import Missed
from crawler.platforms.responses import asked_url, day_of
from storage.records import Channel, Discovery, Endpoint, Found, Kind, Reason

# Articles that wait in memory at once; what a sitemap names beyond that waits in the archive.
MOST_QUEUED = 10_000
MOST_TOLD = 50_000  # articles out of the span asked for, of one page of a list, that are remembered
MOST_EDITED = 500  # known articles that one list may have visited again in a run
# The one that tells most goes first: REST knows which posts have a password, a feed has the newest.
_PRIORITY: dict[Channel, int] = {"rest": 3, "feed": 2, "sitemap": 1, "categories": 0}
ENDPOINT_PRIORITY = LISTING_PRIORITY + max(_PRIORITY.values())
PATIENCE = 3  # failures of a door that once worked, before it is left alone: servers are down for an hour, too
_FIRST_WAIT = timedelta(hours=20)  # less than a day: cron does not strike at the same second every day
_LONGEST_WAIT = timedelta(days=30)


def is_shut(endpoint: Endpoint, now: datetime) -> bool:
    """Whether a door that failed is left alone for now: a day, then two, four, at most 30."""
    failures = endpoint.failures - (PATIENCE if endpoint.good_at is not None else 0)
    if failures <= 0:
        return False
    wait: timedelta = min(_FIRST_WAIT * 2 ** min(failures - 1, 10), _LONGEST_WAIT)
    return now < endpoint.asked_at + wait


@dataclass(slots=True)
class Reach:
    """How far back one list was read in this run. oldest: as its entries say; last: URLs of its last page."""

    oldest: datetime | None = None
    last: tuple[str, ...] = ()
    ended: bool = False  # it was read to its very end


@dataclass(frozen=True, slots=True)
class Taken:
    """What one page of a list brings. unknown: never found before; edited: when each changed that was fetched before.

    postponed: unknown, and younger than a backfill wants: noted for the next crawl, as the list may not come again.
    protected: unknown, and behind a password, so that nobody may ask for them.
    """

    entries: tuple[Entry, ...]
    unknown: tuple[str, ...]
    edited: Mapping[str, datetime]
    postponed: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()


@dataclass(slots=True)
class EndpointWalk:
    """One channel's doors in one run.

    doors: what earlier runs know of them, by URL. tried: what this run knows. reach: by the URL that a walk began at.
    cut: doors of which a page had to wait for the next run.
    """

    spider: SiteSpider
    endpoints: Mapping[str, Endpoint]
    tried: dict[str, Endpoint] = field(default_factory=dict)
    reach: dict[str, Reach] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)

    channel: ClassVar[Channel]
    kind: ClassVar[Kind]

    # What each channel does in its own way

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """Ask a door from its beginning. guess: nobody said that it is there, so it is no failure if it isn't."""
        raise NotImplementedError

    def resume(self, url: str) -> Iterator[Request]:
        """Go on at a page that an earlier run left unread."""
        raise NotImplementedError

    # What they share

    @property
    def is_shut(self) -> bool:
        """Whether any door is left alone for now."""
        return any(is_shut(endpoint, self.spider.now()) for endpoint in self.endpoints.values())

    def may_ask(self, url: str) -> bool:
        """Whether a door that somebody names is not left alone for now."""
        return url not in self.endpoints or not is_shut(self.endpoints[url], self.spider.now())

    def is_known(self, url: str) -> bool:
        """Whether a door was there once; those that were only guessed at wait for the next look at the home page."""
        endpoint = self.endpoints[url]
        return (endpoint.failures == 0 or endpoint.good_at is not None) and self.may_ask(url)

    @property
    def may_guess(self) -> bool:
        """Whether doors may be looked for where nobody says that they are."""
        tried = (*self.endpoints.values(), *self.tried.values())
        return not self.is_shut and not any(endpoint.failures == 0 for endpoint in tried)

    @property
    def works(self) -> bool:
        """Whether any door answered in this run."""
        return any(endpoint.failures == 0 for endpoint in self.tried.values())

    @property
    def is_complete(self) -> bool:
        """Whether a door was ever read as far as it meant to be read."""
        return any(endpoint.good_at is not None for endpoint in (*self.endpoints.values(), *self.tried.values()))

    def good_at(self, url: str) -> datetime | None:
        """The beginning of the last run that read the door as far as it meant to; None: none did."""
        endpoint = self.endpoints.get(url)
        return endpoint.good_at if endpoint else None

    def request(self, url: str, *, callback: Any, conditional: bool = False, **known: Any) -> Request:
        """A request for one page of a list. conditional: an answer of 304 is welcome."""
        spider = self.spider
        meta: dict[str, Any] = {"kind": self.kind}
        if conditional and not spider.options.full:
            meta["validators"] = spider.frontier.validators(url)
        return Request(
            url,
            callback=callback,
            errback=self.unanswered,
            cb_kwargs=known,
            meta=meta,
            priority=LISTING_PRIORITY + _PRIORITY[self.channel],
            dont_filter=True,
        )

    def worked(self, endpoint: str, *, whole: bool) -> None:
        """The door answered. whole: it has been read as far as this run meant to read it."""
        before, now = self.endpoints.get(endpoint), self.spider.now()
        whole = whole and endpoint not in self.cut
        good_at = self.spider.began if whole else (before.good_at if before else None)
        self.tried[endpoint] = Endpoint(self.channel, endpoint, now, good_at)

    def failed(self, endpoint: str, why: str, *, guess: bool = False, later: bool = False) -> None:
        """The door did not answer, or not with what it should hold. later: a page behind a door that did answer."""
        before = self.endpoints.get(endpoint)
        good_at, failures = (before.good_at, before.failures) if before else (None, 0)
        if later:
            self.worked(endpoint, whole=False)
        else:
            self.tried[endpoint] = Endpoint(self.channel, endpoint, self.spider.now(), good_at, failures + 1)
        if not guess:
            self.spider.outcome.channel(self.channel).failures += 1
            self.spider.outcome.details.setdefault(f"{self.channel} channel", f"{endpoint}: {why}")

    def unanswered(self, failure: Failure) -> Iterator[Any]:
        """The network failed, robots.txt forbids the page, its host is given up, or the run's budget is spent."""
        request: Request = failure.request  # type: ignore[attr-defined]
        known = request.cb_kwargs
        if isinstance(failure.value, OverBudget):
            self._cut_short(known["endpoint"])
            return
        why = str(failure.value) or type(failure.value).__name__
        promised = known.get("promised", False)
        if known["endpoint"] is not None:
            self.failed(known["endpoint"], why, guess=known.get("guess", False), later=promised)
        if promised:
            yield from self.spider.missed(failure)

    def _cut_short(self, endpoint: str | None) -> None:
        if endpoint is not None:
            self.cut.add(endpoint)
            if endpoint in self.tried and self.tried[endpoint].failures == 0:
                self.worked(endpoint, whole=False)

    def taken(self, entries: Sequence[Entry], *, dated: bool = True) -> Taken:
        """Of a page's entries, what is wanted: in the span that the run asks for, and unknown or edited.

        dated: whether the dates of their changes are to be believed.
        """
        spider, options = self.spider, self.spider.options
        # Whatever other channel names one, in this run or a later one: there is nothing to read.
        protected = [entry.url for entry in entries if entry.protected and spider.mark_seen(entry.url)]
        public = [entry for entry in entries if not entry.protected]
        spider.url_patterns.learn(entry.url for entry in public)
        in_span = [each for each in within(public, options.since, options.until) if spider.is_recent(each.url)]
        wanted = [entry for entry in in_span if not spider.has_seen(entry.url)]
        if len(in_span) < len(public):
            told = {entry.url for entry in in_span}
            for entry in [each for each in public if each.url not in told][:MOST_TOLD]:
                spider.mark_seen(entry.url)  # category pages state no date, and would have it fetched to see
        unknown = tuple(spider.frontier.unknown([entry.url for entry in wanted]))
        edited: dict[str, datetime] = {}
        if dated and options.max_articles is None:
            now = spider.now()
            times = {e.url: e.modified_at for e in wanted if e.modified_at is not None and e.modified_at <= now}
            edited = {url: times[url] for url in spider.frontier.edited(times)[:MOST_EDITED]}
        younger = [entry.url for entry in public if _is_after(entry, options.until)]
        postponed, shut = spider.frontier.unknown(younger), spider.frontier.unknown(protected)
        return Taken(tuple(public), unknown, edited, tuple(postponed), tuple(shut))

    def keep(
        self, response: Response, taken: Taken, more: Iterable[Found] = (), *, again: bool = False
    ) -> Iterator[Any]:
        """Keep the page with what it names, and ask for the articles.

        more: pages of lists that it names. again: the channel's other lists name these articles too.
        """
        spider = self.spider
        # First: what is kept is not sent again, and would be forgotten if the run were killed in between.
        others = spider.due_revisits.mark_due(taken.edited)
        if not again:
            spider.outcome.channel(self.channel).found += len(taken.entries)
        spider.tally.listings += 1
        spider.tally.links += len(taken.entries)
        yield from spider.kept(
            response,
            self.kind,
            found=[*(Found(url, "article") for url in (*taken.unknown, *taken.postponed)), *more],
            channel=self.channel,
            discoveries=[Discovery(entry.url, entry.published_at) for entry in taken.entries],
        )
        for url in taken.protected:
            told = f"not asked for: {response.url} says that it has a password"
            yield Missed(url, "article", Reason.PROTECTED, retry=False, detail=told)
        for url in taken.unknown:
            if not spider.wants_more() or spider.tally.queued >= MOST_QUEUED:
                break  # they are pending in the archive
            if spider.mark_seen(url):
                spider.tally.queued += 1
                yield spider.article_request(url, listing=response.url)
        for url in others:
            if spider.mark_seen(url):
                yield spider.article_request(url, listing=response.url)

    def note_reach(self, endpoint: str, entries: Sequence[Entry], *, ended: bool) -> None:
        """Remember how far back the list was read."""
        reach = self.reach.setdefault(endpoint, Reach())
        dates = [entry.published_at for entry in entries if entry.published_at is not None]
        if dates:
            reach.oldest = min([*dates, *([reach.oldest] if reach.oldest else [])])
        reach.last = tuple(entry.url for entry in entries)
        reach.ended = reach.ended or ended

    def is_past(self, entries: Sequence[Entry]) -> bool:
        """Whether all dated entries of a page are older than the run wants."""
        dated = [entry for entry in entries if entry.published_at or entry.modified_at]
        return bool(dated) and not within(dated, self.spider.options.since)


def _is_after(entry: Entry, until: date | None) -> bool:
    day = entry.published_at.date() if entry.published_at else day_of(entry.url)
    return until is not None and day is not None and (day - until).days > 1


def answer_of(response: Response) -> str:
    """What a response was, for people: "HTTP 403", or its type."""
    if response.status >= 400:
        return f"HTTP {response.status}"
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return (
        f"answers with {kind or 'no type'}, redirected from {asked_url(response)}"
        if (asked_url(response) != response.url)
        else f"answers with {kind or 'no type'}"
    )
