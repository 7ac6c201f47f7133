"""A capture, a writer of WARC files, and a reader of their records."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from storage.records import Capture
from storage.warc.payloads.third_party_pages import WarcPage
from storage.warc.third_party import third_party_records
from storage.warc.writer import WarcWriter

NOW = datetime(2026, 5, 7, 8, 9, 10, 123456, tzinfo=UTC)


def capture(body: bytes = "<p>خبر</p>".encode(), **fields: object) -> Capture:
    given_fields = {
        "url": "https://example.com/%D8%AE%D8%A8%D8%B1/?a=1",
        "site": "example",
        "fetched_at": NOW,
        "status": 200,
        "headers": (
            ("Content-Type", "text/html; charset=utf-8"),
            ("Set-Cookie", "a=1"),
            ("Set-Cookie", "b=2"),
        ),
        "body": body,
    }
    return Capture(**(given_fields | fields))  # type: ignore[arg-type]


def writer(folder: Path) -> WarcWriter:
    return WarcWriter(folder, "example", 7, NOW)


def read_captures(path: Path) -> Iterator[Capture]:
    """The readable responses of a WARC file that any program wrote."""
    return (each.capture for each in third_party_records(path) if isinstance(each, WarcPage))
