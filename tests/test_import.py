"""`warraq import`: WARC files of other programs, whole, oddly packed or damaged."""

import io
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.archive import Archive
from storage.database import reading
from storage.importing import Imported, import_warc
from storage.warc_records import warc_date
from tests.keeping import HOME, NOW, PlainReader

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
    with Archive.open(folder) as archive, reading(archive.engine) as connection:
        return set(connection.scalars(text("select url from articles")))


def test_a_page_is_kept_where_the_redirect_to_it_came_in_the_same_second(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    moved = response(f"{HOME}/5", b"moved", "301 Moved")
    path.write_bytes(moved + response(f"{HOME}/5/", "عنوان\nنص".encode()))
    for kept, known in ((2, 0), (0, 2)):
        done = imported(tmp_path / "archive", path)
        assert (done.captures, done.known) == (kept, known)
    assert articles(tmp_path / "archive") == {f"{HOME}/5/"}
