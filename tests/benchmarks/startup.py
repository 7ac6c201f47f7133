"""The cost of a short command beside Python's own start: processor time of `warraq --help` and `warraq search`.

python -m tests.benchmarks.startup [--rounds N] [--write]

Processor time, user and system, of a process of its own; the programs take turns. A peer is what the search is made on:
a Python that imports SQLAlchemy and nothing else.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from storage.archive import Archive
from tests.benchmarks.document import replace_section
from tests.support.archives import NOW, article, capture, save
from tests.support.running import environment

ROOT = Path(__file__).parents[2]
BARE, PEER = "python -c pass", "python -c 'import sqlalchemy'"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.startup", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="how often each is run; the median counts")
    parser.add_argument("--write", action="store_true", help="write the section of docs/benchmarks.md")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        _make_archive(Path(folder) / "archive")
        lines = _table(_measured(Path(folder), given.rounds), given.rounds)
    print(*lines, sep="\n")
    if given.write:
        replace_section(ROOT / "docs" / "benchmarks.md", "startup", "\n".join(lines))
    return 0


def _make_archive(folder: Path) -> None:
    with Archive.open(folder) as archive:
        archive.add_site("example", "https://example.com", None, None, "UTC")
        run_id = archive.start_run("example", now=NOW)
        for number in range(20):
            url = f"https://example.com/news/{number}"
            save(
                archive,
                run_id,
                capture(url),
                article(url, f"عبرت العاصفة الساحل في يومها {number}، وعادت الموانئ إلى العمل"),
            )
        archive.finish_run(run_id, status="done", now=NOW, requests=20)


def _measured(folder: Path, rounds: int) -> dict[str, list[float]]:
    """Seconds of processor time of each program, by its line."""
    programs = {
        BARE: ("-c", "pass"),
        PEER: ("-c", "import sqlalchemy"),
        "warraq --help": ("-m", "crawler", "--help"),
        "warraq search": ("-m", "crawler", "search", "عواصف"),
        "warraq search --json": ("-m", "crawler", "search", "عواصف", "--json"),
    }
    seconds: dict[str, list[float]] = {line: [] for line in programs}
    for turn in range(rounds + 1):
        for line, program in programs.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, *program], cwd=folder, env=environment(), check=True, stdout=subprocess.DEVNULL
            )
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if turn:  # the first makes the search index, and what Python compiles
                seconds[line].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return seconds


def _table(seconds: dict[str, list[float]], rounds: int) -> list[str]:
    medians = {line: statistics.median(each) for line, each in seconds.items()}
    bare, peer = medians[BARE], medians[PEER]
    rows = [
        f"| `{line}` | {median * 1000:.0f} | {(median - bare) * 1000:.0f} | {median / bare:.1f} | {median / peer:.2f} |"
        for line, median in medians.items()
    ]
    return [
        "## Start of a command",
        "",
        "Written by `python -m tests.benchmarks.startup --write`.",
        "",
        "| program | ms of CPU | beside Python alone | × Python alone | × SQLAlchemy alone |",
        "| --- | --: | --: | --: | --: |",
        *rows,
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}; processor time (user and system), median of {rounds} rounds, the",
        "programs taking turns; the search is on an archive of 20 articles with its index made. The load of the machine was",
        f"{os.getloadavg()[0]:.0f}, on {os.cpu_count()} processors; where it is above their number, the times are too long, and the ratios less so.",
    ]


if __name__ == "__main__":
    sys.exit(main())
