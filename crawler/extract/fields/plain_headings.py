"""The heading above the text, on pages where neither metadata nor an h1 says which line is the headline."""

from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.candidates import heaviest
from crawler.html import prune
from crawler.html.page import Page
from crawler.html.tree import content, words_of
from storage.urls import url_key

_HEADINGS = ("h1", "h2", "h3", "h4")
_LINES = ("td", "div", "span", "b", "strong", "font", "p", "a")
_NAMED = ("title", "heading", "headline")  # ends of words that name a headline
_LONGEST = 250  # letters of a heading; what is longer is a paragraph
_LEAST_WORDS = 3
_MOST = 5_000  # elements that are looked at


def heading_above_text(page: Page, allows: Callable[[HtmlElement], bool]) -> HtmlElement | None:
    """The nearest heading before the first paragraph, by its tag or name, that leads to no other page; None if none.

    allows: whether an element may be a headline by where it stands.
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
