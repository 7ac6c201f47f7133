"""The limits of a crawl of many sites: its time, its disk, and what a site that hangs costs the others."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest

from crawler.commands import options
from crawler.platforms.run_statistics import RunStatistics
from crawler.runs import summary
from crawler.runs.limits import Limits, free_bytes
from crawler.runs.progress import Progress
from storage.errors import UsageError
from tests.support.hostile import Server, hang
from tests.support.newspapers.small_site import GOOD
from tests.support.running import Ran, environment, start, warraq

SITE = """from crawler.platforms import CategorySpider
from crawler.site import Site


class Spider(CategorySpider):
    site = Site({name!r}, {url!r}, delay_s=0.0)
"""


@contextmanager
def served(folder: Path, **hanging: bool) -> Iterator[dict[str, Server]]:
    """Sites by name, declared in the folder "spiders"; those whose value is true answer nothing but robots.txt."""
    (folder / "spiders").mkdir(exist_ok=True)
    with ExitStack() as stack:
        servers = {}
        for name, hangs in hanging.items():
            answers = dict.fromkeys(GOOD, hang) if hangs else dict(GOOD)
            servers[name] = stack.enter_context(Server(answers))
            (folder / f"spiders/{name}.py").write_text(SITE.format(name=name, url=servers[name].url()))
        yield servers


def crawl(folder: Path, *arguments: str) -> Ran:
    env = {"WARRAQ_SPIDERS": str(folder / "spiders")}
    return warraq("crawl", "--mine", "--allow-host", "127.0.0.1", *arguments, cwd=folder, timeout=60, **env)


def printed_by(code: str, folder: Path) -> dict[str, Any]:
    """The JSON that the code prints, run in the folder."""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(WARRAQ_SPIDERS=str(folder / "spiders")),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert ran.stdout, ran.stderr
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


@pytest.mark.slow
def test_the_time_ends_a_crawl_with_0_before_it_is_up_and_every_site_had_its_turn(tmp_path: Path):
    with served(tmp_path, a_hangs=True, b_hangs=True, c_good=False, d_good=False) as servers:
        assert crawl(tmp_path, "--help").code == 0  # so that the modules are loaded
        began = time.monotonic()
        ran = crawl(tmp_path, "--for", "36s", "--at-once", "1", "--json")
        assert time.monotonic() - began < 36, "it ends before its time is up"
        assert ran.code == 0, ran.err
        by_site = {each["site"]: each for each in ran.json["sites"]}
        assert [by_site[name]["status"] for name in sorted(by_site)] == ["interrupted", "interrupted", "done", "done"]
        assert "the time was up" in by_site["a_hangs"]["message"]
        assert "no page was read" in by_site["a_hangs"]["message"]
        assert (by_site["a_hangs"]["stopped_by"], ran.json["stopped_by"]) == ("time", "time")
        assert [run["status"] for run in warraq("runs", "--json", cwd=tmp_path).json].count("interrupted") == 2
        listed = warraq("sites", "--mine", "--json", cwd=tmp_path, WARRAQ_SPIDERS=str(tmp_path / "spiders")).json[
            "sites"
        ]
        assert all(each["next_due"] for each in listed), "one that does not answer is not asked at every tick"
        for server in servers.values():
            server.answers |= GOOD
        assert crawl(tmp_path, "--json").json["new"] == 8, "the next run goes on"


@pytest.mark.slow
def test_a_line_is_written_when_its_site_ends_and_what_is_not_done_again_at_the_end(tmp_path: Path):
    with served(tmp_path, a_hangs=True, b_good=False):
        env = {"WARRAQ_SPIDERS": str(tmp_path / "spiders")}
        arguments = ("crawl", "--mine", "--allow-host", "127.0.0.1", "--quiet")
        process = start(*arguments, cwd=tmp_path, **env)
        assert process.stdout is not None
        first = process.stdout.readline()
        assert process.poll() is None, "the other site is still being crawled"
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=30)
    assert first.startswith("b_good: done: 4 new")
    lines = rest.splitlines()
    assert [line.split(":")[0] for line in lines] == ["a_hangs", "2 sites", "a_hangs"], err
    assert "1 done, 1 interrupted; 4 new" in lines[1]
    assert lines[0] == lines[2]


def test_a_disk_that_is_nearly_full_stops_the_crawl_with_5_and_nothing_begins(tmp_path: Path):
    with served(tmp_path, a_good=False) as servers:
        ran = crawl(tmp_path, "--min-free", "4000T")
        assert ran.code == 5
        assert "--min-free" in ran.out
        assert not servers["a_good"].exchanges
        assert crawl(tmp_path, "--min-free", "1K").code == 0


@pytest.mark.slow
def test_a_disk_that_fills_up_while_sites_are_crawled_stops_them_in_order(tmp_path: Path):
    code = (
        "import json, sys\nfrom pathlib import Path\nfrom crawler.registry import declared_sites as sites\n"
        "from crawler.runs import crawls, limits, summary\n"
        "left = [10**12] * 4\n"
        "limits.free_bytes = lambda folder: left.pop() if left else 10\n"
        "job = crawls.CrawlJob(sites.spiders_for(['a_hangs'], sites.declared()), Path('archive'), "
        "allow_hosts=('127.0.0.1',), limits=limits.Limits(min_free=100), overrides={'DOWNLOAD_TIMEOUT': 3})\n"
        "print(json.dumps(summary.total(crawls.crawl(job, quiet=True))))\n"
    )
    with served(tmp_path, a_hangs=True):
        answer = printed_by(code, tmp_path)
    assert (answer["exit_code"], answer["sites"][0]["status"], answer["stopped_by"]) == (5, "interrupted", "disk")


ENDING = """
import asyncio, json, os, signal
from pathlib import Path
from crawler.registry import declared_sites as sites
from crawler.runs import crawls, limits, run_profile, summary

ends = []
settle = run_profile.RunProfile.settle


async def settle_slowly(self, **how):
    ends.append(self)
{end}
    await settle(self, **how)


limits.free_bytes = lambda folder: {free}
run_profile.RunProfile.settle = settle_slowly
spiders = sites.spiders_for(["b_good"], sites.declared())
job = crawls.CrawlJob(spiders, Path("archive"), allow_hosts=("127.0.0.1",), limits=limits.Limits(min_free=100))
crawls.crawl(job, quiet=True, on_end=lambda run: print(json.dumps(summary.as_json(run))))
"""


def crawl_that_ends(folder: Path, end: str, free: str = "10**12") -> dict[str, Any]:
    """What the crawl of a site answers in whose end these lines are run. free: bytes on the disk, as an expression."""
    with served(folder, b_good=False):
        return printed_by(ENDING.format(end=indent(end, "    "), free=free), folder)


@pytest.mark.slow
def test_a_limit_that_is_reached_while_a_crawl_ends_lets_it_end(tmp_path: Path):
    answer = crawl_that_ends(tmp_path, "await asyncio.sleep(3 * crawls.WATCH_S)", "10 if ends else 10**12")
    assert (answer["status"], answer["new"]) == ("done", 4)


@pytest.mark.slow
def test_a_signal_that_comes_while_a_crawl_ends_lets_it_end(tmp_path: Path):
    end = "os.kill(os.getpid(), signal.SIGINT)\nawait asyncio.sleep(1)"
    answer = crawl_that_ends(tmp_path, end)
    assert (answer["status"], answer["new"]) == ("done", 4)


@pytest.mark.slow
def test_a_second_signal_ends_a_crawl_whose_end_hangs(tmp_path: Path):
    end = "for _ in range(2):\n    os.kill(os.getpid(), signal.SIGTERM)\n    await asyncio.sleep(1)\nawait asyncio.sleep(3600)"
    assert crawl_that_ends(tmp_path, end)["status"] == "interrupted"


def test_a_slot_lasts_so_long_that_all_that_wait_get_their_turn():
    limits = Limits(3000, began=time.monotonic())
    assert limits.stop_s == 60
    assert limits.slot_s(180, 16) == pytest.approx(2940 / 12, abs=1)
    assert limits.slot_s(10, 16) == 600
    assert Limits().slot_s(180, 16) == 600
    assert limits.reached([Path("/")]) is None
    assert Limits(10, began=time.monotonic() - 7).reached([Path("/")]) == "time"
    assert free_bytes(Path("/nowhere/at/all")) > 0


@pytest.mark.parametrize(("text", "seconds"), [("50m", 3000), ("90s", 90), ("1h30m", 5400), ("2h", 7200)])
def test_times_are_read(text: str, seconds: int):
    assert options.duration(text, "--for") == seconds


@pytest.mark.parametrize("text", ["", "50", "m", "5 m", "-3m", "1m1h"])
def test_what_is_no_time_is_wrong_usage(text: str):
    with pytest.raises(UsageError, match="is no time"):
        options.duration(text, "--for")


def test_sizes_are_read():
    assert [options.size(text, "--min-free") for text in ("5G", "500M", "1.5k", "2GiB")] == [
        5 * 1024**3,
        500 * 1024**2,
        1536,
        2 * 1024**3,
    ]
    with pytest.raises(UsageError, match="is no size"):
        options.size("5", "--min-free")


def test_the_progress_names_the_sites_that_do_not_answer():
    silent, answers = RunStatistics("silent", run_id=1), RunStatistics("answers", run_id=2)
    silent.answered_at -= 75
    line = Progress([silent, answers]).line()
    assert "no answer from silent for 75 s" in line
    assert "answers for" not in line


def test_sites_that_had_no_turn_are_named_together():
    runs = [RunStatistics("a", status="done"), RunStatistics("b"), RunStatistics("c")]
    for run in runs[1:]:
        summary.not_begun(run, "time")
    assert summary.closing_lines(runs)[-1] == (
        "not begun: the time was up (--for): b, c; the next run begins with them"
    )
    assert summary.exit_code(runs) == 0
