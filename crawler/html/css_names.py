"""CSS selection that costs next to nothing: selectors are held against the names that a page uses."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.html.css import SAYING, SelectorPart, matches, path_of, selector_parts

_FEW = 200  # elements; of more, XPath finds the matches faster than Python
_LONGEST = 2_000  # of a class or id, in letters: every pattern looks through all of it


@dataclass(frozen=True, slots=True)
class Called:
    """What elements may be called. names: a pattern. stems: strings of which each match has one: they are found first,
    many times as fast.
    """

    names: re.Pattern[str]
    stems: tuple[str, ...]


def called(names: str, *stems: str) -> Called:
    """A `Called` of a pattern's text."""
    return Called(re.compile(names), stems)


@dataclass(frozen=True, slots=True)
class Names:
    """What the elements of one page are called.

    elements: those with a class, an id or such an attribute, in document order; a place is an index of it.
    places: class and id as one lower-case text, to the places of the elements called so.
    lines: all those texts, one a line, in the same order; starts: where each begins.
    bearers: a mark to the places that bear it, in groups. A mark is what a selector may ask for and this page has:
    ".class", "#id", and, of attributes that declare something, "[attribute]" and "[attribute=word]".
    """

    tree: HtmlElement
    elements: list[HtmlElement]
    places: dict[str, list[int]]
    lines: str
    starts: list[int]
    bearers: dict[str, list[list[int]]]

    def called(self, pattern: Called) -> list[HtmlElement]:
        """Elements whose class or id (lower-case, between spaces) the pattern finds something in, in document order."""
        texts: set[int] = set()
        for stem in pattern.stems:
            at = self.lines.find(stem)
            while at >= 0:
                text = bisect_right(self.starts, at) - 1
                end = self.starts[text + 1] if text + 1 < len(self.starts) else len(self.lines)
                if pattern.names.search(self.lines, self.starts[text], end):
                    texts.add(text)
                at = self.lines.find(stem, end)
        if not texts:
            return []
        places = list(self.places.values())
        return [self.elements[place] for place in sorted(place for text in texts for place in places[text])]

    def select(self, selector: str) -> list[HtmlElement]:
        """Elements that match a CSS selector list, in document order; none for "" or a selector that is none."""
        parts = [part for part in selector_parts(selector) if all(need in self.bearers for need in part.needs)]
        if not parts:
            return []
        chosen = [self._bearing(part) for part in parts]
        if any(places is None for places in chosen):
            try:
                return cast(list[HtmlElement], path_of(tuple(part.path for part in parts))(self.tree))
            except etree.XPathError:
                return []
        return [self.elements[place] for place in sorted({place for places in chosen for place in places or ()})]

    def _bearing(self, part: SelectorPart) -> list[int] | None:
        """The matches of a plain selector among those few elements that bear its last name; None: let XPath do it."""
        if part.steps is None:
            return None
        bearers = self.bearers[part.steps[0].mark or ""]
        if sum(map(len, bearers)) > _FEW:
            return None
        return [place for places in bearers for place in places if matches(self.elements[place], part.steps)]


def read_names(tree: HtmlElement) -> Names:
    """Gather the names of a page in one pass. Overlong ones, an attack on time, are cut off in the tree itself."""
    named: dict[tuple[str, str], list[int]] = {}
    bearers: dict[str, list[list[int]]] = {}
    elements: list[HtmlElement] = []
    for element in tree.iter("*"):
        names = own = ""
        bears = False
        for attribute, value in element.items():
            if attribute == "class":
                names, bears = value if len(value) <= _LONGEST else _short(element, attribute), True
            elif attribute == "id":
                own, bears = value if len(value) <= _LONGEST else _short(element, attribute), True
            elif attribute in SAYING:
                bears = True
                if value:
                    _note(bearers, attribute, value, len(elements))
        if bears:
            called = (names, own)
            if called in named:
                named[called].append(len(elements))
            else:
                named[called] = [len(elements)]
            elements.append(element)
    places: dict[str, list[int]] = {}
    for (names, own), found in named.items():
        for name in set(names.split()):
            bearers.setdefault(f".{name}", []).append(found)
        if own:
            bearers.setdefault(f"#{own}", []).append(found)
        text = f" {names} {own} ".lower().replace("\n", " ")
        places[text] = [*places[text], *found] if text in places else found
    starts = [0, *accumulate(len(text) + 1 for text in places)][:-1]
    return Names(tree, elements, places, "\n".join(places), starts, bearers)


def _note(bearers: dict[str, list[list[int]]], attribute: str, value: str, place: int) -> None:
    for mark in (f"[{attribute}]", *(f"[{attribute}={word}]" for word in value[:_LONGEST].split())):
        bearers.setdefault(mark, [[]])[0].append(place)


def _short(element: HtmlElement, attribute: str) -> str:
    value: str = element.get(attribute, "")
    if len(value) > _LONGEST:
        value = value[:_LONGEST]
        element.set(attribute, value)
    return value
