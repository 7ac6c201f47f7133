"""Archives to search, on each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.support.rooms.search import make_archive


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    engine = make_archive(database_url, tmp_path)
    yield engine
    engine.dispose()
