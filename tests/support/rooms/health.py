"""Stored runs of a site."""

from datetime import UTC, datetime, timedelta
from typing import Any

from storage.queries.run_history import FIELDS, Completeness, RunRecord

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday


DAY = timedelta(days=1)


FULL = frozenset(FIELDS)


def run(days_ago: float, *, new: int = 20, number: int = 0, **other: Any) -> RunRecord:
    at = NOW - days_ago * DAY
    known: dict[str, Any] = {
        "run_id": number or int(100_000 - days_ago * 100),
        "site": "s",
        "started_at": at,
        "finished_at": at + timedelta(minutes=5),
        "status": "done",
        "message": None,
        "requests": new + 5,
        "new": new,
        "changed": 0,
        "same": 3,
        "gone": 0,
        "reasons": {},
        "found": {"listings": 2, "links": 40, "channels": {"feed": {"found": 20, "failures": 0}}},
        "completeness": tuple(Completeness(200 + 7 * (n % 9), FULL) for n in range(new)),
    }
    return RunRecord(**{**known, **other})
