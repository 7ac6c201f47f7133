"""The cost of the archive: `python -m tests.benchmarks.archive [--articles N] [--part sqlite|postgresql|reading]`.

Saves per second with versions and index; the cost of the last article against the 10,000th; bytes on disk; reextraction
against the extractor alone. Compare ratios, not figures: the two sides of each ratio are measured in one run.
"""

import argparse
import platform
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import create_engine, text

from storage.archive import Archive
from tests.benchmarks.archive_parts import growth, reextractions, saves
from tests.benchmarks.document import replace_section

POSTGRES = "postgresql+psycopg://postgres@127.0.0.1:5432/test"
DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks-archive.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the figures into docs/benchmarks-archive.md."""
    options = _parser().parse_args(arguments)
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "sqlite": partial(_engine, options, "sqlite"),
        "postgresql": partial(_engine, options, "postgresql"),
        "reading": partial(_reading, options),
    }
    for name in options.part or parts:
        lines = []
        for line in parts[name]():
            print(line, flush=True)
            lines.append(line)
        if options.write:
            replace_section(DOCUMENT, name, "\n".join(lines))
    return 0


def _engine(options: argparse.Namespace, engine: str) -> Iterator[str]:
    """Lines of Markdown, as they come."""
    yield from (f"## {engine}", "", machine(), "")
    with empty_archive(engine, options.postgres) as archive:
        yield from (*saves.measure(archive, options.saves), "")
    with empty_archive(engine, options.postgres) as small, empty_archive(engine, options.postgres) as large:
        yield from growth.measure(small, large, options.articles)


def _reading(options: argparse.Namespace) -> Iterator[str]:
    yield from ("## Reextraction", "", machine(), "")
    for changed in (0, 3):
        with empty_archive("sqlite", options.postgres) as archive:
            yield from (*reextractions.measure(archive, options.captures, changed=changed), "")


def machine() -> str:
    """Date, Python and machine of the measurement, for the head of a section."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {system}, {saves.cores()} cores."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.archive", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000, help="how many the archive grows to (%(default)s)")
    parser.add_argument("--saves", type=int, default=1_500, help="articles saved for saves a second (%(default)s)")
    parser.add_argument("--captures", type=int, default=4_000, help="captures that are read again (%(default)s)")
    parser.add_argument(
        "--part", action="append", choices=("sqlite", "postgresql", "reading"), help="only this one; repeatable"
    )
    parser.add_argument("--postgres", default=POSTGRES, help="a database to make schemas in (%(default)s)")
    parser.add_argument("--write", action="store_true", help=f"write the figures into {DOCUMENT.name}")
    return parser


@contextmanager
def empty_archive(engine: str, postgres: str) -> Iterator[Archive]:
    """A new, empty archive on that engine, with one site; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="warraq-benchmark-"))
    schema = f"warraq_bench_{uuid.uuid4().hex[:12]}" if engine == "postgresql" else None
    server = create_engine(postgres, isolation_level="AUTOCOMMIT")
    try:
        url = None
        if schema is not None:
            with server.connect() as connection:
                connection.execute(text(f"create schema {schema}"))
            url = f"{postgres}?options=-csearch_path%3D{schema}"
        with Archive.open(folder, url) as archive:
            archive.add_site("bench", "https://bench.example/", None, "SA", "Asia/Riyadh")
            yield archive
    finally:
        if schema is not None:
            with server.connect() as connection:
                connection.execute(text(f"drop schema {schema} cascade"))
        server.dispose()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
