"""The quality signals of one text: its scripts, its repetitions, the ends of its lines.

Shares are from 0 to 1, rounded to four digits. A line is a paragraph. The signals follow the filters of datatrove, with
which FineWeb was made, but with the letters, punctuation and stop words of Arabic.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from storage.quality.language_score import arabic_score
from storage.quality.thresholds import LENGTHS, LengthClass

_WORD = re.compile(r"[^\W_]+(?:[ـ\u064b-\u0652'’][^\W_]+)*")
_ARABIC = re.compile(
    r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdff\ufe70-\ufefc]"
)
_LETTER = re.compile(r"[^\W\d_]")
_LINE_END = re.compile(r"[.!?…؟۔:»\"”)\]]\s*$")
_STOP_WORDS = frozenset(re.split(" ", "في من على إلى عام أن مع أو هو عن التي كان بين ما كانت هي المتحدة بعد"))
_SHORT_LINE = 30  # characters: fineweb
# Phrases around articles: invitations, sharing, rights. A line that contains one is boilerplate.
_AROUND = re.compile(
    "اقرأ أيض|اقرأ المزيد|إقرأ أيض|شاهد أيض|تابعونا|تابعنا على|اشترك في|للاشتراك|انضم إلى قناة|جميع الحقوق محفوظة"
    "|حقوق النشر|شارك المقال|مشاركة عبر|اضغط هنا|لمزيد من الأخبار|حمل تطبيق|حمّل تطبيق|https?://|www\\.|©"
)


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of a text, defined in docs/datasets.md. language_score: None when no identifier is installed."""

    arabic_share: float
    language_score: float | None
    duplicate_lines: float
    top_2_grams: float
    top_3_grams: float
    top_4_grams: float
    duplicate_5_grams: float
    duplicate_10_grams: float
    punctuated_lines: float
    short_lines: float
    mean_word_length: float
    alphabetic_words: float
    stop_words: int
    boilerplate: float
    length_class: LengthClass


def measure(text: str) -> Signals:
    """Measure a text whose paragraphs are separated by line breaks. Never raises on text."""
    lines = [line for line in (part.strip() for part in text.split("\n")) if line]
    tokens = text.split()
    words = _WORD.findall(text)
    letters = len(_LETTER.findall(text))
    return Signals(
        arabic_share=_share(len(_ARABIC.findall(text)), letters),
        language_score=arabic_score(text),
        duplicate_lines=_share(len(lines) - len(set(lines)), len(lines)),
        top_2_grams=_top(words, 2),
        top_3_grams=_top(words, 3),
        top_4_grams=_top(words, 4),
        duplicate_5_grams=_duplicate(words, 5),
        duplicate_10_grams=_duplicate(words, 10),
        punctuated_lines=_share(sum(bool(_LINE_END.search(line)) for line in lines), len(lines)),
        short_lines=_share(sum(len(line) < _SHORT_LINE for line in lines), len(lines)),
        mean_word_length=round(sum(map(len, words)) / len(words), 4) if words else 0.0,
        alphabetic_words=_share(sum(bool(_LETTER.search(token)) for token in tokens), len(tokens)),
        stop_words=len(_STOP_WORDS.intersection(words)),
        boilerplate=_share(sum(len(line) for line in lines if _AROUND.search(line)), sum(map(len, lines))),
        length_class=next((name for most, name in LENGTHS if len(tokens) <= most), "long"),
    )


def _share(part: int, entire: int) -> float:
    return round(part / entire, 4) if entire else 0.0


def _grams(words: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[start:] for start in range(n)), strict=False))


def _top(words: Sequence[str], n: int) -> float:
    """The share of letters in the most frequent n-gram, if it occurs at least twice."""
    counts = Counter(_grams(words, n))
    if not counts:
        return 0.0
    times = max(counts.values())
    if times < 2:
        return 0.0
    longest = max(sum(map(len, gram)) for gram, count in counts.items() if count == times)
    return min(1.0, _share(longest * times, sum(map(len, words))))


def _duplicate(words: Sequence[str], n: int) -> float:
    """The share of letters in n-grams that occurred earlier in the text, each letter counted once."""
    seen: set[tuple[str, ...]] = set()
    repeated = end = 0  # index up to which words are counted
    for start, gram in enumerate(_grams(words, n)):
        if gram in seen:
            repeated += sum(map(len, words[max(start, end) : start + n]))
            end = start + n
        seen.add(gram)
    return _share(repeated, sum(map(len, words)))
