"""Normalisation of spelling for comparisons: each function removes some variants of writing.

The functions are for comparing a phrase of a page with a known phrase. The search index uses `storage.arabic.fold`
instead, which also unifies ة and ه, digits, and the letters of other languages.
"""

import re
import unicodedata
from functools import lru_cache

from crawler.html.characters import line, mend

HARAKAT_AND_TATWEEL = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
_ALIKE = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ٱ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ک", "ك"))
_NOT_WORD = re.compile(r"\W+")
_LONGEST_CACHED = 300  # letters

_NOT_IN_DATES = (
    "\u0621\u0640\u0670\u00ad\u061c\ufeff"  # hamza alone, tatweel, dagger alef, soft hyphen, direction mark, BOM
    + "".join(
        map(chr, (*range(0x0300, 0x0370), *range(0x0610, 0x061B), *range(0x064B, 0x0660), *range(0x06D6, 0x06EE)))
    )
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A))))
)
_DATE_LETTERS = {ord(letter): None for letter in _NOT_IN_DATES} | str.maketrans(
    "أإآٱىئؤةیېکہھەڤ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹،؛۔–—−‐‑‒―\\⁄∕éèêëàâûùôîïçÉÈÛÔ",
    "ااااييوهييكهههف01234567890123456789,;.-------///eeeeaauuoiiceeuo",
)
_PRESENTATION_AND_WIDE = re.compile("[\ufb50-\ufdff\ufe70-\ufeff\uff00-\uffef\U0001d400-\U0001d7ff]")


def plain_letters(text: str) -> str:
    """Mended text without harakat and tatweel, with one form of alef, yeh and kaf, casefolded; punctuation stays.

    Uses `str.replace` for each letter: `str.translate` takes five times as long for Arabic.
    """
    text = HARAKAT_AND_TATWEEL.sub("", text)
    for letter, other in _ALIKE:
        text = text.replace(letter, other)
    return text.casefold()


def comparable_line(text: str) -> str:
    """One line in plain letters, its punctuation kept, for comparing with a phrase or with another line."""
    return plain_letters(line(text))


def comparable(text: str) -> str:
    """The words of a phrase in plain letters, without punctuation, separated by one space."""
    # The same headlines, names and labels of a page are compared many times; whole paragraphs hardly ever.
    return _comparable_phrase(text) if len(text) <= _LONGEST_CACHED else _comparable(text)


def _comparable(text: str) -> str:
    return _NOT_WORD.sub(" ", plain_letters(mend(text))).strip()


_comparable_phrase = lru_cache(maxsize=8192)(_comparable)


def date_letters(text: str) -> str:
    """A date line in lower case with ASCII digits and plain letters: no harakat, hamza, tatweel or accents.

    It joins more letters than `plain_letters` (ئ and ي, ة and ه), since the names of months and days are few and none
    becomes another. Direction marks are dropped.
    """
    if _PRESENTATION_AND_WIDE.search(text):
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_DATE_LETTERS).lower()
