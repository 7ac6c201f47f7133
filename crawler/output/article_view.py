"""Printing of articles and search hits."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from crawler.output.printing import (
    console,
    fits_line,
    is_plain_stdout,
    marked,
    one_for_one,
    one_line,
    print_prose,
    safe,
)
from crawler.translation import _, padded
from storage.messages import message

if TYPE_CHECKING:
    from rich.console import Console

    from storage.search.engine import Hit

_ABOUT = (
    (message("url"), "url"),
    (message("by"), "authors"),
    (message("agency"), "agency"),
    (message("published"), "published_at"),
    (message("modified"), "modified_at"),
    (message("section"), "section"),
    (message("categories"), "categories"),
    (message("tags"), "tags"),
    (message("image"), "image"),
    (message("version"), "version"),
    (message("status"), "status"),
    (message("first seen"), "first_seen_at"),
    (message("last seen"), "last_seen_at"),
    (message("imported"), "imported_from"),
)


def print_article(record: dict[str, Any]) -> None:
    """Print an article: headline, metadata, text."""
    from rich.text import Text

    out = console()
    print_prose(out, one_line(record["title"]), style="bold")
    if record.get("subtitle"):
        print_prose(out, one_line(record["subtitle"]), style="italic")
    out.print()
    for name, key in _ABOUT:
        value = record.get(key)
        if value:
            text = "، ".join(value) if isinstance(value, list) else value
            # The terminal breaks the line, so that a URL can be copied in one piece.
            value_text = one_line(_(text) if key == "status" else text)
            about = Text.assemble(("  " + padded(_(name) + ":", 12), "dim"), value_text)
            out.print(about, soft_wrap=True)
    out.print()
    print_prose(out, safe(record["text"]))


# Words for `Hit.matched_as`; an exact match needs none.
MATCHED_AS = {
    "folded": message("another spelling"),
    "stem": message("an inflected form"),
    "lemma": message("a word of the same lemma"),
}


def print_hits(lines: Sequence[str], hits: Sequence["Hit"]) -> None:
    """Print the result of a search: lines about it, and its hits."""
    plain = [each for hit in hits for each in ("", *_plain_lines(hit))]
    if is_plain_stdout() and all(map(fits_line, plain[2::4])):
        sys.stdout.write("\n".join([*lines, *plain]) + "\n")
        return
    out = console()
    for line in lines:
        out.print(line, markup=False)
    for hit in hits:
        out.print()
        print_hit(out, hit)


def _plain_lines(hit: "Hit") -> tuple[str, str, str]:
    """The lines of a hit as `print_hit` prints them, without loading Rich."""
    title, snippet = (one_for_one(text).rstrip() for text in (hit.title, hit.snippet))
    return f"[{hit.id}] {title}", "    " + _about_hit(hit), snippet and f"    {snippet}"


def print_hit(out: "Console", hit: "Hit") -> None:
    """Print one search hit: number and headline; date, site and section; the text around the words."""
    print_prose(out, marked(hit.title, hit.title_spans), margin=f"[{hit.id}] ")
    out.print("    " + _about_hit(hit), style="dim", markup=False)
    print_prose(out, marked(hit.snippet, hit.spans), margin="    ")


def _about_hit(hit: "Hit") -> str:
    form = MATCHED_AS.get(hit.matched_as or "")
    about = (hit.published_at, hit.site, hit.section, form and _("matched as {form}").format(form=_(form)))
    return " · ".join(one_line(part) for part in about if part)
