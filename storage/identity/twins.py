"""Twins: an article that the site also shows at another URL, without a redirect or canonical URL.

Sections have their own URLs (/politics/123-x, /sport/123-x), and sites move their articles. Two pages are twins if
headline, date and text are the same. A notice that is shown at the URLs of several articles is no twin, nor is a column
with the same headline every day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any, Literal

from storage.arabic import fold, tokens
from storage.identity.addresses import names_another, share_name
from storage.rows.versions import is_counted_back

_EDITED = 0.85  # share of a text's pairs of consecutive words that a small edit keeps
# Words that a text needs if it was edited, or is at a URL of another form; shorter texts match by chance.
_LEAST_WORDS = 20
# Whether two pages state the same date: to the minute; as far as both state it; no.
_Agreement = Literal["exact", "rough", "none"]
_ROUGH = {"day": timedelta(days=1), "month": timedelta(days=31)}
_COUNTED_BACK = timedelta(days=1)  # "two hours ago" is exact to the hour or day only
_MINUTE = timedelta(minutes=1)


def twin_of(shown: Mapping[Any, Any], others: Iterable[Mapping[Any, Any]]) -> Mapping[Any, Any] | None:
    """The article at another URL of the site that a page shows; None if there is none.

    shown: what the page shows, as a row of `articles` under the page's own URL. others: rows of articles with the same
    text, or with the same date and the same headline or minute, those seen first in front, as
    `storage.rows.articles.articles_like` gives them.
    """
    for other in others:
        # A URL with another number, or of another form without a date, is another article's as long as the first URL
        # answers: newspapers publish a report twice, and one notice may be shown at many URLs.
        if is_twin(shown, other, moved=other["is_missing"]):
            return other
    return None


def is_twin(shown: Mapping[Any, Any], other: Mapping[Any, Any], *, moved: bool = False) -> bool:
    """Whether two rows of `articles` are one article at two addresses. moved: nothing answers at one of them. Pure.

    With another headline they are where that changed the address: the old one is no more, and no number is another.
    """
    dates = _agreement(shown, other)
    is_titled = fold(shown["title"]) == fold(other["title"])
    if dates == "none" or not (is_titled or moved):
        return False
    if shown["content_sha256"] != other["content_sha256"] and not (dates == "exact" and _is_edited(shown, other)):
        return False
    key, other_key = shown["url_key"], other["url_key"]
    if not names_another(key, other_key) and share_name(key, other_key):
        return True
    if not is_titled:
        return not names_another(key, other_key)
    is_dated = dates == "exact"
    if not moved:
        return is_dated and not names_another(key, other_key)
    return is_dated or bool(shown["word_count"] >= _LEAST_WORDS)


def is_same_minute(one: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether two rows of `articles` state one date, to the minute."""
    return None not in (one["published_at"], other["published_at"]) and _agreement(one, other) == "exact"


def _agreement(shown: Mapping[Any, Any], other: Mapping[Any, Any]) -> _Agreement:
    shown_at, other_at = shown["published_at"], other["published_at"]
    if shown_at is None or other_at is None:
        return "rough"
    apart = abs(shown_at - other_at)
    precisions = {shown["published_precision"], other["published_precision"]}
    tolerance = max((_ROUGH[each] for each in precisions if each in _ROUGH), default=timedelta())
    if is_counted_back(shown) or is_counted_back(other):
        tolerance = max(tolerance, _COUNTED_BACK)
    if tolerance:
        return "rough" if apart < tolerance else "none"
    return "exact" if apart < _MINUTE else "none"


def _is_edited(shown: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether two texts differ by a small edit, but not in a figure, as lists of prices do."""
    words, other_words = tokens(shown["text"]), tokens(other["text"])
    if min(len(words), len(other_words)) < _LEAST_WORDS or _numerals(words) != _numerals(other_words):
        return False
    pairs, other_pairs = (Counter(pairwise(each)) for each in (words, other_words))
    return (pairs & other_pairs).total() >= _EDITED * (max(len(words), len(other_words)) - 1)


def _numerals(words: list[str]) -> list[str]:
    return [word for word in words if any(char.isdigit() for char in word)]
