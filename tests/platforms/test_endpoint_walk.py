"""Endpoints that fail are requested ever more rarely."""

from datetime import UTC, datetime, timedelta

from crawler.platforms.endpoint_walk import is_suspended
from storage.records import Endpoint

HOME = "https://news.example/"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_an_endpoint_that_fails_is_requested_ever_more_rarely():
    def suspended(failures: int, hours: float, good_at: datetime | None = None) -> bool:
        return is_suspended(Endpoint("feed", HOME, NOW, good_at, failures), NOW + timedelta(hours=hours))

    assert not suspended(0, 0)
    assert suspended(1, 19)
    assert not suspended(1, 21)
    assert suspended(2, 39)
    assert not suspended(2, 41)
    assert not suspended(1000, 24 * 31)
    assert not suspended(3, 0, good_at=NOW), "one that worked may be down for a while"
    assert suspended(4, 19, good_at=NOW)
