"""Find articles that may tell one story in other words: texts that share many rare stems. Pure.

The result is a guess for a reader, never a copy: a whole rewrite shares no wording with its source, only names and
subjects.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from math import log, sqrt
from typing import TypeVar

MOST = 5  # most articles returned
LEAST = 0.065  # threshold of the score: the weight that both texts share
LEAST_STEMS = 6  # fewest rare stems that both texts have
_ALWAYS_RARE = 10  # a stem in so few articles is rare, even if one story that many print has it

Id = TypeVar("Id", bound=Hashable)


def related(
    stems: frozenset[str], others: Mapping[Id, frozenset[str]], most: int | None = MOST
) -> list[tuple[Id, float]]:
    """The texts nearest to one by the weight of their common stems, the nearest first, each with its score: 0 to 1.

    others: the stems of the texts of the same days, by which the rarity of a stem is measured. most: None returns all.

    A stem weighs the square of the logarithm of its rarity: the cosine of tf-idf (Salton and Buckley 1988), each stem
    counted once.
    """
    held = Counter(stem for each in others.values() for stem in each)
    total = len(others) + 1
    weight = {stem: log((total + 1) / (held[stem] + 1)) ** 2 for stem in held.keys() | stems}
    rare = {stem for stem in stems if 0 < held[stem] <= max(_ALWAYS_RARE, total // 20)}
    own = sqrt(sum(weight[stem] for stem in stems))
    rated = []
    for each, theirs in others.items():
        shared = stems & theirs
        if len(shared & rare) < LEAST_STEMS:
            continue
        score = sum(weight[stem] for stem in shared) / (own * sqrt(sum(weight[stem] for stem in theirs)) or 1)
        if score >= LEAST:
            rated.append((each, min(score, 1.0)))
    return sorted(rated, key=lambda pair: (-pair[1], str(pair[0])))[:most]
