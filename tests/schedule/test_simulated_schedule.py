"""The schedule over invented sites, in small; `python -m tests.benchmarks.schedule` does the same with more of them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.benchmarks.schedule.comparison import PRODUCT, Measured, measure
from tests.benchmarks.schedule.crawls import DELAY_H, Schedule
from tests.benchmarks.schedule.curves import Axis, draw
from tests.benchmarks.schedule.optimum import optimal_edits_seen
from tests.benchmarks.schedule.studies import STUDIES, sampled_articles, seen_of
from tests.benchmarks.schedule.world import LIFE_H, make_sites

DAYS = 9.0
SITES = make_sites(31, 3, days=DAYS, a_day=40)


@pytest.fixture(scope="module")
def fixed() -> Measured:
    return measure(SITES, Schedule(), days=DAYS)


@pytest.fixture(scope="module")
def present() -> Measured:
    # With the requests in all that the fixed steps make here, or fewer.
    return measure(SITES, replace(PRODUCT, pace=timedelta(hours=9), visits=1.2), days=DAYS)


def test_for_the_same_requests_more_edits_are_seen_and_articles_in_half_the_time(
    fixed: Measured, present: Measured
) -> None:
    assert present.in_all <= fixed.in_all
    assert present.of_all > 1.1 * fixed.of_all
    assert present.edits > fixed.edits
    assert present.delay_min < 0.5 * fixed.delay_min


def test_no_site_is_asked_faster_than_its_delay(fixed: Measured, present: Measured) -> None:
    assert min(fixed.gap_s, present.gap_s) >= 0.999 * 3600 * DELAY_H


def test_as_it_is_it_sees_most_of_what_is_possible() -> None:
    shipped = measure(SITES, PRODUCT, days=DAYS)
    assert shipped.edits > 0.85 * shipped.optimal
    assert dict(shipped.of_optimum)["honest"] > 0.9
    assert shipped.deletions > 0.95
    assert shipped.revisits < 8


def test_sixty_articles_a_day_cost_no_more_than_the_bounds() -> None:
    sites = make_sites(32, 3, days=DAYS, a_day=60)
    shipped = measure(sites, PRODUCT, days=DAYS, revisits=False)
    assert shipped.requests <= 125
    every_ten_minutes = measure(sites, replace(PRODUCT, pace=timedelta(minutes=1)), days=DAYS, revisits=False)
    assert every_ten_minutes.crawls <= 144
    assert every_ten_minutes.largest_delay_min <= 10


def test_the_optimum_sees_every_edit_where_it_may_ask_often_enough_and_one_an_article_where_it_may_not() -> None:
    site = SITES[0]
    saved = [(number, 0.0) for number in range(len(site.articles))]
    within = [[at for at in each.edits if at - each.published < LIFE_H] for each in site.articles]
    assert optimal_edits_seen(site, saved, 200 * len(saved)) > 0.97 * sum(map(len, within))
    assert optimal_edits_seen(site, saved, len(saved)) == sum(bool(edits) for edits in within)


def test_the_invented_edits_are_seen_as_those_of_the_studies() -> None:
    articles = sampled_articles(33)
    for study in STUDIES[:3]:
        seen, _ = seen_of(study, articles)
        assert seen == pytest.approx(study.seen, abs=7), study.name


def test_the_plot_has_every_line_and_mark() -> None:
    picture = draw({"a < b": [(60, 100), (120, 20)]}, {"here": (100, 30)}, Axis("x", (50, 200)), Axis("y", (10, 100)))
    assert "a &lt; b" in picture
    assert picture.count("<polyline") == picture.count("<circle") == 1
