"""The lemma dictionary in a file of the user's cache: made once, the same answers, and never needed."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.lexicon import lemma_table
from storage.search.forms.lemmas import related
from tests.support.running import environment

PLURALS = ("قنبله", "كتاب", "محصول", "وزير", "سد", "xyz")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    """As a new process."""
    lemma_table.lemma_table.cache_clear()
    related.cache_clear()


def answers() -> list[tuple[str, ...]]:
    return [related(word) for word in PLURALS]


def in_a_new_process(cache: Path) -> tuple[str, str]:
    """What it finds, and whether it read simplemma's words."""
    program = (
        "import sys; from storage.search.forms.lemmas import related; "
        f"print([related(word) for word in {PLURALS!r}]); print('simplemma' in sys.modules)"
    )
    line = [sys.executable, "-c", program]
    env = environment(XDG_CACHE_HOME=str(cache))
    lines, read = subprocess.run(line, capture_output=True, text=True, check=True, env=env).stdout.splitlines()
    return lines, read


def test_only_the_first_process_reads_the_dictionary(cache: Path) -> None:
    first, second = in_a_new_process(cache), in_a_new_process(cache)
    assert (first[1], second[1]) == ("True", "False")
    assert first[0] == second[0]
    assert "قنابل" in first[0]


def test_the_answers_are_the_same_from_the_file_and_from_memory(cache: Path) -> None:
    stored = answers()
    assert lemma_table.table_path().is_file()
    forget()
    cache.joinpath("warraq").rename(cache / "before")
    cache.joinpath("warraq").write_text("no folder")  # so that none can be made
    assert answers() == stored


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["empty", "noise", "cut", "no tables"])
def test_a_damaged_file_is_made_anew(fault: str) -> None:
    expected = answers()
    path = lemma_table.table_path()
    whole = path.read_bytes()
    damaged = {"empty": b"", "noise": b"x" * 5_000, "cut": whole[: len(whole) // 2], "no tables": whole[:100]}
    path.write_bytes(damaged[fault])
    forget()
    assert answers() == expected


@pytest.mark.slow
def test_a_file_that_is_deleted_under_a_running_process_is_made_anew() -> None:
    expected = answers()
    lemma_table.table_path().unlink()
    related.cache_clear()
    assert answers() == expected


@pytest.mark.slow
def test_a_file_of_another_version_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = answers()
    lemma_table.table_path().write_bytes(b"of this version")
    monkeypatch.setattr(lemma_table, "version", lambda _name: "99")
    forget()
    assert answers() == expected
    assert "99" in lemma_table.table_path().name


@pytest.mark.slow
def test_a_user_without_a_home_reads_the_dictionary_into_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    expected = answers()
    forget()
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", no_home)
    assert answers() == expected
