"""Real crawls of the sample newspaper over real HTTP, from the command line to the archive."""

import shutil
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from crawler.demo import DemoServer
from crawler.demo.newspaper import TIMEZONE
from tests.support.rooms.crawls import check, crawl, declare, exported, serving
from tests.support.running import Ran, warraq


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


@pytest.mark.slow
def test_max_articles_bounds_a_run_and_the_next_one_takes_the_rest(site: Path, server: DemoServer):
    assert crawl(site, "--max-articles", "7").json["new"] <= 7
    assert 0 < len(exported(site)) <= 7
    crawl(site)
    assert len(exported(site)) == len(server.newspaper.articles())


@pytest.mark.slow
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


@pytest.mark.slow
def test_both_engines_archive_the_same(first: FirstCrawl, tmp_path: Path, bare_postgres_url: str):
    site = first.continued(tmp_path)
    crawl(site, "--db", bare_postgres_url, "--archive", "other")
    mine = exported(site)
    theirs = exported(site, "--db", bare_postgres_url, "--archive", "other")
    volatile = {"id", "first_seen_at", "last_seen_at"}
    relative = {record["url"] for record in mine if (record["published_raw"] or "").startswith("منذ")}

    def stable(records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
        # The profile is learned while pages come, whose order differs from run to run; its digest follows the extractor.
        for each in records:
            each["extractor"] = each["extractor"].rsplit(maxsplit=1)[0]
        return {
            r["url"]: {k: v for k, v in r.items() if k not in volatile} for r in records if r["url"] not in relative
        }

    assert stable(mine) == stable(theirs)


def test_a_dead_port_is_free() -> None:
    """What the tests above rely on: nothing listens on the discard port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        assert probe.connect_ex(("127.0.0.1", 9)) != 0
