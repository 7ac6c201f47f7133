"""Parser of a page's JSON-LD, even if it is broken: schema.org's article, breadcrumb and dates."""

import html
import json
import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from lxml.html import HtmlElement

from crawler.html import characters
from crawler.html.lenient_json import DEEPEST, read_values
from crawler.html.spelling import comparable

Node = dict[str, Any]
_ARTICLE_TYPES = ("article", "blogposting", "liveblogposting", "report", "reportage")
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_BETWEEN = re.compile(r"[\s,;]*")
_QUOTE_ESCAPED = re.compile(r"[\s{\[]*&(?:quot|#0*34|#x0*22);", re.I)
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.I)
_BRACKETS = re.compile(r"[\[{\]}]")
_MOST_NODES = 5_000
_MOST_BYTES = 2_000_000
_MOST_BROKEN = 400_000  # letters of a page's broken scripts, which take half a second at most; real ones have 30,000


def read_nodes(tree: HtmlElement) -> list[Node]:
    """Every object in every JSON-LD script, also nested ones, in page order; at most 5,000."""
    nodes: list[Node] = []
    broken = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = script.text or ""
        if len(source) > _MOST_BYTES:
            continue
        values = _parse(source)
        if values is None and broken + len(source) <= _MOST_BROKEN:
            broken += len(source)
            values = read_values(html.unescape(source) if _QUOTE_ESCAPED.match(source) else source)
        for value in values or ():
            nodes.extend(_walk(value, _MOST_NODES - len(nodes)))
    return nodes


def _parse(source: str) -> list[Any] | None:
    """The values of one script, which may hold several; None if it is broken or nested too deeply."""
    depths = accumulate(1 if bracket in "[{" else -1 for bracket in _BRACKETS.findall(source))
    if max(depths, default=0) > DEEPEST:
        return None
    source = _WRAPPING.sub("", _WRAPPING.sub("", source)).strip().rstrip(";")
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    place = 0
    try:
        while place < len(source):
            value, place = decoder.raw_decode(source, place)
            values.append(value)
            between = _BETWEEN.match(source, place)
            place = between.end() if between else place
    except ValueError:
        return None
    return values


# Nodes under these keys describe other pages or parts of this one, never its article.
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
    """The page's own article: the node with most of headline, date, text and author; {} without one.

    A field that refers to another node by its @id is replaced by that node.
    """
    others = _of_others(nodes)
    articles = [
        node for node in nodes if id(node) not in others and any(name.endswith(_ARTICLE_TYPES) for name in types(node))
    ]
    wanted = ("headline", "datePublished", "articleBody", "author", "mainEntityOfPage")
    own = max(articles, key=lambda node: sum(1 for key in wanted if node.get(key)), default={})
    named = {str(node["@id"]): node for node in reversed(nodes) if "@id" in node and node.keys() - {"@id", "@type"}}
    return {key: _resolved(value, named) for key, value in own.items()}


def _resolved(value: Any, named: dict[str, Node]) -> Any:
    """Replace a value that is only a reference by its node; in a list, each one. References inside of nodes stay."""
    if isinstance(value, list):
        return [_resolved(inner, named) if not isinstance(inner, list) else inner for inner in value]
    if isinstance(value, dict) and value.keys() <= {"@id", "@type"}:
        return named.get(str(value.get("@id")), value)
    return named.get(value, value) if isinstance(value, str) and value.startswith(("http", "#", "_:")) else value


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


def video_dates(nodes: list[Node], headline: str) -> list[str]:
    """When the video was uploaded that bears the page's headline, which is then what the page is about.

    headline: comparable.
    """
    videos = (
        node
        for node in of_type(nodes, "videoobject")
        if any(comparable(string(node.get(key)) or "") == headline for key in ("headline", "name"))
    )
    return [text for node in videos for text in strings(node.get("uploadDate") or node.get("datePublished"))]


def page_dates(nodes: list[Node]) -> list[str]:
    """The publication dates of the page itself or its video, for pages that declare no article."""
    dated_nodes = of_type(nodes, "webpage", "videoobject")
    return [text for node in dated_nodes for text in strings(node.get("datePublished") or node.get("uploadDate"))]


def string(value: Any) -> str | None:
    """A mended line from a string, from the first usable value of a list, or from an object's name; None without one.

    Most strings are HTML-escaped, some twice, and some hold markup.
    """
    if isinstance(value, list):
        return next((text for inner in value[:50] if (text := string(inner))), None)
    if isinstance(value, dict):
        parts = [part for key in ("givenName", "familyName") if (part := string(value.get(key)))]
        return string(value.get("name") or value.get("@value")) or " ".join(parts) or string(value.get("url"))
    if isinstance(value, str):
        return characters.name(_TAG.sub("", html.unescape(html.unescape(value))))
    return None


def strings(value: Any) -> list[str]:
    """The strings of a list, or of one value, each as by `string`."""
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
