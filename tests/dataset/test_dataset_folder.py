"""A data set loads with the real package, is the same every time, and its splits part no cluster."""

import gzip
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet
import pytest
import yaml
from sqlalchemy import Engine, update

from storage.db.database import write_transaction
from storage.db.schema import articles
from storage.errors import UsageError
from storage.export import ExportSelection
from storage.export.article_schema import FIELDS
from storage.export.dataset import DatasetRequest, write_dataset
from storage.export.dataset.bar_plots import bar_plot
from storage.export.dataset.splits import Splits, shares_of
from storage.export.parquet_table import arrow_schema
from storage.filters import Filters
from tests.support.rooms.export import make_archive

BY_SEED = Splits((0.6, 0.2, 0.2), 7)
BY_TIME = Splits(days=("2025-02-26 00:00:00.000000", "2025-02-27 12:00:00.000000"))


@pytest.fixture
def engine(database_url: str) -> Any:
    engine = make_archive(database_url, 120)
    with write_transaction(engine) as connection:
        for number in range(1, 121):
            values = {
                "cluster": number % 20 if number <= 60 else None,
                "content_sha256": hashlib.sha256(b"%d" % (number // 2)).hexdigest(),
            }
            connection.execute(update(articles).where(articles.c.id == number).values(**values))
        connection.execute(update(articles).where(articles.c.id == 4).values(reservations=["tdm"]))
    yield engine
    engine.dispose()


def made(engine: Engine, folder: Path, splits: Splits = BY_SEED, **options: Any) -> Path:
    request = DatasetRequest("صحيفة", "مختبر", splits, rebuild="warraq dataset ds", **options)
    write_dataset(engine, folder, ExportSelection(), request)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl.zst"])
def test_datasets_loads_the_folder_with_right_types(engine: Engine, tmp_path: Path, suffix: str) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()
    folder = made(engine, tmp_path / "ds", suffix=suffix)
    loaded = datasets.load_dataset(str(folder), cache_dir=str(tmp_path / "cache"))
    assert set(loaded) == {"train", "validation", "test"}
    assert sum(split.num_rows for split in loaded.values()) == 119
    features = datasets.Features.from_arrow_schema(arrow_schema(FIELDS))
    assert all(split.features == features for split in loaded.values())


@pytest.mark.parametrize("splits", [BY_SEED, BY_TIME], ids=["seed", "time"])
def test_no_split_parts_a_cluster(engine: Engine, tmp_path: Path, splits: Splits) -> None:
    folder = made(engine, tmp_path / "ds", splits)
    of_cluster = defaultdict(set)
    sizes = {}
    for path in (folder / "data").iterdir():
        rows = pyarrow.parquet.read_table(path).to_pylist()
        sizes[path.name.split("-")[0]] = len(rows)
        for row in rows:
            if row["cluster"] is not None:
                of_cluster[row["cluster"]].add(path.name)
    assert len(of_cluster) == 20
    assert all(len(names) == 1 for names in of_cluster.values())
    assert set(sizes) == {"train", "validation", "test"}
    assert json.loads((folder / "manifest.json").read_bytes())["splits"]["articles"] == sizes


def test_the_same_archive_gives_the_same_folder(tmp_path: Path, postgres_url: str) -> None:
    folders = []
    for number, url in enumerate((f"sqlite:///{tmp_path}/one.db", postgres_url)):
        engine = make_archive(url, 60)
        folders += [contents(made(engine, tmp_path / f"{number}{again}", rejects=True)) for again in "ab"]
        engine.dispose()
    assert all(each == folders[0] for each in folders)


def test_the_folder_tells_what_it_holds(engine: Engine, tmp_path: Path) -> None:
    folder = made(engine, tmp_path / "ds", rejects=True)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for file in manifest["files"]:
        assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert manifest["measures"]["articles"] == 119
    assert manifest["measures"]["sites"] == {"alif": 60, "ba": 59}
    assert manifest["measures"]["distinct_texts"] == 61
    assert manifest["left_out"] == {"reserved": 1}
    (reject,) = map(json.loads, gzip.decompress((folder / "rejects.jsonl.gz").read_bytes()).splitlines())
    assert (reject["id"], reject["reason"]) == (4, "reserved")
    card = (folder / "README.md").read_text(encoding="utf-8")
    head = yaml.safe_load(card.split("---")[1])
    assert head["pretty_name"] == "صحيفة"
    assert [each["split"] for each in head["configs"][0]["data_files"]] == ["train", "validation", "test"]
    assert "1 articles were left out" in card
    assert "warraq dataset ds" in card
    cited = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["type"], cited["authors"]) == ("dataset", [{"name": "مختبر"}])
    croissant = json.loads((folder / "croissant.json").read_bytes())
    assert {each["sha256"] for each in croissant["distribution"]} == {each["sha256"] for each in manifest["files"]}
    assert list(json.loads((folder / "schema.json").read_bytes())["properties"]) == [each.name for each in FIELDS]
    for plot in (folder / "plots").iterdir():
        ElementTree.parse(plot)
        assert f"plots/{plot.name}" in card


def test_only_a_data_set_is_replaced_and_with_force_alone(engine: Engine, tmp_path: Path) -> None:
    request = DatasetRequest("ت", "م")
    folder = tmp_path / "ds"
    folder.mkdir()
    (folder / "mine").write_text("x")
    for force in (False, True):
        with pytest.raises(UsageError, match="no data set"):
            write_dataset(engine, folder, ExportSelection(), request, force=force)
    (folder / "mine").unlink()
    write_dataset(engine, folder, ExportSelection(), request)
    before = contents(folder)
    with pytest.raises(UsageError, match="--force"):
        write_dataset(engine, folder, ExportSelection(), request)
    write_dataset(engine, folder, ExportSelection(), request, force=True)
    assert contents(folder) == before
    assert sorted(path.name for path in tmp_path.iterdir() if path.name[:1] == "." or path.name == "ds") == ["ds"]


def test_one_that_fails_leaves_the_last_one(engine: Engine, tmp_path: Path) -> None:
    folder = made(engine, tmp_path / "ds")
    before = contents(folder)

    def stop(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dataset(engine, folder, ExportSelection(), DatasetRequest("ت", "م"), force=True, on_progress=stop)
    assert contents(folder) == before
    assert not (tmp_path / ".ds.part").exists()


def test_a_data_set_of_nothing_says_so(engine: Engine, tmp_path: Path) -> None:
    done = write_dataset(
        engine, tmp_path / "ds", ExportSelection(Filters(site="nobody")), DatasetRequest("ت", "م", BY_SEED)
    )
    assert (done.rows, done.paths) == (0, [])
    assert "0 articles" in (tmp_path / "ds" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "100", "90,5", "a,b", "50,50,0", "25,25,25,25", "-10,110"])
def test_shares_that_make_no_sense_are_wrong_usage(text: str) -> None:
    with pytest.raises(UsageError, match="90,5,5"):
        shares_of(text)


def test_hostile_labels_stay_text_in_a_plot() -> None:
    svg = bar_plot("a", "ب", [('<script>"&\x00\u202e', 1), ("ص" * 80, 2.5)])
    root = ElementTree.fromstring(svg)
    assert not [each for each in root.iter() if "script" in each.tag]
    assert "\u202e" not in svg
