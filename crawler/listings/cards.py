"""Cards: the article links of a listing, by a selector where one is known, else by the page's structure.

A card is the largest element that leads to one article only; a list is the element that holds cards side by side. The
richest list outside page furniture is the page's own. Cards beside it in its column, and further lists of the same tag
and class, belong to it where their addresses have the pattern of the site's articles.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from statistics import fmean, median

from lxml.html import HtmlElement

from crawler.html.home_words import is_home_class, is_home_url
from crawler.listings.links import link_url, may_be_article, names_article
from crawler.listings.listing_furniture import DEEPEST, HEADINGS, ListingFurniture, is_heading
from crawler.listings.url_patterns import UrlPattern, article_patterns, is_telling, pattern_of

_MOST_ANCHORS = 10_000  # of one page; 50,000 took six seconds, in which no other site was crawled
_HEADLINE_CHARACTERS = 16  # Arabic headlines are longer than section names; 16 keeps three short words.
_SHORT_HEADLINE = 8  # in a heading, or beside the same link around a picture
_SEVERAL = 4  # times that one page may link to an article: slider, list, most read
_FEW = 3  # articles; a listing has more
_POOR = 0.45  # of the richness of the list's cards; below it is a bare link, no card
_RICH = 0.8  # of it; a lead on a home page has more
_EXCERPT = 25  # letters beside the headline


@dataclass(slots=True, eq=False)
class _Card:
    """One element that leads to one article. richness: its picture, heading and excerpt, beyond a bare link's 1.0."""

    url: str
    holder: HtmlElement
    pattern: UrlPattern
    anchors: list[HtmlElement] = field(default_factory=list)
    richness: float = 1.0


@dataclass(slots=True, eq=False)
class _List:
    holder: HtmlElement
    cards: list[_Card] = field(default_factory=list)

    def weight(self, known: frozenset[UrlPattern], factor: float) -> tuple[int, float]:
        """(cards with known patterns, richness): cards that are articles for certain go before any others."""
        return sum(card.pattern in known for card in self.cards), factor * sum(card.richness for card in self.cards)

    @property
    def make(self) -> tuple[str, str]:
        return self.holder.tag, self.holder.get("class") or ""


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

    trusted: the selector is the site's own. A theme's selector may match in sidebars as well; such matches are
    left out, unless all are there. patterns: those of this site's articles, as far as they are known.
    """
    if selector:
        anchors = tree.cssselect(selector)[:_MOST_ANCHORS]
        chosen = _resolved(anchors, base_url, is_ours)
        if chosen and not trusted:
            furniture = ListingFurniture(tree, anchors)
            chosen = _resolved([a for a in anchors if not furniture.holds(a)], base_url, is_ours) or chosen
        if chosen:
            return chosen
    cards = _cards(_candidates(tree, base_url, is_ours))
    is_home = _is_home(tree, base_url)
    headlines = [card.anchors[0] for card in cards]
    listed: list[HtmlElement] = []
    for lenient in (False, True):
        furniture = ListingFurniture(tree, headlines, lenient=lenient)
        more = _listed(cards, furniture, patterns, is_home=is_home)
        listed = more if len(more) > len(listed) else listed
        if len(listed) >= _FEW:
            break
    order = {anchor: index for index, anchor in enumerate(tree.iter("a"))} if len(listed) > 1 else {}
    return _resolved(sorted(listed, key=lambda anchor: order.get(anchor, 0)), base_url, is_ours)


def _resolved(anchors: Iterable[HtmlElement], base_url: str, is_ours: Callable[[str], bool]) -> list[str]:
    urls = (link_url(anchor, base_url) for anchor in anchors)
    return list(dict.fromkeys(url for url in urls if url is not None and is_ours(url)))


def _candidates(tree: HtmlElement, base_url: str, is_ours: Callable[[str], bool]) -> list[tuple[HtmlElement, str]]:
    """Links that may lead to articles, by their address and their label."""
    candidates = []
    lengths: dict[HtmlElement, int] = {}  # of the texts of paragraphs, each measured once
    for anchor in islice(tree.iter("a"), _MOST_ANCHORS):
        url = link_url(anchor, base_url)
        if url is None or not is_ours(url) or not may_be_article(url, base_url):
            continue
        length = len(_label(anchor))
        if _in_running_text(anchor, length, lengths):
            continue
        # The headline beside a picture leads to the same.
        has_picture = next(anchor.iter("img", "picture"), None) is not None
        if (
            length >= _HEADLINE_CHARACTERS
            or (has_picture and names_article(url))
            or (length >= _SHORT_HEADLINE and _in_heading(anchor))
        ):
            candidates.append((anchor, url))
    # An address that many cards lead to is a section or a tag.
    counts = Counter(url for anchor, url in candidates if anchor.text_content().strip())
    many = max(_SEVERAL, 0.3 * len({url for _, url in candidates}))
    return [(anchor, url) for anchor, url in candidates if counts[url] < many]


def _cards(candidates: list[tuple[HtmlElement, str]]) -> list[_Card]:
    leads: dict[HtmlElement, str | None] = {}  # element to the one article below it; None: several
    for anchor, url in candidates:
        for around in islice((anchor, *anchor.iterancestors()), DEEPEST):
            known = leads.setdefault(around, url)
            if known is None:
                break
            if known != url:
                leads[around] = None
    cards: dict[HtmlElement, _Card] = {}
    for anchor, url in candidates:
        holder = anchor
        for around in islice(anchor.iterancestors(), DEEPEST):
            if leads.get(around) is None or around.tag in ("body", "html"):
                break
            holder = around
        if holder not in cards:
            cards[holder] = _Card(url, holder, pattern_of(url))
        cards[holder].anchors.append(anchor)
    for card in cards.values():
        _enrich(card)
    return list(cards.values())


def _enrich(card: _Card) -> None:
    """Set a card's richness: picture 1.0, heading 0.5, excerpt 1.0; editors give them to the page's own cards."""
    text = " ".join(" ".join(islice(card.holder.itertext(), 200)).split())
    headline = max(len(_label(anchor)) for anchor in card.anchors)
    has_picture = next(card.holder.iter("img", "picture", "amp-img", "figure"), None) is not None
    is_headed = any(map(_in_heading, card.anchors))
    card.richness = 1.0 + has_picture + 0.5 * is_headed + (len(text) - headline >= _EXCERPT)


def _listed(
    cards: list[_Card], furniture: ListingFurniture, known: frozenset[UrlPattern], *, is_home: bool
) -> list[HtmlElement]:
    """The links of the cards that are the page's own listing."""
    lists: dict[HtmlElement, _List] = {}
    others: list[HtmlElement] = []
    for card in cards:
        parent = card.holder.getparent()
        if parent is None:
            continue
        # The names of a card's parts ("card-header") do not count, but a menu may lead to one article only.
        if furniture.holds(card.holder) or _in_menu(card):
            others.append(parent)
        else:
            lists.setdefault(parent, _List(parent)).cards.append(card)
    if not lists:
        return []
    # On a section's page a box with its own heading ("latest") is less likely the list.
    headed = set() if is_home else {each for each in lists.values() if _stands_under_heading(each)}
    plain = {each for each in lists.values() if not any(is_telling(card.pattern) for card in each.cards)}
    factors = {each: (0.5 if each in headed else 1.0) * (0.3 if each in plain else 1.0) for each in lists.values()}
    best = max(lists.values(), key=lambda each: each.weight(known, factors[each]))
    column = _column(best.holder, others)
    beside = [each for each in lists.values() if column in (each.holder, *islice(each.holder.iterancestors(), DEEPEST))]
    # Home pages stack rows of a column and a sidebar, with the same kind of list in each.
    makes = {each.make for each in beside if len(each.cards) > 1}
    again = [each for each in lists.values() if len(each.cards) > 1 and each.make in makes]
    if best not in headed:
        beside, again = ([each for each in group if each not in headed] for group in (beside, again))
    if is_home:  # the lead above the lists may have another tag or class, and is as rich
        rich = _RICH * median(card.richness for card in best.cards)
        again += [each for each in lists.values() if fmean(card.richness for card in each.cards) >= rich]
    own = [card.pattern for card in best.cards]
    patterns = known.intersection(own) or article_patterns(own, known) or set(own)
    least = _POOR * median(card.richness for card in best.cards)
    return [
        anchor
        for each in dict.fromkeys([*beside, *again])
        for card in each.cards
        if (each is best and not (patterns & known)) or (card.richness >= least and card.pattern in patterns)
        for anchor in card.anchors
    ]


def _in_menu(card: _Card) -> bool:
    for around in card.anchors[0].iterancestors():
        if around is card.holder:
            return False
        if around.tag in ("nav", "aside"):
            return True
    return False


def _stands_under_heading(one: _List) -> bool:
    """Whether it, or one of two boxes around it, begins with a heading below h1 that leads to no article."""
    for around in islice((one.holder, *one.holder.iterancestors()), 3):
        if around.tag in ("body", "main") or next(around.iter("h1"), None) is not None:
            return False
        if _has_own_heading(around):
            return True
    return False


def _has_own_heading(part: HtmlElement) -> bool:
    """Whether it begins with a heading below h1 that is no link."""
    for element in islice(part.iter(), 1, 12):
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            inner = next(element.iter("a"), None)
            return inner is None and next(element.iterancestors("a"), None) is None
        if element.tag in ("a", "img"):
            return False
    return False


def _column(holder: HtmlElement, others: list[HtmlElement]) -> HtmlElement:
    """The largest element around the list that holds no card in furniture. others: parents of such cards."""
    shut: set[HtmlElement] = set()
    for each in others:
        for around in islice((each, *each.iterancestors()), DEEPEST):
            if around in shut:
                break
            shut.add(around)
    column = holder
    for around in islice(holder.iterancestors(), DEEPEST):
        if around in shut or around.tag in ("body", "html"):
            break
        column = around
    return column


def _label(anchor: HtmlElement) -> str:
    text = " ".join(anchor.text_content().split())
    return text or (anchor.get("title") or anchor.get("aria-label") or "").strip()


def _in_running_text(anchor: HtmlElement, length: int, lengths: dict[HtmlElement, int]) -> bool:
    """Whether it is a link within a paragraph of text. length: of its label."""
    for around in islice(anchor.iterancestors(), 2):
        if around.tag == "p":
            if around not in lengths:
                lengths[around] = len(" ".join(around.text_content().split()))
            return lengths[around] >= length + _EXCERPT and not _in_heading(anchor)
    return False


def _is_home(tree: HtmlElement, base_url: str) -> bool:
    body = tree.find(".//body")
    return is_home_url(base_url) or (body is not None and is_home_class(body.get("class") or ""))


def _in_heading(anchor: HtmlElement) -> bool:
    """Whether the link is, is in, or is around a heading."""
    near = (anchor, *islice(anchor.iterancestors(), 2))
    return any(map(is_heading, near)) or next(anchor.iter(*HEADINGS), None) is not None
