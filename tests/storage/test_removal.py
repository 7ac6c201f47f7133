"""Taking down: nothing of the article is left in any file, a tombstone is, and nothing brings it back."""

import gzip
import os
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import fastwarc
import orjson
import pytest
from sqlalchemy import func, select, update
from warcio.archiveiterator import ArchiveIterator

from crawler.locks import SiteLock
from crawler.workers.reextract_plan import PLAN, open_plan
from crawler.workers.reextraction import apply_plan, make_plan
from storage import arabic, queries
from storage.archive import Archive
from storage.db.schema import articles, captures, erasures, labels, pages, removals, versions
from storage.errors import ArchiveError, TakenDown, UsageError
from storage.export.jsonl import export_jsonl
from storage.maintenance.verify import verify
from storage.queries.reextraction_queue import Choice
from storage.records import Found, Position, Reason
from storage.removal import erase_noted, remove
from storage.rows import tombstones
from storage.search.engine import search
from storage.urls import url_key
from storage.warc.redact import blank, redact
from storage.warc.writer import read_capture
from tests.support.archives import frontier, rows
from tests.support.removals import (
    ALIAS,
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


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        yield opened


def test_nothing_of_the_text_is_left_in_any_file(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
        index = arabic.stem(arabic.fold(WORD))
        assert WORD.encode() in everything(archive.folder)
        assert database_url.startswith("postgres") or index.encode() in everything(archive.folder)
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


def test_other_programs_read_the_file_as_before(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    (path,) = (archive.folder / "warc").iterdir()
    with path.open("rb") as stream:
        found = [
            (each.rec_type, each.rec_headers.get_header("WARC-Target-URI"))
            for each in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [uri for kind, uri in found if kind in ("response", "revisit")] == [url(1), url(3), url(3)]
    assert sum(kind == "warraq-removed" for kind, _ in found) == 6  # two captures, each with its request and metadata
    assert all(uri != url(2) for _, uri in found)
    with path.open("rb") as stream:
        seen = [each.headers.get("WARC-Target-URI") for each in fastwarc.ArchiveIterator(stream) if each.is_http]
    assert [each for each in seen if each] == [uri for kind, uri in found if kind in ("response", "request", "revisit")]
    for command in (["check"], ["index"]):
        ran = subprocess.run(
            [sys.executable, "-m", "warcio.cli", *command, str(path)], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "length", [*range(260, 420), 65_000, 65_535, 65_536, 65_810, 65_811, 65_812, 131_400, 3_000_000]
)
def test_a_blank_of_any_length_is_one_record(length: int) -> None:
    content = blank(length, now=NOW)
    assert len(content) == length
    unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16)
    whole = unpacked.decompress(content)
    assert unpacked.eof
    assert not unpacked.unused_data
    assert gzip.decompress(content) == whole
    (record,) = ArchiveIterator(BytesIO(content))
    assert record.rec_type == "warraq-removed"


def test_a_length_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="fits into 100 bytes"):
        blank(100, now=NOW)


def damage(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset + 40 : offset + 90] = os.urandom(50)
    path.write_bytes(content)


def test_a_damaged_record_whose_end_is_not_known_is_left_as_it_is(archive: Archive) -> None:
    fill(archive)
    (path,) = (archive.folder / "warc").iterdir()
    row = rows(archive, captures, captures.c.id)[1]
    damage(path, row["warc_offset"])
    content = path.read_bytes()
    for length in (row["warc_length"] - 1, 100):
        assert list(redact(path, {row["warc_offset"]: length}, now=NOW).refused) == [row["warc_offset"]]
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_damaged_record_goes_by_its_length(archive: Archive) -> None:
    fill(archive)
    (path,) = (archive.folder / "warc").iterdir()
    size = path.stat().st_size
    damage(path, rows(archive, captures, captures.c.id)[1]["warc_offset"])
    take_down(archive)
    assert rows(archive, erasures) == []
    assert path.stat().st_size == size
    assert WORD.encode() not in everything(archive.folder)
    assert verify(archive.engine, archive.folder).ok


def test_a_record_that_can_not_be_erased_keeps_no_other_from_it(archive: Archive) -> None:
    fill(archive)
    run_id = archive.start_run("example", now=LATER)
    keep(archive, run_id, page(5, SECRET), article(5, SECRET))
    archive.finish_run(run_id, status="done", now=LATER, requests=1)
    first, second = sorted((archive.folder / "warc").iterdir())
    damaged = rows(archive, captures, captures.c.id)[1]
    damage(first, damaged["warc_offset"])
    with archive.engine.begin() as connection:
        connection.execute(update(captures).where(captures.c.id == damaged["id"]).values(warc_length=900))
    with pytest.raises(ArchiveError, match="damaged at byte"):
        take_down(archive)
    with pytest.raises(ArchiveError, match="damaged at byte"):
        take_down(archive, url(5))
    assert {row["warc_offset"] for row in rows(archive, erasures)} == {damaged["warc_offset"]}
    assert WORD.encode() not in gzip.decompress(second.read_bytes())
    assert search(archive.engine, WORD).total == 0


def test_no_crawl_asks_for_it_or_keeps_it_again(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    assert frontier(archive).unknown([f"http://www.example.com/news/2/?utm_source=x", url(8)]) == [url(8)]  # noqa: F541
    frontier(archive, LATER).enqueue([Found(url(2), "article")])
    assert [each.url for each in frontier(archive).pending()] == [url(9)]
    assert url(2) not in frontier(archive, LATER + timedelta(days=400)).due(99)
    assert frontier(archive).edited({url(2): LATER + timedelta(days=1)}) == []
    run_id = archive.start_run("example", now=LATER)
    for again in (page(2, SECRET, minutes=9999), replace(page(7), requested_url=url(2)), page(2, minutes=9999)):
        with pytest.raises(TakenDown, match="was taken down"):
            archive.append(again, run_id)
    assert WORD.encode() not in everything(archive.folder)


def test_a_rebuilt_database_never_asks_for_it(archive: Archive) -> None:
    with archive.engine.begin() as connection:
        tombstones.add(connection, [tombstones.Tombstone(url_key(url(2)), url(2), None, NOW, "أمين", "حكم")])
    assert frontier(archive, LATER).unknown([url(2), url(3)]) == [url(3)]
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(1), article(1), found=[Found(url(2), "article"), Found(url(3), "article")])
    frontier(archive).enqueue([Found(url(2), "article"), Found(url(4), "article")])
    assert [each.url for each in frontier(archive).pending()] == [url(3), url(4)]


def test_a_page_that_leads_to_it_is_asked_for_once(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    frontier(archive, LATER).enqueue([Found(url(6), "article"), Found(url(7), "article")])
    run_id = archive.start_run("example", now=LATER)
    with pytest.raises(TakenDown):
        archive.append(replace(page(2, SECRET, minutes=9999), requested_url=url(6)), run_id)
    keep(archive, run_id, page(7, SECRET, minutes=9999), article(2, SECRET))
    assert [each.url for each in frontier(archive).pending()] == [url(9)]
    assert frontier(archive, LATER + timedelta(days=99)).unknown([url(6), url(7)]) == []
    with pytest.raises(TakenDown):  # and so does the page of a living article
        archive.append(replace(page(2, SECRET, minutes=9999), requested_url=url(1)), run_id)
    later = NOW + timedelta(minutes=9999)
    assert url(1) not in frontier(archive, later).due(9)
    assert url(1) in frontier(archive, later + timedelta(days=99)).due(9)


def test_what_is_taken_down_during_a_crawl_goes_when_it_ends(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, SECRET), article(2, SECRET))
    done = remove(archive.engine, archive.folder, url(2), reason="x", by="y", now=NOW)
    assert erase_noted(archive.engine, archive.folder, now=NOW, may_write=lambda site: False).pending == done.captures
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    assert WORD.encode() not in everything(archive.folder)
    assert rows(archive, captures) == []


def test_another_page_that_shows_it_is_not_kept_either(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    run_id = archive.start_run("example", now=LATER)
    print_page = page(5, SECRET, minutes=9999)
    position = archive.append(print_page, run_id)
    saved = archive.save(print_page, position, run_id=run_id, kind="article", article=article(2, SECRET), now=LATER)
    keep(archive, run_id, page(6, minutes=9999), article(6))
    assert saved is None
    archive.finish_run(run_id, status="done", now=LATER, requests=2)
    assert WORD.encode() not in everything(archive.folder)
    assert search(archive.engine, WORD).total == 0
    assert rows(archive, erasures) == []
    assert url(5) not in [row["url"] for row in rows(archive, captures)]
    assert verify(archive.engine, archive.folder).ok


def test_a_kill_before_the_file_is_closed_is_made_good_by_the_next_run(tmp_path: Path, database_url: str) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
        take_down(archive)
        run_id = archive.start_run("example", now=LATER)
        shown = page(5, SECRET, minutes=9999)
        archive.save(
            shown,
            archive.append(shown, run_id),
            run_id=run_id,
            kind="article",
            article=article(2, SECRET),
            now=LATER,
        )
        archive._to_erase.clear()  # as if the process were gone
    with Archive.open(tmp_path / "archive", database_url) as archive:
        assert WORD.encode() in everything(archive.folder)
        archive.start_run("example", now=LATER)
        assert WORD.encode() not in everything(archive.folder)
        assert verify(archive.engine, archive.folder).ok


def test_an_export_has_nothing_of_it(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    out = BytesIO()
    assert export_jsonl(archive.engine, out) == 2
    assert [orjson.loads(line)["id"] for line in out.getvalue().splitlines()] == [1, 3]


def test_reading_again_does_not_bring_it_back(archive: Archive) -> None:
    fill(archive)
    remove(archive.engine, archive.folder, url(2), reason="حكم", by="أمين", now=LATER)  # its bytes are still there
    choice = Choice()
    with open_plan(archive.folder, choice) as plan:
        make_plan(archive.folder, archive.engine, plan, choice, sites={}, processes=1)
        assert WORD not in (archive.folder / PLAN).read_text()
        apply_plan(archive.engine, plan, now=LATER)
    assert plan.counts.read == 2
    assert search(archive.engine, WORD).total == 0


def test_the_tombstone_outlives_the_database(archive: Archive, tmp_path: Path) -> None:
    fill(archive)
    take_down(archive)
    with (archive.folder / tombstones.FILE).open("ab") as file:
        file.write(b'{"url_key": "torn')
    with Archive.open(tmp_path / "new", None) as new:  # what `repair` does when the database is lost
        (tmp_path / "new" / tombstones.FILE).write_bytes((archive.folder / tombstones.FILE).read_bytes())
    with Archive.open(tmp_path / "new", None) as new:
        new.add_site("example", "https://example.com", None, None, "UTC")
        run_id = new.start_run("example", now=LATER)
        with pytest.raises(TakenDown):
            new.append(page(2, SECRET), run_id)
        (row,) = rows(new, removals)
        assert (row["removed_by"], row["reason"], row["removed_at"]) == ("أمين", "حكم قضائي", LATER)


def test_a_database_from_before_forgets_it_too(tmp_path: Path, database_url: str) -> None:
    """Another database of the same folder stands for one that was restored."""
    folder = tmp_path / "archive"
    with Archive.open(folder, database_url) as archive:
        archive.add_site("example", "https://example.com", None, "EG", "Africa/Cairo")
        fill(archive)
        keep(archive, archive.start_run("example", now=NOW), replace(page(6), url=ALIAS), reason=Reason.LOGIN)
        stones = [tombstones.Tombstone(url_key(each), each, None, LATER, "أمين", "حكم") for each in (url(2), ALIAS)]
    (folder / tombstones.FILE).write_bytes(b"\n".join(orjson.dumps(each.as_json()) for each in stones))
    with Archive.open(folder, database_url) as archive:
        assert search(archive.engine, WORD).total == 0
        assert export_jsonl(archive.engine, BytesIO()) == 2
        told = queries.removal(archive.engine, 2)
        assert told is not None
        assert told["removed_by"] == "أمين"
        assert {row["url"] for row in rows(archive, pages) if row["state"] == "removed"} == {url(2), ALIAS}
        archive.start_run("example", now=LATER)
        assert {row["url"] for row in rows(archive, captures)} == {url(1), url(3)}
        assert verify(archive.engine, archive.folder).ok
    assert WORD.encode() not in everything(folder)


def test_another_article_at_an_address_that_once_showed_it_stays(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, SECRET), article(2, SECRET))
    keep(archive, run_id, page(3), article(3))
    keep(archive, run_id, page(3, f"{SECRET} معدلة", minutes=9), article(2, f"{SECRET} معدلة"))
    archive.finish_run(run_id, status="done", now=NOW, requests=3)
    take_down(archive)
    assert [row["url"] for row in rows(archive, removals)] == [url(2)]
    assert {row["url"]: row["state"] for row in rows(archive, pages)} == {url(2): "removed", url(3): "done"}
    assert WORD.encode() not in everything(archive.folder)


def test_the_address_that_it_gave_itself_later_is_closed_too(archive: Archive) -> None:
    words = f"{SECRET} {'كلمة أخرى من نص الخبر نفسه '}"
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, words), article(2, words))
    keep(archive, run_id, page(2, f"{words}.", minutes=9), replace(article(2, words), url=url(5)))
    archive.finish_run(run_id, status="done", now=NOW, requests=2)
    take_down(archive)
    assert {row["url"] for row in rows(archive, removals)} == {url(2), url(5)}
    assert frontier(archive).unknown([url(5)]) == []
    with pytest.raises(TakenDown):
        archive.append(page(5, words, minutes=99), archive.start_run("example", now=LATER))
    assert WORD.encode() not in everything(archive.folder)


def test_every_address_that_led_there_is_closed(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, replace(page(2, SECRET), requested_url="https://example.com/?p=2"), article(2, SECRET))
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    done = remove(archive.engine, archive.folder, "https://example.com/?p=2", reason="x", by="y", now=LATER)
    assert done.urls == ("https://example.com/?p=2", url(2))
    assert (done.article_id, done.captures) == (1, 1)
    assert {row["state"] for row in rows(archive, pages)} == {"removed"}
    with pytest.raises(TakenDown):
        archive.append(replace(page(4), url="https://example.com/?p=2"), archive.start_run("example", now=LATER))


def test_a_page_that_gave_no_article_can_be_taken_down(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(2, SECRET), reason=Reason.LOGIN)
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    take_down(archive)
    assert WORD.encode() not in everything(archive.folder)
    assert rows(archive, captures) == []


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
    content = everything(archive.folder) if archive.engine.dialect.name == "postgresql" else b""
    remove(archive.engine, archive.folder, url(2), reason="another", by="another", now=LATER + timedelta(days=1))
    erase_noted(archive.engine, archive.folder, now=LATER)
    (row,) = rows(archive, removals)
    assert row["reason"] == "حكم قضائي"
    assert content == b"" or content == everything(archive.folder)


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
