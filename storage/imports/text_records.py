"""Articles as other programs give them, without a capture: the value, and how its fields are read from JSON."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from storage.records import Article, Precision
from storage.urls import clean_url
from storage.warc.file_names import is_site_name

# Of a date in words, with the time zone of its site: the instant (aware) and how exact it is; None: it can't be read.
ReadDate = Callable[[str, str], tuple[datetime, Precision] | None]
_LONGEST_TITLE = 2_000  # characters


class Invalid(ValueError):
    """A record that can't be an article. Its message names the field, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class TextRecord:
    """One article as text, and what is said of it.

    format: a preset of storage.imports.field_maps, "fields" or "text". first_seen_at, last_seen_at: aware; None where
    the record does not say when anybody saw it. number: of the version, in the archive that exported it. offsets:
    columns of `articles` that are kept as they were stated.
    """

    article: Article
    format: str
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None
    status: Literal["live", "gone"] = "live"
    partial: bool = False
    country: str | None = None
    number: int | None = None
    offsets: Mapping[str, int | None] | None = None
    undated: bool = False  # it has a date that can't be read


def text_of(record: Mapping[str, Any], name: str) -> str | None:
    """A text; None where it is absent or blank. Raises Invalid for any other kind of value."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Invalid(f"{name} is no text")
    return value if value.strip() else None


def exact_text(record: Mapping[str, Any], name: str) -> str | None:
    """A text as it is, blanks too; None where it is absent or empty. Raises Invalid for any other kind of value."""
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise Invalid(f"{name} is no text")
    return value or None


def exact_names(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts as it is. Raises Invalid for any other kind of value."""
    value = record.get(name)
    if value is not None and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
        raise Invalid(f"{name} is no list of texts")
    return tuple(value or ())


def names_of(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts; a text alone is a list of one. Raises Invalid for any other kind of value."""
    value = record.get(name)
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise Invalid(f"{name} is no list of texts")
    return tuple(plain for each in values if (plain := each.strip()))


def url_of(record: Mapping[str, Any]) -> str:
    """The URL, clean. Raises Invalid without one that can be fetched."""
    stated = text_of(record, "url")
    if stated is None:
        raise Invalid("it has no url")
    try:
        return clean_url(stated.strip())
    except ValueError:
        raise Invalid(f"url {stated[:80]!r} is no http(s) URL") from None


def title_of(record: Mapping[str, Any]) -> str | None:
    """The headline on one line. Raises Invalid for one that is longer than any."""
    title = text_of(record, "title")
    if title is not None and len(title) > _LONGEST_TITLE:
        raise Invalid(f"title has {len(title):,} characters, which no headline has")
    return " ".join(title.split()) if title is not None else None


def site_name_of(record: Mapping[str, Any]) -> str | None:
    """The name of its site. Raises Invalid for what can't be one."""
    name = text_of(record, "site")
    if name is not None and not is_site_name(name):
        raise Invalid(f"site {name[:80]!r} can't be the name of a site")
    return name


def paragraphs(text: str) -> str:
    """The text in NFC, each of its lines a paragraph, with one blank line between two."""
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n\n".join(line for line in lines if line)


def stated_time(text: str | None, timezone: str) -> datetime | None:
    """The instant of an ISO 8601 date and time, aware; None for anything else. timezone: where it states none."""
    if text is None:
        return None
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(timezone))
    try:
        value.astimezone(UTC)
    except OverflowError:
        return None
    return value


def date_text(record: Mapping[str, Any], name: str) -> str | None:
    """A date as text; a number is Unix time. None where it is absent or blank. Raises Invalid for another kind."""
    value = record.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.0f}"
    return text_of(record, name)
