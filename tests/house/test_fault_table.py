"""docs/reliability.md says of every fault by which tests it is held, and these tests exist."""

import ast
import re

import pytest

from tests.support.source_tree import ROOT

FAULTS = range(1, 49)
# Of these the subject does not exist; the table says why.
WITHOUT_SUBJECT = {34, 38}
ROW = re.compile(r"^\| F(\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def table() -> dict[int, tuple[str, str, str, str]]:
    """Fault, expected, test and result by number."""
    text = (ROOT / "docs/reliability.md").read_text(encoding="utf-8")
    rows = [(int(row[1]), (row[2], row[3], row[4], row[5])) for row in ROW.finditer(text)]
    assert len(rows) == len(dict(rows)), "a fault has one row"
    return dict(rows)


def named_tests() -> dict[int, set[str]]:
    """The files below tests/faults with a test of each fault, by the numbers in the tests' names: test_f2_, test_f2_f3_."""
    tests_by_fault: dict[int, set[str]] = {}
    for path in (ROOT / "tests/faults").rglob("test_*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and (name := re.match(r"test_((?:f\d+_)+)", node.name)):
                for number in re.findall(r"\d+", name[1]):
                    tests_by_fault.setdefault(int(number), set()).add(path.relative_to(ROOT).as_posix())
    return tests_by_fault


def test_every_fault_has_a_row() -> None:
    assert sorted(table()) == list(FAULTS)


@pytest.mark.parametrize("number", FAULTS)
def test_a_row_names_the_files_that_hold_its_tests(number: int) -> None:
    named = set(re.findall(r"`(tests/faults/\S+\.py)`", table()[number][2]))
    assert named == named_tests().get(number, set())
    assert bool(named) != (number in WITHOUT_SUBJECT)


def test_every_test_of_a_fault_is_of_one_that_is_in_the_table() -> None:
    assert set(named_tests()) <= set(FAULTS)
