"""Convert days of the Umm al-Qura calendar to Gregorian ones."""

from datetime import date

from hijridate import Hijri

FIRST_YEAR, LAST_YEAR = 1343, 1500  # the years of the printed calendar's tables


def from_hijri(year: int, month: int, day: int) -> date | None:
    """The Gregorian day; None when that month has no such day or the year is outside the tables."""
    try:
        return date.fromordinal(Hijri(year, month, day).to_gregorian().toordinal())
    except (ValueError, OverflowError):
        return None
