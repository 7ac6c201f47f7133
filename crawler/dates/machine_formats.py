"""Parse machine-readable dates: the forms of ISO 8601, and Unix time."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from crawler.dates.zones import fixed
from storage.records import Precision

# ISO 8601-1:2019 §5.2 to §5.4: calendar, week and ordinal dates, extended or basic; a space may stand for the T,
# as in RFC 3339 §5.6 and SQL. Java adds the zone's name in brackets. Gregorian years only: "1447-05-05" is Hijri.
_ISO = re.compile(
    r"""
    (?P<year>(?:19|20)[0-9]{2})
    (?:-(?P<month>[0-9]{2})-(?P<day>[0-9]{2}) | (?P<month_b>[0-9]{2})(?P<day_b>[0-9]{2})
       | -?w(?P<week>[0-9]{2})-?(?P<weekday>[1-7]) | -(?P<ordinal>[0-9]{3}))
    (?:(?:\s?t\s?(?P<hour>[0-9]{2})(?::?(?P<minute>[0-9]{2})(?::?(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?)?
       |\s(?P<hour_s>[0-9]{2}):(?P<minute_s>[0-9]{2})(?::(?P<second_s>[0-9]{2})(?:[.,][0-9]{1,9})?)?)
       \s?(?P<offset>z|utc|gmt|[+-](?:[0-9]{1,2}:[0-9]{2}|[0-9]{2}(?:[0-9]{2})?))?)?
    (?:\[[a-z_/+0-9-]{1,40}\])?
    """,
    re.VERBOSE,
)
_MONTH = re.compile(r"((?:19|20)[0-9]{2})[-/]([0-9]{2})")
_FOURTEEN_DIGITS = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})([0-9]{2})")
# Seconds or milliseconds since 1970, of 2001 or later; ASP.NET wraps them as "/Date(…)/".
_EPOCH = re.compile(r"(?:/date\()?([1-9][0-9]{9})(?:[0-9]{3}|\.[0-9]{1,9})?(?:[+-][0-9]{4})?(?:\)/)?")
_EPOCH_END = 4_102_444_800  # the year 2100; a larger number is a telephone number


class MachineDate(NamedTuple):
    """value: aware where the text determines the instant, else naive, in the site's zone.

    zoned: whether the text states an offset; False for Unix time.
    """

    value: datetime
    precision: Precision
    zoned: bool = False


def read_machine(text: str) -> MachineDate | None:
    """Parse a complete text in `date_letters`; None for any other text, an impossible date, or a lone year."""
    try:
        if match := _ISO.fullmatch(text):
            return _iso(match.groupdict())
        if match := _EPOCH.fullmatch(text):
            seconds = int(match[1])
            return MachineDate(datetime.fromtimestamp(seconds, UTC), "second") if seconds < _EPOCH_END else None
        if match := _MONTH.fullmatch(text):
            return MachineDate(datetime(int(match[1]), int(match[2]), 1), "month")
        if match := _FOURTEEN_DIGITS.fullmatch(text):
            year, month, day, hour, minute, second = map(int, match.groups())
            return MachineDate(datetime(year, month, day, hour, minute, second), "second")
    except (ValueError, OverflowError):
        return None
    return None


def _iso(part: dict[str, str | None]) -> MachineDate:
    """Raises ValueError for a day or time that does not exist."""
    day = _day(part)
    hour = part["hour"] or part["hour_s"]
    if hour is None:
        return MachineDate(datetime.combine(day, time()), "day")
    minute, second = part["minute"] or part["minute_s"], part["second"] or part["second_s"]
    if hour == "24":  # ISO 8601-1 §4.3.8: the end of the day
        if int(minute or 0) or int(second or 0):
            raise ValueError("24 with minutes")
        day, hour = day + timedelta(days=1), "00"
    # datetime does not accept a leap second, 60.
    clock = time(int(hour), int(minute or 0), 59 if second == "60" else int(second or 0))
    value = datetime.combine(day, clock, tzinfo=_zone(part["offset"]))
    return MachineDate(value, "second" if second else "minute", zoned=value.tzinfo is not None)


def _day(part: dict[str, str | None]) -> date:
    year = int(part["year"] or 0)
    if part["week"]:
        return date.fromisocalendar(year, int(part["week"]), int(part["weekday"] or 0))
    if part["ordinal"]:
        day = date(year, 1, 1) + timedelta(days=int(part["ordinal"]) - 1)
        if day.year != year:
            raise ValueError("no such day of the year")
        return day
    return date(year, int(part["month"] or part["month_b"] or 0), int(part["day"] or part["day_b"] or 0))


def _zone(offset: str | None) -> tzinfo | None:
    if offset is None:
        return None
    if offset[0] not in "+-":
        return fixed(0)
    hours, _, minutes = offset[1:].partition(":")
    digits = f"{hours.zfill(2)}{minutes}".ljust(4, "0")
    if digits[2] > "5":
        raise ValueError("no such offset")
    return fixed((int(digits[:2]) * 60 + int(digits[2:])) * (-1 if offset[0] == "-" else 1))
