"""Crawls that are stopped, killed, or started beside another."""

import json
import os
import signal
import sqlite3
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.demo import DemoServer
from tests.support.rooms.crawls import check, crawl, declare, exported
from tests.support.running import start, warraq


@pytest.fixture
def site(tmp_path: Path, server: DemoServer) -> Path:
    return declare(tmp_path / "private", server)


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


def test_the_wal_database_is_whole_after_a_kill(site: Path, server: DemoServer):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    _wait_for(server, 20)
    process.kill()
    process.communicate()
    with sqlite3.connect(site.parent / "archive" / "warraq.db") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
