"""An export is whole, the same every time on either engine, and takes flat memory."""

import gzip
import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from sqlalchemy import Engine, update

from storage.db.database import write_transaction
from storage.db.schema import articles
from storage.errors import UsageError
from storage.export import ExportSelection, export_jsonl, write_export
from storage.filters import Filters
from tests.support.rooms.export import NOON, make_archive

KEYS = [
    "url", "site", "title", "subtitle", "authors", "agency", "section", "categories", "tags",
    "published_at", "published_raw", "published_precision", "published_source", "modified_at",
    "language", "description", "image", "reservations", "text", "id", "country", "version", "versions", "status",
    "first_seen_at", "last_seen_at", "word_count", "content_sha256", "extractor", "partial", "cluster",
    "published_offset", "modified_offset", "imported_from",
]  # fmt: skip


def exported(engine: Engine, filters: Filters | None = None) -> bytes:
    out = io.BytesIO()
    done = export_jsonl(engine, out, ExportSelection(filters or Filters()))
    assert done.rows == out.getvalue().count(b"\n")
    return out.getvalue()


def records(lines: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in lines.split(b"\n") if line]


def test_a_line_is_one_article_with_the_promised_keys_in_order(engine: Engine) -> None:
    first, second = records(exported(engine))[:2]
    assert list(first) == KEYS
    assert first["published_at"] == "2025-03-01T14:00:05+03:00"
    assert (first["published_precision"], first["published_offset"]) == ("day", 180)
    assert second["published_at"] == "2025-03-01T13:00:05+03:00"
    assert (first["country"], second["country"]) == ("MA", None)
    assert (first["subtitle"], first["agency"], first["tags"]) == (None, None, [])
    assert first["authors"] == ["كاتب"]
    assert first["text"] == 'سطر أول "مقتبس"\n\nسطر ثان 😀'
    assert (first["id"], first["version"], first["versions"], first["status"]) == (1, 1, 1, "live")


def test_articles_come_in_the_order_of_their_ids_and_removed_ones_not_at_all(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        connection.execute(update(articles).where(articles.c.id == 7).values(status="removed"))
    assert [record["id"] for record in records(exported(engine))] == [each for each in range(1, 41) if each != 7]


def test_filters_narrow_an_export(engine: Engine) -> None:
    assert {record["site"] for record in records(exported(engine, Filters(site="ba")))} == {"ba"}
    within = records(exported(engine, Filters(start=NOON - timedelta(hours=4), end=NOON)))
    assert [record["id"] for record in within] == [1, 2, 3, 4]


def test_both_engines_export_the_same_bytes_every_time(tmp_path: Path, postgres_url: str) -> None:
    sqlite = make_archive(f"sqlite:///{tmp_path}/one.db", 700)
    postgres = make_archive(postgres_url, 700)
    first = exported(sqlite)
    assert first == exported(sqlite) == exported(postgres)
    assert len(records(first)) == 700
    sqlite.dispose()
    postgres.dispose()


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".JSONL"])
def test_each_suffix_gives_the_same_lines_and_the_same_file_twice(engine: Engine, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    assert write_export(engine, target).rows == 40
    first = target.read_bytes()
    assert write_export(engine, str(target), force=True).rows == 40
    assert target.read_bytes() == first
    opened = {".gz": gzip.decompress, ".zst": decompressed}.get(target.suffix, bytes)(first)
    assert opened == exported(engine)
    assert not list(tmp_path.glob(".*.part"))


def decompressed(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)).read()


def test_a_dash_is_standard_output(engine: Engine, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert write_export(engine, "-").rows == 40
    assert capfdbinary.readouterr().out == exported(engine)


def test_an_empty_archive_gives_an_empty_file(database_url: str, tmp_path: Path) -> None:
    engine = make_archive(database_url, 1)
    selection = ExportSelection(Filters(site="nobody"))
    assert write_export(engine, tmp_path / "none.jsonl", selection).rows == 0
    assert (tmp_path / "none.jsonl").read_bytes() == b""
    engine.dispose()


def test_progress_counts_the_articles_written(engine: Engine) -> None:
    seen: list[int] = []
    export_jsonl(engine, io.BytesIO(), on_progress=seen.append)
    assert seen[-1] == 40
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    "name", ["out.xml", "out", "out.gz", "missing/out.jsonl", "folder.jsonl", "pipe.jsonl", "loop.jsonl"]
)
def test_a_target_that_cannot_be_is_wrong_usage(engine: Engine, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError):
        write_export(engine, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before
