"""The figures of a text, written in digits or in words, as values that compare equal across house styles. Pure.

"5,2" and "5.2", "3,412" and "٣٤١٢", "خمسة" and "5", "سبعة آلاف" and "7000" are one value each. Words for one and two
are left out: Arabic mostly writes them into the noun, and "الاثنين" is a day.
"""

import re
from collections.abc import Iterator

from storage import arabic

# A number with the marks inside it: thousands by commas or thin blanks, decimals, clock times, dates.
_NUMBER = re.compile(
    r"(?<![\d.])(?:\d{1,3}(?:[,٬\u00a0\u202f]\d{3})+(?:[.٫]\d+)?|\d+(?:[.,:٫/]\d+)*)|[^\W\d_]+(?:[\u064b-\u0652\u0640]+[^\W\d_]*)*"
)
_COUNT = re.compile(r"\d{1,12}(?:\.\d{1,6})?")  # of thousands, millions ...
_THOUSANDS = re.compile(r"[,٬\u00a0\u202f](?=\d{3}(?!\d))")
_UNITS = {
    3: "ثلاثه ثلاث", 4: "اربعه اربع", 5: "خمسه خمس", 6: "سته ست", 7: "سبعه سبع",
    8: "ثمانيه ثماني ثمان", 9: "تسعه تسع", 10: "عشره عشر",
}  # fmt: skip
_ROUND = {
    20: "عشرون عشرين", 30: "ثلاثون ثلاثين", 40: "اربعون اربعين", 50: "خمسون خمسين", 60: "ستون ستين",
    70: "سبعون سبعين", 80: "ثمانون ثمانين", 90: "تسعون تسعين",
    100: "مءه ميه مايه", 200: "مءتان مءتين مءتي ميتين", 300: "ثلاثمءه ثلاثميه", 400: "اربعمءه اربعميه",
    500: "خمسمءه خمسميه", 600: "ستمءه ستميه", 700: "سبعمءه سبعميه", 800: "ثمانمءه ثمانيمءه ثمانميه",
    900: "تسعمءه تسعميه",
}  # fmt: skip
_MULTIPLIERS = {1_000: "الف الاف الفا", 1_000_000: "مليون ملايين مليونا", 1_000_000_000: "مليار مليارات مليارا بليون"}
_DUALS = {2_000: "الفان الفين الفي", 2_000_000: "مليونان مليونين مليوني", 2_000_000_000: "ملياران مليارين ملياري"}
_ORDINALS = {
    3: "الثالث الثالثه", 4: "الرابع الرابعه", 5: "الخامس الخامسه", 6: "السادس السادسه", 7: "السابع السابعه",
    8: "الثامن الثامنه", 9: "التاسع التاسعه", 10: "العاشر العاشره", 11: "الحادي الحاديه",
}  # fmt: skip


def _values(table: dict[int, str]) -> dict[str, int]:
    return {word: value for value, words in table.items() for word in words.split()}


_UNIT, _TEN, _TIMES, _DUAL, _ORDINAL = map(_values, (_UNITS, _ROUND, _MULTIPLIERS, _DUALS, _ORDINALS))
_TEENS = frozenset(("عشر", "عشره"))
# Only before "عشر" or a round number: alone they are no figures.
_FIRST_UNIT = _values({1: "احد واحد واحده احدي", 2: "اثنا اثنان اثنين اثني اثنتا اثنتان اثنتين"})


def numerals(text: str) -> list[str]:
    """The figures of a text, in order, each as a canonical string: "5.2", "3412", "3:47", "17"."""
    return list(_numerals([_plain(raw) for raw in _NUMBER.findall(text)]))


def _plain(raw: str) -> str:
    """A folded word, or a number in plain digits."""
    folded = arabic.tokens(raw)
    if not raw[0].isdigit():
        return folded[0] if folded else ""
    plain = _THOUSANDS.sub("", "".join(str(int(each)) if each.isdigit() else each for each in raw))
    plain = plain.replace("٫", ".").replace(",", ".")
    return ":".join(".".join(part.lstrip("0") or "0" for part in each.split(".")) for each in plain.split(":"))


def _numerals(words: list[str]) -> Iterator[str]:
    place = 0
    while place < len(words):
        word = words[place]
        if word[:1].isdigit():
            place += 1
            if place < len(words) and words[place] in _TIMES and _COUNT.fullmatch(word):
                yield _times(word, _TIMES[words[place]])
                place += 1
            else:
                yield word
            continue
        value, used = _spelled(words, place)
        place += max(used, 1)
        if used:
            yield str(value)


def _times(number: str, multiplier: int) -> str:
    return str(round(float(number) * multiplier))


def _spelled(words: list[str], place: int) -> tuple[int, int]:
    """The value of the number that is spelled from `place` on, and how many words it takes; 0 of them: none is."""
    first = _without_particle(words[place])
    if (ordinal := _ORDINAL.get(first)) is not None:
        teen = place + 1 < len(words) and words[place + 1] in _TEENS
        if teen:
            return ordinal % 10 + 10, 2
        return (ordinal, 1) if ordinal != 11 else (0, 0)
    following = words[place + 1] if place + 1 < len(words) else ""
    if first in _FIRST_UNIT and (following in _TEENS or following.removeprefix("و") in _TEN):
        return _FIRST_UNIT[first] + (_TEN.get(following.removeprefix("و")) or 10), 2
    total, used = 0, 0
    while place + used < len(words):
        word = words[place + used]
        bare = first if not used else word[1:] if word.startswith("و") else ""
        if bare in _DUAL:
            return total + _DUAL[bare], used + 1
        value = _UNIT.get(bare) or _TEN.get(bare)
        if value is None:
            break
        total, used = total + value, used + 1
        if 3 <= value < 10 and place + used < len(words) and words[place + used] in _TEENS:
            total, used = total + 10, used + 1
        if place + used < len(words) and words[place + used] in ("مءه", "ميه", "مايه") and 3 <= value < 10:
            total, used = total - value + value * 100, used + 1
        if place + used < len(words) and words[place + used] in _TIMES:
            return total * _TIMES[words[place + used]], used + 1
    return total, used


def _without_particle(word: str) -> str:
    """A word without the particle that is written into it, where the rest is a number: "وخمسة", "بمئتين"."""
    rest = word[1:] if word[:1] == "و" or (word[:1] in ("ب", "ل", "ف") and len(word) > 4) else ""
    is_number = any(rest in table for table in (_UNIT, _TEN, _DUAL, _ORDINAL, _FIRST_UNIT))
    return rest if is_number and word not in _FIRST_UNIT else word
