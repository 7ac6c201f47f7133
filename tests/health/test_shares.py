"""How far a share must fall or rise before health says so."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.health.verdicts import Health, judge
from storage.queries.run_history import FIELDS, Completeness, RunRecord

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL_FIELDS = frozenset(FIELDS)
WITHOUT = ALL_FIELDS - {"authors"}


def run(days_ago: float, articles: list[Completeness], **other: Any) -> RunRecord:
    at = NOW - timedelta(days=days_ago)
    known: dict[str, Any] = {
        "run_id": int(100_000 - days_ago * 100), "site": "s", "started_at": at,
        "finished_at": at + timedelta(minutes=5), "status": "done", "message": None, "requests": 25,
        "new": len(articles), "changed": 0, "same": 3, "gone": 0, "reasons": {},
        "found": {"listings": 2, "links": 40, "channels": {}}, "completeness": tuple(articles),
    }  # fmt: skip
    return RunRecord(**{**known, **other})


def complete(count: int, without: int = 0, words: int = 200) -> list[Completeness]:
    """So many articles, of which some lack their writers."""
    return [Completeness(words, WITHOUT if number < without else ALL_FIELDS) for number in range(count)]


def judged(latest: RunRecord, past: list[RunRecord]) -> Health:
    verdict = judge([latest, *past], now=NOW)
    assert verdict is not None
    return verdict


@pytest.mark.parametrize(("lacking", "verdict"), [(4, "ok"), (5, "degraded"), (8, "degraded"), (20, "degraded")])
def test_a_field_that_a_fifth_more_of_the_articles_lack_is_reported(lacking: int, verdict: str) -> None:
    past = [run(days, complete(20)) for days in range(1, 20)]
    assert judged(run(0, complete(20, without=lacking)), past).verdict == verdict


def test_a_field_that_most_articles_always_lacked_is_not_reported() -> None:
    past = [run(days, complete(20, without=11)) for days in range(1, 20)]
    assert judged(run(0, complete(20, without=14)), past).verdict == "ok"


@pytest.mark.parametrize(("usual", "verdict"), [(0.1, "degraded"), (0.3, "ok"), (0.6, "ok")])
def test_many_edits_at_once_are_reported_only_where_fewer_than_a_fifth_are_usual(usual: float, verdict: str) -> None:
    changed = round(20 * usual)
    past = [run(days, complete(20), changed=changed, same=20 - changed) for days in range(1, 20)]
    assert judged(run(0, complete(20), changed=15, same=5), past).verdict == verdict


@pytest.mark.parametrize(("words", "verdict"), [(130, "ok"), (110, "degraded")])
def test_articles_are_taken_for_cut_off_below_six_tenths_of_the_usual_length(words: int, verdict: str) -> None:
    past = [run(days, complete(20)) for days in range(1, 20)]
    assert judged(run(0, complete(20, words=words)), past).verdict == verdict
