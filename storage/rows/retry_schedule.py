"""Back-off schedule of failed pages. A page that was given up is retried only while a listing still links to it."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, case

from storage.db.clock import latest_believed
from storage.db.columns import UtcDateTime
from storage.db.schema import pages

MAX_FAILURES = 3  # in a row, after which a page is given up
# After the third failure, the fourth, and so on. A site that was down for three runs is retried the next day; one
# that fails for weeks costs little.
_WAITS = tuple(timedelta(days=days) for days in (1, 2, 4, 8, 16, 30))


def _retry_is_due() -> ColumnElement[bool]:
    since = [bindparam(f"rested_{days.days}", type_=UtcDateTime()) for days in _WAITS]
    by_failures = [(pages.c.failures == MAX_FAILURES + number, when) for number, when in enumerate(since[:-1])]
    rested = pages.c.fetched_at <= case(*by_failures, else_=since[-1])
    ahead = pages.c.fetched_at > bindparam("believed", type_=UtcDateTime())  # dated by a wrong clock
    return (pages.c.state == "failed") & (pages.c.failures >= MAX_FAILURES) & (rested | ahead)


# SQL condition, with the parameters of `retry_times`: a row of `pages` was given up, and its next attempt is due. The
# wait is one day, and about twice as long after each further failure. Pages that were refused permanently, for example
# by 404 or robots.txt, have fewer failures and are not retried.
RETRY_IS_DUE = _retry_is_due()


def retry_times(now: datetime) -> dict[str, datetime]:
    """The parameters of RETRY_IS_DUE. now: aware."""
    return {"believed": latest_believed(now), **{f"rested_{wait.days}": now - wait for wait in _WAITS}}
