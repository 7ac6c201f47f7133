"""The cost of one more article in a large archive, against an archive of 10,000."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import count
from random import Random
from statistics import fmean, median
from typing import Any

from sqlalchemy import Connection, insert, text

from storage import queries
from storage.archive import Archive
from storage.db.database import write_transaction
from storage.db.schema import articles, captures, labels, pages, versions
from storage.db.schema import changes as change_rows
from storage.filters import labels_of
from storage.records import Article, Capture, Found
from storage.rows.versions import article_row
from storage.urls import url_key
from tests.benchmarks.archive_parts.saves import NOW
from tests.support.archives import frontier

BASE = 10_000
ROUNDS = 400  # operations measured at each size
_BATCH = 1_000
_WORDS = 200  # of an article's text
_SENTENCES = """
    قال الوزير في بيان صحفي أمس إن الحكومة تعمل على خطة جديدة للتنمية الاقتصادية خلال العام المقبل وأضاف أن المشاريع
    تشمل الطرق والمستشفيات والمدارس في المحافظات كافة وأكد مصدر مسؤول توقيع اتفاقية مع البنك الدولي بقيمة مليون دولار
    لدعم القطاع الزراعي وتحسين شبكة المياه وسط ترحيب من الخبراء الذين حذروا من ارتفاع التضخم
"""
_COMMON = _SENTENCES.split()
_NUMBER = "987654321"  # where an article has its own
_TEXTS = 10_000  # different ones, beside the number
_DISTINCT = 100_000  # articles that are made here
_VOCABULARY = 300_000  # distinct words that texts choose from
_LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"
Operation = Callable[[int], Callable[[], Any]]


def measure(small: Archive, large: Archive, number: int) -> Iterator[str]:
    """Lines of Markdown: milliseconds of each operation at BASE articles and at `number`, and the ratios.

    Two new archives, so that the two sides are measured in turn, under one and the same load of the machine.
    """
    archives = {small: min(BASE, number), large: number}
    runs = {}
    for archive, size in archives.items():
        began = time.perf_counter()
        runs[archive] = archive.start_run("bench", now=NOW)
        _grow(archive, runs[archive], size)
        took = time.perf_counter() - began
        print(f"{archive.engine.dialect.name}: {size:,} articles after {took:.0f} s", file=sys.stderr, flush=True)
    yield f"| milliseconds: fastest tenth (median) | at {archives[small]:,} | at {number:,} | ratio | of medians |"
    yield "| --- | --: | --: | --: | --: |"
    operations = {archive: _operations(archive, runs[archive], size) for archive, size in archives.items()}
    for name in operations[small]:
        one, other = _times([operations[archive][name] for archive in archives])
        yield (
            f"| {name} | {one[0]:.2f} ({one[1]:.2f}) | {other[0]:.2f} ({other[1]:.2f}) "
            f"| {other[0] / one[0]:.2f} | {other[1] / one[1]:.2f} |"
        )
    for archive, run_id in runs.items():
        archive.finish_run(run_id, status="done", now=NOW, requests=0)


@cache
def _word(rank: int) -> str:
    """The word of that rank in the vocabulary: the first are real ones, the others strings of letters."""
    if rank < len(_COMMON):
        return _COMMON[rank]
    letters = []
    while rank:
        rank, place = divmod(rank, len(_LETTERS))
        letters.append(_LETTERS[place])
    return "".join(letters).rjust(3, "م")


def _article(number: int) -> Article:
    """Always the same of a number. Its words follow Zipf's law, as real ones do: a few are everywhere, most are rare."""
    title, text = (each.replace(_NUMBER, str(number)) for each in _text(number % _TEXTS))
    return Article(
        f"https://bench.example/news/{number}/",
        "bench",
        title,
        text,
        section=_COMMON[number % 40],
        tags=(_COMMON[number % 53], f"وسم{number % 2_000}"),
        published_at=NOW - timedelta(minutes=number),
        published_precision="minute",
        published_source="json-ld",
        extractor="bench",
    )


@cache
def _text(number: int) -> tuple[str, str]:
    """Headline and text, with _NUMBER where an article's own number stands."""
    chance = Random(number).random
    words = [_word(int(_VOCABULARY ** chance()) - 1) for _ in range(_WORDS)]
    paragraphs = [" ".join(words[start : start + 50]) for start in range(0, _WORDS, 50)]
    return f"{' '.join(words[:8])} {_NUMBER}", "\n\n".join([*paragraphs, f"الخبر رقم {_NUMBER}"])


def _grow(archive: Archive, run_id: int, size: int, start: int = 0) -> None:
    """Articles as saving leaves them, written in large transactions: a million one by one would take hours.

    PostgreSQL makes those past _DISTINCT itself, from the rows that it has. start: how many there are already.
    """
    for low in range(start, size, _BATCH):
        number = min(_BATCH, size - low)
        with write_transaction(archive.engine) as connection:
            if connection.dialect.name == "postgresql":
                for setting in ("work_mem = '256MB'", "gin_pending_list_limit = '64MB'", "synchronous_commit = off"):
                    connection.execute(text(f"set local {setting}"))
            if low >= _DISTINCT and connection.dialect.name == "postgresql":
                _repeat(connection, low % _DISTINCT, number, shift=low - low % _DISTINCT)
            else:
                _insert(connection, run_id, range(low + 1, low + number + 1))
            _set_counters(connection)
    with archive.engine.connect() as connection:
        connection.execute(text("analyze"))
        connection.commit()


def _insert(connection: Connection, run_id: int, numbers: Sequence[int]) -> None:
    rows = [_rows(number) for number in numbers]
    connection.execute(insert(captures), [{**each["capture"], "run_id": run_id} for each in rows])
    connection.execute(insert(articles), [each["article"] for each in rows])
    connection.execute(insert(versions), [each["version"] for each in rows])
    connection.execute(insert(labels), [label for each in rows for label in each["labels"]])
    connection.execute(insert(pages), [each["page"] for each in rows])
    connection.execute(insert(change_rows), [{"article_id": number, "kind": "written"} for number in numbers])


def _repeat(connection: Connection, after: int, number: int, *, shift: int) -> None:
    """The rows of so many articles once more, with ids, addresses and times moved; texts keep their number."""
    moved = f"article_id + {shift}"
    later = f"+ interval '{shift} seconds'"
    url, key = (
        f"regexp_replace({name}, '[0-9]+(/?)$', '') || (id + {shift}) || '{end}'"
        for name, end in (("url", "/"), ("url_key", ""))
    )
    named = {"id": f"id + {shift}", "url": url, "url_key": key}
    changes: dict[Any, tuple[str, dict[str, str]]] = {
        captures: ("id", {**named, "fetched_at": f"fetched_at {later}", "warc_offset": f"(id + {shift}) * 4000"}),
        articles: (
            "id",
            {
                **named,
                **{name: f"{name} {later}" for name in ("first_seen_at", "last_seen_at")},
                "published_at": f"published_at - interval '{shift} minutes'",
            },
        ),
        versions: (
            "id",
            {"id": f"id + {shift}", "article_id": moved, "capture_id": f"capture_id + {shift}", "seen_at": f"seen_at {later}"},
        ),
        labels: ("article_id", {"article_id": moved}),
        pages: (
            "article_id",
            {
                **{name: value.replace("(id +", "(article_id +") for name, value in named.items() if name != "id"},
                "article_id": moved,
                **{name: f"{name} {later}" for name in ("found_at", "fetched_at", "next_visit_at")},
            },
        ),
    }  # fmt: skip
    for table, (by, values) in changes.items():
        names = [f'"{column.name}"' for column in table.columns]
        picked = [values.get(column.name, f'"{column.name}"') for column in table.columns]
        connection.execute(
            text(
                f"insert into {table.name} ({', '.join(names)}) select {', '.join(picked)} from {table.name} "
                f"where {by} > {after} and {by} <= {after + number}"
            )
        )
    noted = [{"article_id": each + shift, "kind": "written"} for each in range(after + 1, after + number + 1)]
    connection.execute(insert(change_rows), noted)


def _rows(number: int) -> dict[str, Any]:
    article, seen = _article(number), NOW + timedelta(seconds=number)
    row = article_row(article)
    state = {"version": 1, "status": "live", "first_seen_at": seen, "last_seen_at": seen}
    own = {name: row[name] for name in ("title", "subtitle", "text", "content_sha256", "extractor")}
    place = {"warc_file": "warc/bench.warc.gz", "warc_offset": number * 4000, "warc_length": 4000}
    due = seen + timedelta(hours=4) if number % 50 else None
    return {
        "capture": {"id": number, "url": article.url, "url_key": row["url_key"], "site": "bench", "fetched_at": seen, "status": 200, "size": 9000, "digest": f"sha1:{number:032d}", **place},
        "article": {"id": number, **row, **state},
        "version": {"id": number, "article_id": number, "number": 1, "capture_id": number, "seen_at": seen, "details": {}, **own},
        "labels": [{"article_id": number, "kind": kind, "folded": folded} for kind, folded in labels_of(row)],
        "page": {"url_key": row["url_key"], "url": article.url, "site": "bench", "kind": "article", "state": "done", "article_id": number, "found_at": seen, "fetched_at": seen, "status": 200, "failures": 0, "next_visit_at": due},
    }  # fmt: skip


def _set_counters(connection: Any) -> None:
    if connection.dialect.name == "postgresql":
        for name in ("captures", "articles", "versions"):
            connection.execute(
                text(f"select setval(pg_get_serial_sequence('{name}', 'id'), (select max(id) from {name}))")
            )


def _operations(archive: Archive, run_id: int, size: int) -> dict[str, Operation]:
    """The measured operations: each prepares a step, and returns the function that is timed."""
    fresh = count(size * 10 + 1)

    def new(_: int) -> Callable[[], Any]:
        return _save(archive, run_id, _article(next(fresh)), hours=0)

    def edited(step: int) -> Callable[[], Any]:
        article = _article(1 + step * 17 % size)
        return _save(
            archive, run_id, replace(article, text=f"{article.text}\n\nحدث {size} {step}"), hours=9000 + size // 100
        )

    def seen(step: int) -> Callable[[], Any]:
        urls = [f"https://bench.example/news/{(step * 7919 + each * 104_729) % (2 * size)}/" for each in range(50)]
        return lambda: frontier(archive, site="bench").unknown(urls)

    def listed(step: int) -> Callable[[], Any]:
        newest = (
            size - 7 * step % 1_000
        )  # half of a listing's links are known: a section's listing, minutes or days old
        urls = [f"https://bench.example/news/{newest + 25 - each}/" for each in range(50)]
        return lambda: frontier(archive, site="bench").unknown(urls)

    due = NOW + timedelta(days=3)
    return {
        "save a new article": new,
        "save an edited one": edited,
        "are the 50 of a listing known?": listed,
        "are any 50 of all known?": seen,
        "pick 200 revisits": lambda _: lambda: frontier(archive, due, site="bench").due(200),
        "history of one": lambda step: lambda: queries.history(archive.engine, _article(1 + step * 17 % size).url),
    }


def _save(archive: Archive, run_id: int, article: Article, *, hours: int) -> Callable[[], Any]:
    """The transaction alone: the time to write the bytes does not depend on the archive's size."""
    body = f"{article.url} {article.text}".encode()
    capture = Capture(article.url, "bench", NOW + timedelta(hours=hours), 200, (("Content-Type", "text/html"),), body)
    position = archive.append(capture, run_id)
    discoveries = [Found(f"https://bench.example/found/{url_key(article.url)}/{step}", "article") for step in range(10)]
    return lambda: archive.save(
        capture, position, run_id=run_id, kind="article", article=article, found=discoveries, now=capture.fetched_at
    )


def _times(operations: Sequence[Operation]) -> list[tuple[float, float]]:
    """Milliseconds of each: of the fastest tenth, on average, and the median. They take turns.

    Slow ones tell of other programs and of the disk, but also of the index's merges: the median has both.
    """
    times: list[list[float]] = [[] for _ in operations]
    for step in range(ROUNDS):
        for operation, taken in zip(operations, times, strict=True):
            run = operation(step)
            began = time.perf_counter()
            run()
            taken.append(1000 * (time.perf_counter() - began))
    return [(fmean(sorted(taken)[: ROUNDS // 10]), median(taken)) for taken in times]
