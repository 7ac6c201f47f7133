"""A text as comparisons see it: words without credits, in sentences, with their figures and quoted words. Pure.

Credits are cut away, because agencies print one line above everything: two of their stories would share it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from storage import arabic
from storage.similar.credit_lines import without_credits
from storage.similar.numerals import numerals

LONGEST = 60_000  # letters of a text that are compared; what follows is left out
MOST_SENTENCES = 300  # the same

_SENTENCE_END = re.compile(r"\n+|(?<=[.!?؟…])\s+")
_QUOTED = re.compile(r"«[^«»]{2,2000}»|“[^“”]{2,2000}”|\"[^\"\n]{2,2000}\"")
# Words that every text has, folded; a sentence is not recognised by them.
_EVERYWHERE = """
في من علي الي عن مع بين حتي منذ خلال بعد قبل عند لدي حول ضد دون تحت فوق امام خلف نحو عبر
ان انه انها انهم لان لانه لانها الذي التي الذين اللذين هذا هذه ذلك تلك هو هي هم كان كانت يكون تكون كانوا وكان وكانت
قد لقد ما لا لم لن ليس ليست او ام ثم بل لكن كما كل بعض غير اي حيث اذا اذ لو كي وقد وان وانه وانها الا وذلك وهو وهي
والتي والذي ايضا وفق بحسب وبحسب ووفق حسب به بها له لها فيه فيها منه منها عليه عليها وفي ومن وعلي والي فيما بينما
قال وقال قالت وقالت اضاف واضاف اضافت واضافت اوضح واوضح اكد واكد اشار واشار ذكر وذكر اعلن اعلنت واعلن واعلنت
مضيفا موضحا مشيرا موكدا يوم اليوم امس غدا
"""
_COMMON = frozenset(_EVERYWHERE.split())
# The days of the week and the words that place a text in one: two texts of one form name different ones.
_DAYS = {
    "الاحد": 6, "الاثنين": 0, "الثلاثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعه": 4, "السبت": 5,
}  # fmt: skip
_JOINED = re.compile("^(?:و|ف|ل|ب)?(?=ال)")


@dataclass(frozen=True, slots=True)
class SentenceStems:
    """words: folded. stems: of its content words. figures: of storage.similar.numerals."""

    words: tuple[str, ...]
    stems: frozenset[str]
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparableText:
    """words: folded, in order. pairs: the 2-word shingles. quoted: those within quotation marks. days: 0 is Monday."""

    words: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]
    quoted: frozenset[tuple[str, str]]
    quotations: tuple[tuple[str, ...], ...]
    sentences: tuple[SentenceStems, ...]
    figures: frozenset[str]
    days: tuple[int, ...]


def folded_words(text: str) -> list[str]:
    """The folded words of a text; a lone "و" belongs to the word behind it, as most newspapers write it."""
    words = arabic.tokens(text)
    if "و" not in words:
        return words
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "و":
            joined[-1] += word
        else:
            joined.append(word)
    return joined


@lru_cache(maxsize=256)
def comparable(text: str) -> ComparableText:
    """A text for comparing."""
    body = without_credits(text)[:LONGEST]
    sentences = tuple(each for raw in _SENTENCE_END.split(body) if (each := _sentence(raw)).words)[:MOST_SENTENCES]
    words = tuple(word for each in sentences for word in each.words)
    quotations = tuple(tuple(folded_words(raw)) for raw in _QUOTED.findall(body))
    return ComparableText(
        words,
        pairs_of(words),
        frozenset(pair for each in quotations for pair in pairs_of(each)),
        quotations,
        sentences,
        frozenset(figure for each in sentences for figure in each.figures),
        tuple(_DAYS[day] for word in words if (day := _JOINED.sub("", word)) in _DAYS),
    )


def pairs_of(words: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    """The 2-word shingles."""
    return frozenset(pairwise(words))


def _sentence(raw: str) -> SentenceStems:
    words = tuple(folded_words(raw))
    stems = frozenset(_content_stem(word) for word in words if word not in _COMMON and not word.isdigit())
    return SentenceStems(words, stems, tuple(numerals(raw)))


@lru_cache(maxsize=1 << 16)
def _content_stem(word: str) -> str:
    """The stem without conjunction, article and preposition, so that "والحكومة" and "للحكومة" are one word."""
    joined = len(word) > 4 and word[0] in "وف" and (word[1] != "ا" or word.startswith("ال", 1))
    bare = word[1:] if joined else word
    return arabic.stem(arabic.behind_article(bare) or bare)
