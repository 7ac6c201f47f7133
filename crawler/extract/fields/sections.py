"""Recognise section names of Arabic newspapers, and separate names that plain text has glued together."""

import re
from functools import lru_cache

from crawler.extract.fields.vocabulary import vocabulary
from crawler.html import characters
from crawler.html.spelling import comparable

# Teh marbuta and alef maqsura only end words: a letter right after one begins the next word.
_WORD_END = re.compile("(?<=[ةى])(?=[ء-ي])")
_BEGINNINGS = ("ال", "أخبار ", "اخبار ", "شؤون ")  # of names, never inside other names


def is_section(name: str) -> bool:
    """Whether newspapers use this as a section's name."""
    return comparable(name) in vocabulary("section")


def split_glued(names: str) -> list[str]:
    """Separate names that are joined without a space: "آسياأخبار العالم" gives آسيا and أخبار العالم.

    They are cut where all parts are known names, after a letter that only ends words, or after a known name where the
    rest begins with "ال" or another beginning of section names. Otherwise the text is returned whole, because a wrong
    cut is worse than none.
    """
    names = characters.line(names)
    if is_section(names) or len(names) > 150:
        return [names]
    known = _cover(names)
    if known:
        return list(known)
    parts = [part.strip() for part in _WORD_END.split(names)]
    if len(parts) > 1 and all(len(part) > 2 for part in parts):
        return [name for part in parts for name in split_glued(part)]
    for end in range(len(names) - 4, 2, -1):
        rest = names[end:]
        if names[end - 1] != " " and rest.startswith(_BEGINNINGS) and is_section(names[:end]):
            return [names[:end], *split_glued(rest)]
    return [names]


@lru_cache(maxsize=1024)
def _cover(names: str) -> tuple[str, ...] | None:
    """The smallest number of known names that together, without spaces, give the text; None when there are none."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(names)
    for end in range(1, len(names) + 1):
        for start in range(max(0, end - 30), end):
            before = best[start]
            piece = names[start:end]
            if before is None or piece != piece.strip() or not is_section(piece):
                continue
            shorter = best[end]
            if shorter is None or len(before) + 1 < len(shorter):
                best[end] = (*before, piece)
    return best[len(names)]
