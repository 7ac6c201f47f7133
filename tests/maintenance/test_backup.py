"""Backups of an archive that is being crawled: whole, restored anywhere, and never half."""

import hashlib
import json
import tarfile
import time
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.database import open_readonly
from storage.db.schema import metadata
from storage.maintenance.table_copy import digest
from tests.support.rooms.crawls import declare, serving
from tests.support.running import Ran, start, warraq
from tests.support.small_archive import HOME, NOW, keep, page


def restored(backup: Path, folder: Path, *more: str) -> Ran:
    ran = warraq("restore", str(backup), "--archive", str(folder), "--json", *more, cwd=backup.parent)
    assert ran.code == 0, ran.err
    return ran


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    with Archive.open(folder) as opened:
        opened.add_site("example", HOME, None, None, "UTC")
        run_id = opened.start_run("example", now=NOW)
        for number in range(5):
            keep(opened, run_id, page(f"{HOME}/{number}", NOW, f"عنوان {number}\nنص الخبر"))
        opened.finish_run(run_id, status="done", now=NOW, requests=5)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_backups_taken_during_a_crawl_are_whole(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    db = [] if engine == "sqlite" else ["--db", request.getfixturevalue("bare_postgres_url")]
    with serving() as server:
        site = declare(tmp_path / "private", server)
        options = ("--allow-host", "127.0.0.1", "--quiet", *db)
        crawl = start("crawl", "marfa", *options, cwd=tmp_path, WARRAQ_SPIDERS=str(site))
        until = time.monotonic() + 60
        while len(server.requests) < 12:
            assert time.monotonic() < until
            time.sleep(0.02)
        taken: list[int] = []
        while crawl.poll() is None and len(taken) < 3:
            ran = warraq("backup", f"{len(taken)}.tar", "--json", *db, cwd=tmp_path)
            assert ran.code == 0, ran.err
            taken.append(crawl.poll() is None)
        crawl.communicate(timeout=120)
        assert any(taken), "the crawl went on while a backup was taken"
        counts = []
        for number in range(len(taken)):
            folder = tmp_path / f"restored{number}"
            restored(tmp_path / f"{number}.tar", folder)
            verified = warraq("verify", "--json", "--archive", str(folder), cwd=tmp_path)
            assert verified.code == 0, verified.out
            counts.append(warraq("stats", "--json", "--archive", str(folder), cwd=tmp_path).json["captures"])
        assert counts == sorted(counts)
        assert counts[0] > 0
        # A restored archive is gone on with, from where the backup found it.
        ran = warraq("crawl", "marfa", *options[:3], "--archive", "restored0", cwd=tmp_path, WARRAQ_SPIDERS=str(site))
        assert ran.code == 0, ran.err
        titles = [each.title for each in server.newspaper.articles()]
    output = warraq("export", "-", "--archive", "restored0", cwd=tmp_path).out.splitlines()
    assert sorted(json.loads(line)["title"] for line in output) == sorted(titles)


def test_a_backup_holds_each_file_with_its_digest(archive: Path, tmp_path: Path) -> None:
    with next((archive / "warc").iterdir()).open("ab") as torn:
        torn.write(b"what a crawl is appending")
    assert warraq("backup", "b.tar", cwd=tmp_path).code == 0
    with tarfile.open(tmp_path / "b.tar") as tar:
        bodies = {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]
    manifest = json.loads(bodies.pop("manifest.json"))
    assert {each["name"]: each["sha256"] for each in manifest["files"]} == {
        name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()
    }
    assert not any(body.endswith(b"appending") for body in bodies.values())
    assert next(iter(bodies)) == "warraq.db"


@pytest.mark.postgres
def test_a_backup_of_sqlite_may_be_restored_to_postgresql(
    archive: Path, tmp_path: Path, bare_postgres_url: str
) -> None:
    warraq("backup", "b.tar", cwd=tmp_path)
    restored(tmp_path / "b.tar", tmp_path / "again", "--db", bare_postgres_url)
    assert not (tmp_path / "again" / "warraq.db").exists()
    one, other = open_readonly(archive), open_readonly(tmp_path / "again", bare_postgres_url)
    # `changes` is a log for the indexes that follow this database; the restored one has none yet.
    for table in (table for table in metadata.sorted_tables if table.name != "changes"):
        with one.connect() as left, other.connect() as right:
            assert digest(left, table) == digest(right, table), table.name
    other.dispose()
    options = ("--archive", "again", "--db", bare_postgres_url)
    assert warraq("verify", *options, cwd=tmp_path).code == 0


def test_a_folder_that_holds_something_is_refused(archive: Path, tmp_path: Path) -> None:
    warraq("backup", "b.tar", cwd=tmp_path)
    before = {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()}
    assert warraq("restore", "b.tar", cwd=tmp_path).code == 2
    assert {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("damage", ["cut", "flip", "text", "missing"])
def test_a_damaged_backup_leaves_nothing_behind(archive: Path, tmp_path: Path, damage: str) -> None:
    backup = tmp_path / "b.tar"
    warraq("backup", "b.tar", cwd=tmp_path)
    body = bytearray(backup.read_bytes())
    if damage == "cut":
        backup.write_bytes(body[: len(body) // 2])
    elif damage == "flip":
        body[3000] ^= 1
        backup.write_bytes(body)
    elif damage == "text":
        backup.write_text("no backup")
    else:
        backup.unlink()
    ran = warraq("restore", "b.tar", "--archive", "again", cwd=tmp_path)
    assert ran.code == (5 if damage in ("cut", "flip") else 2), ran
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "again").exists()


def test_a_backup_that_fails_leaves_the_older_one(archive: Path, tmp_path: Path) -> None:
    assert warraq("backup", "b.tar", cwd=tmp_path).code == 0
    before = (tmp_path / "b.tar").read_bytes()
    warc = next((archive / "warc").iterdir())
    warc.write_bytes(warc.read_bytes()[: warc.stat().st_size // 2])
    ran = warraq("backup", "b.tar", cwd=tmp_path)
    assert ran.code == 5
    assert "is shorter than its rows say" in ran.err
    assert (tmp_path / "b.tar").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
