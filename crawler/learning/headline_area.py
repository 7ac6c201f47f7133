"""Learn the headline area: the element around the headline that also holds its text, on pages with several texts."""

from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.learning.containers import PathedView
from crawler.profile.template import LEAST, Template, within_area

_FARTHEST = 6  # most elements from the headline up to its area
_SHARE = 0.7  # least share of pages whose area holds text
_MOST_LEFT = 0.4  # least letters of an area, as a share of those in larger areas; a lead alone has fewer


def with_headline_area(template: Template, members: Sequence[PathedView]) -> Template:
    """Return the template with `headline_area`: the smallest area around the headline that holds the article's text.

    It is learned even where no page needs it: later pages may show further articles, appended or in cards, at the path
    of the container, and these may be longer. A template with which "first" receives an area only where the first
    element in it is the longest on all pages: then a much longer one on a later page is the text, and the first one
    may be a subtitle.
    """
    if template.which in ("all", "span", "every"):
        return template
    pages = [(headline, texts) for pathed in members for headline, texts in _texts(template, pathed)]
    sums: dict[int, int] = {}
    for area in range(1, _FARTHEST + 1):
        longest = [
            max((texts[each] for each in within_area(list(texts), headline, area)), default=0)
            for headline, texts in pages
        ]
        if sum(letters >= LEAST for letters in longest) >= _SHARE * len(members):
            sums[area] = sum(longest)
    most = max(sums.values(), default=0)
    area = next((area for area, letters in sums.items() if letters >= _MOST_LEFT * most), 0)
    if not area or (template.which == "first" and not _first_is_longest(pages, area)):
        return template
    return replace(template, headline_area=area)


def _first_is_longest(pages: Sequence[tuple[HtmlElement, dict[HtmlElement, int]]], area: int) -> bool:
    """Whether the first of the elements within the headline's area has most text, on all pages."""
    within = [[texts[each] for each in within_area(list(texts), headline, area)] for headline, texts in pages]
    return all(letters[0] == max(letters) for letters in within if letters)


def _texts(template: Template, pathed: PathedView) -> list[tuple[HtmlElement, dict[HtmlElement, int]]]:
    """The headline element of a page, and the elements at the container's path with their letters of voted blocks.

    One pair, or none where the page has no element at the headline's path. Elements below LEAST letters are left out.
    """
    tree = pathed.view.page.tree
    headline = template.headline_element(tree, pathed.paths)
    if headline is None:
        return []
    letters = dict.fromkeys(template.elements(tree, template.container, pathed.paths), 0)
    for block, votes in zip(pathed.view.blocks, pathed.view.votes, strict=True):
        if votes and block.owner is not None and block.owner is not headline:
            for holder in (block.owner, *block.owner.iterancestors()):
                if holder in letters:
                    letters[holder] += len(block.text)
    return [(headline, {each: size for each, size in letters.items() if size >= LEAST})]
