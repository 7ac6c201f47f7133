"""The results of a search for the pages, the exports and the API: by words, or by date if there are no words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from storage.queries.article_lists import (
    article_records,
    count_articles,
    newest_articles,
    newest_first,
)
from storage.search import Hit, search
from storage.search.also_written import OtherSpelling
from storage.search.engine import matching_ids
from storage.search.facets import Facets, count_days, facets
from storage.search.query_fields import split_fields
from storage.search.query_language import parse
from storage.web.request_values import PER_PAGE, SearchRequest
from storage.web.views.marked_text import plain
from storage.web.views.time_bins import TimeBin, time_bins

_EXPORT_BATCH = 500
_MOST_FORMS = 40
_FACET_VALUES = 8  # of each facet
_SNIPPET = 280  # characters, for results without query words


@dataclass(frozen=True, slots=True)
class FoundArticles:
    """total: number of matching articles. hits: of the requested page. also_written: as in `Results`."""

    total: int
    hits: list[Hit]
    also_written: tuple[OtherSpelling, ...] = ()


@dataclass(frozen=True, slots=True)
class BinCount:
    """The number of matching articles published in a span of days."""

    span: TimeBin
    count: int


def find(engine: Engine, asked: SearchRequest, *, limit: int = PER_PAGE, offset: int | None = None) -> FoundArticles:
    """The hits of the requested page, or `limit` of them from `offset` on. Raises UsageError for an invalid query."""
    skipped = (asked.page - 1) * limit if offset is None else offset
    if asked.words:
        words, filters = asked.words, asked.filters
        results = search(
            engine, words, filters=filters, limit=limit, offset=skipped, order=asked.order, exact=asked.exact
        )
        return FoundArticles(results.total, results.hits, results.also_written)
    records, _ = newest_articles(engine, asked.filters, limit=limit, offset=skipped)
    return FoundArticles(count_articles(engine, asked.filters), [_browsed(record) for record in records])


def over_time(engine: Engine, asked: SearchRequest, total: int) -> list[BinCount]:
    """The number of matching articles by day, week, month or year; [] if too few for a chart."""
    if total < 2:
        return []
    days = count_days(engine, asked.words, filters=asked.filters, exact=asked.exact)
    if not days:
        return []
    first, last = asked.first or min(days), asked.last or max(days)
    counts = [
        BinCount(span, sum(number for day, number in days.items() if span.first <= day <= span.last))
        for span in (time_bins(first, last) if first <= last else ())
    ]
    filled = [number for number, each in enumerate(counts) if each.count]
    return counts[filled[0] : filled[-1] + 1] if filled else []


def facets_of(engine: Engine, asked: SearchRequest, total: int) -> Facets | None:
    """The facets of the result; None if it is too small to be narrowed."""
    if total < 2:
        return None
    return facets(engine, asked.words, filters=asked.filters, exact=asked.exact, limit=_FACET_VALUES)


def all_records(engine: Engine, asked: SearchRequest) -> Iterator[dict[str, Any]]:
    """The records of the entire result, each once, the newest first and undated ones last.

    Pages are read by cursor: a later page costs as much as an earlier one, and articles saved meanwhile shift none.
    """
    if not asked.words:
        after = None
        while True:
            records, after = newest_articles(engine, asked.filters, limit=_EXPORT_BATCH, after=after)
            yield from records
            if after is None:
                return
    ids = newest_first(engine, matching_ids(engine, asked.words, filters=asked.filters, exact=asked.exact))
    for start in range(0, len(ids), _EXPORT_BATCH):
        yield from article_records(engine, ids[start : start + _EXPORT_BATCH])


def forms_asked(asked: SearchRequest) -> list[str]:
    """The keys that the query looks up in the index, those of the query's own words first."""
    words, _ = split_fields(asked.words)
    if not words:
        return []
    phrases = parse(words, exact=asked.exact, narrowed=True).wanted()
    keys = dict.fromkeys(key for phrase in phrases for forms in phrase.forms for key in forms[:_MOST_FORMS])
    return list(keys)


def forms_matched(hits: list[Hit]) -> list[str]:
    """The words of titles and snippets that matched, as written, the most frequent first."""
    counts: dict[str, int] = {}
    for hit in hits:
        for text, spans in ((hit.title, hit.title_spans), (hit.snippet, hit.spans)):
            for start, end in spans:
                word = plain(text[start:end])
                counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))[:_MOST_FORMS]


def _browsed(record: dict[str, Any]) -> Hit:
    text = plain(record["subtitle"] or record["description"] or record["text"][: 2 * _SNIPPET])
    short = text if len(text) <= _SNIPPET else f"{text[:_SNIPPET].rsplit(' ', 1)[0]} …"
    about = (record["section"], record["published_at"], record["published_precision"])
    return Hit(record["id"], record["url"], record["site"], record["title"], (), *about, short, (), None, None)
