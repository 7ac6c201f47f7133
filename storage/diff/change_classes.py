"""What kind of change lies between two versions of an article: headline, body, small, metadata. Pure.

A change is small when only punctuation, white space, diacritics, the spelling of a letter (hamza seats, final yeh,
teh marbuta, the digits' script) or the writing of a number (1,500; %50) differ: what an editor calls a correction, and
no reader would call news.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from storage import arabic

ChangeClass = Literal["headline", "body", "small", "metadata"]

# Fields of a version that count as its metadata. Not here: modified_at, which every edit moves; how the date was
# found and printed ("منذ ساعتين" is another an hour later); the spelling of the URL.
METADATA = (
    "subtitle", "authors", "agency", "section", "categories", "tags", "published_at", "language", "description",
    "image",
)  # fmt: skip

# Per cent and per mille, and symbols of these categories, change what a text says: 5 and 5 %, 5 € and 5 $, flags. All
# other punctuation is small; so are bullets and what stands between the parts of a headline.
_TELLING = ("Sc", "Sm", "So")
_SMALL_SYMBOLS = re.compile("[|~¬©®™\u2500-\u257f\u25a0-\u25ff\ufffc\ufffd]")
_TAGS = range(0xE0020, 0xE0080)  # letters within a flag: England's, Scotland's

_MARK = re.compile(r"([^\w\s])")
_WORD = re.compile(r"[^\W_]+")
_VARIANTS = re.compile("[٪﹪؉‐‑‒–\u2212﹣\uff01-\uff5e]")
_PLAIN = {"٪": "%", "﹪": "%", "؉": "‰", **dict.fromkeys("‐‑‒–\u2212﹣", "-")}
_MINUS = "\u2212"  # a dash before a number that belongs to it; "-" is any other
_AFTER_TATWEEL = re.compile("\u0640[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*-")  # "بـ-5"
# Not in كوفيد-19, 2023-2024 or 5%-10%; a letter alone is a preposition.
_SIGNED = re.compile(r"(?:(?<![\w)\]}»”’-])(?<!\d[^\w\s(\[{])|(?<=\b[وفبكل]))-(?=[%‰$€£]?\d)")
_PERCENT_FIRST = re.compile(rf"(?<!\d)(?<!\d )([%‰]) ?({_MINUS}?\d+(?:[.,٫٬]\d+)*)(?! ?[%‰])")

# One point alone may part decimals.
_THOUSANDS = re.compile(r"(?<![\d.,٫٬])(?![0٠۰])\d{1,3}(?:(?:[,٬]\d{3})+(?![\d]|[,٬]\d)|(?:\.\d{3}){2,}(?![\d]|\.\d))")
_MARKS = "[\u0640\u064b-\u0655\u0670]*"
_ALEF_FOR_YEH = re.compile(f"(?<=ي)({_MARKS})[اأإ](?={_MARKS}ة)")  # هيأة for هيئة
_HAMZA_BEFORE_ALEF = re.compile(r"\bءا")  # ءاخر for آخر; no word begins so otherwise


def classes(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[ChangeClass]:
    """How a version differs from the one before it, in the order headline, body, small, metadata; [] when it doesn't.

    before, after: title, subtitle, text and details, as rows of `versions` have them. A field that the later one
    does not show is no change: the page may have been read from another place, such as a feed.
    """
    found: list[ChangeClass] = []
    pairs: tuple[tuple[ChangeClass, str], ...] = (("headline", "title"), ("body", "text"))
    alike = True
    for name, field in pairs:
        old, new = before[field], after[field]
        if old.split() != new.split():
            small = is_small(old, new)
            alike = alike and not small
            found += [] if small else [name]
    found += [] if alike else ["small"]
    return [*found, "metadata"] if metadata(before, after) else found


def metadata(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> dict[str, tuple[Any, Any]]:
    """Field name to (old, new) of the METADATA that differ; before and after as for `classes`."""
    old, new = _fields(before), _fields(after)
    return {name: (old[name], new[name]) for name in METADATA if new[name] and differs(name, old[name], new[name])}


def differs(name: str, old: Any, new: Any) -> bool:
    """Whether the two values of that field of METADATA say different things.

    Dates are as `date_json` gives them: one instant has many offsets, and a day says no other thing than its minute.
    """
    return bool(old != new and not (name == "published_at" and old and new and _is_one_date(old, new)))


def is_small(old: str, new: str) -> bool:
    """Whether the two say the same with other punctuation, white space, diacritics, letters or forms of numbers."""
    return normalised(old) == normalised(new) or normalised(_respelled(old)) == normalised(_respelled(new))


def normalised(text: str) -> str:
    """The words and telling symbols of the text, folded and joined: equal for texts that differ in a small way.

    Joined without blanks ("عبد الله" is "عبدالله"), but for two numbers, which together would be a third.
    """
    pieces: list[str] = []
    for index, part in enumerate(_MARK.split(_written(text))):
        if index % 2:
            pieces += [part] if _is_telling(part) else []
            continue
        for word in _WORD.findall(part):
            if pieces and pieces[-1][-1].isdigit() and word[0].isdigit():
                pieces.append(" ")
            pieces.append(word)
    return "".join(pieces)


def _written(text: str) -> str:
    """The text folded, with one sign for minus and one for per cent, which stands after its number."""
    plain = _VARIANTS.sub(lambda match: _PLAIN.get(match.group()) or chr(ord(match.group()) - 0xFEE0), text)
    folded = arabic.fold(_AFTER_TATWEEL.sub(" -", plain))
    return _PERCENT_FIRST.sub(r"\2\1", _SIGNED.sub(_MINUS, folded))


def _respelled(text: str) -> str:
    """The text without marks between thousands, and with the commoner of two seats of a hamza."""
    text = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    return _HAMZA_BEFORE_ALEF.sub("ا", _ALEF_FOR_YEH.sub(r"\1ئ", text))


@lru_cache(maxsize=1024)
def _is_telling(mark: str) -> bool:
    if mark in "%‰" or ord(mark) in _TAGS:
        return True
    return unicodedata.category(mark) in _TELLING and not _SMALL_SYMBOLS.match(mark)


def _is_one_date(old: str, new: str) -> bool:
    """Whether they are one instant, or the coarser one holds the finer."""
    coarse, fine = sorted((old, new), key=len)
    if "T" not in coarse:
        return fine.startswith(coarse)
    one, other = datetime.fromisoformat(old), datetime.fromisoformat(new)
    if 0 in (one.second, other.second):
        one, other = one.replace(second=0), other.replace(second=0)
    return one == other


def _fields(version: Mapping[Any, Any]) -> dict[str, Any]:
    details = version["details"] or {}
    return {name: version["subtitle"] if name == "subtitle" else details.get(name) for name in METADATA}
