"""`warraq import`: WARC files of other programs, whole, oddly packed or damaged."""

import gzip
import io
import re
import zlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import brotlicffi
import pytest
import zstandard
from sqlalchemy import text
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.imports.warc_import import import_warc
from storage.imports.warc_runs import Imported
from storage.warc import reader, third_party
from storage.warc.payloads import third_party_pages
from storage.warc.record_format import warc_date
from storage.warc.store.stored_file import warc_files
from tests.support.running import warraq
from tests.support.small_archive import HOME, NOW, PlainReader, fill, keep, page

LATER = NOW + timedelta(days=30)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
Headers = tuple[tuple[str, str], ...]


def response(url: str, body: bytes, status: str = "200 OK", headers: Headers = HTML, second: int = 0) -> bytes:
    """A record as other programs write it, not gzipped."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    head = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
    about = {"WARC-Date": warc_date(NOW + timedelta(seconds=second))}
    record = writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=about)
    writer.write_record(record)
    return out.getvalue()


def imported(folder: Path, path: Path) -> Imported:
    with Archive.open(folder) as archive:
        return import_warc(archive, PlainReader(), path, now=LATER, name_of=lambda url: "x_example")


def articles(folder: Path) -> set[str]:
    with Archive.open(folder) as archive, read_transaction(archive.engine) as connection:
        return set(connection.scalars(text("select url from articles")))


def test_a_page_is_kept_where_the_redirect_to_it_came_in_the_same_second(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    moved = response(f"{HOME}/5", b"moved", "301 Moved")
    path.write_bytes(moved + response(f"{HOME}/5/", "عنوان\nنص".encode()))
    for kept, known in ((2, 0), (0, 2)):
        done = imported(tmp_path / "archive", path)
        assert (done.captures, done.known) == (kept, known)
    assert articles(tmp_path / "archive") == {f"{HOME}/5/"}


def texts(count: int) -> list[bytes]:
    return [response(f"{HOME}/{number}", f"عنوان\nنص {number}".encode(), second=number) for number in range(count)]


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotlicffi.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
    ],
)
def test_bodies_are_read_whatever_their_encoding_and_a_bad_one_costs_its_record_alone(
    tmp_path: Path, encoding: str, encode: Callable[[bytes], bytes]
) -> None:
    body = encode("عنوان\nنص مضغوط".encode())
    chunked = b"%x\r\n%b\r\n%x;x=y\r\n%b\r\n0\r\n\r\n" % (3, body[:3], len(body) - 3, body[3:])
    named: Headers = (*HTML, ("Content-Encoding", encoding))
    parts = (("Transfer-Encoding", "chunked"),)
    path = tmp_path / "x.warc"
    path.write_bytes(
        response(f"{HOME}/whole", body, headers=named)
        + response(f"{HOME}/cut", body[:-9], headers=named, second=1)
        + response(f"{HOME}/cut.css", body[:-9], headers=(("Content-Type", "text/css"), *named[1:]), second=1)
        + response(f"{HOME}/chunked", chunked, headers=named + parts, second=2)
        + response(f"{HOME}/cut-chunk", chunked[:-9], headers=named + parts, second=3)
        + response(f"{HOME}/undone", "<p>عنوان\nنص".encode(), headers=named + parts, second=4)
    )
    done = imported(tmp_path / "archive", path)
    assert articles(tmp_path / "archive") == {f"{HOME}/{name}" for name in ("whole", "chunked", "undone")}
    assert [each.partition(": ")[0] for each in done.unreadable] == [f"{HOME}/cut", f"{HOME}/cut-chunk"]
    assert (done.captures, done.others, done.damaged) == (3, 1, [])


def test_a_bomb_costs_its_record_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (third_party, third_party_pages):
        monkeypatch.setattr(module, "MAX_RECORD_BYTES", 10_000)
    bomb = gzip.compress(b"x" * 100_000)
    path = tmp_path / "x.warc"
    path.write_bytes(
        response(f"{HOME}/bomb", bomb, headers=(*HTML, ("Content-Encoding", "gzip")))
        + response(f"{HOME}/large", b"x" * 100_000)
        + response(f"{HOME}/film", b"x" * 100_000, headers=(("Content-Type", "video/mp4"),))
        + b"".join(texts(1))
    )
    done = imported(tmp_path / "archive", path)
    assert [each.partition(": ")[0] for each in done.unreadable] == [f"{HOME}/bomb", f"{HOME}/large"]
    assert (done.captures, done.others, done.damaged) == (1, 1, [])


@pytest.mark.parametrize("large", [False, True])
def test_a_file_gzipped_as_a_whole_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: bool) -> None:
    if large:  # as if it were one of gigabytes
        monkeypatch.setattr(reader, "MAX_RECORD_BYTES", 1000)
    path = tmp_path / "x.warc.gz"
    path.write_bytes(gzip.compress(b"".join(texts(9))))
    done = imported(tmp_path / "archive", path)
    assert (done.captures, done.damaged) == (9, [])


def test_one_of_ours_that_was_packed_anew_is_read(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "ours") as archive:
        fill(archive)
    for number, path in enumerate(warc_files(tmp_path / "ours")):
        plain = gzip.decompress(path.read_bytes())
        for name, content in (("x.warc", plain), ("x.warc.gz", gzip.compress(plain))):
            (tmp_path / name).write_bytes(content)
            done = imported(tmp_path / f"{name}-{number}", tmp_path / name)
            assert done.captures + done.others > 2
            assert not done.damaged


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 16]) + content[at + 1 :]


@pytest.mark.parametrize("packing", ["plain", "by record", "as a whole"])
def test_damage_costs_what_it_hit_and_is_told(tmp_path: Path, packing: str) -> None:
    records = texts(40)
    whole = b"".join(records)
    packed = [gzip.compress(each) for each in records]
    content = {"plain": whole, "by record": b"".join(packed), "as a whole": gzip.compress(whole)}[packing]
    name = "x.warc" if packing == "plain" else "x.warc.gz"
    least = {"plain": 38, "by record": 39, "as a whole": 5}[packing]
    text_at, middle = whole.index("نص 20".encode()), len(content) // 2
    begin, end = (len(b"".join(packed[:number])) for number in (20, 21))  # a header has bytes that say nothing
    hit = {
        "plain": (text_at, text_at + 2),
        "by record": ((begin + end) // 2, end - 6),
        "as a whole": (middle, middle + 301),
    }[packing]
    for number, at in enumerate(hit):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / name).write_bytes(flipped(content, at))
        done = imported(folder / "archive", folder / name)
        assert len(done.damaged) + len(done.unreadable) == 1
        assert least <= done.captures < 40
        with Archive.open(folder / "archive") as archive, read_transaction(archive.engine) as connection:
            kept = connection.scalars(text("select title || text from articles"))
            assert all(re.fullmatch(r"عنواننص \d+", each) for each in kept)


@pytest.mark.parametrize("packing", ["plain", "by record", "as a whole"])
def test_a_file_that_was_cut_short_gives_what_it_has(tmp_path: Path, packing: str) -> None:
    records = texts(40)
    content = gzip.compress(b"".join(records)) if packing == "as a whole" else b"".join(map(gzip.compress, records))
    path = tmp_path / ("x.warc" if packing == "plain" else "x.warc.gz")
    path.write_bytes(b"".join(records)[:-300] if packing == "plain" else content[:-100])
    done = imported(tmp_path / "archive", path)
    assert done.captures >= 25 if packing == "as a whole" else done.captures == 39
    assert len(done.damaged) == 1


def test_damage_in_one_of_ours_costs_what_it_hit_and_is_told(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "ours") as archive:
        archive.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
        run_id = archive.start_run("example", now=NOW)
        for number in range(20):
            keep(archive, run_id, page(f"{HOME}/{number}", NOW, f"عنوان\nنص {number}"))
    (path,) = warc_files(tmp_path / "ours")
    content = path.read_bytes()
    path.write_bytes(flipped(content, len(content) // 2))
    done = imported(tmp_path / "archive", path)
    assert 19 <= done.captures <= 20  # the bit may have been one of a request
    assert len(done.damaged) == 1


def test_the_command_goes_on_behind_a_file_without_pages_and_ends_with_what_was_wrong(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "ours") as archive:
        archive.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
        for hours, status in ((0, 200), (24, 304)):
            at = NOW + timedelta(hours=hours)
            run_id = archive.start_run("example", now=at)
            keep(archive, run_id, page(f"{HOME}/1", at, "" if status == 304 else "عنوان\nنص", status))
            archive.finish_run(run_id, status="done", now=at, requests=1)
    unchanged = warc_files(tmp_path / "ours")[1]
    (tmp_path / "none.warc.gz").write_bytes(b"no gzip at all")
    (tmp_path / "good.warc").write_bytes(b"".join(texts(2)))
    (tmp_path / "bad.warc").write_bytes(
        response(f"{HOME}/3", b"no gzip", headers=(*HTML, ("Content-Encoding", "gzip"))) + texts(1)[0]
    )
    (tmp_path / "torn.warc").write_bytes(b"".join(texts(3))[:-50])

    def run(*names: str | Path) -> tuple[int, list[int]]:
        ran = warraq("import", *map(str, names), "--site", HOME, "--json", cwd=tmp_path)
        return ran.code, [each["captures"] for each in ran.json["results"]]

    assert run(unchanged) == (0, [0])
    assert run(unchanged, "none.warc.gz", "good.warc") == (2, [0, 2])
    assert run("bad.warc") == (1, [0])
    assert run("none.warc.gz", "torn.warc", "bad.warc") == (5, [0, 0])
    output = warraq("import", "torn.warc", "bad.warc", cwd=tmp_path).out
    assert "damaged: a record that is cut short at byte" in output
    assert f"can't be read: {HOME}/3: the body is no gzip" in output


def test_a_link_to_a_file_of_the_archive_is_its_own(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive)
    path = warc_files(tmp_path / "archive")[0]
    (tmp_path / "link.warc.gz").symlink_to(path)
    ran = warraq("import", "link.warc.gz", str(path), cwd=tmp_path)
    assert ran.code == 0, ran.err
    assert "the archive's own: they stay where they are" in ran.out
    (tmp_path / "archive/warc/other.warc.gz").write_bytes(b"".join(map(gzip.compress, texts(2))))
    ran = warraq("import", "archive/warc/other.warc.gz", cwd=tmp_path)
    assert ran.code == 5
    assert "it does not say of which site it is" in ran.out
