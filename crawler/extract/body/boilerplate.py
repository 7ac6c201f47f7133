"""Boilerplate: recognise lines that are no text, such as "اقرأ أيضاً: …", comment forms and copyright notices.

boilerplate.tsv holds the phrases, with columns phrase, kind, match. They were chosen by their hits in 72,716 real
article bodies. Phrases that also begin ordinary sentences are left out or need more evidence ("linked-prefix").
match: "whole-line"; "line-prefix" (a short line begins with the phrase, as whole words); "linked-prefix" (the same, if
at least 40% of the line is a link).
"""

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from crawler.extract.body.invitations import is_invitation
from crawler.html.spelling import comparable, comparable_line, plain_letters

# Most letters of a line by kind, 250 for other kinds; a longer line with such a beginning is a sentence.
_LONGEST = {"read-also": 220, "credit": 80, "comment-form": 700, "copyright": 500}
_LONGEST_PHRASE = (
    200  # letters of a line's beginning; the longest phrase has 81, and marks between letters may treble it
)
_WORD = re.compile(r"\w+")
_BULLETS = re.compile(r"^[\W_]+")
_ROW = re.compile("[|•·]")
_LONGEST_COMPLETE = 180  # letters of a line that is compared as one phrase
_NOT_WORD = re.compile(r"\W+")


class _Phrases(NamedTuple):
    lines: dict[str, str]  # comparable phrase to kind
    prefixes: dict[str, list[tuple[str, str, str]]]  # first word to (folded phrase, kind, match)


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    phrases = _Phrases({}, {})
    table = resources.files("crawler.extract.body").joinpath("boilerplate.tsv").read_text(encoding="utf-8")
    for row in table.splitlines()[1:]:
        phrase, kind, match = row.split("\t")
        if match == "whole-line":
            phrases.lines[comparable(phrase)] = kind
        else:
            folded = comparable_line(phrase)
            phrases.prefixes.setdefault(_first_word(folded), []).append((folded, kind, match))
    return phrases


def _first_word(folded: str) -> str:
    word = _WORD.search(folded)
    return word.group() if word else folded


def kind_of(line: str, *, linked: float = 0.0) -> str | None:
    """The kind of boilerplate of a mended line ("read-also", "related", "share", …); None when it is no boilerplate.

    linked: the link density of the line, 0 to 1.
    """
    if len(line) > 700 or not line:
        return None
    phrases = _phrases()
    folded = plain_letters(line[:_LONGEST_PHRASE])
    if len(line) <= _LONGEST_COMPLETE:
        kind = phrases.lines.get(_NOT_WORD.sub(" ", folded).strip()) or _kind_of_form(line, folded, phrases.lines)
        if kind:
            return kind
    for phrase, kind, match in phrases.prefixes.get(_first_word(folded), ()):
        if len(line) > _LONGEST.get(kind, 250) or (match == "linked-prefix" and linked < 0.4):
            continue
        if _begins(folded, phrase) or _begins(_bare(folded), phrase):
            return kind
    return None


def _kind_of_form(line: str, folded: str, phrases: dict[str, str]) -> str | None:
    if any(mark in line for mark in "|•·") and _is_row(line, phrases):
        return "share"
    return "newsletter" if is_invitation(_bare(folded)) else None


def _is_row(line: str, phrases: dict[str, str]) -> bool:
    """Whether a line is a row of buttons, most of them known phrases: "طباعة | أرسل لصديق | حفظ"."""
    parts = [comparable(part) for part in _ROW.split(line)]
    known = sum(1 for part in parts if part in phrases)
    return len(parts) > 1 and known * 2 > len(parts)


def _bare(folded: str) -> str:
    """The line without bullets, arrows and emoji before its first word."""
    return _BULLETS.sub("", folded)


def _begins(folded: str, phrase: str) -> bool:
    rest = folded[len(phrase) :]
    return folded.startswith(phrase) and not (phrase[-1].isalnum() and rest[:1].isalpha())
