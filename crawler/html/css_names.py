"""The classes, ids and declaring attributes of one page, gathered once, and the selection of elements by them."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.html.css import DECLARING, SelectorPart, matches, path_of, selector_parts

_FEW = 200  # elements; of more, XPath finds the matches faster than Python
_LONGEST = 2_000  # letters of a class or id: every pattern looks through all of it


class NamePattern:
    """A pattern of class and id. stems: strings of which each match has one; searching them first is much faster."""

    def __init__(self, names: str, *stems: str) -> None:
        self.names = re.compile(names)
        self.stems = stems


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one page's elements.

    elements: those with a class, an id or a declaring attribute, in document order; a position is an index of it.
    positions: class and id as one lower-case text, to the positions of the elements so named.
    lines: all those texts, one a line, in the same order. starts: where each line begins.
    bearers: a mark to the positions that bear it, in groups. A mark is a name of this page that a selector may ask for:
    ".class", "#id", and, of attributes that declare something, "[attribute]" and "[attribute=word]".
    """

    tree: HtmlElement
    elements: list[HtmlElement]
    positions: dict[str, list[int]]
    lines: str
    starts: list[int]
    bearers: dict[str, list[list[int]]]

    def named(self, pattern: NamePattern) -> list[HtmlElement]:
        """Elements in whose class or id (lower-case, between spaces) the pattern is found, in document order."""
        lines: set[int] = set()
        for stem in pattern.stems:
            at = self.lines.find(stem)
            while at >= 0:
                line = bisect_right(self.starts, at) - 1
                end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.lines)
                if pattern.names.search(self.lines, self.starts[line], end):
                    lines.add(line)
                at = self.lines.find(stem, end)
        if not lines:
            return []
        by_line = list(self.positions.values())
        return [self.elements[at] for at in sorted(at for line in lines for at in by_line[line])]

    def select(self, selector: str) -> list[HtmlElement]:
        """Elements that match a CSS selector list, in document order; none for "" or an invalid selector."""
        parts = [part for part in selector_parts(selector) if all(need in self.bearers for need in part.needs)]
        if not parts:
            return []
        chosen = [self._bearing(part) for part in parts]
        if any(positions is None for positions in chosen):
            try:
                return cast(list[HtmlElement], path_of(tuple(part.path for part in parts))(self.tree))
            except etree.XPathError:
                return []
        return [self.elements[at] for at in sorted({at for positions in chosen for at in positions or ()})]

    def _bearing(self, part: SelectorPart) -> list[int] | None:
        """The matches of a plain selector among those few elements that bear its last name; None: XPath must do it."""
        if part.steps is None:
            return None
        groups = self.bearers[part.steps[0].mark or ""]
        if sum(map(len, groups)) > _FEW:
            return None
        return [at for group in groups for at in group if matches(self.elements[at], part.steps)]


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
            elif attribute in DECLARING:
                bears = True
                if value:
                    _note(bearers, attribute, value, len(elements))
        if bears:
            key = (names, own)
            if key in named:
                named[key].append(len(elements))
            else:
                named[key] = [len(elements)]
            elements.append(element)
    positions: dict[str, list[int]] = {}
    for (names, own), group in named.items():
        for name in set(names.split()):
            bearers.setdefault(f".{name}", []).append(group)
        if own:
            bearers.setdefault(f"#{own}", []).append(group)
        text = f" {names} {own} ".lower().replace("\n", " ")
        positions[text] = [*positions[text], *group] if text in positions else group
    starts = [0, *accumulate(len(text) + 1 for text in positions)][:-1]
    return Names(tree, elements, positions, "\n".join(positions), starts, bearers)


def _note(bearers: dict[str, list[list[int]]], attribute: str, value: str, position: int) -> None:
    for mark in (f"[{attribute}]", *(f"[{attribute}={word}]" for word in value[:_LONGEST].split())):
        bearers.setdefault(mark, [[]])[0].append(position)


def _short(element: HtmlElement, attribute: str) -> str:
    value: str = element.get(attribute, "")
    if len(value) > _LONGEST:
        value = value[:_LONGEST]
        element.set(attribute, value)
    return value
