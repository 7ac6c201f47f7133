"""Articles of an export in columns, with values as the database holds them; and the same values as JSON gives them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import orjson

from storage.db.database import json_value
from storage.errors import DamagedValue
from storage.export.article_schema import OFFSETS, Field


class Batch:
    """Some articles, a column for each field: name to values, all of one length.

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


def python_list(text: str) -> list[str]:
    """The list of a column of JSON."""
    return list(_parsed(text))


def _utc_instant(text: str | None) -> str | None:
    return None if text is None else f"{text[:10]}T{text[11:19]}+00:00"


@lru_cache(maxsize=1 << 12)
def local_instant(text: str | None, offset: int | None) -> str | None:
    """ISO 8601 in the offset that the page stated. offset: minutes east of UTC; None: as UTC."""
    if text is None or not offset:
        return _utc_instant(text)
    try:
        local = datetime.fromisoformat(text[:19]) + timedelta(minutes=offset)
    except OverflowError:  # at the ends of the calendar
        return _utc_instant(text)
    hours, minutes = divmod(abs(offset), 60)
    return f"{local.isoformat()}{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"


@lru_cache(maxsize=1 << 12)
def _parsed(text: str) -> tuple[str, ...]:
    values = json_value(text)
    if not isinstance(values, list):
        raise DamagedValue(f"{text[:80]!r} is no list")
    return tuple(values)


@lru_cache(maxsize=1 << 12)
def _fragment(text: str) -> orjson.Fragment:
    """The list in the one spelling of orjson; PostgreSQL writes a space after each comma."""
    return orjson.Fragment(orjson.dumps(_parsed(text)))
