"""Derive from which earlier article each one was taken, and which articles are one story, from comparisons. Pure.

Every choice is the maximum of one order, so that the result does not depend on the order in which articles arrived.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from storage.similar.comparable_text import ComparableText
from storage.similar.comparison import Relation, Taken, compared

LEAST_GAIN = 0.15  # share of a text's 2-word shingles that a second source must add

Id = TypeVar("Id", bound=Hashable)
Member = TypeVar("Member")
_ENDS = {"month": timedelta(days=31), "day": timedelta(days=1)}
_RANKS: dict[Relation, int] = {"wholly": 2, "partly": 1}
_SAME = 0.90  # Jaccard similarity of 2-word shingles: from it on, one text is the other with small changes
_STEPS = 20  # steps of a share: of sources in one step, the earliest is preferred


@dataclass(frozen=True, slots=True)
class Dated(Generic[Id]):
    """A text to derive. at: the latest time of its publication (`published_by`)."""

    id: Id
    at: datetime
    text: ComparableText


@dataclass(frozen=True, slots=True)
class Derivation(Generic[Id]):
    """The source of an article. relation: to `source`, an earlier article; with "none", source is None.

    also: a second source, which adds a part that the first one lacks. share: of the article's 2-word shingles that the
    source contains. quotations: those of the article that earlier candidates contain.
    """

    relation: Relation = "none"
    source: Id | None = None
    also: Id | None = None
    share: float = 0.0
    quotations: tuple[str, ...] = ()


def published_by(published_at: datetime | None, precision: str | None, first_seen_at: datetime) -> datetime:
    """The latest time of publication: the end of a stated day or month, but not after the article was first seen."""
    if published_at is None:
        return first_seen_at
    return min(published_at + _ENDS.get(precision or "", timedelta()), first_seen_at)


def is_earlier(one: Dated[Id], other: Dated[Id]) -> bool:
    """Whether the first article was published before the other; equal times are ordered by id."""
    return (one.at, _rank(one.id)) < (other.at, _rank(other.id))


def derive(article: Dated[Id], others: Iterable[Dated[Id]]) -> Derivation[Id]:
    """Derive an article's source from candidates of any time; later ones are ignored."""
    earlier = [each for each in others if each.id != article.id and is_earlier(each, article)]
    if not earlier:
        return Derivation()
    earlier.sort(key=lambda each: (each.at, _rank(each.id)))
    rated = [(compared(article.text, each.text, article.at - each.at), each) for each in earlier]
    quotations = tuple(dict.fromkeys(quoted for comparison, _ in rated for quoted in comparison.quotations))
    form = max((comparison.share for comparison, _ in rated if comparison.relation == "template"), default=0.0)
    # A copy shares more with its source than the template, which other texts of that form share as well.
    taken = [pair for pair in rated if pair[0].relation in _RANKS and pair[0].share > form]
    taken = _needed(article.text, taken)
    if not taken:
        return Derivation(quotations=quotations)
    best, source = max(taken, key=lambda pair: _preference(pair[0]))  # the earliest of those that are as good
    also = _second(article, source, [each for _, each in taken]) if best.relation == "partly" else None
    return Derivation(best.relation, source.id, also, best.share, quotations)


def _rank(member: Hashable) -> str:
    return str(member).zfill(20)


def _preference(comparison: Taken) -> tuple[int, int]:
    return _RANKS.get(comparison.relation, 0), round(comparison.share * _STEPS)


def _needed(text: ComparableText, taken: list[tuple[Taken, Dated[Id]]]) -> list[tuple[Taken, Dated[Id]]]:
    """The sources, by age, that add words of the text that no earlier source has, or that are the same text.

    So an article that is compiled from the same two wires as another newspaper's is not derived from the newspaper.
    """
    needed: list[tuple[Taken, Dated[Id]]] = []
    rest = text.pairs
    for comparison, each in taken:
        added = len(rest & each.text.pairs) / len(text.pairs)
        same = len(text.pairs & each.text.pairs) >= _SAME * len(text.pairs | each.text.pairs)
        if not needed or added >= LEAST_GAIN or same:
            needed.append((comparison, each))
            rest = rest - each.text.pairs
    return needed


def _second(article: Dated[Id], source: Dated[Id], taken: list[Dated[Id]]) -> Id | None:
    """The source that adds most to the first one; None: none adds LEAST_GAIN."""
    rest = article.text.pairs - source.text.pairs
    gains = [(len(rest & each.text.pairs) / len(article.text.pairs), each.id) for each in taken if each is not source]
    gain, also = max(gains, key=lambda pair: round(pair[0] * _STEPS), default=(0.0, None))
    return also if gain >= LEAST_GAIN else None


def stories(sources: Mapping[Member, Member | None]) -> dict[Member, Member]:
    """The first article of each article's story. sources: the article that each one is wholly from; None: no source."""
    first: dict[Member, Member] = {}
    for member in sources:
        path = []
        at: Member | None = member
        while at is not None and at not in first:
            path.append(at)
            at = sources.get(at)
        root = path[-1] if at is None else first[at]
        first.update(dict.fromkeys(path, root))
    return first
