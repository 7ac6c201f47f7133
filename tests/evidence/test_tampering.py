"""One record among ten thousand that was changed, dropped, moved or back-dated is named; what Warraq does itself is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.db.database import connect
from storage.db.database_url import archive_url
from storage.evidence.attest_report import AttestReport
from storage.evidence.evidence_check import check_evidence
from tests.support.evidence.sealed_archive import Tampering, make

KINDS = ("flipped", "dropped", "swapped", "back-dated", "row")
SAID = {"flipped": "changed", "dropped": "dropped", "swapped": "moved", "back-dated": "back-dated", "row": "row"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "archive"
    make(folder, 60).close()
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("large") / "archive"
    make(folder, 10_000).close()
    yield folder
    shutil.rmtree(folder)


def checked(folder: Path, *, with_rows: bool = True) -> AttestReport:
    engine = connect(archive_url(folder, None), readonly=True, folder=folder) if with_rows else None
    try:
        return check_evidence(folder, engine)
    finally:
        if engine is not None:
            engine.dispose()


def told(report: AttestReport, kind: str) -> str:
    return "\n".join(report.wrong[kind].examples) if kind in report.wrong else ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_tampering_is_named_by_its_page(kind: str, small: Path, tmp_path: Path) -> None:
    assert checked(small).ok
    for seed in range(4):
        folder = tmp_path / str(seed)
        shutil.copytree(small, folder)
        tampering = Tampering(folder, seed)
        name = tampering.tamper(kind, tampering.places(1)[0])
        report = checked(folder)
        assert name in told(report, SAID[kind]), report.as_json()
        if kind != "row":
            assert SAID[kind] in checked(folder, with_rows=False).wrong, "the files alone show it"


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_each_of_forty_tamperings_among_ten_thousand_captures_is_named(kind: str, large: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(large, folder)
    tampering = Tampering(folder, KINDS.index(kind))
    named = 0
    for path, number in tampering.places(40):
        name = tampering.tamper(kind, (path, number))
        named += name in told(checked(folder), SAID[kind])
        shutil.copy(large / "warc" / path.name, path)
        shutil.copy(large / "warraq.db", folder / "warraq.db")
    assert named == 40
    assert checked(folder).ok


def test_a_record_that_was_put_into_another_file_is_named(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(small, folder)
    first, second = sorted((folder / "warc").iterdir())[:2]
    tampering = Tampering(folder, 1)
    place = next(place for place in tampering.places(8) if place[0] == first)
    before = first.read_bytes()
    name = tampering.tamper("dropped", place)
    after = first.read_bytes()
    start = next(at for at, byte in enumerate(after) if before[at] != byte)
    second.write_bytes(second.read_bytes() + before[start : start + len(before) - len(after)])
    assert name in told(checked(folder), "moved") + told(checked(folder), "dropped") + told(checked(folder), "changed")


def test_a_list_a_seal_and_a_row_of_a_seal_that_were_changed_are_named(small: Path, tmp_path: Path) -> None:
    for name, old, new, said in (
        ("000002.leaves", b".warc", b".work", "000002.leaves is not the list"),
        ("000002.seal", b"day: 2026", b"day: 2025", "000003.seal does not name the seal before it"),
        ("000005.seal", b"day: 2026", b"day: 2025", "000005.seal is not what its row"),
        ("000003.seal", b"root", b"rout", "000003.seal is damaged"),
    ):
        folder = tmp_path / f"{name}-{old.hex()}"
        shutil.copytree(small, folder)
        path = folder / "evidence" / name
        path.write_bytes(path.read_bytes().replace(old, new, 1))
        assert said in told(checked(folder), "seal")
    (folder / "evidence/000002.seal").unlink()
    (folder / "evidence/000005.seal").rename(folder / "evidence/999999999.seal")
    named = told(checked(folder), "seal")
    assert "000002.seal is not there" in named
    assert "000005.seal to evidence/999999998.seal is not there" in named
    (folder / "evidence/000001.leaves").unlink()
    assert "000001.leaves is not there" in told(checked(folder), "seal")


def test_a_file_that_is_gone_is_named_record_by_record(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    shutil.copytree(small, folder)
    min((folder / "warc").iterdir()).unlink()
    report = checked(folder)
    assert report.wrong["dropped"].count == 36
    assert report.wrong["row"].count == 12


def test_a_text_that_was_changed_is_named(small: Path, tmp_path: Path) -> None:
    from tests.support.small_archive import fill

    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
        with archive.engine.begin() as connection:
            connection.exec_driver_sql("update versions set text = 'غيره' where id = 1")
        assert "row 1 of versions" in told(check_evidence(archive.folder, archive.engine), "text")
