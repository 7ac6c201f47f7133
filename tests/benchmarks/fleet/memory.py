"""The memory of a cold crawl of a whole fleet: `python -m tests.benchmarks.fleet.memory [--outlets N] [--at-once N] [--write]`.

Every outlet is crawled for the first time, with everything that it has published, once with the default of sites at the same
time and once with all at the same time. The memory is that of all processes of the command together, each shared page
counted once.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from crawler.runs.crawls import SITES_AT_ONCE
from tests.benchmarks.cron_day import DOCUMENT
from tests.benchmarks.document import replace_section
from tests.support.fleet.cron_run import CronJob
from tests.support.fleet.outlets_by_clock import EPOCH, Outlet, serve_fleet
from tests.support.running import environment

INTERVAL_S = 0.5
BOUND_MB = 1024
PUBLISHED_H = 4  # hours of publishing before the crawl: twelve articles an outlet in sections of one page


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the figures into the document. 1: the memory is above its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=180)
    parser.add_argument("--at-once", type=int, action="append")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    lines = [
        "| sites at once | outlets | articles | pages/s | peak memory, all processes |",
        "| --- | --- | --- | --- | --- |",
    ]
    peaks = []
    for at_once in options.at_once or (SITES_AT_ONCE, options.outlets):
        new, seconds, peak_mb = cold_crawl(options.outlets, at_once)
        peaks.append(peak_mb)
        lines.append(f"| {at_once} | {options.outlets} | {new:,} | {new / seconds:.0f} | {peak_mb:.0f} MB |")
        print(lines[-1], flush=True)
    if options.write:
        replace_section(DOCUMENT, "cold crawl", "\n".join(lines))
    return 1 if max(peaks) > BOUND_MB else 0


def cold_crawl(count: int, at_once: int) -> tuple[int, float, float]:
    """Articles, seconds, and MB at the peak."""
    outlets = [Outlet(f"outlet_{n:03}") for n in range(count)]
    at = EPOCH + timedelta(hours=PUBLISHED_H)
    with tempfile.TemporaryDirectory() as folder, serve_fleet(outlets, at) as server:
        names = tuple(outlet.name for outlet in outlets)
        job = CronJob(f"{folder}/archive", names, at.isoformat(), at_once=at_once, timeout_s=30.0)
        began = time.monotonic()
        process = subprocess.Popen(
            job.command,
            cwd=folder,
            env=environment(**server.environment),
            stdout=subprocess.PIPE,
            text=True,
        )
        peak: list[float] = [0.0]
        watch = threading.Thread(target=watch_memory, args=(process, peak), daemon=True)
        watch.start()
        out, _ = process.communicate()
        seconds = time.monotonic() - began
        watch.join()
    site_lines = [line for line in out.splitlines() if '"site"' in line]
    assert process.returncode == 0, process.returncode
    assert len(site_lines) == count, "a site was not crawled"
    articles = sum(outlet.newest(at) + 1 for outlet in outlets)
    return articles, seconds, peak[0]


def watch_memory(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    """Keep in peak[0] the most MB of a process and all below it, until it ends."""
    while process.poll() is None:
        peak[0] = max(peak[0], sum(map(_pss_mb, _tree(process.pid))))
        time.sleep(INTERVAL_S)


def _tree(root: int) -> Iterator[int]:
    """The process and all below it."""
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _pss_mb(process: int) -> float:
    """Memory of one process, of shared pages its part."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())
