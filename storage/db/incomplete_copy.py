"""The mark of an incomplete copy. Only `warraq copy` may use such tables; all other access is refused."""

from sqlalchemy import Connection, select

from storage.db.schema import facts
from storage.errors import ArchiveError
from storage.messages import message

# The name of the fact whose value is the copied archive. It is deleted when the copy is complete.
COPY_FACT = "copied from"


def copied_from(connection: Connection) -> str | None:
    """The archive of which these tables are an incomplete copy; None if they are no copy, or a complete one."""
    source: str | None = connection.scalar(select(facts.c.value).where(facts.c.name == COPY_FACT))
    return source


def refuse_incomplete(connection: Connection, place: str) -> None:
    """Raise ArchiveError for an incomplete copy: the next run of `warraq copy` would delete rows added by others.

    place: the archive's name in the message.
    """
    source = copied_from(connection)
    if source is not None:
        raise ArchiveError(
            message(
                "the archive at {place} is an incomplete copy of {source}; run the same `warraq copy` again",
                place=place,
                source=source,
            )
        )
