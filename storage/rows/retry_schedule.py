"""When a page that was given up is asked for again: only where a listing names it still, and ever less often."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, literal

from storage.db.columns import UtcDateTime
from storage.db.schema import pages

MAX_FAILURES = 3  # in a row; then a page is given up
# A site that was down for three runs is back the next day; one that fails for weeks costs little.
_WAITS = tuple(timedelta(days=days) for days in (1, 2, 4, 8, 16, 30))


def worth_another_try(now: datetime) -> ColumnElement[bool]:
    """Whether a row of `pages` was given up, and has rested for a day, or twice as long for each failure since.

    Not what was refused for good, such as by 404 or robots.txt: its failures are fewer. now: aware.
    """
    since = [
        (pages.c.failures == MAX_FAILURES + number, literal(now - wait, UtcDateTime()))
        for number, wait in enumerate(_WAITS[:-1])
    ]
    rested = pages.c.fetched_at <= case(*since, else_=literal(now - _WAITS[-1], UtcDateTime()))
    return (pages.c.state == "failed") & (pages.c.failures >= MAX_FAILURES) & rested
