"""Back-off schedule for pages that failed, or were not there. They are retried only while a listing links to them."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, false, func, or_

from storage.db.clock import latest_believed
from storage.db.columns import UtcDateTime
from storage.db.schema import pages
from storage.records import Reason

MAX_FAILURES = 3  # in a row, after which a page is given up
# After the third failure, the fourth, and so on. A site that was down for three runs is retried the next day; one
# that fails for weeks costs little.
_WAITS = tuple(timedelta(days=days) for days in (1, 2, 4, 8, 16, 30))
# Answers that say that an article is not there, which may be so for a while: a listing is ahead of its page, an article
# is embargoed, robots.txt forbids what it allows a month later.
_NOT_THERE = (Reason.NOT_FOUND, Reason.SOFT_404)
# After the first such answer, the second, and so on; then it is believed, but not of robots.txt: that costs no request,
# and goes on as for a page that was given up.
_NOT_THERE_WAITS = (timedelta(hours=1), timedelta(days=1), timedelta(days=8))
_GONE = 410  # for good, RFC 9110 §15.5.11


def _since(wait: timedelta) -> Any:
    return bindparam(_name(wait), type_=UtcDateTime())


def _name(wait: timedelta) -> str:
    return f"rested_{wait // timedelta(hours=1)}"


def _retry_is_due() -> ColumnElement[bool]:
    by_failures = [(pages.c.failures == MAX_FAILURES + number, _since(wait)) for number, wait in enumerate(_WAITS[:-1])]
    rested = pages.c.fetched_at <= case(*by_failures, else_=_since(_WAITS[-1]))
    ahead = pages.c.fetched_at > bindparam("believed", type_=UtcDateTime())  # by a clock that was wrong
    return (pages.c.state == "failed") & (pages.c.failures >= MAX_FAILURES) & ~_is_any(*_NOT_THERE) & (rested | ahead)


def _is_any(*reasons: Reason) -> ColumnElement[bool]:
    # No list of values: it can't be used in a statement for many rows.
    return or_(*(func.coalesce(pages.c.reason, "") == reason.value for reason in reasons))


def _may_be_there_now() -> ColumnElement[bool]:
    """Never null: `~RETRY_IS_DUE` must be true of every other page."""
    waited = [
        (pages.c.failures == number, pages.c.fetched_at <= _since(wait))
        for number, wait in enumerate(_NOT_THERE_WAITS, start=1)
    ]
    rested = case(*waited, else_=false())
    without = (pages.c.kind == "article") & pages.c.article_id.is_(None) & (pages.c.state != "pending")
    without &= _is_any(*_NOT_THERE, Reason.ROBOTS) & (func.coalesce(pages.c.status, 0) != _GONE)
    return without & pages.c.fetched_at.is_not(None) & rested


# SQL condition, with the parameters of `retry_times`: a row of `pages` was given up and has waited for its next
# attempt. The wait is one day, and about twice as long for each further failure. Pages that were not there, as by 404
# or robots.txt, have waits of their own, and those that were refused otherwise, or by 410, are not retried.
RETRY_IS_DUE = _retry_is_due() | _may_be_there_now()


def retry_times(now: datetime) -> dict[str, datetime]:
    """The parameters of RETRY_IS_DUE. now: aware."""
    waits = {*_WAITS, *_NOT_THERE_WAITS}
    return {"believed": latest_believed(now), **{_name(wait): now - wait for wait in waits}}
