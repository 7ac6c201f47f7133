"""Records of Warraq's own exports, so that one archive can import what another exported."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, cast, get_args

from storage.export.article_schema import FIELDS
from storage.imports.text_records import (
    Invalid,
    TextRecord,
    exact_names,
    exact_text,
    site_name_of,
    stated_time,
    text_of,
    url_of,
)
from storage.records import Article, DateSource, Precision
from storage.rows.versions import content_sha256

FORMAT = "warraq"
_LISTS = frozenset(field.name for field in FIELDS if field.kind == "strings")
_NOT_TEXTS = {"url", "site", "title", "text", "published_at", "modified_at", "extractor", *_LISTS}
_TEXTS = tuple(name for name in Article.__dataclass_fields__ if name not in _NOT_TEXTS)
_COUNTRY = re.compile(r"[A-Z]{2}")


def is_own(record: Mapping[str, Any]) -> bool:
    """Whether a record is from an export of Warraq, by all of its fields or by the most distinctive ones."""
    return {"content_sha256", "extractor", "word_count"} <= record.keys()


def is_edit(record: Mapping[str, Any]) -> bool:
    """Whether a record is from `export --versions all`: a pair of versions, not an article."""
    return {"version_before", "content_sha256_before", "sentences"} <= record.keys()


def read_own(record: Mapping[str, Any]) -> TextRecord:
    """Make an article from a record. Raises Invalid if it is none, or does not match its digest."""
    if "version_before" in record:
        raise Invalid(
            "it is an edit (export --versions all), which holds no whole article; import an export of articles"
        )
    title, text, site = exact_text(record, "title"), exact_text(record, "text"), site_name_of(record)
    if title is None or text is None or site is None:
        missing = [name for name, value in (("title", title), ("text", text), ("site", site)) if value is None]
        raise Invalid(f"it has no {' and no '.join(missing)}")
    stated = text_of(record, "content_sha256")
    if stated is not None and stated != content_sha256(title, text):
        raise Invalid("title and text are not what content_sha256 says: the record was damaged or edited")
    fields: dict[str, Any] = {name: exact_text(record, name) for name in _TEXTS}
    fields |= {name: exact_names(record, name) for name in _LISTS}
    article = Article(
        url=_url(record),
        site=site,
        title=title,
        text=text,
        published_at=_instant(record, "published_at"),
        modified_at=_instant(record, "modified_at"),
        extractor=text_of(record, "extractor") or FORMAT,
        **fields,
    )
    _check_words(article)
    first, last = _instant(record, "first_seen_at"), _instant(record, "last_seen_at")
    return TextRecord(
        article,
        FORMAT,
        first_seen_at=first or last,
        last_seen_at=max(first, last) if first and last else first or last,
        status=_status(record),
        partial=record.get("partial") is True,
        country=_country(record),
        number=number if isinstance(number := record.get("version"), int) and 0 < number < 2**31 else None,
        offsets={name: _offset(record, name) for name in ("published_offset", "modified_offset") if name in record},
    )


def _url(record: Mapping[str, Any]) -> str:
    """The URL as stated if it has no white space, else its clean form."""
    clean, stated = url_of(record), str(record["url"])
    return stated if stated.isprintable() and " " not in stated else clean


def _instant(record: Mapping[str, Any], name: str) -> datetime | None:
    stated = text_of(record, name)
    value = stated_time(stated, "UTC")
    if stated is not None and value is None:
        raise Invalid(f"{name} {stated[:40]!r} is no time")
    return value


def _check_words(article: Article) -> None:
    """Raise Invalid for a value that the columns do not allow."""
    words = (
        ("published_precision", article.published_precision, get_args(Precision)),
        ("published_source", article.published_source, get_args(DateSource)),
    )
    for name, value, known in words:
        if value is not None and value not in known:
            raise Invalid(f"{name} {value[:40]!r} is none of {', '.join(known)}")


def _status(record: Mapping[str, Any]) -> Literal["live", "gone"]:
    status = text_of(record, "status") or "live"
    if status not in ("live", "gone"):
        raise Invalid(f"status {status[:40]!r} is neither live nor gone")
    return cast(Literal["live", "gone"], status)


def _country(record: Mapping[str, Any]) -> str | None:
    country = text_of(record, "country")
    if country is not None and not _COUNTRY.fullmatch(country):
        raise Invalid(f"country {country[:40]!r} is no code of two capital letters")
    return country


def _offset(record: Mapping[str, Any], name: str) -> int | None:
    value = record[name]
    if value is not None and not (isinstance(value, int) and abs(value) < 24 * 60):
        raise Invalid(f"{name} is no number of minutes")
    return value
