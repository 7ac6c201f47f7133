"""`--versions all`: pairs of versions as JSON lines, the same from both engines, and what it refuses."""

import json
from pathlib import Path

import pytest

from storage.db.database import open_readonly
from storage.errors import UsageError
from storage.export import ExportSelection, write_edits
from storage.export.article_schema import EDIT_FIELDS
from storage.filters import Filters
from tests.support.running import warraq
from tests.support.web import reader_archive
from tests.support.web.reader_archive import EDITED


def test_both_engines_write_the_same_pairs(tmp_path: Path, bare_postgres_url: str) -> None:
    files = []
    for number, url in enumerate((None, bare_postgres_url)):
        folder = tmp_path / f"archive{number}"
        reader_archive.fill(folder, url)
        path = tmp_path / f"edits{number}.jsonl"
        assert write_edits(open_readonly(folder, url), path).rows == 1
        files.append(path.read_bytes())
    assert files[0] == files[1]
    (pair,) = map(json.loads, files[0].splitlines())
    assert list(pair) == [field.name for field in EDIT_FIELDS]
    assert pair["url"] == EDITED


def test_the_command_writes_edits_and_refuses_what_they_can_not_have(tmp_path: Path) -> None:
    reader_archive.fill(tmp_path / "archive")
    ran = warraq("export", "-", "--versions", "all", cwd=tmp_path)
    assert ran.code == 0
    assert json.loads(ran.out)["version"] == 2
    assert "1 edits exported" in ran.err
    for options, said in (
        (("edits.parquet",), "edits are written as JSON lines"),
        (("edits.jsonl", "--fields", "url"), "--fields does not know"),
        (("edits.jsonl", "--manifest", "m.json"), "leave one of them out"),
    ):
        ran = warraq("export", *options, "--versions", "all", cwd=tmp_path)
        assert ran.code == 2
        assert said in ran.err
        assert not (tmp_path / options[0]).exists()


def test_filters_hold_for_edits_too(tmp_path: Path) -> None:
    reader_archive.fill(tmp_path / "archive")
    engine = open_readonly(tmp_path / "archive", None)
    out = tmp_path / "edits.jsonl.gz"
    assert write_edits(engine, out, ExportSelection(Filters(site="other"))).rows == 0
    with pytest.raises(UsageError, match="exists"):
        write_edits(engine, out)
