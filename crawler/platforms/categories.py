"""The platform of sites that list their articles on category pages, which every newspaper has.

A walk goes through a category's pages, newest first, and stops at a page that brings nothing unknown. A category's
first walk, and any walk that was cut short, is its backlog: that one goes on to the end, past what it knows, since
another category may have brought those articles. `--full` makes every walk a backlog.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urljoin

from lxml.html import HtmlElement
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler.listings import cards, links, menus, paging
from crawler.platforms.base import SiteSpider
from crawler.platforms.responses import capture_of
from crawler.site import Selectors
from crawler.themes import recognise, theme_named
from storage.records import Discovery, Found
from storage.urls import url_key

MOST_PAGES = 2000  # of one walk: a calendar or a pager that never ends is a trap, and is reported
MOST_LINKS = 2000  # of one page; newspapers list 10 to 100
FEW_LINKS = 3  # fewer than any listing that is worth a crawl has


class CategorySpider(SiteSpider):
    """Category pages: declared ones, or those that the home page's menus name.

    Hooks: `article_urls(response)` and `next_page(response)`. targets: pages that the caller named in the place of
    the whole site, each a category or an article.
    """

    targets: ClassVar[tuple[str, ...]] = ()

    def seeds(self) -> Iterator[Request]:
        """The caller's targets; else the declared categories; without any, the home page, for its menus."""
        if self.targets:
            for request in self.walks(self.targets):
                yield request.replace(callback=self.parse_target, cb_kwargs={"backlog": request.cb_kwargs["backlog"]})
        elif self.site.categories:
            yield from self.walks(urljoin(self.site.home, path) for path in self.site.categories)
        else:
            yield Request(
                self.site.home,
                callback=self.parse_home,
                errback=self.missed,
                meta={"kind": "listing"},
                priority=1,
                dont_filter=True,
            )

    def walks(self, urls: Iterable[str]) -> Iterator[Request]:
        """A walk through each of these categories that this run has not met yet.

        All are noted as pending before the first is fetched, so that a killed run leaves none out.
        """
        new = [url for url in urls if self.mark_seen(url)]
        first = set(new) if self.options.is_thorough else set(self.frontier.unknown(new))
        found = [Found(url, "backlog" if url in first else "listing") for url in new]
        self.frontier.enqueue(found)
        for listing in found:
            yield self.listing_request(listing.url, backlog=listing.kind == "backlog")

    def parse_home(self, response: Response) -> Iterator[Any]:
        """The home page: its categories, and the articles on it.

        A home page that has next pages is a listing like any other, and often the only one of all articles.
        """
        tree = root_of(response)
        if tree is None or not self.is_ours(response.url):
            yield from self.unreadable(response)
            return
        first = self.options.is_thorough or bool(self.frontier.unknown([response.url]))
        categories = menus.category_urls(tree, response.url, is_ours=self.is_ours)
        following = self.next_page(response)
        self.mark_seen(response.url)
        if not categories and following is None:
            self.note(
                f"{response.url}: its menus name no category (are they made by scripts? then the site needs "
                "browser=True), so only the articles on this page were looked at; name category pages as well"
            )
        yield from self.walks(categories)
        yield from self._articles_of(response, following, backlog=first, category=False)

    async def parse_target(self, response: Response, *, backlog: bool) -> AsyncIterator[Any]:
        """A page that somebody named: an article, which is archived alone, or a listing, which is walked."""
        if root_of(response) is not None and self.is_ours(response.url) and await self._is_article(response):
            self.tally.listings += 1
            self.tally.links += 1
            self.note(f"{response.url}: is an article; it alone was read")
            for item in self.kept(response, "article"):
                yield item
            return
        for item in self.parse_listing(response, backlog=backlog):
            yield item

    async def _is_article(self, response: Response) -> bool:
        """By what reading makes of it; but a list of teasers may pass for an article's text, so more must agree."""
        if self.next_page(response) is not None:
            return False
        reading = await self.frontier.read(capture_of(response, self.site.name, self.now()))
        if not reading.articles:
            return False
        stated = reading.articles[0].published_source in ("json-ld", "meta")
        return stated or links.names_article(response.url) or len(self.article_urls(response)) < FEW_LINKS

    def parse_listing(
        self,
        response: Response,
        *,
        backlog: bool = False,
        page: int = 1,
        previous: str | None = None,
        seen: frozenset[str] = frozenset(),
    ) -> Iterator[Any]:
        """One page of a walk: its articles, and the next page unless the walk ends here."""
        self.mark_seen(response.url)
        tree = root_of(response)
        if tree is None or not self.is_ours(response.url):
            yield from self.unreadable(response)
            return
        following = self.next_page(response)
        if following is not None and (self.has_seen(following) or self.is_past_since(previous)):
            following = None
        if following is not None and page >= MOST_PAGES:
            self.note(f"{response.url}: stopped after {page:,} pages of one category")
            following = None
        yield from self._articles_of(response, following, backlog=backlog, page=page, seen=seen)

    def unreadable(self, response: Response) -> Iterator[Any]:
        """A page that should have been a listing and is an error, no HTML, or another site's."""
        kind = (response.headers.get("Content-Type") or b"").decode("latin-1").partition(";")[0].strip().lower()
        if response.status < 400 and ("xml" in kind or "rss" in kind) and "html" not in kind:
            self.note(f"{response.url}: is a feed or sitemap ({kind}), no page; name the site's home or category pages")
        yield from self.kept(response, "listing", links=0)

    def _articles_of(
        self,
        response: Response,
        following: str | None = None,
        *,
        backlog: bool = False,
        page: int = 1,
        seen: frozenset[str] = frozenset(),
        category: bool = True,
    ) -> Iterator[Any]:
        urls = self.bounded(response, self.article_urls(response))
        self.tally.listings += 1
        self.tally.links += len(urls)
        if page == 1 and category:
            self.tally.walks += 1
            self.tally.barren += not urls
        keys = frozenset(url_key(url) for url in urls)
        if following is not None and keys and keys <= seen:
            # Some sites serve their last page for every number past it.
            self.note(f"{response.url}: names only what the pages before it named; its walk ended there")
            following = None
        ours = [url for url in urls if self.leads_on(url)]
        unknown = self.frontier.unknown([url for url in urls if not self.has_seen(url)])
        wanted = [url for url in unknown if self.is_recent(url)]
        # What this run itself found, through another category, says nothing of where the known past begins.
        brings = bool(unknown or ours) and not (unknown and not wanted)
        if following is not None and not (brings or (backlog and urls)):
            following = None
        found = [Found(url, "article") for url in wanted]
        if following is not None:
            found.append(Found(following, "backlog" if backlog else "listing"))
        self.outcome.channel("categories").found += len(urls)
        discoveries = [Discovery(url) for url in urls]
        yield from self.kept(
            response, "listing", found=found, links=len(urls), channel="categories", discoveries=discoveries
        )
        for url in wanted:
            if self.wants_more() and self.mark_seen(url):
                yield self.article_request(url, listing=response.url)
        if following is not None and self.wants_more():
            self.mark_seen(following)
            yield self.listing_request(
                following, backlog=backlog, page=page + 1, previous=response.url, seen=seen | keys
            )

    def bounded(self, response: Response, urls: list[str]) -> list[str]:
        """The first 2,000 of them that are the site's own; more is said in the summary."""
        ours = [url for url in urls if self.is_ours(url)]
        if len(ours) > MOST_LINKS:
            self.note(f"{response.url}: names {len(ours):,} articles; the first {MOST_LINKS:,} were taken")
        return ours[:MOST_LINKS]

    def leads_on(self, url: str) -> bool:
        """Whether a known article on a page is no sign that the walk has come to the known past."""
        return self.has_seen(url)

    # The hooks

    def article_urls(self, response: Response) -> list[str]:
        """URLs of the articles that this listing lists, in its order."""
        tree = root_of(response)
        if tree is None:
            return []
        selector = self.selectors(response).links
        return cards.article_links(
            tree,
            response.url,
            selector=selector,
            is_ours=self.is_ours,
            patterns=self.url_patterns.known,
            trusted=bool(self.site.selectors.links),
        )

    def next_page(self, response: Response) -> str | None:
        """URL of the next, older page of this listing; None on the last."""
        tree = root_of(response)
        if tree is None:
            return None
        return paging.next_page(tree, response.url, selector=self.selectors(response).next_page)

    def selectors(self, response: Response) -> Selectors:
        """The listing selectors that hold for this page: the site's own, then its theme's, then none."""
        theme = theme_named(self.site.theme) if self.site.theme else recognise(response.text)
        preset = theme.selectors if theme else Selectors()
        own = self.site.selectors
        return Selectors(links=own.links or preset.links, next_page=own.next_page or preset.next_page)


def root_of(response: Response) -> HtmlElement | None:
    """The page's tree, parsed once a response; None for an error and for what is no HTML."""
    if response.status >= 400 or not isinstance(response, TextResponse) or not response.body.strip():
        return None
    root = response.selector.root
    return root if isinstance(root, HtmlElement) else None
