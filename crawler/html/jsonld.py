"""JSON-LD, however broken: schema.org's article and breadcrumb of a page."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from crawler.html import characters

Node = dict[str, Any]
_ARTICLE_TYPES = ("article", "blogposting", "liveblogposting", "report", "reportage")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MOST_NODES = 5_000
_MOST_BYTES = 2_000_000


def read_nodes(tree: HtmlElement) -> list[Node]:
    """Every object of every JSON-LD script, nested ones too, in page order; at most 5,000."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for value in _load(script.text or ""):
                nodes.extend(_walk(value, _MOST_NODES - len(nodes)))
    return nodes


def _load(source: str) -> list[Any]:
    """The values of one script; empty when it cannot be parsed."""
    source = _WRAPPING.sub("", _WRAPPING.sub("", source)).strip().rstrip(";")
    if not source or len(source) > _MOST_BYTES:
        return []
    for attempt in (source, _TRAILING_COMMA.sub(r"\1", source), _TRAILING_COMMA.sub(r"\1", html.unescape(source))):
        values = _decode(attempt)
        if values:
            return values
    return []


def _decode(source: str) -> list[Any]:
    """The values that follow each other up to the first error."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    place = 0
    try:
        while place < len(source):
            value, place = decoder.raw_decode(source, place)
            values.append(value)
            place += len(source[place:]) - len(source[place:].lstrip(" \t\r\n,;"))
    except (ValueError, RecursionError):
        pass
    return values


# Nodes under these keys are of other pages or parts of this one, never its article.
_OTHERS = characters.words(
    "liveBlogUpdate itemListElement hasPart mentions relatedLink comment review citation isBasedOn subjectOf"
)


def _walk(value: Any, most: int) -> Iterator[Node]:
    stack = [value]
    while stack and most > 0:
        value = stack.pop()
        if isinstance(value, dict):
            most -= 1
            yield value
            stack.extend(reversed([inner for inner in value.values() if isinstance(inner, dict | list)]))
        elif isinstance(value, list):
            stack.extend(reversed([inner for inner in value[:_MOST_NODES] if isinstance(inner, dict | list)]))


def types(node: Node) -> set[str]:
    """The node's @type, lower-case, without a namespace."""
    value = node.get("@type")
    names = value if isinstance(value, list) else [value]
    return {name.rsplit("/", 1)[-1].lower() for name in names if isinstance(name, str)}


def article(nodes: list[Node]) -> Node:
    """The page's own article: the node with most of headline, date, text and author; {} when there is none."""
    others = _of_others(nodes)
    articles = [
        node for node in nodes if id(node) not in others and any(name.endswith(_ARTICLE_TYPES) for name in types(node))
    ]
    wanted = ("headline", "datePublished", "articleBody", "author", "mainEntityOfPage")
    return max(articles, key=lambda node: sum(1 for key in wanted if node.get(key)), default={})


def _of_others(nodes: list[Node]) -> set[int]:
    """The id() of nodes nested under the keys of _OTHERS. nodes: outer before inner ones."""
    nested: set[int] = set()
    for node in nodes:
        inherited = id(node) in nested
        for key, value in node.items():
            if inherited or key in _OTHERS:
                nested.update(id(inner) for inner in (value if isinstance(value, list) else [value]))
    return nested


def of_type(nodes: list[Node], *names: str) -> list[Node]:
    """The nodes of one of these types (lower-case)."""
    return [node for node in nodes if not types(node).isdisjoint(names)]


def string(value: Any) -> str | None:
    """A mended line out of a string, a list's first, or an object's name; None when there is none.

    Strings are HTML-escaped more often than not, some twice.
    """
    if isinstance(value, list):
        return next((text for inner in value[:50] if (text := string(inner))), None)
    if isinstance(value, dict):
        return string(value.get("name") or value.get("@value") or value.get("url"))
    if isinstance(value, str):
        return characters.name(html.unescape(html.unescape(value)))
    return None


def strings(value: Any) -> list[str]:
    """Every string of a list, or of one value."""
    values = value[:200] if isinstance(value, list) else [value]
    return [text for inner in values if (text := string(inner))]


def breadcrumb(nodes: list[Node]) -> list[str]:
    """The names of the first BreadcrumbList, outermost first."""
    for node in of_type(nodes, "breadcrumblist"):
        items = node.get("itemListElement")
        if isinstance(items, list):
            names = [string(item.get("name")) or string(item.get("item")) for item in items if isinstance(item, dict)]
            return [name for name in names if name and not name.startswith("http")]
    return []
