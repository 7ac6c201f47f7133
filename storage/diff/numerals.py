"""Read the numbers of a text, in digits or in words, as values that compare equal across house styles. Pure.

"5,2" equals "5.2", "3,412" equals "٣٤١٢", "خمسة" equals "5", and "سبعة آلاف" equals "7000".
"""

import re
from collections.abc import Iterator, Sequence

from storage import arabic

# A number with the marks inside it: thousands by commas or thin blanks, decimals, clock times, dates.
_NUMBER = re.compile(
    r"(?<![\d.])(?:\d{1,3}(?:[,٬\u00a0\u202f]\d{3})+(?:[.٫]\d+)?|\d+(?:[.,:٫/]\d+)*)|[^\W\d_]+(?:[\u064b-\u0652\u0640]+[^\W\d_]*)*"
)
_COUNT = re.compile(r"\d{1,12}(?:\.\d{1,6})?")  # a figure before "thousand", "million" …
_THOUSANDS = re.compile(r"[,٬\u00a0\u202f](?=\d{3}(?!\d))")
# A folded figure, with or without a particle and the article before it: "ال18".
_FIGURE = re.compile(r"[وفبلك]?(?:ال)?([-\u2212]?\d[\d.,:/]*)")
_WORDS = {
    1: "واحد واحدة الواحد الواحدة أول أولى الأول الأولى أحد إحدى حادي الحادي الحادية",
    2: "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي الثاني الثانية ثاني ثان",
    3: "ثلاث ثلاثة الثالث الثالثة ثالث الثلاث الثلاثة",
    4: "أربع أربعة الرابع الرابعة رابع الأربع الأربعة",
    5: "خمس خمسة الخامس الخامسة خامس الخمس الخمسة",
    6: "ست ستة السادس السادسة سادس الست الستة",
    7: "سبع سبعة السابع السابعة سابع السبع السبعة",
    8: "ثمان ثماني ثمانية الثامن الثامنة ثامن الثماني الثمانية",
    9: "تسع تسعة التاسع التاسعة تاسع التسع التسعة",
    10: "عشر عشرة العاشر العاشرة عاشر العشر العشرة",
    20: "عشرون عشرين العشرون العشرين",
    30: "ثلاثون ثلاثين الثلاثون الثلاثين",
    40: "أربعون أربعين الأربعون الأربعين",
    50: "خمسون خمسين الخمسون الخمسين",
    60: "ستون ستين الستون الستين",
    70: "سبعون سبعين السبعون السبعين",
    80: "ثمانون ثمانين الثمانون الثمانين",
    90: "تسعون تسعين التسعون التسعين",
    100: "مئة مائة المئة المائة مية ماية",
    200: "مئتان مئتين مئتا مئتي ميتين",
    300: "ثلاثمئة ثلاثمية",
    400: "أربعمئة أربعمية",
    500: "خمسمئة خمسمية",
    600: "ستمئة ستمية",
    700: "سبعمئة سبعمية",
    800: "ثمانمئة ثمانيمئة ثمانمية",
    900: "تسعمئة تسعمية",
    1_000: "ألف آلاف ألفا الألف الآلاف",
    2_000: "ألفان ألفين ألفي",
    1_000_000: "مليون ملايين مليونا",
    2_000_000: "مليونان مليونين مليوني",
    1_000_000_000: "مليار مليارات مليارا بليون",
    2_000_000_000: "ملياران مليارين ملياري",
    1_000_000_000_000: "تريليون تريليونات تريليونا ترليون",
}
_MULTIPLIERS = frozenset((1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000))
_VALUES = {word: value for value in reversed(_WORDS) for word in arabic.tokens(_WORDS[value])}
# The same words with each particle before them.
_COUNTS = {
    word: next(_VALUES[bare] for bare in arabic.behind_particles(word) if bare in _VALUES)
    for value in _VALUES
    for word in arabic.with_particles(value)
}


def count_of(word: str) -> int | None:
    """The value of a folded number word, with or without particles; None: it is no number word."""
    return _COUNTS.get(word)


def figure_of(word: str) -> str | None:
    """The digits of a folded figure, with the marks inside it but no particle or article; None: it is no figure."""
    figure = _FIGURE.fullmatch(word)
    return figure.group(1) if figure else None


def numerals(text: str) -> list[str]:
    """The numbers of a text, in order, each as a canonical string: "5.2", "3412", "3:47", "17".

    Words for one and two alone are skipped: Arabic usually expresses them in the form of the noun, and "الاثنين" is a
    day. Words for thousand, million and so on alone are skipped, because they count nothing.
    """
    matches = _NUMBER.findall(text)
    words = list(map(_parts.__getitem__, matches))
    return list(_numerals(words)) if any(words) else []


def numbers_of(words: Sequence[str]) -> list[float | str]:
    """The values of folded number words and figures, in order: "مءه وعشرين" is 120. Other words stay as they are."""
    numbers: list[float | str] = []
    place = 0
    while place < len(words):
        figure = _float_of(words[place])
        if figure is None:
            value, used = _spelled(words, place)
            numbers.append(float(value) if used else words[place])
            place += max(used, 1)
            continue
        place += 1
        if place < len(words) and (times := _VALUES.get(words[place])) in _MULTIPLIERS:
            figure *= times
            place += 1
        numbers.append(figure)
    return numbers


def _float_of(word: str) -> float | None:
    digits = figure_of(word)
    if digits is None:
        return None
    try:
        return float(digits.strip(".,:/").replace(",", ""))
    except ValueError:
        return None


def _plain(raw: str) -> str:
    """A number in plain digits."""
    plain = _THOUSANDS.sub("", "".join(str(int(each)) if each.isdigit() else each for each in raw))
    plain = plain.replace("٫", ".").replace(",", ".")
    return ":".join(".".join(part.lstrip("0") or "0" for part in each.split(".")) for each in plain.split(":"))


def _part(raw: str) -> str:
    """A number in plain digits; the folded form of a word that may be part of a number; "" for other words."""
    if raw[0].isdigit():
        return _plain(raw)
    folded = next(iter(arabic.tokens(raw)), "")
    return folded if count_of(folded) is not None or folded.removeprefix("و") in _VALUES else ""


_parts = arabic.Remembered(_part, 1 << 15)


def _numerals(words: list[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        word = words[place]
        if not word:
            place += 1
        elif word[0].isdigit():
            place += 1
            times = _VALUES.get(words[place]) if place < len(words) else None
            if times in _MULTIPLIERS and _COUNT.fullmatch(word):
                yield str(round(float(word) * times))
                place += 1
            else:
                yield word
        else:
            value, used = _spelled(words, place)
            place += max(used, 1)
            alone = used == 1 and (value in (1, 2) or value in _MULTIPLIERS)
            if used and not alone:
                yield str(value)


def _spelled(words: Sequence[str], place: int) -> tuple[int, int]:
    """Read the spelled number that starts at `place`: (value, number of words); (0, 0) where none starts there."""
    first = count_of(words[place])
    if first is None:
        return 0, 0
    total, current = (first, 0) if first >= 1_000 else (0, first)
    used = 1
    while place + used < len(words):
        word = words[place + used]
        value = _VALUES.get(word)
        if value is None:  # "و" begins a further part
            value = _VALUES.get(word[1:]) if word[:1] == "و" else None
            if value is None or not _continues(total, current, value):
                break
            total, current = (total + value, 0) if value >= 1_000 else (total, current + value)
        elif value in _MULTIPLIERS and current:
            total, current = total + current * value, 0
        elif value == 10 and 0 < current % 100 < 10:
            current += 10
        elif value == 100 and 3 <= current < 10:
            current *= 100
        else:
            break
        used += 1
    return total + current, used


def _continues(total: int, current: int, value: int) -> bool:
    """Whether "و" and this value continue the number; "خمسة وستة" are two numbers."""
    if value >= 1_000:
        return not current and total > value
    if 20 <= value < 100 and current % 100 < 10:
        return True
    return bool(total or current) and (value < 100 if current else True) and current % 100 == 0
