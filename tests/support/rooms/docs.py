"""Parts of the documentation: a page's text, its fenced blocks, sections and tables."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def fences(page: str) -> list[str]:
    """The fenced blocks of a page, without the fences."""
    return re.findall(r"^```\w*\n(.*?)^```", page, re.MULTILINE | re.DOTALL)


def keys(page: str) -> set[str]:
    """The names in backticks in the first cells of its tables."""
    cells = re.findall(r"^\| ([^|]*?) \|", page, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
