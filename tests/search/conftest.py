"""Archives to search, on each engine."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.support.rooms.search import make_archive


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_archive(database_url)
    yield engine
    engine.dispose()
