"""Where a site shows the date of an article is learned, whatever day its pages are of."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crawler.extract import extract
from crawler.learning import learn
from storage.records import Article, Capture
from tests.support.newspapers.nameless_paper import NUMBERS, PLACES, SITE, headline, paragraphs

Captured = Callable[..., Capture]
PUBLISHED = datetime(2026, 11, 20, tzinfo=UTC)
OTHER = 12


def page(number: int, shown: str, clock: datetime) -> str:
    text = "".join(f"<div>{paragraph}</div>" for paragraph in paragraphs(number))
    return (
        f'<html><body><div class="b2"><h1>{headline(number)}</h1><div class="d1">{shown}</div><div class="c3">{text}</div>'
        f'</div><div class="g1"><h3>{clock.day} نوفمبر 2026 | {clock:%H:%M}</h3></div><p>كل الحقوق للناشر</p></body></html>'
    )


def captures_of(captured: Captured, show: Callable[[int, int], str]) -> list[Capture]:
    """Five pages, fetched on several days. show: what stands below the headline, of number and days since publication."""
    captures = []
    for number in (1, 2, 4, 5, OTHER):
        days = 3 + number % 4
        fetched = PUBLISHED + timedelta(days=days, hours=number)
        capture = captured(page(number, show(number, days), fetched), number)
        captures.append(replace(capture, fetched_at=fetched))
    return captures


def read(captured: Captured, show: Callable[[int, int], str]) -> Article:
    """Article 12, after four of the same day were learned."""
    captures = captures_of(captured, show)
    article = extract(captures[-1], SITE, profile=learn(captures[:-1], SITE)).article
    assert article is not None
    return article


@pytest.mark.parametrize(
    "show",
    [lambda _, days: f"قبل {days} أيام", lambda number, _: f"20 نوفمبر 2026 - {8 + number:02}:15"],
    ids=["how long ago", "time of day"],
)
def test_pages_of_one_day_teach_where_it_is_shown(captured: Captured, show: Callable[[int, int], str]) -> None:
    published = read(captured, show).published_at
    assert published is not None
    assert published.date() == PUBLISHED.date()


def test_a_number_that_touches_the_time_in_an_element_of_its_own_is_no_part_of_it(captured: Captured) -> None:
    def show(number: int, _days: int) -> str:
        return f"<span>{8 + number} نوفمبر 2026 - 09:15</span><span>{1511 + number} قراءة</span>"

    article = read(captured, show)
    assert (article.published_precision, article.published_at) == (
        "minute",
        datetime(2026, 11, 20, 9, 15, tzinfo=ZoneInfo("Africa/Cairo")),
    )


@pytest.mark.parametrize("order", [0, 1])
def test_of_two_dates_side_by_side_the_earlier_one_is_that_of_publication(captured: Captured, order: int) -> None:
    def show(number: int, _days: int) -> str:
        day = f"{8 + number} نوفمبر 2026"
        both = [f'<span class="p">تاريخ النشر {day} - 09:15</span>', f'<span class="u">آخر تعديل {day} - 11:40</span>']
        return "".join(reversed(both) if order else both)

    article = read(captured, show)
    assert article.published_at == datetime(2026, 11, 20, 9, 15, tzinfo=ZoneInfo("Africa/Cairo"))


def test_one_date_beside_other_words_on_each_page_is_no_place_of_dates(captured: Captured) -> None:
    def show(number: int, _days: int) -> str:
        return f"معرض {NUMBERS[number % 12]} كتاب في {PLACES[number % 12]} 9 سبتمبر 2026"

    (template,) = learn(captures_of(captured, show), SITE).templates
    assert "date" not in template.field_paths


def test_the_date_in_a_quotation_is_that_of_an_embedded_post(captured: Captured) -> None:
    def show(number: int, _days: int) -> str:
        return f"{8 + number} نوفمبر 2026"

    def quoted(number: int, days: int) -> str:
        return f"<blockquote>شكراً لكم<a href='/p'>{show(number, days)}</a></blockquote>"

    assert "date" in learn(captures_of(captured, show), SITE).templates[0].field_paths
    assert "date" not in learn(captures_of(captured, quoted), SITE).templates[0].field_paths


def test_a_page_that_shows_no_date_has_none_where_the_metadata_are_of_other_days_than_those_shown(
    captured: Captured,
) -> None:
    def capture(number: int, shown: str) -> Capture:
        meta = f'<meta property="article:published_time" content="2026-11-{number + 10}T09:00:00+00:00">'
        html = page(number, shown, PUBLISHED).replace("<body>", f"<head>{meta}</head><body>", 1)
        return replace(captured(html, number), fetched_at=PUBLISHED + timedelta(days=20))

    profile = learn([capture(number, f"{number} تشرين الأول 2026") for number in range(1, 9)], SITE)
    article = extract(capture(OTHER, ""), SITE, profile=profile).article
    assert article is not None
    assert article.published_at is None
