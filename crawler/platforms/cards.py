"""Finding a listing's article links: by a selector where one is known, else by the page's own structure.

The links that stand in the page's most frequent card, outside everything that is chrome; with them the links beside
them whose addresses have the same shape. A home page has several lists: there all cards count.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from crawler.platforms.chrome import Chrome
from crawler.platforms.links import link_url, may_be_article
from crawler.platforms.shapes import Shape, shape_of, tells

_MOST_ANCHORS = 10_000  # of one page: 50,000 took six seconds, in which no other site was crawled
_HEADLINE_CHARACTERS = 16  # Arabic headlines are longer than section names; 16 keeps three short words.
_SHORT_HEADLINE = 8  # where the card says that it is one
_FEW = 3  # fewer than any listing has
_HOME_PATH = re.compile(r"/?(?:(?:ar|arabic|home|index|default|main)(?:\.\w{3,5})?/?)?", re.IGNORECASE)
_HOME_CLASS = re.compile(r"(?:^|\s)(?:home|homepage|home-page|front|front-page|is-home)(?:$|\s)", re.IGNORECASE)
_HEADING = re.compile(r"title|head(?:line|ing)|عنوان", re.IGNORECASE)
_PLACES = frozenset(("first", "last", "odd", "even", "active", "alt", "row", "col"))
Card = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Link:
    anchor: HtmlElement
    url: str
    label: str
    card: Card
    shape: Shape


def article_links(
    tree: HtmlElement,
    base_url: str,
    *,
    selector: str,
    is_ours: Callable[[str], bool],
    shapes: frozenset[Shape] = frozenset(),
    trusted: bool = False,
) -> list[str]:
    """Absolute URLs of the listing's articles, in page order, each once. Empty when the page lists none.

    trusted: the selector is the site's own, and means what it says; a theme's may hold of its sidebars as well, and
    is taken for what stands outside them, where anything does. shapes: those that articles of this site are known to
    have (crawler.platforms.shapes); empty: none is known.
    """
    if selector:
        anchors = tree.cssselect(selector)[:_MOST_ANCHORS]
        chosen = _resolved(anchors, base_url, is_ours)
        if chosen and not trusted:
            chrome = Chrome(tree, anchors)
            chosen = _resolved([a for a in anchors if not chrome.holds(a)], base_url, is_ours) or chosen
        if chosen:
            return chosen
    links = _candidates(tree, base_url, is_ours)
    headlines = [link.anchor for link in links if len(link.label) >= _HEADLINE_CHARACTERS]
    found: list[str] = []
    for lenient in (False, True):
        chrome = Chrome(tree, headlines, lenient=lenient)
        outside = [link for link in links if not chrome.holds(link.anchor)]
        more = _listed(outside, shapes, is_home=_is_home(tree, base_url))
        found = more if len(more) > len(found) else found
        if len(found) >= _FEW:
            break
    return found


def _resolved(anchors: Iterable[HtmlElement], base_url: str, is_ours: Callable[[str], bool]) -> list[str]:
    urls = (link_url(anchor, base_url) for anchor in anchors)
    return list(dict.fromkeys(url for url in urls if url is not None and is_ours(url)))


def _candidates(tree: HtmlElement, base_url: str, is_ours: Callable[[str], bool]) -> list[_Link]:
    found = []
    for anchor in islice(tree.iter("a"), _MOST_ANCHORS):
        url = link_url(anchor, base_url)
        if url is None or not is_ours(url) or not may_be_article(url, base_url):
            continue
        label = _label(anchor)
        if len(label) >= _SHORT_HEADLINE:
            found.append(_Link(anchor, url, label, _card(anchor), shape_of(url)))
    return found


def _listed(links: list[_Link], shapes: frozenset[Shape], *, is_home: bool) -> list[str]:
    """Those of the links outside chrome that the page lists."""
    cards: dict[Card, dict[str, _Link]] = defaultdict(dict)
    for link in links:
        if len(link.label) >= _HEADLINE_CHARACTERS:
            cards[link.card].setdefault(link.url, link)
    if not cards:
        return []
    # The listing's cards outnumber a "picked for you" box of the same page; ties go to the longer headlines. What is
    # known to be articles goes before what is not, however often it occurs.
    best = max(cards.values(), key=lambda group: _weight(group.values(), shapes))
    telling = _telling(best.values(), shapes)
    strangers: set[HtmlElement] = set()
    if not is_home and len(best) > 1:
        strangers = _in_other_boxes(list(best.values()))
        best = {url: link for url, link in best.items() if link.anchor not in strangers}
    holder = _common_holder([link.anchor for link in best.values()]) if len(best) > 1 else None
    within = (set(holder.iter("a")) | _above(holder)) - strangers if holder is not None else set()
    chosen: dict[str, None] = {}
    card = next(iter(best.values())).card
    headed = sum(_in_heading(link.anchor) for link in best.values()) * 2 > len(best)
    for link in links:
        if link.anchor in strangers:
            continue
        heading = _in_heading(link.anchor)
        if link.card == card:
            if not telling or link.shape in telling or heading:
                chosen.setdefault(link.url)
        elif len(link.label) < _HEADLINE_CHARACTERS or not (is_home or link.anchor in within):
            continue
        # The first card is often a large one of its own structure; where headlines are headings, so is its own, and
        # what is none is a link in a teaser's text.
        elif link.shape in telling:
            if heading or not headed:
                chosen.setdefault(link.url)
        elif heading and (not telling or (not shapes and link.anchor in within and tells(link.shape))):
            chosen.setdefault(link.url)
    return list(chosen)


def _in_other_boxes(links: list[_Link]) -> set[HtmlElement]:
    """Of cards that are alike, those in boxes with a heading of their own ("latest news"), beside a list without one.

    A section's page has one list, under the section's name; its columns and rows have no headings.
    """
    holder = _common_holder([link.anchor for link in links])
    parts: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for link in links if holder is not None else ():
        path = [link.anchor, *link.anchor.iterancestors()]
        parts[path[max(path.index(holder) - 1, 0)]].append(link.anchor)
    headed = {part for part in parts if _has_own_heading(part)}
    if not any(len(anchors) >= _FEW for part, anchors in parts.items() if part not in headed):
        return set()
    return {anchor for part in headed for anchor in parts[part]}


def _has_own_heading(part: HtmlElement) -> bool:
    """Whether it has a heading before its first link that is no card's."""
    for element in part.iter("h2", "h3", "h4", "h5", "h6", "a"):
        if element.tag == "a":
            if len(_label(element)) >= _HEADLINE_CHARACTERS:
                return False
        elif next(element.iter("a"), None) is None and next(element.iterancestors("a"), None) is None:
            return True
    return False


def _above(holder: HtmlElement) -> set[HtmlElement]:
    """The links of what stands right above the list, in its column: often the newest articles, on large cards."""
    around = holder.getparent()
    if around is None or around.tag in ("body", "html"):
        return set()
    before = (each for each in holder.itersiblings(preceding=True) if not _has_own_heading(each))
    return {anchor for each in before for anchor in each.iter("a")}


def _weight(group: Iterable[_Link], shapes: frozenset[Shape]) -> tuple[int, int, int]:
    links = list(group)
    known = sum(link.shape in shapes for link in links)
    return (known, len(links), sum(len(link.label) for link in links))


def _telling(group: Iterable[_Link], shapes: frozenset[Shape]) -> frozenset[Shape]:
    """Shapes of articles: those known, and those that many of the listing's own cards have. Empty: none tells."""
    counts = Counter(link.shape for link in group)
    many = max(counts.total() // 4, 1)
    own = {shape for shape, count in counts.items() if count >= many and tells(shape)}
    if not own or sum(counts[shape] for shape in own) * 2 < counts.total():
        return frozenset() if not own & shapes else shapes
    return shapes | own


def _is_home(tree: HtmlElement, base_url: str) -> bool:
    if _HOME_PATH.fullmatch(unquote(urlsplit(base_url).path)) and not urlsplit(base_url).query:
        return True
    body = tree.find(".//body")
    return body is not None and bool(_HOME_CLASS.search(body.get("class") or ""))


def _label(anchor: HtmlElement) -> str:
    text = " ".join(anchor.text_content().split())
    return text or (anchor.get("title") or anchor.get("aria-label") or "").strip()


def _in_heading(anchor: HtmlElement) -> bool:
    """Whether the link is, is in, or is around a heading."""
    near = (anchor, *islice(anchor.iterancestors(), 2))
    if any(e.tag in ("h1", "h2", "h3", "h4", "h5", "h6") or _HEADING.search(e.get("class") or "") for e in near):
        return True
    return next(anchor.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is not None


def _card(anchor: HtmlElement) -> Card:
    """Tags and first class tokens of the anchor and the three elements around it: alike for the cards of one list."""
    steps = []
    for around in (anchor, *islice(anchor.iterancestors(), 3)):
        # Tokens with digits are ids of posts or of the place in the list.
        tokens = (t for t in (around.get("class") or "").split() if t not in _PLACES and not any(map(str.isdigit, t)))
        steps.append(f"{around.tag}.{next(tokens, '')}")
    return tuple(steps)


def _common_holder(anchors: list[HtmlElement]) -> HtmlElement | None:
    """The nearest element that holds them all."""
    around = list(anchors[0].iterancestors())
    place = {element: index for index, element in enumerate(around)}
    lowest = 0
    for anchor in anchors[1:]:
        met = next((place[element] for element in anchor.iterancestors() if element in place), len(around))
        lowest = max(lowest, met)
    around = around[lowest:]
    return around[0] if around and around[0].tag not in ("body", "html") else None
