"""The benchmark of dates: `parse_date` compared with other parsers, over the same printed forms.

python -m tests.benchmarks.dates [--facts FILE] [--write]

The forms are those of tests/support/date_forms.py, and those of a table of real ones where that lies beside the checkout.
"""

import argparse
import csv
import os
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import dateutil.parser

from crawler.dates.parser import parse_date
from tests.benchmarks.document import replace_section
from tests.support.date_forms import CASES, NOW, shown

ROOT = Path(__file__).parents[2]
FACTS = Path(os.environ.get("WARRAQ_SHARED", ROOT.parent / "shared")) / "facts" / "arabic_dates.tsv"
ROUNDS = 7
Case = tuple[str, str]  # printed, expected


class Engine(NamedTuple):
    """read: what it gives for a text, which is timed. show: that as the tables write it, like what is expected."""

    name: str
    read: Callable[[str], Any]
    show: Callable[[Any, str], str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.dates", description=__doc__.splitlines()[0])
    parser.add_argument("--facts", type=Path, default=FACTS, help="a table of forms: input, expected, tab between")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    given = parser.parse_args(arguments)
    lines = list(measured(list(engines()), tables(given.facts)))
    print(*lines, sep="\n")
    if given.write:
        replace_section(ROOT / "docs" / "benchmarks.md", "dates", "\n".join(lines))
    return 0


def tables(facts: Path) -> dict[str, list[Case]]:
    """Name to forms: the shipped ones, and the others where they are there."""
    forms = {"shipped forms": list(CASES)}
    if facts.exists():
        with facts.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            forms["forms mined from real pages"] = [(row["input"], row["expected"]) for row in rows]
    return forms


def engines() -> Iterator[Engine]:
    """Warraq and the installed peers (extra `bench`)."""
    yield Engine("**Warraq**", lambda text: parse_date(text, now=NOW, timezone="Asia/Riyadh"), shown)
    yield Engine(
        f"dateutil {version('python-dateutil')}, day first",
        lambda text: dateutil.parser.parse(text, dayfirst=True),
        _like,
    )
    try:
        import dateparser
    except ImportError:
        return
    settings = {"RELATIVE_BASE": NOW.replace(tzinfo=None), "DATE_ORDER": "DMY"}
    yield Engine(
        f"dateparser {version('dateparser')}, Arabic and English",
        lambda text: dateparser.parse(text, languages=["ar", "en"], settings=settings),
        _like,
    )


def _like(moment: datetime | None, like: str) -> str:
    """A peer's value cut to the expected precision, in the peer's favour, because peers state no precision."""
    if moment is None:
        return ""
    if len(like) <= 10:
        return moment.strftime("%Y-%m-%d")[: len(like) or 10]
    value = moment if moment.tzinfo else moment.replace(tzinfo=NOW.tzinfo)
    return value.isoformat(timespec="minutes")[: 22 if len(like) > 16 else 16]


def measured(peers: list[Engine], named: dict[str, list[Case]]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "## Dates"
    yield ""
    yield "Written by `python -m tests.benchmarks.dates --write`."
    for name, cases in named.items():
        took = {engine.name: float("inf") for engine in peers}
        for _ in range(ROUNDS):
            for engine in peers:  # in turn, so that none has a quieter machine
                took[engine.name] = min(took[engine.name], _seconds(engine, cases))
        yield from ("", f"### {len(cases)} {name}", "", "| parser | right | none | wrong | µs a call | × |")
        yield "| --- | --: | --: | --: | --: | --: |"
        for engine in peers:
            right, none, wrong = _scores(engine, cases)
            cost = took[engine.name] / len(cases) * 1e6
            times = took[engine.name] / took[peers[0].name]
            yield f"| {engine.name} | {right} | {none} | {wrong} | {cost:.0f} | {times:.1f} |"
    yield ""
    yield f"{datetime.now(UTC):%Y-%m-%d}; the fastest of {ROUNDS} rounds, the parsers taking turns. *none*: a form"
    yield "that states a date, and was not read; *wrong*: any other value than the stated one, or one where none is."


def _seconds(engine: Engine, cases: list[Case]) -> float:
    began = time.perf_counter()
    for text, _ in cases:
        _read(engine, text)
    return time.perf_counter() - began


def _read(engine: Engine, text: str) -> Any:
    try:
        return engine.read(text)
    except (ValueError, OverflowError):  # dateutil's way to say that it found none
        return None


def _scores(engine: Engine, cases: list[Case]) -> tuple[int, int, int]:
    answers = [(engine.show(_read(engine, text), expected), expected) for text, expected in cases]
    right = sum(1 for got, expected in answers if got == expected)
    none = sum(1 for got, expected in answers if expected and not got)
    return right, none, len(answers) - right - none


if __name__ == "__main__":
    raise SystemExit(main())
