"""`warraq changes`: the list of edits and deletions, its filters, its forms, and what it refuses."""

import json
from pathlib import Path

import pytest

from tests.support.running import warraq
from tests.support.web import reader_archive
from tests.support.web.reader_archive import EDITED, GONE, HOME


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("changes")
    reader_archive.fill(folder / "archive")
    return folder


def listed(folder: Path, *options: str) -> list[tuple[str, list[str]]]:
    ran = warraq("changes", "--json", *options, cwd=folder)
    assert ran.code == 0, ran.err
    return [(each["url"], each["edits"] or each["classes"]) for each in json.loads(ran.out)]


def test_edits_and_deletions_are_listed_newest_first(folder: Path) -> None:
    both = listed(folder)
    assert [url for url, _ in both] == [GONE, EDITED]
    assert both[0][1] == ["gone"]
    assert "headline" in both[1][1]
    assert listed(folder, "--class", "gone") == both[:1]
    assert listed(folder, "--class", "body", "--class", "number") == both[1:]
    assert listed(folder, "--url", f"{EDITED}?utm_source=x") == both[1:]
    assert listed(folder, "--site", "example", "--limit", "1") == both[:1]
    assert listed(folder, "--to", "2020-01-01") == []


def test_a_line_an_edit_and_a_table_say_the_same(folder: Path) -> None:
    lines = warraq("changes", "--jsonl", cwd=folder).out.splitlines()
    assert [json.loads(line)["url"] for line in lines] == [GONE, EDITED]
    shown = warraq("changes", cwd=folder).out
    assert "1 → 2" in shown
    assert "gone (not-found)" in shown


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--class", "typo"), "there is no class 'typo'; the classes are headline, correction"),
        (("--url", f"{HOME}/never"), "the archive holds no article"),
        (("--json", "--jsonl"), "give one of them"),
        (("--from", "gestern"), "--from 'gestern' is no day"),
        (("--from", "2026-05-09", "--to", "2026-05-01"), "lies before"),
    ],
)
def test_what_it_can_not_do_is_said_in_one_line(folder: Path, options: tuple[str, ...], said: str) -> None:
    ran = warraq("changes", *options, cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_unknown_site_is_named(folder: Path) -> None:
    ran = warraq("changes", "--site", "nobody", cwd=folder)
    assert (ran.code, ran.out) == (0, "")
    assert "no site called 'nobody'" in ran.err
    assert "no edit of the archive matches" in ran.err


def test_reindex_stores_the_classes_that_lack(tmp_path: Path) -> None:
    reader_archive.fill(tmp_path / "archive")
    ran = warraq("reindex", "--json", cwd=tmp_path)
    assert json.loads(ran.out)["edits"] == 0, "the end of the run stored them"
