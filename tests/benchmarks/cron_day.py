"""Simulates a day of cron in minutes.

python -m tests.benchmarks.cron_day [--outlets N] [--hours N] [--part all|due|revisits]

A run starts every hour of a fleet's own clock, while the one before still waits for the outlets that fail (a third:
hanging, failing, trapped, blocked, redesigned). It reports articles that were fetched twice or missed, and the daily
cost of an outlet.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path

from storage.db.database import open_readonly
from storage.queries import select_articles
from tests.benchmarks.document import replace_section
from tests.support.fleet.cron_days import HourlyRun, run_hours
from tests.support.fleet.outlets_by_clock import EPOCH, FleetServer, Outlet, fleet, serve_fleet, url_of
from tests.support.fleet.steady_state import live_through

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks-fleet.md"
MONTH = timedelta(days=31)
PATIENCE_S = 3600.0
# Far above any stall of a busy machine: an answer that comes late is asked for again, which is no fault of a crawl's.
TIMEOUT_S, HANG_S = 20.0, 30.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the figures into the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=180)
    parser.add_argument("--hours", type=int, default=24)
    parser.add_argument("--part", choices=("all", "due", "revisits"), action="append")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    parts: dict[str, Callable[[Path], Iterator[str]]] = {
        "all": lambda folder: _all(folder, options.outlets, options.hours),
        "due": lambda folder: _steady(folder, 4, options.hours, only_due=True, revisits="off"),
        "revisits": lambda folder: _steady(folder, 2, options.hours, only_due=True, revisits="normal"),
    }
    for name in options.part or parts:
        with tempfile.TemporaryDirectory() as folder:
            lines = []
            for line in parts[name](Path(folder) / "archive"):
                print(line, flush=True)
                lines.append(line)
        if options.write:
            replace_section(DOCUMENT, f"cron day, {name}", "\n".join(lines))
    return 0


def _all(folder: Path, count: int, hours: int) -> Iterator[str]:
    outlets = fleet(count)
    began = time.monotonic()
    with serve_fleet(outlets, EPOCH + timedelta(hours=6), hang_s=HANG_S) as server:
        # The first run, of what was published before, is not counted.
        runs = run_hours(server, folder, outlets, hours + 1, patience_s=PATIENCE_S, seconds=3000.0, timeout_s=TIMEOUT_S)
        last = server.at - timedelta(hours=1)
        start = runs[1].first
        healthy = [outlet for outlet in outlets if outlet.conduct in {"healthy", "redesigned"}]
        kept = _kept(folder)
        wrong = [
            each.name
            for each in healthy
            if kept[each.name] != {url_of(each, n): 1 for n in range(each.newest(last) + 1)}
        ]
        twice = sum(max(_articles(server, outlet, 0).values(), default=0) > 1 for outlet in healthy)
        skipped = sum(run.told[outlet.name]["status"] != "done" for run in runs for outlet in healthy)
        a_day = [server.asked(outlet, start).total() * 24 / hours for outlet in healthy]
        yield f"| {count} outlets, {hours} hourly runs of all, {time.monotonic() - began:.0f} s | |"
        yield "| --- | --- |"
        yield f"| requests an outlet and day, healthy or redesigned | {sum(a_day) / len(a_day):.0f} (most {max(a_day):.0f}) |"
        yield f"| of these, outlets that lack an article, or have one too many | {len(wrong)} of {len(healthy)} |"
        yield f"| of these, outlets of which an article was fetched twice | {twice} |"
        yield f"| crawls of these that were not done | {skipped} of {len(runs) * len(healthy)} |"
        for conduct in ("hanging", "failing", "trapped", "blocked"):
            yield f"| {conduct}: how its crawls ended | {_statuses(runs, outlets, conduct)} |"


def _statuses(runs: Sequence[HourlyRun], outlets: Sequence[Outlet], conduct: str) -> str:
    ends = Counter(run.told[each.name]["status"] for run in runs for each in outlets if each.conduct == conduct)
    return ", ".join(f"{count} {status}" for status, count in ends.most_common())


def _steady(folder: Path, count: int, hours: int, *, only_due: bool, revisits: str) -> Iterator[str]:
    """Healthy outlets after a month: the second day of `crawl --due` in cron."""
    outlets = [Outlet(f"outlet_{n:03}") for n in range(count)]
    until = EPOCH + MONTH
    live_through(folder, outlets, until)
    with serve_fleet(outlets, until) as server:
        runs = run_hours(
            server, folder, outlets, hours + 24, patience_s=PATIENCE_S, only_due=only_due, revisits=revisits
        )
        start = runs[24].first
        a_day = [server.asked(outlet, start).total() * 24 / hours for outlet in outlets]
        visits = [_articles(server, outlet, start).total() for outlet in outlets]
        crawls = sum(outlet.name in run.told for run in runs[24:] for outlet in outlets) / count
        last = server.at - timedelta(hours=1)
    kept = _kept(folder)
    behind = [each.newest(last) + 1 - len(kept[each.name]) for each in outlets]
    yield f"| {count} outlets with a month behind them, `--due` every hour, revisits `{revisits}` | |"
    yield "| --- | --- |"
    yield f"| requests an outlet and day | {sum(a_day) / count:.0f} (most {max(a_day):.0f}) |"
    yield f"| of these, article pages | {sum(visits) / count:.0f} |"
    yield f"| crawls an outlet and day | {crawls:.0f} |"
    yield f"| articles of an outlet that wait for its next crawl | {max(behind)} at most |"


def _articles(server: FleetServer, outlet: Outlet, start: int) -> Counter[str]:
    asked = server.asked(outlet, start)
    return Counter({target: count for target, count in asked.items() if target.startswith("/news/")})


def _kept(folder: Path) -> dict[str, Counter[str]]:
    kept: dict[str, Counter[str]] = {}
    engine = open_readonly(folder)
    with engine.connect() as connection:
        for row in connection.execute(select_articles()).mappings():
            kept.setdefault(row["site"], Counter())[row["url"]] += 1
    engine.dispose()
    return kept


if __name__ == "__main__":
    sys.exit(main())
