"""The page's title on a listing: find the lists that stand under the heading with the page's title."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.listings.card_lists import CardList
from crawler.listings.listing_furniture import DEEPEST

_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|»«:،•]\s*|(?<!\s)\s+[-–—]\s+")  # separators in a title: section | newspaper
_LONGEST = 40  # letters of a section's name
_MOST_HEADINGS = 5  # headings with the title that are examined


def under_title(lists: list[CardList]) -> set[CardList]:
    """The lists after a heading with the page's title, in the smallest element around the heading that holds any list.

    Empty where that element holds all lists, since the heading then distinguishes none. A heading is an h1, or an
    element without children, outside links, whose text is a part of the page's <title>.
    """
    held: dict[HtmlElement, list[CardList]] = {}
    for each in lists:
        for around in islice((each.holder, *each.holder.iterancestors()), DEEPEST):
            held.setdefault(around, []).append(each)
    titled_lists: set[CardList] = set()
    for heading in islice(_headings(lists[0].holder.getroottree().getroot()), _MOST_HEADINGS):
        branch = heading
        for around in islice(heading.iterancestors(), DEEPEST):
            if around in held:
                if len(held[around]) < len(lists):
                    behind = set(branch.itersiblings())
                    titled_lists |= {each for each in held[around] if _is_behind(each, behind, around)}
                break
            branch = around
    return titled_lists


def _is_behind(one: CardList, behind: set[HtmlElement], around: HtmlElement) -> bool:
    return one.holder is around or not behind.isdisjoint((one.holder, *islice(one.holder.iterancestors(), DEEPEST)))


def _headings(tree: HtmlElement) -> Iterator[HtmlElement]:
    parts = frozenset(_PARTS.split(" ".join((tree.findtext(".//title") or "").split()))) - {""}
    for element in tree.iter("h1", "h2", "h3", "h4", "div", "span", "td", "strong", "b"):
        text = element.text
        if text and len(element) == 0 and len(text) < 4 * _LONGEST:
            text = " ".join(text.split())
            is_title = element.tag == "h1" or (text in parts and next(element.iterancestors("a"), None) is None)
            if is_title and 0 < len(text) <= _LONGEST:
                yield element
