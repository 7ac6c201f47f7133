"""The text of an article: which element holds it, and which of its lines belong to it."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

import trafilatura
from lxml.html import HtmlElement

from crawler.extract import boilerplate, prune
from crawler.extract import text as cleaning
from crawler.extract.blocks import Block, blocks
from crawler.extract.bylines import read_byline, read_source
from crawler.extract.html import select
from crawler.site import Selectors

# schema.org and rNews say it outright. (itemprop "text" is what comments have.)
DECLARED = '[itemprop~="articleBody"], [property~="articleBody"], [property~="schema:articleBody"]'
# The names that systems and themes give the element, letters only, most particular first.
_NAMES = (
    "articlebody articlebodytext articlecontent articletext articledetails articledetailsbody articledesc entrycontent "
    "postcontent postbody posttext storybody storycontent storytext storydetails newsbody newscontent newstext "
    "newsdetails newsdetail detailsbody detailscontent bodytext bodycontent contentbody textcontent singlecontent "
    "singlepostcontent postdetails postentry tdpostcontent fieldnamebody maincontenttext articlecont wysiwyg "
    "fulltext contenttext entry details story article"
)
NAMES = tuple(re.findall("[a-z]+", _NAMES))
_RANK = {name: rank for rank, name in enumerate(NAMES)}
_COMMENTING = re.compile("مراجعة التعليقات|نشر التعليقات|كتابة التعليقات|التعليقات المنشورة|تعليقاتكم|تعليقك")
LEAST = 40  # letters of prose that make an element a body; a one-sentence bulletin has more
MOST_ELEMENTS = 25_000  # trafilatura takes 12 s for 100,000 paragraphs; past this, our own measure alone


@dataclass(frozen=True, slots=True)
class Body:
    """The paragraphs of an article, and what its lines say beside them. source: where it was found, for people."""

    paragraphs: tuple[str, ...]
    source: str
    authors: tuple[str, ...] = ()
    agency: str | None = None


@dataclass(slots=True)
class _Lines:
    kept: list[Block] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    agency: str | None = None


Place = tuple[HtmlElement, str]  # an element that may be the body, and why


def read_body(
    tree: HtmlElement,
    selectors: Selectors,
    places: list[Place],
    *,
    title: str | None = None,
    article_body: str | None = None,
) -> Body | None:
    """The article's paragraphs; None when the page has none. Cuts the tree apart: read everything else before.

    selectors: the theme's, with the site's own. places: from `locate`. title: its copy inside of the body is left
    out. article_body: JSON-LD's articleBody, used when the page itself yields less than half as much.
    """
    prune.drop(tree, selectors.drop)
    for element, source in places:
        found = _from_element(element, source, title)
        if found:
            return found
    found = _by_weight(tree, title)
    if article_body and (found is None or _size(found) * 2 < len(article_body)):
        lines = [Block("p", line) for part in article_body.splitlines() if (line := cleaning.line(part))]
        found = _keep(lines, "json-ld articleBody", title) or found
    return found


def _size(body: Body) -> int:
    return sum(map(len, body.paragraphs))


def _from_element(element: HtmlElement, source: str, title: str | None) -> Body | None:
    prune.cut(element)
    return _keep(blocks(element), source, title)


def locate(tree: HtmlElement, selectors: Selectors) -> list[Place]:
    """Elements that are a body by selector, declaration or name, the most trustworthy first. Changes nothing."""
    found: list[Place] = []
    measured = prune.sizes(tree)
    for matches, source in (
        (select(tree, selectors.body), f"selector {selectors.body}"),
        (select(tree, DECLARED), "declared articleBody"),
    ):
        best = _first_full(matches, measured)
        if best is not None:
            found.append((best, source))
    ranked: dict[int, list[HtmlElement]] = {}
    for element in tree.iter("div", "section", "article", "td", "span", "main"):
        rank = _rank(element)
        if rank is not None and measured[element].prose >= LEAST:
            ranked.setdefault(rank, []).append(element)
    most = max((measured[element].prose for matches in ranked.values() for element in matches), default=0)
    for rank in sorted(ranked):
        best = _first_full(ranked[rank], measured)
        # A teaser may bear a body's name; the body holds a good part of what any such element holds.
        if best is not None and measured[best].prose * 3 >= most:
            found.append((best, f"element named {NAMES[rank]}"))
            break
    return found


def _rank(element: HtmlElement) -> int | None:
    names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()[:500].split()
    return min((rank for name in names if (rank := _rank_of(name)) is not None), default=None)


@lru_cache(maxsize=8192)
def _rank_of(name: str) -> int | None:
    """The rank of one class or id; a long known name may have something before or after it ("xyz-articleBody")."""
    bare = re.sub("[^a-z]", "", name)
    if bare in _RANK:
        return _RANK[bare]
    return next((rank for known, rank in _RANK.items() if len(known) >= 9 and bare.endswith(known)), None)


def _first_full(matches: list[HtmlElement], measured: dict[HtmlElement, prune.Size]) -> HtmlElement | None:
    """The first match with a good part of the most prose (pages append further articles); of nested ones the inner."""
    matches = [element for element in matches if element in measured]
    most = max((measured[element].prose for element in matches), default=0)
    if most < LEAST:
        return None
    full = [element for element in matches if measured[element].prose * 2 >= most]
    first = full[0]
    for element in full[1:]:
        if measured[element].prose * 10 >= measured[first].prose * 8 and first in element.iterancestors():
            first = element
    return first


def _by_weight(tree: HtmlElement, title: str | None) -> Body | None:
    """No element says that it is the body: trafilatura's choice, or the element with most paragraphs."""
    root = tree.find("body")
    root = tree if root is None else root
    prune.cut(root)
    measured = prune.sizes(root)
    heaviest = _heaviest(measured)
    ours = _keep(blocks(heaviest), "heaviest element", title) if heaviest is not None else None
    theirs = _trafilatura(tree, title) if len(measured) <= MOST_ELEMENTS else None
    if ours is None or theirs is None:
        return theirs or ours
    # trafilatura drops lists and repeated lines, and knows more chrome. Where both mean the same element, ours is
    # whole; where ours holds much more, it holds something else too.
    shared = set(ours.paragraphs) & set(theirs.paragraphs)
    same = sum(map(len, shared)) * 10 >= _size(theirs) * 8 and _size(ours) * 2 <= _size(theirs) * 3
    return replace(ours, source="heaviest element, as trafilatura") if same else theirs


def _trafilatura(tree: HtmlElement, title: str | None) -> Body | None:
    try:
        document = trafilatura.bare_extraction(
            tree, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False, fast=True
        )
    # It is a foreign program over hostile input, and raises whatever it meets, RecursionError too.
    except Exception:
        return None
    content = getattr(document, "body", None)
    return None if content is None else _keep(blocks(content), "trafilatura", title)


def _heaviest(measured: dict[HtmlElement, prune.Size]) -> HtmlElement | None:
    """The element whose children hold most prose in pieces of a sentence or more; None when there is none."""
    weights: dict[HtmlElement, float] = {}
    for element, size in measured.items():
        own = len((element.text or "").split()) + sum(len((child.tail or "").split()) for child in element)
        if element.tag not in ("p", "div", "td", "span", "section", "article", "blockquote") or own < 5:
            continue
        parent = element.getparent()
        for holder, share in ((element if element.tag != "p" else None, 1.0), (parent, 1.0)):
            if holder is not None and holder in measured:
                weights[holder] = weights.get(holder, 0.0) + size.prose * share
    best = max(weights, key=lambda element: weights[element], default=None)
    return best if best is not None and measured[best].prose >= LEAST else None


def _keep(lines: list[Block], source: str, title: str | None) -> Body | None:
    """The lines that are the article's; None when less than a short sentence is left."""
    total = sum(len(line.text) for line in lines)
    unlinked = sum(len(line.text) for line in lines if line.linked < 0.9)
    found = _Lines()
    heading = cleaning.comparable(title) if title else None
    for place, line in enumerate(lines):
        kind = boilerplate.kind_of(line.text, linked=line.linked)
        if kind == "comment-form" and sum(len(kept.text) for kept in found.kept) * 2 > total:
            # What invites to comment stands right before the form: rules for commenters, not the article's end.
            while len(found.kept) > 1 and _COMMENTING.search(found.kept[-1].text):
                found.kept.pop()
            break
        # A paragraph that is nothing but a link points to another page.
        if kind or (line.linked >= 0.9 and unlinked >= LEAST):
            continue
        if heading and cleaning.comparable(line.text) == heading:
            continue
        if not (_is_edge(place, len(lines)) and _read_credit(line.text, found)):
            found.kept.append(line)
    while found.kept and found.kept[-1].kind == "heading" and len(found.kept) > 1:
        found.kept.pop()
    paragraphs = tuple(line.text for line in found.kept)
    if sum(map(len, paragraphs)) < LEAST // 2:
        return None
    return Body(paragraphs, source, tuple(found.authors), found.agency)


def _is_edge(place: int, count: int) -> bool:
    return place < 2 or place >= count - 2


def _read_credit(line: str, found: _Lines) -> bool:
    """Whether the line names its writer or source and nothing else; the names are kept."""
    authors = read_byline(line)
    source = read_source(line)
    found.authors += authors
    found.agency = found.agency or source
    return bool(authors or source)
