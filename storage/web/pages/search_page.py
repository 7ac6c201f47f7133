"""The search page, and its result as JSON lines, CSV or an Atom feed."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import orjson
from fastapi import APIRouter
from markupsafe import escape
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from storage.export.csv_table import BOM, csv_line
from storage.queries.archive_stats import site_homes
from storage.records import with_instants
from storage.search.also_written import rewritten
from storage.web.reader_settings import engine_of
from storage.web.request_values import MOST_PAGES, PER_PAGE, SearchRequest, search_request
from storage.web.search_results import all_records, facets_of, find, forms_asked, forms_matched, over_time
from storage.web.templating import base_url, language_of, page
from storage.web.views.charts import Bar, BarChart, bar_chart
from storage.web.views.facet_links import chosen_filters, facet_boxes
from storage.web.views.interface_words import words_of
from storage.web.views.marked_text import paragraphs, plain
from storage.web.views.result_rows import CSV_COLUMNS, FeedEntry, atom_feed

router = APIRouter()
_FEED_ENTRIES = 100


@router.get("/search")
def search_page(request: Request) -> Response:
    """The form, and one page of hits."""
    asked = search_request(request.query_params)
    engine = engine_of(request)
    hits = find(engine, asked)
    chart = _chart(request, asked, hits.total)
    counts = facets_of(engine, asked, hits.total)
    words = words_of(language_of(request))
    last_page = min(MOST_PAGES, -(-hits.total // PER_PAGE))
    return page(
        request,
        "search.html",
        asked=asked,
        total=hits.total,
        hits=hits.hits,
        first=(asked.page - 1) * PER_PAGE + 1,
        chart=chart,
        facets=facet_boxes(asked, counts, words) if counts else [],
        chosen=list(chosen_filters(asked, words)),
        last_page=last_page,
        pages=_page_numbers(asked.page, last_page),
        sites=list(site_homes(engine)),
        keys=forms_asked(asked),
        also_written=[(each, rewritten(asked.words, each)) for each in hits.also_written],
        matched=forms_matched(hits.hits) if asked.words else [],
    )


@router.get("/search.jsonl")
def search_jsonl(request: Request) -> Response:
    """The whole result as JSON lines, with the records that `warraq export` writes."""
    rows = (orjson.dumps(with_instants(each), option=orjson.OPT_APPEND_NEWLINE) for each in _records(request))
    return _file(rows, "application/jsonl", "warraq-search.jsonl")


@router.get("/search.csv")
def search_csv(request: Request) -> Response:
    """The whole result as CSV without texts; a byte order mark lets Excel detect UTF-8."""
    base = base_url(request)
    records = _records(request)
    rows = (
        csv_line({**record, "permalink": f"{base}/articles/{record['id']}"}[name] for name in CSV_COLUMNS)
        for record in records
    )
    head = BOM + csv_line(CSV_COLUMNS)
    return _file(chain([head], rows), "text/csv; charset=utf-8", "warraq-search.csv")


@router.get("/search.atom")
def search_atom(request: Request) -> Response:
    """The first hundred hits as an Atom feed."""
    base = base_url(request)
    asked = search_request(request.query_params)
    entries = [
        FeedEntry(
            f"{base}/articles/{record['id']}",
            plain(record["title"]),
            record["published_at"] or record["first_seen_at"],
            record["site"],
            "".join(f"<p>{escape(each)}</p>" for each in paragraphs(record["text"])[:3]),
        )
        for record in islice(_records(request), _FEED_ENTRIES)
    ]
    query = asked.query_string(page=None)
    feed = atom_feed(
        f"{base}/search.atom?{query}",
        f"{base}/search?{query}",
        f"ورّاق: {plain(asked.words) or asked.site or ''}".rstrip(": "),
        entries,
        language="ar",
    )
    return Response(b"".join(feed), media_type="application/atom+xml; charset=utf-8")


def _records(request: Request) -> Iterator[dict[str, Any]]:
    """The records of the result. The first is read before the response begins, so that an error still gets a page."""
    records = all_records(engine_of(request), search_request(request.query_params))
    first = next(records, None)
    return chain([first], records) if first is not None else iter(())


def _file(rows: Iterable[bytes], media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(rows, media_type=media_type, headers=headers)


def _chart(request: Request, asked: SearchRequest, total: int) -> BarChart | None:
    counts = over_time(engine_of(request), asked, total)
    if len(counts) < 2:
        return None
    bars = []
    for each in counts:
        query = asked.query_string(**{"from": each.span.first, "to": each.span.last, "page": None})
        days = f"{each.span.first} – {each.span.last}" if each.span.first != each.span.last else str(each.span.first)
        bars.append(Bar(days, each.count, f"/search?{query}"))
    return bar_chart(bars, rtl=language_of(request) == "ar")


def _page_numbers(current: int, last: int) -> list[int]:
    around = range(max(1, current - 2), min(last, current + 2) + 1)
    return sorted({1, *around, last}) if last > 1 else []
