"""The date parser: parse dates as Arabic news sites print them. An ambiguous date gives None, never a guess.

A text is respelled by `date_letters`, divided into tokens and reduced to a string with one character, the kind, for
each token. Days, times and relative dates are found by regular expressions over that string, whose length is limited,
so that parsing is fast on any text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from crawler.dates.calendar_days import Calendar, Day, find_days, find_months
from crawler.dates.clock_times import Clock, find_clocks
from crawler.dates.machine_formats import MachineDate, read_machine
from crawler.dates.relative import at_midnight, read_ago
from crawler.dates.tokens import Line, read_line, shortened
from crawler.html.spelling import date_letters
from storage.records import Precision

__all__ = ["ParsedDate", "day_if_midnight", "parse_date"]

# The kinds that may stand between a day and its time, and around a lone month or "اليوم".
_BETWEEN = re.compile(r"[-_/.,:|()*cbCwDTGHeps&k]*")
_AROUND = re.compile(r"[-_/.,:|()*cbCwDTGHep&PU]*")


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """value: aware, in the offset or zone that the text states, else in the site's zone.

    For precision "day" and "month" value is local midnight of the (first) day. relative: counted from now ("أمس").
    calendar: "hijri" where the text gives no Gregorian day. The value may then be a day off, since printed Hijri dates
    may follow the observed moon instead of the tables of Umm al-Qura.
    """

    value: datetime
    precision: Precision
    calendar: Calendar = "gregorian"
    relative: bool = False


def day_if_midnight(parsed: ParsedDate) -> ParsedDate:
    """The date with precision "day" where it is exactly midnight: systems that store only the day print 00:00:00."""
    value = parsed.value
    if parsed.precision == "second" and (value.hour, value.minute, value.second) == (0, 0, 0):
        return replace(parsed, precision="day")
    return parsed


class _Unclear(Exception):
    """The text names a date that contradicts itself or another one."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """now: in the site's zone."""

    now: datetime
    zone: ZoneInfo
    country: str | None


def parse_date(text: str, *, now: datetime, timezone: str = "UTC", country: str | None = None) -> ParsedDate | None:
    """Parse a date as Arabic news sites print it: "٧ أيار ٢٠٢٤ - ١٠:١٥ م", "منذ ٣ ساعات", "٥ جمادى الأولى ١٤٤٧".

    now: aware; relative dates count back from it. timezone: an IANA name, used when the text states no offset.
    country: ISO 3166 alpha-2; decides names with a meaning by country: "بتوقيت عمان", the old Libyan months.

    A date labelled as published is preferred to an unlabelled one, and that to one labelled as an update. Two different
    dates with the same label give None, and so does a day without a year. Numbers are day first, or year first where
    the year stands first. Of a mixed date the Gregorian part is used. A weekday that contradicts its date is ignored. A
    time that contradicts another, or has an unknown zone, is left out; the precision is then "day".

    Never raises on text; an unknown time zone raises ZoneInfoNotFoundError, a naive now ValueError.
    """
    if now.tzinfo is None:
        raise ValueError(f"now must be aware, not {now!r}")
    zone = ZoneInfo(timezone)
    folded = date_letters(shortened(text)).strip()
    if machine_date := read_machine(folded):
        return _of_machine_date(machine_date, zone)
    setting = _Setting(now.astimezone(zone), zone, country)
    try:
        for part in _by_label(read_line(folded, country)):
            if parsed := _read(part, setting):
                return parsed
    except _Unclear:
        return None
    return None


def _of_machine_date(machine_date: MachineDate, zone: ZoneInfo) -> ParsedDate:
    value = machine_date.value
    if not machine_date.zoned:
        value = value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
    return ParsedDate(value, machine_date.precision)


def _by_label(line: Line) -> Iterator[Line]:
    """Yield the parts of a line, divided at labels: those labelled as published, without label, as an update."""
    if "P" not in line.kinds and "U" not in line.kinds:
        yield line
        return
    starts = [0, *(match.start() for match in re.finditer("[PU]", line.kinds)), len(line.kinds)]
    parts = [Line(line.kinds[a:b], line.tokens[a:b]) for a, b in pairwise(starts) if a < b]
    for label in ("P", "", "U"):
        for part in parts:
            if part.kinds[0] == label or (not label and part.kinds[0] not in "PU"):
                yield part


def _read(line: Line, setting: _Setting) -> ParsedDate | None:
    days = find_days(line, setting.now.date())
    if "i" in line.kinds:
        return _of_machine_date(_only_machine_date(line, days), setting.zone)
    if days:
        return _with_time(line, days, _only_day(days), setting)
    if "k" in line.kinds and (parsed := _named_day(line, setting)):
        return parsed
    if "j" in line.kinds and _AROUND.fullmatch(line.kinds.replace("j", "")):
        return ParsedDate(setting.now.replace(second=0, microsecond=0), "minute", relative=True)
    if ago := read_ago(line, setting.now):
        return ParsedDate(ago.value, ago.precision, relative=True)
    return _month(line, setting)


def _only_machine_date(line: Line, days: list[Day]) -> MachineDate:
    """The one ISO 8601 date with time. Raises _Unclear for several, or where a day beside it differs by more than one.

    One day's difference may come from time zones.
    """
    values = {read_machine(token.name) for token in line.tokens if token.kind == "i"}
    machine_date = values.pop()
    if machine_date is None or values:
        raise _Unclear
    if days and abs((_only_day(days).value or date.min) - machine_date.value.date()) > timedelta(days=1):
        raise _Unclear
    return machine_date


def _only_day(days: list[Day]) -> Day:
    """The one Gregorian day, else the one Hijri day. Raises _Unclear where several differ or one does not exist.

    Hijri days beside a Gregorian day are ignored: months begin with the observed moon, so a text may have the 30th of a
    month that has 29 days in the tables of Umm al-Qura.
    """
    chosen = [day for day in days if day.calendar == "gregorian"] or days
    if any(day.value is None for day in chosen) or len({day.value for day in chosen}) > 1:
        raise _Unclear
    return chosen[0]


def _named_day(line: Line, setting: _Setting) -> ParsedDate | None:
    """A day such as "أمس", with or without a time; None among other words, where it may be a name: "اليوم السابع".

    Words beyond a bar are another field and do not count ("سالم علي | أمس").
    """
    at = line.kinds.index("k")
    day = Day(at, at + 1, setting.now.date() - timedelta(days=line.tokens[at].number), "gregorian")
    return _with_time(line, [day], day, setting, relative=True)


def _month(line: Line, setting: _Setting) -> ParsedDate | None:
    months = find_months(line)
    if not months or not _AROUND.fullmatch(_masked(line.kinds, months)):
        return None
    month = _only_day(months)
    return ParsedDate(at_midnight(month.value or date.min, setting.now), "month", month.calendar)


def _masked(kinds: str, days: list[Day]) -> str:
    """The kinds with D for each token of a day, except a clock time and zone within it."""
    letters = list(kinds)
    for day in days:
        for at in range(day.start, day.end):
            if letters[at] not in "tZ":
                letters[at] = "D"
    return "".join(letters)


def _with_time(
    line: Line, days: list[Day], chosen: Day, setting: _Setting, *, relative: bool = False
) -> ParsedDate | None:
    """The chosen day with the time printed beside it, if there is one."""
    masked = _masked(line.kinds, days)
    if "rD" in masked:  # "منذ 28 أكتوبر 2025" is the date of something else
        raise _Unclear
    clocks = find_clocks(Line(masked, line.tokens), setting.zone, setting.country)
    for clock in clocks:
        masked = masked[: clock.start] + "T" * (clock.end - clock.start) + masked[clock.end :]
    bars = (masked.rfind("|", 0, chosen.start) + 1, masked.find("|", chosen.start))
    if relative and not _AROUND.fullmatch(masked[bars[0] : bars[1] if bars[1] >= 0 else len(masked)]):
        return None
    midnight = at_midnight(chosen.value or date.min, setting.now)
    instant = _instant(masked, clocks, midnight)
    value, precision = instant or (midnight, "day")
    return ParsedDate(value, precision, chosen.calendar, relative)


def _instant(masked: str, clocks: list[Clock], midnight: datetime) -> tuple[datetime, Precision] | None:
    """The one instant that the times beside the day agree on; None when there is none or they are ambiguous."""
    beside = [clock for clock in clocks if _is_beside(masked, clock)]
    instants: dict[datetime, Precision] = {}
    for clock in beside:
        if clock.seconds is None:
            return None
        # A "مساء" apart from the clock may belong to it and would change it.
        if "p" in masked and clock.seconds < 13 * 3600:
            return None
        value = midnight.replace(tzinfo=None) + timedelta(seconds=clock.seconds)
        instants.setdefault(value.replace(tzinfo=clock.zone or midnight.tzinfo), clock.precision)
    return next(iter(instants.items())) if len(instants) == 1 else None


def _is_beside(masked: str, clock: Clock) -> bool:
    """Whether only punctuation and joining words stand between a day and the clock."""
    before = masked.rfind("D", 0, clock.start)
    after = masked.find("D", clock.end)
    return (before >= 0 and _BETWEEN.fullmatch(masked, before + 1, clock.start) is not None) or (
        after >= 0 and _BETWEEN.fullmatch(masked, clock.end, after) is not None
    )
