"""The benchmark of copies: labelled stories, edited texts compared with MinHash libraries, and the cost in an archive.

python -m tests.benchmarks.copies [--texts 2000] [--large 1000000] [--write]

Texts of the second and third part are made of invented words in the frequencies of natural text (Zipf), 200 words each.
"""

import argparse
import json
import os
import random
import struct
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Engine, insert, select

from crawler.__main__ import put_off_collections
from storage.archive import Archive
from storage.db.database import write_transaction
from storage.db.schema import articles, copy_changes, signatures
from storage.similar import PublishedText, cluster, copy_log, signature_rows
from storage.similar.comparable_text import folded_words
from storage.similar.signatures import SHARED, signature
from tests.benchmarks.document import replace_section
from tests.support.wire_stories.scores import RELATIONS, Score
from tests.support.wire_stories.stories import labelled_stories

ROOT = Path(__file__).parents[2]
WIRE = Path(os.environ.get("WARRAQ_SHARED", ROOT.parent / "shared")) / "facts" / "wire.jsonl"
EDITS = (5, 10, 20, 30, 40)  # % of the words
SMALL = 10_000
BATCHES = 24
COPIED = 0.3  # of the articles that are saved: whole copies of earlier ones, some of them edited
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
A_DAY = 1_000  # articles that are published a day
_LETTERS = "ابتجحدرزسشصطعفقكلمنهوي"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and with --write put the tables into docs/copies.md."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.copies", description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=2_000, help="texts of the second part")
    parser.add_argument("--large", type=int, default=1_000_000, help="articles of the large archive")
    parser.add_argument("--write", action="store_true", help="write the section of docs/copies.md")
    given = parser.parse_args(arguments)
    put_off_collections()  # as a command does
    lines = [*labelled(), "", *edited(given.texts), "", *speed(given.large)]
    print(*lines, sep="\n")
    if given.write:
        replace_section(ROOT / "docs" / "copies.md", "copies", "\n".join(["## Measured", "", *lines]))
    return 0


def labelled() -> Iterator[str]:
    """Score the relations that are found between labelled stories."""
    yield "| stories | texts | wholly F1 | partly F1 | not F1 | source right | first publisher right |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for half in ("developed", "held_out"):
        score = Score()
        for seed in range(100, 110):
            score.add(labelled_stories(half, seed))
        f1 = " | ".join(f"{score.f1(relation):.3f}" for relation in RELATIONS)
        rates = " | ".join(f"{each[True] / each.total():.3f}" for each in (score.sources, score.firsts))
        yield f"| invented, {half.replace('_', ' ')} | {score.decided.total():,} | {f1} | {rates} |"
    if WIRE.exists():
        rows = [json.loads(line) for line in WIRE.read_text(encoding="utf-8").splitlines()]
        given = [
            PublishedText(r["id"], r["text"], datetime.fromisoformat(r["published_at"]), r["agency"]) for r in rows
        ]
        relations = {each.id: (each.relation if each.source else "not") for each in cluster(given)}
        right = Counter((r["kind"] == "heavy-rewrite", relations[r["id"]] == r["derivation"]) for r in rows)
        yield ""
        yield (
            f"Labelled wire stories beside the checkout: {right[False, True]} of {right[False, True] + right[False, False]} "
            f"right, whole rewrites set aside; of those {right[True, True]} of {right[True, True] + right[True, False]}."
        )


class Words:
    """Texts of invented words by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._words = ["".join(self._random.choices(_LETTERS, k=self._random.randrange(2, 8))) for _ in range(60_000)]
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self._words) + 1)))

    def words(self, count: int) -> list[str]:
        """So many words."""
        return self._random.choices(self._words, cum_weights=self._weights, k=count)

    def edited(self, words: list[str], percent: int) -> list[str]:
        """The words, so many of them dropped, replaced, or with another one before them."""
        made: list[str] = []
        for word in words:
            change = self._random.choice("dri") if self._random.random() * 100 < percent else ""
            made += {"d": [], "r": self.words(1), "i": [*self.words(1), word]}.get(change, [word])
        return made


def edited(count: int) -> Iterator[str]:
    """Which edited texts are found among the originals: ours, and banded MinHash of two libraries."""
    source = Words(1)
    texts = [source.words(200) for _ in range(count)]
    asked = [
        (number, percent, source.edited(texts[number], percent)) for percent in EDITS for number in range(0, count, 4)
    ]
    yield f"Originals found among {count:,} texts, % of texts edited by:"
    yield ""
    yield f"| | {' | '.join(f'{percent} %' for percent in EDITS)} | candidates a text |"
    yield f"| --- | {' | '.join('--:' for _ in EDITS)} | --: |"
    for name, find in finders(texts):
        hits: Counter[int] = Counter()
        found_in_all = 0
        for number, percent, words in asked:
            matches = find(words)
            hits[percent] += number in matches
            found_in_all += len(matches)
        each = len(asked) / len(EDITS)
        shown = " | ".join(f"{100 * hits[percent] / each:.1f}" for percent in EDITS)
        yield f"| {name} | {shown} | {found_in_all / len(asked):.2f} |"


def finders(texts: list[list[str]]) -> Iterator[tuple[str, Any]]:
    """Name, and a function from words to the numbers of candidates."""
    holders: dict[int, list[int]] = {}
    for number, words in enumerate(texts):
        for each in signature(" ".join(words)):
            holders.setdefault(each, []).append(number)

    def ours(words: list[str]) -> set[int]:
        counts = Counter(number for each in signature(" ".join(words)) for number in holders.get(each, ()))
        return {number for number, shared in counts.items() if shared >= SHARED}

    yield "Warraq, 64 smallest of 3-word shingles, 3 shared", ours
    for bands, rows, size in ((32, 4, 3), (42, 3, 2)):
        try:
            yield from _peers(texts, bands, rows, size)
        except ImportError as error:
            yield f"{error.name} is not installed", lambda words: set()


def _peers(texts: list[list[str]], bands: int, rows: int, size: int) -> Iterator[tuple[str, Any]]:
    from datasketch import MinHash, MinHashLSH
    from rensa import RMinHash, RMinHashLSH

    def shingles(words: list[str]) -> list[str]:
        plain = folded_words(" ".join(words))
        return [" ".join(plain[place : place + size]) for place in range(len(plain) - size + 1)]

    def sketched(words: list[str]) -> Any:
        made = MinHash(num_perm=bands * rows, seed=1)
        made.update_batch([each.encode() for each in shingles(words)])
        return made

    def rensa_sketched(words: list[str]) -> Any:
        made = RMinHash(num_perm=bands * rows, seed=1)
        made.update(shingles(words))
        return made

    lsh = MinHashLSH(num_perm=bands * rows, params=(bands, rows))
    other = RMinHashLSH(threshold=0.3, num_perm=bands * rows, num_bands=bands)
    for number, words in enumerate(texts):
        lsh.insert(number, sketched(words))
        other.insert(number, rensa_sketched(words))
    yield f"datasketch MinHash, {bands} × {rows} of {size}-word shingles", lambda words: set(lsh.query(sketched(words)))
    yield (
        f"rensa RMinHash, {bands} × {rows} of {size}-word shingles",
        lambda words: set(other.query(rensa_sketched(words))),
    )


def news(count: int) -> list[str]:
    """Texts of 200 words in paragraphs, COPIED of them from one of the last thousand."""
    source, draw = Words(2), random.Random(4)
    originals: list[list[str]] = []
    texts = []
    for _ in range(count):
        if originals and draw.random() < COPIED:
            words = source.edited(draw.choice(originals[-1_000:]), draw.choice((0, 0, 5, 10, 20)))
        else:
            words = source.words(200)
            originals.append(words)
        texts.append("\n\n".join(f"{' '.join(words[place : place + 20])}." for place in range(0, len(words), 20)))
    return texts


def speed(large: int) -> Iterator[str]:
    """Articles signed and taken in a second, in an archive of SMALL articles and in a large one."""
    texts = news(BATCHES * copy_log.BATCH)
    for _ in range(2):  # the second time most words were met before, as in an archive
        began = time.process_time()
        for text in texts:
            signature(text)
        signed = len(texts) / (time.process_time() - began)
    yield f"{signed:,.0f} articles are signed a second of processor time (200 words each)."
    with tempfile.TemporaryDirectory(prefix="warraq-copies-") as folder:
        archives = [(size, Archive.open(Path(folder) / str(size))) for size in (SMALL, large)]
        for size, archive in archives:
            _fill(archive.engine, size)
        took: dict[int, list[float]] = {size: [] for size, _ in archives}
        for batch in range(BATCHES):
            for size, archive in archives:  # in turn, under the same load
                _add(
                    archive.engine,
                    size + batch * copy_log.BATCH,
                    texts[batch * copy_log.BATCH : (batch + 1) * copy_log.BATCH],
                )
                began = time.process_time()
                done = copy_log.take_in(archive.engine)
                took[size].append(time.process_time() - began)
                if done != copy_log.BATCH:
                    raise RuntimeError(f"{done} articles were taken in")
        for _, archive in archives:
            archive.close()
    rates = {size: copy_log.BATCH / median(each) for size, each in took.items()}
    fastest = {size: sorted(each)[BATCHES // 10] for size, each in took.items()}
    yield (
        f"{rates[SMALL]:,.0f} articles a second of processor time are taken in (signed, stored, their copies found, committed; SQLite; {COPIED:.0%} of them are copies) by "
        f"an archive of {SMALL:,}, {rates[large]:,.0f} by one of {large:,} ({A_DAY:,} a day): "
        f"{rates[SMALL] / rates[large]:.2f} times the time by medians, {fastest[large] / fastest[SMALL]:.2f} by the "
        "fastest tenth."
    )


def _fill(engine: Engine, count: int) -> None:
    """Signatures as `count` articles have, A_DAY of them a day."""
    rng = random.Random(3)
    with write_transaction(engine) as connection:
        for start in range(0, count, 5_000):
            new = []
            for number in range(start, min(start + 5_000, count)):
                # The smallest of some 200 hashes.
                hashes = tuple(sorted(int(rng.random() * 0.32 * 2**32) for _ in range(64)))
                at = BEGAN + timedelta(days=number // A_DAY)
                new.append(signature_rows.StoredSignature(number + 1, at, hashes))
            packed = [struct.pack("<64I", *each.hashes) for each in new]
            connection.execute(
                insert(signatures),
                [
                    {"article_id": e.article_id, "algorithm": 1, "at": e.at, "hashes": bytes_, "credits": []}
                    for e, bytes_ in zip(new, packed, strict=True)
                ],
            )
            pairs = [
                (key, e.article_id) for e in new for key in signature_rows._keys(e.hashes, signature_rows._period(e.at))
            ]
            connection.exec_driver_sql("insert or ignore into shingles values (?, ?)", sorted(pairs))


def _add(engine: Engine, after: int, texts: list[str]) -> None:
    """New articles of the latest day, noted."""
    at = BEGAN + timedelta(days=after // A_DAY)
    plain: dict[str, Any] = {each: [] for each in ("authors", "categories", "tags", "reservations")}
    with write_transaction(engine) as connection:
        if connection.scalar(select(articles.c.id).limit(1)) is None:
            connection.exec_driver_sql(
                "insert into sites (name, home, timezone) values ('bench', 'https://b.example', 'UTC')"
            )
        for place, text in enumerate(texts):
            article_id = after + place + 1
            connection.execute(
                insert(articles).values(
                    id=article_id, url=f"https://b.example/{article_id}", url_key=f"b.example/{article_id}", site="bench",
                    title="عنوان", text=text, word_count=200, content_sha256="", extractor="b", version=1, status="live",
                    first_seen_at=at, last_seen_at=at, published_at=at, published_precision="second", **plain,
                )
            )  # fmt: skip
            connection.execute(insert(copy_changes).values(article_id=article_id))


if __name__ == "__main__":
    raise SystemExit(main())
