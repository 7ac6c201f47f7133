"""The links of a home page: endpoints of the site's channels, categories and articles."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.channels.feeds import feed_links, possible_feeds
from crawler.channels.rest import api_links
from crawler.listings import menus

# Any page of a WordPress site links to its theme's files, or states its generator.
_WORDPRESS = ("/wp-content/", "/wp-includes/", 'content="WordPress')


@dataclass(frozen=True, slots=True)
class HomePage:
    """A parsed home page. url: after redirects. articles: empty if category pages are not used.

    following: URL of its next page, if the home page is a paged listing. possible_feeds: plain links that are named
    like feeds.
    """

    url: str
    wordpress: bool
    apis: tuple[str, ...]
    feeds: tuple[str, ...]
    possible_feeds: tuple[str, ...]
    categories: tuple[str, ...]
    articles: tuple[str, ...] = ()
    following: str | None = None


def read_home_page(
    tree: HtmlElement,
    html: str,
    url: str,
    *,
    is_ours: Callable[[str], bool],
    articles: list[str],
    following: str | None,
) -> HomePage:
    """Collect the links of a home page. html: the same page as text."""
    return HomePage(
        url,
        any(mark in html for mark in _WORDPRESS),
        tuple(api_links(tree, url, is_ours=is_ours)),
        tuple(feed_links(tree, url, is_ours=is_ours)),
        tuple(possible_feeds(tree, url, is_ours=is_ours)),
        tuple(menus.category_urls(tree, url, is_ours=is_ours)),
        tuple(articles),
        following,
    )
