"""An export that fails leaves the last one, and memory stays bounded. Full disks and kills: tests/faults/test_disks.py."""

import io
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, update

from storage.db.database import connect, write_transaction
from storage.db.schema import articles
from storage.errors import ArchiveError
from storage.export import ExportSelection, article_rows, export_jsonl, write_export
from storage.files import atomic_write
from storage.filters import Filters
from tests.support.rooms.export import article, make_archive


def exported(engine: Engine, filters: Filters | None = None) -> bytes:
    out = io.BytesIO()
    done = export_jsonl(engine, out, ExportSelection(filters or Filters()))
    assert done.rows == out.getvalue().count(b"\n")
    return out.getvalue()


class Stop(Exception):
    pass


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".csv", ".parquet"])
def test_an_export_that_fails_leaves_the_last_one(engine: Engine, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    write_export(engine, target)
    before = target.read_bytes()

    def stop(done: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        write_export(engine, target, force=True, on_progress=stop)
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*.part"))


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
    write_export(engine, tmp_path / "link.jsonl", force=True)
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

    assert export_jsonl(engine, out, on_progress=save).rows == 600
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
    monkeypatch.setattr(article_rows, "BATCH", 50)
    engine = make_archive(database_url, 3_000, text="كلمات كثيرة " * 100)
    assert len(exported(engine)) > 6_000_000
    with write_transaction(engine) as connection:
        connection.execute(update(articles).where(articles.c.id > 300).values(status="removed"))
    few = peak_bytes(engine)
    with write_transaction(engine) as connection:
        connection.execute(update(articles).values(status="live"))
    assert peak_bytes(engine) < 1.5 * few
    engine.dispose()
