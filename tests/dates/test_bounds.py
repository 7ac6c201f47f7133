"""Bounds of what a date text may say: how long ago, how exact, and how much of a sentence."""

from datetime import UTC, datetime

import pytest

from crawler.extract.dates import parse_date

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["منذ 127 سنة", "منذ 300 سنة", "قبل 200 عام"])
def test_an_age_that_reaches_before_1900_is_no_date(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_an_age_that_reaches_back_to_1900_is_a_date() -> None:
    parsed = parse_date("منذ 126 سنة", now=NOW)
    assert parsed is not None
    assert (parsed.value.year, parsed.precision) == (1900, "day")


@pytest.mark.parametrize("text", ["28 أكتوبر 2025 الساعة 10 صباحا", "28 أكتوبر 2025 10 صباحا"])
def test_an_hour_without_minutes_is_exact_to_the_minute(text: str) -> None:
    parsed = parse_date(text, now=NOW, timezone="Asia/Riyadh")
    assert parsed is not None
    assert parsed.value == datetime.fromisoformat("2025-10-28T10:00:00+03:00")
    assert parsed.precision == "minute"


@pytest.mark.parametrize(
    "text",
    [
        "سجل الهدف قبل 18 دقيقة من النهاية",
        "قبل 18 دقيقة من النهاية",
        "قال المدير منذ 3 ساعات إن العمل بدأ",
        "منذ 3 ساعات إن العمل بدأ",
        "وصل الوفد قبل ساعتين وغادر",
    ],
)
def test_an_age_within_a_sentence_is_no_date(text: str) -> None:
    assert parse_date(text, now=NOW) is None
