"""Entries of a site's menus: the names of its sections, alone or in a line with other fields."""

from collections.abc import Sequence
from functools import lru_cache

from crawler.html.home_words import is_home_name
from crawler.html.spelling import comparable

LONGEST = 150  # letters of a line that may name one
_LEAST = 3  # letters of an entry within a line
_MOST_WORDS = 5


def label_in(text: str, labels: frozenset[str]) -> str | None:
    """The first entry of the menu that a text names (`labels_in`); None where it names none."""
    return next(iter(labels_in(text, labels)), None)


def labels_in(text: str, labels: frozenset[str]) -> Sequence[str]:
    """The parts of a text, in whole words, that are entries of the menu, as printed, in order; the home page is none.

    labels: comparable entries.
    """
    if comparable(text) in labels:
        return (text,)
    # While a profile is learned, the same texts are asked for again with each choice of a slot.
    return _entries(text, labels) if labels and len(text) <= LONGEST else ()


@lru_cache(maxsize=4096)
def _entries(text: str, labels: frozenset[str]) -> tuple[str, ...]:
    words = text.split()
    entries: list[str] = []
    place = 0
    while place < len(words):
        for count in range(min(_MOST_WORDS, len(words) - place), 0, -1):
            part = " ".join(words[place : place + count]).strip(" :-–—|,،«»")
            same = comparable(part)
            if len(same) >= _LEAST and same in labels and not is_home_name(part):
                entries.append(part)
                place += count - 1
                break
        place += 1
    return tuple(entries)
