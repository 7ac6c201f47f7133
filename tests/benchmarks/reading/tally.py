"""Counts of the engines' results: means over pages, and sets of names over all pages together."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from storage.arabic import fold
from tests.benchmarks.engines.corpora import Case, Gold
from tests.benchmarks.engines.scores import PageScore, score

SETS = ("authors", "agency", "sections", "tags", "subtitle")


@dataclass(slots=True)
class Tally:
    """One engine over pages of several sites. sets: by field the names found, right and wanted, over all pages."""

    pages: list[tuple[str, PageScore]] = field(default_factory=list)
    sets: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, site: str, case: Case, answer: dict[str, Any]) -> None:
        """Score one page."""
        self.pages.append((site, score(answer, case.gold, page=case.name, kind=case.kind, now=case.fetched_at)))
        for name in SETS:
            have, want = _names(answer.get(name)), _wanted(case.gold, name)
            self.sets[name] += Counter(found=len(have), right=len(have & want), wanted=len(want))

    def merge(self, other: "Tally") -> None:
        """Add the pages of another tally of the same engine."""
        self.pages += other.pages
        for name, counts in other.sets.items():
            self.sets[name] += counts

    @property
    def f1(self) -> float:
        """Mean body F1 of the pages."""
        return fmean(page.body.f1 for _, page in self.pages)

    def sites(self) -> dict[str, float]:
        """Mean body F1 of each site."""
        by: dict[str, list[float]] = defaultdict(list)
        for site, page in self.pages:
            by[site].append(page.body.f1)
        return {site: fmean(values) for site, values in by.items()}

    def of_site(self, site: str) -> "Tally":
        """The pages of one site; without its sets."""
        return Tally([pair for pair in self.pages if pair[0] == site])

    def set_f1(self, name: str) -> float | None:
        """Of a field's names over all pages; None where there are none to find and none was found."""
        counts = self.sets[name]
        both = counts["found"] + counts["wanted"]
        return 2 * counts["right"] / both if both else None

    def figures(self) -> dict[str, Any]:
        """All of it, for tables and JSON. dates: pages by verdict (see engines.scores)."""
        worst = min(self.pages, key=lambda pair: pair[1].body.f1)[1]
        site, lowest = min(self.sites().items(), key=lambda pair: pair[1])
        return {
            "pages": len(self.pages),
            "f1": self.f1,
            "precision": fmean(page.body.precision for _, page in self.pages),
            "recall": fmean(page.body.recall for _, page in self.pages),
            "worst_page": {"page": worst.page, "f1": worst.body.f1},
            "worst_site": {"site": site, "f1": lowest},
            "leaks_per_page": fmean(len(page.leaked) for _, page in self.pages),
            "headline": fmean(page.title for _, page in self.pages),
            "dates": dict(Counter(page.date for _, page in self.pages)),
            **{name: self.set_f1(name) for name in SETS if self.sets},
        }


def _names(value: Iterable[str] | str | None) -> set[str]:
    values = (value,) if isinstance(value, str) else value or ()
    return {fold(each) for each in values if each and each.strip()}


def _wanted(gold: Gold, name: str) -> set[str]:
    given = {
        "authors": gold.authors,
        "agency": gold.agency,
        "sections": (gold.section or "", *gold.categories),
        "tags": gold.tags,
        "subtitle": gold.subtitle,
    }
    return _names(given[name])
