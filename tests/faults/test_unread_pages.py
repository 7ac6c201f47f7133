"""Pages over which worker processes died: they are kept, read later without a request, and given up after some tries."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.hostile import Server, page
from tests.support.newspapers.small_site import GOOD, TEXT
from tests.support.running import environment, warraq

OPTIONS = ("--delay", "0", "--allow-host", "127.0.0.1", "--json")
# The command with an extractor that kills its process at one page or at each, as a parser's bug does.
DEADLY = """
import sys, crawler.cli, crawler.runs.crawls
from tests.support.pools import Patched
if __name__ == "__main__":
    pool = Patched(sys.argv.pop(1), 10.0)
    crawler.runs.crawls.ExtractorPool = lambda: pool
    crawler.cli.main()
"""
DEADLY_PAGE = page(
    '<html lang="ar"><head><title>خبر عن الميناء القديم</title></head><body data-x="deadly"><article>'
    f"<h1>خبر عن الميناء القديم</h1>{TEXT.format(n=3)}</article></body></html>"
)


def texts(folder: Path) -> dict[str, str]:
    records = map(json.loads, warraq("export", "-", cwd=folder).out.splitlines())
    return {record["title"]: record["text"] for record in records}


def deadly_crawl(server: Server, folder: Path, function: str = "deadly_once_read") -> tuple[int, dict[str, Any]]:
    arguments = [sys.executable, "-c", DEADLY, function, "crawl", server.url(), *OPTIONS]
    ran = subprocess.run(
        arguments, cwd=folder, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, json.loads(ran.stdout)["sites"][0]


@pytest.mark.slow
def test_f41_where_every_worker_process_dies_pages_are_kept_and_read_by_the_next_run(tmp_path: Path) -> None:
    with Server(GOOD) as server:
        code, run = deadly_crawl(server, tmp_path, "deadly_always")
        assert (code, run["status"], run["not_articles"]) == (1, "unhealthy", {"unread": 4})
        assert run["message"] == (
            "4 pages are kept and could not be read, the next run reads them: worker processes die, whatever they read: "
            "its process was ended by SIGKILL"
        )
        assert texts(tmp_path) == {}
        assert warraq("verify", "--json", cwd=tmp_path).json["left"] == {}
        again = warraq("crawl", server.url(), *OPTIONS, cwd=tmp_path)
        assert (again.code, again.json["new"], again.json["not_articles"]) == (0, 4, {}), again.out
        assert [len(server.hits(f"/n/{n}/")) for n in range(1, 5)] == [1] * 4
    with Server(GOOD) as undisturbed:
        (tmp_path / "undisturbed").mkdir()
        warraq("crawl", undisturbed.url(), *OPTIONS, cwd=tmp_path / "undisturbed")
    assert texts(tmp_path) == texts(tmp_path / "undisturbed")


@pytest.mark.slow
def test_f41_a_page_that_kills_its_process_each_time_is_given_up_and_the_others_are_read(tmp_path: Path) -> None:
    with Server(GOOD | {"/n/3/": DEADLY_PAGE}) as server:
        runs = [deadly_crawl(server, tmp_path) for _ in range(5)]
        assert [code for code, _ in runs] == [0] * 5
        assert [run["new"] for _, run in runs] == [3, 0, 0, 0, 0]
        unread = {"unread": 1}
        assert [run["not_articles"] for _, run in runs] == [unread, unread, unread, {"failed": 1}, {}]
        assert any("1 pages are kept and unread" in note for note in runs[0][1]["notes"])
        assert len(server.hits("/n/3/")) == 1
        recovered = warraq("reextract", "--yes", "--json", cwd=tmp_path)
        assert (recovered.code, recovered.json["recovered"]) == (0, 1)
    assert len(texts(tmp_path)) == 4


@pytest.mark.slow
def test_f41_a_page_that_killed_its_process_is_read_once_it_can_be(tmp_path: Path) -> None:
    with Server(GOOD | {"/n/3/": DEADLY_PAGE}) as server:
        assert deadly_crawl(server, tmp_path)[1]["not_articles"] == {"unread": 1}
        again = warraq("crawl", server.url(), *OPTIONS, cwd=tmp_path)
        assert (again.code, again.json["new"], len(server.hits("/n/3/"))) == (0, 1, 1)
        assert warraq("crawl", server.url(), *OPTIONS, cwd=tmp_path).json["new"] == 0
    assert len(texts(tmp_path)) == 4
