"""Find the entries of a site's menus, which name its sections, in texts that may also show other fields."""

from collections.abc import Sequence
from functools import lru_cache

from crawler.html.home_words import is_home_name
from crawler.html.spelling import comparable

LONGEST = 150  # letters of a line that may name one
_LEAST = 3  # letters of an entry within a line
_MOST_WORDS = 5


def label_in(text: str, labels: frozenset[str]) -> str | None:
    """The first menu entry in a text (`labels_in`); None where it has none."""
    return next(iter(labels_in(text, labels)), None)


def labels_in(text: str, labels: frozenset[str]) -> Sequence[str]:
    """The menu entries in a text, as whole words, as printed, in order. The home page is not counted within a line.

    labels: the menu entries, comparable.
    """
    if comparable(text) in labels:
        return (text,)
    # Cached, because the learner asks for the same texts at each choice of a slot.
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
