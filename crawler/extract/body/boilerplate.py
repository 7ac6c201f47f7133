"""Lines that are no part of an article: "اقرأ أيضاً: …", comment forms, share bars, copyright notices.

The phrases lie in boilerplate.tsv: phrase, kind, match. They were chosen by counting hits in 72,716 real article
bodies; what also opens ordinary sentences is left out, or asks for more proof ("linked-prefix").
match: "whole-line"; "line-prefix" (a word ends after the phrase; of a short line only); "linked-prefix" (as before,
of a line that is mostly a link).
"""

import re
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from crawler.extract.body.invitations import is_invitation
from crawler.html.spelling import comparable, comparable_line, plain_letters

# A longer line that begins so is a sentence. In letters, by kind; the rest may have 250.
_LONGEST = {"read-also": 220, "credit": 80, "comment-form": 700, "copyright": 500}
_LONGEST_PHRASE = (
    200  # letters of a line's beginning; the longest phrase has 81, and marks between letters may treble it
)
_WORD = re.compile(r"\w+")
_BULLETS = re.compile(r"^[\W_]+")
_ROW = re.compile("[|•·]")
_LONGEST_WHOLE = 180  # letters of a line that is judged as a whole
_NOT_WORD = re.compile(r"\W+")


class _Phrases(NamedTuple):
    whole: dict[str, str]  # comparable phrase to kind
    prefixes: dict[str, list[tuple[str, str, str]]]  # first word to (folded phrase, kind, match)


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    found = _Phrases({}, {})
    table = resources.files("crawler.extract.body").joinpath("boilerplate.tsv").read_text(encoding="utf-8")
    for row in table.splitlines()[1:]:
        phrase, kind, match = row.split("\t")
        if match == "whole-line":
            found.whole[comparable(phrase)] = kind
        else:
            folded = comparable_line(phrase)
            found.prefixes.setdefault(_first_word(folded), []).append((folded, kind, match))
    return found


def _first_word(folded: str) -> str:
    found = _WORD.search(folded)
    return found.group() if found else folded


def kind_of(line: str, *, linked: float = 0.0) -> str | None:
    """What kind of boilerplate a mended line is ("read-also", "related", "share", …); None: it is none.

    linked: the share of the line, 0 to 1, that is a link.
    """
    if len(line) > 700 or not line:
        return None
    phrases = _phrases()
    folded = plain_letters(line[:_LONGEST_PHRASE])
    if len(line) <= _LONGEST_WHOLE:
        kind = phrases.whole.get(_NOT_WORD.sub(" ", folded).strip()) or _of_shape(line, folded, phrases.whole)
        if kind:
            return kind
    for phrase, kind, match in phrases.prefixes.get(_first_word(folded), ()):
        if len(line) > _LONGEST.get(kind, 250) or (match == "linked-prefix" and linked < 0.4):
            continue
        if _begins(folded, phrase) or _begins(_bare(folded), phrase):
            return kind
    return None


def _of_shape(line: str, folded: str, whole: dict[str, str]) -> str | None:
    if any(mark in line for mark in "|•·") and _is_row(line, whole):
        return "share"
    return "newsletter" if is_invitation(_bare(folded)) else None


def _is_row(line: str, whole: dict[str, str]) -> bool:
    """A row of buttons: "طباعة | أرسل لصديق | حفظ", of which most are known."""
    parts = [comparable(part) for part in _ROW.split(line)]
    known = sum(1 for part in parts if part in whole)
    return len(parts) > 1 and known * 2 > len(parts)


def _bare(folded: str) -> str:
    """Without bullets, arrows and emoji before the first word."""
    return _BULLETS.sub("", folded)


def _begins(folded: str, phrase: str) -> bool:
    rest = folded[len(phrase) :]
    return folded.startswith(phrase) and not (phrase[-1].isalnum() and rest[:1].isalpha())
