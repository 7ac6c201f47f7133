"""Search: articles that a query finds, with the same answer on SQLite and PostgreSQL.

By relevance the headline weighs ten times the text. The two engines reckon relevance differently, so that
order may differ between them; what is found, and the order by date, may not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Any, Literal

from sqlalchemy import (
    CTE,
    ColumnElement,
    Engine,
    Float,
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
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.db.database import read_transaction
from storage.db.schema import articles
from storage.errors import ArchiveError, UsageError
from storage.filters import Filters
from storage.records import date_json
from storage.search import index
from storage.search.query_language import Phrase, Query, parse
from storage.search.snippets import Span, highlights, snippet

Order = Literal["relevance", "newest"]
MAX_LIMIT = 10_000
MAX_OFFSET = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found.

    published_at: as exports give it, in the offset it was published with; precision: how much of it is known.
    snippet: raw text around the best match. spans, title_spans: [start, end) of what to highlight in snippet
    and title. score: higher is better, comparable within one answer only; None when ordered by date.
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
    """total: articles found in all; hits: the page of them that was asked for."""

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
) -> Results:
    """Find articles; storage/search/query_language.py tells how a query is written.

    exact: only the spelling of the query (folded), no inflections. order: "relevance", then date; or "newest"
    first, undated ones last. Relevance is the default because people ask for a topic and read one page;
    reckoning it takes a few ms in 40,000 articles and grows with how many are found.

    Raises UsageError for a query without words and for numbers out of range, ArchiveError when the index is
    missing or was made by another version.
    """
    asked = parse(query, exact=exact)
    if not 0 <= limit <= MAX_LIMIT or not 0 <= offset <= MAX_OFFSET:
        raise UsageError(f"limit must be 0 to {MAX_LIMIT}, offset 0 to {MAX_OFFSET}")
    if order not in ("relevance", "newest"):
        raise UsageError(f"unknown order {order!r}: relevance or newest")
    conditions = (filters or Filters()).conditions()
    with read_transaction(engine) as connection:
        if index.version(connection) != index.VERSION:
            raise ArchiveError("the search index is missing or of another version; run: warraq reindex")
        found = _found(asked, engine.dialect.name, ranked=order == "relevance")
        joined = articles.join(found, found.c.id == articles.c.id)
        total = connection.scalar(select(func.count()).select_from(joined).where(*conditions)) or 0
        page: Select[Any] = (
            select(
                articles.c.id,
                articles.c.url,
                articles.c.site,
                articles.c.title,
                articles.c.subtitle,
                articles.c.section,
                articles.c.published_at,
                articles.c.published_offset,
                articles.c.published_precision,
                articles.c.text,
                found.c.score,
            )
            .select_from(joined)
            .where(*conditions)
            .limit(limit)
            .offset(offset)
        )
        newest = (articles.c.published_at.desc().nulls_last(), articles.c.id.desc())
        page = page.order_by(*newest) if order == "newest" else page.order_by(found.c.score.desc(), *newest)
        return Results(total, [_hit(row, asked) for row in connection.execute(page)])


def _found(query: Query, dialect: str, *, ranked: bool) -> CTE:
    """Ids and scores of what the index finds. Looked up first and once: SQLite might ask it per article."""
    kept: ColumnElement[Any]
    key: ColumnElement[int]
    score: ColumnElement[float]
    if dialect == "postgresql":
        kept = column("folded" if query.exact else "stemmed")
        asked = cast(bindparam("asked", _tsquery(query), String), TSQUERY)
        # For weights D to A. 1 divides by 1 + log(length): else long articles win by holding everything.
        score = func.ts_rank(literal_column("cast('{0.1, 0.1, 0.1, 1.0}' as float4[])"), kept, asked, 1)
        key, matches = column("article_id"), kept.op("@@")(asked)
    else:
        kept = literal_column("search_index")
        score = -func.bm25(kept, 10.0, 1.0, 10.0, 1.0)
        key, matches = column("rowid"), kept.op("match")(bindparam("asked", _fts5(query), String))
    columns = key.label("id"), (score if ranked else cast(null(), Float)).label("score")
    found = select(*columns).select_from(table("search_index")).where(matches)
    return found.cte("found").prefix_with("MATERIALIZED")


def _tsquery(query: Query) -> str:
    def alternatives(keys: tuple[str, ...]) -> str:
        return f"({' | '.join(map(index.quoted, keys))})"

    def either(phrases: tuple[Phrase, ...]) -> str:
        return f"({' | '.join(' <-> '.join(map(alternatives, phrase.places)) for phrase in phrases)})"

    return " & ".join(f"{'!' if clause.excluded else ''}{either(clause.phrases)}" for clause in query.clauses)


def _fts5(query: Query) -> str:
    """The query for FTS5, whose phrases know no alternatives: one is written for each first word."""

    def either(phrases: Iterable[Phrase]) -> str:
        spelled = (
            f'"{" ".join((first, *(keys[0] for keys in phrase.places[1:])))}"'
            for phrase in phrases
            for first in phrase.places[0]
        )
        return f"({' OR '.join(spelled)})"

    wanted = " AND ".join(either(clause.phrases) for clause in query.clauses if not clause.excluded)
    excluded = [phrase for clause in query.clauses if clause.excluded for phrase in clause.phrases]
    columns = "{folded_title folded_body}" if query.exact else "{title body}"
    return f"{columns} : (({wanted}){f' NOT {either(excluded)}' if excluded else ''})"


def _hit(row: Row[Any], query: Query) -> Hit:
    shown = snippet(index.body_of(row.subtitle, row.text), query)
    published = row.published_at
    if published is not None and row.published_offset is not None:
        published = published.astimezone(timezone(timedelta(minutes=row.published_offset)))
    return Hit(
        id=row.id,
        url=row.url,
        site=row.site,
        title=row.title,
        title_spans=highlights(row.title, query),
        section=row.section,
        published_at=date_json(published, row.published_precision),
        precision=row.published_precision,
        snippet=shown.text,
        spans=shown.spans,
        score=row.score,
    )
