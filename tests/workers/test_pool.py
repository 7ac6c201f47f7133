"""Reading in other processes: one bad page costs itself alone."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.site import Site
from crawler.workers import pool
from crawler.workers.pool import ExtractorPool, read_within_limit
from storage.records import Capture, Extraction, Reason
from tests.support.running import ROOT, environment

SITE = Site("example", "https://news.example/")
GOOD = (
    "<html lang=ar><body><article><h1>افتتاح محطة تحلية جديدة في شمال البلاد</h1>"
    "<p>افتتحت وزارة المياه محطة تحلية جديدة تكفي نصف مليون نسمة، وقال الوزير إن العمل بها استمر عامين كاملين.</p>"
    "<p>وأضاف أن المحطة ستزود المدن الساحلية بالمياه خلال فصل الصيف، وأن محطة ثانية ستفتتح العام المقبل.</p></article>"
)


def capture(html: str = GOOD) -> Capture:
    now = datetime(2025, 10, 28, 12, tzinfo=UTC)
    return Capture("https://news.example/1/", "example", now, 200, (("Content-Type", "text/html"),), html.encode())


def slow(_capture: Capture, _site: Site, *, learned: frozenset[str]) -> Extraction:
    while True:
        pass


def deadly(read: Capture, _site: Site, *, learned: frozenset[str]) -> Extraction:
    if b"deadly" in read.body:
        os.kill(os.getpid(), signal.SIGSEGV)
    return Extraction(reason=Reason.LISTING)


def stuck(read: Capture, _site: Site, *, learned: frozenset[str]) -> Extraction:
    if b"stuck" in read.body:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # as a long call into C does
        time.sleep(600)
    return Extraction(reason=Reason.LISTING)


def raising(_capture: Capture, _site: Site, *, learned: frozenset[str]) -> Extraction:
    raise RecursionError("too deep")


class Patched(ExtractorPool):
    """Processes that read with another function, to stand for a parser's bug."""

    def __init__(self, function: str, limit_s: float = 1.0) -> None:
        super().__init__(2, limit_s=limit_s)
        self._function = function

    def _call(self, read: Capture, site: Site, learned: frozenset[str]) -> tuple[object, ...]:
        return (read_with, self._function, read, site, self._limit_s)


def read_with(function: str, read: Capture, site: Site, limit_s: float) -> Extraction:
    pool.extract = globals()[function]
    return read_within_limit(read, site, limit_s)


def read_all(pool: ExtractorPool, *pages: str) -> list[Extraction]:
    async def run() -> list[Extraction]:
        return await asyncio.gather(*(pool.read(capture(html), SITE) for html in pages))

    try:
        return asyncio.run(run())
    finally:
        pool.close()


def test_a_page_is_read_in_another_process_as_in_this_one():
    assert read_all(ExtractorPool(1), GOOD, GOOD) == [read_within_limit(capture(), SITE, 10.0)] * 2


def test_a_page_that_takes_too_long_is_given_up_with_its_reason():
    assert [read.reason for read in read_all(Patched("slow", 0.3), GOOD)] == [Reason.TIMEOUT]


def test_a_reader_that_raises_costs_one_page():
    read = read_all(Patched("raising"), GOOD)[0]
    assert read.reason is Reason.FAILED
    assert "too deep" in read.evidence["error"]


def test_a_page_that_kills_its_process_costs_itself_and_the_pages_beside_it_are_read():
    reasons = [read.reason for read in read_all(Patched("deadly"), "deadly", *["fine"] * 8)]
    assert reasons == [Reason.FAILED] + [Reason.LISTING] * 8


def test_a_process_stuck_in_a_long_call_is_killed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pool, "GRACE_S", 2.0)
    reasons = [read.reason for read in read_all(Patched("stuck", 0.3), "stuck", *["fine"] * 4)]
    assert reasons == [Reason.FAILED] + [Reason.LISTING] * 4


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_signals_to_the_whole_group_leave_the_readers_to_their_work(sent: signal.Signals):
    code = (
        "import asyncio, os, signal\nfrom tests.workers.test_pool import *\n"
        "if __name__ == '__main__':\n"
        f"    signal.signal({int(sent)}, lambda *_: None)\n"
        "    async def run():\n"
        "        pool = ReadingPool(2)\n"
        "        first = asyncio.ensure_future(pool.read(capture(), SITE))\n"
        "        for _ in range(20):\n"
        f"            os.killpg(0, {int(sent)})\n"
        "            await asyncio.sleep(0.05)\n"
        "        print((await first).evidence.get('error'), (await pool.read(capture(), SITE)).evidence.get('error'))\n"
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


def test_no_process_outlives_a_killed_parent():
    code = (
        "import asyncio, time\nfrom tests.workers.test_pool import *\n"
        "if __name__ == '__main__':\n"
        "    async def run():\n"
        "        pool = ReadingPool(2)\n"
        "        await pool.read(capture(), SITE)\n"
        "        print(*pool._pool._processes, flush=True)\n"
        "        time.sleep(60)\n"
        "    asyncio.run(run())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    assert children
    parent.kill()
    parent.wait()
    until = time.monotonic() + 10
    while any(_alive(pid) for pid in children):
        assert time.monotonic() < until, "reading processes are left behind"
        time.sleep(0.05)


def _alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
        return stat.rpartition(")")[2].split()[0] not in ("Z", "X")
    except OSError:
        return False
