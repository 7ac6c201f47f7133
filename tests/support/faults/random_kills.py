"""Kills a crawl's main process, a worker process or all of them at random times, and starts the crawl again."""

import random
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.support.faults.processes import descendants, kill, left, workers
from tests.support.faults.told_archives import differences, told, verified
from tests.support.running import Ran, start, warraq

VICTIMS = ("main", "all", "worker", "worker")  # as often as each stands here
LONGEST_S = 300.0  # of one crawl, on a busy machine


class Crawl:
    """A crawl that can be started repeatedly. arguments: of the command. env: of its process."""

    def __init__(self, *arguments: str, **env: str) -> None:
        self.arguments = arguments
        self.env = env

    def start(self, folder: Path) -> "subprocess.Popen[str]":
        """Start the crawl in this folder."""
        return start(*self.arguments, cwd=folder, **self.env)

    def run(self, folder: Path) -> Ran:
        """Run the crawl to its end."""
        return warraq(*self.arguments, cwd=folder, timeout=LONGEST_S, **self.env)

    def undisturbed(self, folder: Path) -> tuple[dict[str, Any], float]:
        """The content of the archive of an undisturbed crawl, and how long the crawl took, in seconds.

        The site is crawled twice, because a site whose crawl was killed is crawled again as well.
        """
        began = time.monotonic()
        process = self.start(folder)
        _, err = process.communicate(timeout=LONGEST_S)
        assert process.returncode == 0, err
        took = time.monotonic() - began
        assert self.run(folder).code == 0
        return told(folder / "archive"), took


def disturb(crawl: Crawl, folder: Path, chance: random.Random, *, kills: int, lasts_s: float) -> Counter[str]:
    """Crawl, kill at random times, verify, and start again, until a crawl ends by itself or there were so many kills.

    lasts_s: the duration of an undisturbed crawl; each kill comes at a random time within half of it. Returns how often
    each victim was killed.
    """
    done: Counter[str] = Counter()
    while done.total() < kills:
        process, seen = crawl.start(folder), set[int]()
        while done.total() < kills and _still_runs(process, chance.uniform(0, lasts_s / 2)):
            seen |= descendants(process.pid)
            victim = chance.choice(VICTIMS)
            targets = {"main": [process.pid], "all": [process.pid, *seen], "worker": sorted(workers(process.pid))}[
                victim
            ]
            if not targets:
                continue
            kill([chance.choice(targets)] if victim == "worker" else targets)
            done[victim] += 1
            if victim != "worker":
                break
        _, err = process.communicate(timeout=LONGEST_S)
        assert process.returncode in (0, -9), (process.returncode, err)
        assert "Traceback" not in err, err
        assert left(seen) == set(), "processes are left behind"
        if _has_tables(folder / "archive" / "warraq.db"):
            verified(folder)
        if process.returncode == 0:
            break
    return done


def compare(crawl: Crawl, folder: Path, undisturbed: dict[str, Any]) -> None:
    """Let the crawl end, and compare its archive with an undisturbed one; compare again after a repair."""
    for _ in range(2):
        ended = crawl.run(folder)
        assert ended.code == 0, ended.err
    verified(folder)
    _compare_to(undisturbed, folder)
    assert warraq("repair", "--json", cwd=folder, timeout=LONGEST_S, **crawl.env).code == 0
    left = verified(folder)
    assert left == {}, left
    _compare_to(undisturbed, folder)


def _compare_to(undisturbed: dict[str, Any], folder: Path) -> None:
    differing = differences(undisturbed, told(folder / "archive"))
    assert not differing, f"{len(differing)} lines, as {differing[0][:500]}"


def _has_tables(database: Path) -> bool:
    """Whether the archive has tables. A crawl that is killed before it commits them leaves an empty file."""
    if not database.exists():
        return False
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("select 1 from sqlite_master").fetchone() is not None


def _still_runs(process: "subprocess.Popen[str]", after_s: float) -> bool:
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        return True
    return False
