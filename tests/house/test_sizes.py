"""Rooms that can be looked over: few files a folder, short files, and an idea in the first line of each."""

import ast

from tests.support.source_tree import ROOT, python_files


def test_the_first_line_of_a_module_says_its_idea() -> None:
    files = python_files("crawler", "spiders", "storage")
    assert not [
        str(path.relative_to(ROOT))
        for path in files
        if not (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").strip()
    ]
