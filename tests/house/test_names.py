"""One word per idea: no name in the code bears a word that was given up, and no two files or classes share a name."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from storage.db.schema import metadata
from tests.support.source_tree import ROOT, python_files

# The left column of "Words" in docs/architecture.md: a name that holds one of these words, or these words in a row.
GIVEN_UP = """
reading readings rereading rereadings relink realign ledger promise promises claim claims hasten desk door doors knock
knocks findings looks visit visits sighting sightings tally outcome outcomes barren spent vitals figures symptoms
expectation learned learning erasing heed disown turn_away pass_over foreign whole advice unfinished places masthead
stamp stamps flat missing shapes front joined chrome essence storable asking keeping rewriting
"""
# Keys of the JSON that commands print and of the `found` column, where they are also parameters or functions.
JSON_KEYS: set[str] = set()


def names(path: Path) -> Iterator[tuple[str, str]]:
    """Kind and name of the module, its classes, functions and parameters."""
    if path.stem != "__init__":
        yield "module", path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.ClassDef):
            yield "class", node.name
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not re.fullmatch(r"__\w+__", node.name):
            yield "function", node.name  # others are Python's own names, such as __missing__
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            every = node.args
            for each in (*every.posonlyargs, *every.args, *every.kwonlyargs, every.vararg, every.kwarg):
                if each is not None:
                    yield "parameter", each.arg


def words(name: str) -> str:
    """The words of a name in snake or camel case: "_pass_over_", with an underscore before and after."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return f"_{spaced.strip('_').lower()}_"


def test_no_name_bears_a_word_that_was_given_up() -> None:
    kept = {column.name for table in metadata.tables.values() for column in table.columns} | set(metadata.tables)
    wrong = {
        f"{path.relative_to(ROOT)}: {kind} {name}"
        for path in python_files("crawler", "spiders", "storage")
        if path.parent.name != "versions"  # the revisions, whose numbers and names every archive keeps
        for kind, name in names(path)
        if name not in kept | JSON_KEYS and any(f"_{word}_" in words(name) for word in GIVEN_UP.split())
    }
    assert not wrong, "\n".join(sorted(wrong))


def test_no_two_modules_and_no_two_classes_share_a_name() -> None:
    both = Counter[str]()
    for path in python_files("crawler", "storage"):
        both.update(f"{kind} {name}" for kind, name in names(path) if kind in ("module", "class"))
    assert {name: count for name, count in both.items() if count > 1} == {}
