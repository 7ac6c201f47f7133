"""Two databases to copy between."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from storage.archive import Archive
from storage.db.database import connect, upgrade
from tests.support.rooms.copies import fill


@pytest.fixture(params=["to PostgreSQL", "to SQLite", "to SQLite from SQLite"])
def sides(request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str) -> Iterator[tuple[Archive, Engine]]:
    """A filled archive and a new, empty database of the other engine."""
    sqlite = f"sqlite:///{tmp_path}/other.db"
    here, there = {"to PostgreSQL": (None, postgres_url), "to SQLite": (postgres_url, sqlite)}.get(
        request.param, (None, sqlite)
    )
    with Archive.open(tmp_path / "archive", here) as archive:
        fill(archive)
        target = connect(there)
        upgrade(target)
        yield archive, target
        target.dispose()
