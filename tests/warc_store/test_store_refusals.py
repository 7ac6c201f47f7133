"""A store that is missing, refuses or is away: what is said, with which exit code, and that nothing is lost."""

import http.client
from datetime import timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.errors import ArchiveError, UsageError
from storage.maintenance.verify import verify
from storage.warc.store.object_store import ObjectStore
from storage.warc.store.store_url import checked_url, remember_store, store_url
from storage.warc.store.stored_file import local_files
from tests.support.running import warraq
from tests.support.small_archive import HOME, NOW, fill, keep, page
from tests.support.stores.s3 import SECRET, Bucket, s3_server
from tests.support.stores.stored_archives import filled

AWAY = "http://127.0.0.1:9"


def test_a_url_is_checked_and_a_password_in_it_not_repeated(folder: Path) -> None:
    assert checked_url("s3://bucket/folder/") == "s3://bucket/folder"
    for wrong in ("bucket", "s3:", "s3://", "s3://bucket?x=1", f"s3://key:{SECRET}@bucket"):
        with pytest.raises(UsageError) as refusal:
            checked_url(wrong)
        assert SECRET not in str(refusal.value)


def test_an_archive_remembers_its_store_and_refuses_another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    assert store_url(folder) is None
    monkeypatch.setenv("WARRAQ_WARC_STORE", "s3://bucket/a/")
    assert store_url(folder) == "s3://bucket/a"
    remember_store(folder, "s3://bucket/a")
    remember_store(folder, "s3://bucket/a/")
    monkeypatch.setenv("WARRAQ_WARC_STORE", "s3://bucket/b")
    with pytest.raises(UsageError, match="keeps its WARC files in s3://bucket/a"):
        store_url(folder)
    with pytest.raises(UsageError, match="keeps its WARC files in s3://bucket/a"):
        remember_store(folder, "s3://bucket/b")


def test_a_client_that_is_not_installed_is_named_with_the_command() -> None:
    with pytest.raises(UsageError, match=r"pip install 'warraq\[fleet\]'"):
        ObjectStore("unheard://bucket/x").states()


def test_a_missing_bucket_is_said_before_anything_is_done(bucket: Bucket, folder: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no bucket for s3://no-such-bucket/x: make it"):
        Archive.open(folder, warc_store="s3://no-such-bucket/x")
    assert not (folder / "warc-store").exists()


def test_without_credentials_it_says_which_are_wanted(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(ArchiveError, match=r"there are no credentials for s3://.*AWS_ACCESS_KEY_ID"):
        ObjectStore(bucket.url).states()


@pytest.mark.slow
def test_refused_credentials_are_no_traceback_and_not_printed(bucket: Bucket, folder: Path) -> None:
    filled(folder, bucket.url)
    with s3_server() as strict:
        _let_first_calls_pass(strict, 0)
        try:
            ran = warraq("compact", cwd=folder.parent, **{**bucket.environment, "AWS_ENDPOINT_URL": strict})
        finally:
            _let_first_calls_pass(strict, 1_000_000)
    assert ran.code == 5
    assert "refuses the credentials" in ran.err
    assert SECRET not in ran.err + ran.out
    assert "Traceback" not in ran.err


def _let_first_calls_pass(server: str, count: int) -> None:
    """Have the S3 server ask for credentials that it knows, after so many calls."""
    connection = http.client.HTTPConnection(server.removeprefix("http://"))
    connection.request("POST", "/moto-api/reset-auth", str(count).encode(), {"Content-Type": "text/plain"})
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.slow
def test_a_crawl_goes_on_while_the_store_is_away_and_its_files_are_uploaded_later(
    bucket: Bucket, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Archive.open(folder, warc_store=bucket.url) as archive:
        fill(archive)
    objects = bucket.objects()
    monkeypatch.setenv("AWS_ENDPOINT_URL", AWAY)
    from storage.warc.store import object_store

    object_store._opened.cache_clear()
    with Archive.open(folder) as archive:
        run_id = archive.start_run("example", now=NOW + timedelta(days=4))
        keep(archive, run_id, page(f"{HOME}/9", NOW + timedelta(days=4), "عنوان\nنص"))
        archive.finish_run(run_id, status="done", now=NOW + timedelta(days=5), requests=1)
    assert "does not answer" in str(archive.upload_error)
    (kept,) = local_files(folder)
    monkeypatch.setenv("AWS_ENDPOINT_URL", bucket.endpoint)
    object_store._opened.cache_clear()
    content = kept.read_bytes()
    with Archive.open(folder) as archive:
        assert warraq("compact", cwd=folder.parent, **bucket.environment).code == 0
        report = verify(archive.engine, folder)
        assert (report.ok, report.left) == (True, {})
    away = warraq("verify", cwd=folder.parent, **{**bucket.environment, "AWS_ENDPOINT_URL": AWAY})
    assert (away.code, "does not answer" in away.err, "Traceback" in away.err) == (5, True, False)
    assert content in bucket.objects().values() or len(bucket.objects()) != len(objects)
