"""Compare a text with a possible source: how much it has from there, in which way, and which quotations. Pure.

A text is *wholly* from a source when the source contains nearly all of its words or of its sentences, *partly* when it
contains some. A *template* has the source's form with other figures: the weather, rates or results of another day. An
update with new figures is no template: it still names the day of the event, or has the same quotations.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from storage.similar.comparable_text import ComparableText, SentenceText, comparable

ALGORITHM = 1  # the version of the rules, stored with each result; raise it when results change

Relation = Literal["wholly", "partly", "template", "none"]

LEAST = 0.28  # containment threshold, for 2-word shingles: less is chance, a shared topic, or a quotation
LEAST_REWORDED = 0.14  # the same, where recognised sentences ...
LEAST_RECOGNISED = 0.40  # ... make up this share of the text
NEARLY_ALL = 0.80
MOST_STRAY = 2  # from so many figures on that the source lacks, their agreement is required
# Thresholds for the share of figures that agree, by the evidence for one day: with less, the text is a template of
# another day. A common quotation is evidence for one event.
LEAST_AGREEMENT = {"other day": 0.90, "unknown": 0.75, "same day": 0.50, "quotation": 0.25}
SAME_DAY = timedelta(hours=18)  # longest time between two publications of one day
OTHER_DAY = timedelta(days=4)  # shortest time between two of different days: a weekday may be that of another week
LEAST_OUTSIDE_QUOTES = 0.12
RECOGNISED = 0.50  # containment threshold, for a sentence's content words, in one or two sentences of the source
SHORTEST = 8  # fewest words of a text that is compared
SHORTEST_QUOTATION = 6  # fewest words of a quotation that counts


@dataclass(frozen=True, slots=True)
class TextComparison:
    """What a text has from a source. Shares are from 0 to 1.

    share: of its 2-word shingles that the source contains. spread: of its words, those in sentences that are recognised
    in the source, however worded. agreement: of the figures in those sentences that the source has; 1 where none is
    absent. absent: the number of figures that the source lacks. longest: the longest common run, in words. quotations:
    its quotations whose words the source has.
    """

    relation: Relation
    share: float
    spread: float
    agreement: float
    absent: int
    longest: int
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """The values of a comparison that decide the derivation; as in `TextComparison`."""

    relation: Relation
    share: float
    quotations: tuple[str, ...]


def compare(text: str, source: str, *, apart: timedelta | None = None) -> TextComparison:
    """What `text` has from `source`. Compare in both directions where it is unknown which text was first.

    apart: the time between their publications, where known; it helps to tell an update from the template of another
    day. Credits (datelines, names of agencies) are left out. No text raises an error.
    """
    ours, theirs = comparable(text), comparable(source)
    taken = compared(ours, theirs, apart)
    matched = _recognised(ours, theirs)
    absent, agreement = _agreement(matched, theirs)
    longest = _longest_run(ours.words, theirs.words)
    return TextComparison(
        taken.relation, taken.share, _spread(ours, matched), agreement, absent, longest, taken.quotations
    )


def compared(text: ComparableText, source: ComparableText, apart: timedelta | None = None) -> Taken:
    """As `compare`, for prepared texts and the deciding values only: the share alone settles most pairs."""
    share = len(text.pairs & source.pairs) / len(text.pairs) if text.pairs else 0.0
    quotations = _shared_quotations(text, source)
    return Taken(_relation(text, source, share, bool(quotations), apart), share, quotations)


def _relation(
    text: ComparableText, source: ComparableText, share: float, has_quotations: bool, apart: timedelta | None
) -> Relation:
    if share < LEAST_REWORDED or len(text.words) < SHORTEST:
        return "none"
    if share >= NEARLY_ALL and len(text.numbers - source.numbers) < MOST_STRAY and not _only_quotes(text, source):
        return "wholly"  # whatever its sentences are
    matched = _recognised(text, source)
    spread = _spread(text, matched)
    if (share < LEAST and spread < LEAST_RECOGNISED) or _only_quotes(text, source):
        return "none"
    absent, agreement = _agreement(matched, source)
    if absent >= MOST_STRAY and agreement < _least_agreement(text, source, has_quotations, apart):
        return "template"
    return "wholly" if share >= NEARLY_ALL or spread >= NEARLY_ALL else "partly"


def _recognised(text: ComparableText, source: ComparableText) -> list[SentenceText]:
    return [each for each in text.sentences if _is_recognised(each, source)]


def _spread(text: ComparableText, matched: list[SentenceText]) -> float:
    length = len(text.words)
    return sum(len(each.words) for each in matched) / length if length else 0.0


def _agreement(matched: list[SentenceText], source: ComparableText) -> tuple[int, float]:
    """The number of figures in these sentences that the source lacks, and the share that it has."""
    reworded = {figure for each in matched if each.wording not in source.wordings for figure in each.numbers}
    absent = len(reworded - source.numbers) if reworded else 0
    if not absent:
        return 0, 1.0
    return absent, 1 - absent / len({figure for each in matched for figure in each.numbers})


def _is_recognised(sentence: SentenceText, source: ComparableText) -> bool:
    if sentence.wording in source.wordings:
        return sentence.has_content
    if not sentence.stems:
        return False
    needed = RECOGNISED * len(sentence.stems)
    if len(sentence.stems & source.stems) < needed:
        return False
    shared = [common for each in source.sentences if (common := sentence.stems & each.stems)]
    best = max(shared, key=len)
    if (
        len(best) >= needed or 2 * len(best) < needed
    ):  # so for most; a second sentence adds no more than the best one has
        return len(best) >= needed
    return any(len(best | each) >= needed for each in sorted(shared, key=len, reverse=True)[:4])


def _only_quotes(text: ComparableText, source: ComparableText) -> bool:
    """Whether the texts share little outside quotations, as an opinion on somebody's words does."""
    outside = text.pairs - text.quoted
    if len(outside) == len(text.pairs) or not outside:
        return False
    return len(outside & source.pairs) / len(outside) < LEAST_OUTSIDE_QUOTES


def _least_agreement(
    text: ComparableText, source: ComparableText, has_quotations: bool, apart: timedelta | None
) -> float:
    """The threshold for the agreement of figures, below which a text is a template."""
    if has_quotations:
        return LEAST_AGREEMENT["quotation"]
    named = text.days and source.days
    if (named and source.days[0] not in text.days) or (apart is not None and abs(apart) >= OTHER_DAY):
        return LEAST_AGREEMENT["other day"]
    if named or (apart is not None and abs(apart) <= SAME_DAY):
        return LEAST_AGREEMENT["same day"]
    return LEAST_AGREEMENT["unknown"]


def _shared_quotations(text: ComparableText, source: ComparableText) -> tuple[str, ...]:
    long_enough = [" ".join(each) for each in text.quotations if len(each) >= SHORTEST_QUOTATION]
    return tuple(each for each in long_enough if each in source.wording)


def _longest_run(words: tuple[str, ...], others: tuple[str, ...]) -> int:
    """The length of the longest run of words that both have."""
    low, high = 0, min(len(words), len(others))
    ours, theirs = _Runs(words), _Runs(others)
    while low < high:  # a common run contains common runs of every shorter length
        middle = (low + high + 1) // 2
        if ours.of(middle).isdisjoint(theirs.of(middle)):
            high = middle - 1
        else:
            low = middle
    return low


class _Runs:
    """Hashes of all runs of one length in a sequence of words, from sums of its prefixes (Rabin and Karp)."""

    _PRIME, _BASE = (1 << 61) - 1, 911_382_323

    def __init__(self, words: tuple[str, ...]) -> None:
        self._sums = [0]
        for word in words:
            self._sums.append((self._sums[-1] * self._BASE + hash(word)) % self._PRIME)

    def of(self, length: int) -> set[int]:
        power, sums = pow(self._BASE, length, self._PRIME), self._sums
        return {(end - begin * power) % self._PRIME for begin, end in zip(sums, sums[length:], strict=False)}
