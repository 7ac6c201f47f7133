"""A compaction that is killed: the archive stays whole at every point, and whatever comes next ends the merge."""

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import captures
from storage.errors import ArchiveError
from storage.maintenance.compact_sites import compact as merge_files
from storage.maintenance.rebuild import rebuild_from_warc
from storage.maintenance.verify import verify
from storage.records import Position
from storage.removal import erase_noted, remove
from storage.warc.faults import COMPACT_POINTS
from storage.warc.merged_files import interrupted_merges
from storage.warc.store.stored_file import warc_files
from storage.warc.writer import read_capture
from tests.support.faults.told_archives import verified
from tests.support.running import Ran, warraq
from tests.support.small_archive import HOME, NOW, PlainReader, fill, told

MONTH = "example-202605.warc.gz"
NAMED = ("compact-named", "compact-commit", "compact-moved", "compact-deleted")
POINTS = [*COMPACT_POINTS, "compact-copied:2", "compact-deleted:2"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "archive"
    with Archive.open(folder) as archive:
        fill(archive)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "archive"))


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with Archive.open(folder) as opened:
        yield opened


def compact(folder: Path, **env: str) -> Ran:
    return warraq("compact", "--json", cwd=folder.parent, **env)


def killed(folder: Path, point: str) -> None:
    ran = compact(folder, WARRAQ_FAULTS="1", WARRAQ_FAIL_AT=point)
    assert ran.code == 137, (ran.code, ran.err)


def bodies(archive: Archive) -> dict[tuple[Any, ...], bytes]:
    columns = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)
    with read_transaction(archive.engine) as connection:
        rows = connection.execute(select(captures.c.url, captures.c.fetched_at, *columns)).all()
    return {tuple(row[:2]): read_capture(archive.folder, Position(*row[2:])).body for row in rows}


def meaning(archive: Archive) -> dict[str, Any]:
    return {name: value for name, value in told(archive).items() if name != "captures"}


@pytest.mark.parametrize("point", POINTS)
def test_a_compaction_killed_at_any_point_loses_nothing_and_goes_on(point: str, folder: Path) -> None:
    with Archive.open(folder) as archive:
        before, read = meaning(archive), bodies(archive)
    killed(folder, point)
    left = verified(folder.parent)
    # Of two copies the one without rows is not looked at; once the last old file is gone nothing is left over.
    assert set(left) == ({"merge"} if point in NAMED else set())
    with Archive.open(folder) as archive:
        assert (meaning(archive), bodies(archive)) == (before, read)
    ran = compact(folder)
    assert ran.code == 0, ran.err
    assert (ran.json["finished"], len(ran.json["merges"])) == (
        (1, 0) if point in NAMED else (0, int(point != "compact-deleted:2"))
    )
    assert verified(folder.parent) == {}
    assert [path.name for path in (folder / "warc").iterdir()] == [MONTH]
    with Archive.open(folder) as archive:
        assert (meaning(archive), bodies(archive)) == (before, read)


@pytest.mark.parametrize("point", ["compact-named", "compact-moved"])
def test_repair_ends_a_killed_merge_and_takes_nothing_in_twice(point: str, folder: Path) -> None:
    killed(folder, point)
    ran = warraq("repair", "--json", cwd=folder.parent)
    assert (ran.code, ran.json["relinked"]["captures"], ran.json["moved"]) == (0, 0, 0)
    assert verified(folder.parent) == {}
    assert [path.name for path in warc_files(folder)] == [MONTH]


@pytest.mark.parametrize("point", ["compact-named", "compact-moved"])
def test_files_of_a_killed_merge_alone_give_the_same_archive(point: str, folder: Path, tmp_path: Path) -> None:
    with Archive.open(folder) as archive:
        before = meaning(archive)
    killed(folder, point)
    shutil.copytree(folder / "warc", tmp_path / "again" / "warc")
    with Archive.open(tmp_path / "again") as again:
        rebuild_from_warc(again, PlainReader())
        assert meaning(again) == before
        assert verify(again.engine, again.folder).as_json()["left"] == {}


@pytest.mark.parametrize("point", ["compact-named", "compact-moved"])
def test_what_is_taken_down_after_a_killed_merge_is_in_no_copy(point: str, folder: Path) -> None:
    killed(folder, point)
    with Archive.open(folder) as archive:
        remove(archive.engine, folder, f"{HOME}/1", reason="r", by="b", now=NOW)
        assert erase_noted(archive.engine, folder, now=NOW).records > 0
    assert [path.name for path in warc_files(folder)] == [MONTH]
    ran = warraq("verify", "--json", cwd=folder.parent)
    assert (ran.code, ran.json["left"]) == (0, {})


def test_a_file_that_is_not_what_was_copied_of_it_stays(folder: Path, archive: Archive) -> None:
    killed(folder, "compact-named")
    (merge,) = interrupted_merges(warc_files(folder))
    first = folder / "warc" / merge.parts[0].name
    content = bytearray(first.read_bytes())
    content[20] ^= 1
    first.write_bytes(content)
    ran = compact(folder)
    assert "is not what" in ran.err
    assert first.read_bytes() == content
    assert [path.name for path in warc_files(folder)] == [MONTH, first.name]


def test_a_disk_that_refuses_leaves_the_files_as_they_were(
    folder: Path, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "warc").iterdir()}

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        with pytest.raises(ArchiveError, match=r"can't write .*example-202605"):
            merge_files(archive.engine, folder, lambda _: nullcontext(), before=date(2026, 6, 1), limit=1 << 30)
    assert {path.name: path.read_bytes() for path in (folder / "warc").iterdir()} == before
