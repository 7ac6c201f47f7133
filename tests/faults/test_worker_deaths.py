"""Worker processes that are killed, alone or with all others: every command ends, says the same, and leaves no process."""

import json
import random
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.demo import DemoServer
from tests.support.faults.processes import descendants, kill, left, wait_for_workers, workers
from tests.support.faults.random_kills import Crawl, compare, disturb
from tests.support.rooms.crawls import crawl, declare, exported, serving
from tests.support.running import start, warraq

CRAWL = ("crawl", "marfa", "--allow-host", "127.0.0.1", "--quiet", "--delay", "0.02")


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def crawled(server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archive of an undisturbed crawl."""
    folder = tmp_path_factory.mktemp("crawled")
    assert crawl(declare(folder / "private", server)).code == 0
    return folder


def begin(*arguments: str, cwd: Path) -> "subprocess.Popen[str]":
    return start(*arguments, cwd=cwd, WARRAQ_SPIDERS=str(cwd / "private"))


def ended(process: "subprocess.Popen[str]", below: set[int]) -> str:
    """What the command printed as errors, once it and every process of it have ended."""
    below |= descendants(process.pid)
    _, err = process.communicate(timeout=120)
    assert left(below) == set()
    assert "Traceback" not in err, err
    return err


def by_url(folder: Path) -> dict[str, Any]:
    return {record["url"]: (record["title"], record["text"]) for record in exported(folder / "private")}


DEATHS: dict[str, Callable[[int], set[int]]] = {"workers": workers, "everything below": descendants}


@pytest.mark.parametrize("killed", ["everything below", pytest.param("workers", marks=pytest.mark.slow)])
@pytest.mark.slow
def test_f41_a_crawl_whose_worker_processes_are_killed_brings_the_same_articles(
    killed: str, tmp_path: Path, server: DemoServer, crawled: Path
) -> None:
    declare(tmp_path / "private", server)
    process = begin(*CRAWL, cwd=tmp_path)
    wait_for_workers(process.pid)
    below = descendants(process.pid)
    kill(DEATHS[killed](process.pid))
    assert ended(process, below) == ""
    assert process.returncode == 0
    assert by_url(tmp_path) == by_url(crawled)
    assert warraq("verify", "--json", cwd=tmp_path).json["left"] == {}


@pytest.mark.slow
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("times", [1, 2])
def test_f41_a_crawl_without_its_worker_processes_can_be_interrupted(
    sent: signal.Signals, times: int, tmp_path: Path, server: DemoServer
) -> None:
    declare(tmp_path / "private", server)
    process = begin(*CRAWL, cwd=tmp_path)
    wait_for_workers(process.pid)
    below = descendants(process.pid)
    kill(below)
    for _ in range(times):
        process.send_signal(sent)
    ended(process, below)
    assert process.returncode == 4


@pytest.mark.slow
def test_f1_the_processes_of_a_killed_crawl_end_by_themselves(tmp_path: Path, server: DemoServer) -> None:
    declare(tmp_path / "private", server)
    process = begin(*CRAWL, cwd=tmp_path)
    wait_for_workers(process.pid)
    below = descendants(process.pid)
    process.kill()
    ended(process, below)
    assert crawl(tmp_path / "private").code == 0


COMMANDS = {
    "reextract": ("reextract", "--yes"),
    "import": ("import", "{warc}"),
    "rebuild": ("repair", "--rebuild"),
}


@pytest.mark.slow
@pytest.mark.parametrize("killed", ["workers", "everything below", "main", "main and below", "interrupted"])
@pytest.mark.parametrize("command", COMMANDS)
def test_f42_work_on_an_archive_ends_though_its_worker_processes_are_killed(
    command: str, killed: str, tmp_path: Path, crawled: Path
) -> None:
    """Killed itself, or interrupted, the command ends with all its processes, and the next one does all of the work."""
    shutil.copytree(crawled, tmp_path, dirs_exist_ok=True)
    if command == "import":
        (tmp_path / "archive").rename(tmp_path / "other")
    warc = next(tmp_path.glob("*/warc/*.warc.gz"))
    arguments = [each.format(warc=warc) for each in COMMANDS[command]]
    process = begin(*arguments, cwd=tmp_path)
    wait_for_workers(process.pid)
    below = descendants(process.pid)
    if killed in DEATHS:
        kill(DEATHS[killed](process.pid))
    elif killed == "interrupted":
        kill(below)
        process.send_signal(signal.SIGINT)
    else:
        kill([process.pid, *(below if killed == "main and below" else ())])
    ended(process, below)
    expected = {"main": -signal.SIGKILL, "main and below": -signal.SIGKILL, "interrupted": 4}.get(killed, 0)
    assert process.returncode == expected
    if expected:
        arguments = ["repair"] if command == "rebuild" else arguments
        again = warraq(*arguments, cwd=tmp_path, WARRAQ_SPIDERS=str(tmp_path / "private"))
        assert again.code == 0, again.err
    assert by_url(tmp_path) == by_url(crawled)
    verified = warraq("verify", "--json", cwd=tmp_path)
    assert json.loads(verified.out)["wrong"] == {}, verified.out


@pytest.fixture(scope="module")
def killable(server: DemoServer, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    sites = declare(tmp_path_factory.mktemp("sites") / "private", server)
    return Crawl(*CRAWL, WARRAQ_SPIDERS=str(sites))


@pytest.fixture(scope="module")
def undisturbed(killable: Crawl, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float]:
    return killable.undisturbed(tmp_path_factory.mktemp("undisturbed"))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_f1_a_crawl_whose_processes_are_killed_at_random_times_ends_as_if_they_had_not_been(
    seed: int, tmp_path: Path, killable: Crawl, undisturbed: tuple[dict[str, Any], float]
) -> None:
    """Workers, the main process, or all at once; `python -m tests.benchmarks.kills` does it at length."""
    said, lasts_s = undisturbed
    disturb(killable, tmp_path, random.Random(seed), kills=5, lasts_s=lasts_s)
    compare(killable, tmp_path, said)
