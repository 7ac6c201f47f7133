"""What an operator does to a crawl: stops it, closes its streams, runs it from cron, from anywhere."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from tests.support.hostile import Server, hang, page
from tests.support.newspapers.small_site import GOOD, MENU, article, listing
from tests.support.running import ROOT, environment, python, warraq

OPTIONS = ("--delay", "0", "--allow-host", "127.0.0.1")


def wait_for(server: Server, path: str) -> None:
    until = time.monotonic() + 30
    while not server.hits(path):
        assert time.monotonic() < until, f"{path} was never asked for"
        time.sleep(0.01)


def runs_of(folder: Path) -> list[dict[str, Any]]:
    output: list[dict[str, Any]] = warraq("runs", "--json", cwd=folder).json
    return output


def titles(folder: Path) -> list[str]:
    return sorted(json.loads(line)["title"] for line in warraq("export", "-", cwd=folder).out.splitlines())


@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    "module", ["typer", "crawler.commands.sources.sites", "crawler.registry.declared_sites", "scrapy"]
)
def test_an_interrupt_while_modules_load_is_one_line_and_4(module: str, sent: str, tmp_path: Path):
    code = (
        "import os, signal, sys\n"
        "class Key:\n"
        "    def find_spec(self, name, *_):\n"
        f"        if name == {module!r}:\n"
        f"            os.kill(os.getpid(), signal.{sent})\n"
        "sys.meta_path.insert(0, Key())\n"
        "sys.argv = ['warraq', 'sites']\n"
        "from crawler.__main__ import main\n"
        "main()\n"
    )
    ran = python(code, cwd=tmp_path)
    assert (ran.code, ran.err) == (4, "warraq: interrupted\n")


@pytest.mark.parametrize("sent", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize(
    ("work", "command"),
    [
        ("crawler.workers.reextraction.make_plan", ["reextract"]),
        ("storage.maintenance.table_copy.copy_tables", ["copy", "--to", "sqlite:///b/b.db"]),
    ],
)
def test_an_interrupt_of_long_work_is_one_line_and_4(work: str, command: list[str], sent: str, tmp_path: Path):
    Archive.open(tmp_path / "archive").close()
    module, name = work.rsplit(".", 1)
    code = (
        f"import os, signal, sys, {module} as module\n"
        f"module.{name} = lambda *_, **__: os.kill(os.getpid(), signal.{sent})\n"
        f"sys.argv = {['warraq', *command]!r}\n"
        "from crawler.__main__ import main\n"
        "main()\n"
    )
    ran = python(code, cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (4, "", "warraq: interrupted\n")


@pytest.mark.slow
def test_an_outage_of_many_runs_loses_no_page_that_was_found(tmp_path: Path):
    with Server(dict(GOOD)) as server:
        warraq("crawl", server.url(), *OPTIONS, "--max-articles", "1", cwd=tmp_path)
        server.answers |= dict.fromkeys(GOOD, page("", 503, Retry_After="86400"))
        for _ in range(4):
            assert warraq("crawl", server.url(), *OPTIONS, cwd=tmp_path).code == 1
        server.answers |= GOOD
        assert warraq("crawl", server.url(), *OPTIONS, cwd=tmp_path).code == 0
    assert len(titles(tmp_path)) == 4


@pytest.mark.slow
def test_a_host_that_asks_to_be_left_alone_makes_the_run_unhealthy_and_the_next_goes_on(tmp_path: Path):
    with Server(GOOD | {"/c/a/": page("", 429, Retry_After="86400")}) as server:
        ran = warraq("crawl", server.url(), *OPTIONS, "--json", cwd=tmp_path)
        assert ran.code == 1
        assert "Retry-After 86400" in ran.json["sites"][0]["message"]
        server.answers |= GOOD
        assert warraq("crawl", server.url(), *OPTIONS, cwd=tmp_path).code == 0
    assert len(titles(tmp_path)) == 4


def test_a_hook_that_raises_is_told_as_such_and_costs_its_own_page(tmp_path: Path):
    (tmp_path / "spiders").mkdir()
    with Server(dict(GOOD)) as server:
        (tmp_path / "spiders/odd.py").write_text(
            "from crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n"
            f"class Odd(CategorySpider):\n    site = Site('odd', '{server.url()}', delay_s=0.0)\n\n"
            "    def article_urls(self, response):\n"
            "        return super().article_urls(response) if '/c/a/' not in response.url else 1 / 0\n"
        )
        options = ("--allow-host", "127.0.0.1", "--json")
        ran = warraq("crawl", "odd", *options, cwd=tmp_path, WARRAQ_SPIDERS=str(tmp_path / "spiders"))
    assert ran.code == 1
    assert "ZeroDivisionError" in ran.json["sites"][0]["message"]
    assert len(titles(tmp_path)) == 3


def test_an_arabic_host_is_crawled_whichever_way_its_pages_spell_it(tmp_path: Path):
    name, plain = "http://أخبار.example", "http://xn--igbicxr.example"
    answers = {"/": listing([1, 2], menu=MENU, url=name + "/n/{n}/"), "/c/a/": listing([1, 3]), "/c/b/": listing([])}
    answers |= {f"/n/{n}/": article(n) for n in (1, 2, 3)}
    with Server({plain + path: answer for path, answer in answers.items()}) as proxy:
        ran = warraq("crawl", name, "--delay", "0", "--json", cwd=tmp_path, http_proxy=proxy.url())
    assert (ran.code, ran.json["new"]) == (0, 3), ran.err


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    with Server(dict(GOOD)) as server:
        assert warraq("crawl", server.url(), *OPTIONS, cwd=folder).code == 0
    return folder


def shell(command: str, folder: Path, **env: str) -> "subprocess.CompletedProcess[bytes]":
    """Run by bash, with $W for warraq; only these variables."""
    bare = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "W": f"{sys.executable} -m crawler", **env}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=bare,
        capture_output=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "env",
    [
        {},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"HOME": "/nonexistent", "TERM": "dumb", "COLUMNS": "40"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=["bare", "C", "ASCII", "no home", "told ascii"],
)
def test_a_bare_environment_as_cron_has_it_will_do(archive: Path, env: dict[str, str]):
    ran = shell("$W search الميناء && $W show 1 && $W search الميناء --json", archive, **env)
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert ran.stdout.decode().count("الميناء") >= 9


@pytest.mark.slow
@pytest.mark.parametrize("streams", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["search الميناء", "export -", "stats --json", "crawl http://127.0.0.1/"])
def test_closed_streams_end_no_command_with_a_traceback_and_harm_no_archive(archive: Path, command: str, streams: str):
    ran = shell(f"$W {command} {streams}", archive)
    assert b"Traceback" not in ran.stderr + ran.stdout
    assert ran.returncode == (1 if command.startswith("crawl") else 0)
    assert warraq("stats", cwd=archive).code == 0


@pytest.mark.parametrize("command", ["search الميناء", "export -", "sites --json", "show 1", "stats"])
def test_a_reader_that_stops_early_is_no_error_and_a_full_disk_is_one(archive: Path, command: str):
    ran = shell(f"$W {command} | true; exit ${{PIPESTATUS[0]}}", archive)
    assert (ran.returncode, ran.stderr.replace(b"4 articles exported\n", b"")) == (0, b"")
    full = shell(f"$W {command} >/dev/full", archive)
    assert (full.returncode, full.stderr.count(b"\n")) == (5, 1), full.stderr
    assert b"No space left" in full.stderr


@pytest.mark.slow
def test_the_exit_code_of_a_crawl_does_not_depend_on_who_reads_its_summary(tmp_path: Path):
    command = "$W crawl http://127.0.0.1/ --quiet"  # refused: no public address
    assert shell(f"{command} | true; exit ${{PIPESTATUS[0]}}", tmp_path).returncode == 1
    full = shell(f"{command} >/dev/full", tmp_path)
    assert full.returncode == 1
    assert b"can't write the summary" in full.stderr


def test_a_crawl_runs_from_any_folder_into_the_archive_that_it_is_told(tmp_path: Path):
    with Server(dict(GOOD)) as server:
        ran = warraq("crawl", server.url(), *OPTIONS, cwd=Path("/"), WARRAQ_ARCHIVE=str(tmp_path / "deep/er/archive"))
    assert ran.code == 0
    assert (tmp_path / "deep/er/archive/warraq.db").is_file()


@pytest.mark.slow
def test_a_terminal_shows_a_live_line_and_a_pipe_none(tmp_path: Path):
    with Server(GOOD | {"/n/1/": hang}) as server:
        command = f"{sys.executable} -m crawler crawl {server.url()} --delay 0.5 --allow-host 127.0.0.1"
        process = subprocess.Popen(
            ["script", "-qec", f"timeout -s INT 8 {command}", "/dev/null"],
            cwd=tmp_path,
            env=environment(TERM="xterm", COLUMNS="40", LINES="10"),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        shown = process.communicate(timeout=200)[0].decode()  # the page that hangs is waited for
    assert "pages" in shown
    assert "interrupted" in shown
    assert "Traceback" not in shown
