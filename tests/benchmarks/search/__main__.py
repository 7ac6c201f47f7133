"""The cost of a search: `python -m tests.benchmarks.search [--articles N] [--part sqlite|postgresql] [--write]`.

Articles in Zipf words by a seeded generator. Each kind of query gets its first twenty hits with snippets and the counts of
all facets, warm and cold. The databases' own full-text search is asked for the same words in the same run.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from storage.archive import Archive
from storage.db.database import open_readonly
from storage.search import index
from storage.search.freshness import allow_lag
from tests.benchmarks.archive import POSTGRES, machine
from tests.benchmarks.document import replace_section
from tests.benchmarks.search.corpus import Corpus, corpus, fill
from tests.benchmarks.search.peers import Fts5, Peer, TsVector
from tests.benchmarks.search.questions import Question, questions
from tests.benchmarks.search.timings import KindTimes, cold, middle, p95, warm
from tests.support.made_databases import Schema

DOCUMENT = Path(__file__).parents[3] / "docs" / "benchmarks-search.md"
_HEAD = (
    "| query | hits, median | p50 ms | p95 ms | p95 ms of processor | search alone, p95 ms | cold, ms | peer p50 ms | "
    "peer p95 ms |\n| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the figures into docs/benchmarks-search.md."""
    options = _parser().parse_args(arguments)
    made = corpus(options.articles, options.seed)
    asked = questions(made)
    for part in options.part or ("sqlite", "postgresql"):
        lines = []
        for line in _measure(part, made, asked, options):
            print(line, flush=True)
            lines.append(line)
        if options.write:
            replace_section(DOCUMENT, part, "\n".join(lines))
    return 0


def _measure(part: str, made: Corpus, asked: dict[str, list[Question]], options: argparse.Namespace) -> Iterator[str]:
    """Lines of Markdown, as they come."""
    yield from (f"## {part}", "", f"{machine()} {made.count:,} articles.", "")
    peer: Peer = Fts5() if part == "sqlite" else TsVector()
    with _place(part, options) as (folder, url):
        with Archive.open(folder, url) as archive:
            fill(archive.engine, made)
            built = _seconds(lambda: index.rebuild(archive.engine))
            peer_built = _seconds(lambda: peer.build(archive.engine))
            files = [path for path in index.folder_of(archive.engine).rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files)
            with archive.engine.connect() as connection:
                peer_size = peer.size(connection)
        yield (
            f"Built: {made.count / built:,.0f} articles/s, {size / made.count:,.0f} bytes an article; {peer.name}: "
            f"{made.count / peer_built:,.0f} articles/s, {peer_size / made.count:,.0f} bytes an article."
        )
        yield from ("", _HEAD)
        if part == "sqlite":
            files.append(folder / "warraq.db")
        engine = open_readonly(folder, url)
        allow_lag(engine, 1.0)
        for kind, each in asked.items():
            first = [cold(folder, url, files, question) for question in each[: options.cold]]
            yield _row(kind, warm(engine, peer, {kind: each}, options.rounds)[kind], first)
        engine.dispose()


def _row(kind: str, times: KindTimes, first: list[float]) -> str:
    whole, search_times, peer = times.whole, times.found, times.peer
    shown = (
        f"{middle(times.hits):,.0f}", f"{middle(whole.clock):,.1f}", f"{p95(whole.clock):,.1f}",
        f"{p95(whole.processor):,.1f}", f"{p95(search_times.clock):,.1f}", f"{middle(first):,.0f}" if first else "",
        f"{middle(peer.clock):,.1f}", f"{p95(peer.clock):,.1f}",
    )  # fmt: skip
    return f"| {kind} | {' | '.join(shown)} |"


def _seconds(work: object) -> float:
    began = time.perf_counter()
    assert callable(work)
    work()
    return time.perf_counter() - began


@contextmanager
def _place(part: str, options: argparse.Namespace) -> Iterator[tuple[Path, str | None]]:
    """A folder, and the URL of an empty schema for PostgreSQL; both are gone afterwards."""
    schema = Schema(options.postgres) if part == "postgresql" else None
    with tempfile.TemporaryDirectory(prefix="warraq-benchmark-", dir=options.folder) as folder:
        try:
            yield Path(folder), schema.url if schema is not None else None
        finally:
            if schema is not None:
                schema.drop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search", description=__doc__)
    parser.add_argument("--articles", type=int, default=1_000_000, help="how many are searched (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the generator (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each query is asked (%(default)s)")
    parser.add_argument("--cold", type=int, default=3, help="queries of a kind that a new process asks (%(default)s)")
    parser.add_argument("--part", action="append", choices=("sqlite", "postgresql"), help="only this one; repeatable")
    parser.add_argument("--postgres", default=POSTGRES, help="a database to make schemas in (%(default)s)")
    parser.add_argument("--folder", help="where the archives are made; the system's folder of temporary files")
    parser.add_argument("--write", action="store_true", help=f"write the figures into {DOCUMENT.name}")
    return parser


if __name__ == "__main__":
    sys.exit(main())
