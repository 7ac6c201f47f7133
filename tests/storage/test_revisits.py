"""The schedule of revisits, and what it makes of the edits that were seen."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.revisits import (
    LEAST_BUDGET,
    SiteEdits,
    after_failure,
    confirmation,
    is_outage,
    next_revisit,
    return_revisit,
    revisits_allowed,
)
from storage.revisits.edit_rates import age_at, next_age, share_by

SEEN = datetime(2025, 10, 28, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPANS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90))
SITES = st.builds(SiteEdits, st.integers(0, 5000), st.integers(0, 5000))


def revisits(last: datetime, **more: Any) -> list[timedelta]:
    """Ages at which an article is looked at, each visit in time."""
    ages = []
    while (when := next_revisit(SEEN, last, **more)) is not None:
        assert when > last
        ages.append(when - SEEN)
        last = when
    return ages


SITES_OF_ALL_KINDS = (SiteEdits(), SiteEdits(5000, 0), SiteEdits(5000, 1500), SiteEdits(5000, 5000))


@pytest.mark.parametrize("site", SITES_OF_ALL_KINDS)
def test_an_article_that_is_never_edited_has_six_revisits(site: SiteEdits):
    ages = revisits(SEEN, site=site)
    assert len(ages) == 6
    assert ages[0] <= 1.6 * HOUR
    assert ages[3] <= 2 * DAY, "most edits come on the first day"
    assert ages[4:] == [3 * DAY, 30 * DAY]


@pytest.mark.parametrize("site", SITES_OF_ALL_KINDS)
def test_one_that_is_tracked_has_about_nine_and_one_that_is_not_followed_none(site: SiteEdits):
    ages = revisits(SEEN, profile="track", site=site)
    assert 8 <= len(ages) <= 10
    assert ages[0] < HOUR
    assert revisits(SEEN, profile="off", site=site) == []


def test_the_waits_grow_with_the_age():
    ages = [timedelta(0), *revisits(SEEN)]
    waits = [later - earlier for earlier, later in pairwise(ages)]
    assert waits == sorted(waits)


@given(SPANS, SITES, st.integers(0, 20))
def test_an_article_that_was_edited_more_often_is_visited_no_later(last: timedelta, site: SiteEdits, edits: int):
    fewer, more = (next_age(last, count, site, 4.2) for count in (edits, edits + 1))
    assert fewer is None or (more is not None and more <= fewer)


def test_an_edit_brings_visits_that_others_do_not_have():
    last = SEEN + 5 * HOUR
    after = revisits(last, edits=2, changed_at=SEEN + 2 * HOUR)
    assert len(after) >= len(revisits(last)) + 3


def test_after_a_change_there_is_a_revisit_within_a_day_and_one_after_thirty():
    age = timedelta(days=20)
    after = revisits(SEEN + age, edits=1, changed_at=SEEN + age)
    assert after[0] <= age + DAY
    assert after[-1] == age + 30 * DAY
    assert revisits(SEEN + age, profile="off", edits=1, changed_at=SEEN + age) == []


def test_missed_visits_are_made_good_by_one_visit():
    assert revisits(SEEN + 20 * DAY) == [30 * DAY]
    assert next_revisit(SEEN, SEEN + timedelta(days=31)) is None


@given(SPANS, SITES, st.integers(0, 9), st.text(max_size=30))
def test_a_page_s_own_time_lies_within_the_last_tenth_of_its_age(
    visited: timedelta, site: SiteEdits, edits: int, key: str
):
    last = SEEN + visited
    nominal = next_revisit(SEEN, last, edits=edits, site=site)
    own = next_revisit(SEEN, last, edits=edits, site=site, key=key)
    if nominal is None:
        assert own is None
    elif nominal - SEEN < DAY:
        assert own == nominal, "the first day keeps its time"
    elif own is not None:
        assert own > last
        assert own >= min(nominal, SEEN + (nominal - SEEN) * 0.9)


def test_a_day_s_articles_are_not_all_due_at_once():
    last = SEEN + 20 * HOUR
    times = {next_revisit(SEEN, last, key=f"example.com/{number}") for number in range(100)}
    assert len(times) == 100


@given(st.floats(0.001, 0.999))
def test_ages_and_shares_of_edits_belong_to_each_other(share: float):
    assert share_by(age_at(share)) == pytest.approx(share, abs=1e-6)


def test_of_the_edits_four_fifths_come_in_the_first_day():
    assert (share_by(timedelta(0)), share_by(DAY)) == (0.0, pytest.approx(0.82))
    assert share_by(30 * DAY) > 0.99


@given(SPANS, SITES, st.integers(0, 20), st.floats(0.5, 50))
def test_the_next_visit_lies_ahead(last: timedelta, site: SiteEdits, edits: int, visits: float):
    age = next_age(last, edits, site, visits)
    assert age is None or age >= last - timedelta(milliseconds=1)


def test_a_site_s_own_edits_count_ever_more():
    assert SiteEdits().per_article == pytest.approx(0.57)
    few, many = SiteEdits(10, 0).per_article, SiteEdits(5000, 0).per_article
    assert 0.57 > few > many > 0
    assert SiteEdits(5000, 5000).per_article == pytest.approx(1, abs=0.01)


def test_a_missing_page_is_looked_for_after_an_hour_and_a_day_and_then_believed():
    assert confirmation(SEEN, SEEN) == SEEN + timedelta(hours=1)
    assert confirmation(SEEN, SEEN + timedelta(hours=1)) == SEEN + timedelta(hours=24)
    assert confirmation(SEEN, SEEN + timedelta(hours=23, minutes=59)) == SEEN + timedelta(hours=24)
    assert confirmation(SEEN, SEEN + timedelta(hours=24)) is None


def test_what_is_gone_is_looked_for_a_few_times_more():
    when, days = SEEN + timedelta(hours=24), []
    while (following := return_revisit(SEEN, when)) is not None:
        when = following
        days.append((when - SEEN) / DAY)
    assert days == [2, 3, 7, 30]


@given(st.integers(0, 10**6))
def test_a_failing_page_is_asked_ever_less_but_at_least_once_a_week(failures: int):
    pause = after_failure(failures, SEEN) - SEEN
    assert timedelta(hours=1) <= pause <= timedelta(days=7)
    assert pause <= after_failure(failures + 1, SEEN) - SEEN


def test_an_outage_is_when_most_pages_fail_at_once():
    assert is_outage(answered=3, failed=30, any_answer=True)
    assert not is_outage(answered=30, failed=29, any_answer=True)
    assert not is_outage(answered=0, failed=1, any_answer=True), "one page was due, and is missing"
    assert is_outage(answered=0, failed=1, any_answer=False), "the whole site is silent"
    assert not is_outage(answered=0, failed=0, any_answer=False)


@given(st.integers(0, 10**6))
def test_second_looks_are_at_most_a_quarter_of_a_run_s_budget(others: int):
    allowed = revisits_allowed(others)
    assert allowed <= max(LEAST_BUDGET, allowed + others) / 4
    assert revisits_allowed(others, 40) == 10
    assert revisits_allowed(others, 3) == 0
