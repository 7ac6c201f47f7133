"""The changes that an extracted article makes to rows. Pure functions, without a database.

Another headline or text makes a version. Everything else is metadata, stored with its version and corrected in place.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from storage.arabic import fold
from storage.db.schema import Row
from storage.records import DATING, Article, Precision, StatedDate, article_json, date_json
from storage.sanitise import sanitised, without_stray_joiners
from storage.urls import url_key

_NOT_DETAILS = frozenset({"title", "subtitle", "text"})
_WITH_TEXT = ("subtitle", "description")
_FINENESS: dict[Precision | None, int] = {None: 0, "month": 1, "day": 2, "minute": 3, "second": 4}
_FROM_NOW = re.compile(r"\b(?:منذ|مند|قبل|مضت|مضي|خلت|امس|اليوم|الان|توا|للتو|حالا|ago|now|today|yesterday)\b")
PUBLISHED = ("published_at", "published_offset", "published_raw", "published_precision", "published_source")


@dataclass(frozen=True, slots=True)
class Seen:
    """The fields of a version that determine its position in the history."""

    number: int
    seen_at: datetime
    content_sha256: str


@dataclass(frozen=True, slots=True)
class Placement:
    """The position of a text: "same": it is version `number`; "changed": it becomes version `number`."""

    change: Literal["changed", "same"]
    number: int


def content_sha256(title: str, text: str) -> str:
    """Hex digest of headline and text. Runs of white space count as one blank, so a new line break makes no version."""
    return hashlib.sha256(f"{' '.join(title.split())}\n{' '.join(text.split())}".encode()).hexdigest()


def article_row(article: Article) -> Row:
    """The article's columns of the `articles` table, sanitised for both databases."""
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
        "imported_from": None,
    }


def texts(article: Article) -> Row:
    """Headline, subtitle and text, sanitised for both databases, without marks that make no version."""
    return {
        "title": without_stray_joiners(sanitised(article.title)),
        "subtitle": _text(article.subtitle),
        "text": without_stray_joiners(sanitised(article.text)),
    }


def details(article: Article) -> Row:
    """The fields of a version beside headline, subtitle and text, in the form of `article_json`."""
    kept = {name: value for name, value in article_json(article).items() if name not in _NOT_DETAILS}
    return {name: _names(value) if isinstance(value, list) else _text(value) for name, value in kept.items()}


def stated_columns(stated: StatedDate) -> tuple[Row, Row]:
    """A channel's date as the columns of `articles`, and as the fields of a version's details."""
    value, offset = _instant(stated.value)
    shown = {"published_raw": stated.raw, "published_precision": stated.precision, "published_source": stated.source}
    columns = {"published_at": value, "published_offset": offset, **shown}
    return columns, {"published_at": date_json(stated.value, stated.precision), **shown}


def corrections(old: Mapping[str, Any], new: Row, *, changed: bool) -> Row:
    """The columns of `new` to write over `old`, two rows of one article, so that no known value is lost.

    A field that a page no longer shows keeps its value. A publication date is replaced only by one that is as precise
    or contradicts it, never by a later one after the article was first seen, and a page's own never by a channel's.
    changed: whether headline or text are new, and subtitle and description with them.
    """
    updates = {name: value for name, value in new.items() if value is not None and value != []}
    updates["reservations"] = new["reservations"]  # the current ones apply, also if they were lifted
    updates["imported_from"] = new["imported_from"]
    if changed:
        updates |= {name: new[name] for name in _WITH_TEXT}
    else:
        for name in ("title", "text", "word_count", "content_sha256", "extractor"):
            updates.pop(name, None)
        updates.pop("url")  # the first spelling stays
    if new["published_at"] is None or (old["published_at"] and _is_worse_date(new, old)):
        updates = {name: value for name, value in updates.items() if name not in PUBLISHED}
    return {name: value for name, value in updates.items() if value != old[name]}


def place(versions: Sequence[Seen], sha256: str, seen_at: datetime) -> Placement:
    """The position of a text seen at `seen_at` in the history. versions: of one article, by number, at least one.

    A text that equals the version before or after it in time is that version.
    """
    before = [version for version in versions if version.seen_at <= seen_at]
    after = versions[len(before) :]
    for neighbour in (*before[-1:], *after[:1]):
        if neighbour.content_sha256 == sha256:
            return Placement("same", neighbour.number)
    return Placement("changed", before[-1].number + 1 if before else 1)


def is_counted_back(row: Mapping[str, Any]) -> bool:
    """Whether the date is relative to the fetch ("منذ ساعتين"): it differs at each fetch, and becomes coarser."""
    return (
        row["published_source"] in ("visible", "time")
        and _FROM_NOW.search(fold(row["published_raw"] or "")) is not None
    )


def _says_other_than_page(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether the new date is a channel's, and the old one was the page's own, which it no longer shows."""
    return new["published_source"] in DATING and old["published_source"] not in DATING


def _is_worse_date(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether the new publication date must not replace the old one. Both exist."""
    # A live page, or one that was moved to the top again.
    is_late = new["published_at"] > max(old["published_at"], old["first_seen_at"])
    return is_late or _says_less(new, old) or is_counted_back(new) or _says_other_than_page(new, old)


def _says_less(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    """Whether the new publication date is the old one, less precise: a day where the minute is known."""
    if _FINENESS[new["published_precision"]] >= _FINENESS[old["published_precision"]]:
        return False
    apart = abs((new["published_at"] - old["published_at"]).total_seconds())
    return bool(apart <= (31 if new["published_precision"] == "month" else 1) * 86_400)


def _instant(value: datetime | None) -> tuple[datetime | None, int | None]:
    """(UTC, offset in minutes east); (None, None) for the years 1 and 9999, which not every zone can express."""
    if value is None:
        return None, None
    offset = value.utcoffset()
    if offset is None:
        raise ValueError(f"naive datetime {value!r}: the archive takes aware ones only")
    try:
        instant = value.astimezone(UTC)
    except OverflowError:
        return None, None
    if not 1 < instant.year < 9999:  # near the calendar's ends, where another offset may overflow
        return None, None
    return instant, int(offset.total_seconds() // 60)


def _text(text: str | None, limit: int | None = None) -> str | None:
    return (sanitised(text)[:limit] or None) if text is not None else None


def _names(names: Sequence[str]) -> list[str]:
    return [plain for name in names if (plain := sanitised(name))]
