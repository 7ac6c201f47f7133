"""Dates as they are printed: tables of forms with what they mean, and laws that hold for all of them."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hijridate import Hijri
from hypothesis import assume, given
from hypothesis import strategies as st

from crawler.dates.parser import ParsedDate, parse_date
from tests.support.date_forms import CASES, NOW, RIYADH, shown

FAMILIES = {
    "Egypt": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "مايو",
        "يونيو",
        "يوليو",
        "أغسطس",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "Levant": [
        *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
        *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
    ],
    "Tunisia": [
        "جانفي",
        "فيفري",
        "مارس",
        "أفريل",
        "ماي",
        "جوان",
        "جويلية",
        "أوت",
        "سبتمبر",
        "أكتوبر",
        "نوفمبر",
        "ديسمبر",
    ],
    "Morocco": [
        "يناير",
        "فبراير",
        "مارس",
        "أبريل",
        "ماي",
        "يونيو",
        "يوليوز",
        "غشت",
        "شتنبر",
        "أكتوبر",
        "نونبر",
        "دجنبر",
    ],
}
HIJRI = [
    *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
    *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
]
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def read(text: str, **options: str) -> ParsedDate | None:
    return parse_date(text, now=NOW, **{"timezone": "Asia/Riyadh", **options})


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_a_printed_form_is_read_right_or_not_at_all(text: str, expected: str) -> None:
    assert shown(read(text), expected) == expected


@pytest.mark.shared
def test_every_form_of_the_measured_table_is_read(shared: Path) -> None:
    with (shared / "facts/arabic_dates.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = [(row["input"], shown(read(row["input"]), row["expected"]), row["expected"]) for row in rows]
    assert len(rows) > 100
    assert [row for row in wrong if row[1] != row[2]] == []


@given(days, st.sampled_from(sorted(FAMILIES)), st.sampled_from(DIGITS), st.sampled_from([" ", "-", "/", ".", " - "]))
def test_a_day_in_any_family_digits_and_separators_reads_back(day: date, family: str, digits: str, tie: str) -> None:
    text = tie.join((str(day.day), FAMILIES[family][day.month - 1], str(day.year)))
    parsed = read(f"{WEEKDAYS[day.weekday()]} {text}".translate(str.maketrans(DIGITS[0], digits)))
    assert parsed is not None
    assert (parsed.value.date(), parsed.precision, parsed.calendar, parsed.relative) == (day, "day", "gregorian", False)


@given(days, st.sampled_from(sorted(FAMILIES)), st.sampled_from(sorted(FAMILIES)), st.integers(1, 12))
def test_two_names_of_a_month_are_read_only_when_they_agree(day: date, first: str, second: str, other: int) -> None:
    for form in ("{0} {1}/{2} {3}", "{0} {1} ({2}) {3}", "{0} {1} - {2} {3}", "{0} {1} {2} {3}"):
        parsed = read(form.format(day.day, FAMILIES[first][day.month - 1], FAMILIES[second][other - 1], day.year))
        assert (parsed.value.date() if parsed else None) == (day if other == day.month else None)


@given(days, st.sampled_from("/-."), st.sampled_from(DIGITS), st.booleans(), st.booleans())
def test_numbers_are_day_first_or_year_first(day: date, tie: str, digits: str, padded: bool, year_first: bool) -> None:
    width = "02d" if padded else "d"
    parts = [format(day.day, width), format(day.month, width), str(day.year)]
    parsed = read(tie.join(parts[::-1] if year_first else parts).translate(str.maketrans(DIGITS[0], digits)))
    assert parsed is not None
    assert parsed.value.date() == day


@given(st.integers(1400, 1460), st.integers(1, 12), st.integers(1, 29), st.sampled_from(["", " هـ", "هـ"]))
def test_a_hijri_day_reads_as_the_umm_al_qura_calendar_has_it(year: int, month: int, day: int, era: str) -> None:
    expected = date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
    for text in (f"{day} {HIJRI[month - 1]} {year}{era}", f"{year}/{month}/{day}{era}"):
        parsed = read(text)
        assert parsed is not None
        assert (parsed.value.date(), parsed.calendar) == (expected, "hijri")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)), st.sampled_from([" ", " - ", "، ", " | ", " الساعة "]))
def test_a_twelve_hour_time_means_what_it_means(moment: datetime, tie: str) -> None:
    letter = "ص" if moment.hour < 12 else "م"
    word = "صباحًا" if moment.hour < 12 else "مساءً"
    for half in (letter, word, moment.strftime("%p")):
        text = f"{moment:%d/%m/%Y}{tie}{moment:%I:%M} {half}"
        parsed = read(text)
        assert parsed is not None
        assert parsed.value == moment.replace(second=0, microsecond=0, tzinfo=RIYADH)
        assert parsed.precision == "minute"


@given(st.datetimes(datetime(1900, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)), st.integers(-720, 840))
def test_iso_8601_reads_back_in_its_own_offset(moment: datetime, minutes: int) -> None:
    zone = timedelta(minutes=minutes)
    local = (moment + zone).replace(microsecond=0, tzinfo=None)
    sign = "-" if minutes < 0 else "+"
    text = f"{local.isoformat()}{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    assume(1900 <= local.year <= 2099)
    for written in (text, text.replace("T", " "), f"نشر: {text}"):
        parsed = read(written)
        assert parsed is not None
        assert (parsed.value.replace(tzinfo=None), parsed.value.utcoffset()) == (local, zone)


@given(
    st.integers(3, 999), st.sampled_from([("دقيقة", 60), ("ساعة", 3600), ("ثانية", 1)]), st.sampled_from(["منذ", "قبل"])
)
def test_an_amount_of_time_is_counted_back_from_now(count: int, unit: tuple[str, int], word: str) -> None:
    parsed = read(f"{word} {count} {unit[0]}")
    assert parsed is not None
    assert parsed.relative
    assert timedelta(0) <= NOW - timedelta(seconds=count * unit[1]) - parsed.value < timedelta(minutes=1)


def test_a_month_back_from_the_last_of_march_is_the_last_of_february() -> None:
    parsed = parse_date("منذ شهر", now=datetime(2025, 3, 31, 9, tzinfo=UTC))
    assert parsed is not None
    assert parsed.value.date() == date(2025, 2, 28)


def test_yesterday_is_the_day_before_in_the_zone_of_the_site() -> None:
    late = datetime(2025, 10, 28, 22, 30, tzinfo=UTC)
    parsed = parse_date("أمس", now=late, timezone="Asia/Riyadh")
    assert parsed == ParsedDate(datetime(2025, 10, 28, tzinfo=RIYADH), "day", "gregorian", relative=True)


def test_a_time_without_a_zone_is_local_with_summer_time_by_its_rules() -> None:
    for text, offset in (("28 يوليو 2025 14:30", 3), ("28 يناير 2025 14:30", 2), ("28 يوليو 2015 14:30", 2)):
        parsed = read(text, timezone="Africa/Cairo")
        assert parsed is not None
        assert parsed.value.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(("country", "hours"), [("JO", 3), ("OM", 4)])
def test_the_country_tells_which_amman_is_meant(country: str, hours: int) -> None:
    parsed = read("28 أكتوبر 2025 14:30 بتوقيت عمان", country=country)
    assert parsed is not None
    assert (parsed.value.hour, parsed.value.utcoffset()) == (14, timedelta(hours=hours))


def test_the_old_libyan_months_are_months_in_libya_only() -> None:
    parsed = read("7 الفاتح 2008", country="LY")
    assert parsed is not None
    assert parsed.value.date() == date(2008, 9, 7)
    assert read("7 الفاتح 2008", country="EG") is None


def test_precision_tells_what_the_text_tells() -> None:
    texts = {
        "second": ["28 أكتوبر 2025 14:30:15", "2025-10-28T07:15:00Z", "1761636900"],
        "minute": ["28 أكتوبر 2025 14:30", "منذ 3 ساعات", "2025-10-28T07:15Z"],
        "day": ["28 أكتوبر 2025", "منذ 3 أيام", "20251028"],
        "month": ["أكتوبر 2025", "رمضان 1446", "2025-10"],
    }
    assert {key: [getattr(read(text), "precision", None) for text in some] for key, some in texts.items()} == {
        key: [key] * len(some) for key, some in texts.items()
    }
