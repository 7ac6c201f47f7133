"""Titles that a spreadsheet takes for formulas: F35."""

import csv
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import update

from storage.db.database import write_transaction
from storage.db.schema import articles
from storage.export import write_export
from tests.support.rooms.export import make_archive

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u200f=1", "＝1"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_f35_a_title_that_is_a_formula_is_neutral_in_csv_and_as_published_elsewhere(
    tmp_path: Path, formula: str
) -> None:
    engine = make_archive(f"sqlite:///{tmp_path}/one.db", 1)
    with write_transaction(engine) as connection:
        connection.execute(update(articles).values(title=formula, authors=[formula]))
    write_export(engine, tmp_path / "out.csv")
    write_export(engine, tmp_path / "out.jsonl")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"), newline=""))
    assert (row["title"], row["authors"]) == (f"'{formula}", f"'{formula}")
    record = json.loads((tmp_path / "out.jsonl").read_bytes())
    assert (record["title"], record["authors"]) == (formula, [formula])
    engine.dispose()
