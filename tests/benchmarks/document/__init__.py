"""Replaces a section of a document that a program writes: the text between its two marks."""

import re
from pathlib import Path


def replace_section(path: Path, name: str, text: str) -> None:
    """Put the text between the marks of that name; at the end where the document has none yet."""
    begin, end = f"<!-- {name}: written by a program -->", f"<!-- {name}: end -->"
    old = path.read_text(encoding="utf-8") if path.exists() else "# Benchmarks\n"
    section = f"{begin}\n{text.strip()}\n{end}"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    new, replacements = pattern.subn(lambda _: section, old)
    if not replacements:
        new = f"{old.rstrip()}\n\n{section}\n"
    path.write_text(new, encoding="utf-8")
