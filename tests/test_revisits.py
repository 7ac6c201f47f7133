"""The schedule of second looks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from storage.revisits import STEPS, is_due, next_visit

SEEN = datetime(2025, 10, 28, 9, tzinfo=UTC)
SPANS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=90))


def test_nothing_is_due_within_the_first_hour():
    assert not is_due(SEEN, SEEN, SEEN + timedelta(minutes=59))


def test_an_article_is_due_once_for_each_step_that_has_passed():
    visits, last = 0, SEEN
    for hour in range(24 * 60):
        now = SEEN + timedelta(hours=hour)
        if is_due(SEEN, last, now):
            visits, last = visits + 1, now
    assert visits == len(STEPS)


def test_missed_steps_are_made_good_by_one_visit():
    now = SEEN + timedelta(days=5)
    assert is_due(SEEN, SEEN, now)
    assert not is_due(SEEN, now, now + timedelta(minutes=1))


def test_after_the_last_step_an_article_is_left_alone():
    assert next_visit(SEEN, SEEN + timedelta(days=31)) is None


@given(SPANS, SPANS)
def test_due_is_exactly_when_the_next_visit_has_come(visited: timedelta, later: timedelta):
    last = SEEN + visited
    now = last + later
    planned = next_visit(SEEN, last)
    assert is_due(SEEN, last, now) == (planned is not None and planned <= now)
