"""`warraq add` and `check`: a new site's file and test folder, which crawl at once, and a site tried live."""

import ast
import json
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.demo import DemoServer
from crawler.demo.newspaper import TIMEZONE
from crawler.extract import extract
from crawler.probe import scaffold
from crawler.probe.channel_check import ChannelCheck
from crawler.probe.probe_report import ProbeReport
from crawler.registry import declared_sites
from crawler.site import Site
from storage.records import Capture, article_json
from tests.support.hostile import Server, page, robots
from tests.support.newspapers.replay import Replay
from tests.support.running import ROOT, Ran, warraq

TODAY = date(2026, 11, 23)


def add(url: str, folder: Path, *arguments: str, **env: str) -> Ran:
    ran = warraq("add", url, "--folder", "outlets", "--json", *arguments, cwd=folder, **env)
    assert "Traceback" not in ran.err, ran.err
    return ran


def extract_stored(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is expected of a saved page, and what reading makes of it today."""
    record = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    site = Site(folder.name, record["url"])
    at = datetime.fromisoformat(record["fetched_at"])
    headers = (("Content-Type", record["content_type"] or "text/html"),)
    capture = Capture(record["url"], site.name, at, 200, headers, (folder / "page.html").read_bytes())
    article = extract(capture, site).article
    return record["article"], article_json(article)


@pytest.mark.slow
def test_the_sample_newspaper_is_added_and_crawls_at_once(server: DemoServer, tmp_path: Path):
    ran = add(f"{server.url}/", tmp_path, "--name", "marfa", "--allow-host", "127.0.0.1")
    assert ran.code == 0, ran.err
    file = tmp_path / "outlets/marfa.py"
    source = file.read_text(encoding="utf-8")
    assert len(source.splitlines()) < 15
    assert ast.get_docstring(ast.parse(source))
    assert subprocess.run(["ruff", "format", "--check", str(file)], cwd=ROOT, check=False, capture_output=True, env={"PATH": str(Path(sys.executable).parent)}).returncode == 0  # fmt: skip
    expected, read = extract_stored(tmp_path / "outlets/pages/marfa")
    assert {name: value for name, value in expected.items() if value != read[name]} == {}
    crawled = warraq(
        *("crawl", "marfa", "--json", "--max-articles", "5", "--allow-host", "127.0.0.1", "--delay", "0"),
        cwd=tmp_path,
        WARRAQ_SPIDERS="outlets",
    )
    assert (crawled.code, crawled.json["new"]) == (0, 5), crawled.err


@pytest.mark.slow
def test_a_real_wordpress_is_added_and_crawls_at_once(replay: Replay, tmp_path: Path):
    proxy = f"http://127.0.0.1:{replay.port}"
    ran = add("http://alrased.test/", tmp_path, http_proxy=proxy)
    assert ran.code == 0, ran.err
    assert ran.json["name"] == "alrased"
    source = (tmp_path / "outlets/alrased.py").read_text(encoding="utf-8")
    assert len(source.splitlines()) < 15
    assert "WordPressSpider" in source
    assert 'timezone="Asia/Riyadh"' in source
    crawled = warraq(
        *("crawl", "alrased", "--json", "--max-articles", "4", "--delay", "0"),
        cwd=tmp_path,
        WARRAQ_SPIDERS="outlets",
        http_proxy=proxy,
    )
    assert (crawled.code, crawled.json["new"]) == (0, 4), crawled.err


def test_nothing_is_overwritten_and_nothing_is_left_of_a_site_that_refuses(server: DemoServer, tmp_path: Path):
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets/marfa.py").write_text("mine = 1\n")
    ran = add(f"{server.url}/", tmp_path, "--name", "marfa", "--allow-host", "127.0.0.1")
    assert (ran.code, "already" in ran.err) == (2, True)
    assert (tmp_path / "outlets/marfa.py").read_text() == "mine = 1\n"
    wall = page("<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script>", 403)
    with Server({"/": wall, "/robots.txt": robots("")}) as walled:
        ran = add(walled.url(), tmp_path, "--name", "walled", "--allow-host", "127.0.0.1")
    assert (ran.code, "challenge" in ran.err) == (1, True)
    assert [path.name for path in (tmp_path / "outlets").iterdir()] == ["marfa.py"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["add", "hespress"], "no URL"),
        (["add", "http://127.0.0.1:9/", "--name", "Bad Name"], "a-z"),
        (["add", "http://127.0.0.1:9/", "--name", "hespress"], "already"),
        (["check", "no_such_site"], "no site is called"),
    ],
)
def test_a_wrong_call_is_told_what_was_wrong(arguments: list[str], message: str, tmp_path: Path):
    ran = warraq(*arguments, cwd=tmp_path)
    assert (ran.code, message in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.hespress.com/", "hespress"),
        ("https://ar.le360.ma/", "le360"),
        ("http://al-rased.test/", "alrased"),
        ("https://218tv.net/", "site_218tv"),
        ("http://127.0.0.1:81/", "site_127_0_0_1_81"),
        ("http://[::1]:81/", "site_1_81"),
        ("https://مثال.إختبار/", "xnmgbh0fb"),
    ],
)
def test_a_site_is_named_after_its_host(url: str, name: str):
    assert scaffold.name_for(url) == name
    assert Site(name, "https://example.com/")


@pytest.mark.parametrize("title", ['"""; import os', "\\", "a\u202eb\u2028c\0d", "'" * 400, 'عنوان "مقتبس" {x}', ""])
def test_no_title_breaks_out_of_the_file(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    knock = ChannelCheck("feed", "https://x.test/rss", 3)
    report = ProbeReport("https://x.test/", title=title, country="EG", timezone="Africa/Cairo", guessed_feed=knock.url)
    report.checks.append(knock)
    written = scaffold.write_site(report, name="x", folder=tmp_path, tests=tmp_path / "pages", today=TODAY)
    assert len(ast.parse(written.file.read_text(encoding="utf-8")).body) == 4  # docstring, two imports, class
    monkeypatch.setenv("WARRAQ_SPIDERS", str(tmp_path))
    site = declared_sites.declared().spiders["x"].site
    assert (site.home, site.feeds, site.timezone) == ("https://x.test", ("https://x.test/rss",), "Africa/Cairo")


# ---------------------------------------------------------------- check


def declare(folder: Path, url: str, more: str = "") -> None:
    (folder / "outlets").mkdir(exist_ok=True)
    (folder / "outlets/marfa.py").write_text(
        '"""The sample newspaper."""\n\nfrom crawler.platforms import MultiChannelSpider\nfrom crawler.site import Site\n\n\n'
        f'class Marfa(MultiChannelSpider):\n    site = Site("marfa", "{url}", timezone="{TIMEZONE}"{more})\n',
        encoding="utf-8",
    )


def check(folder: Path, *arguments: str) -> Ran:
    ran = warraq("check", "marfa", "--allow-host", "127.0.0.1", *arguments, cwd=folder, WARRAQ_SPIDERS="outlets")
    assert "Traceback" not in ran.err, ran.err
    return ran


@pytest.mark.slow
def test_a_site_that_works_is_told_channel_by_channel_and_field_by_field(server: DemoServer, tmp_path: Path):
    declare(tmp_path, server.url, ', feeds=("/feed/",), sitemaps=("/sitemap_index.xml",)')
    ran = check(tmp_path, "--json")
    assert ran.code == 0, ran.out
    (checked,) = ran.json["sites"]
    assert (checked["works"], checked["problems"]) == (True, [])
    assert {endpoint["channel"] for endpoint in checked["doors"] if endpoint["works"]} == {
        "feed",
        "sitemap",
        "categories",
    }
    assert (checked["fields"]["title"], checked["fields"]["text"], checked["fields"]["published_at"]) == (3, 3, 3)
    assert all(word in check(tmp_path).out for word in ("works", "title 3/3", "sitemap"))
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (', feeds=("/no-feed/",)', "no declared feed works (HTTP 404)"),
        (', feeds=("/",)', "answers, but with no feed"),
        (', sitemaps=("/robots.txt",)', "no sitemap"),
        (', categories=("/about/",)', "no declared category works"),
    ],
)
def test_a_declared_door_that_does_not_open_fails_the_check(
    server: DemoServer, tmp_path: Path, more: str, message: str
):
    declare(tmp_path, server.url, more)
    ran = check(tmp_path, "--json")
    assert ran.code == 1
    assert any(message in problem for problem in ran.json["sites"][0]["problems"]), ran.json


def test_a_site_that_does_not_answer_fails_the_check_and_stops_no_other(server: DemoServer, tmp_path: Path):
    declare(tmp_path, server.url)
    (tmp_path / "outlets/dead.py").write_text(
        "from crawler.platforms import MultiChannelSpider\nfrom crawler.site import Site\n\n\n"
        'class Dead(MultiChannelSpider):\n    site = Site("dead", "http://127.0.0.1:9/")\n'
    )
    ran = check(tmp_path, "dead", "--json")
    assert ran.code == 1
    assert [each["works"] for each in ran.json["sites"]] == [True, False]


# ---------------------------------------------------------------- what `add` saves in a checkout


def test_every_saved_page_is_read_as_expected():
    for path in sorted((ROOT / "tests/sites").glob("*/expected.json")):
        expected, read = extract_stored(path.parent)
        assert {**read, "site": path.parent.name} == expected, path
