"""An archive to export, on each engine."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.rooms.export import make_archive


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_archive(database_url, 40)
    yield engine
    engine.dispose()
