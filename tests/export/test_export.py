"""An export is whole, the same every time on either engine, and takes flat memory."""

import gzip
import io
import os
import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from sqlalchemy import Engine, insert, make_url, update

from storage.db.database import connect, write_transaction
from storage.db.schema import articles, metadata, sites, versions
from storage.errors import ArchiveError, UsageError
from storage.export import export_jsonl, jsonl, write_export
from storage.files import atomic_write
from storage.filters import Filters

NOON = datetime(2025, 3, 1, 12, 0, 5, tzinfo=UTC)

KEYS = [
    "url", "site", "title", "subtitle", "authors", "agency", "section", "categories", "tags",
    "published_at", "published_raw", "published_precision", "published_source", "modified_at",
    "language", "description", "image", "reservations", "text", "id", "country", "version", "versions", "status",
    "first_seen_at", "last_seen_at", "word_count", "content_sha256", "extractor", "cluster",
]  # fmt: skip


def article(number: int, text: str) -> dict[str, Any]:
    dated = number % 5 > 0
    return {
        "id": number,
        "url": f"https://alif.example/{number}",
        "url_key": f"alif.example/{number}",
        "site": "alif" if number % 2 else "ba",
        "title": f"خبر \u2028 رقم {number}",
        "authors": ["كاتب"],
        "categories": ["سياسة", "عرب"],
        "tags": [],
        "published_at": NOON - timedelta(hours=number) if dated else None,
        "published_offset": 180 if dated else None,
        "published_precision": ("second", "day")[number % 2] if dated else None,
        "text": text,
        "word_count": len(text.split()),
        "content_sha256": "0" * 64,
        "extractor": "test 1",
        "version": 1,
        "status": "live",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
    }


def make_archive(database_url: str, count: int, text: str = 'سطر أول "مقتبس"\n\nسطر ثان 😀') -> Engine:
    url = make_url(database_url)
    if url.database and url.get_backend_name() == "sqlite":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = connect(database_url)
    metadata.create_all(engine)
    rows = [article(number, text) for number in range(1, count + 1)]
    with write_transaction(engine) as connection:
        connection.execute(
            insert(sites),
            [
                {"name": "alif", "home": "https://alif.example", "timezone": "UTC", "country": "MA"},
                {"name": "ba", "home": "https://ba.example", "timezone": "UTC", "country": None},
            ],
        )
        for start in range(0, count, 500):
            connection.execute(insert(articles), rows[start : start + 500])
        connection.execute(
            insert(versions),
            [
                {"article_id": row["id"], "number": 1, "seen_at": NOON, "extractor": "test 1", "details": {}}
                | {key: row[key] for key in ("title", "text", "content_sha256")}
                for row in rows[:50]
            ],
        )
    return engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_archive(database_url, 40)
    yield engine
    engine.dispose()


def exported(engine: Engine, filters: Filters | None = None) -> bytes:
    out = io.BytesIO()
    count = export_jsonl(engine, out, filters=filters)
    assert count == out.getvalue().count(b"\n")
    return out.getvalue()


def records(lines: bytes) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in lines.split(b"\n") if line]


def test_a_line_is_one_article_with_the_promised_keys_in_order(engine: Engine) -> None:
    first, second = records(exported(engine))[:2]
    assert list(first) == KEYS
    assert first["published_at"] == "2025-03-01"
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
    assert write_export(engine, target) == 40
    first = target.read_bytes()
    assert write_export(engine, str(target)) == 40
    assert target.read_bytes() == first
    opened = {".gz": gzip.decompress, ".zst": decompressed}.get(target.suffix, bytes)(first)
    assert opened == exported(engine)
    assert not list(tmp_path.glob(".*.part"))


def decompressed(packed: bytes) -> bytes:
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(packed)).read()


def test_a_dash_is_standard_output(engine: Engine, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert write_export(engine, "-") == 40
    assert capfdbinary.readouterr().out == exported(engine)


def test_an_empty_archive_gives_an_empty_file(database_url: str, tmp_path: Path) -> None:
    engine = make_archive(database_url, 1)
    assert write_export(engine, tmp_path / "none.jsonl", filters=Filters(site="nobody")) == 0
    assert (tmp_path / "none.jsonl").read_bytes() == b""
    engine.dispose()


def test_progress_counts_the_articles_written(engine: Engine) -> None:
    seen: list[int] = []
    export_jsonl(engine, io.BytesIO(), on_progress=seen.append)
    assert seen[-1] == 40
    assert seen == sorted(seen)


@pytest.mark.parametrize(
    "name", ["out.csv", "out", "out.gz", "missing/out.jsonl", "folder.jsonl", "pipe.jsonl", "loop.jsonl"]
)
def test_a_target_that_cannot_be_is_wrong_usage(engine: Engine, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.jsonl").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "loop.jsonl").symlink_to("loop.jsonl")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(UsageError):
        write_export(engine, tmp_path / name)
    assert sorted(tmp_path.iterdir()) == before


class Stop(Exception):
    pass


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_an_export_that_fails_leaves_the_last_one(engine: Engine, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    write_export(engine, target)
    before = target.read_bytes()

    def stop(done: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        write_export(engine, target, on_progress=stop)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))


LIMITED = """
import resource, signal, sys
from pathlib import Path
from storage.db.database import connect
from storage.errors import ArchiveError
from storage.export import write_export

resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    write_export(connect(sys.argv[1], readonly=True), Path(sys.argv[2]))
except ArchiveError as error:
    print(error)
    sys.exit(error.exit_code)
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from storage.db.database import connect
from storage.export import write_export

write_export(connect(sys.argv[1]), Path(sys.argv[2]), on_progress=lambda done: os.kill(os.getpid(), signal.SIGKILL))
"""


def run(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
def test_a_full_disk_or_a_kill_leaves_the_last_export_and_the_next_succeeds(tmp_path: Path, suffix: str) -> None:
    url = f"sqlite:///{tmp_path}/one.db"
    engine = make_archive(url, 300, text=os.urandom(100).hex())
    target = tmp_path / f"out{suffix}"
    target.write_bytes(b"the last one")
    refused = run(LIMITED, url, target)
    assert refused.returncode == ArchiveError.exit_code, refused.stderr
    assert "unchanged" in refused.stdout
    assert target.read_bytes() == b"the last one"
    assert not list(tmp_path.glob(".*.part"))
    assert run(KILLED, url, target).returncode == -signal.SIGKILL
    assert target.read_bytes() == b"the last one"
    assert write_export(engine, target) == 300
    assert not list(tmp_path.glob(".*.part"))
    engine.dispose()


def test_two_exports_to_one_file_do_not_mix(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    with atomic_write(target) as out:
        with pytest.raises(ArchiveError, match="another process"), atomic_write(target):
            pass
        out.write(b"one")
    assert target.read_bytes() == b"one"


def test_a_link_is_followed_so_that_it_stays_a_link(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "real.jsonl").write_bytes(b"")
    (tmp_path / "link.jsonl").symlink_to("real.jsonl")
    write_export(engine, tmp_path / "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert (tmp_path / "real.jsonl").read_bytes() == exported(engine)


def test_what_is_saved_during_an_export_is_not_in_it(database_url: str) -> None:
    engine = make_archive(database_url, 600)
    other = connect(database_url)
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.connection.driver_connection.execute("pragma journal_mode = wal")  # type: ignore[union-attr]
    out = io.BytesIO()

    def save(done: int) -> None:
        if done < 600:
            with write_transaction(other) as connection:
                connection.execute(update(articles).where(articles.c.id > 500).values(title="تغير"))
                connection.execute(insert(articles), [article(600 + done, "جديد")])

    assert export_jsonl(engine, out, on_progress=save) == 600
    assert "تغير".encode() not in out.getvalue()
    assert exported(engine).count("تغير".encode()) >= 100
    engine.dispose()
    other.dispose()


class Nowhere(io.RawIOBase):
    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(data)


def peak_bytes(engine: Engine) -> int:
    tracemalloc.start()
    try:
        export_jsonl(engine, Nowhere())  # type: ignore[arg-type]
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_times_the_articles_take_no_more_memory(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_BATCH", 50)
    engine = make_archive(database_url, 3_000, text="كلمات كثيرة " * 100)
    assert len(exported(engine)) > 6_000_000
    with write_transaction(engine) as connection:
        connection.execute(update(articles).where(articles.c.id > 300).values(status="removed"))
    few = peak_bytes(engine)
    with write_transaction(engine) as connection:
        connection.execute(update(articles).values(status="live"))
    assert peak_bytes(engine) < 1.5 * few
    engine.dispose()
