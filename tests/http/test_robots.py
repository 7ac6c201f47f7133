"""crawler.http.robots: RFC 9309, against a hostile server."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.robots import MAX_BYTES, parse_robots
from tests.support.hostile import Answer, Fate, Server, crawl, hang, page, raw, redirect, reset, robots
from tests.support.running import warraq

PAGE = "https://news.example/politics/1"


def allowed(text: str | bytes, url: str = PAGE) -> bool:
    return parse_robots(text if isinstance(text, bytes) else text.encode(), "Warraq").allows(url)


@pytest.mark.parametrize(
    "text",
    [
        "User-agent: *\nDisallow: /",
        "User-agent: Warraq\nDisallow: /politics/\n\nUser-agent: *\nAllow: /",
        "user-agent: WARRAQ/1.0\ndisallow: /",
        "\ufeffUser-agent: *\nDisallow: /",
        "User-agent: other\nUser-agent: *\nDisallow: /",
        "User-agent: *\r\nDisallow: /*/1$",
        "User-agent: *\rDisallow: /",
        "User-agent: *\nSitemap: https://news.example/s.xml\nDisallow: /",
        "User-agent: * # all\nDisallow: / # nothing here",
        "User-agent: *\nDisallow: /politics\nAllow: /pol",
    ],
)
def test_a_rule_for_us_forbids(text: str) -> None:
    assert not allowed(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "User-agent: *\nDisallow:",
        "User-agent: Warraq\nAllow: /\n\nUser-agent: *\nDisallow: /",
        "User-agent: Warraqa\nDisallow: /",
        "User-agent: Googlebot\nDisallow: /\n",
        "Disallow: /",
        "<!DOCTYPE html><html><body>User-agent: *\nDisallow: /\n</body></html>",
        "User-agent: *\nDisallow: /politics\nAllow: /politics/1",
    ],
)
def test_no_rule_for_us_allows(text: str) -> None:
    assert allowed(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_hides_no_rule(encoding: str) -> None:
    assert not allowed("User-agent: *\nDisallow: /".encode(encoding))


def test_arabic_in_the_wrong_charset_spoils_no_other_line() -> None:
    text = "# ممنوع\nUser-agent: *\nDisallow: /خاص\nDisallow: /politics".encode("windows-1256")
    assert not allowed(text)


@given(st.binary(max_size=300))
def test_reading_never_raises(body: bytes) -> None:
    rules = parse_robots(b"User-agent: *\n" + body, "Warraq")
    rules.allows(PAGE)
    assert rules.delay_s is None or rules.delay_s >= 0


def test_what_comes_after_500_kib_is_not_read_and_no_rule_is_halved() -> None:
    head = b"User-agent: *\nDisallow: /private\n"
    last = b"\nDisallow: /politics-archive\nDisallow: /late\n"
    filler = b"#" * (MAX_BYTES - len(head) - len(b"\nDisallow: /politics"))
    rules = parse_robots(head + filler + last, "Warraq")
    assert not rules.allows("https://news.example/private")
    assert rules.allows(PAGE)
    assert rules.allows("https://news.example/late")


def test_thousands_of_agents_and_rules_cost_no_time() -> None:
    agents = "".join(f"User-agent: bot{number}\n" for number in range(13_000))
    rules = "".join(f"Disallow: /{number}/*a*b*c$\n" for number in range(10_000))
    began = time.perf_counter()
    assert not allowed(f"{agents}User-agent: *\n{rules}", "https://news.example/7/abc")
    assert time.perf_counter() - began < 5  # the parser alone takes minutes


def test_a_hostile_pattern_costs_no_time() -> None:
    began = time.perf_counter()
    assert allowed("User-agent: *\nDisallow: /" + "*a" * 5000 + "b\n", "https://news.example/" + "a" * 2000)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(("text", "delay"), [("5", 5.0), ("0.5", 0.5), ("86400", 86400.0), ("nan", None), ("-1", None)])
def test_crawl_delay_is_read(text: str, delay: float | None) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {text}".encode(), "Warraq").delay_s == delay


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
def test_what_a_robots_answer_means(name: str, verdicts: dict[str, tuple[Fate, list[str]]]) -> None:
    fate, paths = verdicts[name]
    if CASES[name][1]:
        assert fate.status == 200, fate
    else:
        assert (fate.error, fate.reason) == ("Forbidden", "robots"), fate
        assert "/" not in paths


def test_a_forbidden_page_is_told_from_an_unreadable_robots_txt() -> None:
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


def test_redirects_of_robots_txt_are_followed_five_times_but_not_into_a_private_port() -> None:
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


def test_crawl_delay_is_kept_between_requests_and_reported() -> None:
    answers = {"/robots.txt": robots("User-agent: *\nCrawl-delay: 0.7"), "/1": page("ok"), "/2": page("ok")}
    with Server(answers) as server:
        done = crawl([server.url("/1"), server.url("/2")], allow=[server.address])
    times = [exchange.at for exchange in server.exchanges]
    assert [later - earlier >= 0.65 for earlier, later in pairwise(times)] == [True, True]
    assert done.stats["warraq/crawl_delay_s"] == "0.7"


def test_an_absurd_crawl_delay_is_cut_and_said() -> None:
    with Server({"/robots.txt": robots("User-agent: *\nCrawl-delay: 86400")}) as server:
        done = crawl([server.url()], allow=[server.address], settings={"WARRAQ_MAX_CRAWL_DELAY_S": 0.4})
    assert done.stats["warraq/crawl_delay_s"] == "0.4"
    assert done.stats["warraq/crawl_delay_told_s"] == "86400.0"
    assert "Crawl-delay 86400 is cut to 0.4 s" in done.log


def test_an_operator_is_told_once_of_a_robots_txt_that_cannot_be_read(tmp_path: Path) -> None:
    with Server({"/robots.txt": page("", 503)}) as server:
        ran = warraq("crawl", server.url(), "--allow-host", "127.0.0.1", "--quiet", cwd=tmp_path)
    assert ran.code == 1
    assert (ran.out + ran.err).count("robots.txt could not be read (HTTP 503)") == 1
    assert ran.err == ""
