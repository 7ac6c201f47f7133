"""Archives to search, on each engine and on both at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.support.rooms.search import make_archive


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = make_archive(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def both(tmp_path: Path, postgres_url: str) -> Iterator[tuple[Engine, Engine]]:
    engines = make_archive(f"sqlite:///{tmp_path}/both.db"), make_archive(postgres_url)
    yield engines
    for engine in engines:
        engine.dispose()
