"""Resolve time zones as Arabic pages name them: by city, country, abbreviation (words.tsv) or offset."""

from datetime import UTC, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from crawler.dates.words import Token

LOCAL = "local"  # "بالتوقيت المحلي"
UNKNOWN = "unknown"  # an abbreviation with several meanings
# Names of two zones. The country of the site decides, else the site's own zone; else the zone is unknown.
_SHARED_NAMES = {
    "عمان": {"JO": "Asia/Amman", "OM": "Asia/Muscat"},
    "طرابلس": {"LY": "Africa/Tripoli", "LB": "Asia/Beirut"},
}


def zone_of(token: Token, site_zone: ZoneInfo, country: str | None) -> tzinfo | None:
    """The zone that a token of kind Z or z names; None when it is unknown or ambiguous."""
    if token.name == LOCAL:
        return site_zone
    if token.name == UNKNOWN:
        return None
    if token.name in _SHARED_NAMES:
        zones = _SHARED_NAMES[token.name]
        zone = zones.get(country or "") or (site_zone.key if site_zone.key in zones.values() else None)
        return ZoneInfo(zone) if zone else None
    if token.name:
        return ZoneInfo(token.name)
    return fixed(token.number)


def fixed(minutes: int) -> tzinfo:
    """The zone of an offset in minutes east of UTC."""
    return timezone(timedelta(minutes=minutes)) if minutes else UTC
