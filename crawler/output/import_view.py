"""Printing of the results of `warraq import` for each file."""

from typing import Any

from crawler.output.printing import one_line
from crawler.translation import _, terminal_line
from storage.messages import message

EXAMPLES = 20  # the most pages that are listed one by one


def print_results(results: list[dict[str, Any]]) -> None:
    """Print the counts and problems of each file."""
    for each in results:
        if "records" in each:
            _print_texts(each)
        else:
            _print_pages(each)


def _print_texts(each: dict[str, Any]) -> None:
    skipped, rejected = sum(each["skipped"].values()), sum(each["rejects"].values())
    line = message(
        "{file!s} ({format!s}): {records:,} records; {articles:,} new articles, {changed:,} versions, {known:,} known, "
        "{skipped:,} left out, {rejected:,} rejected",
        file=each["file"],
        format=each["format"] or "empty",
        records=each["records"],
        articles=each["articles"],
        changed=each["changed"],
        known=each["known"],
        skipped=skipped,
        rejected=rejected,
    )
    print(terminal_line(_(line)))
    _print_counts("left out", each["skipped"])
    _print_counts("rejected", each["rejects"])
    if each["undated"]:
        print(f"  {each['undated']:,} have a date that can't be read; they are undated")
    for name in each["absent"]:
        print(f"  no record has a value for {name!r}, which --map names")
    _print_list("damaged", each["damaged"])
    _print_list("rejected", each["examples"], sum(each["rejects"].values()))


def _print_pages(each: dict[str, Any]) -> None:
    own = each.get("own_files", 0)
    line = message(
        "{file}: {captures:,} captures kept, {known:,} known, {others:,} no pages; {articles:,} new articles, "
        "{changed:,} versions",
        file=each["file"] or message("{n} of the archive", n=own),
        captures=each["captures"],
        known=each["known"],
        others=each["others"],
        articles=each["articles"],
        changed=each["changed"],
    )
    print(terminal_line(_(line)))
    if each["file"] is None:
        print(
            "  the archive's own: they stay where they are, and what had no row has one now, as after `warraq repair`"
        )
    _print_counts("left out", each.get("skipped", {}))
    _print_counts("rejected", each.get("rejects", {}))
    _print_list("can't be read", each["unreadable"])
    _print_list("damaged", each.get("damaged", []))


def _print_counts(title: str, counts: dict[str, int]) -> None:
    if counts:
        parts = (f"{number:,} {reason}" for reason, number in sorted(counts.items()))
        print(f"  {title}: {', '.join(parts)}")


def _print_list(title: str, lines: list[str], total: int | None = None) -> None:
    for line in lines[:EXAMPLES]:
        print(f"  {title}: {one_line(line)}")
    left = (len(lines) if total is None else total) - len(lines[:EXAMPLES])
    if left > 0 and lines:
        print(f"  … and {left:,} more that {'are damaged' if title == 'damaged' else title}")
