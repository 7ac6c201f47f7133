"""Twins: an article that the site shows at another address, too, with no redirect and no canonical address that say so.

Sections have addresses of their own (/politics/123-x, /sport/123-x), and sites move their articles. Two pages are twins
where headline, date and text are the same. A notice that stands at the addresses of several articles, and a column that
has the same headline every day, are none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any, Literal

from storage.arabic import fold, tokens
from storage.identity.addresses import names_another, share_name
from storage.rows.versions import is_counted_back

_EDITED = 0.85  # of the pairs of words that follow one another: what a small edit leaves of a text
# Of a text that may be edited, or that stands at an address of another form: a shorter one may be anything.
_LEAST_WORDS = 20
# Whether two pages state one date: to the minute; as far as both state it; no.
_Agreement = Literal["exact", "rough", "none"]
_ROUGH = {"day": timedelta(days=1), "month": timedelta(days=31)}
_COUNTED_BACK = timedelta(days=1)  # "two hours ago" is told by the hour or the day
_MINUTE = timedelta(minutes=1)


def twin_of(shown: Mapping[Any, Any], others: Iterable[Mapping[Any, Any]]) -> Mapping[Any, Any] | None:
    """The article of the same site that a page shows at another address; None: there is none.

    shown: what the page shows, as a row of `articles` under the page's own URL. others: rows of articles with the same
    text, or with the same headline and date, those seen first in front, as `storage.rows.articles.articles_like` gives
    them.
    """
    for other in others:
        # An address of its own with another number, or of another form without a date, is another article's while the
        # first one answers: newspapers print a report twice, and one notice may stand at many addresses.
        if is_twin(shown, other, moved=other["is_missing"]):
            return other
    return None


def is_twin(shown: Mapping[Any, Any], other: Mapping[Any, Any], *, moved: bool = False) -> bool:
    """Whether two rows of `articles` are one article at two addresses. moved: nothing answers at one of them. Pure."""
    dates = _agreement(shown, other)
    if dates == "none" or fold(shown["title"]) != fold(other["title"]):
        return False
    if shown["content_sha256"] != other["content_sha256"] and not (dates == "exact" and _is_edited(shown, other)):
        return False
    key, other_key = shown["url_key"], other["url_key"]
    if not names_another(key, other_key) and share_name(key, other_key):
        return True
    is_dated = dates == "exact"
    if not moved:
        return is_dated and not names_another(key, other_key)
    return is_dated or bool(shown["word_count"] >= _LEAST_WORDS)


def _agreement(shown: Mapping[Any, Any], other: Mapping[Any, Any]) -> _Agreement:
    one, its = shown["published_at"], other["published_at"]
    if one is None or its is None:
        return "rough"
    apart = abs(one - its)
    precisions = {shown["published_precision"], other["published_precision"]}
    tolerance = max((_ROUGH[each] for each in precisions if each in _ROUGH), default=timedelta())
    if is_counted_back(shown) or is_counted_back(other):
        tolerance = max(tolerance, _COUNTED_BACK)
    if tolerance:
        return "rough" if apart < tolerance else "none"
    return "exact" if apart < _MINUTE else "none"


def _is_edited(shown: Mapping[Any, Any], other: Mapping[Any, Any]) -> bool:
    """Whether two texts differ as a small edit makes them differ, and not in a figure: lists of prices do."""
    words, its = tokens(shown["text"]), tokens(other["text"])
    if min(len(words), len(its)) < _LEAST_WORDS or _numerals(words) != _numerals(its):
        return False
    pairs, its_pairs = (Counter(pairwise(each)) for each in (words, its))
    return (pairs & its_pairs).total() >= _EDITED * (max(len(words), len(its)) - 1)


def _numerals(words: list[str]) -> list[str]:
    return [word for word in words if any(char.isdigit() for char in word)]
