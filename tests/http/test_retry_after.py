"""crawler.http.retry_after: how long a host asks to wait. Crawls that wait so: tests/faults/test_refusals.py."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.failing_hosts import Hosts
from crawler.http.refusals import GivenUp
from crawler.http.retry_after import parse_retry_after

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("315360000", 315360000.0),
        ("9" * 12, 999_999_999_999.0),
        ("9" * 13, inf),  # no number of so many digits is printed
        ("Mon, 23 Nov 2026 12:01:00 GMT", 60.0),
        ("Monday, 23-Nov-26 12:01:00 GMT", 60.0),
        ("Mon, 23 Nov 2026 12:01:00 -0000", 60.0),
        ("Mon, 23 Nov 2026 15:01:00 +0300", 60.0),
        ("Mon, 23 Nov 2020 12:01:00 GMT", 0.0),
        *((garbage, None) for garbage in ("", "soon", "-5", "1.5", "١٢", "1e3", "0x10", "Mon, 99 Foo 2026", "120 s")),
    ],
)
def test_retry_after_is_read_as_seconds_or_date(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, now=NOW) == seconds


@given(st.one_of(st.text(), st.from_regex(r"[A-Z][a-z]{2}, \d{1,9} [A-Z][a-z]{2} \d{1,9} \d+:\d+:\d+ [+-]?\w{0,9}")))
def test_reading_retry_after_never_raises_nor_goes_back_in_time(value: str) -> None:
    seconds = parse_retry_after(value, now=NOW)
    assert seconds is None or seconds >= 0


@given(st.integers(0, 10**8))
def test_a_date_and_its_seconds_mean_the_same(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert parse_retry_after(date, now=NOW) == parse_retry_after(str(seconds), now=NOW) == seconds


def test_failures_count_in_a_row_only() -> None:
    hosts = Hosts(limit=3)
    assert [hosts.failed("a", "HTTP 500"), hosts.failed("a", "HTTP 500")] == [False, False]
    hosts.succeeded("a")
    assert [hosts.failed("a", "HTTP 500") for _ in range(4)] == [False, False, True, False]
    hosts.check("b", "http://b/")
    with pytest.raises(GivenUp, match="3 failures in a row, the last: HTTP 500"):
        hosts.check("a", "http://a/")
