"""`warraq sites NAME --profile`: what is known of a site's pages, in words, and what an operator has it forget."""

from pathlib import Path

import pytest

from crawler.html.spelling import comparable_line
from storage.archive import Archive
from storage.db.schema import articles
from tests.support.archives import rows
from tests.support.rooms.profiles import MANY, TAIL, fill
from tests.support.running import warraq

FOLDED = comparable_line(TAIL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of a site whose profile was learned by a reextraction."""
    with Archive.open(tmp_path / "archive") as archive:
        fill(archive, MANY)
    done = warraq("reextract", "--json", cwd=tmp_path)
    assert (done.json["corrected"], done.json["sites"]) == (MANY, {"example": MANY}), done.err
    assert done.json["left_out"] == {"example": [FOLDED]}
    return tmp_path


def held(folder: Path) -> set[str]:
    with Archive.open(folder / "archive") as archive:
        return {row["text"].split("\n\n")[-1] for row in rows(archive, articles)}


def test_a_profile_is_shown_in_words_and_as_json(folder: Path) -> None:
    said = warraq("sites", "example", "--profile", cwd=folder)
    assert said.code == 0, said.err
    assert f"1 templates, learned from {MANY} pages, never redesigned" in said.out
    assert "entry-content" in said.out
    assert FOLDED in said.out
    report = warraq("sites", "example", "--profile", "--json", cwd=folder).json
    assert (report["site"], report["generation"], report["pages"], report["lines"]) == ("example", 1, MANY, [FOLDED])
    assert [each["pages"] for each in report["templates"]] == [MANY]


def test_a_line_that_is_forgotten_comes_back_and_is_never_learned_again(folder: Path) -> None:
    done = warraq("sites", "example", "--forget-line", TAIL, "--json", cwd=folder)
    assert (done.code, done.err, done.json["lines"], done.json["furniture"]) == (0, "", [], [])
    assert FOLDED in done.json["forgotten"]
    for _ in range(2):
        assert warraq("reextract", "--json", cwd=folder).code == 0
        assert held(folder) == {TAIL}
    unknown = warraq("sites", "example", "--forget-line", "سطر لا يعرفه أحد", cwd=folder)
    assert (unknown.code, "does not have this line" in unknown.err) == (0, True)


def test_a_profile_that_is_forgotten_is_learned_anew(folder: Path) -> None:
    gone = warraq("sites", "example", "--forget", cwd=folder)
    assert gone.code == 0, gone.err
    again = warraq("sites", "example", "--profile", "--json", cwd=folder).json
    assert (again["generation"], again["lines"], again["templates"]) == (0, [], [])
    warraq("reextract", "--json", cwd=folder)
    assert warraq("sites", "example", "--profile", "--json", cwd=folder).json["generation"] == 1


def test_reextraction_names_no_line_where_it_left_none_out(folder: Path) -> None:
    again = warraq("reextract", cwd=folder)
    assert "left out" not in again.out
    assert "0 versions read otherwise" in again.out


def test_a_profile_needs_a_name(tmp_path: Path) -> None:
    ran = warraq("sites", "--profile", cwd=tmp_path)
    assert (ran.code, "warraq sites NAME --profile" in ran.err) == (2, True)
