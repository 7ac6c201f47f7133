"""A search whose index can't be made or renewed says which folder refuses, why, and what helps; never to reindex in vain."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.faults.disks import fill_up, make_read_only, small_disk
from tests.support.running import Ran, environment, warraq
from tests.support.small_archive import fill
from tests.support.web.served import serving


@pytest.fixture
def archive() -> Iterator[Path]:
    """An archive without an index that lies where every user may go."""
    home = Path(tempfile.mkdtemp(prefix="warraq-refusing-"))
    home.chmod(0o755)
    with Archive.open(home / "archive") as made:
        fill(made)
    shutil.rmtree(home / "archive/index", ignore_errors=True)
    yield home / "archive"
    shutil.rmtree(home)


@pytest.fixture
def disk_of_index(archive: Path) -> Iterator[Path]:
    """The folder of its index, on a disk of its own."""
    with small_disk(archive / "index", 1) as folder:
        yield folder


def refused(ran: Ran, folder: Path, why: str, remedy: str) -> None:
    assert (ran.code, ran.out) == (5, ""), ran
    last = ran.err.splitlines()[-1]
    assert f"the search index in {folder}" in last
    assert f"{why}; {remedy}" in last
    assert "reindex" not in ran.err
    assert ran.err.count(why) <= 2, "the log tells it once, and the error"


def run_under(limits: list[str], *arguments: str, cwd: Path) -> Ran:
    """A command under what a program of util-linux takes from it."""
    if shutil.which(limits[0]) is None:
        pytest.skip(f"there is no program {limits[0]}")
    done = subprocess.run(
        [*limits, sys.executable, "-m", "crawler", *arguments],
        capture_output=True, text=True, cwd=cwd, env=environment(), check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("command", [["search", "نص"], ["facets", "نص"]])
def test_a_full_disk(command: list[str], archive: Path, disk_of_index: Path) -> None:
    fill_up(disk_of_index)
    refused(warraq(*command, cwd=archive.parent), disk_of_index, "No space left on device", "make room on its disk")


def test_a_full_disk_under_an_index_that_is_behind_still_answers(archive: Path, disk_of_index: Path) -> None:
    assert warraq("search", "نص", cwd=archive.parent).out.startswith("2 found")
    from tests.support.archives import NOW, article, capture, save

    with Archive.open(archive) as opened:
        run_id = opened.start_run("example", now=NOW)
        page = capture("https://example.com/news/9")
        save(opened, run_id, page, article(page.url, "نص جديد لم يدخل الفهرس"))
    fill_up(disk_of_index)
    ran = warraq("search", "نص", cwd=archive.parent)
    assert (ran.code, ran.out[:7]) == (0, "2 found")
    assert "No space left on device; make room on its disk" in ran.err


@pytest.mark.parametrize("command", [["search", "نص"], ["facets", "نص"], ["reindex"]])
def test_a_disk_that_takes_no_writes(command: list[str], archive: Path, disk_of_index: Path) -> None:
    assert warraq("search", "نص", cwd=archive.parent).code == 0
    (next(disk_of_index.iterdir()) / "state.json").unlink()
    make_read_only(disk_of_index)
    ran = warraq(*command, cwd=archive.parent)
    refused(ran, disk_of_index, "Read-only file system", "its disk takes no writes")


@pytest.mark.parametrize("command", [["search", "نص"], ["facets", "نص"]])
def test_a_folder_that_may_not_be_written(command: list[str], archive: Path) -> None:
    assert warraq("search", "نص", cwd=archive.parent).code == 0
    folder = next((archive / "index").iterdir())
    (folder / "state.json").unlink()
    folder.chmod(0o555)
    # Root may write everywhere, unless it gives up that right.
    limits = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.getuid() == 0 else ["env"]
    ran = run_under(limits, *command, cwd=archive.parent)
    folder.chmod(0o755)
    refused(ran, folder, "Permission denied", "let this user write there")


def test_the_reader_says_it_too(archive: Path, disk_of_index: Path) -> None:
    fill_up(disk_of_index)
    with serving(archive) as reader:
        answer = reader.find("/api/v1/search", q="نص")
        assert answer.status == 503
        assert "No space left on device; make room on its disk" in answer.text
