"""Pages per second of a whole crawl, compared with Scrapy alone.

python -m tests.benchmarks.crawl [--postgres] [--write]

One run measures, with the same loopback server in a process of its own, Scrapy with an empty callback, Scrapy with
trafilatura in the callback, and Warraq with everything that it does with a page. The ratios are those of one round;
the figures are the medians of the rounds. It also
measures the processor time of a page by stage, and the time of a save beside a reader.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from storage.archive import Archive
from tests.benchmarks.archive import POSTGRES, machine
from tests.benchmarks.crawl_parts import blocked_saves
from tests.benchmarks.crawl_parts.compared_crawls import KINDS
from tests.benchmarks.crawl_parts.processor_time import seconds_of
from tests.benchmarks.crawl_parts.served_sites import Served, serving
from tests.benchmarks.document import replace_section

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "benchmarks-crawl.md"
NAMES = {"empty": "Scrapy, empty callback", "trafilatura": "Scrapy, trafilatura in the callback", "warraq": "Warraq"}
_PROGRAM = "tests.benchmarks.crawl_parts.compared_crawls"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the figures into docs/benchmarks-crawl.md."""
    options = _parser().parse_args(arguments)
    name, server = ("PostgreSQL", options.postgres) if options.postgres else ("SQLite", None)
    lines = [f"## {name}", "", machine(), ""]
    with serving(options.sites, options.articles) as served:
        rounds = [_round(served, options.only or KINDS, server) for _ in range(options.rounds)]
    lines += _throughput(rounds, options.sites, options.articles)
    if options.held:
        lines += ["", *_latency(server, options.held)]
    print("\n".join(lines))
    if options.write:
        replace_section(DOCUMENT, name.lower(), "\n".join(lines))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.crawl", description=__doc__.splitlines()[0])
    parser.add_argument("--sites", type=int, default=8, help="served sites (%(default)s)")
    parser.add_argument("--articles", type=int, default=400, help="articles of each (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="each crawl so often, in turns (%(default)s)")
    parser.add_argument("--only", action="append", choices=KINDS, help="this crawl alone; repeatable")
    parser.add_argument("--postgres", nargs="?", const=POSTGRES, metavar="URL", help=f"the tables there ({POSTGRES})")
    parser.add_argument("--held", type=float, default=14.0, help="seconds of the reader's transaction; 0: no reader")
    parser.add_argument("--write", action="store_true", help=f"write the figures into {DOCUMENT.name}")
    return parser


def _round(served: Served, kinds: Sequence[str], server: str | None) -> dict[str, dict[str, Any]]:
    """Run the crawls one after the other; return the results and costs of each."""
    return {kind: _crawl(kind, served, server) for kind in kinds}


def _crawl(kind: str, served: Served, server: str | None) -> dict[str, Any]:
    with empty_archive(server if kind == "warraq" else None) as (folder, db_url):
        job = {"kind": kind, "sites": list(map(astuple, served.sites)), "folder": str(folder), "db_url": db_url}
        clock = Path(f"/proc/{served.pid}/stat")
        before = seconds_of(clock)
        ran = subprocess.run(
            [sys.executable, "-m", _PROGRAM],
            input=json.dumps(job),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
            check=True,
        )
        result: dict[str, Any] = json.loads(ran.stdout)
        result["processor_s"]["server"] = seconds_of(clock) - before
    wanted = sum(site.articles for site in served.sites)
    if result["pages"] < 0.97 * wanted:  # two invented pages may be one article
        raise SystemExit(f"{kind} brought {result['pages']} of {wanted} articles")
    result["rate"] = wanted / result["seconds"]
    return result


@contextmanager
def empty_archive(server: str | None) -> Iterator[tuple[Path, str | None]]:
    """A folder, and the URL of an empty schema on the server if one is given; both gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="warraq-benchmark-"))
    schema = f"warraq_bench_{uuid.uuid4().hex[:12]}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT") if server else None
    try:
        if engine is None:
            yield folder, None
            return
        with engine.connect() as connection:
            connection.execute(text(f"create schema {schema}"))
        try:
            yield folder, f"{server}?options=-csearch_path%3D{schema}"
        finally:
            with engine.connect() as connection:
                connection.execute(text(f"drop schema {schema} cascade"))
            engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _throughput(rounds: list[dict[str, dict[str, Any]]], sites: int, articles: int) -> list[str]:
    lines = [
        f"{sites} sites, {sites * articles:,} articles, median of {len(rounds)}:",
        "",
        "| crawl | pages/s | of the empty callback, in each round | processor ms a page |",
        "| --- | --: | --: | --: |",
    ]
    for kind in rounds[0]:
        rate = statistics.median(each[kind]["rate"] for each in rounds)
        ratios = " ".join(f"{each[kind]['rate'] / each['empty']['rate']:.2f}" for each in rounds if "empty" in each)
        cost = statistics.median(_ms(each[kind], *each[kind]["processor_s"]) for each in rounds)
        lines.append(f"| {NAMES[kind]} | {rate:,.0f} | {ratios} | {cost:.1f} |")
    stages = sorted({stage for each in rounds for kind in each.values() for stage in kind["processor_s"]})
    lines += ["", f"| processor ms a page | {' | '.join(stages)} |", f"| --- |{' --: |' * len(stages)}"]
    for kind in rounds[0]:
        cells = [f"{statistics.median(_ms(each[kind], stage) for each in rounds):.2f}" for stage in stages]
        lines.append(f"| {NAMES[kind]} | {' | '.join(cells)} |")
    return lines


def _ms(crawl: dict[str, Any], *stages: str) -> float:
    """Milliseconds a page of these stages together."""
    return sum(1000 * crawl["processor_s"].get(stage, 0.0) for stage in stages) / (crawl["rate"] * crawl["seconds"])


def _latency(server: str | None, held_s: float) -> list[str]:
    with empty_archive(server) as (folder, db_url), Archive.open(folder, db_url) as archive:
        archive.add_site("bench", "https://bench.example/", None, "SA", "Asia/Riyadh")
        alone, beside = blocked_saves.measure(archive, db_url, held_s)
    return [
        f"A save of one page by itself: median {alone.median:.1f} ms, slowest {alone.slowest:.0f} ms of {alone.saves:,}; "
        f"while another process holds a transaction that reads for {held_s:g} s: median {beside.median:.1f} ms, "
        f"slowest {beside.slowest:.0f} ms of {beside.saves:,}."
    ]


if __name__ == "__main__":
    sys.exit(main())
