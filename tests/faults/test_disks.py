"""A disk that is full, read-only or forbidden, and exports that end half-way: F14, F15, F44."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.archives import NOW, article, capture, save
from tests.support.faults.disks import fill_up, make_read_only, make_writable, resize, small_disk
from tests.support.hostile import Answer, Server, page
from tests.support.newspapers.small_site import GOOD, MENU, listing
from tests.support.running import ROOT, Ran, environment, start, warraq

OPTIONS = ("--delay", "0", "--allow-host", "127.0.0.1", "--quiet")
NUMBERS = range(1, 41)
PARAGRAPH = "<p>قال المتحدث في بيانه رقم {n}-{i} إن العمل سيستمر {i} أشهر، وإن السكان سيبلغون بكل تغيير قبل {word}.</p>"


def large_article(n: int) -> Answer:
    """About 150 KB that do not compress to nothing."""
    text = "".join(PARAGRAPH.format(n=n, i=i, word=os.urandom(24).hex()) for i in range(600))
    title = f"خبر رقم {n} عن افتتاح الميناء الجديد"
    return page(f'<html lang="ar"><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article>')


def newspaper() -> dict[str, Answer]:
    large = {f"/n/{n}/": large_article(n) for n in NUMBERS}
    return {"/": listing([1, 2], menu=MENU), "/c/a/": listing(NUMBERS), "/c/b/": listing([1, 2])} | large


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", 6) as folder:
        yield folder


def titles(folder: Path, *where: str) -> list[str]:
    ran = warraq("export", "-", *where, cwd=folder)
    assert ran.code == 0, ran.err
    return [json.loads(line)["title"] for line in ran.out.splitlines()]


def refused(ran: Ran) -> None:
    """One line about the disk, and 5."""
    assert ran.code == 5, (ran.code, ran.err)
    assert "Traceback" not in ran.err, ran.err
    lines = [line for line in (ran.err + ran.out).splitlines() if "full" in line or "No space left" in line]
    assert lines, (ran.out, ran.err)


@pytest.mark.slow
@pytest.mark.parametrize("full", ["database", "warc", "both"])
def test_f14_a_full_disk_ends_a_crawl_in_order_and_the_next_goes_on(tmp_path: Path, disk: Path, full: str) -> None:
    archive = disk / "archive" if full != "warc" else tmp_path / "archive"
    where = ["--archive", str(archive)]
    if full == "database":
        where = ["--archive", str(tmp_path / "archive"), "--db", f"sqlite:///{disk}/warraq.db"]
    elif full == "warc":
        archive.mkdir()
        (disk / "warc").mkdir()
        (archive / "warc").symlink_to(disk / "warc")
    with Server(newspaper()) as server:
        command = ("crawl", server.url(), *OPTIONS, *where)
        assert warraq(*command, "--max-articles", "2", cwd=tmp_path).code == 0
        filling = fill_up(disk, leave=300_000)
        refused(warraq(*command, cwd=tmp_path))
        kept = titles(tmp_path, *where)
        assert 2 <= len(kept) < len(NUMBERS)
        output = warraq("verify", *where, "--json", cwd=tmp_path)
        assert (output.code, output.json["wrong"]) == (0, {}), output.out
        filling.unlink()
        resize(disk, 200)
        assert warraq(*command, cwd=tmp_path).code == 0
    after = titles(tmp_path, *where)
    assert set(kept) <= set(after)
    assert len(after) == len(set(after)) == len(NUMBERS)
    assert warraq("verify", *where, cwd=tmp_path).code == 0


@pytest.mark.slow
def test_f14_a_disk_that_is_full_for_the_log_costs_the_log_alone(tmp_path: Path, disk: Path) -> None:
    fill_up(disk)
    with Server(dict(GOOD)) as server, (disk / "log").open("wb") as log:
        ran = subprocess.run(
            [sys.executable, "-m", "crawler", "crawl", server.url(), *OPTIONS[:-1]],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=log,
            timeout=100,
            check=False,
        )
    assert ran.returncode == 0
    assert len(titles(tmp_path)) == 4


@pytest.fixture(scope="module")
def large_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 6 MB of text."""
    folder = tmp_path_factory.mktemp("large") / "archive"
    with Archive.open(folder) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        run_id = archive.start_run("example", now=NOW)
        for number in range(150):
            one = capture(f"https://example.com/{number}")
            save(archive, run_id, one, article(one.url, os.urandom(20_000).hex()))
        archive.finish_run(run_id, status="done", now=NOW, requests=150)
    return folder


SUFFIXES = (".jsonl", *(pytest.param(suffix, marks=pytest.mark.slow) for suffix in (".jsonl.gz", ".jsonl.zst")))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_f14_a_disk_that_is_full_leaves_the_last_export_whole(disk: Path, large_archive: Path, suffix: str) -> None:
    target = disk / f"out{suffix}"
    target.write_bytes(b"the last one")
    filling = fill_up(disk, leave=1_000_000)
    ran = warraq("export", str(target), "--force", "--archive", str(large_archive), cwd=disk)
    refused(ran)
    assert "unchanged" in ran.err
    assert target.read_bytes() == b"the last one"
    assert not list(disk.glob(".*.part"))
    filling.unlink()
    resize(disk, 60)
    assert warraq("export", str(target), "--force", "--archive", str(large_archive), cwd=disk).code == 0
    assert target.stat().st_size > 2_000_000


@pytest.mark.slow
def test_f15_a_disk_that_became_read_only_is_named_and_nothing_is_half_written(disk: Path, tmp_path: Path) -> None:
    archive = disk / "archive"
    with Server(dict(GOOD)) as server:
        crawl = ("crawl", server.url(), *OPTIONS)
        where = ("--archive", str(archive))
        assert warraq(*crawl, *where, cwd=tmp_path).code == 0
        kept = titles(tmp_path, *where)
        (warc,) = (archive / "warc").glob("*.warc.gz")
        foreign = Path(shutil.copy(warc, tmp_path / "other.warc.gz"))
        make_read_only(disk)
        writers = [
            (*crawl, *where),
            ("import", str(foreign), *where),
            ("reindex", *where),
            ("reextract", *where),
            ("repair", *where),
            ("remove", "1", "--reason", "حكم", *where),
            ("export", str(disk / "out.jsonl"), *where),
            (*crawl, "--archive", str(disk / "new")),
        ]
        for command in writers:
            ran = warraq(*command, cwd=tmp_path)
            assert ran.code == 5, (command, ran.code, ran.err)
            assert str(disk) in ran.err + ran.out, (command, ran.err)
            assert len(ran.err.splitlines()) == 1, (command, ran.err)
        assert titles(tmp_path, *where) == kept, "it can still be read"
        assert warraq("verify", *where, cwd=tmp_path).code == 0
        make_writable(disk)
        assert sorted(path.name for path in disk.iterdir()) == ["archive"]
        assert warraq(*crawl, *where, cwd=tmp_path).code == 0
    assert titles(tmp_path, *where) == kept


KILLED = """
import os, signal, sys
from pathlib import Path
from storage.db.database import open_readonly
from storage.export import write_export

kill = lambda done: os.kill(os.getpid(), signal.SIGKILL)
write_export(open_readonly(Path(sys.argv[1])), Path(sys.argv[2]), force=True, on_progress=kill)
"""


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_f44_an_export_that_is_killed_leaves_the_last_one_and_the_next_succeeds(
    tmp_path: Path, large_archive: Path, suffix: str
) -> None:
    target = tmp_path / f"out{suffix}"
    target.write_bytes(b"the last one")
    command = [sys.executable, "-c", KILLED, str(large_archive), str(target)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert target.read_bytes() == b"the last one"
    assert warraq("export", str(target), "--force", "--archive", str(large_archive), cwd=tmp_path).code == 0
    assert target.stat().st_size > 2_000_000
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.slow
def test_f44_an_export_beside_a_crawl_is_one_moment_of_the_archive(tmp_path: Path) -> None:
    with Server(newspaper()) as server:
        crawl = start("crawl", server.url(), *OPTIONS, cwd=tmp_path)
        until = time.monotonic() + 60
        while len(server.hits("/n/3/")) == 0:
            assert time.monotonic() < until, "the crawl did not get going"
            time.sleep(0.01)
        counts = []
        while crawl.poll() is None:
            ran = warraq("export", "-", cwd=tmp_path)
            assert ran.code == 0, ran.err
            lines = [json.loads(line) for line in ran.out.splitlines()]
            assert [each["id"] for each in lines] == list(range(1, len(lines) + 1)), "no gap, and none twice"
            counts.append(len(lines))
        assert crawl.wait() == 0, crawl.communicate()[1]
    assert counts == sorted(counts)
    assert len(titles(tmp_path)) == len(NUMBERS)
