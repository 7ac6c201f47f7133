"""Folding, tokens and stems of Arabic text, the same for what is indexed and for what is searched. Pure.

`fold` removes what Arabic writers vary (marks, hamza seats, tatweel, digits), `tokens` cuts a text into folded words,
`stem` removes the article and the common endings of one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Stored beside everything made from folded words. Raise it when the results of `fold` or `words` change.
FOLDING = 1
# The same for `stem`.
STEMMING = 1

# Of a word; a longer run of letters is a mistake or an attack, and is cut.
MAX_LETTERS = 64

_ARABIC_BLOCKS = ((0x0600, 0x0700), (0x0750, 0x0780), (0x0870, 0x0900), (0xFB50, 0xFE00), (0xFE70, 0xFF00))

# Soft hyphen, grapheme joiner, iota subscript (casefold would make a letter of it), Mongolian separator,
# zero-width and bidi marks, variation selectors.
_INVISIBLE = (
    "\u00ad\u034f\u0345\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
) + "".join(map(chr, range(0xFE00, 0xFE10)))

# Each plain letter with its variants: hamza seats, letters of Persian, Urdu and Kurdish keyboards, and letters for
# sounds that Arabic lacks (v, p, ch, g), where most newspapers print the plain letter.
_LETTERS = {
    "ا": "أإآٱٲٳٵ",
    "ء": "ؤئٴ",
    "ي": "ىیېێےۍؠۓٸ",
    "ه": "ةەہھۀۂۃۿ",
    "ك": "کڪګگڭ",
    "و": "ۆۇۈۋٶٷ",
    "ف": "ڤ",
    "ب": "پ",
    "ج": "چ",
}

# These compose with the letter before them (NFC), so they are removed only after that: و + U+0654 is ؤ.
_COMPOSING = "\u0653\u0654\u0655"


def _tables() -> tuple[dict[int, str | None], dict[int, str | None]]:
    """The tables of str.translate before NFC and after it.

    Letters that stay are listed too: a miss inside translate costs an exception.
    """
    first: dict[int, str | None] = {code: chr(code) for code in range(0x80)}
    first[0] = " "  # PostgreSQL takes no NUL
    for low, high in _ARABIC_BLOCKS:
        for code in range(low, high):
            letter = chr(code)
            category = unicodedata.category(letter)
            # 0x06E5 and 0x06E6 are small Quranic letters above the line; 0x0640 is tatweel.
            if category in ("Mn", "Cf") or code in (0x0640, 0x06E5, 0x06E6):
                first[code] = letter if letter in _COMPOSING else None
            elif low >= 0xFB50:
                first[code] = _presentation(letter)
            else:
                first[code] = letter
    for low in (0x0660, 0x06F0):
        first.update({low + digit: str(digit) for digit in range(10)})
    first.update({ord(letter): None for letter in _INVISIBLE})
    second: dict[int, str | None] = {code: letter for code, letter in first.items() if letter}
    second.update({ord(letter): plain for plain, letters in _LETTERS.items() for letter in letters})
    second.update({ord(mark): None for mark in _COMPOSING})
    return first, second


def _presentation(letter: str) -> str | None:
    """The letters that a presentation form stands for; words are put between spaces, marks are dropped."""
    meant = unicodedata.normalize("NFKC", letter)
    plain = "".join(each for each in meant if unicodedata.category(each) != "Mn" and each != "\u0640")
    if not plain.strip():
        return None  # a mark on a space or a tatweel
    return plain if letter.isalnum() and " " not in plain else f" {plain} "


_FIRST, _SECOND = _tables()

_MARKS = "".join(chr(code) for code, plain in _FIRST.items() if plain is None and not chr(code).isalnum())
# Letters and digits, with the marks that fold away or compose inside them. The last two are symbols read as words.
_WORD = re.compile(rf"[^\W_]+(?:[{_MARKS}\u0300-\u036f{_COMPOSING}]+[^\W_]*)*|[\ufdfc\ufdfd]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its range, text[start:end], and its folded form."""

    start: int
    end: int
    folded: str


def fold(text: str) -> str:
    """The text with one spelling per word: "وزيرُ الخـارجيّة" and "وزير الخارجيه" fold alike.

    Marks, tatweel, bidi and zero-width characters are removed; hamza seats, alef, yeh, teh marbuta, Persian
    and presentation letters, digits and case become one; white space is one blank. fold(fold(x)) == fold(x).
    """
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_FIRST)).translate(_SECOND).casefold()


def tokens(text: str) -> list[str]:
    """The folded words of the text, in order, cut to MAX_LETTERS; punctuation is left out."""
    return [folded for raw in _WORD.findall(text) for folded in _word(raw)]


def words(text: str) -> Iterator[Word]:
    """As `tokens`, with the range of each: the n-th Word belongs to the n-th token.

    A ligature of several words gives several, all with its range.
    """
    for match in _WORD.finditer(text):
        for folded in _word(match.group()):
            yield Word(match.start(), match.end(), folded)


def _word(raw: str) -> tuple[str, ...]:
    # Long words rarely recur, and would let a page fill the cache's memory.
    return _short_word(raw) if len(raw) <= 40 else _long_word(raw)


def _long_word(raw: str) -> tuple[str, ...]:
    return tuple(word[:MAX_LETTERS] for word in _folded(raw).split())


_short_word = lru_cache(maxsize=1 << 16)(_long_word)


# The article, also behind conjunctions and prepositions. Never a bare و, part of many roots (وزير, وطن).
_ARTICLE = re.compile(r"(?:[وف]?لل(?=..)|ال(?=..)(?!له$)|(?:[وف]?[بك]|[وف])ال(?=...))")
# The endings of light10 (Larkey, Ballesteros, Connell 2002), but removed repeatedly, leaving more letters, and with
# the ت that a teh marbuta becomes before a pronoun (حكومته). Leaving three letters before ان would make لبن of لبنان.
_PRONOUN = "(?:ها|هم|نا|ه)"
_ENDING = re.compile(rf"(?<=...)(?:ات{_PRONOUN}?|ها|ون|ين|يه|ه)$|(?<=....)(?:ان|ت{_PRONOUN})$")
_NISBA = re.compile(r"(?<=...)ي$")


def stem(token: str) -> str:
    """The word without article and common endings: "والحكومات" and "حكومة" give "حكوم".

    token: folded. A final ي is removed only where the article or another ending shows that it is an ending: "مالي"
    is a country.
    """
    return stems(token)[0]


@lru_cache(maxsize=1 << 16)
def stems(token: str) -> tuple[str, ...]:
    """The stem, and for a relative adjective also the form with or without its ي; a searcher means both.

    "مصري" gives "مصري" and "مصر", because the stem of "المصري", "المصريين" and "مصرية" is "مصر".
    """
    article = _ARTICLE.match(token)
    bare = token[article.end() :] if article else token
    shown = article is not None
    adjective = None  # the form with its ي
    while True:
        if ending := _ENDING.search(bare):
            if ending.group() == "يه":
                adjective = bare[:-1]
            bare, shown = bare[: ending.start()], True
        elif _NISBA.search(bare) and shown:
            adjective, bare = bare, bare[:-1]
        else:
            break
    if adjective is None and _NISBA.search(bare):
        return bare, stem("ال" + bare)
    return (bare,) if adjective is None else (bare, adjective)
