"""Captures of the newspaper whose markup says nothing."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from storage.records import Capture


@pytest.fixture
def captured() -> Callable[..., Capture]:
    def capture(html: str, number: int = 0) -> Capture:
        fetched = datetime(2026, 11, 25, 9, tzinfo=UTC)
        headers = (("Content-Type", "text/html; charset=utf-8"),)
        return Capture(f"https://paper.example/a/{number}", "paper", fetched, 200, headers, html.encode())

    return capture
