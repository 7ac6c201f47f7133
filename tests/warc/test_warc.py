import gzip
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from storage.errors import ArchiveError
from storage.records import Capture, Position
from storage.warc.gzip_members import complete_length
from storage.warc.writer import WarcWriter, read_capture
from tests.support.rooms.warc import NOW, capture, read_captures, writer


def test_a_run_writes_to_the_file_of_its_site_and_day(tmp_path: Path) -> None:
    pen = WarcWriter(tmp_path, "example", 7, NOW.astimezone(timezone(timedelta(hours=20))))
    first, second = pen.append(capture()), pen.append(capture(b"two"))
    pen.close()
    assert first.file == second.file == "warc/example-20260507.warc.gz"
    assert (tmp_path / first.file).stat().st_size == second.offset + second.length
    assert first.offset + first.length == second.offset


def test_warcio_and_fastwarc_read_what_was_written(tmp_path: Path) -> None:
    pen = writer(tmp_path)
    captures = [capture(f"page {number} خبر".encode()) for number in range(3)]
    positions = [pen.append(each) for each in captures]
    pen.close()
    path = tmp_path / positions[0].file

    with path.open("rb") as file:
        iterator = ArchiveIterator(file, check_digests="raise")
        records = [
            (record.rec_type, record.content_stream().read(), iterator.get_record_offset()) for record in iterator
        ]
    assert [kind for kind, _, _ in records] == ["warcinfo", "response", "response", "response"]
    assert [(body, offset) for _, body, offset in records[1:]] == [
        (each.body, position.offset) for each, position in zip(captures, positions, strict=True)
    ]

    fast = []
    for record in FastIterator(str(path), parse_http=True):
        if "response" in str(record.record_type).lower():
            assert record.verify_payload_digest()
            assert record.headers["WARC-Target-URI"] == captures[0].url
            body = record.reader.read()
            assert record.http_headers["Content-Length"] == str(len(body))
            fast.append(body)
    assert fast == [each.body for each in captures]


def test_a_decoded_body_does_not_claim_to_be_encoded(tmp_path: Path) -> None:
    pen = writer(tmp_path)
    sent = capture(
        headers=(
            ("content-encoding", "gzip"),
            ("Transfer-Encoding", "chunked"),
            ("Content-Length", "3"),
            ("X", "y"),
        )
    )
    position = pen.append(sent)
    raw = gzip.decompress((tmp_path / position.file).read_bytes()[position.offset :])
    assert b"\r\nX-Archive-Orig-content-encoding: gzip\r\n" in raw
    assert b"\r\nX-Archive-Orig-Transfer-Encoding: chunked\r\n" in raw
    assert f"\r\nContent-Length: {len(sent.body)}\r\n\r\n".encode() in raw
    assert read_capture(tmp_path, position) == sent


def test_a_hostile_header_stays_on_its_line(tmp_path: Path) -> None:
    pen = writer(tmp_path)
    hostile = capture(
        headers=(
            ("X-One", "a\r\nSet-Cookie: evil\r\n\r\n<script>"),
            ("Bad Name:\r\n", "\x00b"),
            ("", "nameless"),
            ("خبر", "arabic name"),
            ("X-Arabic", "مرحبا"),
            ("X-Surrogate", "\udcff"),
            ("X-Latin", "caf\xe9"),
        ),
        url="https://example.com/\r\nWARC-Type: x",
        status=999,
    )
    position = pen.append(hostile)
    after = pen.append(capture(b"after"))
    read = read_capture(tmp_path, position)
    assert read.headers == (
        ("X-One", "a Set-Cookie: evil <script>"),
        ("BadName", "b"),
        ("X-Arabic", "مرحبا"),
        ("X-Surrogate", "\ufffd\ufffd\ufffd"),
        ("X-Latin", "caf\xe9"),
    )
    assert read.url == "https://example.com/%0D%0AWARC-Type:%20x"
    assert (read.status, read.body) == (999, hostile.body)
    assert read_capture(tmp_path, after).body == b"after"


HEADERS = st.tuples(
    st.from_regex(r"[A-Za-z][A-Za-z-]{0,10}", fullmatch=True),
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30).map(str.strip),
)
CAPTURES = st.builds(
    Capture,
    url=st.sampled_from(["https://example.com/", "https://example.com/%D8%A7?b=[1]&c=%20"]),
    site=st.just("example"),
    fetched_at=st.datetimes(datetime(1995, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    status=st.integers(100, 999).filter(lambda status: status != 304),
    headers=st.lists(HEADERS, max_size=5).map(tuple),
    body=st.binary(max_size=300),
    requested_url=st.none() | st.just("https://example.com/?p=1"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(CAPTURES)
def test_what_is_read_back_is_what_was_appended(tmp_path: Path, original: Capture) -> None:
    pen = writer(tmp_path)
    position = pen.append(original)
    pen.close()
    assert read_capture(tmp_path, position) == original
    assert list(read_captures(tmp_path / position.file))[-1] == original
    assert complete_length(tmp_path / position.file) == (tmp_path / position.file).stat().st_size


FULL = """
import os, resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from storage.errors import ArchiveError
from storage.records import Capture
from storage.warc.gzip_members import complete_length
from storage.warc.writer import WarcWriter
from tests.support.rooms.warc import read_captures

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
now = datetime(2026, 1, 1, tzinfo=UTC)
pen = WarcWriter(folder, "example", 1, now)
page = lambda body: Capture("https://example.com/", "example", now, 200, (), body)
first = pen.append(page(b"first"))
path = folder / first.file
size = path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 5000, resource.RLIM_INFINITY))
try:
    pen.append(page(os.urandom(20000)))
except ArchiveError as error:
    print(error)
print(path.stat().st_size == size == complete_length(path))
pen.append(page(b"fits"))
print([capture.body for capture in read_captures(path)])
"""


def test_a_record_that_does_not_fit_on_the_disk_leaves_nothing(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    message, whole, bodies = done.stdout.splitlines()
    assert message.startswith(f"can't write {tmp_path}/warc/example-20260101.warc.gz: ")
    assert whole == "True"
    assert bodies == "[b'first', b'fits']"


def test_a_torn_end_is_seen(tmp_path: Path) -> None:
    pen = writer(tmp_path)
    pen.append(capture(os.urandom(3_000_000)))
    last = pen.append(capture(os.urandom(1000)))
    path = tmp_path / last.file
    for cut in (1, 9, 500, last.length - 1):
        with path.open("r+b") as file:
            file.truncate(last.offset + last.length - cut)
        assert complete_length(path) == last.offset
    with pytest.raises(ArchiveError, match="damaged at byte"):
        read_capture(tmp_path, last)


def test_the_folder_of_the_files_may_be_a_link_to_another_disk(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "warc").symlink_to(tmp_path / "disk", target_is_directory=True)
    position = writer(tmp_path / "archive").append(capture())
    assert read_capture(tmp_path / "archive", position).body == capture().body
    (tmp_path / "secret").write_bytes((tmp_path / "archive" / position.file).read_bytes())
    for file in ("warc/../secret", "secret", "warc/../archive/../secret"):
        with pytest.raises(ArchiveError, match="outside the archive"):
            read_capture(tmp_path / "archive", replace(position, file=file))


@pytest.mark.parametrize("file", ["../outside.warc.gz", "/etc/passwd", "warc/../../x"])
def test_a_position_outside_the_archive_is_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(ArchiveError, match="outside the archive"):
        read_capture(tmp_path, Position(file, 0, 10, "sha1:x"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"warc/gone\.warc\.gz: No such file"):
        read_capture(tmp_path, Position("warc/gone.warc.gz", 0, 10, "sha1:x"))


@pytest.mark.parametrize("position", [(0, 50), (3, 400), (10**9, 10), (0, 0)])
def test_a_wrong_position_is_damage_not_a_crash(tmp_path: Path, position: tuple[int, int]) -> None:
    at = writer(tmp_path).append(capture())
    with pytest.raises(ArchiveError, match="damaged"):
        read_capture(tmp_path, Position(at.file, *position, at.digest))


@pytest.mark.parametrize("name", ["../x", "", "a/b", "A", "x" * 65, "a\x00b"])
def test_a_site_name_that_is_no_file_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="site name"):
        WarcWriter(tmp_path, name, 1, NOW)
