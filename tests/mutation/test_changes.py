"""The changes that the mutation run makes."""

import ast

from tests.mutation.changes import changes
from tests.support.source_tree import ROOT

SOURCE = '''
LEAST: int = 3

def first(values: list[int], least: float = 0.5) -> int | None:
    """Say nothing of 1 < 2."""
    for value in values:
        if value >= LEAST and not value % 2:
            return value
        log.info("left out %d", value + 1)
    return None
'''


def test_a_change_is_of_what_runs() -> None:
    said = {(change.line, change.before, change.after) for change in changes(SOURCE)}
    assert said == {
        (2, "3", "(4)"),
        (4, "0.5", "(0.25)"),
        (4, "0.5", "(0.75)"),
        (7, "value >= LEAST and not value % 2", "(value >= LEAST or not value % 2)"),
        (7, "value >= LEAST and not value % 2", "(not value % 2)"),
        (7, "value >= LEAST and not value % 2", "(value >= LEAST)"),
        (7, "value >= LEAST", "(value > LEAST)"),
        (7, "not value % 2", "(value % 2)"),
        (7, "2", "(3)"),
        (8, "return value", "return None"),
    }


def test_no_change_of_a_module_is_the_module_itself() -> None:
    source = (ROOT / "crawler/dates/parser.py").read_text(encoding="utf-8")
    assert ast.dump(ast.parse(source)) not in {ast.dump(ast.parse(change.source)) for change in changes(source)}
