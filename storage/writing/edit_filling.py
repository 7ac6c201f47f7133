"""Fills in the classes of edits that are not stored with their versions yet.

Texts are read and compared outside of the transaction that writes, so that a crawl waits for no comparison. A version
that changed meanwhile is left for the next time.
"""

import logging
import time
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, or_, select, text, update

from storage.db.database import read_transaction, write
from storage.db.schema import versions
from storage.diff.edit_kinds import ALGORITHM
from storage.errors import ArchiveError
from storage.queries import stored_edits

_BATCH = 50
_log = logging.getLogger("warraq.edits")
_before = versions.alias("before")
# As literal SQL, so that both engines see that the index of edited versions serves.
_EDITED = text("versions.number > 1")
_LACKING = (
    select(
        *(versions.c[name] for name in ("id", "content_sha256", "title", "text")),
        *(_before.c[name].label(f"before_{name}") for name in ("content_sha256", "title", "text")),
    )
    .join_from(
        versions,
        _before,
        (_before.c.article_id == versions.c.article_id) & (_before.c.number == versions.c.number - 1),
    )
    .where(_EDITED, or_(versions.c.edit_algorithm.is_(None), versions.c.edit_algorithm < ALGORITHM))
    .order_by(versions.c.id.desc())
    .limit(_BATCH)
)
_FILL = (
    update(versions)
    .where(versions.c.id == bindparam("version_id"), versions.c.content_sha256 == bindparam("sha256"))
    .values(edit_classes=bindparam("names"), edit_algorithm=ALGORITHM, edited_from=bindparam("from_sha256"))
)


def fill_edits(engine: Engine, *, seconds: float | None = None) -> int:
    """Find and store the classes that lack, the latest first; how many. seconds: end after so long; None: at the end.

    Raises ArchiveError.
    """
    began = time.monotonic()
    filled = 0
    last: int | None = None
    while seconds is None or time.monotonic() - began < seconds:
        with read_transaction(engine) as connection:
            statement = _LACKING if last is None else _LACKING.where(versions.c.id < last)
            rows = connection.execute(statement).all()
        if not rows:
            break
        last = rows[-1].id
        values = [_values(row) for row in rows]
        write(engine, lambda connection, values=values: _store(connection, values))  # type: ignore[misc]
        filled += len(rows)
    return filled


def fill_edits_if_possible(engine: Engine, *, seconds: float) -> None:
    """The same at the end of a run, where an error is logged: readers find out for themselves what is not stored."""
    try:
        fill_edits(engine, seconds=seconds)
    except ArchiveError as error:
        _log.warning("the classes of the latest edits are not stored yet: %s", error)


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
    connection.execute(_FILL, values)
