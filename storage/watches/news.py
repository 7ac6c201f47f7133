"""The news of a saved search: comparison of the article states it knows with the current ones. Pure."""

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
    """The change of one article.

    kind: "new" in the results, "edited", "gone" from its site, or "restored" there. version_before: the known version;
    None for a new article. matches: whether the search still finds it.
    """

    article_id: int
    kind: NewsKind
    version: int
    version_before: int | None
    matches: bool


def compare_states(
    known: Mapping[int, ArticleState], current: Mapping[int, ArticleState], matching: Collection[int]
) -> list[NewsItem]:
    """The news, in the order of the articles' ids.

    known: the states of the last time. current: the states of these articles and of all that match now; a missing one
    was taken down, and is not reported. An article that was both edited and taken off its site is reported as "gone",
    with both versions.
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
