"""Cluster articles in memory as the archive clusters its own. Pure: for datasets, tests and other programs."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.similar.comparable_text import comparable
from storage.similar.comparison import Relation
from storage.similar.credit_lines import credited
from storage.similar.derivation import Dated, derive, stories
from storage.similar.signatures import SHARED, signature


@dataclass(frozen=True, slots=True)
class PublishedText:
    """An article to cluster. at: the time of publication, aware. agency: the agency that its page credits, if any."""

    id: str
    text: str
    at: datetime
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Clustered:
    """The source and the cluster of an article.

    relation: to `source`, an earlier article: wholly, partly or none. also: a second source, of a merged text. share:
    the share of its 2-word shingles that the source contains, from 0 to 1. cluster: one number for all articles that
    are wholly from one; None: it is alone. first: the article that was published first in its cluster. credits: the
    agencies that it names as its origin. quotations: those that earlier candidates contain.
    """

    id: str
    relation: Relation
    source: str | None
    also: str | None
    share: float
    cluster: int | None
    first: str
    credits: tuple[str, ...]
    quotations: tuple[str, ...]


def cluster(articles: Sequence[PublishedText]) -> list[Clustered]:
    """Find the source and the cluster of each article; results are in the order of the articles.

    Only whole copies form a cluster: an article that uses a part of another one is not in its cluster.
    """
    dated = [Dated(number, each.at, comparable(each.text)) for number, each in enumerate(articles)]
    signatures = [signature(each.text) for each in articles]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for number, hashes in enumerate(signatures):
        for each in hashes:
            holders[each].append(number)
    derived = []
    for number, hashes in enumerate(signatures):
        shared = Counter(other for each in hashes for other in holders[each] if other != number)
        near = [other for other, count in shared.most_common() if count >= SHARED]
        derived.append(derive(dated[number], [dated[other] for other in near]))
    first = stories({n: each.source if each.relation == "wholly" else None for n, each in enumerate(derived)})
    sizes = Counter(first.values())
    numbers: dict[int, int] = {}
    for number, root in first.items():
        numbers[root] = min(number, numbers.get(root, number))
    return [
        Clustered(
            article.id,
            each.relation,
            articles[each.source].id if each.source is not None else None,
            articles[each.also].id if each.also is not None else None,
            each.share,
            numbers[first[number]] if sizes[first[number]] > 1 else None,
            articles[first[number]].id,
            credited(article.text, article.agency),
            each.quotations,
        )
        for number, (article, each) in enumerate(zip(articles, derived, strict=True))
    ]
