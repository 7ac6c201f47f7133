"""Fields of a query: `section:رياضة`, `كاتب:"سمر علي"`, `-site:hespress`, `from:2026-11-01`. English and Arabic names.

A word before a colon that is no field name is ordinary text, as in "عاجل: زلزال".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from storage.arabic import fold
from storage.errors import UsageError
from storage.filters import STATUSES, Filters, check_bounds
from storage.messages import message
from storage.search.query_language import seen_text

FIELDS = {
    "site": "site",
    "موقع": "site",
    "section": "section",
    "قسم": "section",
    "author": "author",
    "كاتب": "author",
    "tag": "tag",
    "وسم": "tag",
    "agency": "agency",
    "وكاله": "agency",
    "country": "country",
    "بلد": "country",
    "status": "status",
    "حاله": "status",
    "from": "start",
    "من": "start",
    "to": "end",
    "الي": "end",
    "changed": "changed_since",
    "تغير": "changed_since",
}
_DAYS = ("start", "end", "changed_since")
_STATUS = {"منشور": "live", "محذوف": "gone"}
_MARKS = "\u064b-\u0652\u0670"  # a field name may contain them, such as تغيّر
_FIELD = re.compile(
    rf"""(?<!\S)(?P<minus>[-\u2212])?(?P<name>[^\W\d_](?:[^\W\d_]|[{_MARKS}]){{1,30}}):
    (?: "(?P<straight>[^"]*)" | «(?P<guillemets>[^»]*)» | [“„](?P<curly>[^“”„]*)[”“] | (?P<word>[^\s"«“„]+) )?""",
    re.VERBOSE,
)
_BAR_BEFORE, _BAR_BEHIND = re.compile(r"(?:\||(?<!\S)OR)\s*$"), re.compile(r"\s*\||\s+OR(?!\S)")
_PHRASES = re.compile(r'"[^"]*"|«[^«»]*»|[“„][^“”„]*[”“]')


def split_fields(query: str, *, timezone: str = "UTC") -> tuple[str, Filters]:
    """Split a query into its words and the filters of its fields. timezone: IANA name; days are days of this zone.

    A field may occur once, an excluded one many times. Raises UsageError that quotes the field, for a value that can't
    be parsed, a field that occurs twice, and a field that is an alternative.
    """
    query = seen_text(query)
    within = [phrase.span() for phrase in _PHRASES.finditer(query)]
    filters = Filters()
    rest, last = [], 0
    for part in _FIELD.finditer(query):
        field = FIELDS.get(fold(part["name"]))
        if field is None or any(start < part.start() < end for start, end in within):
            continue
        value = next((each for each in part.group("straight", "guillemets", "curly", "word") if each is not None), "")
        _check_alone(part, query)
        one: dict[str, Any] = {field: _value(field, value.strip(), part.group(), ZoneInfo(timezone))}
        if part["minus"]:
            filters = replace(filters, excluded=(*filters.excluded, Filters(**one)))
        elif getattr(filters, field) is not None:
            raise UsageError(
                message(
                    "{field}: stands twice in the query, at {written!r} again; keep one of them",
                    field=part["name"],
                    written=part.group(),
                )
            )
        else:
            filters = replace(filters, **one)
        rest.append(query[last : part.start()])
        last = part.end()
    check_days([filters], timezone)
    return "".join([*rest, query[last:]]).strip(), filters


def check_days(every: Sequence[Filters], timezone: str) -> None:
    """Raise UsageError, with days of the zone, if no day of publication can match all these filters."""
    starts = [each.start for each in every if each.start is not None]
    ends = [each.end for each in every if each.end is not None]
    if starts and ends:
        zone = ZoneInfo(timezone)
        last = (min(ends) - timedelta(microseconds=1)).astimezone(zone).date()
        check_bounds(max(starts).astimezone(zone).date(), last, ("from:", "to:"))


def _check_alone(part: re.Match[str], query: str) -> None:
    """Raise UsageError for a field with alternatives: all fields of a query must match."""
    if "|" in (part["word"] or ""):
        raise UsageError(
            message("{part!r}: a field has one value; put a value that holds | in quotes", part=part.group())
        )
    if _BAR_BEFORE.search(query[: part.start()]) or _BAR_BEHIND.match(query, part.end()):
        raise UsageError(
            message("{part!r} beside |: a field narrows the whole query, and is no alternative", part=part.group())
        )


def _value(field: str, value: str, written: str, zone: ZoneInfo) -> str | datetime:
    if not value:
        raise UsageError(
            message(
                "there is nothing behind the colon of {written!r}; write the value there, without a blank and with "
                "both its quotes, or the whole in quotes where it is text",
                written=written,
            )
        )
    if field in _DAYS:
        try:
            day = date.fromisoformat(fold(value)) + timedelta(days=field == "end")
            return datetime.combine(day, time(), zone).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise UsageError(
                message("{value!r} in {written!r} is no day; write it as 2026-10-28", value=value, written=written)
            ) from error
    if field == "status":
        status = _STATUS.get(value, value.lower())
        if status not in STATUSES:
            raise UsageError(
                message(
                    "{value!r} in {written!r} is no status: {known}",
                    value=value,
                    written=written,
                    known=", ".join((*STATUSES, *_STATUS)),
                )
            )
        return status
    if field == "country" and not re.fullmatch("[A-Za-z]{2}", value):
        raise UsageError(
            message(
                "{value!r} in {written!r} is no country; write its code of two letters, such as EG",
                value=value,
                written=written,
            )
        )
    return value
