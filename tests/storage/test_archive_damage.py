"""An archive that can not be opened, is damaged, or whose process or disk fails on the way."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text

from storage import queries
from storage.archive import Archive
from storage.db.schema import articles, captures, runs
from storage.errors import ArchiveError, NoArchive, SchemaTooNew
from storage.filters import Filters
from storage.records import Found, Position
from storage.warc.writer import read_capture
from tests.support.archives import NOW, URL, article, capture, frontier, rows, save

KILLED = """
import os, signal, sys
from pathlib import Path
from storage import archive as module
from tests.support.archives import NOW, article, capture, save

folder, url, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
die = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
with module.Archive.open(folder, url) as archive:
    archive.add_site("example", "https://example.com", None, None, "UTC")
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture("https://example.com/0"), article("https://example.com/0"))
    if point == "between":
        archive.append(capture(), run_id)
        die()
    module.runs.count = die  # inside the transaction of the save
    save(archive, run_id, capture(), article())
"""


@pytest.mark.parametrize("point", ["between", "inside"])
def test_a_kill_leaves_nothing_broken_and_a_rerun_completes(tmp_path: Path, bare_database_url: str, point: str) -> None:
    folder = tmp_path / "archive"
    command = [sys.executable, "-c", KILLED, str(folder), bare_database_url, point]
    killed = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    with Archive.open(folder, bare_database_url) as archive:
        assert frontier(archive).unknown(["https://example.com/0", URL]) == [URL]
        (kept,) = rows(archive, captures)
        (version,) = queries.history(archive.engine, kept["url"])
        assert read_capture(folder, Position(**version["warc"])).url == kept["url"]
        run_id = archive.start_run("example", now=NOW)
        saved = save(archive, run_id, capture(), article())
        assert saved.change == "new"
        assert [(row["status"], row["new"]) for row in rows(archive, runs, runs.c.id)] == [
            ("failed", 1),
            ("running", 1),
        ]


def _write_many(folder: str, url: str | None, worker: int, queue: Any) -> None:
    try:
        with Archive.open(Path(folder), url) as archive:
            site = f"site{worker}"
            for name in (site, "example"):
                archive.add_site(name, "https://example.com", None, None, "UTC")
            run_id = archive.start_run(site, now=NOW)
            for number in range(25):
                discoveries = [
                    Found(f"https://example.com/found/{(number * 7 + step) % 40}", "article") for step in range(10)
                ]
                page = capture(f"https://example.com/{worker}/{number}")
                save(archive, run_id, page, article(page.url), found=discoveries)
                shared = capture("https://example.com/shared", minutes=25 * worker + number)
                save(archive, run_id, shared, article(shared.url))
        queue.put(None)
    except BaseException as error:
        queue.put(repr(error))


@pytest.mark.slow
def test_four_processes_write_one_archive_that_none_had_made(tmp_path: Path, bare_database_url: str) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    arguments = [(str(tmp_path / "archive"), bare_database_url, worker, queue) for worker in range(4)]
    workers = [context.Process(target=_write_many, args=each) for each in arguments]
    for worker in workers:
        worker.start()
    assert [queue.get(timeout=120) for _ in workers] == [None] * 4
    for worker in workers:
        worker.join()
    with Archive.open(tmp_path / "archive", bare_database_url) as archive, archive.engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(captures)) == 200
        assert connection.scalar(select(func.count()).select_from(articles)) == 101
        assert connection.scalar(select(func.sum(runs.c.new))) == 101
        assert len(connection.execute(queries.select_articles(Filters(site="example"))).all()) == 101


def test_who_works_on_an_archive_that_must_be_there_makes_none(tmp_path: Path, bare_database_url: str) -> None:
    with pytest.raises(NoArchive, match="there is no archive at"):
        Archive.open(tmp_path / "archive", bare_database_url, create=False)
    assert not (tmp_path / "archive").exists()
    Archive.open(tmp_path / "archive", bare_database_url).close()
    Archive.open(tmp_path / "archive", bare_database_url, create=False).close()


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    for folder in (tmp_path / "file", tmp_path / "file" / "archive"):
        with pytest.raises(ArchiveError, match=f"can't make {folder}.*--archive"):
            Archive.open(folder)


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "archive"
    Archive.open(folder).close()
    if os.geteuid() == 0:  # permissions don't bind root
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != folder)
    else:
        folder.chmod(0o500)
    with pytest.raises(ArchiveError, match=f"can't write to {folder}"):
        Archive.open(folder)
    folder.chmod(0o700)


@pytest.mark.parametrize(
    "damage", [b"this is no database at all, but a text" * 100, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_damaged_database_is_named(tmp_path: Path, damage: bytes) -> None:
    Archive.open(tmp_path).close()
    (tmp_path / "warraq.db").write_bytes(damage)
    with pytest.raises(ArchiveError, match=f"{tmp_path}/warraq.db is .*damaged"):
        Archive.open(tmp_path)


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        run_id = archive.start_run("example", now=NOW)

        def bound(connection: sqlite3.Connection, _record: object, _proxy: object) -> None:
            (size,) = connection.execute("pragma page_count").fetchone()
            connection.execute(f"pragma max_page_count = {size + 5}")

        event.listen(archive.engine, "checkout", bound)
        body = " ".join(f"كلمة{number}" for number in range(50_000))
        with pytest.raises(ArchiveError, match="its disk is full"):
            save(archive, run_id, capture(), article(body=body))
        event.remove(archive.engine, "checkout", bound)
        with archive.engine.connect() as connection:
            connection.execute(text("pragma max_page_count = 1000000"))
            assert connection.scalar(text("pragma integrity_check")) == "ok"
        assert rows(archive, captures) == []
        assert save(archive, run_id, capture(minutes=1), article(body=body)).change == "new"


def test_an_archive_of_a_newer_version_is_refused_unchanged(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    with sqlite3.connect(tmp_path / "warraq.db") as connection:
        connection.execute("update warraq_version set version_num = '9999'")
    connection.close()
    with pytest.raises(SchemaTooNew, match="has schema 9999, and this version knows 0"):
        Archive.open(tmp_path)


def test_an_unreachable_server_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="can't be reached") as caught:
        Archive.open(tmp_path, "postgresql+psycopg://user:secret@127.0.0.1:1/none")
    assert "user:***@127.0.0.1:1/none" in str(caught.value)
    assert "secret" not in str(caught.value)
