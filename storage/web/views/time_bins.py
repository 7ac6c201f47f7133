"""Division of a range of days into a few dozen days, weeks, months or years, for charts over time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MOST_BINS = 48


@dataclass(frozen=True, slots=True)
class TimeBin:
    """Days from first to last, both included."""

    first: date
    last: date


def time_bins(first: date, last: date) -> list[TimeBin]:
    """Divide the range into days, weeks, months or years: the finest with at most MOST_BINS; at most a century."""
    first = max(first, date(max(last.year - 99, 1), 1, 1))
    days = (last - first).days + 1
    if days <= MOST_BINS:
        return list(_of_days(first, last, 1))
    if days <= 7 * MOST_BINS:
        return list(_of_days(first, last, 7))
    months = 1 if days <= 30 * MOST_BINS else 12
    return list(_of_months(first, last, months))[-2 * MOST_BINS :]


def _of_days(first: date, last: date, step: int) -> Iterator[TimeBin]:
    day = first
    while day <= last:
        yield TimeBin(day, min(day + timedelta(days=step - 1), last))
        day += timedelta(days=step)


def _of_months(first: date, last: date, step: int) -> Iterator[TimeBin]:
    day = first
    while day <= last:
        after = day.year * 12 + (0 if step == 12 else day.month - 1) + step
        following = date(after // 12, after % 12 + 1, 1) if after < 9999 * 12 else last + timedelta(days=1)
        yield TimeBin(day, min(following - timedelta(days=1), last))
        day = following
