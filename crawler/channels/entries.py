"""One article as a channel lists it, and the checks of its URL and dates.

A site has up to four channels: its REST API, its feeds, its sitemaps and its category pages. One URL of a channel (a
feed, a sitemap file, an API) is an *endpoint*. Their content is untrusted: it may have URLs of other hosts, dates in
the future, or a million entries. Values that can't be parsed are left out, never guessed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Self
from urllib.parse import unquote, urljoin, urlsplit
from zoneinfo import ZoneInfo

from crawler.dates.parser import ParsedDate, day_if_midnight, parse_date
from crawler.html.characters import INVISIBLE
from crawler.listings.links import without_session
from crawler.site import Site
from storage.records import Discovery, Precision

_LONGEST_URL = 2000
_LONGEST_DATE = 64
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no Arabic newspaper was on the web before
_LATEST_YEAR = 9998
_FRACTION = re.compile(r"(\.\d{6})\d+")
_ESCAPED_TWICE = re.compile(r"&(?:amp;)*(?:amp|#0{0,3}38|#x0{0,2}26);", re.IGNORECASE)
_LINE_BREAKS = re.compile(r"[\r\n\t]+")  # browsers remove them from a URL, too
_HOST = re.compile(r"[^/?#]{0,16}//[^/?#]*")
# White space, and the marks of crawler.html.characters.INVISIBLE.
_AROUND = "".join(filter(lambda each: each.isspace() or INVISIBLE.match(each), map(chr, range(0x10000))))
_LISTING_PATH = re.compile(r"^/?(?:(?:category|tag|author|قسم|تصنيف|وسم)/.*|[a-z]{2})?/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a channel lists it. url: absolute. Both instants are aware; None if the channel states none.

    protected: WordPress asks for a password, so the page can't be fetched. published_raw, published_precision: the
    publication date as printed, and its precision; None if published_at is None, or only the date of the last change.
    """

    url: str
    published_at: datetime | None = None
    modified_at: datetime | None = None
    protected: bool = False
    published_raw: str | None = None
    published_precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class ListRules:
    """Rules for reading the URLs and dates of a site's lists.

    is_ours: whether a URL is the site's. now: aware, when the list was fetched; relative dates count back from it.
    timezone, country: the site's, as `crawler.dates.parser.parse_date` takes them.
    """

    is_ours: Callable[[str], bool]
    now: datetime
    timezone: str = "UTC"
    country: str | None = None

    @classmethod
    def of(cls, site: Site, now: datetime) -> Self:
        """The rules of a site's lists that were fetched at this time."""
        return cls(site.owns, now, site.timezone, site.country)

    def url(self, base_url: str, href: str | None) -> str | None:
        """The absolute http(s) URL without its fragment; None for other hosts, junk, and over 2,000 characters."""
        return entry_url(base_url, href, self.is_ours)

    def date(self, text: str | None) -> ParsedDate | None:
        """A date as lists print it: RFC 822, W3C (ISO 8601), seconds since 1970, or in Arabic.

        A time without an offset is in the site's time zone. None if no day is stated, and for instants before 1995 or
        after 9998.
        """
        text = (text or "").strip()
        if not text or len(text) > _LONGEST_DATE:
            return None
        parsed = _iso_date(text, self.timezone)
        if parsed is None:
            parsed = parse_date(text, now=self.now, timezone=self.timezone, country=self.country)
        if parsed is None or parsed.precision == "month":
            return None
        try:
            instant = parsed.value.astimezone(UTC)
        except (OverflowError, ValueError):
            return None
        return day_if_midnight(parsed) if instant >= _EARLIEST and instant.year <= _LATEST_YEAR else None

    def entry(self, url: str, published: str | None, modified: str | None, *, protected: bool = False) -> Entry:
        """Make the entry of a URL from its dates as printed. A publication more than a day ahead is dropped."""
        publication, change = self.date(published), self.date(modified)
        if publication is not None and publication.value > self.now + timedelta(days=1):
            publication = None
        modified_at = change.value if change else None
        if publication is None or published is None:
            return Entry(url, None, modified_at, protected)
        return Entry(url, publication.value, modified_at, protected, published.strip(), publication.precision)


def entry_url(base_url: str, href: str | None, is_ours: Callable[[str], bool]) -> str | None:
    """As `ListRules.url`. Removes direction marks around the URL and session ids, and unescapes "&" escaped twice."""
    href = _trimmed(href or "")
    if not href or len(href) > _LONGEST_URL:
        return None
    try:
        absolute = href.startswith(("http://", "https://"))
        url = (href if absolute else urljoin(base_url, href)).partition("#")[0]
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or not is_ours(url):
            return None
        return without_session(url)
    except ValueError:
        return None


def _trimmed(href: str) -> str:
    """The URL without stray characters. Marks inside its path stay, as they may be part of an article's name."""
    href = _LINE_BREAKS.sub("", href.strip()[: 2 * _LONGEST_URL])
    if not href.isascii():
        href = href.lstrip(_AROUND).rstrip(_AROUND)
        if match := _HOST.match(href):
            href = INVISIBLE.sub("", match[0]) + href[match.end() :]
    return _ESCAPED_TWICE.sub("&", href)


def _iso_date(text: str, timezone: str) -> ParsedDate | None:
    """Parse the usual form of ISO 8601 as `parse_date` does, in a hundredth of its time, for lists of a million."""
    if not text.isascii() or text[4:5] != "-" or not text.startswith(("19", "20")):
        return None
    try:
        value = datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except ValueError:
        return None
    if len(text) == 10:
        return ParsedDate(value.replace(tzinfo=ZoneInfo(timezone)), "day")
    if len(text) < 19:
        return None
    return ParsedDate(value if value.tzinfo else value.replace(tzinfo=ZoneInfo(timezone)), "second")


def names_listing(url: str) -> bool:
    """Whether a URL is, by its path, the home page or a category, tag or author page."""
    return "?" not in url and _LISTING_PATH.match(unquote("/".join(url.split("/", 3)[3:]))) is not None


def discovery_of(entry: Entry) -> Discovery:
    """The entry as the archive records it."""
    return Discovery(entry.url, entry.published_at, entry.published_raw, entry.published_precision)


def has_trusted_dates(entries: Sequence[Entry], now: datetime) -> bool:
    """Whether the modification dates of a list can be trusted.

    They can't if more than half of them are identical, or are the current time or later: then the server makes them up.
    The first test needs five dates, the second two.
    """
    times = [entry.modified_at for entry in entries if entry.modified_at is not None]
    if not times or _are_present(times, now):
        return False
    if len(times) < 5:
        return True
    return max(Counter(times).values()) * 2 <= len(times)


def without_present_dates(entries: Sequence[Entry], now: datetime) -> list[Entry]:
    """The entries. If most publication dates are the current time or later, they lose raw date and precision."""
    if not _are_present([each.published_at for each in entries if each.published_at and each.published_raw], now):
        return list(entries)
    return [replace(each, published_raw=None, published_precision=None) for each in entries]


def _are_present(times: Sequence[datetime], now: datetime) -> bool:
    current = sum(abs(time - now) <= timedelta(minutes=2) or time > now for time in times)
    return len(times) > 1 and current * 2 > len(times)


def within_days(entries: Iterable[Entry], since: date | None, until: date | None = None) -> list[Entry]:
    """The entries that may have been published between the two days, both included. Undated entries are kept.

    A day before and after is added: a channel's instant is UTC, and the days are the newspaper's local ones.
    """
    kept = []
    for entry in entries:
        # No article is published after its last change: an old change proves an old article, a new one proves nothing.
        latest = entry.published_at or entry.modified_at
        if since is not None and latest is not None and (latest.date() - since).days < -1:
            continue
        if until is not None and entry.published_at is not None and (entry.published_at.date() - until).days > 1:
            continue
        kept.append(entry)
    return kept
