"""`warraq schedule`, `worker` and `fleet` as a user gives them."""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.fleet.databases import fleet_rows
from tests.support.fleet.outlets_by_clock import EPOCH, Outlet, serve_fleet
from tests.support.fleet.site_files import Fleet, write_site
from tests.support.running import python, warraq

NAMES = ("outlet_000", "outlet_001")


@pytest.fixture
def fleet(tmp_path: Path, fleet_url: str) -> Iterator[Fleet]:
    """Two outlets, of which the second is of the group "gulf"."""
    with serve_fleet([Outlet(name) for name in NAMES], EPOCH + timedelta(hours=1)) as server:
        write_site(tmp_path / "sites", NAMES[0])
        write_site(tmp_path / "sites", NAMES[1], groups=("gulf",))
        yield Fleet(tmp_path, fleet_url, server)


@pytest.mark.parametrize("command", [("schedule",), ("worker", "--once"), ("fleet",), ("fleet", "pause")])
def test_an_sqlite_archive_is_refused_with_what_to_do_instead(tmp_path: Path, command: tuple[str, ...]) -> None:
    ran = warraq(*command, cwd=tmp_path)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1), ran.err
    assert "PostgreSQL" in ran.err
    assert "warraq crawl --due" in ran.err


def test_without_the_extra_one_line_names_the_command_that_installs_it(tmp_path: Path) -> None:
    code = (
        "import sys, importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'procrastinate' else real(name, *a)\n"
        "sys.argv = ['warraq', 'schedule', '--db', 'postgresql://nobody@127.0.0.1:1/none']\n"
        "from crawler.cli import main; main()"
    )
    ran = python(code, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, ""), ran.err
    assert ran.err == "warraq: a fleet needs procrastinate: pip install 'warraq[fleet]'\n"


def test_no_other_command_loads_what_only_a_fleet_needs(tmp_path: Path) -> None:
    code = "import sys, crawler.cli, crawler.runs.crawls; print('procrastinate' in sys.modules)"
    assert python(code, cwd=tmp_path).out == "False\n", sys.version


@pytest.mark.postgres
def test_the_fleet_shows_what_waits_and_who_works_and_obeys(fleet: Fleet) -> None:
    assert fleet.run("fleet").code == 2  # there is none yet
    assert fleet.schedule()["enqueued"] == list(NAMES)
    assert fleet.schedule()["present"] == list(NAMES)
    ran = fleet.run("fleet", "--json")
    assert ran.code == 1, ran.err  # crawls wait and no worker lives
    assert (ran.json["waiting"], ran.json["running"], ran.json["workers"]) == (list(NAMES), [], [])
    assert set(NAMES) <= set(ran.json["due"])
    assert (ran.json["late"], ran.json["failing"], ran.json["paused_at"]) == ([], {}, None)
    assert fleet.run("fleet", "pause").code == 0
    assert fleet.run("fleet", "--json").json["paused_at"] is not None
    assert "paused since" in fleet.run("fleet").out
    assert fleet.run("fleet", "resume").code == 0
    assert fleet.run("fleet", "drain", "7").code == 2
    fleet_rows(fleet.db, "update procrastinate_jobs set args = args || '{\"version\": 2}' where id = 1")
    assert fleet.run("fleet", "--json").json["newer"] == [NAMES[0]]


@pytest.mark.postgres
@pytest.mark.slow
def test_a_worker_of_a_group_takes_its_sites_alone_and_one_of_all_the_rest(fleet: Fleet) -> None:
    fleet.schedule()
    ran = fleet.run("worker", "--once", "--group", "gulf", "--json")
    assert ran.code == 0, ran.err
    assert [(line["site"], line["status"]) for line in lines(ran.out)] == [(NAMES[1], "done")]
    assert fleet.run("fleet", "--json").json["waiting"] == [NAMES[0]]
    ran = fleet.run("worker", "--once", "--json")
    assert [(line["site"], line["run"]["new"] > 0) for line in lines(ran.out)] == [(NAMES[0], True)]
    after = fleet.schedule()
    assert (after["enqueued"], after["not_due"]) == ([], 2)
    assert fleet.run("fleet", "--json").json["workers"] == []


def lines(out: str) -> list[dict[str, Any]]:
    """The objects that --json printed, one after the other."""
    return [json.loads(line) for line in out.splitlines()]
