"""Find the article links of a listing, by a selector where one is known, else by the page's structure."""

from collections.abc import Callable, Iterable

from lxml.html import HtmlElement

from crawler.html.css import select
from crawler.html.home_words import is_home_class, is_home_url
from crawler.listings.card_lists import cards_of
from crawler.listings.headlines import MOST_ANCHORS, headlines
from crawler.listings.links import link_url
from crawler.listings.listing_furniture import ListingFurniture
from crawler.listings.own_lists import own_links
from crawler.listings.url_patterns import UrlPattern

_FEW = 3  # articles; with fewer, the search is repeated with lenient furniture


def article_links(
    tree: HtmlElement,
    base_url: str,
    *,
    selector: str,
    is_ours: Callable[[str], bool],
    patterns: frozenset[UrlPattern] = frozenset(),
    trusted: bool = False,
) -> list[str]:
    """Absolute URLs of the listing's articles, in page order, each once. Empty when the page lists none.

    trusted: the selector was declared for this site. Matches of a theme's selector in furniture such as sidebars are
    left out, unless all matches are there. patterns: known URL patterns of this site's articles.
    """
    _proxies = list(tree.iter())  # keeps the elements' Python objects alive; else lxml makes new ones each time
    if selector:
        anchors = select(tree, selector)[:MOST_ANCHORS]
        chosen = _resolved(anchors, base_url, is_ours)
        if chosen and not trusted:
            furniture = ListingFurniture(tree, anchors)
            chosen = _resolved([a for a in anchors if not furniture.holds(a)], base_url, is_ours) or chosen
        if chosen:
            return chosen
    links = headlines(tree, base_url, is_ours)
    cards = cards_of(links)
    is_home = _is_home(tree, base_url)
    leading = [card.anchors[0] for card in cards]
    listed: list[HtmlElement] = []
    for lenient in (False, True):
        furniture = ListingFurniture(tree, leading, lenient=lenient)
        more = own_links(cards, furniture, patterns, base_url=base_url, is_home=is_home)
        listed = more if len(more) > len(listed) else listed
        if len(listed) >= _FEW:
            break
    own = set(listed)
    return list(dict.fromkeys(url for anchor, url in links if anchor in own))


def _resolved(anchors: Iterable[HtmlElement], base_url: str, is_ours: Callable[[str], bool]) -> list[str]:
    urls = (link_url(anchor, base_url) for anchor in anchors)
    return list(dict.fromkeys(url for url in urls if url is not None and is_ours(url)))


def _is_home(tree: HtmlElement, base_url: str) -> bool:
    body = tree.find(".//body")
    return is_home_url(base_url) or (body is not None and is_home_class(body.get("class") or ""))
