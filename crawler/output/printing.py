"""Printing on stdout: JSON for programs, tables and plain lines for people. JSON does not load Rich."""

import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import orjson

from crawler.translation import terminal_cell

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

# C0 and C1 controls except tab and newline, and bidi overrides: a hostile headline must not control the terminal.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Many terminals lay out every line from left to right. Between two of these marks the digits and dots at the ends of
# an Arabic line stay in place (seen in VTE, 2026-11; mlterm works with and without them).
_RIGHT_TO_LEFT = "\u200f"
_ARABIC = re.compile("[\u0600-\u06ff]")
PIPE_WIDTH = 120
_FIRST_WIDE = "\u1100"  # no earlier letter is two columns wide
_FORCES_RICH = ("FORCE_COLOR", "TTY_COMPATIBLE", "JUPYTER_COLUMNS")  # with these, Rich treats any stream as a terminal


def console() -> "Console":
    """A Rich console on stdout, as wide as the terminal; in a pipe 120 columns, so that tables fit. No emoji codes."""
    from rich.console import Console

    out = Console(highlight=False, emoji=False, soft_wrap=False)
    if not out.is_terminal:
        out = Console(highlight=False, emoji=False, width=PIPE_WIDTH, no_color=True)
    return out


def is_plain_stdout() -> bool:
    """Whether Rich would print a line on stdout unchanged. It takes 0.05 s of CPU to load."""
    return not sys.stdout.isatty() and not any(name in os.environ for name in _FORCES_RICH)


def fits_line(text: str) -> bool:
    """Whether Rich would certainly leave the text on one line in a pipe."""
    return sum(1 if letter < _FIRST_WIDE else 2 for letter in text) <= PIPE_WIDTH


def print_json(value: Any) -> None:
    """Print one JSON document, indented, in UTF-8."""
    sys.stdout.flush()
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def print_json_line(value: Any) -> None:
    """Print a JSON document on one line, for a command that prints several."""
    sys.stdout.flush()
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def safe(text: Any) -> str:
    """Replace the characters of a page's text that control a terminal; "" for None."""
    return "" if text is None else _UNSAFE.sub("\ufffd", str(text))


def one_line(text: Any) -> str:
    """`safe` text on one line."""
    return " ".join(safe(text).split())


def print_prose(out: "Console", text: "Text | str", *, style: str = "", margin: str = "  ") -> None:
    """Print text of a page, wrapped at words; in a pipe, unwrapped and without direction marks.

    style: style of a str. margin: start of the first line; the other lines start with as many blanks.
    """
    from rich.text import Text

    if isinstance(text, str):
        text = Text(text, style=style)
    for paragraph in text.split("\n", allow_blank=True):
        lines = paragraph.wrap(out, max(20, out.width - len(margin))) if out.is_terminal else [paragraph]
        for line in lines:
            line.rstrip()
            mark = _RIGHT_TO_LEFT if out.is_terminal and _ARABIC.search(line.plain) else ""
            line_text = Text(margin + mark).append_text(line).append(mark)
            out.print(line_text if line.plain else "", soft_wrap=True)
            margin = " " * len(margin)


def minute(instant: str | None) -> str:
    """An ISO 8601 time for tables: "2026-11-24 14:09", in its own offset; "-" for None."""
    return "-" if instant is None else instant[:16].replace("T", " ")


def table(
    title: str | None,
    columns: list[str],
    rows: list[list[Any]],
    *,
    right: tuple[int, ...] = (),
    unbroken: tuple[int, ...] = (),
) -> "Table":
    """A plain table; columns with an index in `right` are right-aligned, those in `unbroken` are not wrapped."""
    from rich.table import Table
    from rich.text import Text

    rich_table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for index, name in enumerate(columns):
        numeric = index in right
        rich_table.add_column(
            terminal_cell(name),
            justify="right" if numeric else "left",
            no_wrap=numeric or index in unbroken,
            overflow="fold",
        )
    for row in rows:
        rich_table.add_row(
            *(Text(f"{cell:,}" if isinstance(cell, int) else terminal_cell(one_line(cell))) for cell in row)
        )
    return rich_table


def one_for_one(text: str) -> str:
    """`safe` text on one line, one character for each of the text, so that spans stay valid."""
    return re.sub(r"\s", " ", safe(text))


def marked(text: str, spans: Iterable[tuple[int, int]]) -> "Text":
    """Text with its spans, the words of the query, in bold."""
    from rich.text import Text

    marked_text = Text(one_for_one(text))
    for start, end in spans:
        marked_text.stylize("bold yellow", start, end)
    return marked_text
