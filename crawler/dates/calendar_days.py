"""Find days and months in a line of tokens: with month names of four families or in numbers, Gregorian and Hijri."""

import re
from datetime import date
from typing import Literal, NamedTuple

from crawler.dates.hijri import FIRST_YEAR, LAST_YEAR, from_hijri
from crawler.dates.tokens import Line
from crawler.dates.words import Token

Calendar = Literal["gregorian", "hijri"]

FIRST_GREGORIAN, LAST_GREGORIAN = 1900, 2100
_AHEAD = 366  # days after today that a year of two digits may mean
_FIRST_SHORT = 1970  # the first year that two digits can mean; the last one is the current year

_TIE = r"[-_/,.]?"
_GAP = r"[-_/.,cb]{0,5}"
# A month may be printed two or three times over: "أكتوبر/تشرين الأول", "حزيران (يونيو)".
_MONTH = rf"\(?[mah]\)?(?:{_TIE}\(?[mah]\)?){{0,2}}"
# Without a day before it "آب" may be the word for father, unless another name of the month stands beside it.
_SURE_MONTH = rf"\(?(?:[mh]|a\)?{_TIE}\(?m)\)?(?:{_TIE}\(?[mah]\)?){{0,2}}"
# asctime and Java print the clock before the year.
_TO_YEAR = rf"(?:{_GAP}|[-,.]?t[Zz]?[-,.]?)"

_DAYS = re.compile(
    "|".join(
        (
            # "28 - 30 أكتوبر 2025", "28 و29 أكتوبر 2025", "28 أكتوبر - 2 نوفمبر 2025" are two days and do not match.
            rf"(?<!d[-_/&])(?<![ma][-_&])(?P<dmy>[do]{_GAP}{_MONTH}{_TO_YEAR}y)",
            rf"(?P<mdy>{_SURE_MONTH}[.,]?dc?{_TO_YEAR}y)",
            rf"(?P<ymd>y{_TIE}{_SURE_MONTH}{_TIE}d)(?![-_/,.]?[mahy])",
            r"(?<![dyn][-/.])(?P<numbers_dmy>d(?P<a>[-_/.])d(?P=a)y)(?!(?P=a)[dyn])",
            r"(?<![dyn][-/.])(?P<numbers_ymd>y(?P<b>[-_/.])d(?P=b)d)(?!(?P=b)[dyn])",
            r"(?<![dyn][-/.])(?P<short>d(?P<c>[-/.])d(?P=c)d)(?!(?P=c)[dyn])(?![cb(]?H)",
            rf"(?P<short_words>d(?P<d>[-/.]){_MONTH}(?P=d)d)(?!(?P=d)[dyn])",
            rf"(?P<short_mail>d{_MONTH}d)(?=tZ)",  # RFC 822 §5.1
        )
    )
)
_MONTHS = re.compile(rf"(?<![do])(?<![do][-_/.,cb])(?:{_MONTH}{_GAP}y|y{_TIE}{_MONTH})")


class Day(NamedTuple):
    """A day at line.kinds[start:end]. value: None where its parts contradict each other or no such day exists."""

    start: int
    end: int
    value: date | None
    calendar: Calendar


def find_days(line: Line, today: date) -> list[Day]:
    """All days in the line, in order. today: a year of two digits means no day later than tomorrow."""
    weekdays = {token.number for token in line.tokens if token.kind == "w"}
    weekday = weekdays.pop() if len(weekdays) == 1 else None
    days = []
    for match in _DAYS.finditer(line.kinds):
        start, end = match.span()
        parts = line.tokens[start:end]
        form = match.lastgroup or ""
        value, calendar = _read(form, parts, weekday, today)
        # Three short numbers that are no date may be a version or a score. With a four-digit year, it is a wrong date.
        if value or not form.startswith("short"):
            days.append(Day(start, end, value, calendar))
    return days


def find_months(line: Line) -> list[Day]:
    """All months with a year and without a day; value is the month's first day."""
    return [
        Day(*match.span(), *_in_words(_numbers(parts, "y")[0], parts, 1))
        for match in _MONTHS.finditer(line.kinds)
        if (parts := line.tokens[match.start() : match.end()])
    ]


def _read(form: str, parts: list[Token], weekday: int | None, today: date) -> tuple[date | None, Calendar]:
    numbers = _numbers(parts, "dyo")
    if form in ("dmy", "mdy", "ymd"):
        return _in_words(_numbers(parts, "y")[0], parts, _numbers(parts, "do")[0])
    if form == "numbers_dmy":
        return _day_first(numbers[0], numbers[1], numbers[2], weekday)
    if form == "numbers_ymd":
        return _of_numbers(numbers[0], numbers[1], numbers[2])
    if form == "short":
        return _short_numbers(parts, weekday, today), "gregorian"
    month, calendar = _month(parts)
    if month is None or calendar == "hijri":
        return None, calendar
    return _one_of([(numbers[1], month, numbers[0]), (numbers[0], month, numbers[1])], weekday, today), calendar


def _numbers(parts: list[Token], kinds: str) -> list[int]:
    return [part.number for part in parts if part.kind in kinds]


def _month(parts: list[Token]) -> tuple[int | None, Calendar]:
    """The month that all its names agree on; None when they disagree."""
    names = {(part.kind == "h", part.number) for part in parts if part.kind in "mah"}
    is_hijri, number = names.pop()
    return (None if names else number), ("hijri" if is_hijri else "gregorian")


def _in_words(year: int, parts: list[Token], day: int) -> tuple[date | None, Calendar]:
    month, calendar = _month(parts)
    if month is None:
        return None, calendar
    if calendar == "hijri":
        return from_hijri(year, month, day), calendar
    return _gregorian(year, month, day), calendar


def _of_numbers(year: int, month: int, day: int) -> tuple[date | None, Calendar]:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return from_hijri(year, month, day), "hijri"
    return _gregorian(year, month, day), "gregorian"


def _day_first(day: int, month: int, year: int, weekday: int | None) -> tuple[date | None, Calendar]:
    """Day before month, as Arabic is printed; month first only where no such day exists.

    A printed weekday is often wrong, so it does not overrule the numbers. Only where it contradicts them day first and
    confirms them month first (Drupal's default "Tue, 10/06/2025") are they read month first.
    """
    value, calendar = _of_numbers(year, month, day)
    if calendar == "hijri":
        return value, calendar
    other = _gregorian(year, day, month)
    if value is None or (other and weekday is not None and value.weekday() != weekday == other.weekday()):
        return other, calendar
    return value, calendar


def _short_numbers(parts: list[Token], weekday: int | None, today: date) -> date | None:
    """A day as "28/10/25" or "25/10/28"; the year must have two digits. Month first is tried last."""
    first, second, third = (part.number for part in parts if part.kind == "d")
    orders = []
    if len(parts[-1].name) == 2:
        orders.append((third, second, first))
    if len(parts[0].name) == 2:
        orders.append((first, second, third))
    if any(_years(*order, today) for order in orders):
        return _one_of(orders, weekday, today)
    return _one_of([(third, first, second)], weekday, today) if len(parts[-1].name) == 2 else None


def _one_of(orders: list[tuple[int, int, int]], weekday: int | None, today: date) -> date | None:
    """The day, if the (year, month, day) orders give just one, not later than tomorrow; years have two digits.

    An order that gives a day of the coming year is possible, too: "12/11/26" on 10 November 2026 may announce an event.
    """
    days = {value for order in orders for value in _years(*order, today)}
    if weekday is not None and len(days) > 1:
        days = {value for value in days if value.weekday() == weekday}
    day = days.pop() if len(days) == 1 else None
    return day if day and (day - today).days <= 1 else None


def _years(short_year: int, month: int, day: int, today: date) -> list[date]:
    days = (_gregorian(century + short_year, month, day) for century in (1900, 2000))
    return [day for day in days if day and day.year >= _FIRST_SHORT and (day - today).days <= _AHEAD]


def _gregorian(year: int, month: int, day: int) -> date | None:
    if not FIRST_GREGORIAN <= year <= LAST_GREGORIAN:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
