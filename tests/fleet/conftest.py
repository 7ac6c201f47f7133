"""A database of a fleet's own for each test."""

from collections.abc import Iterator

import pytest

from tests.support.fleet.databases import without_fleet


@pytest.fixture
def fleet_url(bare_postgres_url: str) -> Iterator[str]:
    """URL of an empty schema, whose fleet's schema is dropped as well."""
    with without_fleet(bare_postgres_url):
        yield bare_postgres_url
