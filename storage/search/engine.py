"""Search: find the articles that match a query in the index. The result is the same on both databases.

Order: by `matching.LEVELS`, and within a level the newest first; or the newest first altogether.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, Engine, bindparam, select

from storage.db.database import read_transaction
from storage.db.schema import articles, sites
from storage.errors import UsageError
from storage.filters import Filters
from storage.messages import message
from storage.records import local_json
from storage.search import index
from storage.search.also_written import OtherSpelling, also_written
from storage.search.index_folder import index_errors
from storage.search.indexed_words import MAX_CHARACTERS
from storage.search.matching import LEVELS, Matcher
from storage.search.query_fields import check_days, split_fields
from storage.search.query_language import Query, parse
from storage.search.snippets import Finder, Form, Span

if TYPE_CHECKING:
    import tantivy

Order = Literal["relevance", "newest"]
MAX_LIMIT = 10_000
MAX_OFFSET = 1_000_000_000
_SHOWN = (
    "id", "url", "site", "title", "subtitle", "section", "published_at", "published_offset", "published_precision",
    "text",
)  # fmt: skip
_ROWS = select(*(articles.c[name] for name in _SHOWN)).where(
    articles.c.id.in_(bindparam("ids", expanding=True)), articles.c.status != "removed"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matches.

    published_at: as in exports, with its original UTC offset. precision: second, minute, day or month.
    snippet: raw text around the best match. spans, title_spans: [start, end) of the matches to highlight in
    snippet and title. score: higher is better, comparable within one result only; None when ordered by date.
    matched_as: the form in which the article has the query's words, of several words the worst form: "exact", spelled
    as in the query; "folded", with other letters or marks; "stem", inflected; "lemma", a word of the same lemma, such
    as its broken plural. None if the query has no words.
    """

    id: int
    url: str
    site: str
    title: str
    title_spans: tuple[Span, ...]
    section: str | None
    published_at: str | None
    precision: str | None
    snippet: str
    spans: tuple[Span, ...]
    score: float | None
    matched_as: Form | None


@dataclass(frozen=True, slots=True)
class Results:
    """total: number of matching articles. hits: the requested page of them.

    also_written: on the first page, other spellings of names in the query, which the search does not match.
    """

    total: int
    hits: list[Hit]
    also_written: tuple[OtherSpelling, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A parsed query. words: without wanted ones if only filters select. filters: all of them must match."""

    words: Query
    filters: tuple[Filters, ...]

    @property
    def is_listing(self) -> bool:
        """Whether the query has no words to find."""
        return not self.words.wanted()


def search(
    engine: Engine,
    query: str,
    *,
    filters: Filters | None = None,
    limit: int = 20,
    offset: int = 0,
    order: Order = "relevance",
    exact: bool = False,
    timezone: str = "UTC",
) -> Results:
    """Search the articles. query_language and query_fields define the syntax of queries.

    A query without words lists the articles that match its fields and the filters, the newest first. One without
    words, fields and filters is refused.

    exact: match only the query's own spelling (folded), no inflections. order: "relevance", then date; or "newest"
    first, undated articles last. timezone: IANA name; days in the query's fields are days of this zone.

    Articles saved since the last update of the index are indexed first, if its folder is writable.

    Raises UsageError for a query without any condition and for numbers out of range, ArchiveError when the index is
    missing or was made by another version.
    """
    asked = understood(query, filters, exact=exact, timezone=timezone)
    if not 0 <= limit <= MAX_LIMIT or not 0 <= offset <= MAX_OFFSET:
        raise UsageError(
            message("limit must be 0 to {most}, offset 0 to {most_offset}", most=MAX_LIMIT, most_offset=MAX_OFFSET)
        )
    if order not in ("relevance", "newest"):
        raise UsageError(message("unknown order {order!r}: relevance or newest", order=order))
    index.catch_up_if_possible(engine)
    with read_transaction(engine) as connection:
        with open_index(engine, connection) as (matcher, searcher):
            total, page = _page(matcher, searcher, asked, limit, offset, by_date=order == "newest")
            others = also_written(connection, searcher, asked.words) if not offset else ()
        rows = {row.id: row for row in connection.execute(_ROWS, {"ids": [number for number, _ in page]})}
    finder = Finder(asked.words)
    hits = [_hit(rows[number], finder, score) for number, score in page if number in rows]
    return Results(total, hits, others)


def matching_ids(
    engine: Engine, query: str, *, filters: Filters | None = None, exact: bool = False, timezone: str = "UTC"
) -> set[int]:
    """The ids of all articles that `search` finds, without a limit. Reads no texts. Errors as of `search`."""
    asked = understood(query, filters, exact=exact, timezone=timezone)
    index.catch_up_if_possible(engine)
    with read_transaction(engine) as connection, open_index(engine, connection) as (matcher, searcher):
        _, ids = _newest(searcher, matcher.matches(asked.words, asked.filters), searcher.num_docs, 0)
    return set(ids)


def understood(
    query: str, filters: Filters | None, *, exact: bool, timezone: str = "UTC", everything: bool = False
) -> Asked:
    """Parse a query with additional filters, as `search` takes them. Raises UsageError.

    everything: a query without words and filters means all articles, instead of an error.
    """
    words, fields = split_fields(query, timezone=timezone)
    given = filters or Filters()
    check_days([given, fields], timezone)
    narrowed = (given, fields) != (Filters(), Filters())
    is_listing = not words and (everything or narrowed)
    return Asked(Query(()) if is_listing else parse(words, exact=exact, narrowed=narrowed), (given, fields))


@contextmanager
def open_index(engine: Engine, connection: Connection) -> "Iterator[tuple[Matcher, tantivy.Searcher]]":
    """Open the index as it is now, with a Matcher that builds queries for it. Index errors become ArchiveError."""
    reader = index.reader(engine, connection)

    def ids_of(filters: Filters) -> list[int]:
        return list(connection.scalars(select(articles.c.id).where(*filters.conditions())))

    def sites_of(country: str) -> list[str]:
        return list(connection.scalars(select(sites.c.name).where(sites.c.country == country)))

    with index_errors(reader.folder):
        yield Matcher(reader.index.schema, reader.searcher, sites_of, ids_of), reader.searcher


def _page(
    matcher: Matcher, searcher: "tantivy.Searcher", asked: Asked, limit: int, offset: int, *, by_date: bool
) -> tuple[int, list[tuple[int, float | None]]]:
    """The number of matches, and (article id, score) of each match on the page."""
    matches = matcher.matches(asked.words, asked.filters)
    end = min(offset + limit, searcher.num_docs)
    if by_date or asked.is_listing or end <= offset:
        total, newest = _newest(searcher, matches, limit if end > offset else 0, offset)
        return total, [(number, None) for number in newest]
    total, _ = _newest(searcher, matches, 0, 0)
    ranked: dict[int, float | None] = {}
    for level, query in matcher.levels(asked.words, asked.filters):
        if len(ranked) >= min(end, total):
            break
        _, newest = _newest(searcher, query, end, 0)
        for number in newest:
            ranked.setdefault(number, float(len(LEVELS) - LEVELS.index(level)))
    return total, list(ranked.items())[offset:end]


def _newest(searcher: "tantivy.Searcher", query: "tantivy.Query", limit: int, offset: int) -> tuple[int, list[int]]:
    """The number of matching articles, and the ids of one page of them, the newest first."""
    # The type stub lacks the attribute `count`.
    result: Any = searcher.search(query, max(limit, 1), count=True, order_by_field="newest", offset=offset)
    addresses = [address for _, address in result.hits[:limit]]
    numbers = searcher.fast_field_values("id", addresses) if addresses else []
    return int(result.count), [int(number) for number in numbers if number is not None]


def _hit(row: Any, finder: Finder, score: float | None) -> Hit:
    body = (f"{row.subtitle}\n\n{row.text}" if row.subtitle else row.text)[:MAX_CHARACTERS]
    of_title, of_body = finder.read(row.title), finder.read(body)
    shown = finder.snippet(of_body)
    return Hit(
        id=row.id,
        url=row.url,
        site=row.site,
        title=row.title,
        title_spans=finder.highlights(of_title),
        section=row.section,
        published_at=local_json(row.published_at, row.published_offset, row.published_precision),
        precision=row.published_precision,
        snippet=shown.text,
        spans=shown.spans,
        score=score,
        matched_as=finder.matched_form((of_title, of_body)),
    )
