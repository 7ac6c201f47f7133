"""The needs of 5,000 and 100,000 outlets.

python -m tests.benchmarks.scale [--part NAME] [--seed N] [--rows N] [--write]

"measured" takes minutes, "simulated" some minutes of processor time, "partitions of …" an hour for each table; the
results of these two are stored beside this file, and "estimated" computes from them in a second.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks.archive import machine
from tests.benchmarks.archive_parts.saves import cores
from tests.benchmarks.document import replace_section
from tests.benchmarks.scale import estimates, lags, measured, partitions
from tests.benchmarks.scale.partition_tables import KINDS, Kind
from tests.benchmarks.scale.wall_plot import draw_walls

POSTGRES = os.environ.get("WARRAQ_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test")
DOCUMENT = Path(__file__).parents[3] / "docs" / "scale.md"
SIZES = (5_000, 100_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, simulate, print, and with --write put tables and plots into the documents."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scale", description=__doc__)
    parts: dict[str, Callable[[argparse.Namespace], Iterator[str]]] = {
        "measured": _measured,
        "simulated": _simulated,
        "estimated": _estimated,
        **{f"partitions of {kind.name}": partial(_partitions, kind) for kind in KINDS},
    }
    parser.add_argument("--part", action="append", choices=list(parts), help="only this one; repeatable")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--processes", type=int, default=cores(), help="of the simulation (%(default)s)")
    parser.add_argument("--rows", type=int, default=10_000_000, help="of each table in partitions (%(default)s)")
    parser.add_argument(
        "--page-bytes", type=float, default=estimates.PAGE_BYTES, help="of a page in WARC (%(default)s)"
    )
    parser.add_argument("--core-hour", type=float, help="price of an hour of a core")
    parser.add_argument("--gb-month", type=float, help="price of a GB for a month")
    parser.add_argument("--write", action="store_true", help=f"write the figures into {DOCUMENT.name}")
    options = parser.parse_args(arguments)
    for name in options.part or parts:
        lines = []
        for line in parts[name](options):
            print(line, flush=True)
            lines.append(line)
        if options.write:
            replace_section(DOCUMENT, f"scale, {name}", "\n".join(lines))
    return 0


def _measured(options: argparse.Namespace) -> Iterator[str]:
    costs = measured.measure(POSTGRES)
    if options.write:
        measured.FILE.write_text(costs.as_json(), encoding="utf-8")
    yield from measured.lines_of(costs)


def _simulated(options: argparse.Namespace) -> Iterator[str]:
    results = lags.run_all(options.seed, options.processes)
    if options.write:
        lags.FILE.write_text(lags.as_json(results), encoding="utf-8")
        DOCUMENT.with_name("scale-lags.svg").write_text(lags.plot(results), encoding="utf-8")
    yield from lags.lines_of(results)


def _estimated(options: argparse.Namespace) -> Iterator[str]:
    costs, results = measured.read(), lags.read()
    day = lags.calm_day(results)
    fleets = {size: estimates.needs(size, day.day, costs, page_bytes=options.page_bytes) for size in SIZES}
    yield from estimates.needs_lines(fleets)
    prices = estimates.Prices(options.core_hour, options.gb_month)
    for fleet in fleets.values():
        yield from ("", *estimates.million_lines(fleet, prices))
    walls = estimates.walls(day.day, costs, lags.busiest(day))
    yield from ("", *estimates.wall_lines(walls))
    if options.write:
        DOCUMENT.with_name("scale-walls.svg").write_text(draw_walls(walls), encoding="utf-8")


def _partitions(kind: Kind, options: argparse.Namespace) -> Iterator[str]:
    with partitions.archive_tables(POSTGRES) as server:
        buffers = partitions.shared_buffers(server)
        yield f"{machine()} PostgreSQL {server.info.server_version // 10000}, {buffers / 2**20:.0f} MB of shared buffers."
        yield from (
            "",
            *partitions.lines_of(kind, partitions.try_layouts(server, kind, options.rows), options.rows, buffers),
        )


if __name__ == "__main__":
    sys.exit(main())
