"""What a channel is: one way of finding a site's articles, and what it says of each.

A site has up to four: its REST API, its feeds, its sitemaps, its category pages. One address of a channel (a feed, a
sitemap file, an API) is a *door*. What doors say is untrusted: URLs of other hosts, dates of the future, a million
entries; what can't be read is left out, never guessed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from lxml import etree

from storage.records import CHANNELS, Channel

__all__ = [
    "CHANNELS",
    "Channel",
    "Entry",
    "child_text",
    "elements",
    "entry_url",
    "instant",
    "local",
    "trusted",
    "within",
]

_LONGEST_URL = 2000
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # no Arabic newspaper was on the web before
_FRACTION = re.compile(r"(\.\d{6})\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article as a channel names it. url: absolute. Both instants aware, None where the channel says nothing.

    protected: WordPress asks for a password, so that there is nothing to fetch.
    """

    url: str
    published_at: datetime | None = None
    modified_at: datetime | None = None
    protected: bool = False


def entry_url(base_url: str, href: str | None, is_ours: Callable[[str], bool]) -> str | None:
    """The absolute http(s) URL without fragment; None for another host's, for junk, and past 2,000 characters."""
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


def instant(text: str | None) -> datetime | None:
    """A date as feeds, sitemaps and REST APIs write it: W3C (ISO 8601), RFC 822, or seconds since 1970. Aware UTC.

    A date alone is the beginning of that day; a time without an offset is taken for UTC, which REST's "_gmt" fields
    are. None for anything else, and for what lies before 1995 or after 9998. Never raises.
    """
    text = (text or "").strip()
    if not text or len(text) > 64:
        return None
    found: datetime | None
    try:
        if text.isascii() and text.isdecimal() and len(text) == 10:
            found = datetime.fromtimestamp(int(text), UTC)
        else:
            found = datetime.fromisoformat(_FRACTION.sub(r"\1", text))
    except (ValueError, OverflowError):
        found = _mail_date(text)
    if found is None:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC)
    try:
        found = found.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return found if found >= _EARLIEST and found.year < 9999 else None


def _mail_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def trusted(entries: Sequence[Entry], now: datetime) -> bool:
    """Whether the list's dates of change mean something.

    Not when more than half of them are one and the same, or the current time: then the server writes what it likes.
    Fewer than five say nothing about that, but for those of the current time.
    """
    times = [entry.modified_at for entry in entries if entry.modified_at is not None]
    if not times:
        return False
    current = sum(abs(time - now) <= timedelta(minutes=2) or time > now for time in times)
    if len(times) > 1 and current * 2 > len(times):
        return False
    if len(times) < 5:
        return True
    counts: dict[datetime, int] = {}
    for time in times:
        counts[time] = counts.get(time, 0) + 1
    return max(counts.values()) * 2 <= len(times)


def within(entries: Iterable[Entry], since: date | None, until: date | None = None) -> list[Entry]:
    """Those that may have been published between the two days, both included; undated ones may always.

    A day's grace on both sides: a channel's instant is UTC, and the day that is meant is the newspaper's own.
    """
    kept = []
    for entry in entries:
        # Nothing is published after its last change: an old change tells an old article, a new one tells nothing.
        latest = entry.published_at or entry.modified_at
        if since is not None and latest is not None and (latest.date() - since).days < -1:
            continue
        if until is not None and entry.published_at is not None and (entry.published_at.date() - until).days > 1:
            continue
        kept.append(entry)
    return kept


def elements(body: bytes, names: frozenset[str], *, most: int) -> Iterator[tuple[str, etree._Element]]:
    """The XML elements of these local names, each whole and forgotten afterwards; at most so many. Never raises.

    A broken document gives what stands before the break, and after it what the parser can mend. No entity is
    expanded, no DTD loaded, nothing asked of the network; a document that declares entities is hostile and gives
    nothing. First the root comes, as ("", element), with what stands before the first of them.
    """
    if _declares_entities(body):
        return
    events = etree.iterparse(
        BytesIO(body),
        events=("end",),
        tag=[f"{{*}}{name}" for name in names],
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    count = 0
    try:
        for _event, element in events:
            if count == 0:
                yield "", element.getroottree().getroot()
            yield local(element), element
            count += 1
            if count >= most:
                return
            _forget(element)
    except etree.XMLSyntaxError:
        pass
    root = getattr(events, "root", None)
    if count == 0 and root is not None:
        yield "", root


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _declares_entities(body: bytes) -> bool:
    # In UTF-16 every second byte is zero.
    head = body[:65536].replace(b"\0", b"").upper()
    return b"<!ENTITY" in head or (b"<!DOCTYPE" in head and b"<!ENTITY" in body.replace(b"\0", b"").upper())


def local(element: etree._Element) -> str:
    """An element's name in lower case, without namespace; "" for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def child_text(element: etree._Element, *names: str) -> str | None:
    """Text of the first child of any of these local names, in the order of the names; None when there is none."""
    found: dict[str, str] = {}
    for child in element:
        name = local(child)
        text = (child.text or "").strip()
        if name in names and text:
            found.setdefault(name, text)
    return next((found[name] for name in names if name in found), None)
