"""Conversion of the fleet's database errors to errors for people."""

from collections.abc import Iterator
from contextlib import contextmanager

from procrastinate.exceptions import ConnectorException
from sqlalchemy import Engine

from storage.db.database import place
from storage.errors import ArchiveError
from storage.messages import message


@contextmanager
def as_archive_errors(engine: Engine) -> Iterator[None]:
    """Turn a ConnectorException into an ArchiveError that names the database."""
    try:
        yield
    except ConnectorException as error:
        why = str(error.__cause__ or error).strip().splitlines()
        raise ArchiveError(
            message(
                "the archive at {place} refused: {why}",
                place=place(engine),
                why=why[0] if why else message("no reason"),
            )
        ) from error
