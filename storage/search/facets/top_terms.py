"""The most frequent values of index fields among the matching articles: exact counts, ties by name.

tantivy counts in each segment of the index and drops rare values there. So its counts may be too low, and would depend
on the division into segments. Values whose count or rank this may affect are counted again singly.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import tantivy

Counts = list[tuple[str, int]]
_FIRST = 300  # values of a field in the first request, at least
_MOST = 65_000  # buckets, tantivy's limit
_MOST_COUNTED = 60  # values that are counted singly
_FEW = 5_000  # matching articles; up to here a second request costs less than counting values singly
_IN_SEGMENT = _MOST  # values that a segment returns in the first request; fewer would have to be counted again
_TOTAL = "total"
Intersect = Callable[[str, str], "tantivy.Query"]


def top_terms(
    searcher: "tantivy.Searcher", matches: "tantivy.Query", limits: dict[str, int], within: Intersect | None
) -> tuple[int, dict[str, Counts]]:
    """The number of matching articles; and for each field, its most frequent values with the number of such articles.

    The most frequent value comes first. limits: number of values of each field. within: returns the query for the
    matching articles with a value of a field; None if that query costs as much as counting all values. If a segment has
    more than 65,000 values, only the counts that tantivy keeps are included.
    """
    first = {field: min(max(_FIRST, 4 * limit), _MOST) for field, limit in limits.items()}
    buckets = _aggregated(searcher, matches, first)
    total = int(buckets.pop(_TOTAL)["value"])
    answer: dict[str, Counts] = {}
    rest: dict[str, int] = {}  # fields to count again, with their number of buckets
    for field, result in buckets.items():
        settled = _settled(searcher, field, result, limits[field], within if total > _FEW else None)
        if settled is None:
            rest[field] = _MOST
        else:
            answer[field] = settled
    exact = _aggregated(searcher, matches, rest) if rest else {}
    answer |= {field: _sorted(_buckets(exact[field]))[: limits[field]] for field in rest}
    return total, {field: answer[field] for field in limits}


def _aggregated(searcher: "tantivy.Searcher", matches: "tantivy.Query", sizes: dict[str, int]) -> dict[str, Any]:
    asked: dict[str, Any] = {
        field: {"terms": {"field": field, "size": size, "segment_size": max(size, _IN_SEGMENT)}}
        for field, size in sizes.items()
    }
    asked[_TOTAL] = {"value_count": {"field": "id"}}
    answer: dict[str, Any] = searcher.aggregate(matches, asked)
    return answer


def _settled(
    searcher: "tantivy.Searcher", field: str, result: dict[str, Any], limit: int, within: Intersect | None
) -> Counts | None:
    """The first `limit` values with exact counts; None if tantivy's result does not determine them."""
    counts = _sorted(_buckets(result))
    missed = int(result["doc_count_error_upper_bound"])  # articles of one value that may be missing from its count
    is_whole = not missed and not result["sum_other_doc_count"]
    if is_whole or len(counts) < limit:
        return counts[:limit] if is_whole else None
    least = counts[limit - 1][1] if limit else 0
    # A value that was cut off may be as frequent as the last one returned.
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
