"""Rooms that can be looked over: few files a folder, short files, and an idea in the first line of each."""

import ast
from collections import Counter
from pathlib import Path

from tests.support.source_tree import ROOT, python_files

FILES, LINES = 15, 300
APART = ("spiders", "storage/db/migrations/versions")  # a file for each site, and for each revision


def rooms() -> list[Path]:
    return [
        path
        for path in python_files("crawler", "spiders", "storage", "tests")
        if path.parent.relative_to(ROOT).as_posix() not in APART
    ]


def is_data(path: Path) -> bool:
    """A module of data defines no class and at most one function; the rest are literals assigned to names."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    return len(functions) <= 1 and all(
        isinstance(node, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom | ast.Expr | ast.FunctionDef)
        for node in body
    )


def test_a_folder_holds_few_files() -> None:
    counts = Counter(path.parent.relative_to(ROOT).as_posix() for path in rooms())
    assert {folder: count for folder, count in counts.items() if count > FILES} == {}


def test_a_file_is_short_unless_it_is_data() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in rooms()}
    long = {
        f"{path.relative_to(ROOT)}: {count}" for path, count in lines.items() if count > LINES and not is_data(path)
    }
    assert not long, "\n".join(sorted(long))


def test_the_first_line_of_a_module_says_its_idea() -> None:
    files = python_files("crawler", "spiders", "storage")
    assert not [
        str(path.relative_to(ROOT))
        for path in files
        if not (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").strip()
    ]


def test_no_other_top_level_folder_holds_code() -> None:
    folders = {path.relative_to(ROOT).parts[0] for path in ROOT.glob("*/**/*.py")}
    code = {name for name in folders if not name.startswith(".")} - {"build", "dist", "mutants"}
    assert code <= {"crawler", "spiders", "storage", "tests"}
