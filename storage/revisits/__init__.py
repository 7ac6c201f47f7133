"""The schedule of revisits, and the interpretation of failing pages. Pure functions of times and counts."""

from storage.revisits.edit_rates import UNKNOWN_SITE, SiteEdits
from storage.revisits.page_failures import (
    CONFIRMATIONS,
    OUTAGE_LASTS,
    after_failure,
    confirmation,
    is_outage,
    return_revisit,
)
from storage.revisits.revisit_times import (
    LAST_CHECK,
    LEAST_BUDGET,
    PROFILES,
    Profile,
    next_revisit,
    revisits_allowed,
)

__all__ = [
    "CONFIRMATIONS",
    "LAST_CHECK",
    "LEAST_BUDGET",
    "OUTAGE_LASTS",
    "PROFILES",
    "UNKNOWN_SITE",
    "Profile",
    "SiteEdits",
    "after_failure",
    "confirmation",
    "is_outage",
    "next_revisit",
    "return_revisit",
    "revisits_allowed",
]
