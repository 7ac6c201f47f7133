"""Articles and bytes per second and memory of an export, compared with a bare cursor of sqlite3 and orjson.

    python -m tests.benchmarks.export --dry-run --articles 5000
    python -m tests.benchmarks.export --write

Each round measures the bare cursor and every format, one after the other; the best round of each counts, as load only
ever adds time. Memory is the largest resident size of a process that exports few and many articles.
"""

import argparse
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import insert

from storage.db.database import connect, write_transaction
from storage.db.schema import articles, metadata, sites
from storage.export import write_export
from tests.benchmarks.document import replace_section
from tests.support.rooms.export import article

DOCUMENT = Path(__file__).parents[2] / "docs/benchmarks.md"
SUFFIXES = (".jsonl", ".jsonl.zst", ".parquet", ".csv")
TEXT = (
    "قال المتحدث باسم البلدية في بيان إن العمل في المشروع يسير كما خطط له وإن الطريق سيفتح قريبا أمام السيارات والمشاة "
    "بعد انتهاء صيانة الجسر الجنوبي قبل موعدها بيومين وأضاف أن فريقا من المهندسين سيتابع حركته على مدى ثلاثة أشهر"
)
WORDS = TEXT.split()
QUERY = "select articles.*, sites.country from articles join sites on sites.name = articles.site order by articles.id"


def rows(count: int, words: int) -> Iterator[dict[str, Any]]:
    """Articles as newspapers have them; always the same."""
    draw = random.Random(1)
    for number in range(1, count + 1):
        text = "\n\n".join(" ".join(draw.choices(WORDS, k=40)) for _ in range(max(1, words // 40)))
        yield article(number, text) | {
            "title": " ".join(draw.choices(WORDS, k=9)),
            "description": " ".join(draw.choices(WORDS, k=20)) if words > 40 else None,
            "tags": draw.sample(WORDS, 3),
            "section": draw.choice(WORDS),
            "content_sha256": f"{draw.getrandbits(256):064x}",
        }


def make(path: Path, count: int, words: int) -> None:
    """An archive of so many articles."""
    engine = connect(f"sqlite:///{path}")
    metadata.create_all(engine)
    with write_transaction(engine) as connection:
        names = [{"name": name, "home": f"https://{name}.example", "timezone": "UTC"} for name in ("alif", "ba")]
        connection.execute(insert(sites), names)
        group: list[dict[str, Any]] = []
        for row in rows(count, words):
            group.append(row)
            if len(group) == 5_000:
                connection.execute(insert(articles), group)
                group = []
        if group:
            connection.execute(insert(articles), group)
    engine.dispose()


def bare(path: Path, target: Path) -> None:
    """Every column of every article by sqlite3's cursor, as a line of orjson."""
    connection = sqlite3.connect(path)
    cursor = connection.execute(QUERY)
    names = [column[0] for column in cursor.description]
    with target.open("wb") as out:
        for row in cursor:
            out.write(orjson.dumps(dict(zip(names, row, strict=False)), option=orjson.OPT_APPEND_NEWLINE))
    connection.close()


def exported(path: Path, target: Path) -> None:
    engine = connect(f"sqlite:///{path}", readonly=True)
    write_export(engine, target, force=True)
    engine.dispose()


def speeds(path: Path, folder: Path, count: int, rounds: int) -> list[tuple[str, float, float]]:
    """Name, articles a second, MB of the file a second: of the bare cursor and of each format."""
    work: dict[str, Callable[[Path, Path], None]] = {".raw": bare} | dict.fromkeys(SUFFIXES, exported)
    best = dict.fromkeys(work, float("inf"))
    for _ in range(rounds):
        for suffix, call in work.items():
            began = time.perf_counter()
            call(path, folder / f"out{suffix}")
            best[suffix] = min(best[suffix], time.perf_counter() - began)
    return [(each, count / best[each], (folder / f"out{each}").stat().st_size / best[each] / 1e6) for each in work]


def largest_mb() -> float:
    """The largest resident size of this process so far, in MB. `ru_maxrss` would count that of its parent as well."""
    match = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    if match is None:
        raise OSError("/proc/self/status has no VmHWM")
    return int(match[1]) / 1024


def peak_mb(path: Path, target: Path) -> float:
    """Of a process of its own that exports the archive."""
    command = [sys.executable, "-m", "tests.benchmarks.export", "--peak", str(path), str(target)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, help="whose export is timed (%(default)s)")
    parser.add_argument("--words", type=int, default=240, help="of a text (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="of which the best counts (%(default)s)")
    parser.add_argument("--many", type=int, default=1_000_000, help="articles for memory, beside 10,000 (%(default)s)")
    parser.add_argument("--dry-run", action="store_true", help="without the many articles")
    parser.add_argument("--write", action="store_true", help=f"write the table into {DOCUMENT.name}")
    parser.add_argument("--peak", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        exported(*map(Path, options.peak))
        print(largest_mb())
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / "timed.db", options.articles, options.words)
        measured = speeds(folder / "timed.db", folder, options.articles, options.rounds)
        bare_speed = measured[0][1]
        lines = [
            f"{options.articles:,} articles of {options.words} words, SQLite, {os.cpu_count()} cores; best of "
            f"{options.rounds} rounds. The bare cursor is sqlite3's, with orjson.",
            "",
            "| | articles/s | MB/s | of the bare cursor |",
            "| --- | ---: | ---: | ---: |",
            *(
                f"| {'bare cursor' if suffix == '.raw' else f'`{suffix}`'} | {speed:,.0f} | {mb:,.1f} "
                f"| {speed / bare_speed:.2f} |"
                for suffix, speed, mb in measured
            ),
        ]
        if not options.dry_run:
            (folder / "timed.db").unlink()
            make(folder / "few.db", 10_000, 40)
            make(folder / "many.db", options.many, 40)
            lines += ["", f"Largest memory of an export of 10,000 and of {options.many:,} articles:"]
            for suffix in SUFFIXES:
                few, many = (peak_mb(folder / f"{each}.db", folder / f"out{suffix}") for each in ("few", "many"))
                (folder / f"out{suffix}").unlink()
                lines.append(f"- `{suffix}`: {few:.0f} MB and {many:.0f} MB")
    text = "\n".join(lines)
    print(text)
    if options.write:
        replace_section(DOCUMENT, "export", f"## Export\n\n`python -m tests.benchmarks.export`: {text}")


if __name__ == "__main__":
    main()
