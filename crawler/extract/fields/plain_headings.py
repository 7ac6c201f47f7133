"""Find the heading or line above the text, on pages where neither metadata nor an h1 identifies the headline."""

from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates.dateline import is_dateline
from crawler.extract.body.candidates import heaviest
from crawler.html import prune
from crawler.html.blocks import blocks
from crawler.html.page import Page
from crawler.html.tree import content, words_of
from storage.urls import url_key

_HEADINGS = ("h1", "h2", "h3", "h4")
_LINES = ("td", "div", "span", "b", "strong", "font", "p", "a")
_NAMED = ("title", "heading", "headline")  # ends of words that name a headline
_LONGEST = 250  # letters of a heading; longer texts are paragraphs
_LEAST_WORDS = 3
_PARAGRAPH = 120  # fewest letters of a paragraph
_LEAST_PARAGRAPHS = 3
_LEAST_PLAIN = 5  # fewest words of a headline that is no heading by tag or class
_MOST_LINES = 12  # lines before the text that are examined
_MOST = 5_000  # elements that are examined


def heading_above_text(page: Page, allows: Callable[[HtmlElement], bool]) -> HtmlElement | None:
    """The last heading before the first paragraph of the heaviest element; None if there is none.

    A heading is one by its tag or class, and has no link to another page. allows: whether an element may be the
    headline, by its text and position.
    """
    body = page.tree.find("body")
    root = page.tree if body is None else body
    text = heaviest(prune.sizes(root))
    if text is None:
        return None
    within, around = set(text.iter()), {text, *text.iterancestors()}
    best: HtmlElement | None = None
    for element in islice(root.iter(*_HEADINGS, *_LINES), _MOST):
        if element in around:
            continue
        if element in within and len(content(element)) > _LONGEST:
            break
        if _is_heading(page, element) and allows(element):
            best = element
    return best


def line_above_text(page: Page, allows: Callable[[HtmlElement], bool]) -> HtmlElement | None:
    """The nearest line of at least five words before the first paragraph, whatever its tag; None if there is none.

    The page must have three paragraphs without links, so that pages of teasers or links give none. allows: as for
    `heading_above_text`.
    """
    body = page.tree.find("body")
    lines = blocks(page.tree if body is None else body)
    paragraphs = [place for place, line in enumerate(lines) if len(line.text) >= _PARAGRAPH and line.linked < 0.1]
    if len(paragraphs) < _LEAST_PARAGRAPHS:
        return None
    first = paragraphs[0]
    for line in reversed(lines[max(0, first - _MOST_LINES) : first]):
        if line.linked or line.owner is None or not len(line.text.split()) >= _LEAST_PLAIN or len(line.text) > _LONGEST:
            continue
        if not (line.text.endswith((".", ":")) or is_dateline(line.text)) and allows(line.owner):
            return line.owner
    return None


def _is_heading(page: Page, element: HtmlElement) -> bool:
    if element.tag not in _HEADINGS and not any(word.endswith(_NAMED) for word in words_of(element)):
        return False
    shown = content(element)
    if len(shown.split()) < _LEAST_WORDS or len(shown) > _LONGEST or page.is_elsewhere(element):
        return False
    links = (each.get("href") or "" for each in (*element.iter("a"), *islice(element.iterancestors("a"), 1)))
    return all(_leads_here(page, href) for href in links)


def _leads_here(page: Page, href: str) -> bool:
    full = page.absolute(href)
    try:
        return not href or href.startswith("#") or (full is not None and url_key(full) == url_key(page.url))
    except ValueError:
        return False
