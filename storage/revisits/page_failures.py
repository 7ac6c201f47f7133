"""Pages that fail: when each is requested again, and when it is the site that fails. Pure functions."""

from datetime import datetime, timedelta

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# A missing page may be a fault of the server: it is revisited after an hour and after a day, and then believed.
CONFIRMATIONS = (_HOUR, _DAY)
# An article that is gone may come back. Counted from when it was first missing.
AFTER_GONE = (2 * _DAY, 3 * _DAY, 7 * _DAY, 30 * _DAY)
AFTER_FAILURE = (_HOUR, 7 * _DAY)  # doubling from the first to the second
# An outage: more revisited pages fail than answer, and too many for single deletions.
OUTAGE_FAILURES = 5
OUTAGE_LASTS = 7 * _DAY  # at most, while the site's listings answer; then missing pages are believed


def confirmation(missing_since: datetime, now: datetime) -> datetime | None:
    """The next revisit of a page that is missing since then; None when it has been missing long enough to be gone.

    One revisit makes up for several missed steps.
    """
    return next((missing_since + step for step in CONFIRMATIONS if missing_since + step > now), None)


def return_revisit(missing_since: datetime, now: datetime) -> datetime | None:
    """The next revisit of a page that is gone, which may have come back; None after the last one."""
    return next((missing_since + step for step in AFTER_GONE if missing_since + step > now), None)


def after_failure(failures: int, now: datetime) -> datetime:
    """The next request of a page that failed so many times in a row (from 1) and is not missing."""
    least, most = AFTER_FAILURE
    doublings = min(max(failures, 1) - 1, 20)
    return now + min(least * (1 << doublings), most)


def is_outage(answered: int, failed: int, *, any_answer: bool) -> bool:
    """Whether a run's failures are the site's and not its articles'.

    answered, failed: revisited article pages. any_answer: whether any page of the run answered well, listings too.
    """
    if failed <= answered:
        return False
    return failed >= OUTAGE_FAILURES or not any_answer
