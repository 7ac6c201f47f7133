"""Deciding what an article that was read means to the archive: pure functions over rows, no database.

Headline and text make a version; everything else is metadata, which is kept with its version and corrected in
place.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Literal

from storage.arabic import fold
from storage.db.schema import Row
from storage.records import Article, Precision, article_json, date_json
from storage.sanitise import sanitised
from storage.urls import url_key

# A label is part of an index, whose entries PostgreSQL limits to 2,704 bytes.
MAX_LABEL = 200
_NOT_DETAILS = frozenset({"title", "subtitle", "text"})
_WITH_TEXT = ("subtitle", "description")
_FINENESS: dict[Precision | None, int] = {None: 0, "month": 1, "day": 2, "minute": 3, "second": 4}
_FROM_NOW = re.compile(r"\b(?:منذ|مند|قبل|مضت|مضي|خلت|امس|اليوم|الان|توا|للتو|حالا|ago|now|today|yesterday)\b")
_PUBLISHED = (
    "published_at",
    "published_offset",
    "published_raw",
    "published_precision",
    "published_source",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A version as far as its place in time is told by it."""

    number: int
    seen_at: datetime
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a text belongs among the versions: "same" as version `number`, or "changed": to become it."""

    outcome: Literal["changed", "same"]
    number: int


def content_sha256(title: str, text: str) -> str:
    """Hex, of headline and text; white space counts as one blank, so a new line break is no new version."""
    return hashlib.sha256(f"{' '.join(title.split())}\n{' '.join(text.split())}".encode()).hexdigest()


def article_row(article: Article) -> Row:
    """The article's own columns of the `articles` table, in what both databases take."""
    published_at, published_offset = _instant(article.published_at)
    modified_at, modified_offset = _instant(article.modified_at)
    shown = texts(article)
    return {
        **shown,
        "url": sanitised(article.url),
        "url_key": url_key(article.url),
        "site": article.site,
        "authors": _names(article.authors),
        "agency": _text(article.agency),
        "section": _text(article.section),
        "categories": _names(article.categories),
        "tags": _names(article.tags),
        "published_at": published_at,
        "published_offset": published_offset,
        "published_raw": _text(article.published_raw),
        "published_precision": article.published_precision,
        "published_source": article.published_source,
        "modified_at": modified_at,
        "modified_offset": modified_offset,
        "language": _text(article.language, 16),
        "description": _text(article.description),
        "image": _text(article.image),
        "reservations": _names(article.reservations),
        "word_count": len(shown["text"].split()),
        "content_sha256": content_sha256(shown["title"], shown["text"]),
        "extractor": sanitised(article.extractor)[:32],
    }


def texts(article: Article) -> Row:
    """Headline, subtitle and text, in what both databases take."""
    return {
        "title": sanitised(article.title),
        "subtitle": _text(article.subtitle),
        "text": sanitised(article.text),
    }


def details(article: Article) -> Row:
    """What a version keeps beside headline, subtitle and text: the other fields, as `article_json` has them."""
    kept = {name: value for name, value in article_json(article).items() if name not in _NOT_DETAILS}
    return {name: _names(value) if isinstance(value, list) else _text(value) for name, value in kept.items()}


def corrections(old: Mapping[str, Any], new: Row, *, changed: bool) -> Row:
    """What of `new` to write over `old`, rows of one article, so that nothing known is lost.

    A page that shows a field no longer, or a listing that never does, takes nothing away; a publication date
    gives way only to one that says as much or disagrees. changed: headline and text are new, and subtitle and
    description come with them.
    """
    updates = {name: value for name, value in new.items() if value is not None and value != []}
    updates["reservations"] = new["reservations"]  # these hold as they stand today, also when they were lifted
    if changed:
        updates |= {name: new[name] for name in _WITH_TEXT}
    else:
        for name in ("title", "text", "word_count", "content_sha256", "extractor"):
            updates.pop(name, None)
        updates.pop("url")  # it stays what it was first known by: another spelling is no news
    if new["published_at"] is None or _says_less(new, old) or (old["published_at"] and _counted_back(new)):
        updates = {name: value for name, value in updates.items() if name not in _PUBLISHED}
    return {name: value for name, value in updates.items() if value != old[name]}


def place(versions: Sequence[Seen], sha256: str, seen_at: datetime) -> Placement:
    """Where a text that was seen at `seen_at` belongs. versions: of one article, by number, at least one.

    A text between two sightings of one version, or equal to the version that follows it, is that version.
    """
    before = [version for version in versions if version.seen_at <= seen_at]
    after = versions[len(before) :]
    for neighbour in (*before[-1:], *after[:1]):
        if neighbour.content_sha256 == sha256:
            return Placement("same", neighbour.number)
    return Placement("changed", before[-1].number + 1 if before else 1)


def labels_of(row: Mapping[str, Any]) -> set[tuple[str, str]]:
    """(kind, folded name) of everything the article can be filtered by."""
    named = [("section", row["section"] or "")]
    for kind, column in (("category", "categories"), ("tag", "tags"), ("author", "authors")):
        named += [(kind, name) for name in row[column]]
    return {(kind, folded) for kind, name in named if (folded := fold(name)[:MAX_LABEL].strip())}


def local_json(instant: datetime | None, offset: int | None, precision: str | None) -> str | None:
    """An instant of a row as `date_json` gives it, in the offset that the page stated. offset: minutes east of UTC."""
    if instant is None:
        return None
    if offset:
        instant = instant.astimezone(timezone(timedelta(minutes=offset)))
    return date_json(instant, precision)


def _counted_back(row: Mapping[str, Any]) -> bool:
    """Whether the date was told from the hour of the look ("منذ ساعتين"): at each look another, and ever coarser."""
    return (
        row["published_source"] in ("visible", "time")
        and _FROM_NOW.search(fold(row["published_raw"] or "")) is not None
    )


def _says_less(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether the new publication date is the old one with less of it: a day, where a minute is known."""
    if old["published_at"] is None:
        return False
    if _FINENESS[new["published_precision"]] >= _FINENESS[old["published_precision"]]:
        return False
    apart = abs((new["published_at"] - old["published_at"]).total_seconds())
    return bool(apart <= (31 if new["published_precision"] == "month" else 1) * 86_400)


def _instant(value: datetime | None) -> tuple[datetime | None, int | None]:
    """In UTC, and minutes east of it; nothing for the years 1 and 9999, which not every zone can express."""
    if value is None:
        return None, None
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(f"naive datetime {value!r}: the archive takes aware ones only")
    try:
        instant = value.astimezone(UTC)
    except OverflowError:
        return None, None
    if not 1 < instant.year < 9999:  # no room for another offset
        return None, None
    return instant, int(offset.total_seconds() // 60)


def _text(text: str | None, limit: int | None = None) -> str | None:
    return (sanitised(text)[:limit] or None) if text is not None else None


def _names(names: Sequence[str]) -> list[str]:
    return [plain for name in names if (plain := sanitised(name))]
