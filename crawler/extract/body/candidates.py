"""Body candidates: find the elements that may hold the article's text, by selector, declaration, name or prose."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile, islice

from lxml.html import HtmlElement

from crawler.html import furniture, prune
from crawler.html.blocks import blocks, is_hidden
from crawler.html.css_names import Names
from crawler.html.tree import content, words_of
from crawler.site import Selectors

# schema.org and rNews. Without itemprop "text", which comments have.
DECLARED = '[itemprop~="articleBody"], [property~="articleBody"], [property~="schema:articleBody"]'
# Classes and ids of the body in publishing systems and themes, letters only, the most specific first.
_NAMES = (
    "articlebody articlebodytext articlecontent articletext articledetails articledetailsbody articledesc entrycontent "
    "postcontent postbody posttext storybody storycontent storytext storydetails newsbody newscontent newstext "
    "newsdetails newsdetail detailsbody detailscontent bodytext bodycontent contentbody textcontent singlecontent "
    "singlepostcontent postdetails postentry tdpostcontent fieldnamebody maincontenttext articlecont wysiwyg "
    "fulltext contenttext entry details story article"
)
NAMES = tuple(re.findall("[a-z]+", _NAMES))
_RANK = {name: rank for rank, name in enumerate(NAMES)}
_LONG = tuple(name for name in NAMES if len(name) >= 9)
_HOLDERS = frozenset({"div", "section", "article", "td", "span", "main"})
_PROSE_TAGS = frozenset({"p", "div", "td", "span", "font", "section", "article", "blockquote"})
MOST_MATCHES = 200  # of one selector or name that are examined
LEAST_TEXT = 200  # fewest letters of prose of a further article; a card's excerpt is shorter
LEAST = 40  # fewest letters of prose of a body; a one-sentence bulletin has more


@dataclass(frozen=True, slots=True)
class BodyCandidate:
    """An element that may be the body, or several that are its parts, in order. source: the evidence, for people."""

    parts: tuple[HtmlElement, ...]
    source: str


def body_candidates(names: Names, selectors: Selectors, headline: HtmlElement | None = None) -> list[BodyCandidate]:
    """The candidates by selector, declaration or name, the most trustworthy first. Does not change the tree.

    At most one of each kind. headline: the element of the page's headline; a further headline like it begins the next
    article.
    """
    chosen = names.select(selectors.body)
    declared = names.select(DECLARED)
    ranked = _ranked(names)
    measured = _measure([*chosen, *declared, *(each for elements in ranked.values() for each in elements)])
    order = DocumentOrder(names.tree, headline)

    def full(elements: list[HtmlElement]) -> list[HtmlElement]:
        return [each for each in elements if measured.prose(each) >= LEAST]

    candidates: list[BodyCandidate] = []
    for matches, source in ((chosen, f"selector {selectors.body}"), (declared, "declared articleBody")):
        if own := order.of_this_article(full(matches)[:MOST_MATCHES]):
            candidates.append(BodyCandidate(_first_full(own, measured, order), source))
    held = set(order.of_this_article([each for elements in ranked.values() for each in full(elements)]))
    most = max(map(measured.prose, held), default=0)
    for rank in sorted(ranked):
        own = [each for each in ranked[rank] if each in held][:MOST_MATCHES]
        best = _first_full(own, measured, order) if own else ()
        # A teaser may have a body's name; the body has at least a third of the most prose of any such element.
        if best and sum(map(measured.prose, best)) * 3 >= most:
            candidates.append(BodyCandidate(best, f"element named {NAMES[rank]}"))
            break
    return candidates


def _measure(elements: list[HtmlElement]) -> prune.Sizes:
    """The sizes of some elements and all elements in them. Hidden elements are not measured."""
    chosen = set(elements)
    measured = prune.Sizes({}, {})
    for element in chosen:
        if not any(holder in chosen for holder in element.iterancestors()) and not is_hidden(element):
            inner = prune.sizes(element)
            measured.letters.update(inner.letters)
            measured.linked.update(inner.linked)
    return measured


def _ranked(names: Names) -> dict[int, list[HtmlElement]]:
    """Elements with a body's name, by the rank of the name, in document order."""
    ranked: dict[int, list[int]] = {}
    for text, positions in names.positions.items():
        rank = _rank(text)
        if rank is not None:
            ranked.setdefault(rank, []).extend(positions)
    return {
        rank: [element for position in sorted(positions) if (element := names.elements[position]).tag in _HOLDERS]
        for rank, positions in ranked.items()
    }


@lru_cache(maxsize=8192)
def _rank(text: str) -> int | None:
    return min((rank for name in text[:500].split() if (rank := _rank_of(name)) is not None), default=None)


def _rank_of(name: str) -> int | None:
    """The rank of one class or id; None if it is no known name. A long name may have a prefix ("xyz-articleBody")."""
    bare = re.sub("[^a-z]", "", name)
    if bare in _RANK:
        return _RANK[bare]
    return next((_RANK[known] for known in _LONG if bare.endswith(known)), None) if bare.endswith(_LONG) else None


class DocumentOrder:
    """The positions of elements in the page, and the headlines that divide it into articles."""

    def __init__(self, tree: HtmlElement, headline: HtmlElement | None) -> None:
        self._index: dict[HtmlElement, int] = {element: index for index, element in enumerate(tree.iter())}
        tags = {"h1"} | ({headline.tag} if headline is not None and headline.tag in ("h2", "h3") else set())
        own = content(headline) if headline is not None else ""
        shown = [element for element in self._index if element.tag in tags][:MOST_MATCHES]
        self._headlines = [self._index[each] for each in shown if each is headline or begins_article(each, own)]
        self._begin = self._index.get(headline, -1) if headline is not None else -1
        self._others = set(articles_behind(tree, headline)) if headline is not None else set()

    def of_this_article(self, elements: list[HtmlElement]) -> list[HtmlElement]:
        """The elements between the headline and the next article's headline; all elements where none is there."""
        if self._others:
            elements = [each for each in elements if self._others.isdisjoint((each, *each.iterancestors()))]
        following = bisect_right(self._headlines, self._begin)
        if self._begin < 0 or following == len(self._headlines):
            return elements
        end = self._headlines[following]
        return [each for each in elements if self._begin < self._index[each] and self.last(each) < end] or elements

    def last(self, element: HtmlElement) -> int:
        """The index of the last element inside an element, or its own index."""
        inner = element
        while len(inner):
            inner = inner[-1]
        return self._index.get(inner, self._index[element])

    def parted(self, one: HtmlElement, other: HtmlElement) -> bool:
        """Whether a headline stands between two elements in document order, or in the second one."""
        first = bisect_right(self._headlines, self.last(one))
        return first < len(self._headlines) and self._headlines[first] <= self.last(other)


def articles_behind(tree: HtmlElement, headline: HtmlElement) -> list[HtmlElement]:
    """The `article` elements that begin with a heading, after the one with the headline, if that one holds a text."""
    own = next(headline.iterancestors("article"), None)
    if own is None or prune.sizes(own).prose(own) < LEAST_TEXT:
        return []
    behind = dropwhile(lambda each: each is not own, tree.iter("article"))
    others = (each for each in islice(behind, 1, MOST_MATCHES) if own not in each.iterancestors())
    return [each for each in others if (lines := blocks(each)) and lines[0].kind == "heading"]


def begins_article(element: HtmlElement, headline: str) -> bool:
    """Whether an element may be another article's headline: no copy of the headline, not hidden or in furniture."""
    holders = [element, *islice(element.iterancestors(), 3)]
    if any(
        is_hidden(each) or each.tag in furniture.TAGS or not furniture.BODY.isdisjoint(words_of(each))
        for each in holders
    ):
        return False
    return content(element) not in ("", headline)


def _first_full(matches: list[HtmlElement], measured: prune.Sizes, order: DocumentOrder) -> tuple[HtmlElement, ...]:
    """The first match with at least half of the most prose, of nested ones the inner one, and the parts beside it."""
    most = max(map(measured.prose, matches))
    full = [element for element in matches if measured.prose(element) * 2 >= most]
    first = full[0]
    for element in full[1:]:
        if measured.prose(element) * 10 >= measured.prose(first) * 8 and first in element.iterancestors():
            first = element
    return _with_parts(first, matches, measured, order)


def _with_parts(
    first: HtmlElement, matches: list[HtmlElement], measured: prune.Sizes, order: DocumentOrder
) -> tuple[HtmlElement, ...]:
    """An element and its siblings of the same class with the other parts of a body that advertisements divide.

    A headline between two siblings ends the body. Siblings with many links are left out.
    """
    names, holder = first.get("class"), first.getparent()
    beside = [
        element
        for element in matches
        if element.getparent() is holder
        and element.get("class") == names
        and measured.linked[element] * 3 < measured.letters[element]
    ]
    if len(beside) < 2 or first not in beside:
        return (first,)
    at = beside.index(first)
    start = end = at
    while start > 0 and not order.parted(beside[start - 1], beside[start]):
        start -= 1
    while end + 1 < len(beside) and not order.parted(beside[end], beside[end + 1]):
        end += 1
    # A teaser of the same class repeats words of the body.
    text = content(first)
    return tuple(each for each in beside[start : end + 1] if each is first or content(each)[:50] not in text)


def heaviest(measured: prune.Sizes) -> HtmlElement | None:
    """The element whose children hold most prose, in pieces of at least five words; None when there is none.

    The prose of grandchildren counts half, because page builders wrap every paragraph in an element.
    """
    weights: dict[HtmlElement, float] = {}
    for element in measured.letters:
        if element.tag not in _PROSE_TAGS or not _is_sentence(element):
            continue
        prose = measured.prose(element)
        if element.tag != "p":
            weights[element] = weights.get(element, 0) + prose
        for holder, share in zip(element.iterancestors(), (1.0, 0.5), strict=False):
            if holder in measured.letters:
                weights[holder] = weights.get(holder, 0) + prose * share
    best = max(weights, key=lambda element: weights[element], default=None)
    return best if best is not None and measured.prose(best) >= LEAST else None


def _is_sentence(element: HtmlElement) -> bool:
    """Whether five words or more stand directly in the element."""
    text = element.text
    count = len(text.split(None, 5)) if text else 0
    if count < 5:
        for child in element:
            if tail := child.tail:
                count += len(tail.split(None, 5))
                if count >= 5:
                    break
    return count >= 5
