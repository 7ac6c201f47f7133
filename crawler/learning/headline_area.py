"""The area of a headline: the element around it that holds its text, where a page shows several texts alike."""

from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.learning.containers import PathedView
from crawler.profile.template import LEAST, Template, within_area

_FARTHEST = 6  # elements above the headline
_SHARE = 0.7  # of the pages, whose area holds text
_MOST_LEFT = 0.4  # of the letters of larger areas that an area has at least; a lead alone has fewer


def with_headline_area(template: Template, members: Sequence[PathedView]) -> Template:
    """The template with its headlines' area: the smallest that holds as much text as an article has.

    Further articles, appended or in cards, stand at the path of the container as well, and may be longer; a page that
    has some may come after pages that had none. Where the first element within the area was the longest on all pages,
    one that is much longer is the text: a long subtitle may stand in an element like it on the next page.
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
    """Whether of the elements within the headline's area the first has most text, on all pages."""
    within = [[texts[each] for each in within_area(list(texts), headline, area)] for headline, texts in pages]
    return all(letters[0] == max(letters) for letters in within if letters)


def _texts(template: Template, pathed: PathedView) -> list[tuple[HtmlElement, dict[HtmlElement, int]]]:
    """A page's headline, and the elements at the container's path with their letters that readers take for text.

    Empty where the page shows no headline at its place.
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
