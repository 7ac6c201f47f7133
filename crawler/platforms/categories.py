"""Platform for category pages, which every newspaper has.

A walk requests a category's pages, newest first, and stops at a page that lists no unknown article. A category's first
walk, and any walk that was interrupted, is a backlog: it continues to the end, past known articles, since those may
have been found in another category. `--full` makes every walk a backlog.
"""

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Any, ClassVar
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response

from crawler.listings import cards, links, menus, paging
from crawler.platforms.base import SiteSpider
from crawler.platforms.endpoint_walk import Reach
from crawler.platforms.responses import capture_of, content_type, root_of
from crawler.platforms.walks.number_set import NumberSet
from crawler.site import Selectors
from crawler.themes import recognise, theme_named
from storage.records import Discovery, Found
from storage.urls import key_number

MOST_PAGES = 2000  # of one walk; an endless calendar or pager is a trap, and is reported
MOST_LINKS = 2000  # of one page; newspapers list 10 to 100
FEW_LINKS = 3  # a page with fewer article links may be an article


class CategorySpider(SiteSpider):
    """Crawls category pages: the declared ones, or those that the home page's menus link to.

    Hooks: `article_urls(response)` and `next_page(response)`. targets: URLs of categories or articles that the user
    named; then only these are crawled.
    """

    targets: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.category_reach: dict[str, Reach] = {}  # by the first page of a category
        self._first_pages: dict[str, str] = {}  # page of a category to the category's first page

    def seeds(self) -> Iterator[Request]:
        """Requests for the user's targets; else for the declared categories; else for the home page and its menus."""
        if self.targets:
            for request in self.walks(self.targets):
                yield request.replace(callback=self.parse_target, cb_kwargs={"backlog": request.cb_kwargs["backlog"]})
        elif self.site.categories:
            yield from self.walks(urljoin(self.site.home, path) for path in self.site.categories)
        else:
            yield self.page_request(self.site.home, self.parse_home, "listing", priority=1)

    def walks(self, urls: Iterable[str]) -> Iterator[Request]:
        """The first request of a walk through each category that this run has not seen.

        All are enqueued before the first is fetched, so that a killed run leaves none out.
        """
        new = [url for url in urls if self.mark_seen(url)]
        first = set(new) if self.options.is_thorough else set(self.frontier.unknown(new))
        listings = [Found(url, "backlog" if url in first else "listing") for url in new]
        self.frontier.enqueue(listings)
        for listing in listings:
            yield self.listing_request(listing.url, backlog=listing.kind == "backlog")

    def parse_home(self, response: Response) -> Iterator[Any]:
        """Parse the home page: walk its categories, and request its articles.

        A home page with next pages is walked like any listing; often it is the only listing with all articles.
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
            self.statistics.note(
                f"{response.url}: its menus name no category (are they made by scripts? then the site needs "
                "browser=True), so only the articles on this page were looked at; name category pages as well"
            )
        yield from self.walks(categories)
        yield from self._articles_of(response, following, backlog=first)

    async def parse_target(self, response: Response, *, backlog: bool) -> AsyncIterator[Any]:
        """Parse a target: an article is archived alone, a listing is walked."""
        if root_of(response) is not None and self.is_ours(response.url) and await self._is_article(response):
            self.statistics.count_listing(1)
            self.statistics.note(f"{response.url}: is an article; it alone was read")
            for item in self.parse_article(response):
                yield item
            return
        for item in self.parse_listing(response, backlog=backlog):
            yield item

    async def _is_article(self, response: Response) -> bool:
        """Whether a page is an article: extraction finds one, and another sign confirms it, as teasers look alike."""
        if self.next_page(response) is not None:
            return False
        extraction = await self.extract(capture_of(response, self.site.name, self.now()))
        if extraction.article is None:
            return False
        stated = extraction.article.published_source in ("json-ld", "meta")
        return stated or links.names_article(response.url) or len(self.article_urls(response)) < FEW_LINKS

    def parse_listing(
        self,
        response: Response,
        *,
        backlog: bool = False,
        page: int = 1,
        previous: str | None = None,
        seen: NumberSet | None = None,
    ) -> Iterator[Any]:
        """Parse one page of a walk: request its articles, and the next page unless the walk ends here."""
        self.mark_seen(response.url)
        tree = root_of(response)
        following = self.next_page(response) if tree is not None else None
        first_page = self._first_pages[response.url] = self._first_pages.get(previous or "", response.url)
        reach = self.category_reach.setdefault(first_page, Reach())
        reach.last, reach.ended = (), tree is not None and following is None
        if tree is None or not self.is_ours(response.url):
            yield from self.unreadable(response)
            return
        if following is not None and (self.has_seen(following) or self.is_past_since(previous)):
            following = None
        if following is not None and page >= MOST_PAGES:
            self.statistics.note(f"{response.url}: stopped after {page:,} pages of one category")
            following = None
        yield from self._articles_of(response, following, backlog=backlog, page=page, seen=seen, reach=reach)

    def unreadable(self, response: Response) -> Iterator[Any]:
        """Yield the item of a listing that is an error response, not HTML, or another site's page."""
        kind = content_type(response).partition(";")[0].strip().lower()
        if response.status < 400 and ("xml" in kind or "rss" in kind) and "html" not in kind:
            self.statistics.note(
                f"{response.url}: is a feed or sitemap ({kind}), no page; name the site's home or category pages"
            )
        yield from self.page_item(response, "listing", links=0)

    def _articles_of(
        self,
        response: Response,
        following: str | None = None,
        *,
        backlog: bool = False,
        page: int = 1,
        seen: NumberSet | None = None,
        reach: Reach | None = None,
    ) -> Iterator[Any]:
        """Request a page's articles and its next page. reach: how far its category was read; None for the home page."""
        urls = self.bounded(response, self.article_urls(response))
        self.statistics.count_listing(len(urls))
        if reach is not None:
            reach.last = tuple(urls)
            self.statistics.walks += page == 1
            self.statistics.empty_walks += page == 1 and not urls
        seen = seen if seen is not None else NumberSet()
        names_new = sum(map(seen.add, map(key_number, urls))) > 0
        if following is not None and urls and not names_new:
            # Some sites return their last page for every higher page number.
            self.statistics.note(f"{response.url}: names only what the pages before it named; its walk ended there")
            following = None
        ours = [url for url in urls if self.is_from_this_run(url)]
        unknown = self.frontier.unknown([url for url in urls if not self.has_seen(url)])
        wanted = [url for url in unknown if self.is_recent(url)]
        # An article that this run found in another category does not show that the walk reached the known ones.
        brings = bool(unknown or ours) and not (unknown and not wanted)
        if following is not None and not (brings or (backlog and urls)):
            following = None
        new_pages = [Found(url, "article") for url in wanted]
        if following is not None:
            new_pages.append(Found(following, "backlog" if backlog else "listing"))
        self.statistics.channel("categories").found += len(urls)
        discoveries = [Discovery(url) for url in urls]
        yield from self.page_item(
            response, "listing", new_pages=new_pages, links=len(urls), channel="categories", discoveries=discoveries
        )
        for url in wanted:
            if self.wants_more() and self.mark_seen(url):
                yield self.article_request(url, listing=response.url)
        if following is not None and self.wants_more():
            self.mark_seen(following)
            yield self.listing_request(following, backlog=backlog, page=page + 1, previous=response.url, seen=seen)

    def bounded(self, response: Response, urls: list[str]) -> list[str]:
        """The site's own URLs among `urls`, at most MOST_LINKS; if there are more, the summary notes it."""
        ours = [url for url in urls if self.is_ours(url)]
        if len(ours) > MOST_LINKS:
            self.statistics.note(f"{response.url}: names {len(ours):,} articles; the first {MOST_LINKS:,} were taken")
        return ours[:MOST_LINKS]

    def is_from_this_run(self, url: str) -> bool:
        """Whether this run has met the article; then it does not show that the walk has reached the known articles."""
        return self.has_seen(url)

    # Hooks

    def article_urls(self, response: Response) -> list[str]:
        """URLs of the listing's articles, in its order."""
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
        """URL of the next, older page of the listing; None on the last."""
        tree = root_of(response)
        if tree is None:
            return None
        return paging.next_page(tree, response.url, selector=self.selectors(response).next_page)

    def selectors(self, response: Response) -> Selectors:
        """The listing selectors for this page: each is the site's own, else its theme's, else none."""
        theme = theme_named(self.site.theme) if self.site.theme else recognise(response.text)
        preset = theme.selectors if theme else Selectors()
        own = self.site.selectors
        return Selectors(links=own.links or preset.links, next_page=own.next_page or preset.next_page)
