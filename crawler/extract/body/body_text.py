"""The text of an article, decided by evidence: what names the body, what JSON-LD says, and what weighs most."""

import html
import re
from dataclasses import replace
from itertools import islice

import trafilatura
from lxml.html import HtmlElement

from crawler.extract.body.candidates import BodyCandidate, heaviest
from crawler.extract.body.lines import Body, Known, keep
from crawler.html import characters as cleaning
from crawler.html import prune
from crawler.html.blocks import TextBlock, blocks
from crawler.html.page import Page

# trafilatura takes 12 s for 100,000 paragraphs, 5 s for 8,000 elements between pieces of text, and 10 s for 2,000 links
# under 900 nested elements; past these, our own measure alone. The largest real page has 2,500 elements, 15 deep.
MOST_ELEMENTS = 4_000
MOST_STEPS = 60_000  # from every element up to the root, together
MOST_LETTERS = 400_000
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.I)
_BLOCK_END = re.compile(r"</(?:p|div|li|h\d|blockquote)\s*>|<br\s*/?>", re.I)
_STARTS = ("p", "div", "span", "td", "section", "article")
_SAMPLE = 20_000  # letters whose words are compared


def read_body(page: Page, places: list[BodyCandidate], known: Known) -> Body | None:
    """The article's paragraphs; None when the page has none. Cuts the tree apart: read everything else before.

    places: from `locate`, the most trustworthy first. Where JSON-LD's articleBody tells of a text that the first place
    does not hold, one that holds it wins; JSON-LD itself where the page shows less than half of it.
    """
    # What a theme is told to drop never holds the body: presets are guesses about versions to come.
    held = {holder for place in places[:1] for part in place.parts for holder in (part, *part.iterancestors())}
    prune.drop(each for each in page.names.select(page.selectors.drop) if each not in held)
    said = _said(page, known)
    own = f"selector {page.site.selectors.body}"
    best: Body | None = None
    for place in places:
        found = _from_place(place, known)
        if found is None:
            continue
        if said is None or place.source == own:
            return found
        if _covers(found, said):
            return replace(found, source=f"{found.source}; JSON-LD says the same")
        best = best or found
    if best is not None and said is not None:
        return _holding(page.tree, known, said) or _settled(best, said)
    found = _by_weight(page.tree, known, said)
    if said is not None and (found is None or found.letters * 2 < said.letters):
        return said
    return found


def _holding(tree: HtmlElement, known: Known, said: Body) -> Body | None:
    """The element that shows what JSON-LD says, found by its first words; None where the page shows it nowhere."""
    begin = said.paragraphs[0][:30]
    starts = (each for each in tree.iter(*_STARTS) if cleaning.line((each.text or "")[:200]).startswith(begin))
    for start in islice(starts, 3):
        for element in (start, *islice(start.iterancestors(), 3)):
            if element.tag in ("body", "html"):
                break
            found = keep(blocks(element), "element that shows what JSON-LD says", known)
            if found is not None and _covers(found, said):
                return found if found.letters < 2 * said.letters else None
    return None


def _settled(shown: Body, said: Body) -> Body:
    """What the page shows and what JSON-LD says differ: the longer by far, else what readers see."""
    if shown.letters * 2 < said.letters:
        return replace(said, source=f"{said.source}, of which {shown.source} shows less than half")
    return replace(shown, source=f"{shown.source}; JSON-LD articleBody differs")


def _said(page: Page, known: Known) -> Body | None:
    """JSON-LD's articleBody, a line a paragraph; None when it says none, or a teaser."""
    value = page.article.get("articleBody")
    if not isinstance(value, str) or len(value) < 100:
        return None
    text = html.unescape(value)
    if "<" in text:
        text = _TAG.sub(" ", _BLOCK_END.sub("\n", text))
    lines = [TextBlock("p", line) for part in text.splitlines() if (line := cleaning.line(part))]
    return keep(lines, "json-ld articleBody", known)


def _covers(body: Body, other: Body) -> bool:
    """Whether the one holds nearly all words of the other; a word's spelling may differ by its punctuation."""
    wanted = set(cleaning.comparable(" ".join(other.paragraphs)[:_SAMPLE]).split())
    held = set(cleaning.comparable(" ".join(body.paragraphs)[: 2 * _SAMPLE]).split())
    return len(wanted & held) * 10 >= len(wanted) * 8


def _from_place(place: BodyCandidate, known: Known) -> Body | None:
    lines: list[TextBlock] = []
    for part in place.parts:
        prune.cut(part)
        lines += blocks(part)
    return keep(lines, place.source, known)


def _by_weight(tree: HtmlElement, known: Known, said: Body | None) -> Body | None:
    """No element says that it is the body: the one with most prose, or trafilatura's choice where that is in doubt."""
    root = tree.find("body")
    root = tree if root is None else root
    measured = prune.cut(root) or prune.sizes(root)
    element = heaviest(measured)
    ours = keep(blocks(element), "heaviest element", known) if element is not None else None
    if ours is not None and element is not None:
        if said is not None and _covers(ours, said):
            return replace(ours, source="heaviest element; JSON-LD says the same")
        if _dominates(element, measured, root, ours):
            return replace(ours, source="heaviest element, with nearly all prose of the page")
    theirs = _trafilatura(tree, known) if _is_small(measured, root) else None
    if ours is None or theirs is None:
        return theirs or ours
    # trafilatura drops lists and repeated lines, and knows more chrome. Where both mean the same element, ours is
    # whole; where ours holds much more, it holds something else too.
    shared = set(ours.paragraphs) & set(theirs.paragraphs)
    same = sum(map(len, shared)) * 10 >= theirs.letters * 8 and ours.letters * 2 <= theirs.letters * 3
    return replace(ours, source="heaviest element, as trafilatura") if same else theirs


def _is_small(measured: prune.Sizes, root: HtmlElement) -> bool:
    if len(measured.letters) > MOST_ELEMENTS or measured.letters[root] > MOST_LETTERS:
        return False
    depths: dict[HtmlElement | None, int] = {}
    for element in measured.letters:
        depths[element] = depths.get(element.getparent(), 0) + 1
    return sum(depths.values()) <= MOST_STEPS


def _dominates(element: HtmlElement, measured: prune.Sizes, root: HtmlElement, body: Body) -> bool:
    """Whether hardly any prose stands outside of the element, and it is an article's: sentences, few links."""
    sentences = sum(len(paragraph) for paragraph in body.paragraphs if len(paragraph) >= 80)
    return (
        measured.prose(element) * 10 >= measured.prose(root) * 8
        and measured.linked[element] * 4 <= measured.letters[element]
        and sentences * 10 >= body.letters * 8
    )


def _trafilatura(tree: HtmlElement, known: Known) -> Body | None:
    try:
        document = trafilatura.bare_extraction(
            tree, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False, fast=True
        )
    # It is a foreign program over hostile input, and raises whatever it meets, RecursionError too.
    except Exception:
        return None
    content = getattr(document, "body", None)
    return None if content is None else keep(blocks(content), "trafilatura", known)
