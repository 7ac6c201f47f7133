"""The database fails, is contended or is lost: F11 to F13, F16, F17."""

import json
import multiprocessing
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.archive import Archive
from storage.db.schema import articles, captures
from storage.maintenance.verify import verify
from tests.support.archives import NOW, article, capture, save
from tests.support.faults.postgres_cluster import running_cluster
from tests.support.hostile import Answer, Exchange, Server
from tests.support.newspapers.small_site import GOOD
from tests.support.running import warraq

OPTIONS = ("--delay", "0", "--allow-host", "127.0.0.1", "--quiet")


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.parametrize("mode", ["immediate", "fast"])
def test_f11_a_server_that_is_restarted_during_a_crawl_costs_no_page(tmp_path: Path, mode: str) -> None:
    with running_cluster() as cluster:

        def restarting(answer: Answer) -> Answer:
            def restart(exchange: Exchange) -> None:
                server.answers["/n/1/"] = answer
                cluster.control("restart", "-m", mode)
                answer(exchange)

            return restart

        with Server(GOOD | {"/n/1/": restarting(GOOD["/n/1/"])}) as server:
            command = ("crawl", server.url(), *OPTIONS, "--json", "--db", cluster.url)
            first = warraq(*command, cwd=tmp_path)
            assert "Traceback" not in first.err, first.err
            # Either it went on, or it stopped and said why; the next run has all of it.
            assert first.code in (0, 5), first.err
            if first.code == 5:
                assert "stopped or restarted" in first.err + first.out or "can't be reached" in first.err + first.out
            again = warraq(*command, cwd=tmp_path)
            assert again.code == 0, again.err
        exported = warraq("export", "-", "--db", cluster.url, cwd=tmp_path).out.splitlines()
        assert len({json.loads(line)["url"] for line in exported}) == len(exported) == 4
        report = warraq("verify", "--json", "--db", cluster.url, cwd=tmp_path)
        assert (report.code, report.json["wrong"]) == (0, {}), report.out


def _write(folder: str, worker: int, count: int, queue: Any) -> None:
    try:
        with Archive.open(Path(folder)) as archive:
            run_id = archive.start_run("example", now=NOW)
            for number in range(count):
                page = capture(f"https://example.com/{worker}/{number}")
                save(archive, run_id, page, article(page.url, f"نص الخبر {number} من {worker}"))
        queue.put(None)
    except BaseException as error:
        queue.put(repr(error))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_f12_eight_writers_of_ten_thousand_articles_are_never_told_that_it_is_locked(tmp_path: Path) -> None:
    writers, count = 8, 1250
    with Archive.open(tmp_path) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    processes = [context.Process(target=_write, args=(str(tmp_path), each, count, queue)) for each in range(writers)]
    for process in processes:
        process.start()
    assert [queue.get(timeout=800) for _ in processes] == [None] * writers
    for process in processes:
        process.join()
    with Archive.open(tmp_path) as archive:
        with archive.engine.connect() as connection:
            for table in (articles, captures):
                assert connection.scalar(select(func.count()).select_from(table)) == writers * count
        assert verify(archive.engine, archive.folder).ok


READER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("begin")
print(connection.execute("select count(*) from articles").fetchone()[0], flush=True)
sys.stdin.readline()
print(connection.execute("select count(*) from articles").fetchone()[0], flush=True)
"""


def test_f13_a_reader_that_stays_holds_up_no_writer_and_the_log_shrinks_after_it(tmp_path: Path) -> None:
    log = tmp_path / "warraq.db-wal"
    with Archive.open(tmp_path) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        run_id = archive.start_run("example", now=NOW)

        def save_one(number: int) -> None:
            page = capture(f"https://example.com/{number}")
            save(archive, run_id, page, article(page.url, f"نص {number} " * 400))

        save_one(0)
        command = [sys.executable, "-c", READER, str(tmp_path / "warraq.db")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "1\n"
            for number in range(1, 200):
                save_one(number)
            grown = log.stat().st_size
            out, _ = reader.communicate("\n", timeout=30)
            assert out == "1\n", "it still saw what it began with"
        # The pages that the reader held back are written to the database by a later checkpoint, and the log is used anew.
        for number in range(200, 400):
            save_one(number)
        assert log.stat().st_size <= grown + 4 * 1024**2
        with archive.engine.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(articles)) == 400
    assert not log.exists(), "the last to close it leaves no log"


def _damaged(folder: Path, kind: str) -> None:
    path = folder / "warraq.db"
    with path.open("r+b") as file:
        if kind == "cut":
            file.truncate(path.stat().st_size // 2 // 4096 * 4096)
        else:
            connection = sqlite3.connect(path)
            (root,) = connection.execute("select rootpage from sqlite_master where name = 'articles'").fetchone()
            connection.close()
            file.seek((root - 1) * 4096)
            file.write(b"\xa5" * 4096)


@pytest.mark.parametrize("kind", [pytest.param("overwritten", marks=pytest.mark.slow), "cut"])
@pytest.mark.slow
def test_f16_a_damaged_database_is_found_refused_and_rebuilt_from_the_files(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "archive"
    with Server(dict(GOOD)) as server:
        command = ("crawl", server.url(), *OPTIONS)
        assert warraq(*command, cwd=tmp_path).code == 0
        before = _lines(tmp_path)
        _damaged(folder, kind)
        content = (folder / "warraq.db").read_bytes()
        for refused in (("verify",), command):
            ran = warraq(*refused, cwd=tmp_path)
            assert ran.code == 5, (refused, ran.out, ran.err)
            assert "Traceback" not in ran.err, ran.err
            assert "damaged" in ran.err + ran.out
            assert "repair" in ran.err + ran.out
        assert (folder / "warraq.db").read_bytes() == content, "nothing was written into it"
        mended = warraq("repair", "--rebuild", cwd=tmp_path)
        assert mended.code == 0, mended.err
    assert _lines(tmp_path) == before
    assert warraq("verify", cwd=tmp_path).code == 0


def _lines(folder: Path, *where: str) -> list[dict[str, Any]]:
    """What is exported, but for numbers, and for the digest of a profile that a rebuild learns anew."""
    records = [json.loads(line) for line in warraq("export", "-", *where, cwd=folder).out.splitlines()]
    for each in records:
        each |= {"id": None, "extractor": " ".join(each["extractor"].split()[:2])}
    return sorted(records, key=lambda each: str(each["url"]))


@pytest.mark.slow
def test_f17_a_lost_database_is_rebuilt_from_the_command_line(tmp_path: Path) -> None:
    assert warraq("demo", "--quiet", cwd=tmp_path).code == 0
    folder = tmp_path / "warraq-demo"
    where = ("--archive", "warraq-demo")
    before = _lines(tmp_path, *where)
    for left in folder.glob("warraq.db*"):
        left.unlink()
    ran = warraq("repair", *where, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert _lines(tmp_path, *where) == before
    for left in folder.glob("warraq.db*"):
        left.unlink()
    files = [f"warraq-demo/warc/{path.name}" for path in (folder / "warc").glob("*.warc.gz")]
    assert warraq("import", *files, *where, cwd=tmp_path).code == 0
    assert _lines(tmp_path, *where) == before
    assert warraq("verify", *where, cwd=tmp_path).code == 0
