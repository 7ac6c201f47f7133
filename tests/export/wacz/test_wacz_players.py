"""WACZ files in the programs that they are for: py-wacz validates them, pywb serves their pages."""

import gzip
import json
import os
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.export import ExportSelection
from storage.export.wacz.wacz_package import write_wacz
from tests.support.evidence.replay_programs import get, programs, served_by_pywb
from tests.support.small_archive import HOME, NOW, fill, keep, page

ODD = (
    "https://www.example.com/News/2026/?b=2&a=1",
    "https://example.com/%D8%AE%D8%A8%D8%B1/",
    "http://example.com:8080/x",
    "https://example.com/a//b?q=%D8%B9",
    "https://sub.www2.example.com/",
    "https://example.com/خبر-عاجل",
)


@pytest.fixture(scope="session")
def py_wacz(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of py-wacz's programs."""
    return programs("wacz", "wacz", tmp_path_factory.mktemp("wacz"), named=os.environ.get("WARRAQ_WACZ"))


@pytest.fixture(scope="session")
def pywb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("pywb")
    return programs("wayback", "pywb", home, named=os.environ.get("WARRAQ_PYWB"), beside=("setuptools",))


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles with their versions, and pages of odd addresses."""
    folder = tmp_path_factory.mktemp("packed")
    with Archive.open(folder / "archive") as archive:
        fill(archive)
        run_id = archive.start_run("example", now=NOW)
        for url in ODD:
            keep(archive, run_id, page(url, NOW, f"عنوان {url}\nنص"))
        archive.finish_run(run_id, status="done", now=NOW, requests=len(ODD))
        write_wacz(archive.engine, archive.folder, folder / "x.wacz", ExportSelection(), now=datetime.now(UTC))
    return folder / "x.wacz"


@pytest.mark.slow
def test_py_wacz_validates_a_package_and_refuses_one_that_was_changed(
    py_wacz: Path, packed: Path, tmp_path: Path
) -> None:
    def validated(path: Path) -> str:
        return subprocess.run(
            [py_wacz / "wacz", "validate", "-f", path], capture_output=True, text=True, check=False, timeout=120
        ).stdout

    assert "the passed WACZ is valid" in validated(packed)
    with zipfile.ZipFile(packed) as there, zipfile.ZipFile(tmp_path / "y.wacz", "w") as other:
        for name in there.namelist():
            other.writestr(name, there.read(name).replace(b'"title"', b'"Title"'))
    assert "the passed WACZ is valid" not in validated(tmp_path / "y.wacz")


@pytest.mark.slow
def test_the_index_has_the_lines_that_the_indexer_of_py_wacz_makes(py_wacz: Path, packed: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(packed) as there:
        there.extract("archive/data.warc.gz", tmp_path)
        ours = gzip.decompress(there.read("indexes/index.cdx.gz")).decode().splitlines()
    command = [py_wacz / "cdxj-indexer", "--sort", tmp_path / "archive/data.warc.gz"]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.splitlines()
    assert [_told(line) for line in ours] == [_told(line) for line in theirs]


def _told(line: str) -> tuple[object, ...]:
    key, at, about = line.split(" ", 2)
    fields = json.loads(about)
    names = ("url", "status", "length", "offset", "filename", "mime")
    return key, at, fields["digest"].removeprefix("sha1:"), *(fields.get(name) for name in names)


@pytest.mark.slow
def test_pywb_serves_every_capture_of_a_package_as_a_memento(pywb: Path, packed: Path, tmp_path: Path) -> None:
    with served_by_pywb(pywb, tmp_path, "--unpack-wacz", "ours", packed) as replay:
        for at, said, day in (
            ("20260507080001", "عنوان\nنص أول", "Thu, 07 May 2026 08:00:01 GMT"),
            ("20260507130001", "عنوان\nنص معدل", "Thu, 07 May 2026 13:00:01 GMT"),
            ("20260507140001", "عنوان\nنص أول", "Thu, 07 May 2026 14:00:01 GMT"),
        ):
            assert get(f"{replay}/{at}id_/{HOME}/1") == (said, day)
        assert get(f"{replay}/2026id_/{ODD[0]}")[0] == f"عنوان {ODD[0]}\nنص"
        timemap = get(f"{replay}/timemap/link/{HOME}/1")[0]
        assert timemap.count("memento") >= 4
