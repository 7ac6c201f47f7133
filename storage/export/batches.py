"""Batches of articles as columns, with values as stored in the database, and their conversion to JSON values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson

from storage.db.database import json_value
from storage.errors import DamagedValue
from storage.export.article_schema import OFFSETS, Field
from storage.messages import message


class Batch:
    """A number of articles as columns: field name to values, all of the same length.

    An instant is text in UTC, "2025-03-01 12:00:05.000000"; a list is JSON; a boolean may be 0 or 1.
    """

    __slots__ = ("columns", "rows")

    def __init__(self, columns: Mapping[str, Sequence[Any]], rows: int) -> None:
        self.columns = dict(columns)
        self.rows = rows

    def take(self, indexes: Sequence[int]) -> "Batch":
        """The articles at these indexes, in their order."""
        if len(indexes) == self.rows:
            return self
        return Batch(
            {name: [column[index] for index in indexes] for name, column in self.columns.items()}, len(indexes)
        )


def json_columns(batch: Batch, fields: Sequence[Field]) -> list[Iterable[Any]]:
    """The columns of these fields for orjson. A list is a Fragment."""
    return [_json_column(batch, field) for field in fields]


def _json_column(batch: Batch, field: Field) -> Iterable[Any]:
    values = batch.columns[field.name]
    if field.kind == "strings":
        return map(_fragment, values)
    if field.kind == "boolean":
        return (None if value is None else bool(value) for value in values)
    if field.kind != "instant":
        return values
    if field.name in OFFSETS:
        return map(local_instant, values, batch.columns[OFFSETS[field.name]])
    return map(_utc_instant, values)


def stored_instant(value: datetime) -> str:
    """An aware datetime in the form of a batch."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def python_list(text: str) -> list[str]:
    """Parse a list from a JSON column."""
    return list(_parsed(text))


def _utc_instant(text: str | None) -> str | None:
    return None if text is None else f"{text[:10]}T{text[11:19]}+00:00"


def local_instant(text: str | None, offset: int | None) -> str | None:
    """ISO 8601 with the offset that the page stated. offset: minutes east of UTC; None: UTC."""
    if text is None or not offset:
        return _utc_instant(text)
    # Many instants share few hours and offsets, so results are cached: computing each would take a tenth of an export.
    local = _local_minute(text[:16], offset) if offset % 60 else _local_hour(text[:13], offset)
    return f"{local[0]}{text[16 if offset % 60 else 13 : 19]}{local[1]}"


def _local(start: datetime, offset: int, shown: str) -> tuple[str, str]:
    """The local date and time, and the offset in ISO 8601. At the ends of the calendar: UTC."""
    try:
        local = start + timedelta(minutes=offset)
    except OverflowError:
        return start.isoformat(timespec=shown), "+00:00"
    hours, minutes = divmod(abs(offset), 60)
    sign = "-" if offset < 0 else "+"
    return local.isoformat(timespec=shown), f"{sign}{hours:02}:{minutes:02}"


@lru_cache(maxsize=1 << 14)
def _local_hour(hour: str, offset: int) -> tuple[str, str]:
    return _local(datetime.fromisoformat(hour), offset, "hours")


@lru_cache(maxsize=1 << 12)
def _local_minute(minute: str, offset: int) -> tuple[str, str]:
    return _local(datetime.fromisoformat(minute), offset, "minutes")


@lru_cache(maxsize=1 << 12)
def _parsed(text: str) -> tuple[str, ...]:
    return tuple(_list(text))


@lru_cache(maxsize=1 << 12)
def _fragment(text: str) -> orjson.Fragment:
    """The list as orjson writes it, since PostgreSQL writes a space after each comma."""
    return orjson.Fragment(orjson.dumps(_list(text)))


def _list(text: str) -> list[str]:
    values = json_value(text)
    if not isinstance(values, list):
        raise DamagedValue(message("{text!r} is no list", text=text[:80]))
    return values
