"""What a user types and gets: help with an example for every command, clear errors, documented exit codes."""

import json
import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from crawler.commands import command_groups
from crawler.commands.command_table import COMMANDS as TABLE
from crawler.commands.command_table import help_lines, load
from crawler.commands.translated_help import paragraphs
from storage.archive import Archive
from tests.support.running import ROOT, Ran, environment, python, warraq

GROUPS = {name: getattr(load(name), "commands", None) for name in TABLE}
COMMANDS = sorted(GROUPS)
# A command that has commands of its own is run by their names.
RUN = [f"{name} {under}" if under else name for name in COMMANDS for under in sorted(GROUPS[name] or [""])]
NO_ANSWER = ("export", "serve", "watch remove")


@cache
def helped(name: str) -> Ran:
    return warraq(*name.split(), "--help", cwd=ROOT)


@pytest.mark.parametrize("name", sorted({*COMMANDS, *RUN}))
def test_every_command_has_help_with_an_example(name: str):
    ran = helped(name)
    assert ran.code == 0
    assert "For example:" in ran.out
    assert f"warraq {name}" in ran.out.partition("For example:")[2]


@pytest.mark.parametrize("name", [name for name in RUN if name not in NO_ANSWER])
def test_every_answer_can_be_had_as_json(name: str):
    assert "--json" in helped(name).out


def test_warraq_alone_lists_the_commands(tmp_path: Path):
    ran = warraq(cwd=tmp_path)
    assert all(name in ran.out + ran.err for name in COMMANDS)


# What takes long to import, and no such command needs; an archive in SQLite.
CRAWLING = ("scrapy", "twisted", "trafilatura", "lxml", "dateutil", "alembic", "storage.diff", "crawler.commands.crawl")
NOT_LOADED = [
    (["--help"], (*CRAWLING, "sqlalchemy", "rich", "asyncio", "multiprocessing", "pydantic", "importlib.metadata", "storage.arabic", "crawler.commands.articles")),
    (["search", "x"], (*CRAWLING, "pydantic", "rich", "fastapi", "simplemma", "sqlalchemy.orm", "sqlalchemy.dialects.postgresql")),
    (["search", "x", "--json", "--limit", "5", "--order", "newest", "--from", "2025-01-01"], ("pydantic", "rich")),
    (["sites"], ("trafilatura", "alembic", "storage.diff", "sqlalchemy.dialects.postgresql", "scrapy.crawler", "pydantic")),
    (["stats", "--json"], ("scrapy", "rich", "storage.diff", "pydantic")),
]  # fmt: skip


@pytest.mark.parametrize(("args", "slow"), NOT_LOADED, ids=" ".join)
def test_a_command_loads_only_what_it_needs(args: list[str], slow: tuple[str, ...], tmp_path: Path):
    Archive.open(tmp_path / "archive").close()
    code = (
        f"import sys; sys.argv = ['warraq', *{args}]\n"
        "from crawler.__main__ import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code\n"
        f"print([name for name in {slow} if name in sys.modules])"
    )
    ran = python(code, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert ran.out.strip().endswith("[]"), ran.out.splitlines()[-1]


def test_the_table_has_the_help_of_every_command():
    assert help_lines() == {name: paragraphs(load(name).help)[0] for name in TABLE}, (
        "run: python -m tests.support.commands_page"
    )


@pytest.mark.slow
def test_completion_names_the_commands_and_the_options_of_one(tmp_path: Path):
    def completed(typed: str) -> str:
        values = {f"_{'warraq'.upper()}_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": f"warraq {typed}"}
        return warraq(cwd=tmp_path, **values).out

    assert all(f'"{name}"' in completed("") for name in COMMANDS)
    assert '"--offset"' in completed("search --o")
    assert '"drain"' in completed("fleet ")


BAD_CALLS = [
    (["crawl"], "name the sites"),
    (["crawl", "--all", "hespress"], "name the sites"),
    (["crawl", "hespres"], "hespress"),
    (["crawl", "no-such-site"], "warraq sites"),
    (["crawl", "ftp://example.com/"], "http(s)"),
    (["crawl", "http://[::1"], "no URL"),
    (["crawl", "http://"], "http(s)"),
    (["crawl", "hespress", "--since", "yesterday"], "YYYY-MM-DD"),
    (["crawl", "hespress", "--max-articles", "0"], "max-articles"),
    (["read", "no-such-file.html"], "no-such-file.html"),
    (["read", "."], "folder"),
    (["read", "x.html", "--fetched-at", "now"], "--fetched-at"),
    (["search", "سلام"], "no archive"),
    (["show", "1"], "no archive"),
    (["stats"], "no archive"),
    (["runs"], "no archive"),
    (["history", "1"], "no archive"),
    (["export", "-"], "no archive"),
    (["reindex"], "no archive"),
    (["export", "-", "--country", "مصر"], "such as EG"),
    (["dataset", "x", "--country", "EGY"], "such as EG"),
    (["search", "سلام", "--from", "2025-13-01"], "YYYY-MM-DD"),
    (["search", "سلام", "--from", "2025-10-02", "--to", "2025-10-01"], "before"),
    (["search", "سلام", "--timezone", "Mars/Base"], "time zone"),
    (["stats", "--db", "mysql://u:secret@h/x"], "database URL"),
    (["no-such-command"], "no-such-command"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD_CALLS, ids=[" ".join(a) for a, _ in BAD_CALLS])
def test_a_wrong_call_is_told_what_was_wrong_and_exits_with_2(arguments: list[str], message: str, tmp_path: Path):
    ran = warraq(*arguments, cwd=tmp_path)
    assert ran.code == 2, ran.err
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert "secret" not in ran.err
    assert not list(tmp_path.iterdir()), "a refused call leaves nothing behind"


def test_an_unwritable_archive_folder_exits_with_5(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")
    ran = warraq("crawl", "http://127.0.0.1:9/", "--archive", "file/archive", cwd=tmp_path)
    assert (ran.code, "Traceback" in ran.err) == (5, False)
    assert "file/archive" in ran.err


def test_an_archive_of_a_newer_schema_is_refused_by_readers_and_writers(tmp_path: Path):
    folder = tmp_path / "archive"
    Archive.open(folder).close()
    with sqlite3.connect(folder / "warraq.db") as connection:
        connection.execute("update warraq_version set version_num = '9999'")
    for arguments in (["stats"], ["search", "سلام"], ["crawl", "http://127.0.0.1:9/"], ["export", "-"]):
        ran = warraq(*arguments, cwd=tmp_path)
        assert (ran.code, "Traceback" in ran.err) == (5, False)
        assert "9999" in ran.err


def test_a_damaged_database_is_refused(tmp_path: Path):
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "warraq.db").write_bytes(b"this is no database, but long enough to be looked at" * 100)
    for arguments in (["stats"], ["crawl", "http://127.0.0.1:9/"]):
        ran = warraq(*arguments, cwd=tmp_path)
        assert (ran.code, "Traceback" in ran.err) == (5, False)
        assert "warraq.db" in ran.err


@pytest.mark.slow
def test_an_unreachable_host_is_unhealthy_and_says_so(tmp_path: Path):
    ran = warraq("crawl", "http://127.0.0.1:9/", "--allow-host", "127.0.0.1", "--json", cwd=tmp_path)
    assert ran.code == 1
    assert ran.json["sites"][0]["status"] == "unhealthy"
    assert "Traceback" not in ran.err


def test_a_private_address_is_refused_unless_allowed_by_name(tmp_path: Path):
    ran = warraq("crawl", "http://127.0.0.1:9/", "--json", cwd=tmp_path)
    assert ran.code == 1
    assert ran.json["not_articles"].get("refused")


def test_a_site_file_that_does_not_import_stops_no_other(tmp_path: Path):
    private = tmp_path / "private"
    private.mkdir()
    (private / "broken.py").write_text("import no_such_module_anywhere\n")
    (private / "wrong.py").write_text(
        "from crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n"
        "class Wrong(CategorySpider):\n    site = Site('wrong', 'https://wrong.example', timezone='Mars/Base')\n"
    )
    (private / "good.py").write_text(
        "from crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n"
        "class Good(CategorySpider):\n    site = Site('good', 'https://good.example', country='EG')\n"
    )
    ran = warraq("sites", "--json", cwd=tmp_path, WARRAQ_SPIDERS=str(private))
    assert ran.code == 0
    names = [site["name"] for site in ran.json["sites"]]
    assert "good" in names
    assert "hespress" in names
    assert set(ran.json["broken"]) == {"broken", "wrong"}
    assert "Mars/Base" in ran.json["broken"]["wrong"]
    asked = warraq("crawl", "broken", cwd=tmp_path, WARRAQ_SPIDERS=str(private))
    assert asked.code == 2
    assert "no_such_module_anywhere" in asked.err


def scrapy(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "scrapy", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=90, check=False)


def test_scrapy_list_names_the_declared_sites():
    ran = scrapy("list")
    assert ran.returncode == 0
    listed = json.loads(warraq("sites", "--json", cwd=ROOT).out)["sites"]
    assert ran.stdout.split() == sorted(site["name"] for site in listed)
    assert len(listed) >= 10


def test_a_site_of_a_known_platform_fits_in_ten_lines():
    assert len((ROOT / "spiders/hespress.py").read_text(encoding="utf-8").splitlines()) <= 10


def test_help_lists_each_command_under_one_heading():
    assert sorted(name for names in command_groups.GROUPS.values() for name in names) == COMMANDS


def test_garbage_is_looked_for_late_and_then_rarely_and_never_among_what_was_imported():
    code = """
import gc
from crawler import __main__ as program
program.put_off_collections()
made = [[] for _ in range(program.IMPORTED)]
print(gc.get_threshold()[0] == program.YOUNG, gc.get_freeze_count() > len(made) / 2)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True"]
