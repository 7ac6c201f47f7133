"""A host that can't be found, asks to wait, only fails, or whose robots.txt is odd: F18, F20, F21, F28."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.schema import articles, events
from tests.support.archives import rows
from tests.support.faults.crawls import crawl_at
from tests.support.hostile import Answer, Fate, Server, crawl, hang, in_turn, page, raw, redirect, reset, robots
from tests.support.newspapers.small_site import GOOD

START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=10)


@pytest.mark.slow
def test_f18_a_name_that_is_unknown_for_a_day_costs_its_own_site_alone_and_no_article(tmp_path: Path) -> None:
    known = {name: ["127.0.0.1"] for name in ("lost.test", "found.test")}
    with Server(dict(GOOD)) as lost, Server(dict(GOOD)) as healthy:
        urls = [lost.url("/", "lost.test"), healthy.url("/", "found.test")]
        allowed = [f"lost.test:{lost.port}", f"found.test:{healthy.port}"]

        def crawl_both(hours: float, names: dict[str, list[str]]) -> list[tuple[str, int, int]]:
            at = START + timedelta(hours=hours)
            done = crawl_at(at, *urls, folder=tmp_path, names=names, allow_hosts=allowed)
            return [(site["status"], site["new"], site["gone"]) for site in done.sites]

        assert crawl_both(0, known) == [("done", 4, 0)] * 2
        requests = len(lost.exchanges)
        for hours in (5, 6, 30):
            alone = {"found.test": known["found.test"]}
            assert crawl_both(hours, alone) == [("unhealthy", 0, 0), ("done", 0, 0)]
            assert crawl_both(hours, {}) == [("unhealthy", 0, 0)] * 2, "no name is known"
        assert len(lost.exchanges) == requests
        assert crawl_both(200, known) == [("done", 0, 0)] * 2
    with Archive.open(tmp_path / "archive") as archive:
        assert {row["status"] for row in rows(archive, articles)} == {"live"}
        assert rows(archive, events) == []


@pytest.mark.slow
def test_f18_an_unknown_name_is_asked_again_and_then_unreachable() -> None:
    entry = {"url": "http://nowhere.example/", "meta": {"dont_obey_robotstxt": True}}
    done = crawl([entry], settings={"RETRY_TIMES": 1})
    assert done.fates["http://nowhere.example/"].error == "CannotResolveHostError"
    assert done.stats["retry/count"] == "1"


@pytest.mark.parametrize("status", [429, 503])
def test_f20_nothing_is_asked_of_a_host_before_the_time_it_named(status: int) -> None:
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


def test_f20_another_host_is_not_kept_waiting() -> None:
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


def test_f20_a_page_is_asked_three_times_at_most() -> None:
    with Server({"/": page("", 503, Retry_After="garbage"), "/reset": reset}) as server:
        done = crawl([server.url(), server.url("/reset")], allow=[server.address])
    assert (len(server.hits("/")), len(server.hits("/reset"))) == (3, 3)
    assert done.fates[server.url()].status == 503
    assert done.fates[server.url("/reset")].error == "DownloadFailedError"


@pytest.mark.parametrize("retry_after", ["315360000", "Fri, 01 Jan 2100 00:00:00 GMT"])
def test_f20_a_host_that_says_in_ten_years_is_left_to_the_next_run(retry_after: str) -> None:
    answers = {f"/{number}": page("ok") for number in range(5)} | {"/busy": page("", 429, Retry_After=retry_after)}
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


def test_f21_a_storm_of_500_is_not_answered_with_hammering() -> None:
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
    assert "Traceback" not in done.log


def test_f21_a_host_that_answers_nothing_is_given_up_too() -> None:
    answers = {f"/{number}": reset for number in range(30)}
    with Server(answers) as server:
        done = crawl([server.url(f"/{number}") for number in range(30)], allow=[server.address])
    assert len(server.exchanges) <= 12
    assert done.stats["warraq/circuit_open"] == "1"


BLOCKING = "User-agent: *\nDisallow: /private"
CASES: dict[str, tuple[Answer, bool]] = {
    "404": (page("", 404), True),
    "401": (page("", 401), True),
    "403": (page("", 403), True),
    "410": (page("", 410), True),
    "429": (page("", 429), False),
    "500": (page("", 500), False),
    "503": (page("", 503), False),
    "reset": (reset, False),
    "time-out": (hang, False),
    "nothing": (raw(b""), False),
    "garbage": (raw(b"\x00\x01\x02\r\n\r\n"), False),
    "empty": (robots(""), True),
    "no length": (raw(b"HTTP/1.0 200 OK\r\n\r\nUser-agent: *\nDisallow: /"), False),
    "5 MB": (robots(b"User-agent: *\nDisallow: /\n" + b"# filler\n" * 600_000), False),
    "web page": (page("<html><body>Disallow: /</body></html>"), True),
}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, tuple[Fate, list[str]]]:
    """One crawl over sites that differ in their robots.txt."""
    servers = {name: Server({"/robots.txt": answer, "/": page("ok")}) for name, (answer, _) in CASES.items()}
    for server in servers.values():
        server.__enter__()
    settings = {"DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 0, "WARRAQ_MAX_FAILURES": 1000}
    done = crawl(
        [server.url() for server in servers.values()],
        allow=[server.address for server in servers.values()],
        settings=settings,
    )
    for server in servers.values():
        server.__exit__(None, None, None)
    return {name: (done.fates[server.url()], server.paths()) for name, server in servers.items()}


@pytest.mark.parametrize("name", CASES)
def test_f28_what_a_robots_answer_means(name: str, verdicts: dict[str, tuple[Fate, list[str]]]) -> None:
    fate, paths = verdicts[name]
    if CASES[name][1]:
        assert fate.status == 200, fate
    else:
        assert (fate.error, fate.reason) == ("Forbidden", "robots"), fate
        assert "/" not in paths


def test_f28_a_forbidden_page_is_told_from_an_unreadable_robots_txt() -> None:
    with (
        Server({"/robots.txt": robots(BLOCKING), "/": page("ok")}) as server,
        Server({"/robots.txt": page("", 500)}) as broken,
    ):
        done = crawl(
            [server.url(), server.url("/private/x"), broken.url()],
            allow=[server.address, broken.address],
            settings={"RETRY_TIMES": 0},
        )
    assert done.fates[server.url()].status == 200
    private, unread = done.fates[server.url("/private/x")], done.fates[broken.url()]
    assert (private.error, private.reason, private.retry) == ("Forbidden", "robots", False)
    assert (unread.error, unread.reason, unread.retry) == ("Forbidden", "robots", True)
    assert done.stats["warraq/robots"] == "2"
    assert done.stats["warraq/robots_unreadable"] == "1"
    assert f"{broken.url('/robots.txt')} could not be read" in done.log
    assert server.paths().count("/robots.txt") == 1
    assert "/private/x" not in server.paths()


def test_f28_redirects_of_robots_txt_are_followed_five_times_but_not_into_a_private_port() -> None:
    chain = {f"/{number}": redirect(f"/{number + 1}") for number in range(1, 5)}
    followed = Server({"/robots.txt": redirect("/1"), **chain, "/5": robots(BLOCKING)})
    loop = Server({"/robots.txt": redirect("/robots.txt"), "/private": page("ok")})
    with (
        followed,
        loop,
        Server() as secret,
        Server({"/robots.txt": redirect(secret.url("/robots.txt"))}) as lure,
    ):
        done = crawl(
            [followed.url("/private"), loop.url("/private"), lure.url()],
            allow=[followed.address, loop.address, lure.address],
        )
    assert done.fates[followed.url("/private")].error == "Forbidden"
    assert done.fates[loop.url("/private")].status == 200
    assert len(loop.hits("/robots.txt")) == 6
    assert done.fates[lure.url()].error == "Forbidden"
    assert secret.connections == 0


def test_f28_crawl_delay_is_kept_between_requests_and_reported() -> None:
    answers = {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.7"), "/1": page("ok"), "/2": page("ok")}
    with Server(answers) as server:
        done = crawl([server.url("/1"), server.url("/2")], allow=[server.address])
    times = [exchange.at for exchange in server.exchanges]
    assert [later - earlier >= 0.65 for earlier, later in pairwise(times)] == [True, True]
    assert done.stats["warraq/crawl_delay_s"] == "0.7"


def test_f28_an_absurd_crawl_delay_is_cut_and_said() -> None:
    with Server({"/robots.txt": robots("User-agent: *\nCrawl-delay: 86400")}) as server:
        done = crawl([server.url()], allow=[server.address], settings={"WARRAQ_MAX_CRAWL_DELAY_S": 0.4})
    assert done.stats["warraq/crawl_delay_s"] == "0.4"
    assert done.stats["warraq/crawl_delay_told_s"] == "86400.0"
    assert "Crawl-delay 86400 is cut to 0.4 s" in done.log
