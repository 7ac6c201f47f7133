"""Find clock times in a line of tokens, with their half of the day and their time zone."""

import re
from datetime import tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crawler.dates.tokens import Line
from crawler.dates.words import Token
from crawler.dates.zones import zone_of
from storage.records import Precision

# Days were masked with D. "م" after a year or an era means "ميلادي", not PM. The era in "22:07 هـ (مكة المكرمة)"
# belongs to a day before the clock.
_CLOCK = re.compile(
    r"""
    (?:(?P<zone_before>q[cb]{0,2}z|q?[cb]{0,2}Z)[,:]?[cbC]{0,3})?
    (?:(?P<half_before>[ps]|(?<![yDHG])e)[,.(:]?)?
    (?:(?P<clock>t)
      |C[cb,:]{0,3}(?P<hour>[df])(?P<part>g|&du)?(?![-/.:]d)
      |(?P<bare>[df])(?P<bare_part>g)?(?=[(.,]?[cb]?p|\(?s))
    (?:[,.(]?(?:[cb]?(?P<half>p)|(?P<letter>[se]))\)?)?
    (?:H?[-_,.(|]{0,2}(?P<zone>q[cbq]{0,3}[zZx]?|Z|(?<=\()z))?
    """,
    re.VERBOSE,
)


class Clock(NamedTuple):
    """A time at line.kinds[start:end]. seconds: since midnight, 86,400 at most; None when it is ambiguous.

    zone: None for the site's zone.
    """

    start: int
    end: int
    seconds: int | None
    precision: Precision
    zone: tzinfo | None


def find_clocks(line: Line, site_zone: ZoneInfo, country: str | None) -> list[Clock]:
    """All times of day in the line, in order."""
    clocks = []
    for match in _CLOCK.finditer(line.kinds):
        zone, known = None, True
        group = "zone" if match["zone"] else "zone_before"
        if match[group]:
            zone = zone_of(line.tokens[match.end(group) - 1], site_zone, country) if match[group][-1] in "zZ" else None
            known = zone is not None
        seconds, precision = _time(match, line.tokens, zoned=zone is not None)
        clocks.append(Clock(*match.span(), seconds if known else None, precision, zone))
    return clocks


def _time(match: re.Match[str], tokens: list[Token], *, zoned: bool) -> tuple[int | None, Precision]:
    precision: Precision = "minute"
    if match["clock"]:
        token = tokens[match.start("clock")]
        seconds = token.number
        precision = "second" if token.name == "second" else "minute"
    else:
        group = "hour" if match["hour"] else "bare"
        token = tokens[match.start(group)]
        seconds = token.number * 3600 + _part(match, tokens) * 60
    half = _half(match, tokens)
    hour = seconds // 3600
    if half is None:
        # A bare "الساعة 3" may be in the morning or in the afternoon.
        sure = bool(match["clock"]) or hour > 12 or (zoned and token.kind == "d")
        # "2025 م 02:30": either the era or PM.
        after_era = hour <= 12 and match.string[: match.start()].endswith("De")
        return (seconds if sure and not after_era and seconds <= 86_400 else None), precision
    read = hour_of_day(hour, half)
    if read is None or (hour > 12 and not match["clock"]):
        return None, precision
    return read * 3600 + seconds % 3600, precision


def _part(match: re.Match[str], tokens: list[Token]) -> int:
    """Minutes of "والنصف", "إلا ربعا" or "و20 دقيقة"."""
    group = "part" if match["part"] else "bare_part"
    if not match[group]:
        return 0
    at = match.start(group)
    return tokens[at].number if match[group] == "g" else min(tokens[at + 1].number, 59)


def _half(match: re.Match[str], tokens: list[Token]) -> str | None:
    for group in ("half", "letter", "half_before"):
        if match[group]:
            token = tokens[match.start(group)]
            return token.name or ("am" if token.kind == "s" else "pm")
    return None


def hour_of_day(hour: int, half: str) -> int | None:
    """The hour, 0-23, of a clock in a half of the day: am, pm, noon ("ظهرا") or night ("ليلا").

    None when the two contradict each other. "12 م" is noon and "12 ص" midnight. Sites that print 24-hour times may add
    "م" as well.
    """
    if hour > 12:
        return hour if half != "am" and hour < 24 else None
    if half == "am":
        return hour % 12
    if half == "pm":
        return hour % 12 + 12
    if half == "noon":
        return {0: 12, 10: 10, 11: 11, 12: 12}.get(hour, hour + 12 if hour <= 5 else None)
    return hour % 12 if hour % 12 <= 3 else (hour + 12 if hour >= 6 else None)
