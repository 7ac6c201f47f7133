"""What a home page tells of the ways into its site: the doors that it names, its categories, its articles."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.listings import menus
from crawler.platforms.feeds import feed_links
from crawler.platforms.rest import api_links

# Any page of a WordPress links to its theme's files, or says what made it.
_WORDPRESS = ("/wp-content/", "/wp-includes/", 'content="WordPress')


@dataclass(frozen=True, slots=True)
class Front:
    """A home page that was read. url: where it answered. following: its next page, where it is a paged listing.

    articles: empty where category pages are not used.
    """

    url: str
    wordpress: bool
    apis: tuple[str, ...]
    feeds: tuple[str, ...]
    categories: tuple[str, ...]
    articles: tuple[str, ...] = ()
    following: str | None = None


def read_front(
    tree: HtmlElement,
    html: str,
    url: str,
    *,
    is_ours: Callable[[str], bool],
    articles: list[str],
    following: str | None,
) -> Front:
    """The home page's own word on all that. html: the same page as text."""
    return Front(
        url,
        any(mark in html for mark in _WORDPRESS),
        tuple(api_links(tree, url, is_ours=is_ours)),
        tuple(feed_links(tree, url, is_ours=is_ours)),
        tuple(menus.category_urls(tree, url, is_ours=is_ours)),
        tuple(articles),
        following,
    )
