"""Cursors: the position of a list's next page, as an opaque string. Pure."""

import base64
import binascii
from datetime import datetime
from typing import Any

import orjson

from storage.errors import UsageError
from storage.queries.article_lists import ListPosition
from storage.queries.recent_edits import EditPosition

_MOST = 400  # characters
_LAST_ID = 2**63 - 1
_LAST_OFFSET = 1_000_000


def offset_cursor(offset: int) -> str | None:
    """The cursor of a search. offset: number of hits already returned. None beyond the highest offset allowed."""
    return _written([offset]) if offset <= _LAST_OFFSET else None


def offset_of(cursor: str | None) -> int:
    """Raises UsageError."""
    if cursor is None:
        return 0
    match _values(cursor):
        case [int(offset)] if 0 <= offset <= _LAST_OFFSET:
            return offset
    raise _refusal(cursor)


def list_cursor(position: ListPosition | None) -> str | None:
    """The cursor of a list of articles; None at its end."""
    if position is None:
        return None
    at, article_id = position
    return _written([at.isoformat() if at else None, article_id])


def list_position(cursor: str | None) -> ListPosition | None:
    """Raises UsageError."""
    if cursor is None:
        return None
    match _values(cursor):
        case [None, int(article_id)] if 0 <= article_id <= _LAST_ID:
            return None, article_id
        case [str(at), int(article_id)] if 0 <= article_id <= _LAST_ID and (instant := _instant(at)):
            return instant, article_id
    raise _refusal(cursor)


def edit_cursor(position: EditPosition | None) -> str | None:
    """The cursor of a list of edits; None at its end."""
    return None if position is None else _written([position.at.isoformat(), position.kind, position.row_id])


def edit_position(cursor: str | None) -> EditPosition | None:
    """Raises UsageError."""
    if cursor is None:
        return None
    match _values(cursor):
        case [str(at), ("event" | "version") as kind, int(row_id)] if 0 <= row_id <= _LAST_ID:
            if instant := _instant(at):
                return EditPosition(instant, kind, row_id)
    raise _refusal(cursor)


def _written(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def _values(cursor: str) -> Any:
    if len(cursor) > _MOST:
        raise _refusal(cursor)
    try:
        return orjson.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise _refusal(cursor) from error


def _instant(written: str) -> datetime | None:
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        return None
    return instant if instant.tzinfo else None


def _refusal(cursor: str) -> UsageError:
    return UsageError(f"cursor={cursor[:40]!r} is none that this list gave as next")
