"""A crawl of very many pages: `python -m tests.benchmarks.soak [--pages N] [--write]`.

Generated articles go through the whole pipeline: sitemaps, requests over loopback HTTP as fast as they are answered,
WARC, extraction in processes, database, search index. It reports memory and open files of all processes, and pages per
second, by tenth of the crawl, to find leaks that would stop a crawl of months.
"""

import argparse
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.document import replace_section
from tests.benchmarks.soak_parts.endless_site import serving
from tests.benchmarks.soak_parts.watch import Sample, rates, sample
from tests.support.faults.processes import descendants, left
from tests.support.running import environment, warraq

DOCUMENT = Path(__file__).parents[2] / "docs" / "reliability.md"
INTERVAL_S = 1.0
SITE = '''"""A site of generated articles."""

from crawler.platforms import SitemapSpider
from crawler.site import Site


class Endless(SitemapSpider):
    site = Site("endless", "{home}", delay_s=0.0)
    custom_settings = {{"CONCURRENT_REQUESTS_PER_DOMAIN": 16}}
'''


@dataclass(frozen=True, slots=True)
class Soak:
    """Measurements of a crawl. left: processes that outlived it."""

    pages: int
    articles: int
    samples: list[Sample]
    left: list[int]

    def after(self, pages: int) -> list[Sample]:
        """The samples once so many pages were done, without the last moments, in which processes end."""
        return [each for each in self.samples if pages <= each.pages < self.pages]

    def growth(self, warm: int, *, main: bool = False) -> float:
        """Memory of the last fifth by that of the first fifth after the warm-up. main: of the crawl's process alone."""
        steady = self.after(warm)
        values = [each.main_mb if main else each.resident_mb for each in steady]
        share = max(1, len(values) // 5)
        return (sum(values[-share:]) / share) / (sum(values[:share]) / share)


def run(pages: int, folder: Path, *, limit_s: float = 86_400) -> Soak:
    """Crawl so many generated articles into folder/archive."""
    (folder / "spiders").mkdir()
    samples: list[Sample] = []
    with serving(pages) as site, (folder / "log").open("wb") as log:
        (folder / "spiders" / "endless.py").write_text(SITE.format(home=site.home), encoding="utf-8")
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler", "crawl", "endless", "--allow-host", "127.0.0.1", "--quiet"],
            cwd=folder,
            env=environment(WARRAQ_SPIDERS=str(folder / "spiders")),
            stdout=log,
            stderr=log,
        )
        family: set[int] = set()
        try:
            while process.poll() is None:
                samples.append(sample(process.pid, site.served, time.monotonic() - began))
                family |= descendants(process.pid)
                if time.monotonic() - began > limit_s:
                    raise TimeoutError(f"{site.served} of {pages} pages in {limit_s} s")
                time.sleep(INTERVAL_S if pages > 20_000 else INTERVAL_S / 4)
        finally:
            process.kill()
    assert process.returncode == 0, (folder / "log").read_text()
    samples.append(Sample(pages, time.monotonic() - began, 0, 0, 0, 0))
    articles = warraq("stats", "--json", cwd=folder).json["articles"]
    return Soak(pages, articles, samples, sorted(left(family)))


def report(soak: Soak, warm: int) -> list[str]:
    """Lines of Markdown."""
    steady = soak.after(warm)
    speeds = rates(soak.samples, soak.pages)
    seconds = soak.samples[-1].seconds
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {platform.system()} {platform.machine()}: "
        f"{soak.articles:,} articles of {soak.pages:,} pages in {seconds / 60:.0f} minutes.",
        "",
        "| after | pages/s | MB of all processes | MB of the main process | open files | processes |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for tenth, speed in enumerate(speeds, 1):
        at = next((each for each in soak.samples if each.pages >= soak.pages * tenth // 10 and each.files), steady[-1])
        lines.append(
            f"| {at.pages:,} | {speed:.0f} | {at.resident_mb:.0f} | {at.main_mb:.0f} | {at.files} | {at.processes} |"
        )
    lines += [
        "",
        f"Memory of the last fifth by the first after {warm:,} pages: {soak.growth(warm):.2f} (main process "
        f"{soak.growth(warm, main=True):.2f}). Pages a second of the last tenth by the first: "
        f"{speeds[-1] / speeds[0]:.2f}. Processes left over: {len(soak.left)}.",
    ]
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Crawl, print, and with --write put the figures into docs/reliability.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.soak", description=__doc__)
    parser.add_argument("--pages", type=int, default=200_000, help="how many are crawled (%(default)s)")
    parser.add_argument("--write", action="store_true", help=f"write the figures into {DOCUMENT.name}")
    options = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="warraq-soak-"))
    try:
        lines = report(run(options.pages, folder), min(20_000, options.pages // 5))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(lines))
    if options.write:
        replace_section(DOCUMENT, "soak", "\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
