"""The counts of a search by section, author, tag, site, country, agency and month, from the index.

A count is the number of articles that the same search finds with this value as a further filter. An author's count may
be lower, since the filter also matches longer names that contain the author's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import Connection, Engine, select

from storage.db.database import read_transaction
from storage.db.schema import sites
from storage.errors import UsageError
from storage.filters import Filters
from storage.messages import message
from storage.search import index
from storage.search.engine import open_index, understood
from storage.search.facets.label_names import agency_names, label_names
from storage.search.facets.top_terms import Counts, top_terms
from storage.search.matching import Matcher

if TYPE_CHECKING:
    import tantivy

Kind = Literal["section", "author", "tag", "site", "country", "agency", "month"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MAX_LIMIT = 1_000
_FIELDS: dict[Kind, str] = {
    "section": "sections", "author": "bylines", "tag": "tags", "site": "site", "country": "site", "agency": "agency",
    "month": "month",
}  # fmt: skip
_ALL = 10_000  # sites and months; all of them are counted
_EPOCH = date(1970, 1, 1)
_DAY_US = 86_400_000_000


@dataclass(frozen=True, slots=True)
class FacetCount:
    """value: in the form that the search option takes; a month as 2025-11 (UTC). count: number of articles."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """total: number of matching articles. counts: by kind, the most frequent first; months by date, newest first."""

    total: int
    counts: dict[Kind, tuple[FacetCount, ...]]


def facets(
    engine: Engine,
    query: str = "",
    *,
    filters: Filters | None = None,
    by: Sequence[Kind] = KINDS,
    limit: int = 10,
    exact: bool = False,
    timezone: str = "UTC",
) -> Facets:
    """Count the articles that `search` finds by facet; without query and filters, all articles.

    by: the kinds of facets. limit: number of values of each kind, the most frequent first, ties by name. Values without
    articles are left out. The other arguments, and errors, are those of `search`.
    """
    if not 1 <= limit <= MAX_LIMIT:
        raise UsageError(message("limit must be 1 to {most}", most=MAX_LIMIT))
    asked = understood(query, filters, exact=exact, timezone=timezone, everything=True)
    index.catch_up_if_possible(engine)
    with read_transaction(engine) as connection, open_index(engine, connection) as (matcher, searcher):
        matches = matcher.matches(asked.words, asked.filters)
        has_phrase = any(len(phrase.forms) > 1 for phrase in asked.words.wanted())
        total, counts = _FacetSource(connection, matcher, searcher).counts(matches, by, limit, has_phrase=has_phrase)
    return Facets(total, counts)


def count_days(engine: Engine, query: str, *, filters: Filters | None = None, exact: bool = False) -> dict[date, int]:
    """The number of articles that `search` finds, by day of publication (UTC); undated ones are left out.

    Errors as of `search`.
    """
    asked = understood(query, filters, exact=exact, everything=True)
    index.catch_up_if_possible(engine)
    days = {"days": {"histogram": {"field": "published", "interval": _DAY_US, "min_doc_count": 1}}}
    with read_transaction(engine) as connection, open_index(engine, connection) as (matcher, searcher):
        histogram: Any = searcher.aggregate(matcher.matches(asked.words, asked.filters), days)
    return {
        _EPOCH + timedelta(days=round(each["key"] / _DAY_US)): int(each["doc_count"])
        for each in histogram["days"]["buckets"]
    }


@dataclass(frozen=True, slots=True)
class _FacetSource:
    """The sources of the counts of one search: one transaction of the database and one searcher of the index."""

    connection: Connection
    matcher: Matcher
    searcher: "tantivy.Searcher"

    def counts(
        self, matches: "tantivy.Query", by: Sequence[Kind], limit: int, *, has_phrase: bool
    ) -> tuple[int, dict[Kind, tuple[FacetCount, ...]]]:
        """The number of matching articles, and the counts. has_phrase: running the query again is costly."""

        def within(field: str, value: str) -> "tantivy.Query":
            return self.matcher.narrowed(matches, field, value)

        limits = {_FIELDS[kind]: _ALL if kind in ("site", "country", "month") else limit for kind in by}
        total, top = top_terms(self.searcher, matches, limits, None if has_phrase else within)
        counts: dict[Kind, tuple[FacetCount, ...]] = {}
        for kind in by:
            terms = top[_FIELDS[kind]]
            if kind == "country":
                named = self._by_country(terms)[:limit]
            else:
                names = self._names(kind, [value for value, _ in terms[:limit]])
                named = [(name, count) for name, (_, count) in zip(names, terms[:limit], strict=True)]
            if kind == "month":
                named.sort(reverse=True)
            counts[kind] = tuple(FacetCount(*each) for each in named)
        return total, counts

    def _names(self, kind: Kind, values: Sequence[str]) -> Sequence[str]:
        """The values of the index as they are shown to readers."""
        match kind:
            case "section" | "author" | "tag":
                return label_names(self.connection, kind, values)
            case "month":
                return [f"{int(value) // 100:04}-{int(value) % 100:02}" for value in values]
            case "agency":
                newest = {each: _newest(self.searcher, self.matcher.having("agency", each))[1] for each in values}
                names = agency_names(self.connection, {each: at for each, at in newest.items() if at is not None})
                return [names.get(each, each) for each in values]
            case _:
                return values

    def _by_country(self, by_site: Counts) -> Counts:
        countries = {row.name: row.country for row in self.connection.execute(select(sites.c.name, sites.c.country))}
        totals: dict[str, int] = {}
        for site, count in by_site:
            if country := countries.get(site):
                totals[country] = totals.get(country, 0) + count
        return sorted(totals.items(), key=lambda each: (-each[1], each[0]))


def _newest(searcher: "tantivy.Searcher", matches: "tantivy.Query") -> tuple[int, int | None]:
    """The number of matching articles, and the id of the newest."""
    newest: Any = searcher.search(matches, 1, count=True, order_by_field="newest")  # the type stub lacks `count`
    numbers = searcher.fast_field_values("id", [address for _, address in newest.hits])
    return int(newest.count), int(numbers[0] or 0) if numbers else None
