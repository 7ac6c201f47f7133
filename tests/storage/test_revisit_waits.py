"""How long a failing page waits, and how many revisits a run of unknown length may make."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.revisits import after_failure, revisits_allowed

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("failures", "hours"), [(0, 1), (1, 1), (2, 2), (3, 4), (8, 128), (9, 168), (10, 168), (10_000, 168)]
)
def test_a_failing_page_waits_an_hour_then_twice_as_long_up_to_a_week(failures: int, hours: int) -> None:
    assert after_failure(failures, NOW) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(("others", "allowed"), [(0, 50), (150, 50), (153, 51), (3000, 1000)])
def test_a_run_without_a_budget_may_make_fifty_revisits_or_a_quarter_of_its_requests(others: int, allowed: int) -> None:
    assert revisits_allowed(others) == allowed
