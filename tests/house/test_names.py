"""One word per idea: no two files and no two classes share a name."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.support.source_tree import python_files


def names(path: Path) -> Iterator[tuple[str, str]]:
    """Kind and name of the module, its classes, functions and parameters."""
    if path.stem != "__init__":
        yield "module", path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        if isinstance(node, ast.ClassDef):
            yield "class", node.name
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield "function", node.name
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            every = node.args
            for each in (*every.posonlyargs, *every.args, *every.kwonlyargs, every.vararg, every.kwarg):
                if each is not None:
                    yield "parameter", each.arg


def test_no_two_modules_and_no_two_classes_share_a_name() -> None:
    both = Counter[str]()
    for path in python_files("crawler", "storage"):
        both.update(f"{kind} {name}" for kind, name in names(path) if kind in ("module", "class"))
    assert {name: count for name, count in both.items() if count > 1} == {}
