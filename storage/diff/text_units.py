"""A text cut into what a difference is made of: paragraphs, and words with the white space before them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage import arabic
from storage.diff.change_classes import normalised

_PARAGRAPH = re.compile(r"\s*\S[^\n]*|\s+")
_BETWEEN = re.compile(r"\s*\S+|\s+")
_PARTS_DIGITS = {".": ".", "٫": ".", ",": ",", "٬": ",", ":": ":", "/": "/"}  # to the one of them it is matched as
_DASHES = "-–\u2212"


@dataclass(slots=True)
class Unit:
    """A paragraph or word with the white space before it. key: what it is matched by."""

    raw: str
    key: str
    moved: bool = False


def paragraphs_of(old: str, new: str) -> tuple[list[Unit], list[Unit]]:
    """Of both texts. Those that only one of them has are matched by what they say, not by how it is written."""
    before, after = ([Unit(raw, raw.strip()) for raw in _PARAGRAPH.findall(text)] for text in (old, new))
    shared = {unit.key for unit in before} & {unit.key for unit in after}
    for unit in (*before, *after):
        if unit.key not in shared:
            unit.key = normalised(unit.key) or unit.key
    return before, after


def words_of(found_in: Iterable[Unit], side: str) -> list[Unit]:
    """Every word, and every run of punctuation, with the white space before it; a moved paragraph stays whole.
    A number is one word with the marks inside it, and a minus before it: 0.8, 12:30, 28/10/2025, -5.

    side: a character for private use, which no word holds, another for each text: a moved paragraph's key.
    """
    found: list[Unit] = []
    for paragraph in found_in:
        if paragraph.moved:
            found.append(Unit(paragraph.raw, f"{side}{len(found)}", moved=True))
            continue
        raw, end = paragraph.raw, 0
        blank = ""
        for word in arabic.words(raw):
            if word.start < end:  # a ligature of several words
                found[-1].key += word.folded
                continue
            for piece in _BETWEEN.findall(raw, end, word.start):
                if piece.isspace():
                    blank = piece
                else:
                    found.append(Unit(piece, piece.strip()))
            written = raw[word.start : word.end]
            if written[0].isdigit() and not blank and _ends_inside_a_number(found):
                mark = found.pop()
                found[-1].raw += mark.raw + written
                found[-1].key += _PARTS_DIGITS[mark.key] + word.folded
            elif written[0].isdigit() and not blank and _ends_with_a_minus(found):
                before = found.pop().raw
                if before[:-1].strip():
                    found.append(Unit(before[:-1], before[:-1].strip()))
                    before = before[-1]
                found.append(Unit(before + written, f"-{word.folded}"))
            else:
                found.append(Unit(blank + written, word.folded))
            blank, end = "", word.end
        found += [Unit(piece, piece.strip()) for piece in _BETWEEN.findall(raw, end)]
    return found


def _ends_inside_a_number(found: list[Unit]) -> bool:
    """Whether the last two units are digits and a mark right after them that can stand between digits."""
    return len(found) > 1 and found[-1].raw in _PARTS_DIGITS and found[-2].raw[-1].isdigit() and not found[-2].moved


def _ends_with_a_minus(found: list[Unit]) -> bool:
    """Whether a dash ends the last unit that begins a number: not the one of كوفيد-19, 5%-10% or "--"."""
    if not found or found[-1].moved or found[-1].raw[-1] not in _DASHES:
        return False
    before = found[-1].raw[:-1]
    return before[-1] not in f"{_DASHES}%٪)]}}»”’" if before else len(found) == 1
