"""Computation of the classes of edits that are not stored with their versions yet.

Texts are read and compared outside of the write transaction, so that a crawl never waits for comparisons. A version
that changed meanwhile is left for the next call.
"""

import logging
import time
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, select, text, update

from storage.db.database import read_transaction, write
from storage.db.schema import versions
from storage.diff.edit_kinds import ALGORITHM
from storage.errors import ArchiveError
from storage.messages import message
from storage.queries import stored_edits

_BATCH = 50
_log = logging.getLogger("warraq.edits")
_before = versions.alias("before")
# As literal SQL, so that both databases use the partial index of edited versions.
_EDITED = text("versions.number > 1")
_EDITS = (
    select(
        *(versions.c[name] for name in ("id", "content_sha256", "title", "text")),
        *(_before.c[name].label(f"before_{name}") for name in ("content_sha256", "title", "text")),
    )
    .join_from(
        versions,
        _before,
        (_before.c.article_id == versions.c.article_id) & (_before.c.number == versions.c.number - 1),
    )
    .where(_EDITED)
    .limit(_BATCH)
)
# Two statements, each of which reads only the index of algorithms.
_LACKING = _EDITS.where(versions.c.edit_algorithm.is_(None)).order_by(versions.c.id.desc())
_OUTDATED = _EDITS.where(versions.c.edit_algorithm < ALGORITHM)
_STORE = (
    update(versions)
    .where(versions.c.id == bindparam("version_id"), versions.c.content_sha256 == bindparam("sha256"))
    .values(edit_classes=bindparam("names"), edit_algorithm=ALGORITHM, edited_from=bindparam("from_sha256"))
)


def fill_edits(engine: Engine, *, seconds: float | None = None) -> int:
    """Compute and store missing classes, latest versions first; return their number. Raises ArchiveError.

    seconds: time limit; None: no limit.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    filled = 0
    last: int | None = None
    while rows := _some(engine, _LACKING if last is None else _LACKING.where(versions.c.id < last), ends):
        last = rows[-1].id  # versions that change meanwhile are left
        filled += _fill(engine, rows)
    while rows := _some(engine, _OUTDATED, ends):
        filled += _fill(engine, rows)
    return filled


def fill_edits_if_possible(engine: Engine, *, seconds: float) -> None:
    """The same at the end of a run; errors are only logged, since queries compute classes that are not stored."""
    try:
        fill_edits(engine, seconds=seconds)
    except ArchiveError as error:
        _log.warning("%s", message("the classes of the latest edits are not stored yet: {error}", error=error))


def _some(engine: Engine, statement: Select[Any], ends: float | None) -> Sequence[Row[Any]]:
    """The next edits; empty when the time is over."""
    if ends is not None and time.monotonic() >= ends:
        return ()
    with read_transaction(engine) as connection:
        return connection.execute(statement).all()


def _fill(engine: Engine, rows: Sequence[Row[Any]]) -> int:
    values = [_values(row) for row in rows]
    write(engine, lambda connection: _store(connection, values))
    return len(values)


def _values(row: Any) -> dict[str, Any]:
    before = {"title": row.before_title, "text": row.before_text}
    classes = stored_edits.classes_of(before, {"title": row.title, "text": row.text})
    return {
        "version_id": row.id,
        "sha256": row.content_sha256,
        "names": stored_edits.written(classes),
        "from_sha256": row.before_content_sha256,
    }


def _store(connection: Connection, values: list[dict[str, Any]]) -> None:
    connection.execute(_STORE, values)
