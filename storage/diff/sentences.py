"""Split a text into sentences, each with the number of its paragraph. Pure.

A sentence ends at a full stop, a question mark, an exclamation mark or an ellipsis before a blank, and at the end of
its paragraph; but not inside quotation marks, nor after a single letter, as in "د. سمير".
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

_ENDS = re.compile(r"(?<!\b\w)(?<![.!?؟…])[.!?؟…]+[»”\"')\]]*(?= )")
_CLOSING = {"«": "»", "“": "”", "‹": "›", "„": "“", '"': '"'}
_OPENING = re.compile(f"[{''.join(_CLOSING)}]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence. text: white space collapsed to single blanks, none around it. paragraph: its number, from 0."""

    text: str
    paragraph: int


def sentences_of(text: str) -> list[Sentence]:
    """The sentences in order; those of a paragraph, joined by blanks, equal the paragraph up to white space."""
    sentences: list[Sentence] = []
    lines = (" ".join(line.split()) for line in text.split("\n"))
    for number, paragraph in enumerate(filter(None, lines)):
        quoted = quoted_ranges(paragraph)
        opened = [low for low, _ in quoted]
        start = 0
        for end in _ENDS.finditer(paragraph):
            inside = bisect_right(opened, end.start()) - 1
            if inside >= 0 and end.end() < quoted[inside][1]:
                continue
            sentences.append(Sentence(paragraph[start : end.end()].strip(), number))
            start = end.end()
        if rest := paragraph[start:].strip():
            sentences.append(Sentence(rest, number))
    return sentences


def quoted_ranges(text: str) -> list[tuple[int, int]]:
    """The ranges inside quotation marks, marks included, in order; a mark without a closing mark is ignored."""
    ranges = []
    end = 0
    unclosed: set[str] = set()
    for opening in _OPENING.finditer(text):
        closing = _CLOSING[opening.group()]
        if opening.start() < end or closing in unclosed:
            continue
        place = text.find(closing, opening.end())
        if place < 0:
            unclosed.add(closing)
        else:
            end = place + 1
            ranges.append((opening.start(), end))
    return ranges


def outside_quotations(text: str) -> str:
    """The text with each quotation replaced by a blank."""
    kept, start = [], 0
    for low, high in quoted_ranges(text):
        kept.append(text[start:low])
        start = high
    return " ".join([*kept, text[start:]])
