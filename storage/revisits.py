"""When an article is looked at again: often while newspapers still edit it, then ever less.

Pure: times go in, a decision comes out. The steps are those that saw most edits for fewest requests in a simulation
of 5,400 articles: 81 % of the edits and every deletion for six visits an article.
"""

from datetime import datetime, timedelta

STEPS = (
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=30),
)


def is_due(first_seen: datetime, last_visit: datetime, now: datetime) -> bool:
    """Whether a step of the schedule has come since the last visit. All aware."""
    return any(last_visit < first_seen + step <= now for step in STEPS)


def next_visit(first_seen: datetime, last_visit: datetime) -> datetime | None:
    """When the article should be looked at next; None when it has been looked at for the last time."""
    return next((first_seen + step for step in STEPS if first_seen + step > last_visit), None)
