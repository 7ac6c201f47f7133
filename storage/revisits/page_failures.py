"""Failing pages: when each is requested again, and detection of outages of the site. Pure functions."""

from datetime import datetime, timedelta

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# A missing page may be an error of the server: it counts as gone only after revisits after an hour and after a day.
CONFIRMATIONS = (_HOUR, _DAY)
# Revisits of an article that is gone, since it may come back. Counted from when it was first missing.
AFTER_GONE = (2 * _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY)
AFTER_FAILURE = (_HOUR, 7 * _DAY)  # the wait doubles from the first to the second
# It is an outage if more revisited pages fail than answer, and at least this number fails.
OUTAGE_FAILURES = 5
OUTAGE_LASTS = 7 * _DAY  # at most, while the site's listings answer; after that, missing pages count


def confirmation(missing_since: datetime, now: datetime) -> datetime | None:
    """The next revisit of a page missing since then; None if it has been missing long enough to count as gone.

    One revisit replaces all steps that were skipped.
    """
    return next((missing_since + step for step in CONFIRMATIONS if missing_since + step > now), None)


def return_revisit(missing_since: datetime, now: datetime) -> datetime | None:
    """The next revisit of a page that is gone, in case it came back; None after the last one."""
    return next((missing_since + step for step in AFTER_GONE if missing_since + step > now), None)


def after_failure(failures: int, now: datetime) -> datetime:
    """The next request of a page that failed, but is not missing. failures: number in a row, from 1."""
    least, most = AFTER_FAILURE
    doublings = min(max(failures, 1) - 1, 20)
    return now + min(least * (1 << doublings), most)


def is_outage(answered: int, failed: int, *, any_answer: bool) -> bool:
    """Whether a run's failures are due to the site, not to single articles.

    answered, failed: numbers of revisited article pages. any_answer: whether any page of the run, listings included,
    was answered successfully.
    """
    if failed <= answered:
        return False
    return failed >= OUTAGE_FAILURES or not any_answer
