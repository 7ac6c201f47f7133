"""Runs of a day append to one file; another is begun where it is full, damaged, lost, or somebody else's."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from storage.errors import ArchiveError
from storage.records import Position
from storage.warc.gzip_members import complete_length, members
from storage.warc.run_spans import spans_without_rows
from storage.warc.warcinfo_fields import warcinfo_in
from storage.warc.writer import Appending, WarcWriter, read_capture
from tests.support.rooms.warc import NOW, capture, read_captures

DAY = "warc/example-20260507.warc.gz"


def written(folder: Path, run_id: int, *bodies: bytes, **options: object) -> list[Position]:
    pen = WarcWriter(folder, "example", run_id, NOW + timedelta(hours=run_id), **options)  # type: ignore[arg-type]
    positions = [pen.append(capture(body)) for body in bodies]
    pen.close()
    return positions


def bodies(path: Path) -> list[bytes]:
    return [each.body for each in read_captures(path)]


def test_runs_of_a_day_append_to_one_file_and_each_says_which_it_is(tmp_path: Path) -> None:
    positions = written(tmp_path, 1, b"one", b"two") + written(tmp_path, 2, b"three")
    assert {each.file for each in positions} == {DAY}
    assert [read_capture(tmp_path, each).body for each in positions] == [b"one", b"two", b"three"]
    runs_named = [
        fields for each in members(tmp_path / DAY) if (fields := warcinfo_in(each.content or b"")) is not None
    ]
    assert [fields["warraq-run"] for fields in runs_named] == ["1", "2"]
    assert {fields["filename"] for fields in runs_named} == {"example-20260507.warc.gz"}
    spans = spans_without_rows(tmp_path / DAY, ())
    assert [each.run for each in spans] == ["example-20260507090910-1", "example-20260507100910-2"]
    assert [[record.capture.body for record in each.records()] for each in spans] == [[b"one", b"two"], [b"three"]]
    assert [each.run for each in spans_without_rows(tmp_path / DAY, {each.offset for each in positions[:2]})] == [
        "example-20260507100910-2"
    ]


def test_another_day_has_another_file(tmp_path: Path) -> None:
    written(tmp_path, 1, b"one")
    (other,) = written(tmp_path, 20, b"two")
    assert other.file == "warc/example-20260508.warc.gz"


def test_a_full_file_is_followed_by_another_and_later_runs_fill_the_last_one(tmp_path: Path) -> None:
    big = os.urandom(1500)
    positions = written(tmp_path, 1, big, big, b"small", max_bytes=2000)
    positions += written(tmp_path, 2, b"small, too", big, big, max_bytes=2000)
    names = ["", "-2", "-3", "-3", "-3", "-4"]
    assert [each.file for each in positions] == [f"warc/example-20260507{name}.warc.gz" for name in names]
    for each in positions:
        assert read_capture(tmp_path, each).site == "example"


def test_the_file_that_another_writer_has_is_never_touched(tmp_path: Path) -> None:
    one = WarcWriter(tmp_path, "example", 1, NOW)
    one.append(capture(b"one"))
    before = (tmp_path / DAY).read_bytes()
    (other,) = written(tmp_path, 2, b"two")
    assert other.file == "warc/example-20260507-2.warc.gz"
    assert (tmp_path / DAY).read_bytes() == before
    one.append(capture(b"three"))
    assert bodies(tmp_path / DAY) == [b"one", b"three"]
    one.close()
    assert written(tmp_path, 3, b"four")[0].file == DAY


@pytest.mark.parametrize("named", [True, False])
def test_a_torn_end_is_cut_off_before_more_is_appended(tmp_path: Path, named: bool) -> None:
    first, second = written(tmp_path, 1, b"one", b"two")
    os.truncate(tmp_path / DAY, second.offset + second.length - 3)
    (third,) = written(tmp_path, 2, b"three", last_position=lambda name: first if named and name == DAY else None)
    assert third.file == DAY
    assert bodies(tmp_path / DAY) == [b"one", b"three"]
    assert complete_length(tmp_path / DAY) == (tmp_path / DAY).stat().st_size
    assert [path.name for path in tmp_path.glob("warc/*.torn-*")] == [f"{DAY[5:]}.torn-{second.offset}"]


def test_a_file_without_a_whole_record_is_put_aside_and_begun_again(tmp_path: Path) -> None:
    written(tmp_path, 1, b"one")
    os.truncate(tmp_path / DAY, 50)
    (again,) = written(tmp_path, 2, b"two")
    assert again.file == DAY
    assert bodies(tmp_path / DAY) == [b"two"]
    assert [path.name for path in tmp_path.glob("warc/*.torn-*")] == [f"{DAY[5:]}.torn-0"]


@pytest.mark.parametrize("left", ["shorter", "lost", "other bytes"])
def test_nothing_is_appended_where_rows_point_at_what_is_not_there(tmp_path: Path, left: str) -> None:
    """What is appended would get the offsets that rows name, and be taken for saved already."""
    _, last = written(tmp_path, 1, b"one", b"two")
    path = tmp_path / DAY
    if left == "lost":
        path.unlink()
    elif left == "shorter":
        os.truncate(path, last.offset)
    else:
        path.write_bytes(path.read_bytes()[: last.offset] + b"x" * last.length)
    before = path.read_bytes() if path.exists() else None
    (other,) = written(tmp_path, 2, b"three", last_position=lambda name: last if name == DAY else None)
    assert other.file == "warc/example-20260507-2.warc.gz"
    assert (path.read_bytes() if path.exists() else None) == before


def test_a_file_that_can_not_be_opened_refuses_what_was_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / DAY).mkdir(parents=True)
    pen = WarcWriter(tmp_path, "example", 1, NOW)
    answers = pen.append_all([Appending(capture(b"one")), Appending(capture(b"two"))])
    assert [type(each) for each in answers] == [ArchiveError, ArchiveError]
    assert f"can't write {tmp_path / DAY}: Is a directory" in str(answers[0])
