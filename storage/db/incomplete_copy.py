"""A copy that has not come to its end is no archive yet: nobody but the copy reads it or writes to it."""

from sqlalchemy import Connection, select

from storage.db.schema import facts
from storage.errors import ArchiveError

# The fact that says so, and of which archive; gone when the copy is complete.
UNFINISHED = "copied from"


def copied_from(connection: Connection) -> str | None:
    """The archive that these tables are an unfinished copy of; None: they are none."""
    found: str | None = connection.scalar(select(facts.c.value).where(facts.c.name == UNFINISHED))
    return found


def refuse_unfinished(connection: Connection, place: str) -> None:
    """Raise ArchiveError for an unfinished copy: the same copy, run again, would delete what it doesn't know.

    place: how the message names the archive.
    """
    source = copied_from(connection)
    if source is not None:
        raise ArchiveError(
            f"the archive at {place} is an unfinished copy of {source}; run the same `warraq copy` again"
        )
