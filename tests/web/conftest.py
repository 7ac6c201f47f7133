"""One archive and one running reader for all tests: they only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.web import reader_archive
from tests.support.web.served import Served, serving


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    folder = tmp_path_factory.mktemp("reader") / "archive"
    return folder, reader_archive.fill(folder)


@pytest.fixture(scope="session")
def archive(filled: tuple[Path, dict[str, int]]) -> Path:
    return filled[0]


@pytest.fixture(scope="session")
def ids(filled: tuple[Path, dict[str, int]]) -> dict[str, int]:
    return filled[1]


@pytest.fixture(scope="session")
def reader(archive: Path) -> Iterator[Served]:
    with serving(archive) as running:
        yield running
