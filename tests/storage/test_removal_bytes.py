"""Taking down in WARC files: records become blanks of the same length, damage costs only itself."""

import gzip
import os
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import fastwarc
import pytest
from sqlalchemy import select, update
from warcio.archiveiterator import ArchiveIterator

from storage.archive import Archive
from storage.db.schema import captures, erasures
from storage.errors import ArchiveError
from storage.maintenance.verify import verify
from storage.search.engine import search
from storage.warc.redact import blank, redact
from tests.support.archives import rows
from tests.support.removals import (
    LATER,
    NOW,
    SECRET,
    WORD,
    article,
    everything,
    fill,
    keep,
    page,
    take_down,
    url,
)


def test_other_programs_read_the_file_as_before(archive: Archive) -> None:
    fill(archive)
    take_down(archive)
    (path,) = (archive.folder / "warc").iterdir()
    with path.open("rb") as stream:
        records = [
            (each.rec_type, each.rec_headers.get_header("WARC-Target-URI"))
            for each in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [uri for kind, uri in records if kind in ("response", "revisit")] == [url(1), url(3), url(3)]
    assert sum(kind == "warraq-removed" for kind, _ in records) == 6  # two captures, each with its request and metadata
    assert all(uri != url(2) for _, uri in records)
    with path.open("rb") as stream:
        seen = [each.headers.get("WARC-Target-URI") for each in fastwarc.ArchiveIterator(stream) if each.is_http]
    assert [each for each in seen if each] == [
        uri for kind, uri in records if kind in ("response", "request", "revisit")
    ]
    for command in (["check"], ["index"]):
        ran = subprocess.run(
            [sys.executable, "-m", "warcio.cli", *command, str(path)], capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    "length", [*range(260, 420), 65_000, 65_535, 65_536, 65_810, 65_811, 65_812, 131_400, 3_000_000]
)
def test_a_blank_of_any_length_is_one_record(length: int) -> None:
    content = blank(length, now=NOW)
    assert len(content) == length
    unpacked = zlib.decompressobj(zlib.MAX_WBITS | 16)
    whole = unpacked.decompress(content)
    assert unpacked.eof
    assert not unpacked.unused_data
    assert gzip.decompress(content) == whole
    (record,) = ArchiveIterator(BytesIO(content))
    assert record.rec_type == "warraq-removed"


def test_a_length_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="fits into 100 bytes"):
        blank(100, now=NOW)


def damage(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset + 40 : offset + 90] = os.urandom(50)
    path.write_bytes(content)


def test_a_damaged_record_whose_end_is_not_known_is_left_as_it_is(archive: Archive) -> None:
    fill(archive)
    (path,) = (archive.folder / "warc").iterdir()
    row = rows(archive, captures, captures.c.id)[1]
    damage(path, row["warc_offset"])
    content = path.read_bytes()
    for length in (row["warc_length"] - 1, 100):
        assert list(redact(path, {row["warc_offset"]: length}, now=NOW).refused) == [row["warc_offset"]]
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_damaged_record_goes_by_its_length(archive: Archive) -> None:
    fill(archive)
    (path,) = (archive.folder / "warc").iterdir()
    size = path.stat().st_size
    damage(path, rows(archive, captures, captures.c.id)[1]["warc_offset"])
    take_down(archive)
    assert rows(archive, erasures) == []
    assert path.stat().st_size == size
    assert WORD.encode() not in everything(archive.folder)
    assert verify(archive.engine, archive.folder).ok


def test_a_record_that_can_not_be_erased_keeps_no_other_from_it(archive: Archive) -> None:
    fill(archive)
    run_id = archive.start_run("example", now=LATER)
    keep(archive, run_id, page(5, SECRET), article(5, SECRET))
    archive.finish_run(run_id, status="done", now=LATER, requests=1)
    first, second = sorted((archive.folder / "warc").iterdir())
    damaged = rows(archive, captures, captures.c.id)[1]
    damage(first, damaged["warc_offset"])
    with archive.engine.begin() as connection:
        connection.execute(update(captures).where(captures.c.id == damaged["id"]).values(warc_length=900))
    with pytest.raises(ArchiveError, match="damaged at byte"):
        take_down(archive)
    with pytest.raises(ArchiveError, match="damaged at byte"):
        take_down(archive, url(5))
    assert {row["warc_offset"] for row in rows(archive, erasures)} == {damaged["warc_offset"]}
    assert WORD.encode() not in gzip.decompress(second.read_bytes())
    assert search(archive.engine, WORD).total == 0


def test_the_records_of_two_days_are_erased_of_which_the_later_refers_to_the_earlier(archive: Archive) -> None:
    for minutes in (0, 3 * 24 * 60):
        capture = page(2, minutes=minutes)
        run_id = archive.start_run("example", now=capture.fetched_at)
        keep(archive, run_id, page(1, minutes=minutes), article(1))
        keep(archive, run_id, capture, article(2))
        archive.finish_run(run_id, status="done", now=capture.fetched_at, requests=2)
    with archive.engine.connect() as connection:
        of_page = select(captures.c.warc_file, captures.c.refers_to).where(captures.c.url == url(2))
        first, second = connection.execute(of_page.order_by(captures.c.id)).all()
        assert (first.refers_to is None, second.refers_to is None) == (True, False)
        assert first.warc_file != second.warc_file
    take_down(archive)
    with archive.engine.connect() as connection:
        assert set(connection.scalars(select(captures.c.url))) == {url(1)}
    assert verify(archive.engine, archive.folder).ok
