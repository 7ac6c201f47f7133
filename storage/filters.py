"""The filters of articles for search, export and stats."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, func, not_, or_, select

from storage.arabic import fold
from storage.db.schema import articles, copies, labels, sites, versions
from storage.errors import UsageError
from storage.messages import either, message

STATUSES = ("live", "gone")
# Labels are indexed, and PostgreSQL limits index entries to 2,704 bytes.
MAX_LABEL = 200


def check_bounds(least: date | int | None, greatest: date | int | None, names: tuple[str, str]) -> None:
    """Raise UsageError if no day or number is between two bounds, both included. None: no such bound.

    names: the names of both bounds, as written before their values: "--from", "from:", "from=".
    """
    if isinstance(least, date) and isinstance(greatest, date) and greatest < least:
        first, last = _written(names[0], least), _written(names[1], greatest)
        raise UsageError(message("{last!s} lies before {first!s}", last=last, first=first))
    if isinstance(least, int) and isinstance(greatest, int) and greatest < least:
        low, high = _written(names[0], least), _written(names[1], greatest)
        raise UsageError(message("{high!s} is less than {low!s}: nothing lies between", low=low, high=high))


def _written(name: str, value: date | int) -> str:
    return f"{name}{value}" if name.endswith((":", "=")) else f"{name} {value}"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that an article has to meet, all of them; None: no condition.

    section: name of a section or category. author: a name, or words of it. tag. All three are compared folded. agency:
    its name as stated in the article. country: ISO 3166 alpha-2, of the site. status: live or gone. start, end: aware,
    of the publication instant; start is included, end is not. changed_since: aware; an edit of the text was seen then
    or later; changed_before: before then. unreserved: only articles whose pages state no reservation against archiving
    or use (storage.records.Article.reservations). language: BCP 47; "ar" also matches "ar-EG". min_words, max_words: of
    the text, both included. seen_since, seen_before: aware; when it was first archived. representative: one article of
    each cluster of copies (storage.similar), and all without a cluster; first_publisher: the first published article of
    each cluster. excluded: none of these may match. Raises UsageError for text that databases can't store (NUL, lone
    surrogates) and for an unknown status.
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
    changed_before: datetime | None = None
    language: str | None = None
    min_words: int | None = None
    max_words: int | None = None
    seen_since: datetime | None = None
    seen_before: datetime | None = None
    representative: bool = False
    first_publisher: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and ("\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)):
                raise UsageError(message("{value!r} is no name: it holds characters that are no text", value=value))
        if self.status is not None and self.status not in STATUSES:
            raise UsageError(message("unknown status {status!r}: {known}", status=self.status, known=either(STATUSES)))

    def conditions(self) -> list[ColumnElement[bool]]:
        """The WHERE conditions for a select of `articles`. Articles that were taken down never match."""
        return [articles.c.status != "removed", *(condition for _, condition in self.named_conditions())]

    def named_conditions(self) -> list[tuple[str, ColumnElement[bool]]]:
        """The conditions with their names, without the one that excludes articles taken down."""
        terms = [*self._label_terms(), *self._column_terms(), *self._time_terms(), *self._copy_terms()]
        # An exclusion does not match an article without a value, such as one without a date.
        terms += [
            ("excluded", not_(func.coalesce(and_(*(term for _, term in each.named_conditions())), False)))
            for each in self.excluded
        ]
        return terms

    def _label_terms(self) -> Iterator[tuple[str, ColumnElement[bool]]]:
        if self.site is not None:
            yield "site", articles.c.site == self.site
        if self.section is not None:
            yield "section", _labelled(("section", "category"), labels.c.folded == fold(self.section))
        if self.author is not None:
            yield "author", _labelled(("author",), _holds_words(fold(self.author)))
        if self.tag is not None:
            yield "tag", _labelled(("tag",), labels.c.folded == fold(self.tag))
        if self.country is not None:
            country = select(sites.c.name).where(sites.c.country == self.country.upper())
            yield "country", articles.c.site.in_(country)

    def _column_terms(self) -> Iterator[tuple[str, ColumnElement[bool]]]:
        if self.agency is not None:
            yield "agency", func.lower(articles.c.agency) == self.agency.lower()
        if self.status is not None:
            yield "status", articles.c.status == self.status
        if self.unreserved:
            yield "reservations", cast(articles.c.reservations, Text) == "[]"
        if self.language is not None:
            language, stated = self.language.lower(), func.lower(articles.c.language)
            yield "language", or_(stated == language, stated.startswith(f"{language}-", autoescape=True))
        if self.min_words is not None:
            yield "length", articles.c.word_count >= self.min_words
        if self.max_words is not None:
            yield "length", articles.c.word_count <= self.max_words

    def _copy_terms(self) -> Iterator[tuple[str, ColumnElement[bool]]]:
        if self.representative:
            yield "copy", or_(articles.c.cluster.is_(None), articles.c.cluster == articles.c.id)
        if self.first_publisher:
            first = select(copies.c.first_id).where(copies.c.first_id.is_not(None))
            yield "copy", or_(articles.c.cluster.is_(None), articles.c.id.in_(first))

    def _time_terms(self) -> Iterator[tuple[str, ColumnElement[bool]]]:
        if self.start is not None:
            yield "published", articles.c.published_at >= self.start
        if self.end is not None:
            yield "published", articles.c.published_at < self.end
        if self.seen_since is not None:
            yield "first seen", articles.c.first_seen_at >= self.seen_since
        if self.seen_before is not None:
            yield "first seen", articles.c.first_seen_at < self.seen_before
        if self.changed_since is not None or self.changed_before is not None:
            changed = select(versions.c.article_id).where(versions.c.number > 1)
            if self.changed_since is not None:
                changed = changed.where(versions.c.seen_at >= self.changed_since)
            if self.changed_before is not None:
                changed = changed.where(versions.c.seen_at < self.changed_before)
            yield "changed", articles.c.id.in_(changed)


def labels_of(row: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(kind, folded name) of all labels by which an article can be filtered. row: of `articles`."""
    named = [("section", row["section"] or "")]
    for kind, column in (("category", "categories"), ("tag", "tags"), ("author", "authors")):
        named += [(kind, name) for name in row[column]]
    return {(kind, folded) for kind, name in named if (folded := fold(name)[:MAX_LABEL].strip())}


def _labelled(kinds: Sequence[str], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return articles.c.id.in_(select(labels.c.article_id).where(labels.c.kind.in_(kinds), condition))


def _holds_words(words: str) -> ColumnElement[bool]:
    """The condition that a folded label is these words, or contains them in a row."""
    spaced = " " + labels.c.folded + " "
    return or_(labels.c.folded == words, spaced.contains(f" {words} ", autoescape=True))
