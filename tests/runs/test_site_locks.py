"""A site's lock lasts as long as its own crawl: what one command has not begun, or has done, is free to another."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import Server, hang
from tests.support.newspapers.small_site import GOOD
from tests.support.running import Ran, start, warraq

SITE = """from crawler.platforms import CategorySpider
from crawler.site import Site


class Spider(CategorySpider):
    site = Site({name!r}, {url!r}, delay_s=0.0)
"""


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Two sites, "first", of which a page hangs, and "second"; their site files are in the folder "spiders"."""
    with Server(GOOD | {"/n/1/": hang}) as first, Server(dict(GOOD)) as second:
        (tmp_path / "spiders").mkdir()
        for name, server in (("first", first), ("second", second)):
            (tmp_path / f"spiders/{name}.py").write_text(SITE.format(name=name, url=server.url()))
        yield first, second


def crawl(folder: Path, *arguments: str) -> Ran:
    env = {"WARRAQ_SPIDERS": str(folder / "spiders")}
    return warraq("crawl", *arguments, "--allow-host", "127.0.0.1", "--json", cwd=folder, timeout=25, **env)


@contextmanager
def crawling(folder: Path, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    """A crawl that runs beside the block, and is killed after it."""
    env = {"WARRAQ_SPIDERS": str(folder / "spiders")}
    process = start("crawl", *arguments, "--allow-host", "127.0.0.1", "--json", "--quiet", cwd=folder, **env)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(condition: Any, what: str) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until, what
        time.sleep(0.05)


def ended(folder: Path, site: str) -> bool:
    return any(
        run["site"] == site and run["status"] == "done" for run in warraq("runs", "--json", cwd=folder).json or ()
    )


def statuses(ran: Ran) -> dict[str, str]:
    return {each["site"]: each["status"] for each in ran.json["sites"]}


@pytest.mark.slow
def test_a_site_that_hangs_keeps_no_other_site_from_the_next_crawl(tmp_path: Path, servers: tuple[Server, Server]):
    first, second = servers
    with crawling(tmp_path, "first", "second") as process:
        wait_for(lambda: first.hits("/n/1/"), "the first site was never asked")
        wait_for(lambda: (tmp_path / "archive/warraq.db").is_file() and ended(tmp_path, "second"), "no end")
        before = len(second.exchanges)
        ran = crawl(tmp_path, "first", "second")
        assert ran.code == 0, ran.err
        assert statuses(ran) == {"first": "skipped", "second": "done"}
        assert str(process.pid) in ran.json["sites"][0]["message"]
        assert len(second.exchanges) > before


@pytest.mark.slow
def test_a_site_that_waits_for_its_turn_is_free_and_is_not_crawled_again_then(
    tmp_path: Path, servers: tuple[Server, Server]
):
    first, second = servers
    with crawling(tmp_path, "first", "second", "--at-once", "1") as process:
        wait_for(lambda: first.hits("/n/1/"), "the first site was never asked")
        ran = crawl(tmp_path, "second")
        assert (ran.code, ran.json["new"]) == (0, 4), ran.err
        asked = len(second.exchanges)
        first.answers |= GOOD
        for exchange in first.hits("/n/1/"):
            exchange.connection.close()
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        states = statuses(Ran(0, out, err))
        assert states["second"] == "skipped"
        assert "meanwhile" in out
        assert len(second.exchanges) == asked


@pytest.mark.slow
def test_a_crawl_beside_a_stopped_one_of_the_same_site_ends_at_once_with_3(
    tmp_path: Path, servers: tuple[Server, Server]
):
    first, _second = servers
    with crawling(tmp_path, "first") as process:
        wait_for(lambda: first.hits("/n/1/"), "the site was never asked")
        os.kill(process.pid, signal.SIGSTOP)
        # As a process that is stopped amid a transaction holds the archive; it may have been stopped in one.
        with sqlite3.connect(tmp_path / "archive/warraq.db", isolation_level=None, timeout=1) as held:
            with contextlib.suppress(sqlite3.OperationalError):
                held.execute("begin immediate")
            began = time.monotonic()
            ran = crawl(tmp_path, "first")
        assert ran.code == 3, ran.err
        assert str(process.pid) in ran.json["sites"][0]["message"]
        assert time.monotonic() - began < 20, "it waits for nothing"


@pytest.mark.slow
def test_two_crawls_of_all_sites_at_once_crawl_each_site_once(tmp_path: Path, servers: tuple[Server, Server]):
    first, second = servers
    first.answers |= GOOD
    env = {"WARRAQ_SPIDERS": str(tmp_path / "spiders")}
    arguments = ("crawl", "first", "second", "--at-once", "1", "--allow-host", "127.0.0.1", "--json", "--quiet")
    both = [start(*arguments, cwd=tmp_path, **env) for _ in range(2)]
    outputs = [process.communicate(timeout=60) for process in both]
    assert [process.returncode in (0, 3) for process in both] == [True, True], outputs
    assert len(first.hits("/")) == len(second.hits("/")) == 1
