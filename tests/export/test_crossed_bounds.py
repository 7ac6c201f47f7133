"""Two bounds between which nothing lies are refused with exit code 2 and both values, wherever there are such pairs."""

from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.running import warraq
from tests.support.small_archive import fill

DAYS = ("2026-05-09", "2026-05-01")
PAIRS_OF_EXPORTS = (
    ("--from", "--to"),
    ("--seen-from", "--seen-to"),
    ("--changed-from", "--changed-to"),
    ("--seen-from", "--as-of"),
    ("--changed-from", "--as-of"),
)
CALLS = [
    *((call, pair, DAYS) for call in (["export", "-"], ["dataset", "made"]) for pair in PAIRS_OF_EXPORTS),
    *((call, ("--min-words", "--max-words"), ("10", "5")) for call in (["export", "-"], ["dataset", "made"])),
    (["export", "-", "--versions", "all"], ("--min-words", "--max-words"), ("10", "5")),
    (["changes"], ("--from", "--to"), DAYS),
    (["search", "نص"], ("--from", "--to"), DAYS),
    (["facets", "نص"], ("--from", "--to"), DAYS),
    (["coverage", "example"], ("--from", "--to"), DAYS),
    (["crawl", "hespress", "--backfill"], ("--from", "--to"), DAYS),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("bounds")
    with Archive.open(made / "archive") as archive:
        fill(archive)
    return made


@pytest.mark.parametrize(("call", "pair", "values"), CALLS)
def test_a_pair_of_options_is_refused(
    call: list[str], pair: tuple[str, str], values: tuple[str, str], folder: Path
) -> None:
    written = [f"{name} {value}" for name, value in zip(pair, values, strict=True)]
    ran = warraq(*call, *" ".join(written).split(), cwd=folder)
    assert (ran.code, ran.out) == (2, "")
    assert all(each in ran.err for each in written)
    assert ran.err.count("\n") == 1
    assert not (folder / "made").exists()


@pytest.mark.parametrize("call", ["search", "facets"])
def test_a_day_of_an_option_and_one_of_the_query_are_a_pair_too(call: str, folder: Path) -> None:
    for words in (("نص from:2026-05-09 to:2026-05-01",), ("نص to:2026-05-01", "--from", "2026-05-09")):
        ran = warraq(call, *words, "--timezone", "Africa/Cairo", cwd=folder)
        assert (ran.code, ran.out) == (2, "")
        assert "to:2026-05-01 lies before from:2026-05-09" in ran.err


def test_bounds_that_are_equal_are_one_day_or_number(folder: Path) -> None:
    ran = warraq("export", "-", "--min-words", "2", "--max-words", "2", "--from", DAYS[0], "--to", DAYS[0], cwd=folder)
    assert ran.code == 0
