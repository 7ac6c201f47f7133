"""Merged files hold every record as it was; rows, revisits, rebuilds, removals and old positions find them there."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from warcio.archiveiterator import ArchiveIterator

from storage.archive import Archive
from storage.db.database import read_transaction, write
from storage.db.schema import captures
from storage.errors import AlreadyRunning
from storage.files import lock
from storage.maintenance.backup_file import restore_backup, write_backup
from storage.maintenance.compact_sites import Compacted, compact
from storage.maintenance.rebuild import rebuild_from_warc
from storage.maintenance.repair import repair
from storage.maintenance.verify import verify
from storage.records import Position
from storage.removal import erase_noted, remove
from storage.warc import files_lock
from storage.warc.merged_files import merged_parts
from storage.warc.store.stored_file import warc_files
from storage.warc.writer import read_capture
from tests.support.small_archive import HOME, NOW, PlainReader, fill, keep, page, told

LATER = date(2026, 6, 1)
DAYS = ["example-20260507.warc.gz", "example-20260508.warc.gz"]
MONTH = "example-202605.warc.gz"


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        fill(opened)
        assert names(opened) == DAYS
        yield opened


def names(archive: Archive) -> list[str]:
    return [path.name for path in warc_files(archive.folder)]


def compacted(archive: Archive, **options: object) -> Compacted:
    @contextmanager
    def locked(_site: str) -> Iterator[None]:
        yield

    chosen = {"before": LATER, "limit": 1 << 30, **options}
    return compact(archive.engine, archive.folder, locked, **chosen)  # type: ignore[arg-type]


def positions(archive: Archive) -> list[Position]:
    columns = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)
    with read_transaction(archive.engine) as connection:
        return [Position(*row) for row in connection.execute(select(*columns).order_by(captures.c.id))]


def bodies(archive: Archive, where: list[Position]) -> list[bytes]:
    return [read_capture(archive.folder, each).body for each in where]


def without_positions(archive: Archive) -> dict[str, list[object]]:
    every = dict(told(archive))
    assert every.pop("captures")
    return every  # type: ignore[return-value]


def assert_clean(archive: Archive) -> None:
    report = verify(archive.engine, archive.folder)
    assert (report.as_json()["wrong"], report.left) == ({}, {})


def test_two_files_become_one_with_every_record_as_it_was(archive: Archive) -> None:
    before, old = without_positions(archive), positions(archive)
    read = bodies(archive, old)
    content = b"".join(path.read_bytes() for path in warc_files(archive.folder))
    done = compacted(archive)
    assert [(each.site, len(each.sources), each.length) for each in done.merges] == [("example", 2, len(content))]
    assert names(archive) == [MONTH]
    assert (archive.folder / "warc" / MONTH).read_bytes().endswith(content)
    assert_clean(archive)
    assert without_positions(archive) == before
    assert {each.file for each in positions(archive)} == {f"warc/{MONTH}"}
    assert bodies(archive, positions(archive)) == read
    assert bodies(archive, old) == read, "whoever read the rows before still finds the bytes"
    with (archive.folder / "warc" / MONTH).open("rb") as file:
        kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
    assert kinds.count("warcinfo") == 1 + 4
    assert compacted(archive).merges == []


def test_a_dry_run_changes_nothing_and_says_the_same(archive: Archive) -> None:
    planned = compacted(archive, dry_run=True).as_json()
    assert names(archive) == DAYS
    assert planned == compacted(archive).as_json()


@pytest.mark.parametrize("options", [{"before": date(2026, 5, 8)}, {"limit": 4000}, {"site": "other"}])
def test_what_is_not_to_be_merged_stays(archive: Archive, options: dict[str, object]) -> None:
    assert compacted(archive, **options).merges == []
    assert names(archive) == DAYS


def test_a_merged_file_alone_gives_the_same_archive(archive: Archive, tmp_path: Path) -> None:
    before = without_positions(archive)
    compacted(archive)
    shutil.copytree(archive.folder / "warc", tmp_path / "again" / "warc")
    with Archive.open(tmp_path / "again") as again:
        counts = rebuild_from_warc(again, PlainReader())
        assert (counts.unreadable, counts.files) == ([], 1)
        assert without_positions(again) == before
        assert_clean(again)


def test_what_is_taken_down_is_erased_in_the_merged_file(archive: Archive) -> None:
    compacted(archive)
    remove(archive.engine, archive.folder, f"{HOME}/1", reason="r", by="b", now=NOW)
    assert erase_noted(archive.engine, archive.folder, now=NOW).records > 0
    with (archive.folder / "warc" / MONTH).open("rb") as file:
        urls = {each.rec_headers.get_header("WARC-Target-URI") for each in ArchiveIterator(file)}
    assert f"{HOME}/1" not in urls
    assert f"{HOME}/2" in urls
    assert_clean(archive)


def test_an_older_database_finds_what_was_merged_since(archive: Archive) -> None:
    before = told(archive)
    compacted(archive)
    for part in merged_parts(archive.folder / "warc" / MONTH):  # the rows are those of before again
        here = captures.c.warc_offset.between(part.offset, part.offset + part.length - 1)
        old = {"warc_file": f"warc/{part.name}", "warc_offset": captures.c.warc_offset - part.offset}
        move_back = update(captures).where(captures.c.warc_file == f"warc/{MONTH}", here).values(old)
        write(archive.engine, lambda connection, statement=move_back: connection.execute(statement))
    assert told(archive) == before
    assert len(bodies(archive, positions(archive))) == len(before["captures"])
    assert repair(archive, PlainReader()).moved == len(before["captures"])
    assert_clean(archive)


def test_a_run_of_that_day_begins_a_file_of_another_name(archive: Archive) -> None:
    """Its old name stands for bytes in the merged file."""
    old = positions(archive)
    read = bodies(archive, old)
    compacted(archive)
    run_id = archive.start_run("example", now=NOW + timedelta(hours=1))
    keep(archive, run_id, page(f"{HOME}/9", NOW + timedelta(hours=1), "عنوان\nآخر"))
    archive.finish_run(run_id, status="done", now=NOW, requests=1)
    assert names(archive) == [MONTH, "example-20260507-2.warc.gz"]
    assert bodies(archive, old) == read
    assert_clean(archive)


def test_a_site_that_is_crawled_is_left_out_and_a_file_that_is_written_too(archive: Archive) -> None:
    def locked(site: str) -> "contextmanager[None]":  # type: ignore[type-arg]
        raise AlreadyRunning(f"{site} is being crawled")

    done = compact(archive.engine, archive.folder, locked, before=LATER, limit=1 << 30)  # type: ignore[arg-type]
    assert done.busy == {"example": "example is being crawled"}
    with (archive.folder / "warc" / DAYS[0]).open("r+b") as file:
        assert lock(file)
        assert compacted(archive).left == {f"warc/{DAYS[0]}": "it is being written"}
    assert names(archive) == DAYS
    assert_clean(archive)


def test_a_torn_file_is_mended_and_a_damaged_one_left_alone(archive: Archive) -> None:
    first, second = warc_files(archive.folder)
    with second.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00torn")
    content = bytearray(first.read_bytes())
    content[300:310] = b"x" * 10
    first.write_bytes(content)
    done = compacted(archive)
    assert (done.merges, done.left) == ([], {f"warc/{first.name}": "it is damaged: see `warraq verify`"})
    assert len(list(second.parent.glob("*.torn-*"))) == 1


def test_nobody_merges_while_the_files_are_gone_through(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_lock, "WAIT_S", 0.1)
    with files_lock.files_stay(archive.folder), pytest.raises(AlreadyRunning, match="verified or backed up"):
        compacted(archive)
    with files_lock.files_move(archive.folder), pytest.raises(AlreadyRunning, match="warraq compact"):
        verify(archive.engine, archive.folder)
    assert names(archive) == DAYS


def test_a_backup_of_a_compacted_archive_is_restored(archive: Archive, tmp_path: Path) -> None:
    compacted(archive)
    write_backup(archive.folder, archive.engine, tmp_path / "b.tar")
    restore_backup(tmp_path / "b.tar", tmp_path / "restored")
    with Archive.open(tmp_path / "restored") as restored:
        assert told(restored) == told(archive)
        assert_clean(restored)


def test_captures_of_a_compacted_archive_are_referred_to_by_later_revisits(archive: Archive) -> None:
    compacted(archive)
    at = datetime(2026, 6, 2, tzinfo=UTC)
    run_id = archive.start_run("example", now=at)
    keep(archive, run_id, page(f"{HOME}/1", at, "عنوان\nنص أول"))
    archive.finish_run(run_id, status="done", now=at, requests=1)
    last = positions(archive)[-1]
    assert last.file == "warc/example-20260602.warc.gz"
    assert read_capture(archive.folder, last).body.decode() == "عنوان\nنص أول"
    assert_clean(archive)
