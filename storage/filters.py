"""The filters on articles that search, export and stats share."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Text, cast, select

from storage.arabic import fold
from storage.db.schema import articles, labels
from storage.errors import UsageError


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that an article has to meet, all of them; None: no condition.

    start, end: aware, of the publication instant; start is included, end is not. section: name of a section or
    category, compared folded. unreserved: only articles whose pages state no reservation against archiving or use
    (storage.records.Article.reservations). Raises UsageError for text that no database can hold (NUL, lone
    surrogates).
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
        """The WHERE conditions of a select over `articles`. Articles that were taken down never match."""
        terms = [articles.c.status != "removed"]
        if self.site is not None:
            terms.append(articles.c.site == self.site)
        if self.section is not None:
            named = select(labels.c.article_id).where(
                labels.c.kind.in_(("section", "category")), labels.c.folded == fold(self.section)
            )
            terms.append(articles.c.id.in_(named))
        if self.start is not None:
            terms.append(articles.c.published_at >= self.start)
        if self.end is not None:
            terms.append(articles.c.published_at < self.end)
        if self.unreserved:
            terms.append(cast(articles.c.reservations, Text) == "[]")
        return terms
