"""An empty archive that knows one site, on each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive

HOME = "https://example.com"


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", HOME, None, None, "UTC")
        yield opened
