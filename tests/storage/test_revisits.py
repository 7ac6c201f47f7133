"""The schedule of second looks."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storage.revisits import (
    LEAST_BUDGET,
    PROFILES,
    STEPS,
    TRACK_STEPS,
    after_failure,
    confirmation,
    is_outage,
    next_revisit,
    return_revisit,
    revisits_allowed,
)

SEEN = datetime(2025, 10, 28, 9, tzinfo=UTC)
SPANS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90))


def revisits(last: datetime, **more: Any) -> list[timedelta]:
    """Ages at which an article is looked at, each visit in time."""
    ages = []
    while (when := next_revisit(SEEN, last, **more)) is not None:
        assert when > last
        ages.append(when - SEEN)
        last = when
    return ages


def test_an_article_is_visited_once_for_each_step():
    assert revisits(SEEN) == list(STEPS)
    assert revisits(SEEN, profile="track") == list(TRACK_STEPS)


def test_missed_steps_are_made_good_by_one_visit():
    assert revisits(SEEN + timedelta(days=5)) == [timedelta(days=7), timedelta(days=30)]


def test_a_change_brings_the_schedule_back_to_four_hours():
    age = timedelta(days=20)
    after = [age + step for step in STEPS if step >= timedelta(hours=4)]
    assert revisits(SEEN + age, changed_at=SEEN + age) == after
    tracked = revisits(SEEN + age, profile="track", changed_at=SEEN + age)
    assert (tracked[0], tracked[-1]) == (after[0], after[-1])
    assert revisits(SEEN + age, profile="off", changed_at=SEEN + age) == []


def test_after_the_last_step_an_article_is_left_alone():
    assert next_revisit(SEEN, SEEN + timedelta(days=31)) is None


@given(SPANS, st.text(max_size=30))
def test_a_page_s_own_time_lies_within_the_last_tenth_of_its_step(visited: timedelta, key: str):
    last = SEEN + visited
    nominal, own = next_revisit(SEEN, last), next_revisit(SEEN, last, key=key)
    if own is not None and own - SEEN < timedelta(hours=5):
        assert own == nominal, "the first hours keep their time"
    if own is not None:
        step = next(step for step in STEPS if SEEN + step >= own)
        assert own > last
        assert SEEN + step * 0.9 <= own <= SEEN + step


def test_a_day_s_articles_are_not_all_due_at_once():
    last = SEEN + timedelta(hours=5)
    times = {next_revisit(SEEN, last, key=f"example.com/{number}") for number in range(100)}
    assert len(times) == 100


def test_profiles_follow_closely_or_not_at_all():
    assert next_revisit(SEEN, SEEN, "track") == SEEN + timedelta(minutes=30)
    assert len(PROFILES["track"]) == 9
    assert next_revisit(SEEN, SEEN, "off") is None


def test_a_missing_page_is_looked_for_after_an_hour_and_a_day_and_then_believed():
    assert confirmation(SEEN, SEEN) == SEEN + timedelta(hours=1)
    assert confirmation(SEEN, SEEN + timedelta(hours=1)) == SEEN + timedelta(hours=24)
    assert confirmation(SEEN, SEEN + timedelta(hours=23, minutes=59)) == SEEN + timedelta(hours=24)
    assert confirmation(SEEN, SEEN + timedelta(hours=24)) is None


def test_what_is_gone_is_looked_for_a_few_times_more():
    when, due_revisits = SEEN + timedelta(hours=24), 0
    while (following := return_revisit(SEEN, when)) is not None:
        assert following > when
        when, due_revisits = following, due_revisits + 1
    assert (due_revisits, when) == (4, SEEN + timedelta(days=30))


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
