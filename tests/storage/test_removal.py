"""Taking down: nothing of the article is left in any file, a tombstone is, and nothing brings it back."""

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from crawler.locks import SiteLock
from storage import arabic, queries
from storage.archive import Archive
from storage.db.schema import articles, captures, erasures, labels, removals, versions
from storage.errors import UsageError
from storage.maintenance.verify import verify
from storage.records import Position
from storage.removal import erase_noted, remove
from storage.rows import tombstones
from storage.search import index as search_index
from storage.search.engine import search
from storage.warc.writer import read_capture
from tests.support.archives import rows
from tests.support.removals import (
    LATER,
    NOW,
    SECRET,
    WORD,
    article,
    everything,
    fill,
    keep,
    page,
    take_down,
    url,
)
from tests.support.running import ROOT, warraq


def test_nothing_of_the_text_is_left_in_any_file(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
        search_index.catch_up(archive.engine)
        index = arabic.stem(arabic.fold(WORD))[-6:]  # of a word beside a like one tantivy writes down only the end
        assert WORD.encode() in everything(archive.folder)
        assert index.encode() in everything(archive.folder)
        take_down(archive)
    left = everything(tmp_path / "archive")
    assert WORD.encode() not in left
    assert index.encode() not in left


def test_nothing_is_left_in_pages_that_sqlite_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where SQLite was built to leave them as they are."""
    real = sqlite3.dbapi2.connect

    def connect(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = real(*args, **options)
        connection.execute("pragma secure_delete = off")
        return connection

    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect)
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        keep(archive, run_id, page(1), article(1))
        keep(archive, run_id, page(2, SECRET), article(2, f"{SECRET} في كلام طويل. " * 999))
        keep(archive, run_id, page(2, minutes=9), article(2))
        archive.finish_run(run_id, status="done", now=NOW, requests=3)
    with Archive.open(tmp_path / "archive") as archive:
        take_down(archive)
    assert WORD.encode() not in everything(tmp_path / "archive")


def test_what_stays_of_the_article_is_its_number_address_and_tombstone(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    record = queries.article_by(archive.engine, url(2))
    assert record is not None
    assert (record["id"], record["status"], record["title"], record["text"]) == (2, "removed", "", "")
    assert (record["tags"], record["subtitle"], record["first_seen_at"]) == ([], None, "2026-05-07T08:00:00+00:00")
    assert queries.history(archive.engine, 2) == []
    assert [row["article_id"] for row in rows(archive, versions, versions.c.id)] == [1, 3]
    assert rows(archive, labels) == []
    assert search(archive.engine, WORD).total == 0
    assert queries.removal(archive.engine, 2) == {
        "url_key": "example.com/news/2",
        "url": url(2),
        "removed_at": "2026-05-10T08:00:00+00:00",
        "removed_by": "أمين",
        "reason": "حكم قضائي",
    }
    assert queries.removal(archive.engine, 1) is None


def test_the_other_captures_stay_where_they_are(archive: Archive) -> None:
    fill(archive)
    before = rows(archive, captures, captures.c.id)
    sizes = {path: path.stat().st_size for path in (archive.folder / "warc").iterdir()}
    take_down(archive)
    kept = rows(archive, captures, captures.c.id)
    assert kept == [row for row in before if row["url"] != url(2)]
    assert len(kept) == 3
    for row in kept:
        held = read_capture(
            archive.folder, Position(*(row[name] for name in ("warc_file", "warc_offset", "warc_length", "digest")))
        )
        assert held.url == row["url"]
    assert {path: path.stat().st_size for path in (archive.folder / "warc").iterdir()} == sizes
    assert rows(archive, erasures) == []
    report = verify(archive.engine, archive.folder)
    assert report.ok, report.as_json()
    assert not report.left


@pytest.mark.parametrize("ref", ["https://example.com/news/77", "77", "nonsense", ""])
def test_what_the_archive_does_not_have_can_not_be_taken_down(archive: Archive, ref: str) -> None:
    fill(archive)
    with pytest.raises(UsageError, match="holds nothing of"):
        remove(archive.engine, archive.folder, ref, reason="x", by="y", now=LATER)
    assert rows(archive, removals) == []
    assert not (archive.folder / tombstones.FILE).exists()


def test_doing_it_twice_changes_nothing_more(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    content = everything(archive.folder / "warc")
    remove(archive.engine, archive.folder, url(2), reason="another", by="another", now=LATER + timedelta(days=1))
    erase_noted(archive.engine, archive.folder, now=LATER)
    (row,) = rows(archive, removals)
    assert row["reason"] == "حكم قضائي"
    assert content == everything(archive.folder / "warc")


KILLED = """
import os, signal, sys
from pathlib import Path
from storage import removal
from storage.archive import Archive
from tests.support import removals as tests

folder, url, point = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
die = lambda *args, **kwargs: os.kill(os.getpid(), signal.SIGKILL)
with Archive.open(folder, url) as archive:
    archive.add_site("example", "https://example.com", None, None, "UTC")
    tests.fill(archive)
    if point == "before the bytes":
        removal.redact = die
    if point == "in the file":
        Path.replace = die
    if point == "before the rows":
        removal._drop_rows = die
    tests.take_down(archive)
"""


@pytest.mark.parametrize("point", ["before the bytes", "in the file", "before the rows"])
def test_a_kill_on_the_way_is_made_good_by_the_same_command(tmp_path: Path, database_url: str, point: str) -> None:
    folder = tmp_path / "archive"
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), database_url, point], cwd=ROOT, capture_output=True, check=False
    )
    assert killed.returncode == -9, killed.stderr
    with Archive.open(folder, database_url) as archive:
        assert search(archive.engine, WORD).total == 0
        take_down(archive)
        assert verify(archive.engine, archive.folder).ok
        with archive.engine.connect() as connection:
            assert connection.scalar(select(func.count()).select_from(captures)) == 3
            assert connection.scalar(select(func.count()).select_from(articles)) == 3
    assert WORD.encode() not in everything(folder)


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        fill(archive)
    assert warraq("remove", url(2), cwd=tmp_path).code == 2  # why?
    ran = warraq("remove", url(2), "--reason", "حكم", "--by", "أمين", "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert ran.json["article_id"] == 2
    assert (ran.json["captures"], ran.json["erased"], ran.json["pending"]) == (2, 2, 0)
    shown = warraq("show", "2", cwd=tmp_path)
    assert "taken down" in shown.out
    assert "أمين" in shown.out
    assert ran.json["copies"] == []
    again = warraq("remove", url(2), "--reason", "حكم", cwd=tmp_path)
    assert again.code == 0
    assert warraq("remove", url(5), "--reason", "حكم", cwd=tmp_path).code == 2


def test_copies_that_may_still_hold_it_are_named(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    database = f"sqlite:///{tmp_path / 'else' / 'a[1].db'}"
    with Archive.open(tmp_path / "archive", database) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        fill(archive)
    names = ("else/a[1].db.1.backup", "else/a[1].db.2.aside", "else/a[1].db.2.aside-wal", "archive/warraq.db.3.aside")
    for name in (*names, "archive/warc/x.torn-9", "else/other.db.1.backup"):
        (tmp_path / name).touch()
    ran = warraq("remove", url(2), "--reason", "حكم", "--json", "--db", database, cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert ran.json["copies"] == sorted(str(tmp_path / name) for name in (*names, "archive/warc/x.torn-9"))


def test_bytes_in_a_file_that_a_crawl_is_writing_wait_for_its_end(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        fill(archive)
        with SiteLock(tmp_path / "archive", "example"):
            ran = warraq("remove", url(2), "--reason", "حكم", cwd=tmp_path)
            assert ran.code == 0, ran.err
            assert "being crawled" in ran.out
            assert WORD.encode() in everything(archive.folder)
            assert search(archive.engine, WORD).total == 0
        archive.start_run("example", now=LATER)
        assert WORD.encode() not in everything(archive.folder)
