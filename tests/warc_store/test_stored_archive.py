"""An archive whose closed WARC files lie in a bucket: everything is found and read as before."""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.maintenance.rebuild import rebuild_from_warc
from storage.maintenance.verify import verify
from storage.removal import erase_noted, remove
from storage.warc.gzip_members import members
from storage.warc.store.object_store import ObjectStore
from storage.warc.store.stored_file import StoredFile, local_files, warc_files
from storage.warc.store.uploading import upload_closed
from tests.support.running import warraq
from tests.support.small_archive import HOME, NOW, PlainReader, keep, page, told
from tests.support.stores.s3 import Bucket
from tests.support.stores.stored_archives import bodies, files_in, filled


@pytest.mark.slow
def test_closed_files_lie_in_the_bucket_alone_and_every_capture_is_read_from_there(
    bucket: Bucket, folder: Path, tmp_path: Path
) -> None:
    filled(tmp_path / "plain")
    filled(folder, bucket.url)
    assert local_files(folder) == []
    assert (folder / "warc-store").read_text() == f"{bucket.url}\n"
    with Archive.open(folder) as archive, Archive.open(tmp_path / "plain") as plain:
        assert bodies(archive) == bodies(plain)
        report = verify(archive.engine, folder)
        assert (report.ok, report.left) == (True, {})
        assert report.records == verify(plain.engine, plain.folder).records
    assert len(files_in(bucket)) > 1


@pytest.mark.slow
def test_runs_of_one_day_never_write_under_a_name_that_the_bucket_has(bucket: Bucket, folder: Path) -> None:
    filled(folder, bucket.url)
    before = bucket.objects()
    with Archive.open(folder) as archive:
        run_id = archive.start_run("example", now=NOW + timedelta(hours=1))
        keep(archive, run_id, page(f"{HOME}/9", NOW + timedelta(hours=1), "عنوان\nنص"))
        archive.finish_run(run_id, status="done", now=NOW + timedelta(hours=2), requests=1)
    after = bucket.objects()
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + 1


@pytest.mark.slow
def test_the_bucket_alone_rebuilds_the_database(bucket: Bucket, folder: Path, tmp_path: Path) -> None:
    said = filled(folder, bucket.url)
    with Archive.open(tmp_path / "again", warc_store=bucket.url) as again:
        rebuild_from_warc(again, PlainReader())
        assert told(again) == said


def test_a_record_costs_one_request_and_a_file_few(
    bucket: Bucket, folder: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    content = random.Random(7).randbytes(3 << 20)
    bucket.put("x.warc.gz", content)
    asked: list[tuple[int, int]] = []
    read = ObjectStore.read

    def counting(self: ObjectStore, name: str, start: int, end: int) -> bytes:
        asked.append((start, end))
        return read(self, name, start, end)

    monkeypatch.setattr(ObjectStore, "read", counting)
    path = StoredFile.of(ObjectStore(bucket.url), folder / "warc" / "x.warc.gz")
    assert path.read_range(1000, 500) == content[1000:1500]
    assert asked == [(1000, 1500)]
    with path.open("rb") as file:
        file.seek(70_000)
        assert file.read(10) == content[70_000:70_010]
        assert len(asked) == 2
        file.seek(0)
        assert file.read() == content
    assert len(asked) < 10
    assert list(members(path)) == []


@pytest.mark.slow
def test_an_article_that_is_removed_is_erased_in_the_bucket(bucket: Bucket, folder: Path) -> None:
    filled(folder, bucket.url)
    sizes = {key: len(content) for key, content in bucket.objects().items()}
    with Archive.open(folder) as archive:
        remove(archive.engine, folder, f"{HOME}/1", reason="r", by="b", now=NOW)
        assert erase_noted(archive.engine, folder, now=NOW).records > 0
        report = verify(archive.engine, folder)
        assert (report.ok, report.left) == (True, {})
    assert {key: len(content) for key, content in bucket.objects().items()} == sizes
    for path in warc_files(folder):
        assert all("نص أول" not in (each.content or b"").decode("utf-8", "replace") for each in members(path))
    assert list((folder / "warc").iterdir()) == []


@pytest.mark.slow
def test_what_is_removed_between_upload_and_deletion_is_erased_in_both_places(bucket: Bucket, folder: Path) -> None:
    filled(folder)
    for path in local_files(folder):
        bucket.put(path.name, path.read_bytes())
    with Archive.open(folder, warc_store=bucket.url) as archive:
        remove(archive.engine, folder, f"{HOME}/1", reason="r", by="b", now=NOW)
        erase_noted(archive.engine, folder, now=NOW)
    assert upload_closed(folder).left == {}
    for path in warc_files(folder):
        assert isinstance(path, StoredFile)
        assert all("نص أول" not in (each.content or b"").decode("utf-8", "replace") for each in members(path))


def test_another_file_of_the_same_name_is_never_replaced(bucket: Bucket, folder: Path) -> None:
    filled(folder)
    first, *others = local_files(folder)
    bucket.put(first.name, b"of another archive")
    with Archive.open(folder, warc_store=bucket.url):
        done = upload_closed(folder)
    assert list(done.left) == [f"warc/{first.name}"]
    assert done.files == len(others)
    assert bucket.objects()[f"warc/{first.name}"] == b"of another archive"
    assert local_files(folder) == [first]


def test_a_file_that_is_being_written_or_torn_stays(bucket: Bucket, folder: Path) -> None:
    filled(folder)
    torn = local_files(folder)[0]
    torn.write_bytes(torn.read_bytes()[:-5])
    with Archive.open(folder, warc_store=bucket.url) as archive:
        run_id = archive.start_run("example", now=NOW + timedelta(days=3))
        archive.append(page(f"{HOME}/9", NOW + timedelta(days=3), "عنوان\nنص"), run_id)
        left = upload_closed(folder).left
        assert {why.partition(",")[0] for why in left.values()} == {"its end is torn", "it is being written"}
        assert f"warc/{torn.name}" in left


@pytest.mark.slow
def test_commands_work_on_stored_files(bucket: Bucket, folder: Path, tmp_path: Path) -> None:
    filled(folder, bucket.url)
    env = {**bucket.environment, "cwd": tmp_path}
    compacted = warraq("compact", "--json", **env)
    assert compacted.json["merges"]
    assert compacted.json["uploaded"]["files"] == 1
    assert files_in(bucket) == ["example-202605.warc.gz"]
    assert local_files(folder) == []
    assert warraq("verify", "--json", **env).json["ok"]
    assert warraq("attest", **env).code == 0
    assert warraq("attest", "verify", **env).code == 0
    assert warraq("export", "pages.wacz", "--wacz", **env).code == 0
    again = warraq("reextract", "--dry-run", "--json", **env)
    assert (again.code, again.json["read"] > 0, again.json["lost"]) == (0, True, 0)
    assert warraq("backup", "all.tar", **env).code == 0
    assert warraq("restore", "all.tar", "--archive", "restored", **env).code == 0
    assert warraq("verify", "--json", "--archive", "restored", **env).json["ok"]
    rebuilt = warraq("repair", "--rebuild", "--json", **env)
    assert (rebuilt.code, rebuilt.json["ok"]) == (0, True), rebuilt.err
