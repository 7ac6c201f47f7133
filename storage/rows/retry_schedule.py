"""Back-off schedule for failed pages. A page that was given up is retried only while a listing still links to it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, literal

from storage.db.columns import UtcDateTime
from storage.db.schema import pages

MAX_FAILURES = 3  # in a row; then a page is given up
# After the third failure, the fourth, and so on. A site that was down for three runs is retried the next day; one
# that fails for weeks costs little.
_WAITS = tuple(timedelta(days=days) for days in (1, 2, 4, 8, 16, 30))


def retry_is_due(now: datetime) -> ColumnElement[bool]:
    """SQL condition: a row of `pages` was given up and has waited for its next attempt. now: aware.

    The wait is one day, and about twice as long for each further failure. Pages that were refused for good, such as by
    404 or robots.txt, have fewer failures and are not retried.
    """
    since = [
        (pages.c.failures == MAX_FAILURES + number, literal(now - wait, UtcDateTime()))
        for number, wait in enumerate(_WAITS[:-1])
    ]
    rested = pages.c.fetched_at <= case(*since, else_=literal(now - _WAITS[-1], UtcDateTime()))
    return (pages.c.state == "failed") & (pages.c.failures >= MAX_FAILURES) & rested
