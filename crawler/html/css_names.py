"""Index of one page's classes, ids and declaring attributes, and selection of elements by it."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.html.css import DECLARING, SelectorPart, matches, path_of, selector_parts

_FEW = 200  # elements; among more, XPath finds the matches faster than Python
_LONGEST = 2_000  # letters of a class or id: every pattern searches all of it


class NamePattern:
    """A pattern of class and id. stems: each match contains one of them; searching for these first is much faster."""

    def __init__(self, names: str, *stems: str) -> None:
        self.names = re.compile(names)
        self.stems = stems


@dataclass(frozen=True, slots=True)
class Names:
    """The index of one page.

    elements: those with a class, an id or a declaring attribute, in document order; positions are indexes of this list.
    positions: class and id as one lower-case text, to the positions of the elements with it.
    lines: all those texts, one a line, in the same order. starts: the offset of each line.
    bearers: mark to the positions of the elements that have it, in groups. A mark is a name in a selector: ".class",
    "#id", and, for declaring attributes, "[attribute]" and "[attribute=word]".
    """

    tree: HtmlElement
    elements: list[HtmlElement]
    positions: dict[str, list[int]]
    lines: str
    starts: list[int]
    bearers: dict[str, list[list[int]]]

    def named(self, pattern: NamePattern) -> list[HtmlElement]:
        """Elements whose class and id (lower-case, between spaces) contain a match, in document order."""
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
        chosen = [self._with_mark(part) for part in parts]
        if any(positions is None for positions in chosen):
            try:
                return cast(list[HtmlElement], path_of(tuple(part.path for part in parts))(self.tree))
            except etree.XPathError:
                return []
        return [self.elements[at] for at in sorted({at for positions in chosen for at in positions or ()})]

    def _with_mark(self, part: SelectorPart) -> list[int] | None:
        """Positions that match a simple selector, tested on the elements with its mark; None if XPath must be used."""
        if part.steps is None:
            return None
        groups = self.bearers[part.steps[0].mark or ""]
        if sum(map(len, groups)) > _FEW:
            return None
        return [at for group in groups for at in group if matches(self.elements[at], part.steps)]


def read_names(tree: HtmlElement) -> Names:
    """Index a page in one pass. Overlong names, which could be an attack, are cut off in the tree itself."""
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
