"""Check of a fleet's requirements: the extra `fleet`, and an archive in PostgreSQL."""

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Engine

from storage.db.database import connect
from storage.db.database_url import archive_url
from storage.errors import UsageError
from storage.messages import message


def fleet_engine(folder: Path, db_url: str | None) -> Engine:
    """An engine of the fleet's database, without a connection yet. Raises UsageError if a requirement is not met."""
    if find_spec("procrastinate") is None:
        raise UsageError(message("a fleet needs procrastinate: pip install 'warraq[fleet]'"))
    engine = connect(archive_url(folder, db_url), folder=folder.absolute())
    if engine.dialect.name != "postgresql":
        raise UsageError(
            message(
                "a fleet needs an archive in PostgreSQL, as an SQLite file serves one machine: give --db "
                "postgresql+psycopg://USER@HOST/NAME (`warraq copy` moves an archive there), or use `warraq crawl "
                "--due`"
            )
        )
    return engine
