"""Recognise other spellings of the same words: a letter dropped, doubled, swapped or mistaken for another. Pure."""

import re

from storage import arabic
from storage.diff.change_classes import is_small

# Letters that are confused, for their dots, their sound, or their place on the keyboard.
_ALIKE = [
    frozenset(letters)
    for letters in (
        "بتثني",
        "جحخ",
        "دذ",
        "رز",
        "سش",
        "صض",
        "طظ",
        "عغ",
        "فق",
        "قكغ",
        "سص",
        "تط",
        "دض",
        "ذظز",
        "ضظ",
        "هت",
        "اي",
        "ءا",
    )
]
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_LONG = 4  # from so many letters on, one differing letter is more likely a mistake than another word
_VERY_LONG = 8  # the same for two differing letters
_MOST = 6  # words on one side


def is_respelled(old: list[str], new: list[str]) -> bool:
    """Whether the new words are the old ones with other spellings, joined into one word, or one word parted."""
    if not old or not new or max(len(old), len(new)) > _MOST:
        return False
    if len(old) == len(new):
        return all(one == other or is_one_word(one, other) for one, other in zip(old, new, strict=True))
    return is_one_word("".join(old), "".join(new)) and min(len(old), len(new)) == 1


def is_one_word(old: str, new: str) -> bool:
    """Whether two folded words are spellings or inflections of one word."""
    if is_small(old, new) or (arabic.stem(old) == arabic.stem(new) and min(len(old), len(new)) > 2):
        return True
    if any(word[0].isdigit() for word in (old, new)):
        return False
    if is_slip(old, new):
        return max(len(old), len(new)) >= _LONG or len(old) == len(new)
    apart = distance(old, new)
    return (apart == 1 and min(len(old), len(new)) >= _LONG) or (apart == 2 and min(len(old), len(new)) >= _VERY_LONG)


def is_slip(old: str, new: str) -> bool:
    """Whether one letter was left out, added, swapped with its neighbour, or mistaken for one of _ALIKE."""
    if distance(old, new) != 1:
        return False
    if len(old) != len(new):
        return True
    differing = [place for place, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    if len(differing) == 2:
        return True
    letters = {old[differing[0]], new[differing[0]]}
    return any(letters <= alike for alike in _ALIKE)


def are_slips_inside(old: list[str], new: list[str]) -> bool:
    """As `is_slip` for each pair of words, the first and the last letter kept: القاسم and القاسمي are two names."""
    return len(old) == len(new) and all(
        one == other or (is_slip(one, other) and one[0] == other[0] and one[-1] == other[-1])
        for one, other in zip(old, new, strict=True)
    )


def are_doublings(old: list[str], new: list[str]) -> bool:
    """Whether the words differ only in letters that are doubled on one side: "ناصصر", "ناصر"."""
    return (
        old != new
        and len(old) == len(new)
        and all(_DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", other) for one, other in zip(old, new, strict=True))
    )


def distance(old: str, new: str) -> int:
    """The edit distance: letters to insert, delete, replace, or swap (Damerau; no letter edited twice); at most 3."""
    if abs(len(old) - len(new)) > 2:
        return 3
    two_up: list[int] = []
    above = list(range(len(new) + 1))
    for row, letter in enumerate(old, 1):
        here = [row]
        for column, other in enumerate(new, 1):
            least = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == new[column - 2] and old[row - 2] == other:
                least = min(least, two_up[column - 2] + 1)
            here.append(least)
        two_up, above = above, here
    return min(above[-1], 3)


def is_doubled(word: str, before: str | None) -> bool:
    """Whether a word that was added or removed repeats the word before it: "في في"."""
    return word == before
