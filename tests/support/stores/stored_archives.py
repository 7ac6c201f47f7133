"""Archives with their WARC files in a bucket: functions that fill and read them."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.archive import Archive
from storage.db.database import read_transaction
from storage.db.schema import captures
from storage.records import Position
from storage.warc.writer import read_capture
from tests.support.small_archive import fill, told
from tests.support.stores.s3 import Bucket


def filled(folder: Path, store: str | None = None) -> dict[str, Any]:
    """Fill an archive; return its content."""
    with Archive.open(folder, warc_store=store) as archive:
        fill(archive)
        said = told(archive)
    assert archive.upload_error is None
    return said


def bodies(archive: Archive) -> dict[tuple[Any, ...], bytes]:
    columns = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)
    with read_transaction(archive.engine) as connection:
        rows = connection.execute(select(captures.c.url, captures.c.fetched_at, *columns)).all()
    return {tuple(row[:2]): read_capture(archive.folder, Position(*row[2:])).body for row in rows}


def files_in(bucket: Bucket) -> list[str]:
    return sorted(key.removeprefix("warc/") for key in bucket.objects())
