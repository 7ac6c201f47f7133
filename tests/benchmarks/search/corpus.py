"""Articles in Zipf words, the same for a seed: real Arabic words, so that queries for them are expanded as usual."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Any

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from sqlalchemy import Engine, insert

from storage.db.schema import articles, labels, sites
from storage.filters import labels_of

SITES, SECTIONS, AUTHORS, TAGS, AGENCIES = 60, 30, 2_000, 20_000, 8
COUNTRIES = ("EG", "MA", "SA", "LB", "IQ", "TN")
WORDS = 100_000  # different ones at most
_SHORTEST, _LONGEST = 30, 600
_AT_ONCE = 2_000
_FIRST = datetime(2015, 1, 1, tzinfo=UTC)
_SPAN_S = 10 * 365 * 86_400
_SEEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Corpus:
    """words: by rank, the most frequent first."""

    seed: int
    count: int
    words: Sequence[str]

    def rows(self) -> Iterator[dict[str, Any]]:
        """The articles as rows of the table."""
        draw = random.Random(self.seed)
        sums = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))
        tag_sums = list(accumulate(1 / (rank + 1) for rank in range(TAGS)))
        for number in range(1, self.count + 1):
            length = min(max(int(draw.lognormvariate(4.8, 0.6)), _SHORTEST), _LONGEST)
            text = draw.choices(self.words, cum_weights=sums, k=length + 8)
            yield _row(number, text, draw, tag_sums)


def corpus(count: int, seed: int) -> Corpus:
    """Of so many articles."""
    known = DefaultDictionaryFactory().get_dictionary("ar")
    words = [word for word in known if word.isalpha() and len(word) > 2 and "\u0621" <= word[0] <= "\u064a"]
    words = sorted(set(words))
    random.Random(seed).shuffle(words)
    return Corpus(seed, count, words[:WORDS])


def fill(engine: Engine, made: Corpus) -> None:
    """Write the sites and articles, in groups, with the rows of their labels."""
    with engine.begin() as connection:
        named = [
            {"name": f"site{n}", "home": f"https://site{n}.example", "timezone": "UTC", "country": COUNTRIES[n % 6]}
            for n in range(SITES)
        ]
        connection.execute(insert(sites), named)
    group: list[dict[str, Any]] = []
    for row in made.rows():
        group.append(row)
        if len(group) == _AT_ONCE:
            _write(engine, group)
            group = []
    _write(engine, group)


def _write(engine: Engine, group: list[dict[str, Any]]) -> None:
    named = [
        {"article_id": row["id"], "kind": kind, "folded": folded}
        for row in group
        for kind, folded in sorted(labels_of(row))
    ]
    with engine.begin() as connection:
        if group:
            connection.execute(insert(articles), group)
            connection.execute(insert(labels), named)


def _row(number: int, words: list[str], draw: random.Random, tag_sums: list[float]) -> dict[str, Any]:
    site = f"site{int(draw.random() ** 2 * SITES)}"
    return {
        "id": number,
        "url": f"https://{site}.example/{number}",
        "url_key": f"{site}.example/{number}",
        "site": site,
        "title": " ".join(words[:8]),
        "subtitle": None,
        "authors": [f"كاتب {int(draw.random() * AUTHORS)}"],
        "categories": [],
        "section": f"قسم {int(draw.random() ** 2 * SECTIONS)}",
        "tags": sorted({f"وسم {rank}" for rank in draw.choices(range(TAGS), cum_weights=tag_sums, k=3)}),
        "agency": f"وكالة {int(draw.random() * AGENCIES)}" if draw.random() < 0.4 else None,
        "published_at": _FIRST + timedelta(seconds=int(draw.random() * _SPAN_S)),
        "published_offset": 0,
        "published_precision": "minute",
        "text": " ".join(words[8:]),
        "word_count": len(words) - 8,
        "content_sha256": f"{number:064x}",
        "extractor": "benchmark 1",
        "version": 1,
        "status": "live",
        "first_seen_at": _SEEN,
        "last_seen_at": _SEEN,
    }
