"""Processes that Ray runs for a command and that are killed mid-task: their work is done again, and nothing twice."""

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from tests.support.faults.processes import STARTS_S, descendants, kill, left
from tests.support.faults.sockets import addresses
from tests.support.rooms.reextraction import keep
from tests.support.running import start, warraq

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed (extra ray)"),
]
CAPTURES = 120


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive of captures whose articles an earlier extractor gave."""
    folder = tmp_path_factory.mktemp("made")
    with Archive.open(folder / "archive") as archive:
        archive.add_site("example", "https://news.example/", None, "EG", "UTC")
        for number in range(CAPTURES):
            keep(archive, number, section="قديم", minutes=number)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def exported(folder: Path) -> list[dict[str, Any]]:
    lines = warraq("export", "-", cwd=folder).out.splitlines()
    records = [json.loads(line) for line in lines]
    for record in records:
        del record["id"]
    return sorted(records, key=lambda record: str(record["url"]))


def at_work(below: set[int]) -> Iterator[int]:
    """Those of the processes that Ray has given a call, by the names that it gives them."""
    for pid in below:
        try:
            name = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if name.startswith(b"ray::Answerer.answer"):
            yield pid


def wait_for_work(process: "subprocess.Popen[str]") -> tuple[int, set[int]]:
    """A process that is at work, and all that there are."""
    until = time.monotonic() + STARTS_S
    while time.monotonic() < until:
        below = descendants(process.pid)
        for pid in at_work(below):
            return pid, below
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    raise AssertionError("Ray ran nothing")


COMMANDS = {"reextract": ("reextract", "--yes", "--json"), "import": ("import", "{warc}", "--json")}


@pytest.mark.parametrize("command", COMMANDS)
def test_f42_a_ray_worker_killed_mid_task_costs_nothing_and_doubles_nothing(command: str, folder: Path) -> None:
    shutil.copytree(folder, folder / "local")
    for each in (folder, folder / "local"):
        if command == "import":
            (each / "archive").rename(each / "other")
    warc = next((folder / "other" / "warc").glob("*.warc.gz"), "") if command == "import" else ""
    arguments = [each.format(warc=warc) for each in COMMANDS[command]]
    local = warraq(*arguments, cwd=folder / "local")
    assert local.code == 0, local.err
    process = start(*arguments, "--engine", "ray", cwd=folder)
    pid, below = wait_for_work(process)
    assert {each for each in addresses(below | {process.pid}) if not each.startswith("127.")} == set()
    kill([pid])
    below |= descendants(process.pid)
    out, err = process.communicate(timeout=300)
    assert (process.returncode, "Traceback" in err) == (0, False), err
    assert left(below) == set()
    assert json.loads(out) == local.json
    assert exported(folder) == exported(folder / "local")
    assert warraq("verify", "--json", cwd=folder).json["wrong"] == {}
    again = warraq(*arguments, cwd=folder)
    assert exported(folder) == exported(folder / "local")
    assert again.code == 0


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGKILL])
def test_f42_a_command_on_ray_that_ends_leaves_no_process_and_the_next_goes_on(sent: int, folder: Path) -> None:
    process = start("reextract", "--yes", "--engine", "ray", cwd=folder)
    _, below = wait_for_work(process)
    below |= descendants(process.pid)
    process.send_signal(sent)
    _, err = process.communicate(timeout=120)
    assert process.returncode == (4 if sent == signal.SIGTERM else -sent), err
    assert left(left(left(below))) == set()  # Ray's own watcher sees the end, and ends them one after the other
    again = warraq("reextract", "--yes", "--json", cwd=folder)
    assert (again.code, again.json["read"], again.json["corrected"]) == (0, CAPTURES, CAPTURES)
