"""The vocabulary of dates: each word with its kind of token and its value.

A kind is one character, so that a text becomes a short string of kinds for regular expressions:

    d y n  numbers of 1-2, of 4, of other counts of digits      m h a  Gregorian month, Hijri month, "آب" (also: father)
    o f    day in words, hour in words                          w      weekday
    t      clock time             i  ISO 8601 date with time    C      "الساعة"
    p s e  AM/PM as a word, as one letter, as "م"               g      "والنصف" and other parts of an hour
    Z z q  zone, place, "بتوقيت"                                G H    Gregorian era, Hijri era
    r R    "منذ", "ago"           v ~    number in words, "about"
    u b    unit of time, one that also joins: "يوم", "شهر", "عام"
    k j    "أمس", "الآن"          P U  published, updated       c &    joining word, "and" or "to"
    x      any other word

words.tsv has the columns kind, number, name ("-": none), and words with this meaning, separated by commas. They may be
spelled in any way: `date_letters` respells them like texts. Numbers: of months and days from 1, of weekdays
from 0 (Monday), of zones the minutes east of UTC (RFC 2822 §4.3 fixes the American ones; GST and AST are the Gulf's and
Arabia's on Arabic pages), of units the amount that the bare word means, 0 for a plural, which needs a number.
"""

import re
from importlib import resources
from typing import NamedTuple

from crawler.html.spelling import date_letters

PARTS = re.compile(r"[0-9]+|[^\W\d_]+|\S")


class Token(NamedTuple):
    """kind: see above. number and name: the value of the token, by kind; 0 and "" where it has none."""

    kind: str
    number: int = 0
    name: str = ""


# Libya's own names, official until 2011; elsewhere they are plain words ("الماء", "ناصر").
_LIBYAN_MONTHS = (
    "أي النار", "النوار", "الربيع", "الطير", "الماء", "الصيف",
    "ناصر", "هانيبال", "الفاتح", "التمور", "الحرث", "الكانون",
)  # fmt: skip


class Vocabulary(NamedTuple):
    """words: word to token. phrases: first part to (parts after it, token) of each phrase, the longest first."""

    words: dict[str, Token]
    phrases: dict[str, list[tuple[tuple[str, ...], Token]]]


def _named() -> list[tuple[str, Token]]:
    """All lists of names with their tokens. A name in several lists has the last one's token."""
    table = resources.files("crawler.dates").joinpath("words.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines()[1:])
    return [(names, Token(kind, int(number), "" if name == "-" else name)) for kind, number, name, names in rows]


def vocabulary(named: list[tuple[str, Token]]) -> Vocabulary:
    """Build the look-up tables from lists of names with their tokens."""
    words: dict[str, Token] = {}
    phrases: dict[str, dict[tuple[str, ...], Token]] = {}
    for names, token in named:
        for name in names.split(","):
            first, *rest = PARTS.findall(date_letters(name))
            if rest:
                phrases.setdefault(first, {})[tuple(rest)] = token
            else:
                words[first] = token
    ordered = {first: sorted(rests.items(), key=lambda item: -len(item[0])) for first, rests in phrases.items()}
    return Vocabulary(words, ordered)


WORDS = _named()
LIBYAN = [(name, Token("m", number)) for number, name in enumerate(_LIBYAN_MONTHS, 1)]
