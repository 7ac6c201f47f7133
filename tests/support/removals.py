"""An archive from which one article is removed, and a search for remains of it in all files."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from storage.archive import Archive
from storage.records import Article, Capture, Found, Origin, Position
from storage.removal import erase_noted, remove
from storage.rows import tombstones

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
SECRET = "شهادة الزعفرانية السرية"
WORD = "الزعفرانية"
ALIAS = "https://example.com/?p=2"


def url(number: int) -> str:
    return f"https://example.com/news/{number}"


def page(number: int, body: str = "", *, minutes: int = 0, **fields: Any) -> Capture:
    html = f"<html><p>{body or f'نص الخبر {number}'}</p>{'حشو ' * 50}</html>".encode()
    sent = (("User-Agent", "Warraq"),)
    return Capture(
        url(number), "example", NOW + timedelta(minutes=minutes), 200, (("Content-Type", "text/html"),), html,
        request_headers=sent, **fields,
    )  # fmt: skip


def article(number: int, body: str = "", **fields: Any) -> Article:
    return Article(url(number), "example", f"عنوان {number}", body or f"نص الخبر {number}", extractor="t", **fields)


def keep(archive: Archive, run_id: int, capture: Capture, read: Article | None = None, **options: Any) -> Position:
    position = archive.append(capture, run_id, origin=Origin("article", "https://example.com/"))
    archive.save(capture, position, run_id=run_id, kind="article", article=read, now=capture.fetched_at, **options)
    return position


def fill(archive: Archive) -> int:
    """Save three articles in a finished run; the second, with two versions, contains the secret."""
    run_id = archive.start_run("example", now=NOW)
    keep(archive, run_id, page(1), article(1), found=[Found(url(9), "article")])
    keep(archive, run_id, page(2, SECRET), article(2, SECRET, tags=(SECRET,), subtitle=SECRET))
    keep(archive, run_id, page(3), article(3))
    keep(archive, run_id, page(2, f"{SECRET} معدلة", minutes=9), article(2, f"{SECRET} معدلة"))
    keep(archive, run_id, page(3, minutes=9), article(3))
    archive.finish_run(run_id, status="done", now=NOW, requests=5)
    return run_id


def take_down(archive: Archive, ref: str = url(2)) -> None:
    remove(archive.engine, archive.folder, ref, reason="حكم قضائي", by="أمين", now=LATER)
    erase_noted(archive.engine, archive.folder, now=LATER)


def everything(folder: Path) -> bytes:
    """All bytes of the archive's files, decompressed where they are compressed."""
    written = b""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != tombstones.FILE:
            content = path.read_bytes()
            written += content
            if path.suffix == ".gz":
                written += gzip.decompress(content)
    return written
