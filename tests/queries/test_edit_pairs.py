"""Pairs of versions with their sentences side by side, the same on both engines."""

from pathlib import Path

from storage.db.database import open_readonly, read_transaction
from storage.queries.edit_pairs import edit_pairs
from tests.support.web import reader_archive
from tests.support.web.reader_archive import EDITED, GONE, NEW_TEXT, OLD_TEXT, REMOVED


def test_each_edit_is_a_pair_with_every_sentence_of_both_versions(tmp_path: Path, database_url: str) -> None:
    folder = tmp_path / "archive"
    ids = reader_archive.fill(folder, database_url)
    with read_transaction(open_readonly(folder, database_url)) as connection:
        (pair,) = edit_pairs(connection, [ids[EDITED], ids[GONE], ids[REMOVED]])
    assert (pair["url"], pair["version_before"], pair["version"]) == (EDITED, 1, 2)
    assert pair["title_before"] != pair["title"]
    assert "headline" in pair["edits"]
    assert pair["changed"] == ("headline", "body")
    after = [each["after"] for each in pair["sentences"] if each["after"]]
    before = [each["before"] for each in pair["sentences"] if each["before"]]
    assert " ".join(after).split() == NEW_TEXT.split()
    assert sorted(" ".join(before).split()) == sorted(OLD_TEXT.split())
    assert {each["op"] for each in pair["sentences"]} <= {"equal", "edited", "added", "removed"}
    assert all(bool(each["edits"]) == (each["op"] != "equal" or each["moved"]) for each in pair["sentences"])
