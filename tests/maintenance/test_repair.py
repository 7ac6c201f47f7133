"""`warraq repair` mends what a kill or a lost database left, and lists what nobody can mend."""

import shutil
from pathlib import Path

import pytest

from crawler.locks import SiteLock
from storage.archive import Archive
from storage.maintenance.repair import repair
from storage.records import Position
from storage.search import index
from storage.warc.store.stored_file import warc_files
from storage.warc.torn_files import cut_torn_end
from storage.warc.writer import read_capture
from tests.support.running import warraq
from tests.support.small_archive import HOME, NOW, PlainReader, fill, page, told


def torn_archive(folder: Path) -> Position:
    """A killed run's file: one whole capture without a row, and the first half of another."""
    with Archive.open(folder) as archive:
        fill(archive)
        run_id = archive.start_run("example", now=NOW)
        position = archive.append(page(f"{HOME}/9", NOW, "عنوان تاسع\nنص تاسع"), run_id)
        archive.close_run(run_id)
    path = folder / position.file
    whole = path.read_bytes()
    path.write_bytes(whole + whole[position.offset : position.offset + position.length // 2])
    return position


def test_a_torn_end_is_cut_off_and_kept_aside(tmp_path: Path) -> None:
    position = torn_archive(tmp_path)
    path = tmp_path / position.file
    before = path.read_bytes()
    torn = cut_torn_end(path)
    assert torn is not None
    assert path.read_bytes() == before[: torn.offset]
    assert path.with_name(torn.kept).read_bytes() == before[torn.offset :]
    assert torn.kept == f"{path.name}.torn-{torn.offset}"
    assert cut_torn_end(path) is None
    assert read_capture(tmp_path, position).url == f"{HOME}/9"


@pytest.mark.parametrize("tail", [b"\x1f", b"\x1f\x8b\x08", b"garbage", b"\x00" * 5000, b"\x1f\x8b\x08" * 1000])
def test_any_end_that_is_no_record_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    with Archive.open(tmp_path) as archive:
        fill(archive)
    path = sorted((tmp_path / "warc").iterdir())[0]
    whole = path.read_bytes()
    path.write_bytes(whole + tail)
    torn = cut_torn_end(path)
    assert torn is not None
    assert (path.read_bytes(), torn.length) == (whole, len(tail))


@pytest.mark.parametrize("content", [b"\x1f\x8b\x08\x00torn within its first record", b"garbage"])
def test_a_file_without_one_whole_record_is_put_aside_as_it_is(tmp_path: Path, content: bytes) -> None:
    with Archive.open(tmp_path) as archive:
        fill(archive)
        path = tmp_path / "warc" / "example-20260507080000-99.warc.gz"
        path.write_bytes(content)
        reader = PlainReader()
        done = repair(archive, reader)
        assert [(each.file, each.kept) for each in done.torn] == [(path.name, f"{path.name}.torn-0")]
        assert not path.exists()
        assert path.with_name(f"{path.name}.torn-0").read_bytes() == content
        assert done.report.ok
        assert set(reader.held) == {"example"}, "a crawl may be writing its first record"
        assert repair(archive, reader).torn == []


def test_damage_with_whole_records_behind_it_is_not_cut_off(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        fill(archive)
    path = sorted((tmp_path / "warc").iterdir())[0]
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)
    assert cut_torn_end(path) is None
    assert path.read_bytes() == bytes(content)


def test_the_next_run_of_the_site_cuts_the_torn_end_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    position = torn_archive(tmp_path)
    with Archive.open(tmp_path) as archive:
        archive.start_run("other", now=NOW)
        assert not list((tmp_path / "warc").glob("*.torn-*"))
        archive.start_run("example", now=NOW)
    (kept,) = (tmp_path / "warc").glob("*.torn-*")
    assert kept.name.startswith(Path(position.file).name)
    assert "ended in a torn record: cut back to byte" in caplog.text


def test_repair_cuts_relinks_and_reindexes(tmp_path: Path) -> None:
    torn_archive(tmp_path)
    with Archive.open(tmp_path) as archive:
        index.catch_up(archive.engine)
        (meta,) = index.folder_of(archive.engine).glob("*/meta.json")
        meta.write_text("{")
        reader = PlainReader()
        done = repair(archive, reader)
        assert [each.file for each in done.torn] == ["example-20260507.warc.gz"]
        assert (done.rebuilt.captures, done.rebuilt.articles, done.indexed) == (1, 1, 3)
        assert done.report.ok
        assert done.report.left == {}
        assert set(reader.held) == {"example"}
        after = told(archive)
        again = repair(archive, reader)
        assert (again.torn, again.rebuilt.captures, again.indexed) == ([], 0, None)
        assert told(archive) == after


@pytest.mark.parametrize("names", [(0, 1), (1, None), (0, None)])
def test_files_that_were_swapped_or_renamed_are_found_again(
    tmp_path: Path, database_url: str, names: tuple[int, int | None]
) -> None:
    with Archive.open(tmp_path / "archive", database_url) as archive:
        fill(archive)
        before = told(archive)
        files, aside = warc_files(archive.folder), archive.folder / "warc" / "renamed.warc.gz"
        one = files[names[0]].rename(aside)
        if names[1] is not None:
            files[names[1]].rename(files[names[0]])
            one.rename(files[names[1]])
        done = repair(archive, PlainReader())
        assert (done.rebuilt.captures, done.report.as_json()["wrong"], done.report.left) == (0, {}, {})
        assert done.moved == (12 if names[1] is not None else (9, 3)[names[0]])
        after = told(archive)
        assert {name: after[name] for name in after if name != "captures"} == {
            name: before[name] for name in before if name != "captures"
        }
        assert len(after["captures"]) == len(before["captures"])
        assert repair(archive, PlainReader()).moved == 0


def test_what_can_not_be_mended_is_listed_and_exits_with_5(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        fill(archive)
    first = sorted((folder / "warc").iterdir())[0]
    content = first.read_bytes()
    first.write_bytes(content[:-1500])
    ran = warraq("repair", cwd=tmp_path)
    assert ran.code == 5
    assert "torn record: cut back" in ran.out
    assert "wrong: row: 1" in ran.out
    assert "there is no record of https://example.com/2" in ran.out


@pytest.mark.slow
def test_a_lost_database_is_rebuilt_from_the_command_line(tmp_path: Path) -> None:
    assert warraq("demo", "--quiet", cwd=tmp_path).code == 0
    folder = tmp_path / "warraq-demo"
    export = ("export", "-", "--archive", "warraq-demo")
    before = set(warraq(*export, cwd=tmp_path).out.splitlines())
    shutil.copytree(folder, tmp_path / "copy")
    for left in folder.glob("warraq.db*"):
        left.unlink()
    ran = warraq("repair", "--archive", "warraq-demo", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert _without_ids(warraq(*export, cwd=tmp_path).out.splitlines()) == _without_ids(before)
    for left in folder.glob("warraq.db*"):
        left.unlink()
    files = [f"warraq-demo/warc/{path.name}" for path in (folder / "warc").glob("*.warc.gz")]
    assert warraq("import", *files, "--archive", "warraq-demo", cwd=tmp_path).code == 0
    assert _without_ids(warraq(*export, cwd=tmp_path).out.splitlines()) == _without_ids(before)
    assert warraq("verify", "--archive", "warraq-demo", cwd=tmp_path).code == 0


def _without_ids(lines: object) -> set[str]:
    import json

    records = [json.loads(line) for line in lines]  # type: ignore[attr-defined]
    for each in records:
        # A rebuild learns the site's profile anew; its digest follows the extractor's name.
        each |= {"id": None, "extractor": " ".join(each["extractor"].split()[:2])}
    return {json.dumps(each, sort_keys=True) for each in records}


def test_a_damaged_database_is_put_aside_and_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.open(folder) as archive:
        fill(archive)
    damaged = b"SQLite format 3\x00" + b"\xff" * 9000
    (folder / "warraq.db").write_bytes(damaged)
    ran = warraq("repair", cwd=tmp_path)
    assert ran.code == 5
    assert "--rebuild" in ran.err
    ran = warraq("repair", "--rebuild", "--json", cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert Path(ran.json["put_aside"]).read_bytes() == damaged
    assert ran.json["relinked"]["captures"] == 12


@pytest.mark.slow
def test_repair_leaves_a_site_alone_that_is_being_crawled(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    torn_archive(folder)
    with SiteLock(folder, "example"):
        ran = warraq("repair", cwd=tmp_path)
        assert (ran.code, "being crawled already" in ran.err) == (3, True)
        assert not list((folder / "warc").glob("*.torn-*"))
        assert warraq("repair", "--rebuild", cwd=tmp_path).code == 3
    assert warraq("repair", cwd=tmp_path).code == 0


def test_there_is_nothing_to_repair_where_there_is_no_archive(tmp_path: Path) -> None:
    ran = warraq("repair", cwd=tmp_path)
    assert (ran.code, list(tmp_path.iterdir())) == (2, [])
