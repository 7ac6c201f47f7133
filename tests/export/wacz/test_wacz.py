"""`warraq export --wacz`: what is packed, what is left out, and what is refused."""

import gzip
import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.archive import Archive
from storage.evidence.leaves import RecordLeaf, leaves
from storage.export import ExportSelection
from storage.export.wacz.wacz_index import LINES, index_blocks, surt
from storage.export.wacz.wacz_package import WaczContents, write_wacz
from storage.removal import erase_noted, remove
from tests.support.running import warraq
from tests.support.small_archive import HOME, NOW, fill

PACKED_AT = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with Archive.open(tmp_path / "archive", url) as opened:
        fill(opened)
        yield opened


def pack(archive: Archive, selection: ExportSelection | None = None) -> tuple[WaczContents, zipfile.ZipFile]:
    target = archive.folder.parent / "x.wacz"
    chosen = selection or ExportSelection()
    done = write_wacz(archive.engine, archive.folder, target, chosen, now=PACKED_AT, force=True)
    return done, zipfile.ZipFile(target)


def index_of(package: zipfile.ZipFile) -> list[dict[str, Any]]:
    lines = gzip.decompress(package.read("indexes/index.cdx.gz")).decode().splitlines()
    assert lines == sorted(lines)
    return [json.loads(line.split(" ", 2)[2]) for line in lines]


def test_all_captures_of_the_articles_are_packed_byte_for_byte(archive: Archive, tmp_path: Path) -> None:
    done, package = pack(archive)
    assert (done.articles, done.captures, done.pages, done.without) == (2, 8, 4, 0)
    package.extract("archive/data.warc.gz", tmp_path)
    kept = {each.hash for path in (archive.folder / "warc").iterdir() for each in _leaves(path)}
    packed = [each.hash for each in _leaves(tmp_path / "archive/data.warc.gz")]
    assert len(packed) == 1 + 8 * 3
    assert set(packed[1:]) <= kept, "what was sealed in the archive is sealed in the package"
    warc = package.read("archive/data.warc.gz")
    for line in index_of(package):
        record = gzip.decompress(warc[int(line["offset"]) :][: int(line["length"])])
        assert f"WARC-Target-URI: {line['url']}\r\n".encode() in record


def _leaves(path: Path) -> Iterator[RecordLeaf]:
    return (each for each in leaves(path) if isinstance(each, RecordLeaf))


def test_the_package_says_what_it_holds_and_that_it_has_no_pictures(archive: Archive) -> None:
    _, package = pack(archive)
    about = json.loads(package.read("datapackage.json"))
    assert about["wacz_version"] == "1.1.1"
    assert "pictures" in about["description"]
    for each in about["resources"]:
        content = package.read(each["path"])
        assert each["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert each["bytes"] == len(content)
    head, *pages = map(json.loads, package.read("pages/pages.jsonl").decode().splitlines())
    assert head["format"] == "json-pages-1.0"
    assert pages[0] == {"id": "1-1", "url": f"{HOME}/1", "ts": "2026-05-07T08:00:01Z", "title": "عنوان"}


def test_what_a_revisit_repeats_is_packed_with_it(archive: Archive) -> None:
    _, package = pack(archive)
    revisits = [each for each in index_of(package) if each["mime"] == "warc/revisit"]
    held = {each["digest"] for each in index_of(package) if each["mime"] != "warc/revisit"}
    assert len(revisits) == 4
    assert {each["digest"] for each in revisits} <= held


def test_removed_articles_and_captures_after_the_day_are_not_packed(archive: Archive) -> None:
    done, package = pack(archive, replace(ExportSelection(), as_of=NOW + timedelta(hours=1)))
    assert (done.articles, done.captures) == (2, 2)
    remove(archive.engine, archive.folder, f"{HOME}/2", reason="حكم", by="أمين", now=PACKED_AT)
    done, package = pack(archive)
    assert {each["url"] for each in index_of(package)} == {f"{HOME}/1"}
    erase_noted(archive.engine, archive.folder, now=PACKED_AT)
    assert pack(archive)[0].captures == 4
    assert "ثان".encode() not in b"".join(gzip.decompress(package.read(name)) for name in ("archive/data.warc.gz",))


def test_an_empty_selection_gives_a_package_without_pages(archive: Archive) -> None:
    done, package = pack(archive, ExportSelection(replace(ExportSelection().filters, site="none")))
    assert (done.articles, done.captures) == (0, 0)
    assert index_of(package) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["x.jsonl", "--wacz"], "x.wacz"),
        (["-", "--wacz"], ".wacz"),
        (["x.wacz", "--wacz", "--fields", "url"], "--fields"),
        (["x.wacz", "--wacz", "--versions", "all"], "--versions all"),
        (["x.wacz", "--wacz", "--manifest", "m.json"], "--manifest"),
        (["x.wacz"], ".wacz"),
    ],
)
def test_what_can_t_be_packed_is_refused_in_one_line(words: list[str], said: str, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    ran = warraq("export", *words, cwd=tmp_path)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not list(tmp_path.glob("*x.*"))


def test_a_damaged_record_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    assert warraq("export", "x.wacz", "--wacz", cwd=tmp_path).code == 0
    before = (tmp_path / "x.wacz").read_bytes()
    assert warraq("export", "x.wacz", "--wacz", cwd=tmp_path).code == 2, "it is not replaced unasked"
    path = min((tmp_path / "archive/warc").iterdir())
    content = bytearray(path.read_bytes())
    response = next(
        each for each in _leaves(path) if b"WARC-Type: response" in each.content and b"/1\r\n" in each.content
    )
    content[response.offset + response.length // 2] ^= 255
    path.write_bytes(content)
    ran = warraq("export", "x.wacz", "--wacz", "--force", cwd=tmp_path)
    assert ran.code == 5
    assert "is damaged at byte" in ran.err
    assert (tmp_path / "x.wacz").read_bytes() == before


def test_a_long_index_is_in_blocks_that_are_found_by_their_first_line() -> None:
    lines = [f"com,example)/{number:05} 20260507080001 {{}}\n" for number in range(2 * LINES + 5)]
    (_, head), *blocks = index_blocks(reversed(lines))
    assert head.startswith(b"!meta 0 ")
    assert len(blocks) == 3
    packed = b"".join(block for block, _ in blocks)
    for number, (_, line) in enumerate(blocks):
        key, _, about = line.decode().split(" ", 2)
        place = json.loads(about)
        block = gzip.decompress(packed[place["offset"] : place["offset"] + place["length"]]).decode()
        assert block.startswith(key)
        assert block.splitlines(keepends=True) == lines[number * LINES : (number + 1) * LINES]


@given(
    st.from_regex(r"https?://[a-zA-Z0-9]([a-zA-Z0-9.-]{0,20}[a-zA-Z0-9])?(:[0-9]{1,5})?(/[!-~]{0,20})?", fullmatch=True)
)
def test_a_key_has_neither_scheme_nor_capitals_nor_spaces(url: str) -> None:
    key = surt(url)
    assert key == key.lower()
    assert " " not in key
    assert surt(url.upper()) == key
