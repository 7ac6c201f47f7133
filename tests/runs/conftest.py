"""The sample newspaper, served."""

from collections.abc import Iterator

import pytest

from crawler.demo import DemoServer
from tests.support.rooms.crawls import serving


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with serving() as running:
        yield running
