"""Simulates schedules of crawls and revisits.

python -m tests.benchmarks.schedule [--seed N] [--sites N] [--days N] [--write]

It compares the product's schedule with the fixed steps that it replaced, for the same number of requests, and with the
optimum for known rates of edits. No clock, no network; the product's own functions decide (storage.revisits,
storage.schedule).
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.document import replace_section
from tests.benchmarks.schedule import studies
from tests.benchmarks.schedule.comparison import PRODUCT, Measured, at_requests, at_requests_in_all, measure
from tests.benchmarks.schedule.crawls import Schedule
from tests.benchmarks.schedule.curves import Axis, Point, draw
from tests.benchmarks.schedule.world import SimulatedSite, make_sites

DOCUMENT = Path(__file__).parents[3] / "docs" / "schedule.md"
PLOT = DOCUMENT.with_suffix(".svg")
PACES_MIN = (1, 60, 120, 240, 372, 600, 1000, 1800)
REQUESTS = Axis("requests a site and day, without revisits", (90, 120, 160, 200, 300, 400))
MINUTES = Axis("median delay of a new article, minutes (simulated)", (5, 10, 20, 40, 80, 160, 320))
POLLS = (4, 6, 8, 12, 24, 48, 96, 144)
TEN_MINUTES = replace(PRODUCT, pace=timedelta(minutes=1))  # every site at the shortest interval


def main(arguments: Sequence[str] | None = None) -> int:
    """Simulate, print, and with --write put tables and plot into the documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--sites", type=int, default=18)
    parser.add_argument("--days", type=float, default=16.0)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    sites = make_sites(options.seed, options.sites, days=options.days)
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "studies": lambda: _studies(options.seed),
        "delays": lambda: _delays(sites, options.days, PLOT if options.write else None),
        "edits": lambda: _edits(sites, options.days),
    }
    for name, part in parts.items():
        lines = []
        for line in part():
            print(line, flush=True)
            lines.append(line)
        if options.write:
            replace_section(DOCUMENT, f"schedule, {name}", "\n".join(lines))
    return 0


def _studies(seed: int) -> Iterator[str]:
    articles = studies.sampled_articles(seed)
    yield "| fixed visits | edits seen: studies | here | median lag: studies | here |"
    yield "| --- | --- | --- | --- | --- |"
    for study in studies.STUDIES:
        seen, lag_h = studies.seen_of(study, articles)
        yield f"| {study.name} | {study.seen:.0f} % | {seen:.0f} % | {study.lag_h:.1f} h | {lag_h:.1f} h |"


def _delays(sites: Sequence[SimulatedSite], days: float, plot: Path | None) -> Iterator[str]:
    """The delay of new articles, by requests."""
    due, hourly = Schedule(), Schedule(every_h=1.0)
    yield "| schedule | requests a site and day, without revisits | crawls | median delay of a new article |"
    yield "| --- | --- | --- | --- |"
    measured = {}
    for name, old in (("due", due), ("hourly", hourly)):
        before = measured[name] = measure(sites, old, days=days, revisits=False)
        after = measure(sites, at_requests(sites, before.requests, days=days), days=days, revisits=False)
        yield _delay(f"fixed steps, {name}", before)
        yield _delay("the present one, at as many requests", after)
    shipped = measure(sites, PRODUCT, days=days, revisits=False)
    yield _delay("**the present one, as it is**", shipped)
    most = measure(sites, TEN_MINUTES, days=days, revisits=False)
    yield _delay(
        f"every ten minutes; sites of twenty articles a day and more: {most.largest_delay_min:.0f} min at the most",
        most,
    )
    if plot is None:
        return
    paced = [replace(PRODUCT, pace=timedelta(minutes=pace)) for pace in PACES_MIN]
    fixed = [Schedule(every_h=24 / polls) for polls in POLLS]
    lines = {
        "fixed intervals": [_point(measure(sites, each, days=days, revisits=False)) for each in fixed],
        "by the square root of what is new": [
            _point(measure(sites, each, days=days, revisits=False)) for each in paced
        ],
    }
    marks = {"fixed steps, due": _point(measured["due"]), "as it is": _point(shipped)}
    plot.write_text(draw(lines, marks, REQUESTS, MINUTES), encoding="utf-8")


def _edits(sites: Sequence[SimulatedSite], days: float) -> Iterator[str]:
    """The edits seen, and the delay of new articles, by requests in all."""
    yield (
        "| schedule | requests a site and day | revisits an article | median delay of a new article | edits since publication seen "
        "| since it was saved | of the optimum | where a site states no changes, doubtful, good ones | median lag | deletions seen, median lag |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
    gaps = []
    for name, old in (("due", Schedule()), ("hourly", Schedule(every_h=1.0))):
        before = measure(sites, old, days=days)
        after = at_requests_in_all(sites, before.in_all, days=days)
        yield _edit(f"fixed steps, {name}", before)
        yield _edit("the present one, at as many requests", after)
        gaps += [before.gap_s, after.gap_s]
    shipped = measure(sites, PRODUCT, days=days)
    yield _edit("**the present one, as it is**", shipped)
    yield f"\nThe shortest time between two requests to a host was {min(*gaps, shipped.gap_s):.2f} s, at a delay of 2 s."


def _delay(name: str, each: Measured) -> str:
    return f"| {name} | {each.requests:.0f} | {each.crawls:.0f} | {each.delay_min:.0f} min |"


def _edit(name: str, each: Measured) -> str:
    by_signals = ", ".join(f"{share:.2f}" for _, share in each.of_optimum)
    ratio = each.edits / each.optimal
    return (
        f"| {name} | {each.in_all:.0f} | {each.revisits:.1f} | {each.delay_min:.0f} min | {100 * each.of_all:.0f} % | {100 * each.edits:.0f} % | {ratio:.2f} | {by_signals} | {each.lag_h:.1f} h "
        f"| {100 * each.deletions:.0f} %, {each.deletion_h:.0f} h |"
    )


def _point(each: Measured) -> Point:
    return each.requests, each.delay_min


if __name__ == "__main__":
    sys.exit(main())
