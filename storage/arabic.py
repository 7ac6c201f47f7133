"""Folding, tokens and stems of Arabic text, for both indexed texts and queries. Pure.

`fold` removes differences of spelling (marks, hamza seats, tatweel, digits), `tokens` splits a text into folded words,
`stem` returns the key of a word in the search index.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, TypeVar

Made = TypeVar("Made")

# Stored with everything made from folded words. Raise it when the results of `fold` or `words` change.
FOLDING = 2
# The same for `stem`.
STEMMING = 2

# Of a word; longer runs of letters are mistakes or attacks, and are cut.
MAX_LETTERS = 64

_ARABIC_BLOCKS = ((0x0600, 0x0700), (0x0750, 0x0780), (0x0870, 0x0900), (0xFB50, 0xFE00), (0xFE70, 0xFF00))

# Soft hyphen, grapheme joiner, iota subscript (casefold would make a letter of it), Mongolian separator,
# zero-width and bidi marks, variation selectors.
_INVISIBLE = (
    "\u00ad\u034f\u0345\u061c\u180e\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
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
    first[0] = " "  # PostgreSQL refuses NUL
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
    first[0x200C] = " "  # the zero-width non-joiner separates words, like a blank
    second: dict[int, str | None] = {code: letter for code, letter in first.items() if letter}
    second.update({ord(letter): plain for plain, letters in _LETTERS.items() for letter in letters})
    second.update({ord(mark): None for mark in _COMPOSING})
    return first, second


def _presentation(letter: str) -> str | None:
    """The plain letters of a presentation form; words are put between spaces, marks are dropped."""
    meant = unicodedata.normalize("NFKC", letter)
    plain = "".join(each for each in meant if unicodedata.category(each) != "Mn" and each != "\u0640")
    if not plain.strip():
        return None  # a mark on a space or a tatweel
    return plain if letter.isalnum() and " " not in plain else f" {plain} "


_FIRST, _SECOND = _tables()

_MARKS = "".join(chr(code) for code, plain in _FIRST.items() if plain is None and not chr(code).isalnum())
# First alternative: a number with thousands separators. Second: letters and digits, with marks between them that
# folding removes or composes. Third: two symbols that are read as words.
_WORD = re.compile(
    r"(?<!\d)\d{1,3}(?:[,\u066c]\d{3})+(?![^\W_])"
    rf"|[^\W_]+(?:[{_MARKS}\u0300-\u036f{_COMPOSING}]+[^\W_]*)*|[\ufdfc\ufdfd]"
)

_UNSEEN = dict.fromkeys((*map(ord, _INVISIBLE), 0x0640, 0x200C))
_THOUSANDS = re.compile("(?<=[0-9])[,\u066c](?=[0-9])")
# "مائة" and "مئة", also within "ثلاثمائة", and in the dual.
_HUNDRED = re.compile("ماء(?=(?:ه|تين|تان|تا|تي)$)")
_SERVANT_OF = re.compile("(?<![^وفبل])عبد(?=ال..)")  # names are written in one word or in two


class Word(NamedTuple):
    """One word of a text: its range, text[start:end], and its folded form."""

    start: int
    end: int
    folded: str


class Remembered(dict[str, Made]):
    """A cache of a function's results by word; takes a third of the time of lru_cache.

    most: maximum number of entries, at which the cache is emptied. longest: letters; longer words rarely recur and
    could fill the memory, so they are not cached.
    """

    def __init__(self, make: Callable[[str], Made], most: int, longest: int = 40) -> None:
        super().__init__()
        self._make, self._most, self._longest = make, most, longest

    def __missing__(self, word: str) -> Made:
        made = self._make(word)
        if len(word) <= self._longest:
            if len(self) >= self._most:
                self.clear()
            self[word] = made
        return made


def fold(text: str) -> str:
    """The text with one spelling per word: "وزيرُ الخـارجيّة" and "وزير الخارجيه" fold to the same text.

    Marks, tatweel, bidi and zero-width characters are removed; hamza seats, alef, yeh, teh marbuta, Persian
    and presentation letters, digits and case become one; white space is one blank. fold(fold(x)) == fold(x).
    """
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(_FIRST)).translate(_SECOND).casefold()


def tokens(text: str) -> list[str]:
    """The folded words of the text, in order, cut to MAX_LETTERS; punctuation is left out."""
    return [folded for raw in _WORD.findall(text) for folded in _words[raw]]


def raw_words(text: str) -> list[str]:
    """The words of the text as written, in order; `tokens_of` returns the folded words of each."""
    return _WORD.findall(text)


def word_ranges(text: str) -> Iterator[tuple[int, int]]:
    """The range of each of `raw_words`: [start, end) in the text."""
    return (match.span() for match in _WORD.finditer(text))


def tokens_of(raw: str) -> tuple[str, ...]:
    """The folded words of one of `raw_words`: usually one; several for a ligature or a name written in one word."""
    return _words[raw]


def spelling(raw: str) -> str:
    """A word as written, without differences that make no other spelling: tatweel, invisible characters, case."""
    return unicodedata.normalize("NFC", raw.translate(_UNSEEN)).casefold()[:MAX_LETTERS]


def words(text: str) -> Iterator[Word]:
    """As `tokens`, with the range of each: the n-th Word belongs to the n-th token.

    A ligature of several words yields several, all with its range.
    """
    for match in _WORD.finditer(text):
        start, end = match.span()
        for folded in _words[match.group()]:
            yield Word(start, end, folded)


def _folded_words(raw: str) -> tuple[str, ...]:
    folded = _THOUSANDS.sub("", _folded(raw))
    if "ماء" in folded:
        folded = _HUNDRED.sub("مء", folded)
    if "عبدال" in folded:
        folded = _SERVANT_OF.sub("عبد ", folded)
    return tuple(word[:MAX_LETTERS] for word in folded.split())


_words = Remembered(_folded_words, 1 << 16)
_PARTICLES = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل")
_LEAST_BEHIND = 3  # letters: "بست" is a verb, "بستة" a number


@lru_cache(maxsize=4096)
def behind_particles(word: str) -> tuple[str, ...]:
    """A folded word, and the word without leading conjunctions and prepositions; the article stays."""
    forms = [word]
    for particle in _PARTICLES:
        rest = word.removeprefix(particle)
        if rest != word and len(rest) >= _LEAST_BEHIND:
            forms.append(rest)
    for contracted in ("لل", "ولل"):
        if word.startswith(contracted):
            rest = word.removeprefix(contracted)
            forms += [rest, f"ال{rest}"]
    return tuple(forms)


def with_particles(word: str) -> Iterator[str]:
    """The words for which `behind_particles` returns this folded word."""
    forms = [word, *(particle + word for particle in _PARTICLES), "لل" + word, "ولل" + word]
    if word.startswith("ال"):
        forms += ["ل" + word[1:], "ول" + word[1:]]
    return (form for form in forms if word in behind_particles(form))


# The article, also after conjunctions and prepositions. Never a bare و, which is part of many roots (وزير, وطن).
_ARTICLE = re.compile(r"(?:[وف]?لل(?=..)|ال(?=..)(?!له$)|(?:[وف]?[بك]|[وف])ال(?=..))")
# The endings of light10 (Larkey, Ballesteros, Connell 2002), but removed repeatedly, with more letters left, and with
# more pronouns, duals, and the ت that a teh marbuta becomes before them (حكومته, صفقتين). If only three letters had to
# be left before ان, لبنان would become لبن.
_PRONOUN = "(?:هما|ها|هم|هن|كم|نا|ه)"
_ENDING = re.compile(
    rf"(?<=...)(?:ات{_PRONOUN}?|هما|ها|هم|كم|ون|ين|يه|ه)$|(?<=....)(?:ان|تان|تين|تا|تي|هن|نا|ت{_PRONOUN})$"
)
# The ending of a relative adjective, removed only after another ending, since it may belong to the root: "مالي" is a
# country.
_RELATIVE = re.compile(r"(?<=...)ي$")
# Removed once, at the end: the accusative, and a sound plural before another noun.
_LAST_ENDING = re.compile(r"(?<=....)[او]$")
# Prefix of the key of a word with the article: a letter that folding removes, so that no word begins with it.
DEFINITE = "\u0671"


def behind_article(token: str) -> str | None:
    """A folded word without the article and particles before it; None if it has no article."""
    article = _ARTICLE.match(token)
    return token[article.end() :] if article else None


@lru_cache(maxsize=1 << 16)
def stem(token: str) -> str:
    """The key of a folded word in the index: without common endings and pronouns, "حكومتها" is "حكوم".

    A word with the article: DEFINITE and the rest, unchanged. No pronoun and no particle follows an article, so its
    ending belongs to the word ("الحكمة" is not "حكم"). `storage.search.forms.word_forms` lists the keys of a word.
    """
    rest = behind_article(token)
    if rest is not None:
        return DEFINITE + rest
    stripped = token
    while ending := _ENDING.search(stripped) or (stripped != token and _RELATIVE.search(stripped)):
        stripped = stripped[: ending.start()]
    if stripped == token and (ending := _LAST_ENDING.search(token)):
        stripped = token[: ending.start()]
    return stripped
