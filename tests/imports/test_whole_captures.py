"""A capture of another program adds a version only where it is whole; resource records are pages, too."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest

from storage import queries
from storage.archive import Archive
from storage.imports.import_filters import ImportFilters
from storage.imports.reject_log import RejectLog
from storage.imports.warc_import import import_warc
from storage.imports.warc_runs import Imported
from tests.support.small_archive import HOME, NOW, PlainReader, keep, page

LATER = NOW + timedelta(days=30)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def record(body: str, *, digest: str | None = None, kind: str = "response", status: bytes = b"200 OK") -> bytes:
    """A record of the page HOME/1, a day after it was crawled. digest: of the payload; None: the record states none."""
    content = body.encode() if kind == "resource" else HEAD.replace(b"200 OK", status) + body.encode()
    media = "text/html" if kind == "resource" else "application/http; msgtype=response"
    at = (NOW + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {HOME}/1", f"WARC-Date: {at}", f"Content-Type: {media}",
        "WARC-Record-ID: <urn:uuid:1>", f"Content-Length: {len(content)}",
        *([f"WARC-Payload-Digest: {digest}"] if digest else []),
    ]  # fmt: skip
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def sha256(body: str) -> str:
    return f"sha256:{hashlib.sha256(body.encode()).hexdigest()}"


def take(archive: Archive, path: Path, log: RejectLog) -> Imported:
    filters = ImportFilters(lambda url: "example")
    return import_warc(
        archive, PlainReader(), path, now=LATER, name_of=lambda url: "example", filters=filters, rejects=log
    )


EDITED = "عنوان\nنص معدل"


@pytest.mark.parametrize(
    ("made", "changed"),
    [
        (record(EDITED, digest=sha256(EDITED)), 1),
        (record(EDITED), 0),
        (record(EDITED, digest=sha256("other")), 0),
        (record(EDITED, digest=sha256(EDITED), status=b"203 Non-Authoritative"), 0),
        (record(EDITED, kind="resource", digest=sha256(EDITED)), 1),
        (record(EDITED, kind="resource"), 0),
    ],
    ids=["whole", "no digest", "another digest", "another status", "resource", "resource without digest"],
)
def test_only_a_whole_capture_adds_a_version_to_a_crawled_article(tmp_path: Path, made: bytes, changed: int) -> None:
    (tmp_path / "x.warc").write_bytes(made)
    log = RejectLog()
    with Archive.open(tmp_path / "archive") as archive:
        archive.add_site("example", HOME, None, "EG", "UTC")
        run_id = archive.start_run("example", now=NOW)
        keep(archive, run_id, page(f"{HOME}/1", NOW, "عنوان\nنص أول"))
        archive.finish_run(run_id, status="done", now=NOW, requests=1)
        done = take(archive, tmp_path / "x.warc", log)
        assert (done.changed, done.articles) == (changed, 0)
        assert log.reasons == ({} if changed else {"not-whole": 1})
        assert len(queries.history(archive.engine, 1)) == 1 + changed


@pytest.mark.parametrize("kind", ["response", "resource"])
def test_a_capture_without_a_digest_makes_an_article_of_its_own(tmp_path: Path, kind: str) -> None:
    (tmp_path / "x.warc").write_bytes(record(EDITED, kind=kind))
    with Archive.open(tmp_path / "archive") as archive:
        assert take(archive, tmp_path / "x.warc", RejectLog()).articles == 1
        assert queries.history(archive.engine, 1)[0]["imported"] is None  # its bytes are kept
