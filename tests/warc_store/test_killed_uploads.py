"""Uploads and compactions of stored files that are killed at every point: nothing is lost, nothing is there twice."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from storage.archive import Archive
from storage.maintenance.verify import verify
from storage.warc.faults import COMPACT_POINTS, UPLOAD_POINTS
from storage.warc.store.stored_file import local_files, warc_files
from tests.support.running import warraq
from tests.support.small_archive import fill, told
from tests.support.stores.s3 import Bucket
from tests.support.stores.stored_archives import bodies, files_in, filled

LATE = ("--before", "2026-05-01")  # nothing is merged


def said(folder: Path) -> tuple[dict[str, Any], dict[tuple[Any, ...], bytes]]:
    """All that the archive says, but where its records lie; and every body, read from there."""
    with Archive.open(folder) as archive:
        meaning = {name: value for name, value in told(archive).items() if name != "captures"}
        return meaning, bodies(archive)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "archive"
    with Archive.open(folder) as archive:
        fill(archive)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("point", [*UPLOAD_POINTS, "upload-stored:2", "upload-deleted:2"])
def test_an_upload_killed_at_any_point_loses_nothing_and_goes_on(
    point: str, made: Path, folder: Path, bucket: Bucket
) -> None:
    shutil.copytree(made, folder)
    whole = {f"warc/{path.name}": path.read_bytes() for path in local_files(folder)}
    before = said(folder)
    env = {**bucket.environment, "WARRAQ_WARC_STORE": bucket.url}
    killed = warraq("compact", *LATE, cwd=folder.parent, WARRAQ_FAULTS="1", WARRAQ_FAIL_AT=point, **env)
    assert killed.code == 137, killed.err
    assert said(folder) == before
    with Archive.open(folder) as archive:
        report = verify(archive.engine, folder)
        assert (report.ok, report.left) == (True, {})
    assert warraq("compact", *LATE, cwd=folder.parent, **env).code == 0
    assert said(folder) == before
    assert (bucket.objects(), local_files(folder)) == (whole, [])


@pytest.mark.slow
@pytest.mark.parametrize("point", [*COMPACT_POINTS, "compact-deleted:2", *UPLOAD_POINTS])
def test_a_compaction_of_stored_files_killed_at_any_point_loses_nothing_and_goes_on(
    point: str, folder: Path, bucket: Bucket
) -> None:
    filled(folder, bucket.url)
    before = said(folder)
    killed = warraq("compact", cwd=folder.parent, WARRAQ_FAULTS="1", WARRAQ_FAIL_AT=point, **bucket.environment)
    assert killed.code == 137, killed.err
    assert said(folder) == before
    assert warraq("compact", cwd=folder.parent, **bucket.environment).code == 0
    assert said(folder) == before
    assert [path.name for path in warc_files(folder)] == ["example-202605.warc.gz"] == files_in(bucket)
    assert local_files(folder) == []
