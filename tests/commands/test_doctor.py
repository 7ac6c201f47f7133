"""`warraq doctor`: every fault that it knows is found, said with what to do, and decides the exit code."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.locks import SiteLock
from storage.archive import Archive
from tests.support.running import Ran, warraq
from tests.support.small_archive import HOME, keep, page

NOW = datetime.now(UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", HOME, None, None, "UTC")
        run_id = archive.start_run("example", now=NOW - timedelta(hours=2))
        keep(archive, run_id, page(f"{HOME}/1", NOW - timedelta(hours=2), "عنوان\nنص"))
        archive.finish_run(run_id, status="done", now=NOW, requests=1)
    return tmp_path


def doctor(folder: Path, *more: str, **env: str) -> tuple[Ran, dict[str, dict[str, Any]]]:
    ran = warraq("doctor", "--json", *more, cwd=folder, **env)
    assert "Traceback" not in ran.err
    return ran, {each["check"]: each for each in ran.json["checks"]}


def test_a_fit_installation_is_well(folder: Path) -> None:
    ran, checks = doctor(folder)
    assert (ran.code, ran.json["ok"]) == (0, True)
    assert {each["state"] for name, each in checks.items() if name != "disk"} == {"ok"}
    assert "MiB a day" in checks["disk"]["text"]
    assert "the newest crawl began" in checks["clock"]["text"]
    text = warraq("doctor", cwd=folder).out
    assert text.split()[:2] == ["ok", "versions"]


@pytest.mark.parametrize(
    ("env", "check", "state", "message"),
    [
        ({"WARRAQ_CONTACT": ""}, "contact", "bad", "WARRAQ_CONTACT is not set"),
        ({"WARRAQ_CONTACT": "me"}, "contact", "warn", "me is no address"),
        ({"WARRAQ_SPIDERS": "/no/such"}, "sites", "bad", "/no/such"),
        ({"WARRAQ_ALLOW_HOSTS": "10.0.0.1"}, "network", "warn", "10.0.0.1"),
        ({"https_proxy": "http://me:hunter2@proxy.example:3128"}, "network", "ok", "https by proxy.example:3128"),
        ({"PYTHONTZPATH": "/no/such"}, "time zones", "ok", "data for all"),
    ],
)
def test_what_the_environment_lacks_is_found(
    env: dict[str, str], check: str, state: str, message: str, folder: Path
) -> None:
    ran, checks = doctor(folder, **env)
    assert checks[check]["state"] == state
    assert message in checks[check]["text"]
    assert bool(checks[check]["advice"]) == (state != "ok")
    assert ran.code == (1 if state == "bad" else 0)
    assert "hunter2" not in ran.out


def test_the_archive_s_state_is_told(folder: Path) -> None:
    with Archive.open(folder / "archive") as archive, SiteLock(folder / "archive", "example"):
        archive.start_run("example", now=NOW)
        _, checks = doctor(folder)
        assert "example by process " in checks["locks"]["text"]
        assert checks["locks"]["state"] == "ok"
    _, checks = doctor(folder)
    assert checks["locks"]["state"] == "warn"
    assert checks["locks"]["text"].endswith("killed and not crawled since: example")
    with Archive.open(folder / "archive") as archive:
        ahead = archive.start_run("example", now=NOW + timedelta(days=3650))
        archive.finish_run(ahead, status="done", now=NOW, requests=1)
    _, checks = doctor(folder)
    assert (checks["clock"]["state"], "runs are dated later: example" in checks["clock"]["text"]) == ("warn", True)


def test_an_archive_that_is_not_there_is_no_fault_and_one_that_is_damaged_is(folder: Path) -> None:
    ran, checks = doctor(folder, "--archive", "none")
    assert (ran.code, checks["database"]["state"]) == (0, "warn")
    assert not (folder / "none").exists()
    (folder / "archive/warraq.db").write_bytes(b"no database" * 500)
    ran, checks = doctor(folder)
    assert (ran.code, checks["database"]["state"]) == (1, "bad")
    ran, checks = doctor(folder, "--db", "postgresql://me@127.0.0.1:9/none?password=hunter2")
    assert (ran.code, checks["database"]["state"]) == (1, "bad")
    assert "hunter2" not in ran.out


@pytest.mark.postgres
def test_the_tables_may_be_in_postgresql(folder: Path, postgres_url: str) -> None:
    _, checks = doctor(folder, "--db", postgres_url)
    assert checks["database"]["text"].startswith("postgresql+psycopg://")
    assert checks["database"]["state"] == checks["clock"]["state"] == "ok"
    assert json.dumps(checks)
