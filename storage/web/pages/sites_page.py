"""The sites of the archive, one site with its calendar of coverage, and the runs."""

from datetime import UTC, date, datetime

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from storage.queries import last_success, recent_runs, stats
from storage.queries.coverage_calendar import coverage
from storage.queries.site_list import archived_sites, profile_summary
from storage.records import date_json
from storage.web.error_pages import NotHere
from storage.web.reader_settings import engine_of, settings_of
from storage.web.request_values import clean, number
from storage.web.templating import language_of, page
from storage.web.views.charts import Bar, bar_chart, year_calendar

router = APIRouter()
_RUNS = 40


@router.get("/sites")
def sites_page(request: Request) -> Response:
    """All sites: number of articles, first and last dates, last successful run."""
    engine = engine_of(request)
    figures = settings_of(request).recent.get("stats", lambda: stats(engine))
    counted = {each["site"]: each for each in figures["sites"]}
    ended = {name: date_json(at) for name, (at, _) in last_success(engine).items()}
    return page(request, "sites.html", sites=archived_sites(engine), counted=counted, ended=ended)


@router.get("/sites/{name}")
def site_page(request: Request, name: str) -> Response:
    """One site: the calendar of a year with its gaps, and the runs."""
    engine = engine_of(request)
    site = next((each for each in archived_sites(engine) if each.name == clean(name)), None)
    if site is None:
        raise NotHere(f"the archive holds no site called {name[:80]!r}")
    figures = settings_of(request).recent.get("stats", lambda: stats(engine))
    counted = next((each for each in figures["sites"] if each["site"] == site.name), None)
    last_year = int(counted["last_published"][:4]) if counted and counted["last_published"] else datetime.now(UTC).year
    first_year = int(counted["first_published"][:4]) if counted and counted["first_published"] else last_year
    year = number(request.query_params, "year", last_year, most=9998)
    rtl = language_of(request) == "ar"
    days = coverage(engine, site.name, first=date(year, 1, 1), last=date(year, 12, 31))
    runs = recent_runs(engine, site.name, _RUNS)
    bars = [Bar((run["started_at"] or "")[:16].replace("T", " "), run["new"]) for run in reversed(runs)]
    return page(
        request,
        "site.html",
        site=site,
        counted=counted,
        ended=date_json(last_success(engine)[site.name][0]),
        verdict=settings_of(request).verdict(site.name),
        profile=profile_summary(engine, site.name),
        year=year,
        years=(first_year, last_year),
        coverage=days,
        gaps=[day for day in days.days if day.gap] if days else [],
        calendar=year_calendar(year, [(d.day, d.articles, d.gap) for d in days.days] if days else [], rtl=rtl),
        runs=runs,
        chart=bar_chart(bars, rtl=rtl, height=56) if len(bars) > 1 else None,
    )


@router.get("/runs")
def runs_page(request: Request) -> Response:
    """The latest runs of all sites, or of one."""
    site = clean(request.query_params.get("site", "")) or None
    return page(request, "runs.html", runs=recent_runs(engine_of(request), site, 100), site=site)
