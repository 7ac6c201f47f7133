"""What reads data sets reads exports, with right types, and any two exports together: the real packages.

Each is imported by its test: the imports take a second, in every process that collects the tests.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from sqlalchemy import update

from storage.db.database import write_transaction
from storage.db.schema import articles
from storage.export import ExportSelection, write_export
from storage.export.article_schema import FIELDS
from storage.export.parquet_table import arrow_schema
from storage.filters import Filters
from tests.support.rooms.export import NOON, make_archive

# Two exports of one archive: of dates to the day, the month and the second in two offsets; and of nothing optional.
FULL, BARE = ExportSelection(Filters(site="alif")), ExportSelection(Filters(site="ba"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readers")
    engine = make_archive(f"sqlite:///{folder}/one.db", 12)
    with write_transaction(engine) as connection:
        connection.execute(update(articles).values(tags=[]))
        rich = {"subtitle": "عنوان", "agency": "وكالة", "tags": ["وسم"], "modified_at": NOON, "modified_offset": 60}
        connection.execute(update(articles).where(articles.c.site == "alif").values(**rich))
        month = {
            "published_at": datetime(2025, 1, 31, 22, tzinfo=UTC),
            "published_offset": 120,
            "published_precision": "month",
        }
        connection.execute(update(articles).where(articles.c.id == 3).values(**month))
        bare = {
            "authors": [],
            "categories": [],
            "published_at": None,
            "published_offset": None,
            "published_precision": None,
        }
        connection.execute(update(articles).where(articles.c.site == "ba").values(**bare))
    for suffix in (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".csv"):
        write_export(engine, folder / f"full{suffix}", FULL)
        write_export(engine, folder / f"bare{suffix}", BARE)
    engine.dispose()
    return folder


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_datasets_reads_and_concatenates_them(folder: Path, suffix: str, tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()
    kind = "parquet" if suffix == ".parquet" else "json"

    def load(*names: str, **options: Any) -> Any:
        files = [str(folder / f"{name}{suffix}") for name in names]
        return datasets.load_dataset(kind, data_files=files, split="train", cache_dir=str(tmp_path), **options)

    full, bare = load("full"), load("bare")
    assert str(full.features["published_at"].dtype).startswith("timestamp")
    both = datasets.concatenate_datasets([full, bare])
    assert both.num_rows == 12
    assert both.features["tags"].feature.dtype == "string"
    # With the schema, files of any rows in any order are one data set.
    features = datasets.Features.from_arrow_schema(arrow_schema(FIELDS))
    together = load("bare", "full", features=features)
    assert together.features == features
    assert together[7]["published_at"].replace(tzinfo=UTC) == datetime(2025, 1, 31, 22, tzinfo=UTC)
    assert together[7]["published_offset"] == 120


def test_pandas_reads_and_concatenates_them(folder: Path) -> None:
    import pandas

    frames = [pandas.read_parquet(folder / f"{name}.parquet") for name in ("full", "bare")]
    assert [str(frame.dtypes["published_at"]) for frame in frames] == ["datetime64[us, UTC]"] * 2
    assert pandas.concat(frames).dtypes.equals(frames[0].dtypes) or len(pandas.concat(frames)) == 12
    for compression in ("", ".gz", ".zst"):
        frames = [
            pandas.read_json(folder / f"{name}.jsonl{compression}", lines=True, dtype=False)
            for name in ("full", "bare")
        ]
        both = pandas.concat(frames)
        dates = pandas.to_datetime(both["published_at"], utc=True)
        assert (len(both), str(dates.dtype)[:10], dates.notna().sum()) == (12, "datetime64", 5)
    assert len(pandas.read_csv(folder / "full.csv")) == 6


def test_polars_reads_and_concatenates_them(folder: Path) -> None:
    import polars

    frames = [polars.read_parquet(folder / f"{name}.parquet") for name in ("full", "bare")]
    assert frames[0].schema == frames[1].schema
    assert frames[0].schema["published_at"] == polars.Datetime("us", "UTC")
    assert polars.concat(frames).height == 12
    schema = polars.from_arrow(arrow_schema(FIELDS).empty_table()).schema
    # Polars takes dates of JSON lines as text: they are read as instants in a second step.
    schema = {name: polars.String if isinstance(kind, polars.Datetime) else kind for name, kind in schema.items()}
    lines = [polars.read_ndjson(folder / f"{name}.jsonl", schema=schema) for name in ("bare", "full")]
    both = polars.concat(lines).with_columns(polars.col("published_at").str.to_datetime("%+", time_unit="us"))
    assert both["published_at"].to_list()[7].replace(tzinfo=UTC) == datetime(2025, 1, 31, 22, tzinfo=UTC)
    assert (
        polars.concat(
            [polars.read_ndjson(folder / f"{name}.jsonl") for name in ("bare", "full")], how="vertical_relaxed"
        ).height
        == 12
    )


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet"])
def test_duckdb_reads_and_concatenates_them(folder: Path, suffix: str) -> None:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        files = [str(folder / f"{name}{suffix}") for name in ("bare", "full")]
        if suffix == ".jsonl.zst":  # an extension of DuckDB's, which is not always there
            files = [str(folder / f"{name}.jsonl") for name in ("bare", "full")]
        both = connection.read_parquet(files) if suffix == ".parquet" else connection.read_json(files)
        types = dict(zip(both.columns, map(str, both.types), strict=True))
        assert types["published_at"] == "TIMESTAMP WITH TIME ZONE"
        assert types["tags"] == "VARCHAR[]"
        assert both.aggregate("count(*), count(published_at)").fetchall() == [(12, 5)]


def test_a_parquet_file_of_another_export_has_the_same_schema(folder: Path) -> None:
    full, bare = (pyarrow.parquet.read_schema(folder / f"{name}.parquet") for name in ("full", "bare"))
    assert full.equals(bare, check_metadata=True)
