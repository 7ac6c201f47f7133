"""WordPress's REST API: a hundred posts a request, with their dates, and what was edited since the last run.

https://developer.wordpress.org/rest-api/reference/posts/. Many sites close it; then other channels do its work.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

import orjson
from lxml.html import HtmlElement
from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.platforms.endpoint_walk import EndpointWalk, answer_of
from crawler.platforms.entries import Entry, entry_url, instant
from storage.records import Channel, Found, Kind

PAGE_SIZE = 100  # the most that WordPress gives
MOST_PAGES = 20_000
# A tenth of a per cent of the bytes. Caches and firewalls before some sites answer only the queries that they know,
# so that the whole form is asked where this one gives nothing.
_FIELDS = "_fields=id,link,date_gmt,modified_gmt,content.protected"
_CLOSED = frozenset((401, 403))
_MARGIN = timedelta(hours=1)  # two clocks are never the same
_PAGE = re.compile(r"&page=(\d+)$")


@dataclass(frozen=True, slots=True)
class Posts:
    """One page of posts. count: how many it holds, those that are no entries too."""

    entries: tuple[Entry, ...]
    count: int


def read_posts(body: bytes, base_url: str, *, is_ours: Callable[[str], bool]) -> Posts | None:
    """The posts of a page, in its order; None when the bytes are no list of posts. Never raises."""
    try:
        listed = orjson.loads(body)
    except ValueError:
        return None
    if not isinstance(listed, list) or not all(isinstance(post, dict) for post in listed):
        return None
    entries = [_entry(post, base_url, is_ours) for post in listed[: 10 * PAGE_SIZE]]
    found = tuple(entry for entry in entries if entry is not None)
    return None if listed and not found else Posts(found, len(listed))


def _entry(post: dict[str, Any], base_url: str, is_ours: Callable[[str], bool]) -> Entry | None:
    url = entry_url(base_url, _text(post.get("link")), is_ours)
    if url is None:
        return None
    content = post.get("content")
    protected = isinstance(content, dict) and content.get("protected") is True
    published, modified = instant(_text(post.get("date_gmt"))), instant(_text(post.get("modified_gmt")))
    return Entry(url, published, modified, protected)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def api_links(tree: HtmlElement, base_url: str, *, is_ours: Callable[[str], bool]) -> list[str]:
    """The REST API that a page names in its head: at most one."""
    for link in tree.cssselect('link[rel="https://api.w.org/"][href]'):
        url = entry_url(base_url, link.get("href"), is_ours)
        if url is not None:
            return [url]
    return []


def posts_url(api: str) -> str:
    """Where the posts of an API are, with the query that asks for a full page of them. api: its root."""
    parts = urlsplit(api)
    if "rest_route=" in parts.query:  # a WordPress that does not rewrite addresses
        return parts._replace(query=f"rest_route=/wp/v2/posts&per_page={PAGE_SIZE}").geturl()
    path = parts.path.rstrip("/").removesuffix("/wp/v2/posts")
    return parts._replace(path=f"{path}/wp/v2/posts", query=f"per_page={PAGE_SIZE}").geturl()


@dataclass(slots=True)
class RestWalk(EndpointWalk):
    """Walks through an API's posts. A door is the URL of the list, with or without the choice of fields.

    then: what to ask for when all of them are told. open: pages of lists that were asked for and have not answered.
    """

    then: Callable[[], Iterable[Request]] = tuple
    open: int = 0

    channel: ClassVar[Channel] = "rest"
    kind: ClassVar[Kind] = "rest"

    def begin(self, url: str, *, guess: bool = False) -> Iterator[Request]:
        """The newest posts, and those edited since the last good run; in a backfill, those of its span."""
        if url in self.endpoints and self.endpoints[url].failures == 0:
            forms = [url]
        else:
            plain = posts_url(url.partition("&_fields=")[0])
            forms = [f"{plain}&{_FIELDS}", plain]
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
            # Ordered by publication, the list above shows no edit of an older post. This one would not show a post
            # that was written long ago for today.
            since = (good_at - _MARGIN).strftime("%Y-%m-%dT%H:%M:%SZ")
            edits = f"{endpoint}&orderby=modified&modified_after={since}"
            yield self.request(f"{edits}&page=1", callback=self.parse_edits, endpoint=endpoint, page=1, edits=edits)

    def resume(self, url: str) -> Iterator[Request]:
        """Go on with a backlog at one of its later pages."""
        listing = _PAGE.sub("", url)
        if self.spider.mark_seen(url):
            endpoint = listing.partition("&after=")[0]
            self.open += 1
            known: dict[str, Any] = {"listing": listing, "page": _number_of(url), "goes_on": True, "promised": True}
            yield self.request(url, callback=self.parse, endpoint=endpoint, **known)

    def _page(self, listing: str, endpoint: str, *, number: int = 1, **known: Any) -> Request:
        url = f"{listing}&page={number}"
        self.spider.mark_seen(url)
        self.open += 1
        return self.request(url, callback=self.parse, endpoint=endpoint, listing=listing, page=number, **known)

    def parse(self, response: Response, **known: Any) -> Iterator[Any]:
        """One page of posts, newest first, and the next one; after the last, what waited for it."""
        yield from self._posts(response, **known)
        yield from self._answered()

    def unanswered(self, failure: Failure) -> Iterator[Any]:
        """As for every door."""
        yield from EndpointWalk.unanswered(self, failure)  # no super(): slots make the class anew
        if "edits" not in failure.request.cb_kwargs:  # type: ignore[attr-defined]
            yield from self._answered()

    def _answered(self) -> Iterator[Request]:
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
        promised: bool = False,
    ) -> Iterator[Any]:
        """goes_on: also past what is known."""
        if promised and response.status == 400:  # the list has shrunk: that is its end
            self.worked(endpoint, whole=True)
            yield from self.spider.kept(response, self.kind)
            return
        posts = read_posts(response.body, response.url, is_ours=self.spider.is_ours) if response.status < 400 else None
        if posts is None:
            yield from self._not_posts(response, endpoint, forms or [], guess=guess, spanned=spanned, promised=promised)
            return
        taken = self.taken(posts.entries)
        total = _header(response, "X-WP-TotalPages")
        last = posts.count < PAGE_SIZE if total is None else page >= total
        on = not last and page < MOST_PAGES and not self.is_past(posts.entries) and (goes_on or bool(taken.unknown))
        following = f"{listing}&page={page + 1}"
        on = on and not self.spider.has_seen(following)
        self.note_reach(endpoint, posts.entries, ended=last)
        if goes_on:
            self.spider.expect(_header(response, "X-WP-Total"))
            self.spider.outcome.passed += posts.count - len(taken.unknown)
        self.worked(endpoint, whole=not on)
        yield from self.keep(response, taken, [Found(following, self.kind)] if on else [])
        if on and self.spider.wants_more():
            yield self._page(listing, endpoint, number=page + 1, goes_on=goes_on, promised=True)
        elif on:
            self.worked(endpoint, whole=False)

    def _not_posts(
        self, response: Response, endpoint: str, forms: list[str], *, guess: bool, spanned: bool, promised: bool
    ) -> Iterator[Any]:
        others = forms[1:]
        if spanned and response.status not in _CLOSED:  # it does not know the span: then the whole list, from today
            yield self._page(endpoint, endpoint, forms=forms, goes_on=True, guess=guess)
        elif others and response.status not in _CLOSED and response.status < 500:
            yield from self._walk(others, guess=guess)
        else:
            self.failed(endpoint, answer_of(response), guess=guess, later=promised)
            if promised:
                yield from self.spider.kept(response, self.kind, links=0)

    def parse_edits(self, response: Response, *, endpoint: str, page: int, edits: str) -> Iterator[Any]:
        """Posts edited since the last good run. A server that can't tell is no failure: the main list answered."""
        posts = read_posts(response.body, response.url, is_ours=self.spider.is_ours) if response.status < 400 else None
        if posts is None:
            return
        taken = self.taken(posts.entries)
        yield from self.keep(response, taken, again=True)
        if (taken.unknown or taken.edited) and posts.count >= PAGE_SIZE and page < MOST_PAGES:
            following = f"{edits}&page={page + 1}"
            yield self.request(following, callback=self.parse_edits, endpoint=endpoint, page=page + 1, edits=edits)


def _span(since: date, until: date | None) -> str:
    """A day's grace on both sides: WordPress counts in the site's own time."""
    after = f"after={since - timedelta(days=1)}T00:00:00"
    return after if until is None else f"{after}&before={until + timedelta(days=2)}T00:00:00"


def _number_of(url: str) -> int:
    found = _PAGE.search(url)
    return int(found[1][:9]) if found else 1


def archives(home: str, since: date, until: date) -> list[str]:
    """WordPress's archives of every month from `until` back to `since`: /2025/10/."""
    months = range(until.year * 12 + until.month - 1, since.year * 12 + since.month - 2, -1)
    return [urljoin(home.rstrip("/") + "/", f"{month // 12:04}/{month % 12 + 1:02}/") for month in months]


def _header(response: Response, name: str) -> int | None:
    value = (response.headers.get(name) or b"").decode("latin-1").strip()
    return int(value) if value.isdecimal() and len(value) <= 9 else None
