"""The first page: a search field, how much the archive holds, the newest articles and the latest edits."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from storage.queries import stats
from storage.queries.recent_edits import recent_edits
from storage.web.pages.edits_page import edit_path
from storage.web.reader_settings import engine_of
from storage.web.request_values import SearchRequest
from storage.web.search_results import find
from storage.web.templating import language_of, page
from storage.web.views.charts import Bar, bar_chart

router = APIRouter()
_NEWEST, _EDITS = 8, 6


@router.get("/")
def overview_page(request: Request) -> Response:
    """The overview."""
    engine = engine_of(request)
    figures = stats(engine)
    bars = [Bar(day["day"], day["articles"], f"/search?from={day['day']}&to={day['day']}") for day in figures["days"]]
    edits = recent_edits(engine, classes=("headline", "body", "gone"), limit=_EDITS).edits
    return page(
        request,
        "overview.html",
        figures=figures,
        chart=bar_chart(bars, rtl=language_of(request) == "ar") if any(bar.count for bar in bars) else None,
        days=len(bars),
        newest=find(engine, SearchRequest(), limit=_NEWEST).hits,
        edits=[(edit, edit_path(edit)) for edit in edits],
    )
