"""Classify lines of pages: repeated lines of the site, sentences, captions, and parts of the text by their place."""

from collections import Counter
from collections.abc import Container, Sequence
from itertools import accumulate

from lxml.html import HtmlElement

from crawler.html import prune
from crawler.html.blocks import SENTENCE_ENDS, TextBlock
from crawler.learning.page_views import READERS, PageView

LEAST_LETTERS = 2  # fewest letters of a line that may be furniture; tables repeat numbers
SENTENCE = 7  # fewest words of a sentence
_LINKED = 0.5  # link density from which a paragraph is a link
_MOSTLY = 0.7  # share of a heading's occurrences that decides for all
_LONGEST_CAPTION = 300  # letters
_PICTURES = ("img", "picture", "amp-img", "video", "amp-video")
_MOST_LINKED = 0.3  # share of the letters of a line or list in links
_LEAST_ROWS = 3  # of a table of numbers
_UNIT = 8  # letters beside a number: "جنيه", "مليون"
_PROSE = 120  # letters of a line that is text unless most pages repeat it


def repeated_lines(views: Sequence[PageView]) -> frozenset[str]:
    """The keys of lines that recur on a fifth of the pages, and on at least three (two, of fewer than five pages).

    Sentences, headings of text and cells of tables of numbers count only where half of the pages have them: the
    background of a running story is repeated, too, and so are "background" and "reactions" above paragraphs, and what
    has its price in a table of each day.
    """
    counts: Counter[str] = Counter()
    for view in views:
        counts.update({key for key in view.keys if sum(map(str.isalpha, key)) >= LEAST_LETTERS})
    least = max(2 if len(views) < 5 else 3, 0.2 * len(views))
    most = max(least, 0.5 * len(views))
    of_text = _text_headings(views, counts) | _cells(views, counts)
    return frozenset(
        key for key, count in counts.items() if count >= (most if key in of_text or _is_sentence(key) else least)
    )


def text_below(view: PageView, place: int) -> int | None:
    """The index of the paragraph of prose below a heading. A second heading may stand between, or an entry's time.

    place: the heading's index. None: the block is no heading, or no such paragraph follows.
    """
    if view.blocks[place].kind != "heading":
        return None
    for below, block in enumerate(view.blocks[place + 1 : place + 3], place + 1):
        if block.kind != "heading" and any(map(str.isalpha, block.text)):
            return below if _is_paragraph(block) else None
    return None


def _is_paragraph(block: TextBlock) -> bool:
    return len(block.text.split()) >= SENTENCE and block.linked < _LINKED and block.text.endswith(SENTENCE_ENDS)


def _text_headings(views: Sequence[PageView], counts: Counter[str]) -> frozenset[str]:
    """The keys of recurring headings that mostly stand above a paragraph that no other page has."""
    places: Counter[str] = Counter()
    above: Counter[str] = Counter()
    for view in views:
        for place, key in enumerate(view.keys):
            if counts[key] > 1 and view.blocks[place].kind == "heading":
                places[key] += 1
                below = text_below(view, place)
                above[key] += below is not None and counts[view.keys[below]] == 1
    return frozenset(key for key, count in above.items() if count > _MOSTLY * places[key])


def _cells(views: Sequence[PageView], counts: Counter[str]) -> frozenset[str]:
    """The lines that mostly stand in tables of numbers."""
    places: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for view in views:
        known: dict[HtmlElement, bool] = {}
        for block, key in zip(view.blocks, view.keys, strict=True):
            if counts[key] > 1:
                places[key] += 1
                within[key] += block.owner is not None and _is_in_table(block.owner, known)
    return frozenset(key for key, count in within.items() if count > _MOSTLY * places[key])


def _is_in_table(owner: HtmlElement, known: dict[HtmlElement, bool]) -> bool:
    """Whether an element stands in a table of several rows and columns, of which a third are numbers and none links.

    known: what was found of the page's tables before.
    """
    table = next(owner.iterancestors("table"), None)
    if table is None:
        return False
    if table not in known:
        rows = [[each for each in row if each.tag in ("td", "th")] for row in table.iter("tr")]
        cells = [cell for row in rows for cell in row]
        numbers = sum(_is_number(cell) for cell in cells)
        is_plain = next(table.iter("a"), None) is None and next(table.iterdescendants("table"), None) is None
        is_wide = len(rows) >= _LEAST_ROWS and all(len(row) > 1 for row in rows)
        known[table] = is_plain and is_wide and numbers * 3 >= len(cells)
    return known[table]


def _is_number(cell: HtmlElement) -> bool:
    text = "".join(cell.itertext())
    return any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) <= _UNIT


def _is_sentence(key: str) -> bool:
    return len(key) >= _PROSE or (len(key.split()) >= SENTENCE and key.endswith((".", "؟", "!", "»", '"', ":")))


def text_parts(view: PageView, fresh: Sequence[bool], within: Container[HtmlElement]) -> frozenset[int]:
    """The indices of blocks that are parts of the text by their kind and place, whatever the extractors' votes.

    They are headings right above a paragraph, quotations, list items, and cells of tables with several columns. Each
    is fresh, has a low link density, and stands between two sentences that most extractors vote for.
    fresh: as in `PathedView`. within: the elements of the container.
    """
    paragraphs = [
        place
        for place, block in enumerate(view.blocks)
        if block.owner in within and block.kind == "p" and fresh[place]
        if view.votes[place] > READERS / 2 and is_sentence(block)
    ]
    if not paragraphs:
        return frozenset()
    between = range(paragraphs[0] + 1, paragraphs[-1])
    parts = [place for place in between if fresh[place] and _is_part(view, fresh, place, within)]
    lists = {place: _list_of(owner) for place in parts if (owner := view.blocks[place].owner) is not None}
    of_links = {each for each in lists.values() if each is not None and _is_of_links(each)}
    return frozenset(place for place in parts if lists[place] not in of_links)


def _is_part(view: PageView, fresh: Sequence[bool], place: int, within: Container[HtmlElement]) -> bool:
    block = view.blocks[place]
    if block.owner is None or block.owner not in within or block.linked > _MOST_LINKED:
        return False
    if block.kind == "heading":
        below = text_below(view, place)
        return below is not None and fresh[below]
    return block.kind in ("quote", "li") or in_columns(block.owner)


def _list_of(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("ul", "ol"), None)


def _is_of_links(element: HtmlElement) -> bool:
    """Whether a list has the link density of a list of other articles."""
    measured = prune.sizes(element)
    return measured.linked[element] > _MOST_LINKED * measured.letters[element]


def in_columns(element: HtmlElement) -> bool:
    """Whether an element is a table cell with another cell beside it."""
    row = element.getparent()
    return element.tag in ("td", "th") and row is not None and len(row) > 1


def is_sentence(block: TextBlock) -> bool:
    """Whether a block has at least SENTENCE words and ends with a mark that ends sentences."""
    return len(block.text.split()) >= SENTENCE and block.text.endswith(SENTENCE_ENDS)


def is_under_picture(block: TextBlock) -> bool:
    """Whether a block is a caption: all text of a small element with a picture, or no sentence and after a picture."""
    if block.owner is None or len(block.text) > _LONGEST_CAPTION:
        return False
    holder, is_complete = block.owner, block.text.endswith(SENTENCE_ENDS)
    for _ in range(3):
        if _is_long(holder):
            return False  # the element holds the whole text, so the picture is no evidence
        before = holder.getprevious()
        if not is_complete and before is not None and _is_picture(before):
            return True
        if holder.tag not in ("p", "li") and next(holder.iter(*_PICTURES), None) is not None:
            size = len("".join(holder.itertext()).strip())
            return size <= len(block.text) + 20 or (not is_complete and size <= _LONGEST_CAPTION)
        parent = holder.getparent()
        if parent is None:
            return False
        holder = parent
    return False


def _is_long(element: HtmlElement) -> bool:
    """Whether an element has more letters than a caption may have."""
    letters = accumulate(len(text.strip()) for text in element.itertext())
    return any(count > _LONGEST_CAPTION for count in letters)


def _is_picture(element: HtmlElement) -> bool:
    """Whether an element shows a picture and no text."""
    if element.tail and element.tail.strip():
        return False
    return next(element.iter(*_PICTURES), None) is not None and not "".join(element.itertext()).strip()
