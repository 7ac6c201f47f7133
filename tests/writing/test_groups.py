"""Groups: many pages wait for the disk once, and what is wrong with one of them costs none of the others."""

import errno
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from storage.archive import Archive
from storage.db.schema import articles, captures, pages
from storage.errors import ArchiveError, TakenDown
from storage.records import Position
from storage.removal import remove
from storage.warc.writer import read_capture
from storage.writing.group_commit import Write
from storage.writing.run_files import Append
from tests.support.archives import NOW, article, capture, rows, run_row, save


def url(number: int) -> str:
    return f"https://example.com/news/{number}"


def appended(archive: Archive, run_id: int, numbers: range) -> list[Position]:
    answers = archive.append_all([Append(capture(url(number)), run_id) for number in numbers])
    assert all(isinstance(each, Position) for each in answers)
    return [each for each in answers if isinstance(each, Position)]


def saving(archive: Archive, run_id: int, number: int, position: Position, **fields: Any) -> Write:
    page = capture(url(number))
    read = article(page.url, f"نص الخبر رقم {number}", **fields)
    return archive.writes.saving(page, position, run_id=run_id, kind="article", article=read, now=NOW)


def test_a_group_waits_for_the_disk_once_for_each_file_and_once_for_its_rows(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = archive.start_run("example", now=NOW)
    appended(archive, run_id, range(1))  # the file is there
    forced: list[str] = []
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: forced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
    )
    commits: list[Connection] = []
    event.listen(archive.engine, "commit", commits.append)
    positions = appended(archive, run_id, range(1, 41))
    assert len(forced) == 1
    assert forced[0].endswith(positions[0].file)
    before = len(commits)  # of transactions that read
    answers = archive.commit_all(
        [saving(archive, run_id, number, position) for number, position in enumerate(positions, 1)]
    )
    assert len(commits) == before + 1
    assert [each.change for each in answers] == ["new"] * 40
    assert {row["url"]: row["state"] for row in rows(archive, pages)} == {url(n): "done" for n in range(1, 41)}
    assert (run_row(archive, run_id)["new"], run_row(archive, run_id)["pages"]) == (40, 40)
    for row in rows(archive, captures):
        position = Position(row["warc_file"], row["warc_offset"], row["warc_length"], row["digest"])
        assert read_capture(archive.folder, position) == capture(row["url"])


def test_what_is_wrong_with_one_page_costs_no_page_beside_it(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    positions = appended(archive, run_id, range(4))
    writes = [saving(archive, run_id, number, position) for number, position in enumerate(positions)]

    def broken(connection: Connection) -> None:
        connection.execute(text("insert into facts (name, value) values ('half', 'done')"))
        connection.execute(text("insert into captures (id) values (1)"))

    answers = archive.commit_all([*writes[:2], Write(broken, lambda result: result), *writes[2:]])
    assert [type(each).__name__ for each in answers] == ["Saved", "Saved", "IntegrityError", "Saved", "Saved"]
    assert len(rows(archive, articles)) == 4
    assert run_row(archive, run_id)["new"] == 4, "what was rolled back with it is not counted twice"
    with archive.engine.connect() as connection:
        assert connection.scalar(text("select count(*) from facts where name = 'half'")) == 0


def test_pages_of_one_group_see_one_another(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    (position,) = appended(archive, run_id, range(1))
    later = capture(url(0), minutes=5)
    again = archive.append(later, run_id)
    read = article(url(0), "نص آخر")
    second = archive.writes.saving(
        later, again, run_id=run_id, kind="article", article=read, now=NOW + timedelta(minutes=5)
    )
    answers = archive.commit_all([saving(archive, run_id, 0, position), second])
    assert [(each.change, each.version) for each in answers] == [("new", 1), ("changed", 2)]


def test_a_removed_page_in_a_group_is_refused_alone(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(url(1)), article(url(1)))
    remove(archive.engine, archive.folder, url(1), reason="شكوى", by="x", now=NOW)
    answers = archive.append_all([Append(capture(url(n), minutes=1), run_id) for n in range(3)])
    assert [type(each) for each in answers] == [Position, TakenDown, Position]


def test_bytes_that_the_disk_did_not_take_are_gone_from_the_file(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = archive.start_run("example", now=NOW)
    (first,) = appended(archive, run_id, range(1))
    path = archive.folder / first.file
    size = path.stat().st_size

    def refuse(_descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        answers = archive.append_all([Append(capture(url(n)), run_id) for n in range(1, 4)])
    assert [str(each) for each in answers] == [f"can't write {path}: Input/output error"] * 3
    assert path.stat().st_size == size
    (after,) = appended(archive, run_id, range(4, 5))
    assert read_capture(archive.folder, after) == capture(url(4))


FULL = """
import os, resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from storage.records import Capture
from storage.warc.writer import Appending, WarcWriter
from tests.support.rooms.warc import read_captures

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
now = datetime(2026, 1, 1, tzinfo=UTC)
pen = WarcWriter(folder, "example", 1, now)
page = lambda body: Appending(Capture("https://example.com/", "example", now, 200, (), body))
(first,) = pen.append_all([page(b"first")])
path = folder / first.file
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 5000, resource.RLIM_INFINITY))
print([type(each).__name__ for each in pen.append_all([page(b"fits"), page(os.urandom(20000)), page(b"fits, too")])])
print([capture.body for capture in read_captures(path)])
"""


def test_a_record_that_does_not_fit_costs_no_record_beside_it(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    answers, bodies = done.stdout.splitlines()
    assert answers == "['Position', 'ArchiveError', 'Position']"
    assert bodies == "[b'first', b'fits', b'fits, too']"


def test_a_database_that_refuses_refuses_the_group_and_is_asked_once(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    positions = appended(archive, run_id, range(5))
    writes = [saving(archive, run_id, number, position) for number, position in enumerate(positions)]
    asked: list[object] = []
    is_sqlite = archive.engine.dialect.name == "sqlite"

    @event.listens_for(archive.engine, "checkout")
    def refuse(connection: Any, *_: Any) -> None:
        asked.append(connection)
        cursor = connection.cursor()
        cursor.execute("pragma query_only = on" if is_sqlite else "set default_transaction_read_only = on")
        connection.commit()

    answers = archive.commit_all(writes)
    assert [type(each) for each in answers] == [ArchiveError] * 5
    assert len(asked) == 1
    event.remove(archive.engine, "checkout", refuse)
    archive.engine.dispose()
    assert rows(archive, articles) == []
