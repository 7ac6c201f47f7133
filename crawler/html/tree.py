"""HTML parsing, XPath, and the text and class words of elements."""

import re
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from lxml import etree
from lxml.html import HtmlElement

from crawler.html import characters

# Custom elements (HTML Standard, 4.13.3), except AMP's, which are known.
_OWN_ELEMENT = re.compile(r"<(?!amp-)[a-z][a-z0-9.]*-[a-z0-9]", re.I)


@lru_cache(maxsize=1)
def _parser() -> etree.HTMLParser:
    """One parser for all pages of a process, which parses them one after the other.

    Every element is an HtmlElement: lxml.html's choice of the class by tag would call Python for each element.
    """
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


def parse(text: str) -> HtmlElement | None:
    """Parse a page to one tree; None if it has no element.

    huge_tree raises lxml's depth limit from 256, which broken markup of real pages exceeds, to 2,048. Deeper pages are
    cut off there, so that no recursion in C can end the process. Text nodes may be as large as the page. Custom
    elements become div or span, with the element's name as a class.
    """
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser=_parser())
    except (etree.LxmlError, ValueError):
        return None
    if tree is not None and _OWN_ELEMENT.search(text):
        _name_own_elements(tree)
    return cast("HtmlElement | None", tree)


def _name_own_elements(tree: HtmlElement) -> None:
    """Turn each custom element into a span if its parent has text of its own, else into a div."""
    in_line: dict[HtmlElement | None, bool] = {}  # by parent, which may have many children
    for element in tree.iter("*"):
        name = element.tag
        if "-" in name and not name.startswith("amp-"):
            holder = element.getparent()
            if holder not in in_line:
                in_line[holder] = holder is not None and _has_own_text(holder)
            element.set("class", f"{name} {element.get('class') or ''}".strip())
            element.tag = "span" if in_line[holder] else "div"


def _has_own_text(element: HtmlElement) -> bool:
    texts = chain([element.text], (each.tail for each in element))
    return any(text and not text.isspace() for text in texts)


@lru_cache(maxsize=256)
def _path(path: str) -> etree.XPath:
    return etree.XPath(path)


def find(tree: HtmlElement, path: str) -> list[HtmlElement]:
    """Elements that an XPath selects, in document order. path: from this code, never from a page."""
    return cast(list[HtmlElement], _path(path)(tree))


def content(element: HtmlElement) -> str:
    """The whole text of an element, as one mended line."""
    return characters.line("".join(element.itertext()))


def parted_content(element: HtmlElement) -> str:
    """As `content`, with a space between all text nodes, so that "9:32 م" beside "120 قراءة" does not become "م120"."""
    return characters.line(" ".join(element.itertext()))


def field_line(element: HtmlElement) -> str:
    """As `content`, with " | " between words of different elements that touch ("سمر العلي" beside "كاتبة"), and between
    adjacent elements of one tag and class. A single letter belongs to the word beside it, as an initial.
    """
    if not len(element):
        return content(element)
    parts: list[str] = []
    for text in element.xpath(".//text()"):
        if (parts and _touch(parts[-1], text)) or (text.is_tail and _is_between_alike(text)):
            parts.append(" | ")
        parts.append(text)
    return characters.line("".join(parts))


def _is_between_alike(tail: Any) -> bool:
    """Whether the tail is white space between two elements of one tag and class. tail: as XPath returns it."""
    before = tail.getparent()
    following = before.getnext()
    if tail.strip() or following is None or not before.get("class"):
        return False
    return bool(before.tag == following.tag and before.get("class") == following.get("class"))


def _touch(one: str, other: str) -> bool:
    """Whether a word ends one text and another begins the next."""
    return one[-2:].isalpha() and other[:2].isalpha() and min(len(one), len(other)) > 1


def heading_line(element: HtmlElement) -> str:
    """The text of a heading as one line. A space is put between its elements if they seem to be separate lines: if they
    have one tag and a class, or several words each.
    """
    if not len(element):
        return content(element)
    parts: list[str] = []
    before = ""
    for text in element.xpath(".//text()"):
        # A letter or word that is styled by an element of its own is part of the line around it.
        if before and not (before[-1].isspace() or text[0].isspace()) and _are_lines(element, before, text):
            parts.append(" ")
        parts.append(text)
        before = text
    return characters.line("".join(parts))


def _are_lines(heading: HtmlElement, one: Any, other: Any) -> bool:
    """Whether two texts of a heading, without space between them, are separate lines. one, other: as by XPath."""
    if min(len(one.split()), len(other.split())) > 1:
        return True
    kinds = {(text.getparent().tag, bool(text.getparent().get("class"))) for text in (one, other) if text.is_text}
    return len(kinds) == 1 and one.is_text and other.is_text and kinds.pop()[1] and one.getparent() is not heading


def names_of(element: HtmlElement) -> str:
    """An element's class and id, separated by one space."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def words_of(element: HtmlElement) -> frozenset[str]:
    """The words in an element's class and id, lower-case: "postMeta-top js_ad" has post, meta, top, js, ad."""
    names, own = element.get("class"), element.get("id")
    return _split_names(f"{names or ''} {own or ''}"[:500]) if names or own else frozenset()


# Names about an element's layout, and those that a page builder gives each of its blocks ("elementor-widget").
_LAYOUT = re.compile(r"(?<!\S)(?:(?:has|with|without|is)[-_]|no-sidebar|elementor)\S*")


@lru_cache(maxsize=8192)
def _split_names(names: str) -> frozenset[str]:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", _LAYOUT.sub("", names))
    return frozenset(re.findall(r"[a-z]+", apart.lower()))
