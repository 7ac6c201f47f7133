"""Walks that bring nothing over a stretch of requests, such as through a calendar without end: they are ended.

No pattern of addresses is looked for. What counts is that page after page gives no article that the run had not met.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from crawler.platforms.items import Fetched, Missed, NotModified
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Frontier
from crawler.platforms.walks.number_set import NumberSet
from storage.urls import key_number, url_key

LONGEST = 200  # requests of a walk in a row that bring nothing
TRUST = 4  # a walk that brought articles may have one more such request for each so many of them
PENDING = "pages that earlier runs left"  # the walk that they make together


@dataclass(slots=True)
class Stretch:
    """The newest stretch of one walk: requests in a row that brought nothing. brought: articles before them."""

    requests: int = 0
    brought: int = 0


class WalkStretches:
    """The stretches of one run's walks, each named by the address that it began at.

    A page brings something when it is an article that this run had not met, or names one that the archive has: so a
    thorough walk goes on through what is known. Lists of feeds, sitemaps and REST are judged by their articles.
    """

    def __init__(self, statistics: RunStatistics) -> None:
        """statistics: of the run, where ended walks are noted."""
        self._statistics = statistics
        self._walks: dict[str, Stretch] = {}
        self._walk_of_listing: dict[str, str] = {}
        self._walk_of_article: dict[str, str] = {}  # by URL key, of articles under way
        self._met = NumberSet()  # articles: hashes of those fetched, numbers of the keys of those named

    @property
    def ended(self) -> Collection[str]:
        """The walks of which no further page is to be requested."""
        return self._statistics.ended_walks

    def walk_of(self, listing: str | None) -> str:
        """The walk that a listing belongs to. None: the article was left pending by an earlier run."""
        return PENDING if listing is None else self._walk_of_listing.get(listing, listing)

    def add_listing(self, url: str, walk: str) -> None:
        """Note that a listing is part of a walk."""
        self._walk_of_listing[url] = walk

    def add_article(self, url: str, listing: str | None) -> str:
        """Note that an article was requested because a listing names it; returns the walk."""
        walk = self._walk_of_article[url_key(url)] = self.walk_of(listing)
        return walk

    def note(self, item: Any, frontier: Frontier) -> None:
        """Count a page that was archived, or missed."""
        if isinstance(item, Fetched) and item.kind != "article":
            if item.channel in (None, "categories") or not item.discoveries:
                self._count(self.walk_of(item.capture.url), self._names_known(item, frontier), item.capture.url)
        elif isinstance(item, Fetched | NotModified | Missed) and item.kind == "article":
            url = (item.capture.requested_url or item.capture.url) if isinstance(item, Fetched) else item.url
            walk = self._walk_of_article.pop(url_key(url), None)
            if walk is not None and not (isinstance(item, Missed) and not item.requested):
                self._count(walk, isinstance(item, Fetched) and self._is_met_first(item), url)

    def _names_known(self, item: Fetched, frontier: Frontier) -> bool:
        """Whether a listing names articles that the archive has, and that this run had not met."""
        new = {page.url for page in item.new_pages}
        known = frontier.with_article(each.url for each in item.discoveries if each.url not in new)
        return sum(self._met.add(key_number(url)) for url in known) > 0  # all of them are met now

    def _is_met_first(self, item: Fetched) -> bool:
        article = item.extraction.article if item.extraction is not None else None
        if article is None:
            return False
        return self._met.add(hash((article.title, article.text)))  # a session's number in an address makes no other

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
