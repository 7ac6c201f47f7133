"""Signals, and two crawls from one state: F4 to F8, F42, F43."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import Server, hang
from tests.support.newspapers.small_site import GOOD
from tests.support.rooms.crawls import crawl, declare, exported, serving
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


def children(process: int) -> list[int]:
    """The processes below this one, the nearest first."""
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = {int(own): int(parent) for own, parent in (line.split() for line in found.splitlines())}
    below: list[int] = []
    for above in [process, *below]:
        below += [own for own, parent in parents.items() if parent == above and own not in below]
    return below


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
    until = time.monotonic() + 60
    while not list((tmp_path / "second/warc").glob("*.warc.gz")):
        assert time.monotonic() < until, "the import did not get going"
        time.sleep(0.005)
    if killed == "a worker":
        victims = [own for own in children(process.pid) if _is_worker(own)]
        assert victims, "there is a process that reads pages"
        os.kill(victims[-1], signal.SIGKILL)
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


def _is_worker(process: int) -> bool:
    try:
        command = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
    return b"resource_tracker" not in command
