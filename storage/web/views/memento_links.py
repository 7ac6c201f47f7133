"""Headers and link lists of Memento (RFC 7089): choice of the requested memento, links to the others. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from storage.errors import UsageError


@dataclass(frozen=True, slots=True)
class Memento:
    """One capture that can be shown. at: aware UTC, in whole seconds. url: its URL in the reader."""

    at: datetime
    url: str


def accepted_instant(header: str | None) -> datetime | None:
    """Parse an Accept-Datetime header (aware); None without one. Raises UsageError."""
    if header is None:
        return None
    try:
        instant = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError) as error:
        raise UsageError(
            f"Accept-Datetime {header[:60]!r} is no date; write it as Thu, 07 May 2026 08:00:00 GMT"
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def nearest(mementos: Sequence[Memento], instant: datetime | None) -> Memento:
    """The memento nearest to an instant, of two the earlier; the latest if None. mementos: not empty, oldest first."""
    if instant is None:
        return mementos[-1]
    place = bisect_left(mementos, instant, key=lambda memento: memento.at)
    around = mementos[max(place - 1, 0) : place + 1]
    return min(around, key=lambda memento: abs(memento.at - instant))


def http_date(instant: datetime) -> str:
    """Format an instant as an HTTP date."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def link_header(
    mementos: Sequence[Memento], shown: Memento | None, *, original: str, timegate: str, timemap: str
) -> str:
    """The Link header of a TimeGate (shown: the memento it redirects to) or of a memento (shown: that memento)."""
    links = [
        _link(original, 'rel="original"'),
        _link(timegate, 'rel="timegate"'),
        _link(timemap, 'rel="timemap"; type="application/link-format"'),
    ]
    ends = {mementos[0], mementos[-1]}
    for memento in dict.fromkeys((mementos[0], *((shown,) if shown else ()), mementos[-1])):
        names = ("first " if memento == mementos[0] else "") + ("last " if memento == mementos[-1] else "")
        if memento in ends or memento == shown:
            links.append(_memento(memento, names))
    return ", ".join(links)


def time_map(mementos: Sequence[Memento], *, original: str, timegate: str, timemap: str) -> str:
    """The TimeMap: all mementos in link format (RFC 6690)."""
    span = f'from="{http_date(mementos[0].at)}"; until="{http_date(mementos[-1].at)}"'
    lines = [
        _link(original, 'rel="original"'),
        _link(timemap, f'rel="self"; type="application/link-format"; {span}'),
        _link(timegate, 'rel="timegate"'),
    ]
    for place, memento in enumerate(mementos):
        names = ("first " if place == 0 else "") + ("last " if place == len(mementos) - 1 else "")
        lines.append(_memento(memento, names))
    return ",\n".join(lines) + "\n"


def _memento(memento: Memento, names: str) -> str:
    return _link(memento.url, f'rel="{names}memento"; datetime="{http_date(memento.at)}"')


def _link(url: str, attributes: str) -> str:
    return f"<{url}>; {attributes}"
