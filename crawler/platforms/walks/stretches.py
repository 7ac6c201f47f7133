"""Ends walks that find no article over a stretch of requests, such as through an endless calendar.

No pattern of URLs is used as a sign of a trap: a walk is ended when a long row of its pages had no article that was new
to the run.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from crawler.platforms.items import Fetched, Missed, NotModified
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Frontier
from crawler.platforms.walks.number_set import NumberSet
from storage.urls import key_number, url_key

LONGEST = 200  # requests in a row of one walk that find no article
TRUST = 4  # each four articles that a walk has found allow one more such request
PENDING = "pages that earlier runs left"  # these count as one walk


@dataclass(slots=True)
class Stretch:
    """The last stretch of one walk. requests: in a row, that found no article. brought: articles before them."""

    requests: int = 0
    brought: int = 0


class WalkStretches:
    """The stretches of one run's walks, each named by its first URL.

    A page finds an article if it is one that this run had not met, or lists one that the archive has, so that a
    thorough walk goes on past known articles. Lists of feeds, sitemaps and REST are judged by their articles.
    """

    def __init__(self, statistics: RunStatistics) -> None:
        """statistics: the run's, where ended walks are recorded."""
        self._statistics = statistics
        self._walks: dict[str, Stretch] = {}
        self._walk_of_listing: dict[str, str] = {}
        self._walk_of_article: dict[str, str] = {}  # by URL key, of articles under way
        self._met = NumberSet()  # hashes of the articles fetched, and key numbers of the known articles listed

    @property
    def ended(self) -> Collection[str]:
        """The walks whose further pages must not be requested."""
        return self._statistics.ended_walks

    def walk_of(self, listing: str | None) -> str:
        """The walk that a listing belongs to. None: the article was left pending by an earlier run."""
        return PENDING if listing is None else self._walk_of_listing.get(listing, listing)

    def add_listing(self, url: str, walk: str) -> None:
        """Record that a listing is part of a walk."""
        self._walk_of_listing[url] = walk

    def add_article(self, url: str, listing: str | None) -> str:
        """Record that an article was requested because a listing links to it; returns the walk."""
        walk = self._walk_of_article[url_key(url)] = self.walk_of(listing)
        return walk

    def note(self, item: Any, frontier: Frontier) -> None:
        """Count a page that was archived or missed."""
        if isinstance(item, Fetched) and item.kind != "article":
            if item.channel in (None, "categories") or not item.discoveries:
                self._count(self.walk_of(item.capture.url), self._names_known(item, frontier), item.capture.url)
        elif isinstance(item, Fetched | NotModified | Missed) and item.kind == "article":
            url = (item.capture.requested_url or item.capture.url) if isinstance(item, Fetched) else item.url
            walk = self._walk_of_article.pop(url_key(url), None)
            if walk is not None and not (isinstance(item, Missed) and not item.requested):
                self._count(walk, isinstance(item, Fetched) and self._is_met_first(item), url)

    def _names_known(self, item: Fetched, frontier: Frontier) -> bool:
        """Whether a listing has links to articles that the archive has and this run had not met."""
        new = {page.url for page in item.new_pages}
        known = frontier.with_article(each.url for each in item.discoveries if each.url not in new)
        return sum(self._met.add(key_number(url)) for url in known) > 0  # a sum, so that all of them are added

    def _is_met_first(self, item: Fetched) -> bool:
        article = item.extraction.article if item.extraction is not None else None
        if article is None:
            return False
        return self._met.add(hash((article.title, article.text)))  # not the URL, which may hold a session number

    def _count(self, walk: str, brings: bool, url: str) -> None:
        stretch = self._walks.setdefault(walk, Stretch())
        if brings:
            stretch.requests, stretch.brought = 0, stretch.brought + 1
            return
        stretch.requests += 1
        if stretch.requests >= LONGEST + stretch.brought // TRUST and walk not in self.ended:
            self._statistics.ended_walks.append(walk)
            self._statistics.note(
                f"{walk}: ended there, as {stretch.requests} requests in a row brought no article that was not met "
                f"before; the last was {url}"
            )
