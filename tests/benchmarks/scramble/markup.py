"""The scrambler: removes the names and metadata of a page. Pure; the same result for the same seed.

All pages of a site are changed alike, so that a site can still be learned from its pages.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random

from lxml import html
from lxml.html import HtmlElement

from tests.benchmarks.scramble.wording import bare_text

_AS_DIV = (
    *("article", "main", "header", "footer", "nav", "aside", "section", "figure", "figcaption", "dialog", "address"),
    *("hgroup", "h1", "h2", "h3", "h4", "h5", "h6"),
)
_AS_SPAN = ("time", "label", "button", "cite", "abbr", "mark")
_SPEAKING = ("itemprop", "itemscope", "itemtype", "itemid", "rel", "role", "property", "typeof", "vocab", "datetime")
_FIXED = ("aria-", "data-")
_NAMES = ("class", "id", "for", "headers")


@dataclass(frozen=True, slots=True)
class Levels:
    """What is changed. names: of classes and ids, hashed. tags: elements with a meaning become div and span, attributes
    with one go. metadata: JSON-LD, meta, link and JSON in scripts go. order: what stands beside the main branch of the
    page changes places. wording: furniture gets other words."""

    names: bool = True
    tags: bool = True
    metadata: bool = True
    order: bool = False
    wording: bool = False


ALL = Levels(order=True, wording=True)


def scrambled(page: str, *, seed: str, levels: Levels, wording: Mapping[str, str] | None = None) -> str:
    """The page, changed. seed: of the site; the same name has the same hash on all of its pages.

    wording: text to what replaces it, where a text node is that and nothing else, but for white space and colons.
    """
    tree = html.document_fromstring(page)
    if levels.order:
        _reorder(tree, seed)
    if levels.metadata:
        _without_metadata(tree)
    for element in list(tree.iter("*")):
        if levels.tags:
            _neutral(element)
        if levels.names:
            _hashed(element, seed)
    if levels.names:
        for style in tree.xpath("//style"):
            style.drop_tree()
    if wording:
        _reworded(tree, wording)
    return str(html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>"))


def _hash(name: str, seed: str) -> str:
    return "x" + sha256(f"{seed} {name}".encode()).hexdigest()[:7]


def _hashed(element: HtmlElement, seed: str) -> None:
    for key in _NAMES:
        if value := element.get(key):
            element.set(key, " ".join(_hash(name, seed) for name in value.split()))


def _neutral(element: HtmlElement) -> None:
    if element.tag in _AS_DIV:
        element.tag = "div"
    elif element.tag in _AS_SPAN:
        element.tag = "span"
    for key in list(element.attrib):
        if key in _SPEAKING or str(key).startswith(_FIXED):
            del element.attrib[key]


def _without_metadata(tree: HtmlElement) -> None:
    for meta in tree.xpath("//meta[not(@charset) and not(@http-equiv)] | //link"):
        meta.drop_tree()
    for script in tree.xpath("//script[contains(@type, 'json')]"):
        script.drop_tree()


def _length(element: HtmlElement) -> int:
    return sum(len(part.strip()) for part in element.itertext())


def _reorder(tree: HtmlElement, seed: str) -> None:
    """Along the branch with most text, as long as it holds half of its parent's: siblings in another order."""
    parent = tree.find("body")
    for depth in range(4):
        if parent is None:
            return
        children = [child for child in parent if isinstance(child.tag, str)]
        lengths = {child: _length(child) for child in children}
        main = max(children, key=lengths.__getitem__, default=None)
        if main is None or lengths[main] < sum(lengths.values()) / 2 or (parent.text or "").strip():
            return
        if any((child.tail or "").strip() for child in children) or parent.tag in ("tr", "tbody", "table"):
            parent = main
            continue
        Random(f"{seed} {depth}").shuffle(children)
        parent[:] = children
        parent = main


def _reworded(tree: HtmlElement, wording: Mapping[str, str]) -> None:
    def other(text: str | None) -> str | None:
        core = bare_text(text)
        return text.replace(core, wording[core]) if text and core in wording else text

    for element in tree.iter("*"):
        if element.tag not in ("script", "style"):
            element.text = other(element.text)
        element.tail = other(element.tail)
