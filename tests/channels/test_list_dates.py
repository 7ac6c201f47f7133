"""Dates as lists print them: of machines, of Arabic writers, and what is no date."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.channels.entries import Entry, ListRules, without_present_dates
from crawler.dates.parser import ParsedDate, day_if_midnight, parse_date

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://news.example/1/"
CAIRO = ListRules(lambda url: True, NOW, "Africa/Cairo", "EG")


def instant(text: str | None) -> str | None:
    parsed = CAIRO.date(text)
    return parsed.value.isoformat() if parsed else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-19T10:00:00+03:00", "2026-11-19T10:00:00+03:00"),
        ("2026-11-19T10:00:00.1234567Z", "2026-11-19T10:00:00.123456+00:00"),
        ("2026-11-19T10:00:00+3:00", "2026-11-19T10:00:00+03:00"),
        ("2026-11-19T10:00Z", "2026-11-19T10:00:00+00:00"),
        ("2026-11-19", "2026-11-19T00:00:00+02:00"),
        ("2026-11-19T10:00:00", "2026-11-19T10:00:00+02:00"),
        ("2026-11-19 10:00:00", "2026-11-19T10:00:00+02:00"),
        ("1795082400", "2026-11-19T12:00:00+02:00"),
        ("Thu, 19 Nov 2026 10:00:00 +0300", "2026-11-19T10:00:00+03:00"),
        ("Thu, 19 Nov 2026 10:00:00 +03:00", "2026-11-19T10:00:00+03:00"),
        ("Thu, 19 Nov 2026 10:00:00 -05:00", "2026-11-19T10:00:00-05:00"),
        ("Thu, 19 Nov 2026 10:00:00 GMT+3", "2026-11-19T10:00:00+03:00"),
        ("Thu, 19 Nov 2026 10:00:00 GMT", "2026-11-19T10:00:00+00:00"),
        ("Thu, 19 Nov 2026 10:00:00 AST", "2026-11-19T10:00:00+03:00"),
        ("Sun, 19 Jul 2026 10:00:00 EEST", "2026-07-19T10:00:00+03:00"),
        ("Thu, 19 Nov 2026 10:00:00 PM", "2026-11-19T22:00:00+02:00"),
        ("Thu, 19 Nov 2026 10:00:00 PM +0300", "2026-11-19T22:00:00+03:00"),
        ("الخميس, 19 نوفمبر 2026 10:00:00 +0300", "2026-11-19T10:00:00+03:00"),
        ("19 تشرين الثاني 2026 10:00:00 +0300", "2026-11-19T10:00:00+03:00"),
        ("١٩ نوفمبر ٢٠٢٦ 10:00 م", "2026-11-19T22:00:00+02:00"),
        ("منذ ساعتين", "2026-11-20T12:00:00+02:00"),
        # A zone that nobody knows: the day is right all the same.
        ("Thu, 19 Nov 2026 10:00:00 IST", "2026-11-19T00:00:00+02:00"),
        ("Thu, 19 Nov 2026 10:00:00 XYZ", "2026-11-19T00:00:00+02:00"),
        ("Thu, 19 Nov 2026 10:00:00 Asia/Riyadh", "2026-11-19T00:00:00+02:00"),
        ("Thu, 19 Nov 2026 10:00:00 +9900", "2026-11-19T00:00:00+02:00"),
        *(
            (junk, None)
            for junk in ("", "soon", "0000-00-00T00:00:00", "1970-01-01", "9999-12-31T23:59:59-14:00", "١٢")
        ),
        ("9" * 500, None),
        ("Thu, 32 Nov 2026 10:00:00 +0300", None),
        ("2026-11-19T10:00:00+99:00", None),
        ("1447-05-28T10:00:00+03:00", None),
        ("Mon, 30 Nov -0001 00:00:00 +0000", None),
        ("2026-11", None),
    ],
)
def test_a_date_is_read_right_or_not_at_all(text: str, expected: str | None) -> None:
    assert instant(text) == expected


@given(st.datetimes(datetime(1995, 1, 2), datetime(2099, 12, 31)), st.sampled_from(["", "Z", "+03:00", "-05:30"]))
def test_the_short_way_gives_what_the_date_parser_gives(value: datetime, offset: str) -> None:
    for text in (f"{value:%Y-%m-%d}", f"{value:%Y-%m-%dT%H:%M:%S}{offset}"):
        parsed = parse_date(text, now=NOW, timezone="Africa/Cairo")
        assert parsed is not None
        assert CAIRO.date(text) == day_if_midnight(parsed)


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    assert isinstance(CAIRO.date(text), ParsedDate | None)


def test_an_entry_keeps_its_date_as_printed_and_none_of_the_future() -> None:
    said = "Thu, 19 Nov 2026 00:00:00 +0300"
    entry = CAIRO.entry(URL, said, None)
    assert (entry.published_raw, entry.published_precision) == (said, "day")
    assert CAIRO.entry(URL, "Thu, 26 Nov 2026 10:00:00 +0300", None) == Entry(URL)


def test_publication_dates_that_are_mostly_the_present_state_nothing() -> None:
    printed = [Entry(f"{URL}{n}", NOW - timedelta(seconds=n), published_raw="x") for n in range(3)]
    assert {each.published_raw for each in without_present_dates(printed, NOW)} == {None}
    assert without_present_dates(printed, NOW + timedelta(hours=1)) == printed
    assert without_present_dates(printed[:1], NOW) == printed[:1]
