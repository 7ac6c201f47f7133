"""`warraq verify` sees what is wrong, and takes for nothing wrong what a kill leaves over. On both engines."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from storage.archive import Archive
from storage.db.database import open_readonly, write_transaction
from storage.db.schema import articles, captures, versions
from storage.maintenance.repair import repair
from storage.maintenance.verify import verify
from storage.maintenance.verify_report import EXAMPLES, Problem
from storage.search import index
from storage.search.change_log import note
from storage.warc.torn_files import scan
from tests.support.running import warraq
from tests.support.small_archive import NOW, PlainReader, capture_row, fill, keep, page, wrong_counts


def overwrite(path: Path, offset: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(content)


def test_changed_bytes_are_found(archive: Archive) -> None:
    held = capture_row(archive, 1)
    overwrite(archive.folder / held.warc_file, held.warc_offset + held.warc_length // 2, b"\x00\xff\x00\xff")
    assert wrong_counts(archive).keys() == {"damage", "row"}


def test_a_record_in_the_place_of_another_is_found(archive: Archive) -> None:
    with write_transaction(archive.engine) as connection:
        connection.execute(
            update(captures).where(captures.c.id == capture_row(archive, 1).id).values(digest="sha1:OTHER")
        )
        connection.execute(update(captures).where(captures.c.id == capture_row(archive, 2).id).values(warc_length=7))
        connection.execute(update(captures).where(captures.c.id == capture_row(archive, 0).id).values(status=500))
    assert wrong_counts(archive) == {"bytes": 3}


def test_a_row_that_points_nowhere_is_found(archive: Archive) -> None:
    with write_transaction(archive.engine) as connection:
        connection.execute(update(captures).where(captures.c.id == capture_row(archive, 1).id).values(warc_offset=3))
    report = verify(archive.engine, archive.folder)
    assert (report.wrong["row"].count, report.left["orphan"].count) == (1, 1)


def test_a_missing_file_is_found(archive: Archive) -> None:
    (archive.folder / capture_row(archive, 0).warc_file).unlink()
    assert wrong_counts(archive) == {"file": 1}


def test_a_cut_file_is_found_by_the_rows_that_point_behind_its_end(archive: Archive) -> None:
    held = capture_row(archive, 2)
    path = archive.folder / held.warc_file
    with path.open("r+b") as file:
        file.truncate(held.warc_offset + held.warc_length - 5)
    report = verify(archive.engine, archive.folder)
    rows_from_it_on = 7
    assert {kind: each.count for kind, each in report.wrong.items()} == {"row": rows_from_it_on}
    assert report.left["torn"].count == 1


@pytest.mark.parametrize("table", [articles, versions])
def test_a_changed_text_is_found(archive: Archive, table: Any) -> None:
    with write_transaction(archive.engine) as connection:
        first = connection.scalar(select(table.c.id).order_by(table.c.id).limit(1))
        connection.execute(update(table).where(table.c.id == first).values(text="نص لم ينشره أحد"))
    assert wrong_counts(archive)["text"] == 1


def test_an_index_that_disagrees_is_found(archive: Archive) -> None:
    with write_transaction(archive.engine) as connection:
        connection.execute(update(articles).where(articles.c.id == 1).values(agency="رويترز"))
    assert wrong_counts(archive) == {"index": 1}
    with write_transaction(archive.engine) as connection:
        note(connection, 1)
    assert wrong_counts(archive) == {}, "the next search takes it in"
    (meta,) = index.folder_of(archive.engine).glob("*/meta.json")
    meta.write_text("{")
    assert wrong_counts(archive) == {"index": 1}
    meta.unlink()
    assert wrong_counts(archive) == {}, "the next search makes it anew"


def test_captures_without_a_row_and_torn_ends_are_nothing_wrong(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    position = archive.append(page("https://example.com/9", NOW, "عنوان\nنص"), run_id)
    archive.close_run(run_id)
    with (archive.folder / position.file).open("ab") as file:
        file.write((archive.folder / position.file).read_bytes()[: position.length // 2])
    report = verify(archive.engine, archive.folder)
    assert report.ok
    assert {kind: each.count for kind, each in report.left.items()} == {"orphan": 1, "torn": 1}


def test_only_the_first_of_many_problems_are_described_one_by_one() -> None:
    problem = Problem()
    for number in range(1000):
        problem.add(str(number))
    assert (problem.count, len(problem.examples)) == (1000, EXAMPLES)


def test_what_lies_behind_damage_is_found_again(archive: Archive) -> None:
    held = capture_row(archive, 1)
    path = archive.folder / held.warc_file
    before = [(each.offset, each.length) for each in scan(path)]
    overwrite(path, held.warc_offset + 20, b"\x00" * 30)
    after = [(each.offset, each.length) for each in scan(path)]
    assert before == after, "the damaged member is a gap of the same size"


DAMAGES: list[tuple[str, Callable[[Path], None]]] = [
    ("database", lambda path: overwrite(path, 4096 * 3, b"\xff" * 4096)),
    ("database", lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])),
]


@pytest.mark.parametrize("number", range(len(DAMAGES)))
def test_a_damaged_sqlite_file_is_told_and_exits_with_5(tmp_path: Path, number: int) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
        with archive.engine.connect() as connection:
            connection.execute(text("pragma wal_checkpoint(truncate)"))
    DAMAGES[number][1](tmp_path / "archive" / "warraq.db")
    ran = warraq("verify", "--json", cwd=tmp_path)
    assert ran.code == 5
    assert "Traceback" not in ran.err
    if ran.out:
        assert ran.json["wrong"]["database"]["count"] > 0
    else:
        assert "damaged" in ran.err


def test_verify_tells_people_and_programs_and_changes_nothing(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
        run_id = archive.start_run("example", now=NOW)
        keep(archive, run_id, page("https://example.com/9", NOW, "عنوان\nنص"))
    before = {path: path.read_bytes() for path in (tmp_path / "archive/warc").iterdir()}
    ran = warraq("verify", cwd=tmp_path)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "Nothing is wrong.")
    with write_transaction(Archive.open(tmp_path / "archive").engine) as connection:
        connection.execute(delete(versions).where(versions.c.number < 0))
        connection.execute(update(captures).values(digest="sha1:OTHER"))
    ran = warraq("verify", cwd=tmp_path)
    assert ran.code == 5
    assert "wrong: bytes: 13" in ran.out
    assert "warraq repair" in ran.out
    assert {path: path.read_bytes() for path in (tmp_path / "archive/warc").iterdir()} == before


def test_verify_needs_no_right_to_write(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    engine = open_readonly(tmp_path / "archive")
    assert verify(engine, tmp_path / "archive").ok
    engine.dispose()


SQL_DAMAGES = [
    ("index", "update articles set section = 'قسم آخر' where id = 1"),
    ("text", "update articles set text = cast(x'd8ff' as text) where id = 1"),
    ("text", "update versions set text = cast(text as blob) where id = 1"),
    ("value", "update articles set text = cast(x'd8ff' as text) where id = 1"),
    ("value", "update captures set url = cast(x'd8ff' as text) where id = 2"),
    ("value", "update articles set tags = '[' where id = 1"),
    ("value", "update versions set details = '{' where id = 1"),
    ("value", "update pages set found_at = 'soon'"),
    ("value", "update captures set fetched_at = 'soon' where id = 2"),
]


@pytest.mark.parametrize(("kind", "statement"), SQL_DAMAGES)
def test_damage_within_a_row_is_a_finding(tmp_path: Path, kind: str, statement: str) -> None:
    with Archive.open(tmp_path) as archive:
        fill(archive)
        with write_transaction(archive.engine) as connection:
            connection.execute(text(statement))
        assert kind in wrong_counts(archive)
        assert repair(archive, PlainReader()).report.ok == (kind == "index"), "the index alone can be made anew"


@pytest.mark.parametrize(
    "statement",
    [
        "update articles set text = cast(x'd8ff' as text) where id = 1",
        "update articles set tags = '[' where id = 1",
    ],
)
def test_what_can_not_be_read_of_a_row_ends_other_commands_with_5(tmp_path: Path, statement: str) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
        with write_transaction(archive.engine) as connection:
            connection.execute(text(statement))
    ran = warraq("export", "-", cwd=tmp_path)
    assert (ran.code, "is damaged" in ran.err, "Traceback" in ran.err) == (5, True, False)
