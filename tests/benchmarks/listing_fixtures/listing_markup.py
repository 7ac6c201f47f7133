"""Listing pages of numbered articles, in markup with meaningless names."""

import lxml.html

from crawler.listings.cards import article_links
from tests.benchmarks.listing_fixtures.listing_pages import headline

HOME = "https://news.example"
FULL = '<div class="a"><a href="URL"><img></a><h3 class="b"><a href="URL">TITLE</a></h3></div>'
OTHER = '<div class="c"><a href="URL"><img></a><h3 class="d"><a href="URL">TITLE</a></h3></div>'
BARE = '<div class="e"><a href="URL">TITLE</a></div>'


def cards(numbers: range, markup: str, path: str = "/news/{}") -> str:
    """A card of each number. markup: with URL and TITLE."""
    return "".join(markup.replace("URL", path.format(1000 + n)).replace("TITLE", headline(n)) for n in numbers)


def listed(body: str, path: str = "/section/sport", title: str = "الصحيفة") -> list[int]:
    """The numbers of the articles found on a page."""
    tree = lxml.html.document_fromstring(f"<html><head><title>{title}</title></head><body>{body}</body></html>")
    links = article_links(tree, HOME + path, selector="", is_ours=lambda url: url.startswith(HOME))
    return [int(url.rpartition("/")[2]) - 1000 for url in links]


def columns(main: str, side: str) -> str:
    """Two columns, each in elements of its own."""
    return (
        f'<div><div class="k"><div class="l">{main}</div></div><div class="m"><div class="n">{side}</div></div></div>'
    )
