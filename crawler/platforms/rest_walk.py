"""Walk through the posts of WordPress's REST API: the newest, and those edited since the last run.

Many sites close their API; then the other channels are used.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.channels.rest import FIELDS_QUERY, PAGE_SIZE, Posts, posts_url, read_posts
from crawler.platforms.endpoint_walk import EndpointWalk, describe_answer
from storage.records import Channel, Found, Kind

MOST_PAGES = 20_000  # of one list
_CLOSED = frozenset((401, 403))
_MARGIN = timedelta(hours=1)  # the clocks of two hosts differ
_PAGE = re.compile(r"&page=(\d+)$")


@dataclass(slots=True)
class RestWalk(EndpointWalk):
    """Walks through an API's posts. An endpoint is the URL of the list, with or without a choice of fields.

    then: returns the requests to send when all lists are read. open: number of requested list pages without a response.
    """

    then: Callable[[], Iterable[Request]] = tuple
    open: int = 0

    channel: ClassVar[Channel] = "rest"
    kind: ClassVar[Kind] = "rest"

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """Request the newest posts, and those edited since the last good run; in a backfill, those of its days."""
        if url in self.endpoints and self.endpoints[url].failures == 0:
            forms = [url]
        else:
            plain = posts_url(url.partition("&_fields=")[0])
            forms = [f"{plain}&{FIELDS_QUERY}", plain]
        yield from self._walk(forms, guess=guess)

    def _walk(self, forms: list[str], *, guess: bool) -> Iterator[Request]:
        options = self.spider.options
        endpoint, good_at = forms[0], self.good_at(forms[0])
        goes_on = good_at is None or options.is_thorough
        if options.backfill and options.since is not None:
            span = _span(options.since, options.until)
            yield self._page(f"{endpoint}&{span}", endpoint, forms=forms, goes_on=True, guess=guess, spanned=True)
            return
        yield self._page(endpoint, endpoint, forms=forms, goes_on=goes_on, guess=guess)
        if good_at is not None and not options.full and options.max_articles is None:
            # The list above is ordered by publication, so edits of older posts are not in it. They are in this list,
            # which in turn lacks a post that was written long ago and published today.
            since = (good_at - _MARGIN).strftime("%Y-%m-%dT%H:%M:%SZ")
            edits = f"{endpoint}&orderby=modified&modified_after={since}"
            yield self.request(f"{edits}&page=1", callback=self.parse_edits, endpoint=endpoint, page=1, edits=edits)

    def resume(self, url: str) -> Iterator[Request]:
        """Continue a backlog at a later page that an earlier run left pending."""
        listing = _PAGE.sub("", url)
        if self.spider.mark_seen(url):
            endpoint = listing.partition("&after=")[0]
            self.open += 1
            arguments: dict[str, Any] = {"listing": listing, "page": _number_of(url), "goes_on": True, "enqueued": True}
            yield self.request(url, callback=self.parse, endpoint=endpoint, **arguments)

    def _page(self, listing: str, endpoint: str, *, number: int = 1, **arguments: Any) -> Request:
        url = f"{listing}&page={number}"
        self.spider.mark_seen(url)
        self.open += 1
        return self.request(url, callback=self.parse, endpoint=endpoint, listing=listing, page=number, **arguments)

    def parse(self, response: Response, **arguments: Any) -> Iterator[Any]:
        """Parse one page of posts, newest first; request the next one, and after the last the requests of `then`."""
        yield from self._posts(response, **arguments)
        yield from self._close_page()

    def unanswered(self, failure: Failure) -> Iterator[Any]:
        """Errback, as for every endpoint."""
        yield from EndpointWalk.unanswered(self, failure)  # no super(): slots=True creates a new class
        if "edits" not in failure.request.cb_kwargs:  # type: ignore[attr-defined]
            yield from self._close_page()

    def _close_page(self) -> Iterator[Request]:
        self.open -= 1
        if not self.open:
            yield from self.then()

    def _posts(
        self,
        response: Response,
        *,
        endpoint: str,
        listing: str,
        page: int,
        goes_on: bool,
        forms: list[str] | None = None,
        guess: bool = False,
        spanned: bool = False,
        enqueued: bool = False,
    ) -> Iterator[Any]:
        """Select and request a page's posts. forms: spellings of the endpoint. goes_on: continue past known articles.

        spanned: the URL asks for certain days.
        """
        if enqueued and response.status == 400:  # the list has shrunk, and ends before this page
            self.record_answer(endpoint, complete=True)
            yield from self.spider.page_item(response, self.kind)
            return
        posts = self._posts_of(response)
        if posts is None:
            yield from self._not_posts(response, endpoint, forms or [], guess=guess, spanned=spanned, enqueued=enqueued)
            return
        selection = self.select(posts.entries)
        total = _header(response, "X-WP-TotalPages")
        last = posts.count < PAGE_SIZE if total is None else page >= total
        on = not last and page < MOST_PAGES and not self.is_past(posts.entries) and (goes_on or bool(selection.unknown))
        following = f"{listing}&page={page + 1}"
        on = on and not self.spider.has_seen(following)
        self.record_reach(endpoint, posts.entries, ended=last)
        if goes_on:
            self.spider.statistics.expect_articles(_header(response, "X-WP-Total"))
            self.spider.statistics.already_known += posts.count - len(selection.unknown)
        self.record_answer(endpoint, complete=not on)
        yield from self.emit(response, selection, [Found(following, self.kind)] if on else [])
        if on and self.spider.wants_more():
            yield self._page(listing, endpoint, number=page + 1, goes_on=goes_on, enqueued=True)
        elif on:
            self.record_answer(endpoint, complete=False)

    def _posts_of(self, response: Response) -> Posts | None:
        rules = self.spider.list_rules()
        return read_posts(response.body, response.url, rules) if response.status < 400 else None

    def _not_posts(
        self, response: Response, endpoint: str, forms: list[str], *, guess: bool, spanned: bool, enqueued: bool
    ) -> Iterator[Any]:
        others = forms[1:]
        if spanned and response.status not in _CLOSED:  # it can't select days: read the complete list, from today
            yield self._page(endpoint, endpoint, forms=forms, goes_on=True, guess=guess)
        elif others and response.status not in _CLOSED and response.status < 500:
            yield from self._walk(others, guess=guess)
        else:
            self.record_failure(endpoint, describe_answer(response), guess=guess, later=enqueued)
            if enqueued:
                yield from self.spider.page_item(response, self.kind, links=0)

    def parse_edits(self, response: Response, *, endpoint: str, page: int, edits: str) -> Iterator[Any]:
        """Parse posts edited since the last good run. If this is no list, it is no failure: the main list answered."""
        posts = self._posts_of(response)
        if posts is None:
            return
        selection = self.select(posts.entries)
        yield from self.emit(response, selection, again=True)
        if (selection.unknown or selection.edited) and posts.count >= PAGE_SIZE and page < MOST_PAGES:
            following = f"{edits}&page={page + 1}"
            yield self.request(following, callback=self.parse_edits, endpoint=endpoint, page=page + 1, edits=edits)


def _span(since: date, until: date | None) -> str:
    """The query for posts of these days, and a day before and after: WordPress compares in the site's own time."""
    after = f"after={since - timedelta(days=1)}T00:00:00"
    return after if until is None else f"{after}&before={until + timedelta(days=2)}T00:00:00"


def _number_of(url: str) -> int:
    match = _PAGE.search(url)
    return int(match[1][:9]) if match else 1


def _header(response: Response, name: str) -> int | None:
    """The whole number in a header of the response; None without one."""
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return int(value) if value.isdecimal() and len(value) <= 9 else None
