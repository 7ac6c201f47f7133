"""crawler.http.robots: RFC 9309. Crawls that meet such files: tests/faults/test_refusals.py."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.robots import MAX_BYTES, parse_robots
from tests.support.hostile import Server, page
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
    assert MAX_BYTES == 500 * 1024, "RFC 9309, 2.5"


def test_sitemaps_are_those_of_any_group_once_in_order_and_a_hundred_at_most() -> None:
    lines = ["Sitemap: https://news.example/b.xml # news", "site-map:/a.xml", "Sitemap: b.xml"]
    named = [f"Sitemap: https://news.example/{number}.xml" for number in range(99)]
    text = "\n".join(["User-agent: other", "Disallow: /", *lines, *lines, *named])
    sitemaps = parse_robots(text.encode(), "Warraq").sitemaps
    assert sitemaps[:3] == ("https://news.example/b.xml", "/a.xml", "https://news.example/0.xml")
    assert (len(sitemaps), sitemaps[-1]) == (100, "https://news.example/97.xml")


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


@pytest.mark.slow
def test_an_operator_is_told_once_of_a_robots_txt_that_cannot_be_read(tmp_path: Path) -> None:
    with Server({"/robots.txt": page("", 503)}) as server:
        ran = warraq("crawl", server.url(), "--allow-host", "127.0.0.1", "--quiet", cwd=tmp_path)
    assert ran.code == 1
    assert (ran.out + ran.err).count("robots.txt could not be read (HTTP 503)") == 1
    assert ran.err == ""
