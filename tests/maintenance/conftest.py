"""A small archive, and two databases to copy between."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import Engine

from storage.archive import Archive
from storage.db.database import connect
from tests.support import small_archive
from tests.support.rooms.copies import fill


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    """A small archive, on each engine."""
    with Archive.open(tmp_path / "archive", database_url) as opened:
        small_archive.fill(opened)
        yield opened


@pytest.fixture(params=["to PostgreSQL", "to SQLite", "to SQLite from SQLite"])
def sides(
    request: pytest.FixtureRequest, tmp_path: Path, postgres_url: str, _made_file: Path
) -> Iterator[tuple[Archive, Engine]]:
    """A filled archive and an empty database of the other engine."""
    other, own = tmp_path / "other.db", tmp_path / "archive" / "warraq.db"
    own.parent.mkdir()
    here = postgres_url if request.param == "to SQLite" else f"sqlite:///{copyfile(_made_file, own)}"
    there = postgres_url if request.param == "to PostgreSQL" else f"sqlite:///{copyfile(_made_file, other)}"
    with Archive.open(own.parent, here) as archive:
        fill(archive)
        target = connect(there)
        yield archive, target
        target.dispose()
