"""Parse relative dates, which are counted back from now: "منذ 3 ساعات", "قبل يومين", "3 hours ago"."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from crawler.dates.tokens import Line
from crawler.dates.words import Token
from storage.records import Precision

_AMOUNT = (
    r"(?P<number>[dnv])?(?P<unit>[ub])(?P<one>v)?"
    # "ساعتين و20 دقيقة", "ساعتين 20 دقيقة"; but "3 ساعات 5 دقائق قراءة" ends with the reading time.
    r"(?:(?P<half>g)|&(?P<number2>[dnv])?(?P<unit2>[ub])|,?(?P<number3>[dnv])(?P<unit3>[ub])(?!x))?"
)
_AGO = re.compile(rf"(?P<r>r)?~?{_AMOUNT}~?(?P<R>R)?")
_FROM = re.compile(rf"c{_AMOUNT}")  # "من 3 ساعات", as in Egypt
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_APART = "-_/.,:|()*dn"  # kinds after an amount that do not continue its sentence


class Ago(NamedTuple):
    """An instant before now, to the minute or second, or a day at midnight. value: aware, in the zone of now."""

    value: datetime
    precision: Precision


def read_ago(line: Line, now: datetime) -> Ago | None:
    """The instant that is the line's amount of time before now; None without a definite amount ("منذ ساعات").

    Other words, such as a name or a section, may stand before the amount; after it only behind a punctuation mark or a
    number, so that "قبل 18 دقيقة من النهاية" in a sentence is no date.
    """
    for match in _AGO.finditer(line.kinds):
        if not (match["r"] or match["R"]):
            continue  # an amount alone: "3 دقائق قراءة"
        before, after = line.kinds[: match.start()], line.kinds[match.end() :]
        if "x" in after and ("x" in before or after[0] not in _APART):
            return None
        # "منذ عام 2011", "قبل شهر رمضان" name a year and a month.
        if after[:1] in ("c", "b", "y", "m", "a", "h"):
            return None
        return _subtract(match, line.tokens, now, prose="x" in before + after)
    match_from = _FROM.fullmatch(line.kinds)
    return _subtract(match_from, line.tokens, now, prose=False) if match_from else None


def _subtract(match: re.Match[str], tokens: list[Token], now: datetime, *, prose: bool) -> Ago | None:
    number = tokens[match.start("number")] if match["number"] else None
    unit = tokens[match.start("unit")]
    count = _count(number, unit)
    if match["one"] and count is not None and tokens[match.start("one")].number != count:
        return None
    if count is None or count < 0:
        return None
    if unit.name in ("month", "year"):
        if prose or match["half"] or match["unit2"] or match["unit3"]:
            return None
        return _months_back(now, count * (12 if unit.name == "year" else 1))
    seconds, finest = count * _SECONDS[unit.name], unit.name
    if match["half"]:
        seconds += _SECONDS[unit.name] * tokens[match.start("half")].number // 60
        finest = "minute"
    for which in ("2", "3"):
        if match["unit" + which]:
            second = tokens[match.start("unit" + which)]
            more = _count(tokens[match.start("number" + which)] if match["number" + which] else None, second)
            if more is None or _SECONDS.get(second.name, seconds) >= _SECONDS[unit.name]:
                return None
            seconds, finest = seconds + more * _SECONDS[second.name], second.name
    return _seconds_back(now, seconds, finest)


def _count(number: Token | None, unit: Token) -> int | None:
    """The number of units; None when the words state no number or contradict each other."""
    if number is None:
        if unit.number == 0:
            # "منذ دقائق" means a moment ago, as "منذ قليل" does; "منذ ساعات" may be any part of the day.
            return 0 if unit.name in ("second", "minute") else None
        return unit.number
    if unit.number > 2 or (unit.number == 2 and number.number != 2):
        return None
    return number.number


def _seconds_back(now: datetime, seconds: int, unit: str) -> Ago | None:
    try:
        if unit in ("day", "week"):
            # Whole days are counted by the calendar, whatever the hour of now.
            day = now.date() - timedelta(days=seconds // 86_400)
            return Ago(at_midnight(day, now), "day") if day.year >= 1900 else None
        value = (now.astimezone(UTC) - timedelta(seconds=seconds)).astimezone(now.tzinfo)
    except OverflowError:
        return None
    if value.year < 1900:
        return None
    if unit == "second" and seconds:
        return Ago(value.replace(microsecond=0), "second")
    return Ago(value.replace(second=0, microsecond=0), "minute")


def _months_back(now: datetime, months: int) -> Ago | None:
    """The same day of the month so many months before now, or that month's last day."""
    try:
        day = now.date() - relativedelta(months=months)
    except (ValueError, OverflowError):
        return None
    return Ago(at_midnight(day, now), "day") if day.year >= 1900 else None


def at_midnight(day: date, now: datetime) -> datetime:
    """The start of a day in the zone of now."""
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)
