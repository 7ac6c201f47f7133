"""Refusals of the fleet's database as errors for people."""

from collections.abc import Iterator
from contextlib import contextmanager

from procrastinate.exceptions import ConnectorException
from sqlalchemy import Engine

from storage.db.database import place
from storage.errors import ArchiveError


@contextmanager
def as_archive_errors(engine: Engine) -> Iterator[None]:
    """Turn what procrastinate raises into an ArchiveError that names the database."""
    try:
        yield
    except ConnectorException as error:
        why = str(error.__cause__ or error).strip().splitlines()
        raise ArchiveError(f"the archive at {place(engine)} refused: {why[0] if why else 'no reason'}") from error
