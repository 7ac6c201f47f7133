"""The measured queries, by kind, drawn from the corpus."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from storage.filters import Filters
from tests.benchmarks.search.corpus import Corpus

OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class Question:
    """query: as it is typed. words: the same for other engines; phrase: whether they stand in a row."""

    query: str
    words: tuple[str, ...]
    phrase: bool = False
    filters: Filters | None = None
    newest: bool = False


def questions(made: Corpus) -> dict[str, list[Question]]:
    """By kind. The ranks are of a Zipf distribution: the first words stand in most articles."""
    draw = random.Random(made.seed + 1)

    def word(low: int, high: int) -> str:
        return made.words[draw.randrange(low, min(high, len(made.words)))]

    def one(low: int, high: int) -> list[Question]:
        return [_words(word(low, high)) for _ in range(OF_A_KIND)]

    texts = [row["text"].split() for row in islice(made.rows(), 400)]
    return {
        "one word, very common": [_words(each) for each in made.words[:OF_A_KIND]],
        "one word, middling": one(200, 2_000),
        "one word, rare": one(10_000, 100_000),
        "two words": [_words(word(20, 500), word(20, 2_000)) for _ in range(OF_A_KIND)],
        "two words, very common": [_words(*draw.sample(made.words[:30], 2)) for _ in range(OF_A_KIND)],
        "phrase": [_phrase(draw, texts, made.words[:2_000]) for _ in range(OF_A_KIND)],
        "phrase, very common": [_words(*draw.sample(made.words[:20], 2), phrase=True) for _ in range(OF_A_KIND)],
        "word and filters": [
            _words(word(0, 200), filters=Filters(site=f"site{draw.randrange(20)}", section=f"قسم {draw.randrange(9)}"))
            for _ in range(OF_A_KIND)
        ],
        "newest first": [_words(word(0, 200), newest=True) for _ in range(OF_A_KIND)],
    }


def _words(*words: str, phrase: bool = False, filters: Filters | None = None, newest: bool = False) -> Question:
    written = " ".join(words)
    return Question(f'"{written}"' if phrase else written, words, phrase, filters, newest)


def _phrase(draw: random.Random, texts: Sequence[Sequence[str]], frequent: Sequence[str]) -> Question:
    """Two words that stand in a row somewhere."""
    known = set(frequent)
    while True:
        text = draw.choice(texts)
        place = draw.randrange(len(text) - 1)
        if text[place] in known and text[place + 1] in known:
            return _words(text[place], text[place + 1], phrase=True)
