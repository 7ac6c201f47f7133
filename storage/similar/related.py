"""Articles that may tell a story in other words: texts that share many of the stems that few others have. Pure.

A guess to look at, never a copy: whole rewrites share no wording with their source, but names and matters.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from math import log, sqrt
from typing import TypeVar

MOST = 5  # articles that are named
LEAST = 0.065  # of the weight of both texts that they share
LEAST_STEMS = 6  # that both have and few others
_ALWAYS_RARE = 10  # articles that have a stem: of a story that many print

Id = TypeVar("Id", bound=Hashable)


def related(
    stems: frozenset[str], others: Mapping[Id, frozenset[str]], most: int | None = MOST
) -> list[tuple[Id, float]]:
    """The texts that share most of the weight of their stems with one, the nearest first, each with the share: 0 to 1.

    others: the stems of the texts of its days, which tell how rare each stem is. most: None is all of them.

    A stem weighs by the square of the logarithm of how few have it: the cosine of tf-idf (Salton and Buckley 1988),
    each stem counted once.
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
