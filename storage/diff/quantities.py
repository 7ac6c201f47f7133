"""Decide whether changed words are another number or another date. Pure."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from storage import arabic
from storage.diff.edit_words import is_any, month_names
from storage.diff.misspellings import distance
from storage.diff.numerals import count_of, figure_of, numbers_of
from storage.diff.text_units import Unit
from storage.diff.word_changes import Change, SentenceWords, is_word

Quantity = Literal["number", "date"]
_Part = Literal["number", "date", "unit", "span", "other"]

# Most other words, on each side, that may change with a figure, such as the noun counted.
_BESIDE = 2
_NEAR = 5  # units on each side in which a month's other name is looked for, marks included
_YEAR = re.compile(r"(?:1[89]|20)\d\d|1[34]\d\d")
_DAY_OR_TIME = re.compile(r"\d{1,2}:\d\d(?::\d\d)?|\d{1,4}[/.]\d{1,2}[/.]\d{1,4}")
_PER_CENT = (("بالمءه",), ("في", "المءه"))
_ONE_OR_TWO = re.compile("و?(?:احدي?|اثنين|اثنان|اثنا|اثني)")
_LEAST_SINGLE = 3  # fewest letters of a noun that has a dual
_DUAL = ("ين", "ان")
_OF_THE = ("ذي", "ذو")  # "ذي الحجة"
_ORDER_OF_MONTHS = ("كانون", "تشرين", "ربيع", "جمادي")


def quantities(change: Change) -> tuple[set[Quantity], bool, tuple[list[str], list[str]]]:
    """Return which of number and date differ, whether little else differs, and the other words that differ: (old, new).

    Little else: only a few words, such as the noun counted.
    """
    sides = [
        _parts(change.old, change.old_start, change.old_end),
        _parts(change.new, change.new_start, change.new_end),
    ]
    kinds: set[Quantity] = set()
    numbers = [number_value([word for word, part in side if part == "number"]) for side in sides]
    if numbers[0] != numbers[1]:
        kinds.add("number")
    dates = [[_plain(word) for word, part in side if part in ("date", "span")] for side in sides]
    has_date = any(part == "date" for side in sides for _, part in side)
    spans = [sum(part == "span" for _, part in side) for side in sides]
    if Counter(dates[0]) != Counter(dates[1]) and (has_date or (all(spans) and not numbers[0] and not numbers[1])):
        kinds.add("number" if not has_date and _is_counted(change) else "date")
    units = [[word for word, part in side if part == "unit"] for side in sides]
    if all(units) and units[0] != units[1] and not kinds and _is_counted(change):
        kinds.add("number")
    others = [{word: _plain(word) for word, part in side if part == "other"} for side in sides]
    old, new = (
        [word for word, plain in one.items() if plain not in other.values()] for one, other in (others, others[::-1])
    )
    most = _beside(kinds, sides)
    return kinds, bool(kinds) and max(len(old), len(new)) <= most, (old, new)


def is_dual_or_single(change: Change) -> bool:
    """Whether a noun became its dual, or the reverse, with the words that agree with it: "سيارتين", "سيارة".

    The Arabic dual counts two without a numeral. Duals that differ only in case ("رجلان", "رجلين") are one number.
    """
    old, new = change.words
    if not old or len(old) != len(new):
        return False
    differing = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
    return bool(differing) and any(all(_is_dual_of(*pair[::step]) for pair in differing) for step in (1, -1))


def _is_dual_of(dual: str, single: str) -> bool:
    base = dual[:-2]
    if not dual.endswith(_DUAL) or len(base) < _LEAST_SINGLE:
        return False
    if any(is_any(word, "first_names", "gazetteer") for word in (dual, single)):
        return False
    return single in (base, f"{base}ا") or (base.endswith("ت") and single == f"{base[:-1]}ه")


def is_span(change: Change) -> bool:
    """Whether all changed words are spans of time: "أسبوعين"."""
    return all(is_any(word, "spans") for side in change.words for word in side)


def is_mistyped_quantity(change: Change) -> bool:
    """Whether one letter turned a word into a number or date, or the reverse: "نوفمير", "نوفمبر"."""
    old, new = change.words
    if len(old) != 1 or len(new) != 1:
        return False
    kinds = ("days", "months", "moments", "spans", "relative")
    known = [is_any(word, *kinds) or count_of(word) is not None for word in (old[0], new[0])]
    return known[0] != known[1] and not figure_of(old[0]) and distance(old[0], new[0]) == 1


def is_number_rewritten(change: Change) -> bool:
    """Whether a number kept its value and changed its form: "3", "ثلاثة"; "%", "بالمئة"."""
    if all(map(_is_per_cent, change.sides)):
        return True
    old, new = (number_value(side) for side in change.words)
    return bool(old) and old == new and all(isinstance(value, float) for value in old)


def _is_per_cent(units: Sequence[Unit]) -> bool:
    words = tuple(unit.key for unit in units if is_word(unit))
    signs = sum(unit.key.count(sign) for unit in units for sign in "%٪")
    return signs == 1 if not words else words in _PER_CENT and not signs


def is_month_rewritten(change: Change) -> bool:
    """Whether a month stayed the same, under another name or with a second one: "ديسمبر", "كانون الأول/ديسمبر"."""
    old, new = (_month(words) for words in change.words)
    if all(change.words):
        return old is not None and old == new
    named = old if new is None else new
    if named is None:
        return False
    side, start, end = (
        (change.new, change.new_start, change.new_end) if new else (change.old, change.old_start, change.old_end)
    )
    before = [unit.key for unit in side.units[max(start - _NEAR, 0) : start] if is_word(unit)]
    behind = [unit.key for unit in side.units[end : end + _NEAR] if is_word(unit)]
    beside = [words for count in (1, 2) for words in (before[-count:], behind[:count])]
    return any(_month(words) == named for words in beside)


def _month(words: Sequence[str]) -> int | None:
    """The number of the month that folded words name, from 1; None: they name no month."""
    if not words:
        return None
    names = {(bare, *words[1:]) for bare in arabic.behind_particles(words[0])}
    return next((number for number, known in enumerate(month_names(), 1) if names & known), None)


def number_value(words: Sequence[str]) -> tuple[float | str, ...]:
    """The values of folded number words and figures, in order; other words as stems. "مءه وعشرين" is one value, 120."""
    return tuple(_plain(each) if isinstance(each, str) else each for each in numbers_of(words))


def _parts(sentence: SentenceWords, start: int, end: int) -> list[tuple[str, _Part]]:
    return [
        (sentence.units[place].key, _part(sentence.units, place))
        for place in range(start, end)
        if is_word(sentence.units[place]) or sentence.units[place].key in ("%", "٪", "‰")
    ]


def _part(units: list[Unit], place: int) -> _Part:
    word = units[place].key
    before = [unit.key for unit in units[max(place - 2, 0) : place]]
    behind = [unit.key for unit in units[place + 1 : place + 5] if unit.key not in _OF_THE]
    behind = behind[1:3] if behind and _is_ten_or_tens(behind[0]) else behind[:2]
    if word in ("%", "٪", "‰"):
        return "number"
    if figure_of(word) or is_number_word(units, place):
        return "date" if _is_in_a_date(word, before, behind) else "number"
    if is_any(word, "days", "months", "moments"):
        return "date"
    if is_any(word, "relative") and any(is_any(each, "spans", "days", "months", "dating") for each in before[-1:]):
        return "date"
    if is_any(word, "spans"):
        return "span"
    return "unit" if is_any(word, "units") else "other"


def is_number_word(units: list[Unit], place: int) -> bool:
    """Whether the unit is a number in words.

    "أحد" and "اثنين" are numbers only in compounds ("أحد عشر", "اثنين وأربعين"); alone they are days.
    """
    word = units[place].key
    if _ONE_OR_TWO.fullmatch(word) and place + 1 < len(units) and _is_ten_or_tens(units[place + 1].key):
        return True
    if is_any(word, "days") or word.removeprefix("و") in ("احد", "احدي"):
        return False
    return count_of(word) is not None or is_any(word, "vague")


def _is_ten_or_tens(word: str) -> bool:
    """Whether a folded word continues a number of one digit: "عشر", "واربعين"."""
    return (count_of(word) or 0) >= 10 and (word.startswith("عشر") or word.startswith("و"))


def _is_in_a_date(word: str, before: list[str], behind: list[str]) -> bool:
    if _DAY_OR_TIME.fullmatch(word):
        return True
    if any(is_any(each, "months") for each in (*behind, *before[-1:])):
        return True
    if before and before[-1] == "امس" and word == "الاول":
        return True
    if before and (is_any(before[-1], "dating") or before[-1] in _ORDER_OF_MONTHS):
        return not (behind and is_any(behind[0], "units"))
    if behind and is_any(behind[0], "parts_of_day"):
        return True
    ends = not behind or not behind[0].isalpha()
    return bool(_YEAR.fullmatch(word)) and (ends or bool(before and is_any(before[-1], "year_cues")))


def _is_counted(change: Change) -> bool:
    """Whether a number directly precedes the change."""
    place = change.new_start - 1
    units = change.new.units
    return place >= 0 and (figure_of(units[place].key) is not None or is_number_word(units, place))


def _beside(kinds: set[Quantity], sides: list[list[tuple[str, _Part]]]) -> int:
    """Most other words that may change on each side: a noun and its adjective where both have figures; else one."""
    both = all(any(part in ("number", "date") for _, part in side) for side in sides)
    return _BESIDE if both else 1


def _plain(word: str) -> str:
    return arabic.stem(word)
