"""Counts of a data set's contents, made while it is written: sites, months, lengths, fields, duplicates."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from storage.export.article_schema import Field
from storage.export.batches import Batch

COLUMNS = ("site", "country", "language", "published_at", "word_count", "content_sha256", "cluster")
# Words of a text: the upper bounds of the plot's bars.
LENGTH_BINS = (25, 50, 100, 200, 400, 800, 1600)


@dataclass(slots=True)
class Measures:
    """Counts of a data set. lengths: number of texts by the smallest bin that they fit in; None: longer than all bins.

    texts: the distinct pairs of headline and text, as the first 64 bits of their digests (about 70 MB a million).
    """

    fields: Sequence[Field]
    articles: int = 0
    words: int = 0
    sites: Counter[str] = field(default_factory=Counter)
    countries: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    months: Counter[str] = field(default_factory=Counter)
    lengths: Counter[int | None] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    clusters: Counter[int] = field(default_factory=Counter)
    texts: set[int] = field(default_factory=set)

    def add(self, batch: Batch) -> None:
        """Count the articles of a batch, which must have COLUMNS and the fields."""
        columns = batch.columns
        self.articles += batch.rows
        self.words += sum(columns["word_count"])
        self.sites.update(columns["site"])
        self.countries.update(value or "unknown" for value in columns["country"])
        self.languages.update(value or "unknown" for value in columns["language"])
        self.months.update(value[:7] if value else "undated" for value in columns["published_at"])
        self.lengths.update(next((most for most in LENGTH_BINS if n <= most), None) for n in columns["word_count"])
        self.clusters.update(value for value in columns["cluster"] if value is not None)
        self.texts.update(int(value[:16], 16) for value in columns["content_sha256"])
        for each in self.fields:
            empty = ("[]",) if each.kind == "strings" else (None,)
            self.filled[each.name] += sum(value not in empty for value in columns[each.name])

    def as_json(self) -> dict[str, Any]:
        """The counts as JSON, the most frequent first; months in chronological order."""
        return {
            "articles": self.articles,
            "words": self.words,
            "sites": dict(_ranked(self.sites)),
            "countries": dict(_ranked(self.countries)),
            "languages": dict(_ranked(self.languages)),
            "months": dict(sorted(self.months.items())),
            "words_at_most": {str(most or "more"): self.lengths[most] for most in (*LENGTH_BINS, None)},
            "filled": {each.name: self.filled[each.name] for each in self.fields},
            "distinct_texts": len(self.texts),
            "in_clusters": sum(count for count in self.clusters.values() if count > 1),
            "clusters": sum(count > 1 for count in self.clusters.values()),
        }


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
