"""The benchmark of edit classes: how many labelled edits get their class, in sets that were written for it.

python -m tests.benchmarks.edits [--facts FILE] [--wrong SET] [--write]

An edit is right where its class is among those given and at most one other is.
"""

import argparse
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from storage.diff import EDIT_CLASSES, edit_classes
from tests.benchmarks.document import replace_section
from tests.benchmarks.edit_pairs.labelled_edits import LabelledEdit, made_edits, read_edits

ROOT = Path(__file__).parents[2]
FACTS = Path(os.environ.get("WARRAQ_SHARED", ROOT.parent / "shared")) / "facts" / "edits.jsonl"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the tables into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.edits", description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=Path, default=FACTS, help="more labelled edits: JSONL of before, after, class")
    parser.add_argument("--wrong", help="print the edits of this set that are not right")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    given = parser.parse_args(arguments)
    sets = labelled_sets(given.facts)
    lines = list(measured(sets))
    print(*lines, sep="\n")
    for edit in sets.get(given.wrong, ()):
        classes: list[str] = list(edit_classes(edit.before, edit.after))
        if not edit.is_right(classes):
            print(f"{edit.wanted}: {', '.join(classes)}: {edit.what}")
    if given.write:
        replace_section(ROOT / "docs" / "benchmarks.md", "edits", "\n".join(lines))
    return 0


def labelled_sets(facts: Path) -> dict[str, list[LabelledEdit]]:
    """Name to edits: the two shipped sets, and the others where they are there."""
    sets = {name: made_edits(name) for name in ("developed", "held_out")}
    return sets | ({"facts": read_edits(facts)} if facts.exists() else {})


def measured(sets: dict[str, list[LabelledEdit]]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "## Edit classes"
    yield ""
    yield "Written by `python -m tests.benchmarks.edits --write`. *right*: the class is among those given, and at most"
    yield "one other is. *precise*: of the times that the class was given, the share in which it is true of the edit."
    names = {
        "developed": "edits on which the rules were written",
        "held_out": "edits that were written before the rules, and held out",
        "facts": "edits written by others",
    }
    for name, edits in sets.items():
        right, seen, given, true = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
        for edit in edits:
            classes = edit_classes(edit.before, edit.after)
            seen[edit.wanted] += 1
            right[edit.wanted] += edit.is_right(list(classes))
            given.update(classes)
            true.update(each for each in classes if each == edit.wanted or each in edit.also)
        yield from ("", f"### {len(edits)} {names[name]}", "", "| class | edits | right | given | precise |")
        yield "| --- | --: | --: | --: | --: |"
        for each in EDIT_CLASSES:
            if seen[each] or given[each]:
                yield f"| {each} | {seen[each]} | {right[each]} | {given[each]} | {_share(true[each], given[each])} |"
        total, all_given = right.total(), given.total()
        yield f"| **all** | {len(edits)} | **{total}** | {all_given} | {_share(true.total(), all_given)} |"
    yield ""
    yield "Of edits written by others only one class is known, so that *precise* counts any other as false."


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else ""


if __name__ == "__main__":
    raise SystemExit(main())
