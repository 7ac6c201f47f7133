"""What Warraq does itself breaks no seal: compaction, repair, removal, backups, crawls and imports that come later."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.locks import SiteLock
from storage.archive import Archive
from storage.db.database import connect, upgrade
from storage.evidence.evidence_check import check_evidence
from storage.evidence.seal_folder import removed_leaves
from storage.evidence.sealing import seal_days
from storage.maintenance.backup_file import restore_backup, write_backup
from storage.maintenance.compact_sites import compact
from storage.maintenance.repair import repair
from storage.removal import erase_noted, remove
from storage.warc.gzip_members import members
from tests.support.evidence.sealed_archive import BEGIN, SEALED, make, page, row
from tests.support.small_archive import PlainReader

COUNT = 60
LATER = SEALED + timedelta(days=1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with make(tmp_path / "archive", COUNT, url) as made:
        yield made


def merge(archive: Archive) -> None:
    before = (BEGIN + timedelta(days=30)).date()
    compact(archive.engine, archive.folder, lambda name: SiteLock(archive.folder, name), before=before, limit=1 << 30)


def take_down(archive: Archive, number: int) -> None:
    remove(archive.engine, archive.folder, f"https://example.com/{number}", reason="حكم", by="أمين", now=LATER)
    erase_noted(archive.engine, archive.folder, now=LATER)


def is_whole(archive: Archive, *, removed: int = 0) -> None:
    for engine in (archive.engine, None):
        report = check_evidence(archive.folder, engine)
        assert report.ok, report.as_json()
        assert (report.records, report.removed) == (COUNT * 3 - removed, removed)


def test_compaction_and_removal_in_any_order_leave_the_seals_valid(archive: Archive) -> None:
    is_whole(archive)
    take_down(archive, 7)
    is_whole(archive, removed=3)
    merge(archive)
    assert len(list((archive.folder / "warc").glob("*.warc.gz"))) == 1
    is_whole(archive, removed=3)
    take_down(archive, 8)
    is_whole(archive, removed=6)
    seal_days(archive.folder, now=LATER)
    is_whole(archive, removed=6)


def test_the_leaf_of_a_removed_record_tells_nothing_of_it(archive: Archive) -> None:
    """A record that is made again from all that is known of it has another leaf: its random number went with it."""
    from storage.evidence.merkle import leaf_hash
    from storage.records import Origin
    from storage.warc.record_format import members as made
    from storage.warc.record_format import payload_digest

    take_down(archive, 7)
    again = page(7, BEGIN + timedelta(seconds=7))
    first, _ = made(again, payload_digest(again.body), origin=Origin("article", None, ()), holder=None)
    assert len(removed_leaves(archive.folder)) == 3
    assert leaf_hash(first) not in removed_leaves(archive.folder)


def test_a_record_that_is_dropped_is_named_beside_one_that_was_removed(archive: Archive) -> None:
    take_down(archive, 7)
    path = archive.folder / "warc/example-20260506.warc.gz"
    member = list(members(path))[4]
    content = path.read_bytes()
    path.write_bytes(content[: member.offset] + content[member.offset + member.length :])
    report = check_evidence(archive.folder, None)
    assert report.removed == 3
    assert report.wrong["dropped"].count == 1


def test_repair_of_a_torn_end_and_of_a_renamed_file_leaves_the_seals_valid(archive: Archive) -> None:
    path = archive.folder / "warc/example-20260506.warc.gz"
    with path.open("ab") as file:
        file.write(path.read_bytes()[:200])
    path.rename(path.with_name("example-20260506-7.warc.gz"))
    report = check_evidence(archive.folder, None)
    assert report.ok, report.as_json()
    assert {"renamed", "torn"} <= report.noted.keys()
    assert "row" in check_evidence(archive.folder, archive.engine).wrong, (
        "the rows point nowhere until they are repaired"
    )
    repair(archive, PlainReader())
    is_whole(archive)


def test_a_database_that_was_rebuilt_gets_the_rows_of_its_seals(archive: Archive, tmp_path: Path) -> None:
    from storage.evidence.seal_rows import keep_rows

    other = connect(f"sqlite:///{tmp_path / 'other.db'}", folder=archive.folder)
    upgrade(other)
    report = check_evidence(archive.folder, other)
    assert report.ok
    assert report.noted["no row"].count >= 5
    keep_rows(other, archive.folder)
    with Archive.open(archive.folder, f"sqlite:///{tmp_path / 'other.db'}") as rebuilt:
        repair(rebuilt, PlainReader())
        is_whole(rebuilt)
    other.dispose()


def test_a_backup_holds_the_evidence_and_every_sealed_record(archive: Archive, tmp_path: Path) -> None:
    take_down(archive, 7)
    write_backup(archive.folder, archive.engine, tmp_path / "backup.tar")
    restore_backup(tmp_path / "backup.tar", tmp_path / "restored")
    with Archive.open(tmp_path / "restored") as restored:
        is_whole(restored, removed=3)


def test_an_interrupted_merge_has_records_twice_and_is_no_alarm(archive: Archive) -> None:
    one = archive.folder / "warc/example-20260504.warc.gz"
    kept = one.read_bytes()
    merge(archive)
    one.write_bytes(kept)
    report = check_evidence(archive.folder, None)
    assert report.ok, report.as_json()


def test_what_comes_later_is_open_or_back_dated_until_it_is_sealed_and_late_then(archive: Archive) -> None:
    run_id = archive.start_run("example", now=LATER)
    position = archive.append(page(900, LATER), run_id)
    _add_row(archive, page(900, LATER), position, run_id)
    report = check_evidence(archive.folder, archive.engine)
    assert report.ok, report.as_json()
    old = page(901, BEGIN + timedelta(days=1, hours=3))
    _add_row(archive, old, archive.append(old, run_id), run_id)
    archive.close_run(run_id)
    (named,) = {
        each for each in check_evidence(archive.folder, None).wrong["back-dated"].examples if "response" in each
    }
    assert "https://example.com/901" in named
    assert "2026-05-05" in named
    made = seal_days(archive.folder, now=LATER + timedelta(days=2))
    assert [str(each.day) for each in made] == ["2026-05-05", "2026-05-21"]
    report = check_evidence(archive.folder, archive.engine)
    assert report.ok, report.as_json()
    assert "2026-05-05" in report.noted["late"].examples[0]


def _add_row(archive: Archive, capture: object, position: object, run_id: int) -> None:
    from sqlalchemy import insert

    from storage.db.database import write_transaction
    from storage.db.schema import captures

    with write_transaction(archive.engine) as connection:
        connection.execute(insert(captures), [row(capture, position, run_id)])  # type: ignore[arg-type]


def test_a_day_is_not_sealed_before_it_is_over(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        run_id = archive.start_run("example", now=BEGIN)
        archive.append(page(1, BEGIN), run_id)
        archive.close_run(run_id)
        midnight = BEGIN.replace(hour=0) + timedelta(days=1)
        assert seal_days(archive.folder, now=midnight + timedelta(minutes=59)) == []
        assert [each.day for each in seal_days(archive.folder, now=midnight + timedelta(hours=1))] == [BEGIN.date()]


@pytest.mark.slow
def test_ten_thousand_captures_after_removal_compaction_and_repair_raise_no_alarm(tmp_path: Path) -> None:
    with make(tmp_path / "archive", 10_000) as archive:
        for number in range(0, 10_000, 500):
            take_down(archive, number)
        merge(archive)
        repair(archive, PlainReader())
        report = check_evidence(archive.folder, archive.engine)
        assert report.ok, report.as_json()
        assert (report.records, report.removed) == (30_000 - 60, 60)
    shutil.rmtree(tmp_path / "archive")
