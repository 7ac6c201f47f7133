"""Real crawls of the sample newspaper over real HTTP, from the command line to the archive."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawler.demo import DemoServer, Newspaper, SampleArticle, serve
from crawler.demo.newspaper import TIMEZONE
from storage.records import date_json
from tests.support.running import Ran, start, warraq


def now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def serving() -> Iterator[DemoServer]:
    moment = now()
    with serve(Newspaper(moment.astimezone(ZoneInfo(TIMEZONE)).date(), now=moment)) as running:
        yield running


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with serving() as running:
        yield running


def declare(folder: Path, server: DemoServer) -> Path:
    """A private folder that declares the newspaper as "marfa"."""
    folder.mkdir()
    (folder / "marfa.py").write_text(
        '"""The sample newspaper."""\n\nfrom crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n'
        f'class Marfa(CategorySpider):\n    site = Site("marfa", "{server.url}", timezone="{TIMEZONE}", delay_s=0.0)\n',
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def site(tmp_path: Path, server: DemoServer) -> Path:
    return declare(tmp_path / "private", server)


@dataclass(frozen=True)
class FirstCrawl:
    """A whole crawl into a new archive, made once for the tests that look at what came of it, or that go on from it."""

    site: Path
    server: DemoServer
    ran: Ran
    requests: tuple[tuple[str, str, int], ...]

    def continued(self, tmp_path: Path) -> Path:
        """A copy of the archive and the declaration, for a test that crawls once more."""
        return Path(shutil.copytree(self.site.parent, tmp_path / "continued")) / self.site.name


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirstCrawl]:
    with serving() as server:
        site = declare(tmp_path_factory.mktemp("first") / "private", server)
        ran = crawl(site)
        yield FirstCrawl(site, server, ran, tuple(server.requests))


def crawl(site: Path, *arguments: str, target: str = "marfa") -> Ran:
    ran = warraq(
        *("crawl", target, "--allow-host", "127.0.0.1", "--json", *arguments),
        cwd=site.parent,
        WARRAQ_SPIDERS=str(site),
    )
    assert "Traceback" not in ran.err, ran.err
    return ran


def exported(site: Path, *arguments: str) -> list[dict[str, Any]]:
    ran = warraq("export", "-", *arguments, cwd=site.parent)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def check(record: dict[str, Any], gold: SampleArticle) -> None:
    assert record["title"] == gold.title
    assert record["text"].split("\n\n") == list(gold.paragraphs)
    assert record["subtitle"] == gold.subtitle
    assert record["authors"] == list(gold.authors)
    assert record["categories"] == list(gold.categories)
    assert record["tags"] == list(gold.tags)
    assert record["agency"] == gold.agency
    if gold.source == "visible" and gold.precision != "day":  # "three hours ago" counts from the fetch
        seen = datetime.fromisoformat(record["published_at"])
        assert abs(seen - gold.published) < timedelta(minutes=5)
    else:
        assert record["published_at"] == date_json(gold.published, gold.precision)
        assert record["published_precision"] == gold.precision


def test_a_crawl_archives_every_article_once_and_right(first: FirstCrawl):
    ran = first.ran
    gold = {article.path: article for article in first.server.newspaper.articles()}
    assert ran.code == 0, ran.err
    assert ran.json["new"] == len(gold)
    records = {urlsplit(record["url"]).path: record for record in exported(first.site)}
    assert records.keys() == gold.keys()
    for path, article in gold.items():
        check(records[path], article)


def test_what_must_not_be_archived_is_counted_by_reason(first: FirstCrawl):
    reasons = first.ran.json["not_articles"]
    withheld = Counter(reason.value for reason in first.server.newspaper.withheld().values() if reason)
    assert {name: reasons.get(name) for name in withheld} == dict(withheld)


def test_no_page_is_asked_for_that_robots_forbid_or_no_listing_lists(first: FirstCrawl):
    asked = {target for _method, target, _status in first.requests}
    assert "/robots.txt" in asked
    hidden = [
        path
        for path, reason in first.server.newspaper.withheld().items()
        if reason is None or path.startswith("/private/")
    ]
    assert hidden
    assert not asked & set(hidden)


def test_every_page_is_asked_for_once(first: FirstCrawl):
    counts = Counter(target for _method, target, status in first.requests if status != 301)
    assert {target: n for target, n in counts.items() if n > 1} == {}


def test_a_second_crawl_finds_nothing_new_and_asks_for_listings_alone(first: FirstCrawl, tmp_path: Path):
    before = len(first.server.requests)
    ran = crawl(first.continued(tmp_path))
    assert (ran.json["new"], ran.json["changed"], ran.code) == (0, 0, 0)
    again = [target for _method, target, _status in first.server.requests[before:]]
    assert len(again) <= 8  # robots.txt, the home page, six categories
    assert not {article.path for article in first.server.newspaper.articles()} & set(again)


def test_a_stopped_crawl_finishes_its_pages_and_the_next_goes_on(site: Path, server: DemoServer):
    arguments = ("crawl", "marfa", "--allow-host", "127.0.0.1", "--json", "--quiet")
    process = start(*arguments, cwd=site.parent, WARRAQ_SPIDERS=str(site))
    _wait_for(server, 25)
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 4, err
    stopped = json.loads(out)["sites"][0]
    assert stopped["status"] == "interrupted"
    asked_for = {t for _m, t, status in server.requests if status == 200}
    kept = {urlsplit(record["url"]).path for record in exported(site)}
    gold = {article.path for article in server.newspaper.articles()}
    assert kept == asked_for & gold, "every article page that answered is in the archive"
    assert 0 < len(kept) < len(gold)
    before = len(server.requests)
    ran = crawl(site)
    assert ran.code == 0
    assert {urlsplit(record["url"]).path for record in exported(site)} == gold
    assert not kept & {t for _m, t, _s in server.requests[before:]}, "nothing is fetched twice"


@pytest.mark.parametrize("after", [30, *(pytest.param(after, marks=pytest.mark.slow) for after in (12, 45))])
def test_a_killed_crawl_loses_no_committed_article_and_the_next_ends_the_same(
    site: Path, server: DemoServer, after: int
):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    _wait_for(server, after)
    process.kill()
    process.communicate()
    committed = {record["url"] for record in exported(site)}
    ran = crawl(site)
    assert ran.code == 0
    records = exported(site)
    gold = {article.path: article for article in server.newspaper.articles()}
    assert committed <= {record["url"] for record in records}
    assert sorted(urlsplit(record["url"]).path for record in records) == sorted(gold)
    for record in records:
        check(record, gold[urlsplit(record["url"]).path])
    killed = json.loads(warraq("runs", "--json", cwd=site.parent).out)[-1]
    assert (killed["status"], killed["message"]) == ("failed", "killed")


def _wait_for(server: DemoServer, requests: int) -> None:
    until = time.monotonic() + 60
    while len(server.requests) < requests:
        assert time.monotonic() < until, "the crawl did not get going"
        time.sleep(0.01)


def test_a_second_crawl_of_the_same_site_does_nothing_and_exits_with_3(site: Path, server: DemoServer):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", "--quiet", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    _wait_for(server, 3)
    os.kill(process.pid, signal.SIGSTOP)
    try:
        time.sleep(0.3)
        before = len(server.requests)
        ran = crawl(site)
        assert ran.code == 3
        assert str(process.pid) in ran.json["sites"][0]["message"]
        assert len(server.requests) == before
    finally:
        os.kill(process.pid, signal.SIGCONT)
        process.communicate(timeout=60)
    assert process.returncode == 0


def test_max_articles_bounds_a_run_and_the_next_one_takes_the_rest(site: Path, server: DemoServer):
    assert crawl(site, "--max-articles", "7").json["new"] <= 7
    assert 0 < len(exported(site)) <= 7
    crawl(site)
    assert len(exported(site)) == len(server.newspaper.articles())


def test_since_goes_no_further_back(site: Path, server: DemoServer):
    day: date = server.newspaper.today - timedelta(days=5)
    ran = crawl(site, "--since", day.isoformat())
    assert ran.code == 0
    paths = {urlsplit(record["url"]).path for record in exported(site)}
    recent = {a.path for a in server.newspaper.articles() if a.published.astimezone(ZoneInfo(TIMEZONE)).date() >= day}
    assert recent <= paths
    assert len(paths) < len(server.newspaper.articles())


def test_full_walks_every_listing_and_fetches_no_article_again(first: FirstCrawl, tmp_path: Path):
    listings = {t for _m, t, _s in first.requests if "/page/" in t}
    before = len(first.server.requests)
    ran = crawl(first.continued(tmp_path), "--full")
    assert ran.json["new"] == 0
    again = {t for _m, t, _s in first.server.requests[before:]}
    assert listings <= again
    assert not again & {article.path for article in first.server.newspaper.articles()}


def test_a_category_url_of_an_undeclared_site_is_crawled_alone(first: FirstCrawl, tmp_path: Path):
    listing = next(t for _m, t, _s in first.requests if t.startswith("/category/") and "/page/" not in t)
    target = first.server.url + listing
    ran = warraq("crawl", target, "--allow-host", "127.0.0.1", "--delay", "0", "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert 0 < ran.json["new"] < len(first.server.newspaper.articles())


def test_a_crawl_opens_no_listening_socket(site: Path, server: DemoServer):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", "--quiet", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    _wait_for(server, 10)
    inodes = set()
    for entry in Path(f"/proc/{process.pid}/fd").iterdir():
        try:
            link = str(entry.readlink())
        except OSError:
            continue
        if link.startswith("socket:["):
            inodes.add(link[8:-1])
    listening = [
        line.split()[1]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and line.split()[9] in inodes
    ]
    process.communicate(timeout=60)
    assert listening == []


def test_both_engines_archive_the_same(first: FirstCrawl, tmp_path: Path, postgres_url: str):
    site = first.continued(tmp_path)
    crawl(site, "--db", postgres_url, "--archive", "other")
    mine = exported(site)
    theirs = exported(site, "--db", postgres_url, "--archive", "other")
    volatile = {"id", "first_seen_at", "last_seen_at"}
    relative = {record["url"] for record in mine if (record["published_raw"] or "").startswith("منذ")}

    def stable(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {
            r["url"]: {k: v for k, v in r.items() if k not in volatile} for r in records if r["url"] not in relative
        }

    assert stable(mine) == stable(theirs)


def test_the_wal_database_is_whole_after_a_kill(site: Path, server: DemoServer):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    _wait_for(server, 20)
    process.kill()
    process.communicate()
    with sqlite3.connect(site.parent / "archive" / "warraq.db") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)


def test_a_dead_port_is_free() -> None:
    """What the tests above rely on: nothing listens on the discard port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        assert probe.connect_ex(("127.0.0.1", 9)) != 0
