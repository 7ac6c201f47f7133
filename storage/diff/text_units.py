"""The units that a diff compares: paragraphs, and words with the white space before them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from storage import arabic
from storage.diff.change_classes import normalised

_PARAGRAPH = re.compile(r"\s*\S[^\n]*|\s+")
_BETWEEN = re.compile(r"\s*\S+|\s+")
_PARTS_DIGITS = {".": ".", "٫": ".", ",": ",", "٬": ",", ":": ":", "/": "/"}  # mark inside a number: mark in the key
_DASHES = "-–\u2212"


@dataclass(slots=True)
class Unit:
    """A paragraph or word with the white space before it. raw: as printed; key: units with equal keys match."""

    raw: str
    key: str
    moved: bool = False


def paragraphs_of(old: str, new: str) -> tuple[list[Unit], list[Unit]]:
    """Split both texts into paragraphs. The key of a paragraph that only one text has is its normalised text."""
    before, after = ([Unit(raw, raw.strip()) for raw in _PARAGRAPH.findall(text)] for text in (old, new))
    shared = {unit.key for unit in before} & {unit.key for unit in after}
    for unit in (*before, *after):
        if unit.key not in shared:
            unit.key = normalised(unit.key) or unit.key
    return before, after


def words_of(paragraphs: Iterable[Unit], side: str) -> list[Unit]:
    """Split paragraphs into words and runs of punctuation, with the white space before each; a moved one is one unit.

    A number is one word with the marks inside it and a minus before it: 0.8, 12:30, 28/10/2025, -5. side: a private-use
    character, which no word contains, different for each text; a moved paragraph's key starts with it, and so matches
    nothing in the other text.
    """
    units: list[Unit] = []
    for paragraph in paragraphs:
        if paragraph.moved:
            units.append(Unit(paragraph.raw, f"{side}{len(units)}", moved=True))
            continue
        raw, end = paragraph.raw, 0
        blank = ""
        for word in arabic.words(raw):
            if word.start < end:  # a ligature of several words
                units[-1].key += word.folded
                continue
            for piece in _BETWEEN.findall(raw, end, word.start):
                if piece.isspace():
                    blank = piece
                else:
                    units.append(Unit(piece, piece.strip()))
            written = raw[word.start : word.end]
            if written[0].isdigit() and not blank and _ends_inside_a_number(units):
                mark = units.pop()
                units[-1].raw += mark.raw + written
                units[-1].key += _PARTS_DIGITS[mark.key] + word.folded
            elif written[0].isdigit() and not blank and _ends_with_a_minus(units):
                before = units.pop().raw
                if before[:-1].strip():
                    units.append(Unit(before[:-1], before[:-1].strip()))
                    before = before[-1]
                units.append(Unit(before + written, f"-{word.folded}"))
            else:
                units.append(Unit(blank + written, word.folded))
            blank, end = "", word.end
        units += [Unit(piece, piece.strip()) for piece in _BETWEEN.findall(raw, end)]
    return units


def _ends_inside_a_number(units: list[Unit]) -> bool:
    """Whether the last two units are a number and, directly after it, a mark that can stand inside a number."""
    return len(units) > 1 and units[-1].raw in _PARTS_DIGITS and units[-2].raw[-1].isdigit() and not units[-2].moved


def _ends_with_a_minus(units: list[Unit]) -> bool:
    """Whether the last unit ends in a minus sign, and not in the dash of كوفيد-19, 5%-10% or "--"."""
    if not units or units[-1].moved or units[-1].raw[-1] not in _DASHES:
        return False
    before = units[-1].raw[:-1]
    return before[-1] not in f"{_DASHES}%٪)]}}»”’" if before else len(units) == 1
