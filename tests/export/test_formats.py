"""Parquet and CSV say what JSON lines say, in one schema whatever the rows are; shards, chosen fields, what is there."""

import builtins
import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from sqlalchemy import Engine, delete, insert, update

from storage.db.database import write_transaction
from storage.db.schema import articles, versions
from storage.errors import UsageError
from storage.export import ExportSelection, write_export
from storage.export.article_schema import FIELDS, SCHEMA, chosen_fields, json_schema
from storage.export.parquet_table import arrow_schema
from storage.filters import Filters
from tests.support.rooms.export import NOON, make_archive

OPTIONAL = ("subtitle", "agency", "section", "published_raw", "modified_at", "description", "image", "country")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def written(engine: Engine, path: Path, selection: ExportSelection | None = None, **options: Any) -> Path:
    write_export(engine, path, selection, **options)
    return path


def test_parquet_holds_the_values_of_json_lines(engine: Engine, tmp_path: Path) -> None:
    table = pyarrow.parquet.read_table(written(engine, tmp_path / "out.parquet"))
    assert table.schema.equals(arrow_schema(FIELDS))
    assert table.schema.metadata[b"warraq.schema"] == str(SCHEMA).encode()
    instants = {field.name for field in FIELDS if field.kind == "instant"}
    for row, record in zip(table.to_pylist(), lines(written(engine, tmp_path / "out.jsonl")), strict=True):
        for name, value in record.items():
            given = datetime.fromisoformat(value) if name in instants and value is not None else value
            assert row[name] == given, name


def test_csv_holds_the_values_of_json_lines(engine: Engine, tmp_path: Path) -> None:
    text = written(engine, tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row, record in zip(rows, lines(written(engine, tmp_path / "out.jsonl")), strict=True):
        for name, value in record.items():
            shown = "; ".join(value) if isinstance(value, list) else "" if value is None else str(value)
            assert row[name] == shown, name


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet", ".csv", ".csv.gz", ".csv.zst"])
def test_both_engines_write_the_same_file(tmp_path: Path, postgres_url: str, suffix: str) -> None:
    files = []
    for number, url in enumerate((f"sqlite:///{tmp_path}/one.db", postgres_url)):
        engine = make_archive(url, 600)
        with write_transaction(engine) as connection:
            connection.execute(update(articles).where(articles.c.id == 9).values(tags=["أ, ب", '"ج"'], partial=True))
        files.append(written(engine, tmp_path / f"{number}{suffix}").read_bytes())
        engine.dispose()
    assert files[0] == files[1]


def test_the_types_do_not_depend_on_the_rows(engine: Engine, tmp_path: Path) -> None:
    """Of articles without any optional value, or none at all, the schema is that of all others."""
    with write_transaction(engine) as connection:
        nothing = dict.fromkeys([*(name for name in OPTIONAL if name != "country"), "published_at", "published_offset"])
        connection.execute(update(articles).values(authors=[], categories=[], published_precision="month", **nothing))
    bare = pyarrow.parquet.read_table(written(engine, tmp_path / "bare.parquet"))
    none = pyarrow.parquet.read_table(
        written(engine, tmp_path / "none.parquet", ExportSelection(Filters(site="nobody")))
    )
    assert (bare.num_rows, none.num_rows) == (40, 0)
    assert bare.schema.equals(none.schema, check_metadata=True)


def test_every_line_is_valid_by_the_json_schema(engine: Engine, tmp_path: Path) -> None:
    validate = pytest.importorskip("jsonschema_rs").validator_for(json_schema())
    records = lines(written(engine, tmp_path / "out.jsonl"))
    assert all(validate.is_valid(record) for record in records)
    assert not validate.is_valid(records[0] | {"id": "1"})
    assert not validate.is_valid(records[0] | {"more": 1})


def test_fields_are_chosen_or_left_out(engine: Engine, tmp_path: Path) -> None:
    chosen = ExportSelection(fields=chosen_fields("text, url,published_at"))
    first = lines(written(engine, tmp_path / "some.jsonl", chosen))[0]
    assert list(first) == ["text", "url", "published_at"]
    assert first["published_at"].endswith("+03:00"), "the offset is read though it is not given"
    rest = ExportSelection(fields=chosen_fields("-text,-published_offset"))
    table = pyarrow.parquet.read_table(written(engine, tmp_path / "rest.parquet", rest))
    assert table.column_names == [field.name for field in FIELDS if field.name not in ("text", "published_offset")]


@pytest.mark.parametrize(
    "wanted", ["", " , ", "nothing", "url,url", "url,-text", "-url,-url", ",".join(f"-{f.name}" for f in FIELDS)]
)
def test_a_list_of_fields_that_makes_no_sense_is_wrong_usage(wanted: str) -> None:
    with pytest.raises(UsageError):
        chosen_fields(wanted)


@pytest.mark.parametrize("suffix", [".jsonl.gz", ".parquet", ".csv"])
def test_shards_together_are_the_export(
    engine: Engine, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.export.article_rows.BATCH", 7)
    done = write_export(engine, tmp_path / f"out{suffix}", shard_bytes=1_500)
    assert len(done.paths) > 2
    assert [path.name for path in done.paths] == [f"out-{n:05}{suffix}" for n in range(len(done.paths))]
    assert sorted(done.paths) == sorted(tmp_path.glob("out*")), "they appear under these names alone"
    if suffix == ".parquet":
        ids = [number for path in done.paths for number in pyarrow.parquet.read_table(path)["id"].to_pylist()]
        assert ids == list(range(1, 41))
    before = {path.name: path.read_bytes() for path in done.paths}
    with pytest.raises(UsageError, match="--force"):
        write_export(engine, tmp_path / f"out{suffix}", shard_bytes=1_500)
    assert write_export(engine, tmp_path / f"out{suffix}", shard_bytes=1_500, force=True).paths == done.paths
    assert {path.name: path.read_bytes() for path in done.paths} == before
    less = write_export(engine, tmp_path / f"out{suffix}", shard_bytes=10**9, force=True)
    assert sorted(tmp_path.glob("out*")) == less.paths, "shards of the longer export are gone"


def test_what_is_there_is_replaced_with_force_alone(engine: Engine, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"mine")
    with pytest.raises(UsageError, match="--force"):
        write_export(engine, target)
    assert target.read_bytes() == b"mine"
    write_export(engine, target, force=True)
    assert len(lines(target)) == 40


def test_without_pyarrow_one_line_names_the_command(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refusing(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(UsageError, match=r"pip install 'warraq\[data\]'"):
        write_export(engine, tmp_path / "out.parquet")
    assert list(tmp_path.glob("*out*")) == []


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(country="ma", max_words=10), {1, 3, 5, 7, 9, 11}),
        (Filters(language="ar"), {2, 3}),
        (Filters(language="AR-eg"), {3}),
        (Filters(min_words=50), {4}),
        (Filters(max_words=3), {5}),
        (Filters(seen_since=NOON.replace(year=2026)), {6}),
        (Filters(seen_before=NOON.replace(year=2025)), set()),
        (Filters(changed_since=NOON.replace(year=2026)), {7}),
        (Filters(changed_before=NOON.replace(year=2026)), {8}),
    ],
)
def test_filters_take_what_they_say(database_url: str, tmp_path: Path, filters: Filters, ids: set[int]) -> None:
    engine = make_archive(database_url, 12)
    own: dict[int, dict[str, Any]] = {
        2: {"language": "ar"}, 3: {"language": "ar-EG"}, 4: {"word_count": 50, "language": "fr"}, 5: {"word_count": 3},
        6: {"first_seen_at": NOON.replace(year=2026)},
    }  # fmt: skip
    with write_transaction(engine) as connection:
        for number, values in own.items():
            connection.execute(update(articles).where(articles.c.id == number).values(**values))
        connection.execute(delete(versions).where(versions.c.number > 1))
        for number, year in ((7, 2026), (8, 2025)):
            row = {
                "article_id": number,
                "number": 2,
                "seen_at": NOON.replace(year=year),
                "extractor": "t",
                "details": {},
            }
            connection.execute(insert(versions), [row | {"title": "ت", "text": "ن", "content_sha256": "1" * 64}])
    done = lines(written(engine, tmp_path / "out.jsonl", ExportSelection(filters)))
    assert {record["id"] for record in done} == ids
    engine.dispose()


def test_reserved_articles_are_left_out_and_counted(engine: Engine, tmp_path: Path) -> None:
    with write_transaction(engine) as connection:
        connection.execute(update(articles).where(articles.c.id.in_([3, 4])).values(reservations=["tdm"]))
    done = write_export(engine, tmp_path / "free.jsonl", ExportSelection(Filters(site="alif")))
    assert (done.rows, done.left_out.reserved) == (19, 1)
    done = write_export(engine, tmp_path / "all.jsonl", ExportSelection(Filters(site="alif"), reserved=True))
    assert (done.rows, done.left_out.reserved) == (20, 0)
