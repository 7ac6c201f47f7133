"""An empty archive that knows one site, on each engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.archive import Archive


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        yield opened
