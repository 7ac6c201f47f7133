"""crawler.http.retry_after: waiting as told, and leaving hosts that only fail."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.failing_hosts import Hosts
from crawler.http.refusals import GivenUp
from crawler.http.retry_after import parse_retry_after
from tests.support.hostile import Server, crawl, in_turn, page, reset

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        (" 120 ", 120.0),
        ("315360000", 315360000.0),
        ("9" * 5000, inf),
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


@pytest.mark.parametrize("status", [429, 503])
def test_nothing_is_asked_of_a_host_before_the_time_it_named(status: int) -> None:
    busy = in_turn(page("", status, Retry_After="2"), page("ok"))
    answers = {f"/{number}": page("ok") for number in range(3)} | {"/busy": busy}
    with Server(answers) as server:
        urls = [server.url("/busy"), *(server.url(f"/{number}") for number in range(3))]
        done = crawl(urls, allow=[server.address])
    assert [done.fates[url].status for url in urls] == [200] * 4
    first = server.hits("/busy")[0].at
    later = [exchange.at - first for exchange in server.exchanges if exchange.at > first]
    assert len(later) >= 2  # the retry, and what was queued behind the first
    assert min(later) >= 1.95


def test_another_host_is_not_kept_waiting() -> None:
    busy = {"/": in_turn(page("", 503, Retry_After="3"), page("ok"))}
    names = {"busy.test": ["127.0.0.1"], "free.test": ["127.0.0.1"]}
    with Server(busy) as server, Server({f"/{number}": page("ok") for number in range(5)}) as free:
        urls = [free.url(f"/{number}", "free.test") for number in range(5)]
        done = crawl(
            [server.url("/", "busy.test"), *urls],
            allow=[f"busy.test:{server.port}", f"free.test:{free.port}"],
            names=names,
        )
    assert done.fates[server.url("/", "busy.test")].status == 200
    first, second = (exchange.at for exchange in server.hits("/"))
    assert second - first >= 2.95
    assert max(exchange.at for exchange in free.exchanges) < first + 2


def test_a_page_is_asked_three_times_at_most() -> None:
    with Server({"/": page("", 503, Retry_After="garbage"), "/reset": reset}) as server:
        done = crawl([server.url(), server.url("/reset")], allow=[server.address])
    assert (len(server.hits("/")), len(server.hits("/reset"))) == (3, 3)
    assert done.fates[server.url()].status == 503
    assert done.fates[server.url("/reset")].error == "DownloadFailedError"


@pytest.mark.parametrize("told", ["315360000", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_a_host_that_says_in_ten_years_is_left_to_the_next_run(told: str) -> None:
    answers = {f"/{number}": page("ok") for number in range(5)} | {"/busy": page("", 429, Retry_After=told)}
    with Server(answers) as server:
        urls = [server.url("/busy"), *(server.url(f"/{number}") for number in range(5))]
        done = crawl(urls, allow=[server.address], settings={"CONCURRENT_REQUESTS": 16})
    assert done.seconds < 10
    after = [exchange for exchange in server.exchanges if exchange.at > server.hits("/busy")[0].at]
    assert after == []
    busy = done.fates[server.url("/busy")]
    assert (busy.error, busy.reason, busy.retry) == ("GivenUp", "unreachable", True)
    assert "HTTP 429, Retry-After" in str(busy.message)
    assert done.stats["warraq/deferred"] == "1"
    assert set(done.fates) == set(urls)


def test_a_storm_of_500_is_not_answered_with_hammering() -> None:
    answers = {f"/{number}": page("", 500) for number in range(50)}
    with Server(answers) as server:
        urls = [server.url(f"/{number}") for number in range(50)]
        done = crawl(urls, allow=[server.address], settings={"CONCURRENT_REQUESTS": 16})
    assert len(server.exchanges) == 11  # robots.txt, and ten failures in a row
    assert set(done.fates) == set(urls)
    assert sum(fate.error == "GivenUp" for fate in done.fates.values()) >= 45
    assert done.stats["warraq/circuit_open"] == "1"
    assert "10 failures in a row" in done.stats["warraq/given_up/127.0.0.1"]
    assert "left alone for the rest of the run" in done.log


def test_a_host_that_answers_nothing_is_given_up_too() -> None:
    answers = {f"/{number}": reset for number in range(30)}
    with Server(answers) as server:
        done = crawl([server.url(f"/{number}") for number in range(30)], allow=[server.address])
    assert len(server.exchanges) <= 12
    assert done.stats["warraq/circuit_open"] == "1"
