"""DOM paths: where an element stands, by the tags, classes and ids around it, as far as a site's pages share them."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from crawler.html.characters import words
from crawler.html.spelling import comparable

SEPARATOR = " > "
_LONGEST = 500  # letters of one class attribute
# Attributes that say what an element shows, not what it is.
_OF_CONTENT = words("href src srcset alt title content datetime value name target rel dir lang cite data")
_LONGEST_VALUE = 40
_NUMBER = re.compile(r"\d+")
_ICONS = frozenset({"i", "span", "svg", "em", "b"})
_UNSEEN = frozenset({"style", "script"})
_MOST_TEXTS = 20  # of an element that may be a label
_LONGEST_LABEL = 40  # letters, with the white space around
MARK = " ~ "  # between a path and the mark of its elements
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

    A form counts as a div: ASP.NET wraps pages in one, which the learner makes a div (crawler.html.prune.unwrap_forms).
    """
    names = [name for name in names_in(element) if name in known]
    tag = "div" if element.tag == "form" else element.tag
    return ".".join((tag, *sorted(set(names)))) if names else str(tag)


def tags_of(one: str) -> tuple[str, ...]:
    """The tags of elements that a step may be of."""
    tag = one.split(".", 1)[0]
    return ("div", "form") if tag == "div" else (tag,)


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


def mark_of(element: HtmlElement) -> str:
    """What tells an element from others of its path: an icon that it begins with, else a label before it; "" if none.

    Sites print fields in elements of one name: "<li><i class=user></i> …", "<dt>الكاتب</dt><dd>…".
    """
    first = element[0] if len(element) else None
    if first is not None and first.tag in _ICONS and not (element.text or "").strip():
        icons = (name for icon in first.iterdescendants("i", "svg") for name in names_in(icon))
        names = [*names_in(first), *icons, *(use.get("href") or "" for use in first.iter("use"))]
        if names and not "".join(first.itertext()).strip():
            return ".".join((str(first.tag), *sorted(set(names))))
    before = element.getprevious()
    while before is not None and before.tag in _UNSEEN and not (before.tail or "").strip():
        before = before.getprevious()
    parent = element.getparent()
    texts = [before.tail if before is not None else parent.text if parent is not None else ""]
    is_of_kind = before is not None and before.tag == element.tag and before.get("class") == element.get("class")
    if before is not None and not is_of_kind and not (before.tail or "").strip():
        texts.append("".join(islice(before.itertext(), _MOST_TEXTS)))
    label = next((text for text in texts if text and text.strip()), "")
    return comparable(label) if len(label) <= _LONGEST_LABEL else ""


def prefixes(path: str) -> Iterable[str]:
    """All paths of the elements around, the outermost first, and the path itself."""
    at = path.find(SEPARATOR)
    while at >= 0:
        yield path[:at]
        at = path.find(SEPARATOR, at + 1)
    if path:
        yield path
