"""The moment of the fetch, which a page prints while it is made, is no date of publication."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Article, Capture
from tests.support.rooms.fields import NOW, PROSE, SITE, TITLE, article, said

RENDERED = (NOW - timedelta(seconds=40)).isoformat()
IN_HEAD = [
    said(datePublished=RENDERED, dateModified=RENDERED),
    f'<meta property="article:published_time" content="{RENDERED}">'
    f'<meta property="article:modified_time" content="{RENDERED}">',
]
DAYS = "28 أكتوبر 2025"


def shown(line: str, site: Site) -> Article:
    """The article of a page that shows the line below its headline, in elements without names."""
    html = f"<html><body><div><h1>{TITLE}</h1><div>{line}</div><div>{PROSE}</div></div></body></html>"
    result = extract(Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode()), site).article
    assert result is not None
    return result


@pytest.mark.parametrize("head", IN_HEAD)
def test_metadata_that_tell_the_moment_of_the_fetch_yield_to_the_day_that_the_page_shows(head: str) -> None:
    result = article(head, f'<span class="date">{DAYS}</span>')
    assert result.published_at == datetime.fromisoformat("2025-10-28T00:00:00+03:00")
    assert result.modified_at is None


@pytest.mark.parametrize("head", IN_HEAD)
def test_they_tell_nothing_where_the_page_shows_no_day(head: str) -> None:
    assert article(head).published_at is None


@pytest.mark.parametrize("head", IN_HEAD)
def test_they_are_believed_where_the_page_shows_the_same_day_as_its_own(head: str) -> None:
    result = article(head, '<span class="date">1 نوفمبر 2025</span>')
    assert result.published_at == datetime.fromisoformat(RENDERED)
    result = article(head, url="https://news.example/2025/11/01/slug/")
    assert result.published_at == datetime.fromisoformat(RENDERED)


@pytest.mark.parametrize("before", [timedelta(minutes=2), timedelta(hours=3), timedelta(days=1)])
def test_a_moment_before_the_fetch_is_the_articles(before: timedelta) -> None:
    moment = NOW - before
    assert article(said(datePublished=moment.isoformat())).published_at == moment


def test_a_moment_is_no_clock_where_the_time_of_the_fetch_is_unknown() -> None:
    html = f"<html><head>{IN_HEAD[0]}</head><body><h1>{TITLE}</h1><div>{PROSE}</div></body></html>"
    capture = Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode())
    result = extract(capture, SITE, relative_dates=False).article
    assert result is not None
    assert result.published_at == datetime.fromisoformat(RENDERED)


@pytest.mark.parametrize(("hour", "zone"), [(15, "Asia/Riyadh"), (12, "UTC"), (15, "UTC"), (16, "UTC")])
def test_a_clock_below_the_headline_is_none_in_the_zone_of_the_site_or_in_any_where_that_is_unknown(
    hour: int, zone: str
) -> None:
    site = replace(SITE, country=None, timezone=zone)
    assert shown(f"<span>السبت 1 نوفمبر 2025 | {hour}:00</span>", site).published_at is None


@pytest.mark.parametrize(("hour", "zone"), [(14, "Asia/Riyadh"), (11, "UTC"), (17, "UTC")])
def test_another_time_of_that_day_is_the_articles(hour: int, zone: str) -> None:
    site = replace(SITE, country=None, timezone=zone)
    published = shown(f"<span>السبت 1 نوفمبر 2025 | {hour}:00</span>", site).published_at
    assert published is not None
    assert (published.day, published.hour) == (1, hour)


def test_the_day_of_a_page_in_json_ld_yields_to_what_is_shown_and_adds_the_time_of_that_day() -> None:
    page = '<script type="application/ld+json">{"@type": "WebPage", "datePublished": "%s"}</script>'
    opened = page % "2021-02-14T08:00:00+00:00"
    assert article(opened, f'<span class="date">{DAYS}</span>').published_at.date().isoformat() == "2025-10-28"
    assert article(opened).published_at == datetime.fromisoformat("2021-02-14T08:00:00+00:00")
    moment = "2025-10-28T09:15:00+03:00"
    assert article(page % moment, f'<span class="date">{DAYS}</span>').published_at == datetime.fromisoformat(moment)
