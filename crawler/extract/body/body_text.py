"""Choose the text of an article: by template, elements named as the body, JSON-LD's articleBody, or most prose."""

import html
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

import trafilatura
from lxml.html import HtmlElement

from crawler.extract.body.appended import remove_appended
from crawler.extract.body.candidates import BodyCandidate, heaviest
from crawler.extract.body.lines import Body, LineContext, keep
from crawler.extract.body.profiled import SOURCE, Fit, read_profiled
from crawler.html import characters, prune
from crawler.html.blocks import SENTENCE_ENDS, TextBlock, blocks
from crawler.html.page import Page
from crawler.html.spelling import comparable

# trafilatura takes 12 s for 100,000 paragraphs, 5 s for 8,000 elements between pieces of text, and 10 s for 2,000 links
# under 900 nested elements. Beyond these limits only the heaviest element is used. The largest real page has 2,500
# elements, 15 deep.
MOST_ELEMENTS = 4_000
MOST_STEPS = 60_000  # sum of the depths of all elements
MOST_LETTERS = 400_000
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.I)
_BLOCK_END = re.compile(r"</(?:p|div|li|h\d|blockquote)\s*>|<br\s*/?>", re.I)
_STARTS = ("p", "div", "span", "td", "section", "article")
_MUCH, _PARAGRAPH = 4, 80  # how many times longer than trafilatura's text to overrule it; letters of a paragraph
_SENTENCE = 7  # fewest words of a sentence
_SAMPLE = 20_000  # letters whose words are compared


def read_body(
    page: Page,
    candidates: list[BodyCandidate],
    context: LineContext,
    *,
    headline: HtmlElement | None = None,
    page_fit: Fit | None = None,
) -> Body | None:
    """The article's paragraphs; None when the page has none. Changes the tree: read all other fields before.

    The first of these that gives a text is returned: the site's own body selector, the template, the candidates, then
    the heaviest element or trafilatura's choice. Where JSON-LD has an articleBody, a candidate must contain 80% of its
    words, and JSON-LD's text itself is returned where the page shows less than half of it.
    headline: the element of the headline. page_fit: the page's template; None if it fits none. candidates: from
    `body_candidates`, the most trustworthy first.
    """
    # A theme's drop selector must not remove the body: it may match more in a later version of the theme.
    held = {holder for each in candidates[:1] for part in each.parts for holder in (part, *part.iterancestors())}
    for element in page.names.select(page.selectors.drop):
        if element not in held:
            prune.remove(element)
    remove_appended(page.tree, headline)
    said = _said(page, context)
    own = f"selector {page.site.selectors.body}"
    best: Body | None = None
    readers = [partial(_from_candidate, candidate, context) for candidate in candidates]
    if page_fit is not None:
        fields = [element for elements in page.field_elements.values() for element in elements]
        # A body selector declared for the site is tried before the learned template.
        readers.insert(
            1 if candidates and candidates[0].source == own else 0, partial(read_profiled, page_fit, fields, context)
        )
    for read in readers:
        body = read()
        if body is None:
            continue
        if said is None or body.source in (own, SOURCE):
            return body
        if _covers(body, said):
            return replace(body, source=f"{body.source}; JSON-LD says the same")
        best = best or body
    if best is not None and said is not None:
        return _holding(page.tree, context, said) or _settled(best, said)
    shown = _by_weight(page.tree, context, said)
    if said is not None and (shown is None or shown.letters * 2 < said.letters):
        return said
    return shown


def _holding(tree: HtmlElement, context: LineContext, said: Body) -> Body | None:
    """The text of the element that begins with JSON-LD's first words and covers its text; None where there is none."""
    begin = said.paragraphs[0][:30]
    starts = (each for each in tree.iter(*_STARTS) if characters.line((each.text or "")[:200]).startswith(begin))
    for start in islice(starts, 3):
        for element in (start, *islice(start.iterancestors(), 3)):
            if element.tag in ("body", "html"):
                break
            body = keep(blocks(element), "element that shows what JSON-LD says", context)
            if body is not None and _covers(body, said):
                return body if body.letters < 2 * said.letters else None
    return None


def _settled(shown: Body, said: Body) -> Body:
    """Of two texts that differ, JSON-LD's where it is more than twice as long, else the one shown on the page."""
    if shown.letters * 2 < said.letters:
        return replace(said, source=f"{said.source}, of which {shown.source} shows less than half")
    return replace(shown, source=f"{shown.source}; JSON-LD articleBody differs")


def _said(page: Page, context: LineContext) -> Body | None:
    """JSON-LD's articleBody, divided into paragraphs at line breaks; None when it is absent or under 100 letters."""
    value = page.article.get("articleBody")
    if not isinstance(value, str) or len(value) < 100:
        return None
    text = html.unescape(value)
    if "<" in text:
        text = _TAG.sub(" ", _BLOCK_END.sub("\n", text))
    lines = [TextBlock("p", line) for part in text.splitlines() if (line := characters.line(part))]
    return keep(lines, "json-ld articleBody", context)


def _covers(body: Body, other: Body) -> bool:
    """Whether a body contains 80% of the other's different words, punctuation aside."""
    wanted = set(comparable(" ".join(other.paragraphs)[:_SAMPLE]).split())
    held = set(comparable(" ".join(body.paragraphs)[: 2 * _SAMPLE]).split())
    return len(wanted & held) * 10 >= len(wanted) * 8


def _from_candidate(candidate: BodyCandidate, context: LineContext) -> Body | None:
    lines: list[TextBlock] = []
    for part in candidate.parts:
        prune.cut(part)
        lines += blocks(part)
    return keep(lines, candidate.source, context)


def _by_weight(tree: HtmlElement, context: LineContext, said: Body | None) -> Body | None:
    """The text of the element with most prose, or trafilatura's where that is in doubt; without candidates."""
    root = tree.find("body")
    root = tree if root is None else root
    measured = prune.cut(root) or prune.sizes(root)
    element = heaviest(measured)
    parts = _with_parts(element, measured) if element is not None else []
    ours = keep([block for part in parts for block in blocks(part)], "heaviest element", context) if parts else None
    if ours is not None and element is not None:
        if said is not None and _covers(ours, said):
            return replace(ours, source="heaviest element; JSON-LD says the same")
        if _dominates(element, measured, root, ours):
            return replace(ours, source="heaviest element, with nearly all prose of the page")
    shown = blocks(root)
    theirs = _by_trafilatura(tree, context) if is_small(measured, root) else None
    if ours is None or theirs is None:
        return theirs or ours
    holds_most = element is not root and element is not None and _holds(element, measured, root, share=0.5)
    return _of_two(ours, theirs, shown, holds_most=holds_most)


def _of_two(ours: Body, theirs: Body, shown: Sequence[TextBlock], *, holds_most: bool) -> Body:
    """Choose between the heaviest element's text ("ours") and trafilatura's ("theirs").

    holds_most: whether the heaviest element is a part of the page with half of its prose and few links.
    """
    # trafilatura drops lists and repeated lines, but recognises more furniture. Where both found the same element, ours
    # is complete; where ours is much longer, it contains furniture.
    shared = set(ours.paragraphs) & set(theirs.paragraphs)
    same = sum(map(len, shared)) * 10 >= theirs.letters * 8 and ours.letters * 2 <= theirs.letters * 3
    if same:
        return replace(ours, source="heaviest element, as trafilatura")
    if _is_within(ours, theirs):
        return replace(ours, source="heaviest element, all paragraphs of trafilatura")
    is_few = theirs.letters * _MUCH < ours.letters
    # trafilatura may overlook the text's elements and return only a line of furniture.
    if is_few and (holds_most or max(map(len, theirs.paragraphs)) < _PARAGRAPH):
        return replace(ours, source="heaviest element; trafilatura has a line alone")
    if holds_most and sum(map(len, shared)) * 10 < theirs.letters and _begins_before(ours, theirs, shown):
        return replace(ours, source="heaviest element, before what trafilatura takes")
    return theirs


def _begins_before(one: Body, other: Body, shown: Sequence[TextBlock]) -> bool:
    """Whether `one` begins before `other`, which may be comments. shown: the blocks of the page."""
    places = {block.text: place for place, block in reversed(list(enumerate(shown)))}
    first, second = (
        min((places[each] for each in body.paragraphs if each in places), default=-1) for body in (one, other)
    )
    return 0 <= first < second


def _is_within(ours: Body, theirs: Body) -> bool:
    """Whether theirs contains nearly all of ours, and its further lines are no prose: labels, dates, teasers."""
    own, others = set(ours.paragraphs), set(theirs.paragraphs)
    missing, further = sum(map(len, own - others)), sum(map(len, others - own))
    return missing * 10 <= ours.letters and missing < further and not any(map(_is_prose, others - own))


def _is_prose(text: str) -> bool:
    return len(text) >= _PARAGRAPH or (len(text.split()) >= _SENTENCE and text.endswith(SENTENCE_ENDS))


def _with_parts(element: HtmlElement, measured: prune.Sizes) -> list[HtmlElement]:
    """The element and its siblings of the same tag and class with prose: advertisements divide bodies into parts."""
    parent, names = element.getparent(), element.get("class")
    if parent is None or not names or element.tag == "p":
        return [element]
    beside = [each for each in parent if each.tag == element.tag and each.get("class") == names]
    return [each for each in beside if each is element or measured.prose(each) * 2 > measured.letters[each]]


def is_small(measured: prune.Sizes, root: HtmlElement) -> bool:
    """Whether a page is small enough for trafilatura to process in reasonable time."""
    if len(measured.letters) > MOST_ELEMENTS or measured.letters[root] > MOST_LETTERS:
        return False
    depths: dict[HtmlElement | None, int] = {}
    for element in measured.letters:
        depths[element] = depths.get(element.getparent(), 0) + 1
    return sum(depths.values()) <= MOST_STEPS


def _dominates(element: HtmlElement, measured: prune.Sizes, root: HtmlElement, body: Body) -> bool:
    """Whether the element holds 80% of the page's prose, mostly in long paragraphs, with a low link density."""
    sentences = sum(len(paragraph) for paragraph in body.paragraphs if len(paragraph) >= 80)
    return _holds(element, measured, root, share=0.8) and sentences * 10 >= body.letters * 8


def _holds(element: HtmlElement, measured: prune.Sizes, root: HtmlElement, *, share: float) -> bool:
    """Whether the element holds the share of the page's prose, with a link density of 25% or less."""
    few_links = measured.linked[element] * 4 <= measured.letters[element]
    return few_links and measured.prose(element) >= share * measured.prose(root)


def trafilatura_body(tree: HtmlElement) -> HtmlElement | None:
    """The text that trafilatura finds on a page, as an element tree; None where it finds none. May change the tree."""
    try:
        document = trafilatura.bare_extraction(
            tree, favor_precision=True, include_comments=False, include_tables=True, with_metadata=False, fast=True
        )
    # On hostile input it raises errors of any kind, RecursionError included.
    except Exception:
        return None
    return getattr(document, "body", None)


def _by_trafilatura(tree: HtmlElement, context: LineContext) -> Body | None:
    content = trafilatura_body(tree)
    return None if content is None else keep(blocks(content), "trafilatura", context)
