"""What an import can't take in is refused as a whole, with what to use: edits, and languages that it can't tell."""

from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.imports.text_files import own_record, write_lines
from tests.support.running import warraq
from tests.support.small_archive import fill


@pytest.fixture
def edits(tmp_path: Path) -> Path:
    """An export of edits, by the command."""
    with Archive.open(tmp_path / "one") as one:
        fill(one)
    ran = warraq("export", "edits.jsonl", "--versions", "all", "--archive", "one", cwd=tmp_path)
    assert (ran.code, ran.err[:7]) == (0, "2 edits"), ran.err
    return tmp_path / "edits.jsonl"


@pytest.mark.parametrize("named", [(), ("--preset", "warraq"), ("--preset", "plain")])
def test_edits_hold_no_whole_article_and_are_refused(named: tuple[str, ...], edits: Path, tmp_path: Path) -> None:
    given = write_lines(tmp_path / "given.jsonl", own_record())
    ran = warraq("import", edits.name, given.name, *named, "--archive", "two", cwd=tmp_path)
    assert ran.code == 2
    assert "edits.jsonl holds edits" in ran.err
    assert "import an export without --versions all, or the WARC files, which hold every version" in ran.err
    assert "edits.jsonl" not in ran.out
    if named != ("--preset", "plain"):
        assert "1 new articles" in ran.out, "the other files are still imported"
    counted = warraq("stats", "--archive", "two", "--json", cwd=tmp_path).json
    assert counted["versions"] == counted["articles"] <= 1


def test_the_refusal_is_arabic_too(edits: Path, tmp_path: Path) -> None:
    ran = warraq("import", edits.name, "--archive", "two", cwd=tmp_path, WARRAQ_LANG="ar")
    assert ran.code == 2
    assert "لا مقالات كاملة" in ran.err


@pytest.mark.parametrize("code", ["en", "fa", "ar,fa", "arabic", ""])
def test_a_language_that_can_not_be_told_is_refused_with_those_that_can(code: str, tmp_path: Path) -> None:
    write_lines(tmp_path / "given.jsonl", own_record())
    ran = warraq("import", "given.jsonl", "--language", code, "--archive", "two", cwd=tmp_path)
    assert (ran.code, ran.err) == (2, f"warraq: --language {code!r}: pages can be told by ar alone\n")
    assert not (tmp_path / "two").exists()


def test_a_code_is_the_same_in_capitals(tmp_path: Path) -> None:
    write_lines(tmp_path / "given.jsonl", own_record(), own_record(2, language="fr"))
    ran = warraq("import", "given.jsonl", "--language", "AR", "--archive", "two", "--json", cwd=tmp_path)
    (result,) = ran.json["results"]
    assert (result["articles"], result["skipped"]) == (1, {"language": 1})
