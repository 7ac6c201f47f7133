"""The home page: a search field, the size of the archive, the newest articles and the latest edits."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from storage.queries import stats
from storage.queries.daily_counts import DELAYS_S, DailyCounts, daily_counts
from storage.queries.recent_edits import LISTED_CLASSES, recent_edits
from storage.queries.stored_edits import are_small
from storage.web.pages.edits_page import edit_path
from storage.web.reader_settings import engine_of, settings_of
from storage.web.request_values import SearchRequest
from storage.web.search_results import find
from storage.web.templating import language_of, page
from storage.web.views.charts import Bar, StackedChart, bar_chart, stacked_chart
from storage.web.views.interface_words import words_of

router = APIRouter()
_NEWEST, _EDITS = 8, 6
# Without corrected letters and marks, boilerplate, and metadata.
_NEWS = [name for name in LISTED_CLASSES if name not in ("body", "restored") and not are_small([name])]


@router.get("/")
def overview_page(request: Request) -> Response:
    """The overview."""
    engine, recent = engine_of(request), settings_of(request).recent
    figures = recent.get("stats", lambda: stats(engine))
    counts = recent.get("daily counts", lambda: daily_counts(engine))
    bars = [Bar(day["day"], day["articles"], f"/search?from={day['day']}&to={day['day']}") for day in figures["days"]]
    edits = recent_edits(engine, classes=_NEWS, limit=_EDITS).edits
    return page(
        request,
        "overview.html",
        figures=figures,
        chart=bar_chart(bars, rtl=language_of(request) == "ar") if any(bar.count for bar in bars) else None,
        days=len(bars),
        plots=_plots(request, counts),
        delays=_delays(request, counts),
        newest=find(engine, SearchRequest(), limit=_NEWEST).hits,
        edits=[(edit, edit_path(edit)) for edit in edits],
    )


def _plots(request: Request, counts: DailyCounts) -> list[tuple[str, StackedChart]]:
    """Charts of articles a day by country and by site, and of edits and deletions a day; empty ones are left out."""
    language = language_of(request)
    words = words_of(language)
    countries = {name or words["not_known"]: each for name, each in counts.by_country.items()}
    edits = {words["edits"]: counts.edited, words["gone"]: counts.gone}
    plots = [
        (words[title], stacked_chart(counts.days, series, rtl=language == "ar", rest=words["others"]))
        for title, series in (("by_country", countries), ("by_site", counts.by_site), ("edits_a_day", edits))
    ]
    return [(title, plot) for title, plot in plots if plot is not None]


def _delays(request: Request, counts: DailyCounts) -> list[tuple[str, int, int]]:
    """Of each span of delay: label, number of articles, share in percent. [] if no delay is known."""
    total = sum(counts.delays)
    words = words_of(language_of(request))
    labels = [words[f"delay_{seconds}"] for seconds in DELAYS_S] + [words["delay_more"]]
    shares = [round(100 * count / total) if total else 0 for count in counts.delays]
    return list(zip(labels, counts.delays, shares, strict=True)) if total else []
