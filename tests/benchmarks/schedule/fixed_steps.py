"""The earlier schedule of Warraq: revisits at fixed ages, and an interval that follows the share of new articles.

It is the peer of the product's schedule.
"""

from datetime import datetime, timedelta

from storage.schedule.intervals import CEILING, ENOUGH_ARTICLES, FLOOR, HOURS, QUIET_SHARE, Crawled, Rhythm, counted

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
STEPS = (_HOUR, 4 * _HOUR, _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY)


def next_step(first_seen: datetime, last_seen: datetime, changed_at: datetime | None) -> datetime | None:
    """The next revisit: at the next step, counted from the last change that was seen."""
    start = changed_at or first_seen
    steps = STEPS if changed_at is None else STEPS[1:]
    return next((start + step for step in steps if start + step > last_seen), None)


def after_crawl(before: Rhythm, crawled: Crawled, began: datetime) -> Rhythm:
    """Two thirds of the interval where most of the list was new, one and a half where less than a tenth was."""
    interval, hours = before.interval, list(before.hours)
    if before.crawled_at is not None:
        since_last = began - before.crawled_at
        if crawled.share > 0.67:
            interval = max(FLOOR, interval * 0.67)
        elif crawled.share < 0.10 and since_last >= interval / 2 and not _is_quiet(began, hours):
            interval = min(CEILING, interval * 1.5)
        hours = counted(hours, crawled.new, began, since_last)
    due = began + min(CEILING, interval)
    while _is_quiet(due, hours) and due + _HOUR <= began + CEILING:
        due = (due + _HOUR).replace(minute=0, second=0, microsecond=0)
    return Rhythm(interval, began, due, 0, tuple(hours))


def _is_quiet(at: datetime, hours: list[float]) -> bool:
    if len(hours) != HOURS or sum(hours) < ENOUGH_ARTICLES:
        return False
    return max(hours[at.hour], hours[(at.hour + 1) % HOURS]) < QUIET_SHARE * sum(hours) / HOURS
