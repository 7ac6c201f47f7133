"""The schedule of revisits: frequent while newspapers still edit an article, then ever less frequent.

Pure functions of times. When a revisit is due follows from how likely an edit is by then (storage.revisits.edit_rates):
an article that was edited is visited more often than one that never was, at the same number of requests. Beside these
there are two at fixed ages, which see that an article is gone.
"""

from datetime import datetime, timedelta
from typing import Literal
from zlib import crc32

from storage.revisits.edit_rates import UNKNOWN_SITE, SiteEdits, next_age

# How closely a site is followed. "off": its articles are never revisited.
Profile = Literal["track", "normal", "off"]

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# Revisits that an article without an edit has in the mean, beside the two checks: six in all, or nine.
REVISITS: dict[Profile, float] = {"track": 8.2, "normal": 4.2, "off": 0.0}
PROFILES: tuple[Profile, ...] = tuple(REVISITS)
# Ages of revisits that are made in any case. The second counts from the last change that was seen, and is the last.
CHECK, LAST_CHECK = 3 * _DAY, 30 * _DAY
AFTER_CHANGE = _DAY  # at most, until the revisit after a change: what was corrected once may be corrected again
# One in four of the requests that a run may make may be a revisit. A run without a budget counts its requests, at
# least these: an hourly run that requests one feed could otherwise revisit no article.
LEAST_BUDGET = 200
REVISITS_SHARE = 4
LEAST_WAIT = timedelta(minutes=10)  # between two visits
_SPREAD = 0.1  # of an age


def next_revisit(
    first_seen: datetime,
    last_seen: datetime,
    profile: Profile = "normal",
    *,
    edits: int = 0,
    changed_at: datetime | None = None,
    site: SiteEdits = UNKNOWN_SITE,
    key: str | None = None,
    revisits: float | None = None,
) -> datetime | None:
    """The time of the article's next revisit; None after the last one. All times are aware.

    last_seen: its latest fetch. edits: how many were seen of it. changed_at: when the last of them was seen. site: what
    is known of its site's edits. key: of its page; spreads the ages of a day and more over their last tenth, so that a
    day's articles are not all due at once. None: no spread. revisits: as in REVISITS; None: those of the profile.
    """
    if profile == "off":
        return None
    earlier = _SPREAD * crc32(key.encode("utf-8", "replace")) / 2**32 if key is not None else 0.0
    start = min(first_seen, last_seen)  # it is later where a clock was ahead
    changed = min(changed_at, last_seen) if changed_at is not None else None
    times = [start + _spread(CHECK, earlier), (changed or start) + _spread(LAST_CHECK, earlier)]
    if changed is not None and last_seen - changed < LEAST_WAIT:  # this visit saw it
        times.append(changed + _spread(AFTER_CHANGE, earlier))
    age = next_age(last_seen - start, edits, site, REVISITS[profile] if revisits is None else revisits)
    if age is not None and age < LAST_CHECK:
        times.append(max(start + _spread(age, earlier), last_seen + LEAST_WAIT))
    return min((when for when in times if when > last_seen), default=None)


def _spread(age: timedelta, earlier: float) -> timedelta:
    """The age, or that share earlier where it is a day or more."""
    return age * (1 - earlier) if age >= _DAY else age


def revisits_allowed(other_requests: int, budget: int | None = None) -> int:
    """How many revisits a run may make after so many requests of other kinds: a quarter of its budget.

    budget: requests that it may make in all; None: as many as it makes, and at least LEAST_BUDGET.
    """
    if budget is not None:
        return budget // REVISITS_SHARE
    return max(LEAST_BUDGET // REVISITS_SHARE, other_requests // (REVISITS_SHARE - 1))
