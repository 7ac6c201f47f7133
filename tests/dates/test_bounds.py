"""Bounds of what a date text may say: how long ago, how exact, and how much of a sentence."""

from datetime import UTC, datetime

import pytest

from crawler.extract.dates import parse_date

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["منذ 127 سنة", "منذ 300 سنة", "قبل 200 عام"])
def test_an_age_that_reaches_before_1900_is_no_date(text: str) -> None:
    assert parse_date(text, now=NOW) is None


@pytest.mark.parametrize("text", ["منذ 126 سنة", "منذ 46000 يوم"])
def test_an_age_that_reaches_back_to_1900_is_a_date(text: str) -> None:
    parsed = parse_date(text, now=NOW)
    assert parsed is not None
    assert (parsed.value.year, parsed.precision) == (1900, "day")


def test_a_day_with_a_short_year_lies_a_day_ahead_at_most() -> None:
    now = datetime(2026, 11, 27, 12, tzinfo=UTC)
    tomorrow = parse_date("28/11/26", now=now)  # of a site east of the reader
    assert tomorrow is not None
    assert tomorrow.value.date().isoformat() == "2026-11-28"
    assert parse_date("29/11/26", now=now) is None


@pytest.mark.parametrize("clock", ["24:00:30", "24:01"])
def test_a_day_ends_with_its_24th_hour(clock: str) -> None:
    assert parse_date("2025-10-28T24:00:00", now=NOW) is not None
    assert parse_date(f"2025-10-28T{clock}", now=NOW) is None


def test_an_offset_of_three_digits_has_minutes() -> None:
    parsed = parse_date("28/10/2025 10:00 GMT+5:30", now=NOW)
    assert parsed is not None
    assert parsed.value.isoformat() == "2025-10-28T10:00:00+05:30"


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


@pytest.mark.parametrize("text", ["30 فبراير 2026", "30 فبراير 2026 10:00", "31/11/2025", "2025-02-30"])
def test_a_day_that_no_month_has_is_no_date_of_that_month(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_the_mark_of_the_era_hides_no_hour_that_none_of_the_afternoon_could_be() -> None:
    parsed = parse_date("7 مايو 2025 م 13:30", now=NOW)
    assert parsed is not None
    assert (parsed.value, parsed.precision) == (datetime(2025, 5, 7, 13, 30, tzinfo=UTC), "minute")


def test_the_first_year_of_the_hijri_tables_is_read_and_the_one_before_is_not() -> None:
    first = parse_date("5/1/1343", now=NOW)
    assert first is not None
    assert first.value.date().isoformat() == "1924-08-05"
    assert parse_date("5/1/1342", now=NOW) is None
