"""Recognise walls: pages that show only an article's beginning, and ask for a subscription or an account.

Many sites that declare their articles as paid print the full text, so a declaration counts only together with a wall.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from cssselect import GenericTranslator, SelectorError
from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.refusals.logins import asks_for_password
from crawler.html.blocks import is_hidden
from crawler.html.page import Page
from crawler.html.tree import content, find

# Classes and ids that subscription systems give the element in place of the rest of an article.
_NAMES = ("paywall", "regwall", "premium-content", "locked-content", "subscriber-only", "subscribers-only")
WALL = "//*[" + " or ".join(f"contains(@class, '{name}') or contains(@id, '{name}')" for name in _NAMES) + "]"
_LONGEST = 600  # most letters of a wall; an element with such a name and more text holds the article
_LEAST = 40  # fewest letters of a declared paid part that the page shows
_JOIN = re.compile(
    r"/(?:subscri\w*|sign-?(?:in|up)|log-?in|register|join|plans|اشتراك|اشترك|تسجيل[^/]*)(?:[/.?]|$)", re.I
)


def is_free(page: Page) -> bool | None:
    """schema.org's isAccessibleForFree; None when the page does not state it."""
    return {"true": True, "false": False}.get(str(page.article.get("isAccessibleForFree")).lower())


def is_walled(page: Page) -> bool:
    """Whether a page has a wall: a box with a wall's name and a link or form.

    Where the page declares that it is not free, also if the declared paid part is missing, or the page asks for a
    password or links to a subscription, outside menus and boxes.
    """
    # The HTML is searched first, since the XPath query costs 4% of the extraction of a page.
    if any(name in page.html for name in _NAMES) and any(_is_box(each) for each in find(page.tree, WALL)):
        return True
    if is_free(page) is not False:
        return False
    return _lacks_paid_part(page) or asks_for_password(page) or any(_joins(page))


def _is_box(element: HtmlElement) -> bool:
    if any(map(is_hidden, (element, *element.iterancestors()))):
        return False
    leads = next(element.iter("a", "button", "input", "form"), None) is not None
    return leads and 0 < len(content(element)) <= _LONGEST


def _lacks_paid_part(page: Page) -> bool:
    """Whether none of the elements declared as the paid part has text (schema.org's hasPart, cssSelector)."""
    stated = page.article.get("hasPart")
    selectors = [
        each["cssSelector"]
        for each in (stated if isinstance(stated, list) else [stated])
        if isinstance(each, dict) and isinstance(each.get("cssSelector"), str)
    ]
    named = [element for selector in selectors for element in _selected(page.tree, selector)]
    return bool(selectors) and not any(len(content(each)) >= _LEAST for each in named)


def _selected(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    try:
        return find(tree, GenericTranslator().css_to_xpath(selector[:200]))
    except (SelectorError, etree.XPathError):
        return []


def _joins(page: Page) -> Iterator[bool]:
    for link in page.tree.iter("a"):
        if _JOIN.search(unquote(_path(link.get("href") or ""))) and not page.is_elsewhere(link):
            yield True


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
