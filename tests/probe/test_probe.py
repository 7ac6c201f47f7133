"""`warraq probe`: what a first look finds, on the sample newspaper, on a real WordPress, and where nothing is found."""

from pathlib import Path

import pytest

from crawler.demo import DemoServer
from tests.support.hostile import Server, page, robots
from tests.support.newspapers.replay import Replay
from tests.support.running import Ran, warraq


def probe(url: str, folder: Path, *arguments: str, **env: str) -> Ran:
    ran = warraq("probe", url, *arguments, cwd=folder, **env)
    assert "Traceback" not in ran.err, ran.err
    return ran


def test_the_sample_newspaper_is_known_after_a_dozen_requests(server: DemoServer, tmp_path: Path):
    ran = probe(f"{server.url}/", tmp_path, "--allow-host", "127.0.0.1", "--json")
    assert ran.code == 0, ran.err
    report = ran.json
    assert (report["theme"], report["refusal"], len(report["categories"])) == ("jannah", None, 6)
    works = {endpoint["channel"]: endpoint["works"] for endpoint in report["doors"]}
    assert works == {"rest": False, "feed": True, "sitemap": True, "categories": True}
    assert [bool(each["title"] and each["published_at"] and each["words"]) for each in report["articles"]] == [True] * 3
    assert len(server.requests) <= 15
    assert not list(tmp_path.iterdir()), "nothing is kept"


def test_people_are_shown_the_doors_and_the_articles(server: DemoServer, tmp_path: Path):
    out = probe(f"{server.url}/", tmp_path, "--allow-host", "127.0.0.1").out
    assert all(word in out for word in ("jannah", "sitemap", "/feed/", "headline:", "published:", "words"))


def test_a_real_wordpress_opens_its_api_feed_sitemap_and_categories(replay: Replay, tmp_path: Path):
    ran = probe("http://alrased.test/", tmp_path, "--json", http_proxy=f"http://127.0.0.1:{replay.port}")
    assert ran.code == 0, ran.err
    report = ran.json
    working = {endpoint["channel"]: endpoint for endpoint in report["doors"] if endpoint["works"]}
    assert working.keys() == {"rest", "feed", "sitemap", "categories"}
    assert working["rest"]["total"] == working["sitemap"]["found"] == 241
    assert (report["country"], report["timezone"]) == ("SA", "Asia/Riyadh")
    assert all(article["authors"] and article["section"] for article in report["articles"])
    assert len(replay.requests()) <= 16


def test_a_site_behind_a_challenge_is_named_so_and_left_in_peace(tmp_path: Path):
    wall = page("<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>", 403)
    with Server({"/": wall, "/robots.txt": robots("")}) as server:
        ran = probe(server.url(), tmp_path, "--allow-host", "127.0.0.1", "--json")
    assert ran.code == 1
    assert ran.json["refusal"] == "challenge"
    assert server.paths() == ["/robots.txt", "/"]


def test_what_robots_forbid_is_not_asked_for(tmp_path: Path):
    with Server({"/": page("<html>"), "/robots.txt": robots("User-agent: *\nDisallow: /")}) as server:
        ran = probe(server.url(), tmp_path, "--allow-host", "127.0.0.1")
    assert ran.code == 1
    assert "robots.txt forbids it" in ran.err
    assert server.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><body>" + "<a href='/x'>" * 5_000, "text/html"),
        ("\0\1\2" * 1000, "application/octet-stream"),
        ('<link rel="https://api.w.org/" href="javascript:x"><link rel=alternate type=application/rss+xml href="//[">', "text/html"),
        ("<html><link rel=alternate type=application/rss+xml href='/endless'><nav><a href='http://[::1'>قسم</a></nav>", "text/html"),
    ],
)  # fmt: skip
def test_a_hostile_home_page_ends_in_an_answer(body: str, kind: str, tmp_path: Path):
    bomb = page('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa">]><rss>&a;</rss>', Content_Type="text/xml")
    answers = {
        "/": page(body, Content_Type=kind),
        "/robots.txt": robots("Sitemap: http://[\nSitemap: /s.xml"),
        "/endless": bomb,
    }
    with Server(answers) as server:
        ran = probe(server.url(), tmp_path, "--allow-host", "127.0.0.1", "--json")
    assert ran.code == 1
    assert not any(endpoint["works"] for endpoint in ran.json["doors"])


@pytest.mark.parametrize("target", ["hespress", "ftp://x.test/", "http://", "http://127.0.0.1:9/"])
def test_a_wrong_or_private_address_is_told_so(target: str, tmp_path: Path):
    ran = probe(target, tmp_path)
    assert ran.code in (1, 2)
    assert ran.err.startswith("warraq: ")
    assert len(ran.err.splitlines()) <= 2
