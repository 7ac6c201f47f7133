"""One article as a channel lists it, and the checks of its URL and dates.

A site has up to four channels: its REST API, its feeds, its sitemaps and its category pages. One URL of a channel (a
feed, a sitemap file, an API) is an *endpoint*. What endpoints state is untrusted: URLs of other hosts, dates in the
future, a million entries. What can't be parsed is left out, never guessed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

_LONGEST_URL = 2000
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no Arabic newspaper was on the web before
_FRACTION = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a channel lists it. url: absolute. Both instants are aware; None where the channel states none.

    protected: WordPress asks for a password, so the page can't be fetched.
    """

    url: str
    published_at: datetime | None = None
    modified_at: datetime | None = None
    protected: bool = False


def entry_url(base_url: str, href: str | None, is_ours: Callable[[str], bool]) -> str | None:
    """The absolute http(s) URL without its fragment; None for another host, junk, and past 2,000 characters."""
    href = (href or "").strip()
    if not href or len(href) > _LONGEST_URL:
        return None
    try:
        absolute = href.startswith(("http://", "https://"))
        url = (href if absolute else urljoin(base_url, href)).partition("#")[0]
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not is_ours(url):
            return None
    except ValueError:
        return None
    return url


def parse_instant(text: str | None) -> datetime | None:
    """Parse a date as feeds, sitemaps and REST APIs write it: W3C (ISO 8601), RFC 822, or seconds since 1970.

    Returns aware UTC. A date alone is the start of that day; a time without an offset is taken as UTC, which REST's
    "_gmt" fields are. None for anything else, and for instants before 1995 or after 9998. Never raises.
    """
    text = (text or "").strip()
    if not text or len(text) > 64:
        return None
    instant: datetime | None
    try:
        if text.isascii() and text.isdecimal() and len(text) == 10:
            instant = datetime.fromtimestamp(int(text), UTC)
        else:
            instant = datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except (ValueError, OverflowError):
        instant = _mail_date(text)
    if instant is None:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    try:
        instant = instant.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return instant if instant >= _EARLIEST and instant.year < 9999 else None


def _mail_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def has_trusted_dates(entries: Sequence[Entry], now: datetime) -> bool:
    """Whether the modification dates of a list can be trusted.

    They can't when more than half of them are identical, or are the current time or later: then the server writes any
    date. The first test needs five dates, the second two.
    """
    times = [entry.modified_at for entry in entries if entry.modified_at is not None]
    if not times:
        return False
    current = sum(abs(time - now) <= timedelta(minutes=2) or time > now for time in times)
    if len(times) > 1 and current * 2 > len(times):
        return False
    if len(times) < 5:
        return True
    return max(Counter(times).values()) * 2 <= len(times)


def within_days(entries: Iterable[Entry], since: date | None, until: date | None = None) -> list[Entry]:
    """The entries that may have been published between the two days, both included. Undated entries always may.

    Both sides have a day's grace: a channel's instant is UTC, and the day that is meant is the newspaper's own.
    """
    kept = []
    for entry in entries:
        # No article is published after its last change. So an old change proves an old article; a new one proves
        # nothing.
        latest = entry.published_at or entry.modified_at
        if since is not None and latest is not None and (latest.date() - since).days < -1:
            continue
        if until is not None and entry.published_at is not None and (entry.published_at.date() - until).days > 1:
            continue
        kept.append(entry)
    return kept
