"""Card lists: find the cards of a page and the lists that hold them.

A card is the largest element whose links all go to one article. A list is an element with cards as its children. Rows
of a grid, each with a few cards, are one list.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from statistics import fmean

from lxml.html import HtmlElement

from crawler.listings.headlines import EXCERPT, in_heading, label_of
from crawler.listings.list_labels import has_label_within, has_link_before
from crawler.listings.listing_furniture import DEEPEST
from crawler.listings.url_patterns import UrlPattern, pattern_of

Make = tuple[str, str]  # an element's tag and class
Attributes = tuple[tuple[str, str], ...]
_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(", re.IGNORECASE)
_LEAST_SHARED = 3  # fewest cards with the same picture that make it an icon
_ENOUGH = 20  # cards of a list that are compared; further ones have the same structure


@dataclass(slots=True, eq=False)
class Card:
    """One element whose links go to one article. richness: 1.0 for a bare link, more for picture, heading, excerpt."""

    url: str
    holder: HtmlElement
    pattern: UrlPattern
    anchors: list[HtmlElement] = field(default_factory=list)
    richness: float = 1.0
    headline: HtmlElement | None = None  # the anchor with the longest label

    def path(self) -> list[HtmlElement]:
        """The elements from the card down to its headline, both included."""
        anchor = self.anchors[0] if self.headline is None else self.headline
        path = [anchor]
        for around in islice(anchor.iterancestors(), DEEPEST):
            if path[-1] is self.holder:
                break
            path.append(around)
        return path[::-1]


@dataclass(slots=True, eq=False)
class CardList:
    """Cards that are children of one element or of its rows. row: tag and class of the rows; None without rows."""

    holder: HtmlElement
    cards: list[Card] = field(default_factory=list)
    row: Make | None = None
    _steps: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    @property
    def make(self) -> Make:
        """Tag and class of the cards' parent: the row, or the holder where there are no rows."""
        return self.row or _make(self.holder)

    @property
    def richness(self) -> float:
        """The sum of the cards' richness."""
        return sum(card.richness for card in self.cards)

    @property
    def mean_richness(self) -> float:
        """The mean richness of a card."""
        return fmean(card.richness for card in self.cards)

    def is_like(self, other: "CardList") -> bool:
        """Whether the cards of both lists have the same tags from card to headline, and mostly common classes."""
        mine, others = self._path(), other._path()
        if [tag for tag, _ in mine] != [tag for tag, _ in others]:
            return False
        named = [bool(own & other) for (_, own), (_, other) in zip(mine, others, strict=True) if own or other]
        return all(named) or 2 * sum(named) > len(named)

    def _path(self) -> list[tuple[str, frozenset[str]]]:
        """Tag and classes of each element from card to headline; only classes of all cards: others may be topics."""
        if not self._steps:
            paths = [card.path() for card in self.cards[:_ENOUGH]]
            tags = Counter(tuple(each.tag for each in path) for path in paths).most_common(1)[0][0]
            usual = [path for path in paths if tuple(each.tag for each in path) == tags]
            for tag, *elements in zip(tags, *usual, strict=True):
                classes = (frozenset((each.get("class") or "").split()) for each in elements)
                self._steps.append((tag, frozenset.intersection(*classes)))
        return self._steps


def cards_of(links: list[tuple[HtmlElement, str]]) -> list[Card]:
    """The cards of a page, in page order. links: anchors that may link to articles, with their URLs."""
    leads: dict[HtmlElement, str | None] = {}  # element to the one article below it; None: several
    for anchor, url in links:
        for around in islice((anchor, *anchor.iterancestors()), DEEPEST):
            known = leads.setdefault(around, url)
            if known is None:
                break
            if known != url:
                leads[around] = None
    cards: dict[HtmlElement, Card] = {}
    for anchor, url in links:
        holder = anchor
        for around in islice(anchor.iterancestors(), DEEPEST):
            if leads.get(around) is None or around.tag in ("body", "html"):
                break
            holder = around
        if holder not in cards:
            cards[holder] = Card(url, holder, pattern_of(url))
        cards[holder].anchors.append(anchor)
    icons = _icons(cards.values())
    for card in cards.values():
        _enrich(card, icons)
    return list(cards.values())


def _icons(cards: Iterable[Card]) -> frozenset[Attributes]:
    """The attributes of icons: pictures, such as a bullet or a clock, that most cards in one element have.

    An icon must occur in at least three cards. Pictures without `src` are not counted: a script sets it later.
    """
    shown: dict[HtmlElement | None, list[frozenset[Attributes]]] = {}
    for card in cards:
        images = frozenset(_attributes(each) for each in card.holder.iter("img") if each.get("src"))
        shown.setdefault(card.holder.getparent(), []).append(images)
    icons: set[Attributes] = set()
    for group in shown.values():
        counts = Counter(image for images in group for image in images)
        icons |= {image for image, count in counts.items() if count >= _LEAST_SHARED and 2 * count > len(group)}
    return frozenset(icons)


def _attributes(element: HtmlElement) -> Attributes:
    return tuple(sorted(element.items()))


def lists_of(cards: Iterable[Card]) -> list[CardList]:
    """The lists in which the cards stand, in page order."""
    lists: dict[HtmlElement, CardList] = {}
    for card in cards:
        parent = card.holder.getparent()
        if parent is not None:
            lists.setdefault(parent, CardList(parent)).cards.append(card)
    rows: dict[tuple[HtmlElement | None, Make, tuple[str, ...]], list[CardList]] = {}
    for each in lists.values():
        tags = tuple(element.tag for element in each.cards[0].path())
        # An element with a label of its own is a box, not a row of a grid.
        is_box = has_label_within(each.holder, each.cards[0].holder) or has_link_before(each.holder, lists)
        around = None if is_box else each.holder.getparent()
        rows.setdefault((around, each.make, tags), []).append(each)
    return _with_last_rows([each for (around, _, _), group in rows.items() for each in _as_one(around, group)])


def _as_one(around: HtmlElement | None, rows: list[CardList]) -> list[CardList]:
    if len(rows) == 1 or around is None:
        return rows
    return [CardList(around, [card for row in rows for card in row.cards], rows[0].make)]


def _with_last_rows(lists: list[CardList]) -> list[CardList]:
    """Move cards that have the tag and class of a row, such as a last row of one card, to the list of those rows."""
    rows = {(each.holder, each.row): each for each in lists if each.row is not None}
    for each in lists if rows else ():
        if each.row is None:
            joint = {card: rows.get((each.holder, _make(card.holder))) for card in each.cards}
            each.cards = [card for card, row in joint.items() if row is None]
            for card, row in joint.items():
                if row is not None:
                    row.cards.append(card)
    return [each for each in lists if each.cards]


def _make(element: HtmlElement) -> Make:
    return element.tag, element.get("class") or ""


def shows_picture(element: HtmlElement, icons: frozenset[Attributes]) -> bool:
    """Whether an element holds a picture other than an icon, or has a background picture."""
    if any(_attributes(each) not in icons for each in element.iter("img", "picture", "amp-img", "figure")):
        return True
    return any(_BACKGROUND.search(each.get("style") or "") for each in islice(element.iter("*"), _ENOUGH))


def _enrich(card: Card, icons: frozenset[Attributes]) -> None:
    """Set a card's headline and richness. Added to 1.0: picture 1.0, heading 0.5, excerpt 1.0.

    Cards of the page's own listing have these more often than those in boxes beside it.
    """
    text = " ".join(" ".join(islice(card.holder.itertext(), 200)).split())
    labels = [len(label_of(anchor)) for anchor in card.anchors]
    longest = max(labels)
    card.headline = card.anchors[labels.index(longest)]
    is_headed = any(map(in_heading, card.anchors))
    if card.holder is card.headline:  # where the link is the whole card, its label includes the excerpt
        longest = max((len(" ".join(part.split())) for part in islice(card.holder.itertext(), 200)), default=longest)
    card.richness = 1.0 + shows_picture(card.holder, icons) + 0.5 * is_headed + (len(text) - longest >= EXCERPT)
