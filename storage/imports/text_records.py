"""Articles of other programs, without a capture: the value, and the parsing of its fields from JSON."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from storage.records import Article, Precision
from storage.urls import clean_url
from storage.warc.file_names import is_site_name

# Parses a date as written, with the time zone of its site: the instant (aware) and its precision; None if it can't.
ReadDate = Callable[[str, str], tuple[datetime, Precision] | None]
_LONGEST_TITLE = 2_000  # characters


class Invalid(ValueError):
    """A record that can't be an article. Its message names the field, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class TextRecord:
    """One article as text, with its provenance.

    format: a preset of storage.imports.field_maps, "fields" or "text". first_seen_at, last_seen_at: aware; None if the
    record does not state when it was seen. number: of the version, in the archive that exported it. offsets: columns
    of `articles` that are stored as stated.
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
    undated: bool = False  # it has a date that can't be parsed


def text_of(record: Mapping[str, Any], name: str) -> str | None:
    """A string; None if absent or blank. Raises Invalid for any other type."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Invalid(f"{name} is no text")
    return value if value.strip() else None


def exact_text(record: Mapping[str, Any], name: str) -> str | None:
    """A string, unchanged with its blanks; None if absent or empty. Raises Invalid for any other type."""
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise Invalid(f"{name} is no text")
    return value or None


def exact_names(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of strings, unchanged. Raises Invalid for any other type."""
    value = record.get(name)
    if value is not None and not (isinstance(value, list) and all(isinstance(each, str) for each in value)):
        raise Invalid(f"{name} is no list of texts")
    return tuple(value or ())


def names_of(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of strings; a single string becomes a list of one. Raises Invalid for any other type."""
    value = record.get(name)
    if value is None:
        return ()
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise Invalid(f"{name} is no list of texts")
    return tuple(plain for each in values if (plain := each.strip()))


def url_of(record: Mapping[str, Any]) -> str:
    """The cleaned URL. Raises Invalid without a URL that can be fetched."""
    stated = text_of(record, "url")
    if stated is None:
        raise Invalid("it has no url")
    try:
        return clean_url(stated.strip())
    except ValueError:
        raise Invalid(f"url {stated[:80]!r} is no http(s) URL") from None


def title_of(record: Mapping[str, Any]) -> str | None:
    """The headline on one line. Raises Invalid if it is longer than any headline."""
    title = text_of(record, "title")
    if title is not None and len(title) > _LONGEST_TITLE:
        raise Invalid(f"title has {len(title):,} characters, which no headline has")
    return " ".join(title.split()) if title is not None else None


def site_name_of(record: Mapping[str, Any]) -> str | None:
    """The name of its site. Raises Invalid for an invalid name."""
    name = text_of(record, "site")
    if name is not None and not is_site_name(name):
        raise Invalid(f"site {name[:80]!r} can't be the name of a site")
    return name


def paragraphs(text: str) -> str:
    """The text in NFC, with each line as a paragraph, separated by one blank line."""
    lines = (line.strip() for line in unicodedata.normalize("NFC", text).splitlines())
    return "\n\n".join(line for line in lines if line)


def stated_time(text: str | None, timezone: str) -> datetime | None:
    """Parse an ISO 8601 date and time, aware; None for anything else. timezone: used without a stated offset."""
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
    """A date as text; a number is Unix time. None if absent or blank. Raises Invalid for any other type."""
    value = record.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.0f}"
    return text_of(record, name)
