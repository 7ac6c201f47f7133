"""DOM paths: the position of an element, as the tags and the shared classes and ids of the elements around it."""

import re
from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from crawler.html.characters import words
from crawler.html.spelling import comparable

SEPARATOR = " > "
_LONGEST = 500  # letters of one class attribute
# Attributes that hold an element's content, which differs between pages, instead of its kind.
_OF_CONTENT = words("href src srcset alt title content datetime value name target rel dir lang cite data")
_LONGEST_VALUE = 40
_NUMBER = re.compile(r"\d+")
_ICONS = frozenset({"i", "span", "svg", "em", "b"})
_UNSEEN = frozenset({"style", "script"})
_MOST_TEXTS = 20  # text nodes read of an element that may be a label
_LONGEST_LABEL = 40  # letters, white space included
MARK = " ~ "  # between a path and the mark of its elements
_DEEPEST = 60  # elements of a path, counted from the element upwards


def names_in(element: HtmlElement) -> list[str]:
    """The classes of an element, its id after "#", and its other short attributes, as "[width=620]".

    In hand-written pages, width and colour distinguish columns and bylines; others use attributes of their own.
    """
    names: list[str] = []
    for attribute, value in element.attrib.items():
        if attribute == "class":
            names += value[:_LONGEST].split()
        elif attribute == "id":
            names.append(f"#{_NUMBER.sub('0', value[:100])}")
        elif attribute not in _OF_CONTENT and len(value) <= _LONGEST_VALUE and not attribute.startswith("on"):
            # Numbers in data attributes differ from block to block; a width distinguishes columns.
            shown = _NUMBER.sub("0", value) if attribute.startswith("data-") else value
            names.append(f"[{attribute}={shown}]".replace(" ", "").replace(">", "").replace(".", ""))
    return names


def step(element: HtmlElement, known: frozenset[str]) -> str:
    """The step of one element in a path: its tag and those of its names that are in `known`, sorted.

    A form gives "div": ASP.NET wraps pages in a form, and the learner replaces it (crawler.html.prune.unwrap_forms).
    """
    names = [name for name in names_in(element) if name in known]
    tag = "div" if element.tag == "form" else element.tag
    return ".".join((tag, *sorted(set(names)))) if names else str(tag)


def tags_of(one: str) -> tuple[str, ...]:
    """The tags of elements that may have a step."""
    tag = one.split(".", 1)[0]
    return ("div", "form") if tag == "div" else (tag,)


class Paths:
    """The DOM paths of one page's elements, each computed once.

    known: the names that the site's pages share, which are kept in steps. root: the element below which paths begin;
    None: the page's body.
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
        """The path of an element, with the names of `inner`, which may be rare, in its last two steps."""
        parent = element.getparent()
        if parent is None or parent.tag in ("html", "body"):
            return step(element, inner)
        holder = parent.getparent()
        start = self.of(holder) if holder is not None else ""
        return f"{start}{SEPARATOR if start else ''}{step(parent, inner)}{SEPARATOR}{step(element, inner)}"


def mark_of(element: HtmlElement) -> str:
    """The mark that distinguishes an element from others at its path: an icon at its beginning, else a label before it.

    "" if there is neither. Sites print several fields in elements of one class: "<li><i class=user></i> …",
    "<dt>الكاتب</dt><dd>…".
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
    """Yield the paths of the elements around a path, the outermost first, then the path itself."""
    at = path.find(SEPARATOR)
    while at >= 0:
        yield path[:at]
        at = path.find(SEPARATOR, at + 1)
    if path:
        yield path
