"""Layout of SVG charts: bars over time, and the calendar of a year. Colours come from the style sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 720, 96
_WIDEST = 60.0  # pixels, of a bar with its gap
CELL = 12  # pixels, of a day with its gap


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. label: its tooltip. link: its URL; None: no link."""

    label: str
    count: int
    link: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar with its position and size in pixels."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars in chronological order, from right to left on right-to-left pages."""

    width: int
    height: int
    bars: tuple[DrawnBar, ...]
    most: int


def bar_chart(bars: Sequence[Bar], *, rtl: bool, height: int = HEIGHT) -> BarChart:
    """Lay out the bars. A count above zero is at least two pixels high."""
    most = max((bar.count for bar in bars), default=0)
    step = min(WIDTH / max(len(bars), 1), _WIDEST)
    drawn = []
    for number, bar in enumerate(bars):
        tall = max(2.0, (height - 4) * bar.count / most) if bar.count else 0.0
        x = (WIDTH - (number + 1) * step if rtl else number * step) + step * 0.08
        drawn.append(DrawnBar(bar, round(x, 1), round(height - tall, 1), round(step * 0.84, 1), round(tall, 1)))
    return BarChart(WIDTH, height, tuple(drawn), most)


@dataclass(frozen=True, slots=True)
class StackedPart:
    """A part of a stacked bar. series: its index in the legend."""

    series: int
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Stacked bars, one a day. legend: name and total of each series. ends: the first and the last day."""

    width: int
    height: int
    parts: tuple[StackedPart, ...]
    legend: tuple[tuple[str, int], ...]
    most: int
    ends: tuple[str, str]


def stacked_chart(
    days: Sequence[date], series: Mapping[str, Sequence[int]], *, rtl: bool, rest: str, most_series: int = 6
) -> StackedChart | None:
    """Lay out stacked bars; None if all counts are zero.

    series: by name, a count for each day, the largest first. rest: name of the sum of the series beyond most_series.
    """
    shown = dict(list(series.items())[:most_series])
    if len(series) > most_series:
        others = list(series.values())[most_series:]
        shown[rest] = [sum(each) for each in zip(*others, strict=True)]
    totals = [sum(each) for each in zip(*shown.values(), strict=True)]
    most = max(totals, default=0)
    if not most:
        return None
    step = WIDTH / len(days)
    parts = []
    for place, day in enumerate(days):
        x = (WIDTH - (place + 1) * step if rtl else place * step) + step * 0.08
        y = float(HEIGHT)
        for number, (name, counts) in enumerate(shown.items()):
            tall = (HEIGHT - 4) * counts[place] / most
            if tall:
                y -= tall
                label = f"{day}: {name} {counts[place]:,}"
                parts.append(
                    StackedPart(number, round(x, 1), round(y, 1), round(step * 0.84, 1), round(tall, 1), label)
                )
    legend = tuple((name, sum(counts)) for name, counts in shown.items())
    return StackedChart(WIDTH, HEIGHT, tuple(parts), legend, most, (str(days[0]), str(days[-1])))


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """One day of a calendar. level: 0 (none) to 4 (most). gap: "empty", "few" or None. x, y: pixels."""

    day: date
    count: int
    level: int
    gap: str | None
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class MonthLabel:
    """The number of a month, 1 to 12, above the week that it begins in."""

    month: int
    x: int


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """The days of a year, one column a week."""

    year: int
    width: int
    height: int
    cells: tuple[CalendarCell, ...]
    months: tuple[MonthLabel, ...]


def year_calendar(year: int, days: Sequence[tuple[date, int, str | None]], *, rtl: bool) -> YearCalendar:
    """Lay out a calendar. days: (day, number of articles, gap); days of other years are left out."""
    first = date(year, 1, 1)
    start = first - timedelta(days=first.weekday())
    most = max((count for day, count, _ in days if day.year == year), default=0)
    weeks = (date(year, 12, 31) - start).days // 7 + 1

    def column(day: date) -> int:
        week = (day - start).days // 7
        return (weeks - 1 - week if rtl else week) * CELL

    cells = tuple(
        CalendarCell(day, count, _level(count, most), gap, column(day), 16 + day.weekday() * CELL)
        for day, count, gap in days
        if day.year == year
    )
    months = tuple(MonthLabel(month, column(date(year, month, 1))) for month in range(1, 13))
    return YearCalendar(year, weeks * CELL, 16 + 7 * CELL, cells, months)


def _level(count: int, most: int) -> int:
    return 0 if not count else min(4, 1 + 4 * (count - 1) // max(most, 1))
