"""What one more article costs an archive that is large, against one that holds 10,000."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from statistics import fmean
from typing import Any

from sqlalchemy import insert, text

from storage import queries, search_index
from storage.archive import Archive
from storage.database import writing
from storage.records import Article, Capture, Found
from storage.schema import articles, captures, labels, pages, versions
from storage.urls import url_key
from storage.versions import article_row, labels_of
from tests.benchmarks.saves import NOW

BASE = 10_000
ROUNDS = 400  # operations measured at each size
_BATCH = 1_000
_SENTENCES = """
    قال الوزير في بيان صحفي أمس إن الحكومة تعمل على خطة جديدة للتنمية الاقتصادية خلال العام المقبل وأضاف أن المشاريع
    تشمل الطرق والمستشفيات والمدارس في المحافظات كافة وأكد مصدر مسؤول توقيع اتفاقية مع البنك الدولي بقيمة مليون دولار
    لدعم القطاع الزراعي وتحسين شبكة المياه وسط ترحيب من الخبراء الذين حذروا من ارتفاع التضخم
"""
_WORDS = _SENTENCES.split()


def measure(archive: Archive, number: int) -> Iterator[str]:
    """Lines of Markdown: milliseconds of each operation at BASE articles and at `number`, and the ratio."""
    run_id = archive.start_run("bench", now=NOW)
    sizes = sorted({min(BASE, number), number})
    times = []
    done = 0
    for size in sizes:
        began = time.perf_counter()
        _grow(archive, run_id, done, size, shift=len(times) * 4 * ROUNDS)
        done = size
        print(
            f"{archive.engine.dialect.name}: {size:,} articles after {time.perf_counter() - began:.0f} s",
            file=sys.stderr,
        )
        times.append(_time(archive, run_id, size))
    archive.finish_run(run_id, status="done", now=NOW, requests=0)
    yield "| milliseconds, fastest tenth | " + " | ".join(f"at {size:,}" for size in sizes) + " | ratio |"
    yield "| --- |" + " --: |" * (len(sizes) + 1)
    for name in times[0]:
        figures = [each[name] for each in times]
        yield f"| {name} | " + " | ".join(f"{each:.3f}" for each in figures) + f" | {figures[-1] / figures[0]:.2f} |"


def _article(number: int) -> Article:
    words = [_WORDS[(number * 31 + step * step * 7 + step) % len(_WORDS)] for step in range(150)]
    paragraphs = [" ".join(words[start : start + 50]) for start in range(0, 150, 50)]
    return Article(
        f"https://bench.example/news/{number}/",
        "bench",
        f"{' '.join(words[:8])} {number}",
        "\n\n".join([*paragraphs, f"الخبر رقم {number} حرف{number % 997}"]),
        section=_WORDS[number % 40],
        tags=(_WORDS[number % 53], f"وسم{number % 2_000}"),
        published_at=NOW - timedelta(minutes=number),
        published_precision="minute",
        published_source="json-ld",
        extractor="bench",
    )


def _grow(archive: Archive, run_id: int, start: int, end: int, *, shift: int) -> None:
    """Articles as saving leaves them, written in large transactions: a million one by one would take an hour.

    shift: what ids are beyond the articles' numbers, as what was measured in between has taken some.
    """
    for low in range(start + 1, end + 1, _BATCH):
        with writing(archive.engine) as connection:
            rows = [_rows(number, number + shift) for number in range(low, min(low + _BATCH, end + 1))]
            connection.execute(insert(captures), [{**each["capture"], "run_id": run_id} for each in rows])
            connection.execute(insert(articles), [each["article"] for each in rows])
            connection.execute(insert(versions), [each["version"] for each in rows])
            connection.execute(insert(labels), [label for each in rows for label in each["labels"]])
            connection.execute(insert(pages), [each["page"] for each in rows])
            for each in rows:
                row = each["article"]
                search_index.index_article(connection, row["id"], title=row["title"], subtitle=None, text=row["text"])
            _set_counters(connection)
    with archive.engine.connect() as connection:
        connection.execute(text("analyze"))
        connection.commit()


def _rows(number: int, row_id: int) -> dict[str, Any]:
    article, seen = _article(number), NOW + timedelta(seconds=number)
    row = article_row(article)
    state = {"version": 1, "status": "live", "first_seen_at": seen, "last_seen_at": seen}
    own = {name: row[name] for name in ("title", "subtitle", "text", "content_sha256", "extractor")}
    place = {"warc_file": "warc/bench.warc.gz", "warc_offset": number * 4000, "warc_length": 4000}
    due = seen + timedelta(hours=4) if number % 50 else None
    return {
        "capture": {"id": row_id, "url": article.url, "url_key": row["url_key"], "site": "bench", "fetched_at": seen, "status": 200, "size": 9000, "digest": f"sha1:{number:032d}", **place},
        "article": {"id": row_id, **row, **state},
        "version": {"id": row_id, "article_id": row_id, "number": 1, "capture_id": row_id, "seen_at": seen, "details": {}, **own},
        "labels": [{"article_id": row_id, "kind": kind, "folded": folded} for kind, folded in labels_of(row)],
        "page": {"url_key": row["url_key"], "url": article.url, "site": "bench", "kind": "article", "state": "done", "article_id": row_id, "found_at": seen, "fetched_at": seen, "status": 200, "failures": 0, "next_visit_at": due},
    }  # fmt: skip


def _set_counters(connection: Any) -> None:
    if connection.dialect.name == "postgresql":
        for name in ("captures", "articles", "versions"):
            connection.execute(
                text(f"select setval(pg_get_serial_sequence('{name}', 'id'), (select max(id) from {name}))")
            )


def _time(archive: Archive, run_id: int, size: int) -> dict[str, float]:
    """Milliseconds of each operation."""
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
        return lambda: archive.unknown("bench", urls)

    due = NOW + timedelta(days=3)
    return {
        "save a new article": _fast(new),
        "save an edited one": _fast(edited),
        "are these 50 known?": _fast(seen),
        "pick 200 revisits": _fast(lambda _: lambda: archive.due("bench", now=due, limit=200)),
        "history of one": _fast(
            lambda step: lambda: queries.history(archive.engine, _article(1 + step * 17 % size).url)
        ),
    }


def _save(archive: Archive, run_id: int, article: Article, *, hours: int) -> Callable[[], Any]:
    """The transaction alone: what the disk takes for the bytes does not depend on the archive's size."""
    body = f"{article.url} {article.text}".encode()
    capture = Capture(article.url, "bench", NOW + timedelta(hours=hours), 200, (("Content-Type", "text/html"),), body)
    position = archive.append(capture, run_id)
    found = [Found(f"https://bench.example/found/{url_key(article.url)}/{step}", "article") for step in range(10)]
    return lambda: archive.save(
        capture, position, run_id=run_id, kind="article", articles=[article], found=found, now=capture.fetched_at
    )


def _fast(operation: Callable[[int], Callable[[], Any]]) -> float:
    """Milliseconds of the fastest tenth, on average: slower ones tell of other programs and of the disk."""
    times = []
    for step in range(ROUNDS):
        run = operation(step)
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return 1000 * fmean(sorted(times)[: ROUNDS // 10])
