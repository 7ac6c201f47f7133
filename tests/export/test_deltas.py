"""What changed since an earlier export, applied to it, is the export of today; and a manifest says what a file holds."""

import hashlib
import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, update

from storage.db.database import write_transaction
from storage.db.schema import articles, labels, versions
from storage.errors import UsageError
from storage.export import Beside, ExportSelection, write_export
from storage.export.article_schema import FIELDS, chosen_fields
from storage.export.article_stream import REJECT_FIELDS
from storage.filters import Filters
from tests.support.rooms.export import article, make_archive


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def applied(old: Path, changes: Path) -> bytes:
    """The earlier export with the changes: as docs/datasets.md says."""
    records = {record["id"]: record for record in lines(old)}
    for change in lines(changes):
        kind = change.pop("change")
        if kind == "removed":
            del records[change["id"]]
        else:
            assert (change["id"] in records) == (kind == "changed")
            records[change["id"]] = change
    return b"".join(orjson.dumps(records[key], option=orjson.OPT_APPEND_NEWLINE) for key in sorted(records))


def export(engine: Engine, path: Path, since: Path | None = None, selection: ExportSelection | None = None) -> Path:
    write_export(engine, path, selection, beside=Beside(path.with_suffix(".json"), None, since))
    return path


def edit(engine: Engine, *, changed: set[int], removed: set[int], added: set[int]) -> None:
    with write_transaction(engine) as connection:
        for number in changed:
            connection.execute(update(articles).where(articles.c.id == number).values(title="عنوان جديد"))
        for number in removed:
            connection.execute(update(articles).where(articles.c.id == number).values(status="removed"))
        for number in added:
            connection.execute(insert(articles), [article(100 + number, "نص جديد")])


@pytest.mark.parametrize(
    "selection", [None, ExportSelection(Filters(site="alif"), chosen_fields("url,title,id,tags,published_at"))]
)
def test_a_delta_applied_to_the_old_export_is_the_new_one(
    engine: Engine, tmp_path: Path, selection: ExportSelection | None
) -> None:
    old = export(engine, tmp_path / "old.jsonl", selection=selection)
    edit(engine, changed={3, 4, 9}, removed={1, 5, 39}, added={1, 2, 3})
    new = export(engine, tmp_path / "new.jsonl", selection=selection)
    delta = export(engine, tmp_path / "delta.jsonl", old.with_suffix(".json"), selection)
    assert applied(old, delta) == new.read_bytes()
    kinds = {(record["id"], record["change"]) for record in lines(delta)}
    assert {(3, "changed"), (1, "removed"), (101, "added")} <= kinds
    # The manifest of a delta is of the state that it leads to.
    for name in ("articles", "articles_sha256"):
        assert (
            json.loads((tmp_path / "delta.json").read_bytes())[name]
            == json.loads((tmp_path / "new.json").read_bytes())[name]
        )
    again = export(engine, tmp_path / "none.jsonl", tmp_path / "delta.json", selection)
    assert again.read_bytes() == b""


@settings(max_examples=15)
@given(*(st.sets(st.integers(1, 9)) for _ in range(3)))
def test_any_delta_leads_to_the_new_export(
    tmp_path_factory: pytest.TempPathFactory, changed: set[int], removed: set[int], added: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("delta")
    engine = make_archive(f"sqlite:///{folder}/one.db", 9)
    old = export(engine, folder / "old.jsonl")
    edit(engine, changed=changed, removed=removed, added=added)
    new = export(engine, folder / "new.jsonl")
    assert applied(old, export(engine, folder / "delta.jsonl", folder / "old.json")) == new.read_bytes()
    engine.dispose()


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl.zst"])
def test_a_delta_has_every_format_and_each_engine_gives_the_same(
    tmp_path: Path, postgres_url: str, suffix: str
) -> None:
    given = []
    for number, url in enumerate((f"sqlite:///{tmp_path}/one.db", postgres_url)):
        engine = make_archive(url, 300)
        old = export(engine, tmp_path / f"old{number}.jsonl")
        edit(engine, changed={7}, removed={*range(290, 301)}, added=set())
        new = tmp_path / f"new{number}{suffix}"
        write_export(engine, new, beside=Beside(since=old.with_suffix(".json")))
        given.append((new.read_bytes(), old.with_suffix(".index.gz").read_bytes()))
        engine.dispose()
    assert given[0] == given[1]


def test_a_manifest_says_what_the_file_holds(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with write_transaction(engine) as connection:
        connection.execute(
            update(articles).where(articles.c.id == 2).values(reservations=["noai"], extractor="x 9 ab12")
        )
    beside = Beside(tmp_path / "out.json", "warraq export", None)
    write_export(engine, path, ExportSelection(Filters(site="ba")), beside=beside)
    about = json.loads((tmp_path / "out.json").read_bytes())
    assert about["articles"] == about["rows"] == len(lines(path)) == 19
    assert about["left_out"] == {"reserved": 1}
    assert about["selection"]["filters"] == {"site": "ba"}
    assert about["selection"]["reservations"] == "respected"
    assert about["extractors"] == {"test 1": 19}
    (file,) = about["files"]
    assert (file["name"], file["bytes"]) == ("out.jsonl", path.stat().st_size)
    assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    before = (tmp_path / "out.json").read_bytes()
    with pytest.raises(UsageError, match="--force"):
        write_export(engine, tmp_path / "other.jsonl", beside=beside)
    write_export(engine, path, ExportSelection(Filters(site="ba")), beside=beside, force=True)
    assert (tmp_path / "out.json").read_bytes() == before, "it has no time of its own"


@pytest.mark.parametrize("damage", ["none", "text", "other", "index", "cut"])
def test_a_manifest_that_does_not_fit_is_wrong_usage(engine: Engine, tmp_path: Path, damage: str) -> None:
    old = export(engine, tmp_path / "old.jsonl")
    manifest, index = old.with_suffix(".json"), old.with_suffix(".index.gz")
    selection = ExportSelection(Filters(site="ba")) if damage == "other" else None
    if damage == "none":
        manifest.unlink()
    elif damage == "text":
        manifest.write_text("[]")
    elif damage == "index":
        index.unlink()
    elif damage == "cut":
        index.write_bytes(index.read_bytes()[:-9])
    with pytest.raises(UsageError, match="old"):
        write_export(engine, tmp_path / "new.jsonl", selection, beside=Beside(since=manifest))
    assert not (tmp_path / "new.jsonl").exists()


def test_what_is_left_out_can_be_exported_with_the_reason(engine: Engine, tmp_path: Path) -> None:
    with write_transaction(engine) as connection:
        connection.execute(delete(versions))
        connection.execute(delete(labels))
        connection.execute(update(articles).where(articles.c.id == 1).values(reservations=["tdm"]))
        connection.execute(update(articles).where(articles.c.id == 3).values(word_count=1000))
        connection.execute(update(articles).where(articles.c.id == 5).values(status="removed"))
    selection = ExportSelection(Filters(site="alif", max_words=100), sample=10, quality=("duplicate_lines",))
    done = write_export(engine, tmp_path / "in.jsonl", selection, beside=Beside(rejects=tmp_path / "out.jsonl"))
    kept, rejected = lines(tmp_path / "in.jsonl"), lines(tmp_path / "out.jsonl")
    assert len(kept) == 10
    assert sorted(record["id"] for record in rejected) == sorted(
        {*range(1, 41)} - {5} - {record["id"] for record in kept}
    )
    reasons = {record["id"]: record["reason"] for record in rejected}
    assert (reasons[1], reasons[2], reasons[3]) == ("reserved", "site", "length")
    assert done.left_out.reasons == {"site": 20, "length": 1, "reserved": 1, "sample": 7}
    assert list(rejected[0]) == [field.name for field in REJECT_FIELDS]
    assert all(field in FIELDS for field in REJECT_FIELDS[:-1])
