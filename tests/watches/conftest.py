"""An archive whose articles say what a saved search looks for, on each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive
from tests.support.small_archive import HOME


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", HOME, "المثال", "EG", "Africa/Cairo")
        yield opened
