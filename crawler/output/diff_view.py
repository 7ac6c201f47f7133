"""Printing of the differences between two versions or two texts."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from crawler.output.printing import console, minute, one_line, print_prose, safe
from crawler.translation import _, counted, padded, terminal_line

# Also struck out and underlined, for readers who do not see colours.
_STYLES = {"delete": "red strike", "insert": "green underline"}
_SMALL = {"delete": "yellow strike", "insert": "yellow underline"}
_MOVED = {"delete": "blue strike", "insert": "blue underline"}
_MARKS = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
# A right-to-left mark on both sides of each bracket: beside a number, a terminal would move it to the other side.
_MARK = "\u200f"


def print_difference(record: dict[str, Any], difference: dict[str, Any], *, everything: bool = False) -> None:
    """Print the result of `queries.difference`: headline, metadata, then the paragraphs that changed."""
    out = console()
    out.print(f"[{record['id']}] {one_line(record['url'])}", markup=False, soft_wrap=True)
    for sign, side in (("-", "old"), ("+", "new")):
        about = difference[side]
        line = _("version {number}, seen {at}").format(number=about["number"], at=minute(about["seen_at"]))
        out.print(f"{sign} {terminal_line(line)}", style="dim", markup=False)
    words, changed = difference["words"], _(", ").join(map(_, difference["changed"])) or _("nothing")
    line = _("changed: {parts}; words: {deleted} deleted, {inserted} inserted")
    out.print(terminal_line(line.format(parts=changed, **words)), markup=False)
    out.print()
    for text in paragraphs(difference["title"], coloured=_coloured(out)):
        text.stylize("bold")
        print_prose(out, text)
    for name, (before, after) in difference["metadata"].items():
        label = "  " + padded(_(name) + ":", 14)
        change = Text.assemble((label, "dim"), *_change(before, after, coloured=_coloured(out)))
        out.print(change, soft_wrap=True)
    out.print()
    print_segments(out, difference["text"], everything=everything)


def print_segments(out: Console, segments: Iterable[dict[str, Any]], *, everything: bool = False) -> None:
    """Print the changed paragraphs, and the number of unchanged ones between them. everything: print these, too."""
    skipped = 0
    for text in paragraphs(segments, coloured=_coloured(out)):
        if not everything and not text.spans:
            skipped += 1
            continue
        skipped = _print_skipped(out, skipped)
        print_prose(out, text)
        out.print()
    _print_skipped(out, skipped)


def _coloured(out: Console) -> bool:
    return out.is_terminal and not out.no_color and out.color_system is not None


def _print_skipped(out: Console, count: int) -> int:
    if count:
        line = _("… 1 paragraph unchanged …") if count == 1 else counted("… {n} paragraphs unchanged …", count)
        out.print(f"  {terminal_line(line)}", style="dim", markup=False)
        out.print()
    return 0


def paragraphs(segments: Iterable[dict[str, Any]], *, coloured: bool) -> Iterator[Text]:
    """The paragraphs of both texts in order, deleted ones included, with spans in those that changed.

    segments: from storage.diff.word_diff, in JSON. coloured: mark changes by colours, else by brackets.
    """
    line = Text()
    for segment in segments:
        only_break = not segment["text"].strip() and segment["op"] != "equal"
        for piece in re.split(r"(\s*\n\s*)", segment["text"]):
            if "\n" not in piece:
                line.append_text(_marked(piece, segment, coloured=coloured))
                continue
            if only_break:
                line.append_text(_marked("¶", segment, coloured=coloured))
            if line.plain and not (only_break and segment["op"] == "delete"):
                yield line
                line = Text()
    if line.plain:
        yield line


def _marked(piece: str, segment: dict[str, Any], *, coloured: bool) -> Text:
    """A piece of a segment with marks around it, except for blanks at its ends."""
    core, op = piece.strip(), segment["op"]
    if not piece or op == "equal":
        return Text(safe(piece))
    styles = _MOVED if segment.get("moved") else _SMALL if segment.get("small") else _STYLES
    if coloured:
        return _styled(safe(piece), styles[op])
    before, _, after = piece.partition(core) if core else ("", "", "")
    opening, closing = _MARKS[op]
    marked = f"{_MARK}{opening}{_MARK}{'⇄ ' if segment.get('moved') else ''}{safe(core or '␣')}{_MARK}{closing}{_MARK}"
    return Text(before).append_text(_styled(marked, styles[op])).append(after)


def _styled(text: str, style: str) -> Text:
    styled = Text(text)
    styled.stylize(style)
    return styled


def _change(before: Any, after: Any, *, coloured: bool) -> Iterator[Text]:
    for op, value in (("delete", before), ("insert", after)):
        text = "، ".join(value) if isinstance(value, list) else value
        if text:
            yield _marked(one_line(text), {"op": op}, coloured=coloured)
            yield Text(" ")
