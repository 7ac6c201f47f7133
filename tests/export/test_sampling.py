"""Samples are the same every time and on every engine; a larger one holds a smaller one; columns of quality."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from sqlalchemy import Engine, insert, update

from storage.db.database import write_transaction
from storage.db.schema import articles, copies
from storage.export import ExportSelection, write_export
from storage.export.article_schema import FIELDS, QUALITY_FIELDS
from storage.filters import Filters
from storage.quality import THRESHOLDS, measure
from tests.support.rooms.export import make_archive


def ids(engine: Engine, path: Path, **options: Any) -> list[int]:
    write_export(engine, path, ExportSelection(**options), force=True)
    return [json.loads(line)["id"] for line in path.read_bytes().splitlines()]


def test_a_sample_is_drawn_by_its_seed(tmp_path: Path, postgres_url: str) -> None:
    sqlite, postgres = make_archive(f"sqlite:///{tmp_path}/one.db", 300), make_archive(postgres_url, 300)
    path = tmp_path / "out.jsonl"
    first = ids(sqlite, path, sample=20, seed=1)
    assert first == sorted(first) == ids(postgres, path, sample=20, seed=1)
    assert len(set(first)) == 20
    assert first != ids(sqlite, path, sample=20, seed=2)
    assert set(first) < set(ids(sqlite, path, sample=50, seed=1))
    assert len(ids(sqlite, path, sample=1000)) == 300
    each = ids(sqlite, path, per_site=7)
    assert (sum(number % 2 for number in each), len(each)) == (7, 14)
    both = ids(sqlite, path, per_site=7, sample=9)
    assert len(both) == 9
    assert set(both) < set(each)
    for engine in (sqlite, postgres):
        engine.dispose()


def test_a_sample_is_of_what_the_filters_take(engine: Engine, tmp_path: Path) -> None:
    with write_transaction(engine) as connection:
        connection.execute(update(articles).where(articles.c.id < 21).values(reservations=["tdm"]))
        connection.execute(update(articles).where(articles.c.id > 30).values(text="سطر مكرر.\nسطر مكرر.\nسطر مكرر."))
    drawn = ids(engine, tmp_path / "out.jsonl", filters=Filters(site="ba"), quality=("duplicate_lines",), sample=4)
    assert len(drawn) == 4
    assert all(21 <= number <= 30 and number % 2 == 0 for number in drawn)


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".csv"])
def test_quality_comes_as_columns(engine: Engine, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    write_export(engine, path, ExportSelection(fields=(*FIELDS, *QUALITY_FIELDS)))
    if suffix == ".jsonl":
        record = json.loads(path.read_bytes().splitlines()[0])
        signals = measure(record["text"])
        assert [record[each.signal] for each in THRESHOLDS] == [getattr(signals, each.signal) for each in THRESHOLDS]
        assert record["length_class"] == "fragment"
    if suffix == ".parquet":
        assert pyarrow.parquet.read_schema(path).names[-1] == "length_class"


def test_one_of_a_cluster_is_taken_or_its_first_publisher(engine: Engine, tmp_path: Path) -> None:
    with write_transaction(engine) as connection:
        connection.execute(update(articles).where(articles.c.id.in_([2, 5, 9])).values(cluster=2))
        rows = [
            {"article_id": number, "relation": "wholly", "share": 1.0, "quotations": [], "first_id": 9}
            for number in (2, 5, 9)
        ]
        connection.execute(insert(copies), rows)
    path = tmp_path / "out.jsonl"
    alone = {*range(1, 41)} - {2, 5, 9}
    assert set(ids(engine, path, filters=Filters(representative=True))) == alone | {2}
    assert set(ids(engine, path, filters=Filters(first_publisher=True))) == alone | {9}
