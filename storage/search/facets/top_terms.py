"""The most frequent values of fields of the index among the articles that match: exact counts, ties by name.

tantivy counts in each segment of the index, and drops there what is rare. So a count may be too low, and the answer
would depend on how the index was cut into segments. What that can change is counted once more, by itself.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import tantivy

Counts = list[tuple[str, int]]
_FIRST = 100  # values of a field that are asked for at first
_MOST = 65_000  # buckets that tantivy gives
_MOST_COUNTED = 60  # values that are counted one by one
_FEW = 5_000  # matching articles, whose values are counted exactly at once
_IN_SEGMENT = 4000  # values that a segment of the index gives at first, at least
Intersect = Callable[[str, str], "tantivy.Query"]


def top_terms(
    searcher: "tantivy.Searcher",
    matches: "tantivy.Query",
    limits: dict[str, int],
    within: Intersect | None,
    total: int,
) -> dict[str, Counts]:
    """By field its most frequent values with the number of matching articles, the most frequent first.

    limits: how many of each field. within: the query for the matching articles that have a value of a field; None where
    it would cost as much as all of them. total: number of matching articles. With more than 65,000 values in one
    segment, a count is of those alone that tantivy keeps.
    """
    if total <= _FEW:
        whole = _aggregated(searcher, matches, dict.fromkeys(limits, _MOST))
        return {field: _sorted(_buckets(whole[field]))[:limit] for field, limit in limits.items()}
    wide = {field: min(max(_FIRST, 4 * limit), _MOST) for field, limit in limits.items()}
    buckets = _aggregated(searcher, matches, wide)
    answer: dict[str, Counts] = {}
    rest: dict[str, int] = {}
    for field, result in buckets.items():
        settled = _settled(searcher, field, result, limits[field], within)
        if settled is None:
            rest[field] = _MOST
        else:
            answer[field] = settled
    for field, result in _aggregated(searcher, matches, rest).items() if rest else ():
        answer[field] = _sorted(_buckets(result))[: limits[field]]
    return {field: answer[field] for field in limits}


def _aggregated(searcher: "tantivy.Searcher", matches: "tantivy.Query", sizes: dict[str, int]) -> dict[str, Any]:
    asked = {
        field: {"terms": {"field": field, "size": size, "segment_size": min(max(10 * size, _IN_SEGMENT), _MOST)}}
        for field, size in sizes.items()
    }
    answer: dict[str, Any] = searcher.aggregate(matches, asked)
    return answer


def _settled(
    searcher: "tantivy.Searcher", field: str, result: dict[str, Any], limit: int, within: Intersect | None
) -> Counts | None:
    """The first `limit` values, exactly; None where more has to be asked to know them."""
    counts = _sorted(_buckets(result))
    missed = int(result["doc_count_error_upper_bound"])  # at most so many of a value were dropped
    is_whole = not missed and not result["sum_other_doc_count"]
    if is_whole or len(counts) < limit:
        return counts[:limit] if is_whole else None
    least = counts[limit - 1][1] if limit else 0
    # The last is as frequent as what was cut off behind it may be.
    if counts[-1][1] + missed >= least:
        return None
    if missed:
        candidates = [name for name, count in counts if count + missed >= least]
        if within is None or len(candidates) > _MOST_COUNTED:
            return None
        counts = _sorted((name, _count(searcher, within(field, name))) for name in candidates)
    return counts[:limit]


def _count(searcher: "tantivy.Searcher", query: "tantivy.Query") -> int:
    newest: Any = searcher.search(query, 1, count=True, order_by_field="newest")  # its type lacks the count
    return int(newest.count)


def _buckets(result: dict[str, Any]) -> Sequence[tuple[str, int]]:
    return [(str(each["key"]), int(each["doc_count"])) for each in result["buckets"]]


def _sorted(counts: Any) -> Counts:
    return sorted(counts, key=lambda each: (-each[1], each[0]))
