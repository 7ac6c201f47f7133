"""Saves a second: bytes, text, version, labels and index of one page after the other, each in its own transaction."""

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count, cycle

from sqlalchemy import func, select, text

from crawler.extract import extract
from crawler.site import Site
from storage.archive import Archive
from storage.db.schema import articles, captures
from storage.records import Article, Capture, Found
from storage.search import index
from tests.benchmarks.fixtures.pages import fixtures

NOW = datetime(2026, 5, 7, 8, tzinfo=UTC)
SITE = Site("bench", "https://bench.example/", country="SA", timezone="Asia/Riyadh")
FOUND = 10  # links that a page names, beside its article
EDITED = 3  # every third article is seen again, with another text


def cores() -> int:
    """Those that this process may use."""
    return len(os.sched_getaffinity(0))


def pages() -> Iterator[tuple[Capture, Article]]:
    """The shipped pages repeatedly, each time as another page of the site, with their extraction."""
    read = []
    for case in fixtures().cases:
        capture = Capture(case.gold.url, "bench", NOW, 200, (("Content-Type", case.content_type),), case.body)
        article = extract(capture, SITE).article
        if article is not None:
            read.append((capture, article))
    for number, (capture, article) in zip(count(1), cycle(read), strict=False):
        url = f"https://bench.example/2026/05/{number}/"
        body = capture.body + f"<!-- {number} -->".encode()
        seen = NOW + timedelta(seconds=number)
        yield (
            replace(capture, url=url, body=body, fetched_at=seen),
            replace(article, url=url, site="bench"),
        )


def saved_twice(number: int) -> Iterator[tuple[Capture, Article, list[Found]]]:
    """So many articles with the links of their pages, one in EDITED a second time with another text."""
    for place, (capture, article) in zip(range(number), pages(), strict=False):
        discoveries = [Found(f"https://bench.example/more/{place * 7 + step}", "article") for step in range(FOUND)]
        yield capture, article, discoveries
        if place % EDITED == 0:
            later = replace(capture, body=capture.body + b"!", fetched_at=capture.fetched_at + timedelta(hours=1))
            yield later, replace(article, text=f"{article.text}\n\nأضيفت فقرة"), discoveries


def measure(archive: Archive, number: int) -> Iterator[str]:
    """Lines of Markdown."""
    run_id = archive.start_run("bench", now=NOW)
    todo = list(saved_twice(number))
    before = _size(archive)
    began = time.perf_counter()
    appending = 0.0
    for capture, article, discoveries in todo:
        start = time.perf_counter()
        position = archive.append(capture, run_id)
        appending += time.perf_counter() - start
        archive.save(
            capture, position, run_id=run_id, kind="article", article=article, found=discoveries, now=capture.fetched_at
        )
    took = time.perf_counter() - began
    archive.finish_run(run_id, status="done", now=NOW, requests=0)
    yield (
        f"{len(todo):,} saves of {number:,} articles, one in {EDITED} with a second version, {FOUND} links each: "
        f"**{len(todo) / took:,.0f} saves/s** with WARC, versions and index "
        f"({1000 * appending / len(todo):.2f} ms for the bytes, {1000 * (took - appending) / len(todo):.2f} ms for the rows)."
    )
    yield ""
    yield from _bytes(archive, before)


def _size(archive: Archive) -> int:
    with archive.engine.connect() as connection:
        if archive.engine.dialect.name == "sqlite":
            return int(
                connection.scalar(text("select page_count * page_size from pragma_page_count, pragma_page_size")) or 0
            )
        return sum(
            connection.scalars(
                text(
                    "select pg_total_relation_size(c.oid) from pg_class c where relnamespace = current_schema()::regnamespace and relkind = 'r'"
                )
            )
        )


def _bytes(archive: Archive, before: int) -> Iterator[str]:
    """Where the bytes of an article are."""
    with archive.engine.connect() as connection:
        held = connection.scalar(select(func.count()).select_from(articles)) or 1
        warc = connection.scalar(select(func.sum(captures.c.warc_length))) or 0
        plain = connection.scalar(select(func.sum(captures.c.size))) or 0
        letters = connection.scalar(select(func.sum(func.length(articles.c.text)))) or 0
    index.catch_up(archive.engine)
    indexed = sum(file.stat().st_size for file in index.folder_of(archive.engine).rglob("*") if file.is_file())
    total = _size(archive) - before
    yield (
        f"Bytes on disk an article (of {letters / held:,.0f} letters): {warc / held:,.0f} in WARC files "
        f"(pages of {plain / held:,.0f}), {total / held:,.0f} in tables, {indexed / held:,.0f} in the index."
    )
