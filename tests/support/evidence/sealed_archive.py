"""Sealed archives of many captures over several days, and functions that tamper with them."""

import random
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from storage.archive import Archive
from storage.db.database import write_transaction
from storage.db.schema import captures, runs
from storage.evidence.seal_rows import keep_rows
from storage.evidence.sealing import seal_days
from storage.records import Capture, Origin, Position
from storage.urls import url_key
from storage.warc.gzip_members import Member, members
from storage.warc.record_format import members as records_of_capture
from storage.warc.record_format import payload_digest
from storage.warc.writer import Appending, WarcWriter

BEGIN = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
SEALED = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
DAYS = 5


def page(number: int, at: datetime) -> Capture:
    body = f"<p>الخبر رقم {number}</p>".encode()
    sent = (("User-Agent", "Warraq"),)
    return Capture(
        f"https://example.com/{number}",
        "example",
        at,
        200,
        (("Content-Type", "text/html"),),
        body,
        request_headers=sent,
    )


def make(folder: Path, count: int, url: str | None = None) -> Archive:
    """Save so many captures over DAYS days, each with a row, and seal the archive."""
    archive = Archive.open(folder, url)
    archive.add_site("example", "https://example.com", None, None, "UTC")
    each = count // DAYS
    for day in range(DAYS):
        began = BEGIN + timedelta(days=day)
        run_id = archive.start_run("example", now=began)
        writer = WarcWriter(folder, "example", run_id, began)
        pages = [page(day * each + number, began + timedelta(seconds=number)) for number in range(each)]
        kept = writer.append_all([Appending(one, Origin("article", None, ())) for one in pages])
        writer.close()
        with write_transaction(archive.engine) as connection:
            connection.execute(insert(captures), [row(one, at, run_id) for one, at in zip(pages, kept, strict=True)])
            connection.execute(runs.update().values(status="done", finished_at=began + timedelta(hours=1)))
    seal_days(folder, now=SEALED)
    keep_rows(archive.engine, folder)
    return archive


def row(capture: Capture, at: object, run_id: int) -> dict[str, object]:
    assert isinstance(at, Position), at
    return {
        "url": capture.url, "url_key": url_key(capture.url), "site": capture.site, "run_id": run_id,
        "fetched_at": capture.fetched_at, "status": capture.status, "content_type": "text/html",
        "size": len(capture.body), "digest": at.digest, "warc_file": at.file, "warc_offset": at.offset,
        "warc_length": at.length,
    }  # fmt: skip


class Tampering:
    """Random tampering with the WARC files and rows of an archive; each kind has the words of its finding."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.files = sorted((folder / "warc").glob("*.warc.gz"))
        self.kinds: dict[str, Callable[[Path, list[Member], int], str]] = {
            "flipped": self._flip,
            "dropped": self._drop,
            "swapped": self._swap,
            "back-dated": self._back_date,
            "row": self._change_row,
        }

    def tamper(self, kind: str, at: tuple[Path, int]) -> str:
        """Tamper with the record at a place (`places`); return the URL or position by which the finding must name it."""
        path, number = at
        return self.kinds[kind](path, list(members(path)), number)

    def places(self, count: int) -> list[tuple[Path, int]]:
        """Responses in different places: their files and their members' numbers; the last first, as some are removed."""
        every = [
            (path, number)
            for path in self.files
            for number, each in enumerate(members(path))
            if b"WARC-Type: response" in (each.content or b"")[:400]
        ]
        return sorted(self.random.sample(every[::4], count), key=lambda each: (each[0], -each[1]))

    def _flip(self, path: Path, held: list[Member], number: int) -> str:
        member = held[number]
        content = bytearray(path.read_bytes())
        content[member.offset + self.random.randrange(member.length)] ^= 1 << self.random.randrange(8)
        path.write_bytes(content)
        return address(member)

    def _drop(self, path: Path, held: list[Member], number: int) -> str:
        member, content = held[number], path.read_bytes()
        path.write_bytes(content[: member.offset] + content[member.offset + member.length :])
        return address(member)

    def _swap(self, path: Path, held: list[Member], number: int) -> str:
        one, other = held[number], held[number + 3 if number + 3 < len(held) else number - 3]
        first, second = sorted((one, other), key=lambda each: each.offset)
        content = path.read_bytes()
        parts = [
            content[: first.offset],
            content[second.offset : second.offset + second.length],
            content[first.offset + first.length : second.offset],
            content[first.offset : first.offset + first.length],
            content[second.offset + second.length :],
        ]
        path.write_bytes(b"".join(parts))
        return address(one)

    def _back_date(self, path: Path, held: list[Member], number: int) -> str:
        """Insert a page that was never fetched between two records, dated within the sealed days."""
        capture = page(self.random.randrange(10**6, 10**7), BEGIN + timedelta(hours=self.random.randrange(90)))
        made, _ = records_of_capture(capture, payload_digest(capture.body), origin=None, holder=None)
        offset, content = held[number].offset, path.read_bytes()
        path.write_bytes(content[:offset] + made + content[offset:])
        return capture.url

    def _change_row(self, path: Path, held: list[Member], number: int) -> str:
        name = address(held[number])
        change = self.random.choice(
            [
                "fetched_at = datetime(fetched_at, '-1 day')", "status = 404", "size = size + 1", "site = 'other'",
                "digest = 'sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "warc_offset = warc_offset + 7",
                "warc_length = warc_length - 1", "refers_to = 1",
            ]
        )  # fmt: skip
        with sqlite3.connect(self.folder / "warraq.db") as database:
            assert database.execute(f"update captures set {change} where url = ?", (name,)).rowcount == 1
        return name


def address(member: Member) -> str:
    head = (member.content or b"").partition(b"\r\n\r\n")[0].decode()
    return next(line.partition(": ")[2] for line in head.split("\r\n") if line.startswith("WARC-Target-URI"))
