"""Classes of change between two versions of an article: headline, body, small, metadata. Pure.

A change is small when only punctuation, white space, diacritics, the spelling of a letter (hamza seats, final yeh, teh
marbuta, the digits' script) or the form of a number (1,500; %50) differ: an editor's correction, but no news to a
reader.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from storage import arabic

ChangeClass = Literal["headline", "body", "small", "metadata"]

# Fields compared as metadata. Left out: modified_at, which every edit changes; published_raw and its source, because a
# relative date ("منذ ساعتين") differs an hour later; and the spelling of the URL.
METADATA = (
    "subtitle", "authors", "agency", "section", "categories", "tags", "published_at", "language", "description",
    "image",
)  # fmt: skip

# Per cent, per mille and symbols of these categories change the meaning: 5 and 5 %, 5 € and 5 $, flags. A change of
# other punctuation is small, and so is one of bullets or of the separators in a headline.
_MEANINGFUL = ("Sc", "Sm", "So")
_SMALL_SYMBOLS = re.compile("[|~¬©®™\u2500-\u257f\u25a0-\u25ff\ufffc\ufffd]")
_TAGS = range(0xE0020, 0xE0080)  # tag characters in a flag emoji: England's, Scotland's

_MARK = re.compile(r"([^\w\s])")
_WORD = re.compile(r"[^\W_]+")
_VARIANTS = re.compile("[٪﹪؉‐‑‒–\u2212﹣\uff01-\uff5e]")
_PLAIN = {"٪": "%", "﹪": "%", "؉": "‰", **dict.fromkeys("‐‑‒–\u2212﹣", "-")}
_MINUS = "\u2212"  # the sign of a negative number; "-" is any other dash
_AFTER_TATWEEL = re.compile("\u0640[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]*-")  # "بـ-5"
# A minus sign; not the dash of كوفيد-19, 2023-2024 or 5%-10%. A single letter before it is a preposition.
_SIGNED = re.compile(r"(?:(?<![\w)\]}»”’-])(?<!\d[^\w\s(\[{])|(?<=\b[وفبكل]))-(?=[%‰$€£]?\d)")
_PERCENT_FIRST = re.compile(rf"(?<!\d)(?<!\d )([%‰]) ?({_MINUS}?\d+(?:[.,٫٬]\d+)*)(?! ?[%‰])")

# Numbers with thousands separators. A single point may separate decimals.
_THOUSANDS = re.compile(r"(?<![\d.,٫٬])(?![0٠۰])\d{1,3}(?:(?:[,٬]\d{3})+(?![\d]|[,٬]\d)|(?:\.\d{3}){2,}(?![\d]|\.\d))")
_MARKS = "[\u0640\u064b-\u0655\u0670]*"
_ALEF_FOR_YEH = re.compile(f"(?<=ي)({_MARKS})[اأإ](?={_MARKS}ة)")  # هيأة for هيئة
_HAMZA_BEFORE_ALEF = re.compile(r"\bءا")  # ءاخر for آخر; no other word begins so


def classes(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[ChangeClass]:
    """The classes of change between a version and the next, in the order headline, body, small, metadata; [] for none.

    before, after: title, subtitle, text and details, as in rows of `versions`. A field missing from the later version
    is no change: the later page may come from another source, such as a feed.
    """
    changed = text_classes(before, after)
    return [*changed, "metadata"] if metadata(before, after) else changed


def text_classes(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> list[ChangeClass]:
    """As `classes`, without metadata. before, after: title and text."""
    names: dict[str, ChangeClass] = {"title": "headline", "text": "body"}
    edited = [field for field in names if before[field].split() != after[field].split()]
    changed = [names[field] for field in edited if not is_small(before[field], after[field])]
    if len(changed) < len(edited):
        changed.append("small")
    return changed


def metadata(before: Mapping[Any, Any], after: Mapping[Any, Any]) -> dict[str, tuple[Any, Any]]:
    """The METADATA fields that differ: name to (old, new). before, after: as for `classes`."""
    old, new = _fields(before), _fields(after)
    return {name: (old[name], new[name]) for name in METADATA if new[name] and differs(name, old[name], new[name])}


def differs(name: str, old: Any, new: Any) -> bool:
    """Whether two values of a METADATA field differ in meaning.

    Dates are in the form of `date_json`. One instant with another UTC offset does not differ, nor do a day and a time
    in it.
    """
    return bool(old != new and not (name == "published_at" and old and new and _is_one_date(old, new)))


def is_small(old: str, new: str) -> bool:
    """Whether two texts differ only in punctuation, white space, diacritics, letter forms or forms of numbers."""
    return normalised(old) == normalised(new) or normalised(_respelled(old)) == normalised(_respelled(new))


def normalised(text: str) -> str:
    """The folded words and meaningful symbols of the text, concatenated; equal only for texts with small changes.

    Blanks are dropped ("عبد الله" equals "عبدالله"), except between two numbers, which would merge into a third.
    """
    pieces: list[str] = []
    for index, part in enumerate(_MARK.split(_written(text))):
        if index % 2:
            pieces += [part] if _is_meaningful(part) else []
            continue
        for word in _WORD.findall(part):
            if pieces and pieces[-1][-1].isdigit() and word[0].isdigit():
                pieces.append(" ")
            pieces.append(word)
    return "".join(pieces)


def _written(text: str) -> str:
    """Fold the text; write one sign for minus, and one for per cent, after its number."""
    plain = _VARIANTS.sub(lambda match: _PLAIN.get(match.group()) or chr(ord(match.group()) - 0xFEE0), text)
    folded = arabic.fold(_AFTER_TATWEEL.sub(" -", plain))
    return _PERCENT_FIRST.sub(r"\2\1", _SIGNED.sub(_MINUS, folded))


def _respelled(text: str) -> str:
    """Remove thousands separators, and write the more common of two hamza seats."""
    text = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match.group()), text)
    return _HAMZA_BEFORE_ALEF.sub("ا", _ALEF_FOR_YEH.sub(r"\1ئ", text))


@lru_cache(maxsize=1024)
def _is_meaningful(mark: str) -> bool:
    if mark in "%‰" or ord(mark) in _TAGS:
        return True
    return unicodedata.category(mark) in _MEANINGFUL and not _SMALL_SYMBOLS.match(mark)


def _is_one_date(old: str, new: str) -> bool:
    """Whether two dates are one instant, or the more precise one lies within the other."""
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
