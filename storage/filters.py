"""The filters on articles that search, export and stats share."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, Text, and_, cast, func, not_, or_, select

from storage.arabic import fold
from storage.db.schema import articles, labels, sites, versions
from storage.errors import UsageError

STATUSES = ("live", "gone")


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that an article has to meet, all of them; None: no condition.

    section: name of a section or category. author: a name, or words of it. tag. All three are compared folded. agency:
    its name as the article states it. country: ISO 3166 alpha-2, of the site. status: live or gone. start, end: aware,
    of the publication instant; start is included, end is not. changed_since: aware; the text was seen changed then or
    later. unreserved: only articles whose pages state no reservation against archiving or use
    (storage.records.Article.reservations). excluded: none of these may hold. Raises UsageError for text that no
    database can hold (NUL, lone surrogates) and for an unknown status.
    """

    site: str | None = None
    section: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    unreserved: bool = False
    author: str | None = None
    tag: str | None = None
    agency: str | None = None
    country: str | None = None
    status: str | None = None
    changed_since: datetime | None = None
    excluded: tuple["Filters", ...] = ()

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and ("\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)):
                raise UsageError(f"{value!r} is no name: it holds characters that are no text")
        if self.status is not None and self.status not in STATUSES:
            raise UsageError(f"unknown status {self.status!r}: {' or '.join(STATUSES)}")

    def conditions(self) -> list[ColumnElement[bool]]:
        """The WHERE conditions of a select over `articles`. Articles that were taken down never match."""
        return [articles.c.status != "removed", *self._terms()]

    def _terms(self) -> list[ColumnElement[bool]]:
        terms: list[ColumnElement[bool]] = []
        if self.site is not None:
            terms.append(articles.c.site == self.site)
        if self.section is not None:
            terms.append(_labelled(("section", "category"), labels.c.folded == fold(self.section)))
        if self.author is not None:
            terms.append(_labelled(("author",), _holds_words(fold(self.author))))
        if self.tag is not None:
            terms.append(_labelled(("tag",), labels.c.folded == fold(self.tag)))
        if self.agency is not None:
            terms.append(func.lower(articles.c.agency) == self.agency.lower())
        if self.country is not None:
            terms.append(articles.c.site.in_(select(sites.c.name).where(sites.c.country == self.country.upper())))
        if self.status is not None:
            terms.append(articles.c.status == self.status)
        if self.start is not None:
            terms.append(articles.c.published_at >= self.start)
        if self.end is not None:
            terms.append(articles.c.published_at < self.end)
        if self.changed_since is not None:
            changed = select(versions.c.article_id).where(
                versions.c.number > 1, versions.c.seen_at >= self.changed_since
            )
            terms.append(articles.c.id.in_(changed))
        if self.unreserved:
            terms.append(cast(articles.c.reservations, Text) == "[]")
        # An article without a value, such as one without a date, is not what is excluded.
        terms += [not_(func.coalesce(and_(*each._terms()), False)) for each in self.excluded]
        return terms


def _labelled(kinds: Sequence[str], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return articles.c.id.in_(select(labels.c.article_id).where(labels.c.kind.in_(kinds), condition))


def _holds_words(words: str) -> ColumnElement[bool]:
    """Whether a folded label is these words, or holds them in a row."""
    spaced = " " + labels.c.folded + " "
    return or_(labels.c.folded == words, spaced.contains(f" {words} ", autoescape=True))
