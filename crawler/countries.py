"""Countries and their time zones from the IANA database, and the Arab countries by top-level domain."""

from functools import lru_cache
from importlib.resources import files
from urllib.parse import urlsplit

# The members of the Arab League, ISO 3166 alpha-2; each is also its country's top-level domain.
ARAB = (
    *("AE", "BH", "DJ", "DZ", "EG", "IQ", "JO", "KM", "KW", "LB", "LY"),
    *("MA", "MR", "OM", "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE"),
)


def _rows(name: str) -> list[list[str]]:
    table = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _zones() -> dict[str, tuple[str, ...]]:
    zones: dict[str, tuple[str, ...]] = {}
    for country, _, zone, *_ in _rows("zone.tab"):
        zones[country] = (*zones.get(country, ()), zone)
    return zones


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """English short names by ISO 3166 alpha-2 code."""
    return {code: name for code, name, *_ in _rows("iso3166.tab")}


def zones_of(country: str) -> tuple[str, ...]:
    """IANA names of the country's zones, the most populous first as a rule; () for an unknown code."""
    return _zones().get(country, ())


def country_of_zone(zone: str) -> str | None:
    """The first country of a zone; None for UTC and the like."""
    return next((country for country, own in _zones().items() if zone in own), None)


def country_of_host(url: str) -> str | None:
    """The Arab country of the top-level domain of the URL's host; None for ".com" and all others.

    ".so", ".ly", ".dj" and ".km" are sold to anybody; they count nevertheless, as a first guess for people to check.
    """
    last = (urlsplit(url).hostname or "").rpartition(".")[2].upper()
    return last if last in ARAB else None
