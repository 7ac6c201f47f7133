"""The sample newspaper, served."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.demo import DemoServer, Newspaper, serve
from crawler.demo.newspaper import TIMEZONE


@pytest.fixture
def server() -> Iterator[DemoServer]:
    moment = datetime.now(UTC)
    with serve(Newspaper(moment.astimezone(ZoneInfo(TIMEZONE)).date(), now=moment)) as running:
        yield running
