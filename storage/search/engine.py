"""Search: articles that a query finds, with the same answer on SQLite and PostgreSQL.

For relevance the headline weighs ten times the text. The two engines compute relevance differently, so that order may
differ between them; the set of hits, and the order by date, may not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    ColumnElement,
    Engine,
    Float,
    FromClause,
    Row,
    Select,
    String,
    bindparam,
    cast,
    column,
    func,
    literal_column,
    null,
    select,
    table,
)

from storage.db.database import read_transaction
from storage.db.schema import articles
from storage.errors import ArchiveError, UsageError
from storage.filters import Filters
from storage.records import local_json
from storage.search.change_log import catch_up_if_possible
from storage.search.index import is_current
from storage.search.indexed_words import body_of, quoted
from storage.search.query_fields import split_fields
from storage.search.query_language import Phrase, Query, parse
from storage.search.snippets import Span, highlights, snippet

Order = Literal["relevance", "newest"]
MAX_LIMIT = 10_000
MAX_OFFSET = 1_000_000_000
_SHOWN = (
    "id", "url", "site", "title", "subtitle", "section", "published_at", "published_offset", "published_precision",
    "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matches.

    published_at: as in exports, with the offset it was published with. precision: second, minute, day or month.
    snippet: raw text around the best match. spans, title_spans: [start, end) of the matches to highlight in
    snippet and title. score: higher is better, comparable within one answer only; None when ordered by date.
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


@dataclass(frozen=True, slots=True)
class Results:
    """total: number of matching articles. hits: the requested page of them."""

    total: int
    hits: list[Hit]


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
    """Search the articles. query_language and query_fields define the language of queries.

    A query without words lists what its fields and the filters leave, the newest first; without either it is refused.

    exact: match only the query's own spelling (folded), no inflections. order: "relevance", then date; or "newest"
    first, undated articles last. Relevance is the default because people search for a topic and read one page;
    computing it takes a few ms in 40,000 articles and grows with the number of hits. timezone: IANA name, whose days
    the query's fields mean.

    Articles that were saved since the index was last brought up to date are taken in first, where the archive can be
    written.

    Raises UsageError for a query without words and for numbers out of range, ArchiveError when the index is
    missing or was made by another version.
    """
    words, fields = split_fields(query, timezone=timezone)
    conditions = (filters or Filters()).conditions()
    if fields != Filters():
        conditions += fields.conditions()
    is_listing = not words and len(conditions) > 1
    parsed = Query(()) if is_listing else parse(words, exact=exact)
    if not 0 <= limit <= MAX_LIMIT or not 0 <= offset <= MAX_OFFSET:
        raise UsageError(f"limit must be 0 to {MAX_LIMIT}, offset 0 to {MAX_OFFSET}")
    if order not in ("relevance", "newest"):
        raise UsageError(f"unknown order {order!r}: relevance or newest")
    catch_up_if_possible(engine)
    with read_transaction(engine) as connection:
        if not is_current(connection):
            raise ArchiveError("the search index is missing or of another version; run: warraq reindex")
        source: FromClause = articles
        score: ColumnElement[Any] = cast(null(), Float).label("score")
        if not is_listing:
            matches = _matches(parsed, engine.dialect.name, ranked=order == "relevance")
            source, score = articles.join(matches, matches.c.id == articles.c.id), matches.c.score
        total = connection.scalar(select(func.count()).select_from(source).where(*conditions)) or 0
        page: Select[Any] = (
            select(*(articles.c[name] for name in _SHOWN), score)
            .select_from(source)
            .where(*conditions)
            .limit(limit)
            .offset(offset)
        )
        newest = (articles.c.published_at.desc().nulls_last(), articles.c.id.desc())
        page = page.order_by(*newest) if is_listing or order == "newest" else page.order_by(score.desc(), *newest)
        return Results(total, [_hit(row, parsed) for row in connection.execute(page)])


def _matches(query: Query, dialect: str, *, ranked: bool) -> CTE:
    """Ids and scores of the matching index entries. Materialised, or SQLite might search the index per article."""
    indexed: ColumnElement[Any]
    key: ColumnElement[int]
    score: ColumnElement[float]
    if dialect == "postgresql":
        indexed = column("folded" if query.exact else "stemmed")
        from sqlalchemy.dialects.postgresql import TSQUERY  # noqa: PLC0415 - 30 ms that SQLite need not wait

        asked = cast(bindparam("asked", _tsquery(query), String), TSQUERY)
        # Of weights D to A. 1 divides by 1 + log(length), or long articles would win by holding every word.
        score = func.ts_rank(literal_column("cast('{0.1, 0.1, 0.1, 1.0}' as float4[])"), indexed, asked, 1)
        key, condition = column("article_id"), indexed.op("@@")(asked)
    else:
        indexed = literal_column("search_index")
        score = -func.bm25(indexed, 10.0, 1.0, 10.0, 1.0)
        key, condition = column("rowid"), indexed.op("match")(bindparam("asked", _fts5(query), String))
    columns = key.label("id"), (score if ranked else cast(null(), Float)).label("score")
    statement = select(*columns).select_from(table("search_index")).where(condition)
    return statement.cte("matches").prefix_with("MATERIALIZED")


def _tsquery(query: Query) -> str:
    def alternatives(keys: tuple[str, ...]) -> str:
        return f"({' | '.join(map(quoted, keys))})"

    def either(phrases: tuple[Phrase, ...]) -> str:
        return f"({' | '.join(' <-> '.join(map(alternatives, phrase.forms)) for phrase in phrases)})"

    return " & ".join(f"{'!' if clause.excluded else ''}{either(clause.phrases)}" for clause in query.clauses)


def _fts5(query: Query) -> str:
    """The query in FTS5's notation. Its phrases have no alternatives, so each form of the first word makes a phrase."""

    def either(phrases: Iterable[Phrase]) -> str:
        spelled = (
            f'"{" ".join((first, *(keys[0] for keys in phrase.forms[1:])))}"'
            for phrase in phrases
            for first in phrase.forms[0]
        )
        return f"({' OR '.join(spelled)})"

    wanted = " AND ".join(either(clause.phrases) for clause in query.clauses if not clause.excluded)
    excluded = [phrase for clause in query.clauses if clause.excluded for phrase in clause.phrases]
    columns = "{folded_title folded_body}" if query.exact else "{title body}"
    return f"{columns} : (({wanted}){f' NOT {either(excluded)}' if excluded else ''})"


def _hit(row: Row[Any], query: Query) -> Hit:
    shown = snippet(body_of(row.subtitle, row.text), query)
    return Hit(
        id=row.id,
        url=row.url,
        site=row.site,
        title=row.title,
        title_spans=highlights(row.title, query),
        section=row.section,
        published_at=local_json(row.published_at, row.published_offset, row.published_precision),
        precision=row.published_precision,
        snippet=shown.text,
        spans=shown.spans,
        score=row.score,
    )
