"""The platform of sites that list their articles on category pages, which every newspaper has.

A walk goes through a category's pages, newest first, and stops at a page that brings nothing unknown. A category's
first walk, and any walk that was cut short, is its backlog: that one goes on to the end, past what it knows, since
another category may have brought those articles. `--full` makes every walk a backlog.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement
from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler.platforms import links, menus, paging
from crawler.platforms.base import SiteSpider
from crawler.site import Selectors
from crawler.themes import recognise, theme_named
from storage.records import Found

MOST_PAGES = 2000  # of one walk: a calendar or a pager that never ends is a trap, and is reported


class CategorySpider(SiteSpider):
    """Category pages: declared ones, or those that the home page's menus name.

    Hooks: `article_urls(response)` and `next_page(response)`.
    """

    def seeds(self) -> Iterator[Request]:
        """The declared categories; without any, the home page, for its menus."""
        if self.site.categories:
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
        new = [url for url in urls if self.claim(url)]
        first = set(new) if self.options.full else set(self.ledger.unknown(new))
        found = [Found(url, "backlog" if url in first else "listing") for url in new]
        self.ledger.promise(found)
        for listing in found:
            yield self.listing_request(listing.url, backlog=listing.kind == "backlog")

    def parse_home(self, response: Response) -> Iterator[Any]:
        """The home page: its categories, and the articles on it."""
        tree = root_of(response)
        if tree is None or not self.is_ours(response.url):
            yield from self.kept(response, "listing")
            return
        yield from self.walks(menus.category_urls(tree, response.url, is_ours=self.is_ours))
        self.claim(response.url)
        yield from self._articles_of(response)

    def parse_listing(
        self, response: Response, *, backlog: bool = False, page: int = 1, previous: str | None = None
    ) -> Iterator[Any]:
        """One page of a walk: its articles, and the next page unless the walk ends here."""
        self.claim(response.url)
        tree = root_of(response)
        if tree is None or not self.is_ours(response.url):
            yield from self.kept(response, "listing")
            return
        following = self.next_page(response)
        if following is not None and (self.has_claimed(following) or self.is_past_since(previous)):
            following = None
        if following is not None and page >= MOST_PAGES:
            self.tally.notes.append(f"{response.url}: stopped after {page} pages of one category")
            following = None
        yield from self._articles_of(response, following, backlog=backlog, page=page)

    def _articles_of(
        self,
        response: Response,
        following: str | None = None,
        *,
        backlog: bool = False,
        page: int = 1,
    ) -> Iterator[Any]:
        urls = [url for url in self.article_urls(response) if self.is_ours(url)]
        self.tally.listings += 1
        self.tally.links += len(urls)
        ours = [url for url in urls if self.has_claimed(url)]
        unknown = self.ledger.unknown([url for url in urls if not self.has_claimed(url)])
        wanted = [url for url in unknown if self.is_recent(url)]
        # What this run itself found, through another category, says nothing of where the known past begins.
        brings = bool(unknown or ours) and not (unknown and not wanted)
        if following is not None and not (brings or (backlog and urls)):
            following = None
        found = [Found(url, "article") for url in wanted]
        if following is not None:
            found.append(Found(following, "backlog" if backlog else "listing"))
        yield from self.kept(response, "listing", found=found)
        for url in wanted:
            if self.wants_more() and self.claim(url):
                yield self.article_request(url, listing=response.url)
        if following is not None and self.wants_more():
            self.claim(following)
            yield self.listing_request(following, backlog=backlog, page=page + 1, previous=response.url)

    # The hooks

    def article_urls(self, response: Response) -> list[str]:
        """URLs of the articles that this listing lists, in its order."""
        tree = root_of(response)
        if tree is None:
            return []
        selector = self.selectors(response).links
        return links.article_links(tree, response.url, selector=selector, is_ours=self.is_ours)

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
