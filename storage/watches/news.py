"""What a saved search has to report: the articles as it knows them against the articles as they are. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

NewsKind = Literal["new", "edited", "gone", "restored"]


@dataclass(frozen=True, slots=True)
class ArticleState:
    """An article's current version, and whether it is "live" or "gone"."""

    version: int
    status: str


@dataclass(frozen=True, slots=True)
class NewsItem:
    """What happened to one article.

    kind: "new" among those that are found, "edited", "gone" from its site, "restored" to it. version_before: the one
    that was known; None: it is new. matches: whether the search finds it still.
    """

    article_id: int
    kind: NewsKind
    version: int
    version_before: int | None
    matches: bool


def compare_states(
    known: Mapping[int, ArticleState], current: Mapping[int, ArticleState], matching: Collection[int]
) -> list[NewsItem]:
    """What to report, in the order of the articles' ids.

    known: the articles of the last time. current: the states of those and of all that match; one that is not there
    was taken down, and nothing is said of it. Of an article that was both edited and taken off its site the latter is
    the kind, and both versions stand beside it.
    """
    items = []
    for article_id in sorted(current.keys() & (known.keys() | set(matching))):
        now, before = current[article_id], known.get(article_id)
        kind = _kind(before, now)
        if kind is not None:
            number = before.version if before else None
            items.append(NewsItem(article_id, kind, now.version, number, article_id in matching))
    return items


def _kind(before: ArticleState | None, now: ArticleState) -> NewsKind | None:
    if before is None:
        return "new"
    if before.status != now.status:
        return "gone" if now.status == "gone" else "restored"
    return "edited" if before.version != now.version else None
