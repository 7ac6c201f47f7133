"""Laws of dates: no text raises, nothing is cut, days of any family read back."""

from datetime import date, datetime
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from crawler.dates.parser import ParsedDate, parse_date
from tests.support.date_forms import CASES, NOW

PIECES = [
    *[
        "28",
        "7",
        "2025",
        "1447",
        "25",
        "10:15",
        "14:30",
        "12:00",
        "م",
        "ص",
        "هـ",
        "/",
        "-",
        ".",
        ",",
        ":",
        "(",
        ")",
        "|",
        "الساعة",
        "بتوقيت",
        "القاهرة",
        "غرينتش",
        "GMT",
        "+03:00",
        "منذ",
        "قبل",
        "3",
    ],
    *[
        "ساعات",
        "ساعة",
        "يومين",
        "أمس",
        "اليوم",
        "الآن",
        "نشر",
        "تحديث",
        "أكتوبر",
        "آب",
        "رمضان",
        "تشرين",
        "الأول",
        "الثلاثاء",
        "و",
        "من",
        "عام",
        "صباحا",
        "الثالثة",
        "والنصف",
    ],
    *["2025-10-28T10:15:00Z", "05/06/2025", "05/06/07", "999999999", "Oct", "كتب"],
]


def read(text: str, **options: str) -> ParsedDate | None:
    return parse_date(text, now=NOW, **{"timezone": "Asia/Riyadh", **options})


@given(st.sampled_from([text for text, _ in CASES]), st.data())
def test_marks_that_nobody_sees_change_nothing(text: str, data: st.DataObject) -> None:
    marked = text
    for mark in data.draw(st.lists(st.sampled_from("\u064b\u0651\u200f\u200e\u2067\u200b\ufeff"), max_size=5)):
        at = data.draw(st.integers(0, len(marked)))
        assume("&" not in marked)  # inside "&nbsp;" a mark breaks the reference
        marked = marked[:at] + mark + marked[at:]
    assert read(marked) == read(text)


@given(st.text())
@example("\ud800٢٨")
@example("²⁵/¹⁰/²⁰²⁵")
def test_no_text_raises(text: str) -> None:
    parsed = read(text)
    assert parsed is None or parsed.value.tzinfo is not None


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from([" ", ""]))
def test_pieces_of_dates_in_any_order_never_raise_and_never_leave_the_calendar(pieces: list[str], tie: str) -> None:
    parsed = read(tie.join(pieces))
    if parsed is not None:
        assert 1900 <= parsed.value.year <= 2100
        assert parsed.value.utcoffset() is not None
        if parsed.precision in ("day", "month"):
            assert (parsed.value.hour, parsed.value.minute) == (0, 0)


@pytest.mark.parametrize(
    "filler", [" ", "\u0640", "\u064b", "a", "7", "(", "/", "1:", "ﷺ", "28 أكتوبر ", "&amp;", "\x00"]
)
def test_a_hundred_kilobytes_after_or_before_change_nothing_worse_than_none(filler: str) -> None:
    junk = filler * (100_000 // len(filler))
    for text in (junk, f"28 أكتوبر 2025 {junk}", f"{junk} 28 أكتوبر 2025"):
        parsed = read(text)
        assert parsed is None or parsed.value.date() == date(2025, 10, 28)


def test_a_text_is_never_cut_inside_a_date() -> None:
    for length in range(380, 405):
        parsed = read("ا" * length + " 28/10/2025")
        assert parsed is None or parsed.value.date() == date(2025, 10, 28)


def test_a_wrong_call_raises() -> None:
    with pytest.raises(ValueError, match="aware"):
        parse_date("28 أكتوبر 2025", now=datetime(2025, 10, 28))
    with pytest.raises(ZoneInfoNotFoundError):
        read("28 أكتوبر 2025", timezone="Mars/Olympus")
