"""Crawls that are killed, stopped, or started beside another: F1, F4 to F8, F42, F43."""

import json
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.demo import DemoServer
from tests.support.faults.processes import kill, workers
from tests.support.hostile import Server, hang
from tests.support.newspapers.small_site import GOOD
from tests.support.rooms.crawls import check, crawl, declare, exported, serving
from tests.support.running import start, warraq

OPTIONS = ("--delay", "0", "--allow-host", "127.0.0.1")


def wait_for(server: Server, path: str) -> None:
    until = time.monotonic() + 60
    while not server.hits(path):
        assert time.monotonic() < until, f"{path} was never asked for"
        time.sleep(0.01)


def verified(folder: Path) -> None:
    ran = warraq("verify", "--json", cwd=folder)
    assert (ran.code, ran.json["wrong"]) == (0, {}), ran.out


@pytest.mark.slow
def test_f5_a_first_signal_says_what_a_second_one_does_and_that_one_stops_at_once(tmp_path: Path) -> None:
    with Server(GOOD | {"/n/1/": hang, "/n/3/": hang}) as server:
        process = start("crawl", server.url(), *OPTIONS, "--json", cwd=tmp_path)
        wait_for(server, "/n/1/")
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert "interrupt once more" in process.stderr.readline()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=50)
        assert time.monotonic() - began < 40
        assert (process.returncode, "Traceback" in err) == (4, False), err
        assert json.loads(out)["sites"][0]["status"] == "interrupted"
        assert [run["status"] for run in warraq("runs", "--json", cwd=tmp_path).json] == ["interrupted"]
        verified(tmp_path)
        server.answers |= GOOD
        assert warraq("crawl", server.url(), *OPTIONS, cwd=tmp_path).code == 0
    assert len(warraq("export", "-", cwd=tmp_path).out.splitlines()) == 4
    verified(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_f6_two_crawls_that_go_on_from_one_state_end_the_same(tmp_path: Path, sent: signal.Signals) -> None:
    with serving() as server:
        site = declare(tmp_path / "private", server)
        process = start("crawl", "marfa", "--allow-host", "127.0.0.1", cwd=tmp_path, WARRAQ_SPIDERS=str(site))
        until = time.monotonic() + 60
        while len(server.requests) < 25:
            assert time.monotonic() < until, "the crawl did not get going"
            time.sleep(0.01)
        process.send_signal(sent)
        process.communicate(timeout=60)
        shutil.copytree(tmp_path / "archive", tmp_path / "copy")
        ends = []
        for archive in ("archive", "copy"):
            assert crawl(site, "--archive", archive).code == 0
            ends.append(stated(exported(site, "--archive", archive)))
        assert len(ends[0]) == len(list(server.newspaper.articles()))
        assert ends[0] == ends[1]
        assert crawl(site, "--archive", "copy").json["sites"][0]["new"] == 0


def stated(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What an export says of each article, but for its number and the times of the crawls."""
    volatile = {"id", "first_seen_at", "last_seen_at", "extractor"}
    kept = [{name: value for name, value in record.items() if name not in volatile} for record in records]
    for record in kept:
        if (record["published_raw"] or "").startswith("منذ"):  # counted from the moment of the crawl
            record["published_at"] = None
    return sorted(kept, key=lambda record: str(record["url"]))


@pytest.mark.slow
@pytest.mark.parametrize("killed", ["a worker", "the import"])
def test_f42_an_import_whose_process_is_killed_ends_and_the_next_makes_it_whole(tmp_path: Path, killed: str) -> None:
    with serving() as server:
        site = declare(tmp_path / "private", server)
        assert crawl(site).code == 0
    expected = {record["url"] for record in exported(site)}
    files = [str(path) for path in (tmp_path / "archive/warc").iterdir()]
    command = ("import", *files, "--archive", "second")
    process = start(*command, cwd=tmp_path, WARRAQ_SPIDERS=str(site))
    until = time.monotonic() + 240
    while not list((tmp_path / "second/warc").glob("*.warc.gz")):
        assert time.monotonic() < until, "the import did not get going"
        time.sleep(0.005)
    if killed == "a worker":
        kill(list(workers(process.pid))[:1])
    else:
        process.kill()
    _, err = process.communicate(timeout=100)
    assert "Traceback" not in err, err
    again = warraq(*command, cwd=tmp_path, WARRAQ_SPIDERS=str(site))
    assert again.code in (0, 1), again.err
    records = exported(site, "--archive", "second")
    assert len({record["url"] for record in records}) == len(records), "none twice"
    assert {record["url"] for record in records} == expected
    ran = warraq("verify", "--json", "--archive", "second", cwd=tmp_path)
    assert (ran.code, ran.json["wrong"]) == (0, {}), ran.out


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with serving() as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, server: DemoServer) -> Path:
    return declare(tmp_path / "private", server)


def wait_for_requests(server: DemoServer, requests: int) -> None:
    until = time.monotonic() + 60
    while len(server.requests) < requests:
        assert time.monotonic() < until, "the crawl did not get going"
        time.sleep(0.01)


@pytest.mark.parametrize("sent", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.slow)])
@pytest.mark.slow
def test_f4_a_stopped_crawl_finishes_its_pages_and_the_next_goes_on(
    site: Path, server: DemoServer, sent: signal.Signals
):
    arguments = ("crawl", "marfa", "--allow-host", "127.0.0.1", "--json", "--quiet")
    process = start(*arguments, cwd=site.parent, WARRAQ_SPIDERS=str(site))
    wait_for_requests(server, 25)
    process.send_signal(sent)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 4, err
    stopped = json.loads(out)["sites"][0]
    assert stopped["status"] == "interrupted"
    asked_for = {t for _m, t, status in server.requests if status == 200}
    kept = {urlsplit(record["url"]).path for record in exported(site)}
    gold = {article.path for article in server.newspaper.articles()}
    verified(site.parent)
    assert kept == asked_for & gold, "every article page that answered is in the archive"
    assert 0 < len(kept) < len(gold)
    before = len(server.requests)
    ran = crawl(site)
    assert ran.code == 0
    assert {urlsplit(record["url"]).path for record in exported(site)} == gold
    assert not kept & {t for _m, t, _s in server.requests[before:]}, "nothing is fetched twice"


@pytest.mark.parametrize("after", [30, *(pytest.param(after, marks=pytest.mark.slow) for after in (12, 45))])
@pytest.mark.slow
def test_f1_a_killed_crawl_loses_no_committed_article_and_the_next_ends_the_same(
    site: Path, server: DemoServer, after: int
):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    wait_for_requests(server, after)
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


@pytest.mark.slow
def test_f7_f8_a_second_crawl_of_the_same_site_does_nothing_and_exits_with_3(site: Path, server: DemoServer):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", "--quiet", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    wait_for_requests(server, 3)
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


@pytest.mark.slow
def test_f43_a_crawl_opens_no_listening_socket(site: Path, server: DemoServer):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", "--quiet", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    wait_for_requests(server, 10)
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


@pytest.mark.slow
def test_f1_the_wal_database_is_whole_after_a_kill(site: Path, server: DemoServer):
    process = start("crawl", "marfa", "--allow-host", "127.0.0.1", cwd=site.parent, WARRAQ_SPIDERS=str(site))
    wait_for_requests(server, 20)
    process.kill()
    process.communicate()
    with sqlite3.connect(site.parent / "archive" / "warraq.db") as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
