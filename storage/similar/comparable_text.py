"""Prepare a text for comparisons: words without credits, in sentences, with their figures and quotations. Pure.

Credits are removed because an agency prints one line on all of its stories, so that any two would share it.
"""

import re
from functools import cached_property, lru_cache
from itertools import chain, islice, pairwise

from storage import arabic
from storage.diff.numerals import numerals
from storage.similar.credit_lines import without_credits

LONGEST = 60_000  # letters of a text that are compared; the rest is ignored
MOST_SENTENCES = 300  # the same, in sentences

_SENTENCE_END = re.compile(r"\n+|(?<=[.!?؟…])\s+")
_QUOTED = re.compile(r"«[^«»]{2,2000}»|“[^“”]{2,2000}”|\"[^\"\n]{2,2000}\"")
# Stop words, folded; no sentence is recognised by them.
_EVERYWHERE = """
في من علي الي عن مع بين حتي منذ خلال بعد قبل عند لدي حول ضد دون تحت فوق امام خلف نحو عبر
ان انه انها انهم لان لانه لانها الذي التي الذين اللذين هذا هذه ذلك تلك هو هي هم كان كانت يكون تكون كانوا وكان وكانت
قد لقد ما لا لم لن ليس ليست او ام ثم بل لكن كما كل بعض غير اي حيث اذا اذ لو كي وقد وان وانه وانها الا وذلك وهو وهي
والتي والذي ايضا وفق بحسب وبحسب ووفق حسب به بها له لها فيه فيها منه منها عليه عليها وفي ومن وعلي والي فيما بينما
قال وقال قالت وقالت اضاف واضاف اضافت واضافت اوضح واوضح اكد واكد اشار واشار ذكر وذكر اعلن اعلنت واعلن واعلنت
مضيفا موضحا مشيرا موكدا يوم اليوم امس غدا
"""
_COMMON = frozenset(_EVERYWHERE.split())
# The weekdays, with particles: two texts of one template name different ones.
_WEEK = {
    "الاحد": 6, "الاثنين": 0, "الثلاثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعه": 4, "السبت": 5,
}  # fmt: skip
_DAYS = {particle + day: number for day, number in _WEEK.items() for particle in ("", "و", "ف", "ل", "ب")}
_LONGEST_SENTENCE_REMEMBERED = 400  # letters
_LONGEST_TEXT_REMEMBERED = 10_000  # letters


class SentenceText:
    """A sentence. words: folded; wording: the words in one string. The properties are computed when first read."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self.words = tuple(folded_words(raw))
        self.wording = " ".join(self.words)

    @cached_property
    def has_content(self) -> bool:
        """Whether it has a content word, and so a stem."""
        return any(word not in _COMMON and not word.isdigit() for word in self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its content words."""
        return frozenset(_content_stem(word) for word in self.words if word not in _COMMON and not word.isdigit())

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """Its numbers, as storage.diff.numerals returns them."""
        return tuple(numerals(self._raw))


class ComparableText:
    """A prepared text. words: folded, in order. pairs: 2-word shingles. quotations: as words. sentences: in order."""

    def __init__(self, body: str) -> None:
        given = map(_sentence, _SENTENCE_END.split(body))
        self.sentences = tuple(islice((each for each in given if each.words), MOST_SENTENCES))
        self.words = tuple(chain.from_iterable(each.words for each in self.sentences))
        self.pairs = pairs_of(self.words)
        self.quotations = tuple(tuple(folded_words(raw)) for raw in _QUOTED.findall(body))

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The 2-word shingles within quotation marks."""
        return frozenset(pair for each in self.quotations for pair in pairs_of(each))

    @cached_property
    def wording(self) -> str:
        """The words, with a blank between two."""
        return " ".join(self.words)

    @cached_property
    def wordings(self) -> frozenset[str]:
        """The wordings of its sentences."""
        return frozenset(each.wording for each in self.sentences)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all sentences."""
        return frozenset().union(*(each.stems for each in self.sentences))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers of all sentences."""
        return frozenset(number for each in self.sentences for number in each.numbers)

    @cached_property
    def days(self) -> tuple[int, ...]:
        """The weekdays that it names, in order; 0 is Monday."""
        return tuple(_DAYS[word] for word in self.words if word in _DAYS)


def _sentence(raw: str) -> SentenceText:
    return _short_sentence(raw) if len(raw) <= _LONGEST_SENTENCE_REMEMBERED else SentenceText(raw)


_short_sentence = lru_cache(maxsize=4096)(SentenceText)  # copies share sentences


def folded_words(text: str) -> list[str]:
    """The folded words of a text; a lone "و" is joined to the next word, as most newspapers write it."""
    parts = text.split()
    words = list(chain.from_iterable(map(_parts.__getitem__, parts)))
    if "و" not in words:
        return words
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "و":
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def _part(raw: str) -> tuple[str, ...]:
    """The folded words of what stands between two blanks."""
    return tuple(arabic.tokens(raw))


_parts = arabic.Remembered(_part, 1 << 17)


def comparable(text: str) -> ComparableText:
    """Prepare a text for comparisons. The latest are cached: a story's copies come within hours of one another."""
    return _short_text(text) if len(text) <= _LONGEST_TEXT_REMEMBERED else _text(text)


def _text(text: str) -> ComparableText:
    return ComparableText(without_credits(text)[:LONGEST])


_short_text = lru_cache(maxsize=512)(_text)  # some 20 MB of texts of usual length


def pairs_of(words: tuple[str, ...]) -> frozenset[int]:
    """Hashes of the 2-word shingles: 64-bit numbers need less time and memory than pairs, and none is mistaken."""
    return frozenset(map(hash, pairwise(words)))


@lru_cache(maxsize=1 << 16)
def _content_stem(word: str) -> str:
    """The stem without conjunction, article and preposition, so that "والحكومة" and "للحكومة" are equal."""
    joined = len(word) > 4 and word[0] in "وف" and (word[1] != "ا" or word.startswith("ال", 1))
    bare = word[1:] if joined else word
    return arabic.stem(arabic.behind_article(bare) or bare)
