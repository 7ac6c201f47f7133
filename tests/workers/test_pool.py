"""Reading in other processes: one bad page costs itself alone."""

import asyncio
import os
import signal
import subprocess
import sys
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from crawler.html.spelling import comparable_line
from crawler.profile.site_profile import NO_PROFILE, SiteProfile
from crawler.workers import pool
from crawler.workers.pool import ExtractorPool
from crawler.workers.worker_main import answer_each, extract_within_limit
from crawler.workers.worker_process import WorkerProcess
from storage.records import Extraction, Reason
from tests.support.faults.processes import descendants, kill, left
from tests.support.pools import GOOD, SITE, Patched, capture, read_all
from tests.support.running import ROOT, environment, python


def test_a_page_is_read_in_another_process_as_in_this_one():
    assert read_all(ExtractorPool(1), GOOD, GOOD) == [extract_within_limit(capture(), SITE, 10.0)] * 2


def test_a_profile_is_packed_once_and_read_by_in_another_process():
    line = "تصدر الصحيفة عن دار الميناء في المدينة القديمة"
    page = GOOD.replace("</article>", f"<p>{line}</p></article>")
    profile = SiteProfile(frozenset({comparable_line(line)}))
    each_profile = (profile, NO_PROFILE, profile)
    pool = ExtractorPool(1)

    async def run() -> list[Extraction]:
        return [await pool.extract(capture(page), SITE, each) for each in each_profile]

    try:
        extractions = asyncio.run(run())
    finally:
        pool.close()
    assert extractions == [extract_within_limit(capture(page), SITE, 10.0, each) for each in each_profile]
    assert [line in each.article.text for each in extractions] == [False, True, False]
    assert len(pool._packs) == 2


def test_a_page_that_takes_too_long_is_given_up_with_its_reason():
    assert [read.reason for read in read_all(Patched("slow", 0.3), GOOD)] == [Reason.TIMEOUT]


def test_a_reader_that_raises_costs_one_page():
    read = read_all(Patched("raising"), GOOD)[0]
    assert read.reason is Reason.FAILED
    assert "too deep" in read.evidence["error"]


def test_a_page_that_kills_its_process_costs_itself_and_the_pages_beside_it_are_read():
    reasons = [read.reason for read in read_all(Patched("deadly"), "deadly", *["fine"] * 8)]
    assert reasons == [Reason.UNREAD] + [Reason.LISTING] * 8


def test_a_process_stuck_in_a_long_call_is_killed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pool, "GRACE_S", 2.0)
    reasons = [read.reason for read in read_all(Patched("stuck", 0.3), "stuck", *["fine"] * 4)]
    assert reasons == [Reason.TIMEOUT] + [Reason.LISTING] * 4


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_signals_to_the_whole_group_leave_the_readers_to_their_work(sent: signal.Signals):
    code = (
        "import asyncio, os, signal\nfrom crawler.workers.pool import ExtractorPool\nfrom tests.support.pools import SITE, capture\n"
        "if __name__ == '__main__':\n"
        f"    signal.signal({int(sent)}, lambda *_: None)\n"
        "    async def run():\n"
        "        pool = ExtractorPool(2)\n"
        "        first = asyncio.ensure_future(pool.extract(capture(), SITE))\n"
        "        for _ in range(20):\n"
        f"            os.killpg(0, {int(sent)})\n"
        "            await asyncio.sleep(0.05)\n"
        "        print((await first).evidence.get('error'), (await pool.extract(capture(), SITE)).evidence.get('error'))\n"
        "    asyncio.run(run())\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        start_new_session=True,
    )
    assert (ran.stdout.strip(), ran.stderr) == ("None None", "")


@pytest.mark.parametrize("function", ["deadly", "holding"])
def test_no_process_outlives_a_killed_parent(function: str):
    """Neither an idle one nor one that is in a long call into C."""
    code = (
        "import asyncio, time\nfrom tests.support.pools import SITE, Patched, capture\n"
        "if __name__ == '__main__':\n"
        "    async def run():\n"
        f"        pool = Patched('{function}')\n"
        "        call = asyncio.ensure_future(pool.extract(capture(), SITE))\n"
        "        while not pool._all:\n"
        "            await asyncio.sleep(0.01)\n"
        "        await asyncio.sleep(0.5)\n"
        "        print('ready', flush=True)\n"
        "        time.sleep(60)\n"
        "    asyncio.run(run())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    children = descendants(parent.pid)
    assert children
    parent.kill()
    parent.wait()
    assert left(children) == set()


def test_a_command_ends_though_its_event_loop_ended_while_a_process_was_being_forked():
    """multiprocessing waits at exit for a process that it forked, and such a one ignores SIGTERM."""
    code = (
        "import asyncio, multiprocessing, threading, time\nfrom crawler.workers.worker_process import WorkerProcess\n"
        "async def run():\n"
        "    starting = asyncio.ensure_future(WorkerProcess.start(60.0))\n"
        "    while not any(thread.name == 'fork' for thread in threading.enumerate()):\n"
        "        await asyncio.sleep(0)\n"
        "    while not multiprocessing.active_children():\n"
        "        time.sleep(0.01)\n"
        "    (child,) = multiprocessing.active_children()\n"
        "    print(child.pid, flush=True)\n"
        "loop = asyncio.new_event_loop()\n"
        "loop.run_until_complete(run())\n"
    )
    ran = python(code, cwd=ROOT)
    assert ran.code == 0
    assert left({int(ran.out)}) == set()


def test_an_idle_process_that_was_killed_is_replaced():
    pool = ExtractorPool(1)

    async def run() -> list[Extraction]:
        first = await pool.extract(capture(), SITE)
        kill(each._process.pid for each in pool._all)
        return [first, await pool.extract(capture(), SITE)]

    try:
        first, second = asyncio.run(run())
    finally:
        pool.close()
    assert first.article is not None
    assert first == second


def test_a_process_takes_the_smaller_of_its_memory_limit_and_the_inherited_one():
    code = (
        "import resource; from crawler.workers.worker_main import limit_memory\n"
        "gib = 2**30\n"
        "print(limit_memory(3 * gib) // gib, limit_memory(2 * gib) // gib, limit_memory(4 * gib) // gib)\n"
        "print(resource.getrlimit(resource.RLIMIT_AS)[1] // gib)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ran.stdout.split() == ["3", "2", "2", "2"]


def test_a_page_that_needs_more_memory_than_a_process_may_use_is_unread():
    extraction = read_all(Patched("greedy"), "greedy", "fine")[0]
    assert (extraction.reason, extraction.evidence["unread"]) == (Reason.UNREAD, "page")
    assert "memory" in extraction.evidence["error"]


@pytest.mark.slow  # it waits for the limit, which a busy machine needs for a new server
def test_a_fork_server_that_hangs_is_killed_in_bounded_time_and_the_loop_goes_on(monkeypatch: pytest.MonkeyPatch):
    pooled = ExtractorPool(1)

    async def run() -> tuple[Extraction, int]:
        await pooled.require_workers()
        monkeypatch.setattr(pool, "START_LIMIT_S", 20.0)
        for worker in pooled._all.copy():
            worker.kill()
        server = forkserver._forkserver._forkserver_pid
        os.kill(server, signal.SIGSTOP)
        reading, turns = asyncio.ensure_future(pooled.extract(capture(), SITE)), 0
        while not reading.done():
            await asyncio.sleep(0.01)
            turns += 1
        assert not Path(f"/proc/{server}").exists() or "Z" in Path(f"/proc/{server}/stat").read_text().split()[2]
        return reading.result(), turns

    try:
        read, turns = asyncio.run(run())
    finally:
        pooled.close()
    assert read.article is not None, "a new server was started"
    assert turns > 20


def test_pages_that_wait_go_to_a_process_together_and_each_gets_its_own_answer(monkeypatch: pytest.MonkeyPatch):
    sent: list[int] = []
    call = WorkerProcess.call

    async def counted(self: WorkerProcess, asked: tuple[Any, ...], limit_s: float) -> Any:
        sent.append(len(asked[1]) if asked[0] is answer_each else 1)
        return await call(self, asked, limit_s)

    monkeypatch.setattr(WorkerProcess, "call", counted)
    pages = [GOOD.replace("</h1>", f" {number}</h1>") for number in range(24)]
    read = read_all(ExtractorPool(2), *pages)
    assert read == [extract_within_limit(capture(page), SITE, 10.0) for page in pages]
    assert sum(sent) == 24
    assert len(sent) <= 8
    assert max(sent) <= pool.MOST_IN_MESSAGE


def test_of_pages_that_are_read_together_the_one_that_kills_its_process_costs_itself_alone():
    read = read_all(Patched("deadly"), *["fine"] * 6, "deadly", *["fine"] * 6)
    assert [each.reason for each in read] == [Reason.LISTING] * 6 + [Reason.UNREAD] + [Reason.LISTING] * 6


@pytest.mark.parametrize("cancelled", [0, 1, 4])
def test_a_caller_that_is_cancelled_leaves_no_other_waiting(cancelled: int):
    pool = ExtractorPool(1)

    async def run() -> list[Any]:
        tasks = [asyncio.create_task(pool.extract(capture(), SITE)) for _ in range(8)]
        await asyncio.sleep(0)
        tasks[cancelled].cancel()
        others = [task for place, task in enumerate(tasks) if place != cancelled]
        return await asyncio.wait_for(asyncio.gather(*others), 60)

    try:
        assert [each.article is not None for each in asyncio.run(run())] == [True] * 7
        assert (pool._asking, len(pool._waiting)) == (0, 0)
    finally:
        pool.close()
