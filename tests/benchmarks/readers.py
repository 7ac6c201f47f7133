"""Many readers at once: `python -m tests.benchmarks.readers [--readers 200] [--articles 3000] [--write]`.

`warraq serve` in a process of its own, beside a crawl's writer that saves ten articles a second. Each reader goes from
page to page, searches, articles, edits, sites and the API, on a connection of its own: once without a pause, so that
all of them wait all the time, and once with a pause of some seconds on every page. The same with a single reader stands
beside it.
"""

import argparse
import asyncio
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlsplit

from storage.arabic import tokens
from storage.archive import Archive
from storage.filters import Filters
from storage.queries.article_lists import newest_articles
from tests.benchmarks.archive import POSTGRES, machine
from tests.benchmarks.archive_parts import saves
from tests.benchmarks.document import replace_section
from tests.support.made_databases import Schema
from tests.support.running import environment

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks-readers.md"
SAVES_A_SECOND = 10
PAUSE_S = 5.0  # on the mean
_TIMEOUT_S = 120


@dataclass(slots=True)
class Answers:
    """Seconds of each answer, and the errors of others."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def row(self, name: str, lasted: float) -> str:
        """A row of the table."""
        ordered = sorted(self.seconds)
        p95 = quantiles(ordered, n=20)[-1] if len(ordered) > 1 else float("nan")
        shown = f"{median(ordered) * 1000:,.0f} | {p95 * 1000:,.0f} | {ordered[-1] * 1000:,.0f}"
        return f"| {name} | {len(ordered):,} | {len(ordered) / lasted:.0f} | {shown} | {len(self.errors)} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the figures into docs/benchmarks-readers.md."""
    options = _parser().parse_args(arguments)
    if options.writer:
        _write_on(Path(options.writer), options.db)
        return 0
    failed = False
    for engine in options.engine or ("sqlite", "postgresql"):
        lines = [f"## {engine}", "", machine(), ""]
        with tempfile.TemporaryDirectory() as folder, _database(engine, options.postgres) as db:
            paths = _fill(Path(folder) / "archive", db, options.articles)
            rows, errors = _measured(Path(folder) / "archive", db, paths, options)
        failed = failed or bool(errors)
        head = "| readers | answers | a second | median, ms | p95, ms | longest, ms | errors |"
        about = f"{options.articles:,} articles; {SAVES_A_SECOND} more are saved each second meanwhile."
        lines += [about, "", head, "| --- | --: | --: | --: | --: | --: | --: |", *rows]
        print("\n".join(lines), *errors[:5], sep="\n", flush=True)
        if options.write:
            replace_section(DOCUMENT, engine, "\n".join(lines))
    return int(failed)


def _measured(
    folder: Path, db: str | None, paths: list[str], options: argparse.Namespace
) -> tuple[list[str], list[str]]:
    rows, errors = [], []
    with _served(folder, db) as url, _writing(folder, db):
        for readers, pause in ((1, 0.0), (options.readers, 0.0), (options.readers, PAUSE_S)):
            answers = asyncio.run(_read(url, paths, readers, pause, options.seconds))
            name = f"{readers}, " + ("without a pause" if not pause else f"{pause:g} s on each page")
            rows.append(answers.row(name, options.seconds))
            errors += answers.errors
    return rows, errors


async def _read(url: str, paths: list[str], readers: int, pause: float, seconds: float) -> Answers:
    answers = Answers()
    until = time.monotonic() + seconds
    await asyncio.gather(*(_reader(url, paths, pause, until, random.Random(seed), answers) for seed in range(readers)))
    return answers


async def _reader(
    url: str, paths: list[str], pause: float, until: float, choice: random.Random, answers: Answers
) -> None:
    """One reader: a connection, and one page after the other."""
    address = urlsplit(url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=2**24)
    if pause:
        await asyncio.sleep(choice.uniform(0, pause))
    while time.monotonic() < until:
        path = choice.choice(paths)
        began = time.monotonic()
        try:
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\nAccept: text/html\r\n\r\n".encode())
            status = await asyncio.wait_for(_answer(reader), _TIMEOUT_S)
            answers.seconds.append(time.monotonic() - began)
            if status != 200:
                answers.errors.append(f"{status} {path}")
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
            answers.errors.append(f"{type(error).__name__} {path}")
            reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=2**24)
        if pause:
            await asyncio.sleep(choice.expovariate(1 / pause))
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of an answer that is read to its end."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    await reader.readexactly(int(head.partition("content-length:")[2].split("\r\n")[0]))
    return int(head.split()[1])


def _fill(folder: Path, db: str | None, number: int) -> list[str]:
    """Fill an archive; the paths that readers ask for, each as often as it stands here."""
    with Archive.open(folder, db) as archive:
        archive.add_site("bench", saves.SITE.home, "المثال", "SA", "Asia/Riyadh")
        run_id = archive.start_run("bench", now=saves.NOW)
        for _, (capture, article) in zip(range(number), saves.pages(), strict=False):
            position = archive.append(capture, run_id)
            archive.save(capture, position, run_id=run_id, kind="article", article=article, now=capture.fetched_at)
        archive.finish_run(run_id, status="done", now=saves.NOW, requests=number)
        records, _ = newest_articles(archive.engine, Filters(), limit=60)
    articles = [f"/articles/{record['id']}" for record in records]
    words = sorted({word for record in records for word in tokens(record["title"]) if len(word) > 3})
    searches = [f"/search?q={quote(word)}" for word in words[:60]]
    api = [f"/api/v1/search?q={quote(word)}" for word in words[:10]] + ["/api/v1/articles", "/api/v1/edits"]
    others = ["/", "/search", "/search?site=bench&sort=newest", "/edits", "/sites", "/sites/bench", "/runs"]
    return articles + searches + api + others * 3


def _write_on(folder: Path, db: str | None) -> None:
    """Save articles until the process is ended, as a crawl does."""
    with Archive.open(folder, db) as archive:
        archive.add_site("crawled", "https://crawled.example/", None, "EG", "Africa/Cairo")
        run_id = archive.start_run("crawled", now=saves.NOW)
        for number, (capture, article) in enumerate(saves.pages()):
            url = f"https://crawled.example/{number}/"
            page, made = replace(capture, url=url, site="crawled"), replace(article, url=url, site="crawled")
            archive.save(page, archive.append(page, run_id), run_id=run_id, kind="article", article=made, now=saves.NOW)
            time.sleep(1 / SAVES_A_SECOND)


@contextmanager
def _database(engine: str, server: str) -> Iterator[str | None]:
    if engine == "sqlite":
        yield None
        return
    schema = Schema(server)
    yield schema.url
    schema.drop()


@contextmanager
def _served(folder: Path, db: str | None) -> Iterator[str]:
    arguments = ["serve", "--archive", str(folder), "--port", "0", *(["--db", db] if db else [])]
    with _process("crawler", *arguments) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


@contextmanager
def _writing(folder: Path, db: str | None) -> Iterator[None]:
    arguments = ["--writer", str(folder), *(["--db", db] if db else [])]
    with _process("tests.benchmarks.readers", *arguments) as process:
        time.sleep(3)
        yield
        if process.poll() is not None:
            raise RuntimeError("the writer has ended")


@contextmanager
def _process(module: str, *arguments: str) -> "Iterator[subprocess.Popen[str]]":
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL if module != "crawler" else signal.SIGTERM)
        process.wait()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.readers", description=__doc__)
    parser.add_argument("--readers", type=int, default=200, help="readers at once (%(default)s)")
    parser.add_argument("--articles", type=int, default=3_000, help="in the archive (%(default)s)")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each measurement (%(default)s)")
    parser.add_argument("--engine", action="append", choices=("sqlite", "postgresql"), help="only this one; repeatable")
    parser.add_argument("--postgres", default=POSTGRES, help="a database to make schemas in (%(default)s)")
    parser.add_argument("--write", action="store_true", help=f"write the figures into {DOCUMENT.name}")
    parser.add_argument("--writer", help=argparse.SUPPRESS)
    parser.add_argument("--db", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
