"""Field maps from other programs' records to Warraq's fields: presets, or stated by the user."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from storage.errors import UsageError
from storage.imports import own_records
from storage.imports.text_records import (
    Invalid,
    ReadDate,
    TextRecord,
    date_text,
    names_of,
    paragraphs,
    stated_time,
    text_of,
    title_of,
    url_of,
)
from storage.messages import message
from storage.records import Article

_LISTS = ("authors", "categories", "tags")
_TEXTS = ("subtitle", "agency", "section", "description", "image", "language")
# The fields that a map can have. seen_at: when the program fetched the article.
MAPPABLE = ("url", "title", "text", *_TEXTS, *_LISTS, "published_at", "modified_at", "seen_at")
_FIRST_YEAR = 1990  # no program fetched a page earlier: such a year is of another calendar, or a placeholder
USERS = "fields"  # the format of articles read by a user's map


@dataclass(frozen=True, slots=True)
class FieldMap:
    """For each of Warraq's fields, the names that it may have in a record; the first one present is used.

    A dot descends into an object: "html.requested_url". marks: fields that identify this format. extractor: the value
    of `extractor` for the articles.
    """

    name: str
    fields: Mapping[str, tuple[str, ...]]
    marks: frozenset[str] = frozenset()
    extractor: str = "imported"


_SAME: dict[str, tuple[str, ...]] = {name: (name,) for name in MAPPABLE}
# The JSON of news-please 1.6, the articles of fundus 0.4 (`Article.to_json`, the file of a crawl), and the common
# names of the minimal fields in other text exports. Checked 2026-11.
PRESETS = {
    each.name: each
    for each in (
        FieldMap(
            "news-please",
            {
                **_SAME,
                "text": ("maintext", "text"),
                "image": ("image_url",),
                "published_at": ("date_publish",),
                "modified_at": ("date_modify",),
                "seen_at": ("date_download",),
            },
            frozenset({"maintext", "date_download"}),
            "news-please",
        ),
        FieldMap(
            "fundus",
            {
                **_SAME,
                "url": ("url", "html.requested_url", "requested_url", "html.responded_url"),
                "text": ("plaintext", "body"),
                "tags": ("topics",),
                "language": ("lang", "language"),
                "published_at": ("publishing_date",),
                "seen_at": ("html.crawl_date", "crawl_date"),
            },
            frozenset({"publishing_date", "topics"}),
            "fundus",
        ),
        FieldMap(
            "plain",
            {**_SAME, "published_at": ("published_at", "date"), "modified_at": ("modified_at",)},
            frozenset({"url", "text"}),
        ),
    )
}
NAMES = (own_records.FORMAT, *PRESETS)


def users_map(text: str) -> FieldMap:
    """Parse a map such as "url=link,text=body,tags=meta.keywords". Raises UsageError that names what is wrong."""
    fields: dict[str, tuple[str, ...]] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        ours, equals, theirs = (each.strip() for each in part.partition("="))
        if not equals or not theirs:
            raise UsageError(message("--map {part!r} names no field of the file; write it as text=body", part=part))
        if ours not in MAPPABLE:
            raise UsageError(
                message(
                    "--map: there is no field {ours!r}; the fields are {known}", ours=ours, known=", ".join(MAPPABLE)
                )
            )
        if ours in fields:
            raise UsageError(message("--map names {ours!s} twice", ours=ours))
        fields[ours] = (theirs,)
    missing = [name for name in ("url", "text") if name not in fields]
    if missing:
        raise UsageError(
            message("--map does not say where {missing} are; write url=link,text=body", missing=" and ".join(missing))
        )
    return FieldMap(USERS, fields)


def preset(name: str) -> FieldMap | None:
    """The map of a preset; None for records of Warraq's own exports. Raises UsageError for an unknown name."""
    if name not in NAMES:
        raise UsageError(
            message("there is no preset {name!r}; the presets are {known}", name=name, known=", ".join(NAMES))
        )
    return PRESETS.get(name)


def recognised(record: Mapping[str, Any]) -> str | None:
    """The preset that fits a record; None if none does."""
    if own_records.is_own(record):
        return own_records.FORMAT
    return next((each.name for each in PRESETS.values() if each.marks <= record.keys()), None)


def mapped(record: Mapping[str, Any], by: FieldMap) -> dict[str, Any]:
    """The values of a record under Warraq's names. Raises Invalid without a URL or text."""
    fields = {ours: _first(record, theirs) for ours, theirs in by.fields.items()}
    for name in ("url", "text"):
        if fields.get(name) is None:
            raise Invalid(f"it has no {' or '.join(by.fields[name])}")
    if isinstance(fields["text"], dict | list):  # fundus: {"summary": [...], "sections": [{"headline", "paragraphs"}]}
        fields["text"] = "\n".join(_strings(fields["text"]))
    return fields


def read_mapped(
    values: Mapping[str, Any], by: FieldMap, *, site: str, timezone: str, read_date: ReadDate
) -> TextRecord | None:
    """Make an article from the values of `mapped`; None if they lack a headline, as those of a flattened page do.

    site, timezone: of its site. Raises Invalid.
    """
    url, title, text = url_of(values), title_of(values), text_of(values, "text")
    if text is None or not (body := paragraphs(text)):
        raise Invalid("its text is empty")
    if title is None:
        return None
    published_raw = date_text(values, "published_at")
    published = read_date(published_raw, timezone) if published_raw is not None else None
    modified = date_text(values, "modified_at")
    changed = read_date(modified, timezone) if modified is not None else None
    named: dict[str, Any] = {name: text_of(values, name) for name in _TEXTS}
    named |= {name: names_of(values, name) for name in _LISTS}
    article = Article(
        url=url,
        site=site,
        title=title,
        text=body,
        **named,
        published_at=published[0] if published else None,
        published_raw=published_raw if published else None,
        published_precision=published[1] if published else None,
        published_source="import" if published else None,
        modified_at=changed[0] if changed else None,
        extractor=by.extractor,
    )
    return seen(TextRecord(article, by.name, undated=published_raw is not None and published is None), values)


def seen_time(values: Mapping[str, Any]) -> datetime | None:
    """When the program fetched the article, in UTC; None if not stated in ISO 8601."""
    at = stated_time(date_text(values, "seen_at"), "UTC")
    return at.astimezone(UTC) if at is not None and at.year >= _FIRST_YEAR else None


def seen(record: TextRecord, values: Mapping[str, Any]) -> TextRecord:
    """The record with the time of fetching, if the values state one (UTC without an offset)."""
    at = seen_time(values)
    return record if at is None else TextRecord(record.article, record.format, at, at, undated=record.undated)


def flattened(article: Article, by: FieldMap | None, values: Mapping[str, Any]) -> TextRecord:
    """The record of an article extracted from a flattened page."""
    return seen(TextRecord(article, by.name if by is not None else "text"), values)


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    return next((value for name in names if (value := _at(record, name)) is not None), None)


def _at(record: Any, name: str) -> Any:
    """The value at a name; without such a key, the name is followed along its dots."""
    if isinstance(record, Mapping) and name in record:
        return record[name]
    head, dot, rest = name.partition(".")
    return _at(record[head], rest) if dot and isinstance(record, Mapping) and head in record else None


def _strings(value: Any) -> Iterator[str]:
    """The strings in a JSON value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
