"""Scores of the copies found in labelled stories: F1 by relation, shares of correct sources and first publishers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from storage.similar import Clustered, PublishedText, cluster
from storage.similar.derivation import published_by
from tests.support.wire_stories.stories import Labelled

RELATIONS = ("wholly", "partly", "not")


@dataclass(slots=True)
class Score:
    """decided: how often each label got each relation. wrong: the articles with a wrong one."""

    decided: Counter[tuple[str, str]] = field(default_factory=Counter)
    sources: Counter[bool] = field(default_factory=Counter)
    firsts: Counter[bool] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def f1(self, relation: str) -> float:
        """The F1 of one relation, from 0 to 1."""
        right = self.decided[relation, relation]
        wrong = sum(count for pair, count in self.decided.items() if relation in pair) - right
        return 2 * right / (2 * right + wrong) if right else 0.0

    def add(self, stories: Iterable[Labelled]) -> None:
        """Cluster the articles as an archive does, and count the results."""
        articles = list(stories)
        given = [PublishedText(each.id, each.text, _at(each), each.agency) for each in articles]
        clustered = {each.id: each for each in cluster(given)}
        for article in articles:
            self._count(article, clustered)

    def _count(self, article: Labelled, clustered: dict[str, Clustered]) -> None:
        copy = clustered[article.id]
        relation = copy.relation if copy.relation in RELATIONS else "not"
        self.decided[article.derivation, relation] += 1
        if relation != article.derivation:
            self.wrong.append(f"{article.id}: {relation}")
        if article.of is not None:
            through = clustered[copy.source].first if copy.source is not None else None
            self.sources[article.of in (copy.source, copy.also, through)] += 1
        if article.derivation == "wholly" or article.kind == "source":
            self.firsts[copy.first == article.first] += 1


def _at(article: Labelled) -> datetime:
    return published_by(article.published_at, article.precision, article.first_seen_at)
