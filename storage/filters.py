"""Which articles: the filters that search, export and stats share."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, select

from storage.arabic import fold
from storage.db.schema import articles, labels
from storage.errors import UsageError


@dataclass(frozen=True, slots=True)
class Filters:
    """Each narrows; None narrows nothing. start is included, end is not; both aware, of the publication instant.

    section: a section's or category's name, in any spelling that folds alike. Raises UsageError for text that no
    database can hold (NUL, lone surrogates). unreserved: only articles whose pages ask nothing of those who keep or
    use them (storage.records.Article.reservations).
    """

    site: str | None = None
    section: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    unreserved: bool = False

    def __post_init__(self) -> None:
        for name in (self.site, self.section):
            if name is not None and ("\0" in name or any("\ud800" <= letter <= "\udfff" for letter in name)):
                raise UsageError(f"{name!r} is no name: it holds characters that are no text")

    def conditions(self) -> list[ColumnElement[bool]]:
        """For the WHERE of a select over `articles`. Articles that were taken down never match."""
        found = [articles.c.status != "removed"]
        if self.site is not None:
            found.append(articles.c.site == self.site)
        if self.section is not None:
            named = select(labels.c.article_id).where(
                labels.c.kind.in_(("section", "category")), labels.c.folded == fold(self.section)
            )
            found.append(articles.c.id.in_(named))
        if self.start is not None:
            found.append(articles.c.published_at >= self.start)
        if self.end is not None:
            found.append(articles.c.published_at < self.end)
        if self.unreserved:
            found.append(cast(articles.c.reservations, Text) == "[]")
        return found
