"""Lines that a site repeats from page to page."""

from collections import Counter
from collections.abc import Sequence

from crawler.html.blocks import SENTENCE_ENDS, TextBlock
from crawler.learning.page_views import PageView

LEAST_LETTERS = 2  # of a line that may be furniture; tables repeat numbers
SENTENCE = 7  # words of a line that ends as sentences do
_LINKED = 0.5  # share of its letters, of a paragraph that is a link
_MOSTLY = 0.7  # share of a heading's places
_PROSE = 120  # letters of a line that is text unless most pages repeat it


def repeated_lines(views: Sequence[PageView]) -> frozenset[str]:
    """The keys of lines that recur on many pages: a fifth of all and three at least, two of fewer than five.

    Sentences and headings of text count only where half of the pages have them: the background of a running story is
    repeated, too, and so are "background" and "reactions" above paragraphs.
    """
    counts: Counter[str] = Counter()
    for view in views:
        counts.update({key for key in view.keys if sum(map(str.isalpha, key)) >= LEAST_LETTERS})
    least = max(2 if len(views) < 5 else 3, 0.2 * len(views))
    most = max(least, 0.5 * len(views))
    headings = _text_headings(views, counts)
    return frozenset(
        key for key, count in counts.items() if count >= (most if key in headings or _is_sentence(key) else least)
    )


def text_below(view: PageView, place: int) -> int | None:
    """The index of the paragraph of prose below a heading. A second heading may stand between.

    place: the heading's index. None: the block is no heading, or no such paragraph follows.
    """
    if view.blocks[place].kind != "heading":
        return None
    for below, block in enumerate(view.blocks[place + 1 : place + 3], place + 1):
        if block.kind != "heading":
            return below if _is_paragraph(block) else None
    return None


def _is_paragraph(block: TextBlock) -> bool:
    return len(block.text.split()) >= SENTENCE and block.linked < _LINKED and block.text.endswith(SENTENCE_ENDS)


def _text_headings(views: Sequence[PageView], counts: Counter[str]) -> frozenset[str]:
    """The headings that mostly stand above a paragraph of their own page."""
    places: Counter[str] = Counter()
    above: Counter[str] = Counter()
    for view in views:
        for place, key in enumerate(view.keys):
            if counts[key] > 1 and view.blocks[place].kind == "heading":
                places[key] += 1
                below = text_below(view, place)
                above[key] += below is not None and counts[view.keys[below]] == 1
    return frozenset(key for key, count in above.items() if count > _MOSTLY * places[key])


def _is_sentence(key: str) -> bool:
    return len(key) >= _PROSE or (len(key.split()) >= SENTENCE and key.endswith((".", "؟", "!", "»", '"', ":")))
