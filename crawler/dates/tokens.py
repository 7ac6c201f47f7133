"""Divide a date line into tokens, with their kinds as a string of one character per token (crawler/dates/words.py)."""

import html
import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from crawler.dates import words
from crawler.dates.words import Token
from crawler.dates.zones import UNKNOWN

LONGEST = 400  # characters that are read: more than any date line has, and a limit for hostile text

_GENERAL = words.vocabulary(words.WORDS)
_LIBYAN = words.vocabulary(words.WORDS + words.LIBYAN)

_GMT = "(?:gmt|utc|غرينتش|جرينتش)"
_RAW = re.compile(
    rf"""
    (?!{_GMT})(?P<word>[^\W\d_]+)  # most of a line: tried first
    |(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}t[0-9]{{2}}(?::?[0-9]{{2}}(?::?[0-9]{{2}}(?:[.,][0-9]{{1,9}})?)?)?
        (?:\s?z\b|\s?[+-](?:[0-9]{{1,2}}:[0-9]{{2}}|[0-9]{{2}}(?:[0-9]{{2}})?)(?![0-9]))?)
    |(?P<clock>(?:[01]?[0-9]|2[0-4])(?::|\s:\s)[0-5][0-9](?:(?::|\s:\s)[0-6][0-9](?:[.][0-9]{{1,9}})?)?
        (?![0-9])(?!\s?:\s?[0-9]))
    |(?P<clock_h>(?:[01]?[0-9]|2[0-4])h[0-5][0-9]\b)
    |(?P<offset>{_GMT}\s?[+-](?:0?[0-9]|1[0-4])(?::?[0-5][0-9])?(?![0-9:])
        |{_GMT}\s?(?:0?[0-9]|1[0-4])[+-](?![0-9])
        |[+-](?:0?[0-9]|1[0-4])(?::?[0-5][0-9])?\s?{_GMT}\b
        |[+](?:0[0-9]|1[0-4]):?[0-5][0-9](?![0-9])
        |(?:(?<=:[0-9][0-9])|(?<=:[0-9][0-9]\s))[+](?:0[0-9]|1[0-4])(?![0-9:/.-])
        |(?<=:[0-9][0-9]\s)-(?:0[0-9]|1[0-2])[0-5][0-9](?![0-9])
        |(?<=:[0-9][0-9]:[0-9][0-9]\s)-(?:0[0-9]|1[0-2]):[0-5][0-9](?![0-9:]))
    |(?P<no_offset>(?<=:[0-9][0-9]\s)[+-][0-9]{{4}}(?![0-9]))
    |(?P<number>[0-9]+)
    |(?P<zone>[^\W\d_]+)
    |(?P<dash>(?<=\s)-+(?=\s))
    |(?P<mark>\S)
    """,
    re.VERBOSE,
)
_MARKS = {"/": "/", "-": "-", ".": ".", ",": ",", ";": ",", ":": ":", "|": "|", "(": "(", ")": ")", "[": "(", "]": ")"}


_UNKNOWN = Token("x")
_AND = Token("&")
_NO_ZONE = Token("Z", 0, UNKNOWN)
_LONGEST_ABBREVIATION = 5  # letters of a zone; longer words are names, such as those of agencies


class Line(NamedTuple):
    """tokens and kinds have the same length: kinds[i] is tokens[i].kind, or a punctuation mark."""

    kinds: str
    tokens: list[Token]


def shortened(text: str) -> str:
    """The beginning of a text, up to the end of a word. Character references that were escaped twice are decoded."""
    text = _cut(text.strip(), 4 * LONGEST)
    return _cut(html.unescape(text).strip(), LONGEST) if "&" in text else _cut(text, LONGEST)


def _cut(text: str, length: int) -> str:
    """At most `length` characters, ending with a complete word: "12/10/2025" must not become "12/10/20"."""
    if len(text) <= length:
        return text
    kept = text[: length + 1].rsplit(None, 1)
    return kept[0] if len(kept) == 2 else ""


def read_line(text: str, country: str | None = None) -> Line:
    """The tokens of a text in `date_letters`. country: "LY" adds the old Libyan months."""
    known_words, phrases = _LIBYAN if country == "LY" else _GENERAL
    raw = [(match.lastgroup or "", match.group()) for match in _RAW.finditer(text)]
    parts = [part for _, part in raw]
    tokens: list[Token] = []
    at = 0
    while at < len(raw):
        kind, part = raw[at]
        at += 1
        if kind in ("word", "zone"):
            token = known_words.get(part)
            for rest, named in phrases.get(part, ()):
                if tuple(parts[at : at + len(rest)]) == rest:
                    token = named
                    at += len(rest)
                    break
            if token is None and part[0] == "و" and part[1:] in known_words:
                tokens.append(_AND)  # "وساعتين"
                token = known_words[part[1:]]
            tokens.append(token or _UNKNOWN)
        else:
            tokens.append(_token(kind, part))
    if (length := _zone_length("".join([token.kind for token in tokens[-4:]]), parts)) > 0:
        tokens[-length:] = [_NO_ZONE]
    return Line("".join([token.kind for token in tokens]), tokens)


def _zone_length(kinds: str, parts: list[str]) -> int:
    """The number of unknown tokens at the end in the position of a zone: "10:00:00 XYZ", "10:00 Asia/Riyadh"."""
    if not parts or not parts[-1].isascii():
        return 0
    if kinds.endswith(("tx/x", "px/x")):
        return 3
    return 1 if kinds.endswith(("tx", "tpx")) and len(parts[-1]) <= _LONGEST_ABBREVIATION else 0


@lru_cache(maxsize=4096)
def _token(kind: str, part: str) -> Token:
    """The token of a number, clock or mark. Cached, since the same days, years and marks recur."""
    return _READERS[kind](part)


def _number(part: str) -> Token:
    if len(part) <= 2:
        return Token("d", int(part), part)
    if len(part) == 4:
        return Token("y", int(part))
    return Token("n", int(part) if len(part) <= 6 else -1)


def _clock(part: str) -> Token:
    """number: seconds since midnight. name: the precision."""
    hour, minute, *second = part.partition(".")[0].replace("h", ":").split(":")
    seconds = min(int(second[0]), 59) if second else 0
    return Token("t", int(hour) * 3600 + int(minute) * 60 + seconds, "second" if second else "minute")


def _offset(part: str) -> Token:
    """number: minutes east of UTC. The sign may follow the number, as right-to-left typing can leave it."""
    digits = "".join(re.findall("[0-9]", part))
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    return Token("Z", (hours * 60 + minutes) * (-1 if "-" in part else 1))


_READERS: dict[str, Callable[[str], Token]] = {
    "iso": lambda part: Token("i", 0, part),
    "clock": _clock,
    "clock_h": _clock,
    "offset": _offset,
    "no_offset": lambda part: _NO_ZONE,
    "number": _number,
    "dash": lambda part: Token("_"),
    "mark": lambda part: Token(_MARKS.get(part, "*")),
}
