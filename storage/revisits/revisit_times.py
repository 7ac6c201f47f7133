"""The schedule of revisits: frequent while newspapers still edit an article, then less and less frequent.

Pure functions of times. A revisit is due when an edit is likely enough (storage.revisits.edit_rates): edited articles
are visited more often than others, for the same total number of requests. Two further revisits at fixed ages detect
articles that are gone.
"""

from datetime import datetime, timedelta
from typing import Literal
from zlib import crc32

from storage.revisits.edit_rates import UNKNOWN_SITE, SiteEdits, next_age

# How often a site's articles are revisited. "off": never.
Profile = Literal["track", "normal", "off"]

_DAY = timedelta(days=1)
# Mean number of revisits of an article without edits, beside the two checks: nine in all ("track"), six ("normal").
REVISITS: dict[Profile, float] = {"track": 8.2, "normal": 4.2, "off": 0.0}
PROFILES: tuple[Profile, ...] = tuple(REVISITS)
# Ages of the two checks, which are always made. The second counts from the last change seen, and is the last revisit.
CHECK, LAST_CHECK = 3 * _DAY, 30 * _DAY
AFTER_CHANGE = _DAY  # maximum wait after a change, since a corrected article may be corrected again
# A quarter of the requests that a run may make may be revisits. Without a budget its actual requests count, but at
# least this number: an hourly run that requests one feed could otherwise revisit no article.
LEAST_BUDGET = 200
REVISITS_SHARE = 4
LEAST_WAIT = timedelta(minutes=10)  # between two visits
_SPREAD = 0.1  # share of an age


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

    last_seen: its latest fetch. edits: number seen of it. changed_at: when the last of them was seen. site: the site's
    edit counts. key: of its page; spreads ages of a day and more over their last tenth, so that a day's articles are
    not all due at once. None: no spread. revisits: as in REVISITS; None: the profile's.
    """
    if profile == "off":
        return None
    earlier = _SPREAD * crc32(key.encode("utf-8", "replace")) / 2**32 if key is not None else 0.0
    start = min(first_seen, last_seen)  # first_seen is later if a clock was ahead
    changed = min(changed_at, last_seen) if changed_at is not None else None
    times = [start + _spread(CHECK, earlier), (changed or start) + _spread(LAST_CHECK, earlier)]
    if changed is not None and last_seen - changed < LEAST_WAIT:  # the last visit saw the change
        times.append(changed + _spread(AFTER_CHANGE, earlier))
    age = next_age(last_seen - start, edits, site, REVISITS[profile] if revisits is None else revisits)
    if age is not None and age < LAST_CHECK:
        times.append(max(start + _spread(age, earlier), last_seen + LEAST_WAIT))
    return min((when for when in times if when > last_seen), default=None)


def _spread(age: timedelta, earlier: float) -> timedelta:
    """The age, reduced by the share `earlier` if it is a day or more."""
    return age * (1 - earlier) if age >= _DAY else age


def revisits_allowed(other_requests: int, budget: int | None = None) -> int:
    """The number of revisits that a run may make: a quarter of its budget. other_requests: made so far, other kinds.

    budget: total requests that it may make; None: as many as it makes, but at least LEAST_BUDGET.
    """
    if budget is not None:
        return budget // REVISITS_SHARE
    return max(LEAST_BUDGET // REVISITS_SHARE, other_requests // (REVISITS_SHARE - 1))
