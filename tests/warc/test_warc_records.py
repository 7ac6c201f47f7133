"""Requests, origins and revisits in WARC files, as our reader and other programs see them."""

import gzip
import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from storage.errors import ArchiveError
from storage.records import Found, Holder, Origin, Position
from storage.warc.reader import records as warc_records
from storage.warc.writer import WarcWriter, read_capture
from tests.support.rooms.warc import NOW, capture, read_captures, writer


def test_records_of_other_programs_are_read_decoded(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "other.warc.gz"
    with path.open("wb") as file:
        other = WARCWriter(file, gzip=True)
        head = StatusAndHeaders("200 OK", [("Content-Encoding", "gzip")], protocol="HTTP/1.1")
        from io import BytesIO

        body = BytesIO(gzip.compress(b"page"))
        other.write_record(
            other.create_warc_record("https://other.example/", "response", payload=body, http_headers=head)
        )
    (read,) = read_captures(path)
    assert (read.url, read.site, read.body) == ("https://other.example/", "", b"page")


def test_every_capture_has_its_request_and_where_it_came_from(tmp_path: Path) -> None:
    pen = WarcWriter(tmp_path, "example", 7, NOW, {"warraq-home": "https://example.com", "warraq-title": "المثال"})
    sent = (
        ("User-Agent", "Warraq/1"),
        ("Authorization", "Basic c2VjcmV0"),
        ("Proxy-Authorization", "x"),
        ("Cookie", "a"),
    )
    origin = Origin("listing", "https://example.com/", (Found("https://example.com/خبر", "article"),))
    position = pen.append(capture(request_headers=sent), origin=origin)
    pen.close()
    path = tmp_path / position.file
    with path.open("rb") as file:
        records = [(record.rec_type, record.rec_headers, record.content_stream().read(), record.http_headers)
                 for record in ArchiveIterator(file, check_digests="raise")]  # fmt: skip
    assert [each[0] for each in records] == ["warcinfo", "response", "request", "metadata"]
    assert "warraq-title: المثال\r\n" in records[0][2].decode()
    response_id = records[1][1].get_header("WARC-Record-ID")
    assert {each[1].get_header("WARC-Concurrent-To") for each in records[2:]} == {response_id}
    request = records[2][3]
    assert (request.protocol, request.statusline) == ("GET", "/%D8%AE%D8%A8%D8%B1/?a=1 HTTP/1.1")
    assert request.headers == [("Host", "example.com"), ("User-Agent", "Warraq/1")], "credentials are not kept"
    assert records[3][2].decode().splitlines() == [
        "kind: listing", "via: https://example.com/", "outlink: https://example.com/%D8%AE%D8%A8%D8%B1 article"
    ]  # fmt: skip
    (read,) = warc_records(path, position.file)
    assert read.origin == replace(origin, found=(Found("https://example.com/%D8%AE%D8%A8%D8%B1", "article"),))
    assert (read.capture, read.position, read.intact) == (capture(), position, True)


def revisited(folder: Path) -> tuple[WarcWriter, Position, Position, Position]:
    """A capture; its payload once more, an hour later; and an answer of 304."""
    pen = writer(folder)
    first = pen.append(capture())
    holder = Holder(5, capture().url, NOW, first)
    again = pen.append(capture(fetched_at=NOW + timedelta(hours=1)), holder=holder)
    unchanged = pen.append(capture(b"", fetched_at=NOW + timedelta(hours=2), status=304), holder=holder)
    pen.close()
    return pen, first, again, unchanged


def test_a_repeated_payload_is_a_revisit_that_gives_the_same_capture(tmp_path: Path) -> None:
    _, first, again, unchanged = revisited(tmp_path)
    assert (first.refers_to, again.refers_to, unchanged.refers_to) == (None, 5, 5)
    assert first.digest == again.digest == unchanged.digest
    assert read_capture(tmp_path, again) == capture(fetched_at=NOW + timedelta(hours=1))
    answer = read_capture(tmp_path, unchanged)
    assert (answer.status, answer.body) == (304, b"")
    with (tmp_path / again.file).open("rb") as file:
        heads = [record.rec_headers for record in ArchiveIterator(file) if record.rec_type == "revisit"]
    assert [head.get_header("WARC-Profile").rpartition("/")[2] for head in heads] == [
        "identical-payload-digest", "server-not-modified"
    ]  # fmt: skip
    for head in heads:
        assert head.get_header("WARC-Refers-To-Target-URI") == capture().url
        assert head.get_header("WARC-Refers-To-Date") == "2026-05-07T08:09:10.123456Z"


def test_a_revisit_finds_its_bytes_in_a_file_that_was_rewritten_since(tmp_path: Path) -> None:
    pen = writer(tmp_path)
    before = pen.append(capture(b"taken down later", url="https://example.com/other"))
    first = pen.append(capture())
    pen.close()
    second = WarcWriter(tmp_path, "example", 8, NOW + timedelta(days=1))
    again = second.append(capture(fetched_at=NOW + timedelta(hours=1)), holder=Holder(5, capture().url, NOW, first))
    second.close()
    path = tmp_path / first.file
    content = path.read_bytes()
    path.write_bytes(content[: before.offset] + content[first.offset :])
    assert read_capture(tmp_path, again).body == capture().body
    path.write_bytes(content[: before.offset])
    with pytest.raises(ArchiveError, match="damaged at byte"):
        read_capture(tmp_path, again)
    path.unlink()
    with pytest.raises(ArchiveError, match="No such file"):
        read_capture(tmp_path, again)


def test_a_revisit_can_not_point_out_of_the_archive(tmp_path: Path) -> None:
    first = writer(tmp_path).append(capture())
    outside = Position("../../etc/passwd", 0, 10, first.digest)
    again = WarcWriter(tmp_path, "example", 8, NOW).append(capture(), holder=Holder(5, capture().url, NOW, outside))
    with pytest.raises(ArchiveError, match="outside the archive"):
        read_capture(tmp_path, again)


def test_other_programs_accept_every_file(tmp_path: Path) -> None:
    pen = revisited(tmp_path)[0]
    pen.append(
        capture(b"\x00\xff" * 500, url="https://example.com/\r\nx", status=999, request_headers=(("A\r\n", "b\nc"),))
    )
    pen.append(capture(b"", status=304, headers=()))
    pen.close()
    for path in sorted((tmp_path / "warc").iterdir()):
        warcio = Path(sys.executable).with_name("warcio")
        checked = subprocess.run([warcio, "check", "-v", path], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stdout
        assert "digest pass" in checked.stdout
        indexed = subprocess.run([warcio, "index", path], capture_output=True, text=True, check=True)
        kinds = [line["warc-type"] for line in map(json.loads, indexed.stdout.splitlines())]
        fast = [str(record.record_type).rpartition(".")[2] for record in FastIterator(str(path), parse_http=True)]
        assert len(kinds) == len(fast)
    assert len(kinds) >= 3
