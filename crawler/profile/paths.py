"""DOM paths: where an element stands, by the tags, classes and ids around it, as far as a site's pages share them."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from crawler.html.characters import words

SEPARATOR = " > "
_LONGEST = 500  # letters of one class attribute
# Attributes that say what an element shows, not what it is.
_OF_CONTENT = words("href src srcset alt title content datetime value name target rel dir lang cite data")
_LONGEST_VALUE = 40
_NUMBER = re.compile(r"\d+")
_DEEPEST = 60  # elements of a path, counted from the element upwards


def names_in(element: HtmlElement) -> list[str]:
    """The classes of an element, its id after "#", and its other short attributes, as "[width=620]".

    Hand-written pages tell columns and bylines by width and colour, others by an attribute of their own.
    """
    names: list[str] = []
    for attribute, value in element.attrib.items():
        if attribute == "class":
            names += value[:_LONGEST].split()
        elif attribute == "id":
            names.append(f"#{_NUMBER.sub('0', value[:100])}")
        elif attribute not in _OF_CONTENT and len(value) <= _LONGEST_VALUE and not attribute.startswith("on"):
            # Numbers of what is addressed vary from block to block; a width tells columns apart.
            shown = _NUMBER.sub("0", value) if attribute.startswith("data-") else value
            names.append(f"[{attribute}={shown}]".replace(" ", "").replace(">", "").replace(".", ""))
    return names


def step(element: HtmlElement, known: frozenset[str]) -> str:
    """One element of a path: its tag, and those of its names that are known, in order of the alphabet.

    A form counts as a div: ASP.NET wraps pages in one, which readers make a div (crawler.html.prune.unwrap_forms).
    """
    names = [name for name in names_in(element) if name in known]
    tag = "div" if element.tag == "form" else element.tag
    return ".".join((tag, *sorted(set(names)))) if names else str(tag)


class Paths:
    """The paths of one page's elements. Each is computed once.

    known: the names that the site's pages share. root: where paths begin; else below the page's body.
    """

    def __init__(self, known: frozenset[str], root: HtmlElement | None = None) -> None:
        self._known = known
        self._root = root
        self._paths: dict[HtmlElement, str] = {}

    def of(self, element: HtmlElement) -> str:
        """The path from below the root to the element; "" for the root itself, body and html."""
        chain: list[HtmlElement] = []
        holder: HtmlElement | None = element
        while holder is not None and holder not in self._paths and len(chain) < _DEEPEST:
            chain.append(holder)
            holder = holder.getparent()
        path = self._paths.get(holder, "") if holder is not None else ""
        for each in reversed(chain):
            if each is self._root or each.tag in ("html", "body"):
                path = ""
            else:
                path = f"{path}{SEPARATOR if path else ''}{step(each, self._known)}"
            self._paths[each] = path
        return path

    def near(self, element: HtmlElement, inner: frozenset[str]) -> str:
        """The path of an element whose last two steps bear all names of `inner`, which few pages may have."""
        parent = element.getparent()
        if parent is None or parent.tag in ("html", "body"):
            return step(element, inner)
        holder = parent.getparent()
        start = self.of(holder) if holder is not None else ""
        return f"{start}{SEPARATOR if start else ''}{step(parent, inner)}{SEPARATOR}{step(element, inner)}"


def prefixes(path: str) -> Iterable[str]:
    """All paths of the elements around, the outermost first, and the path itself."""
    at = path.find(SEPARATOR)
    while at >= 0:
        yield path[:at]
        at = path.find(SEPARATOR, at + 1)
    if path:
        yield path
