"""Lines that a site repeats from page to page."""

from collections import Counter
from collections.abc import Sequence

from crawler.learning.page_views import PageView

LEAST_LETTERS = 2  # of a line that may be furniture; tables repeat numbers
SENTENCE = 7  # words of a line that ends as sentences do
_PROSE = 120  # letters of a line that is text unless most pages repeat it


def repeated_lines(views: Sequence[PageView]) -> frozenset[str]:
    """The keys of lines that recur on many pages: a fifth of all and three at least, two of fewer than five.

    Sentences count only where half of the pages have them: the background of a running story is repeated, too.
    """
    counts: Counter[str] = Counter()
    for view in views:
        counts.update({key for key in view.keys if sum(map(str.isalpha, key)) >= LEAST_LETTERS})
    least = max(2 if len(views) < 5 else 3, 0.2 * len(views))
    most = max(least, 0.5 * len(views))
    return frozenset(key for key, count in counts.items() if count >= (most if _is_sentence(key) else least))


def _is_sentence(key: str) -> bool:
    return len(key) >= _PROSE or (len(key.split()) >= SENTENCE and key.endswith((".", "؟", "!", "»", '"', ":")))
