"""URL patterns: the kinds of segments and query values that distinguish a site's articles from its sections.

They are learned from URLs in feeds and sitemaps, which certainly are articles.
"""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from crawler.listings.links import decoded_path

UrlPattern = tuple[str, ...]

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d[-_.]\d{1,2}[-_.]\d{1,2}")
_HASH = re.compile(r"(?=(?:[a-f]*\d){2})(?=\d*[a-f])[0-9a-f]{8,}", re.IGNORECASE)  # random hexadecimal names
_WORDS = re.compile(r"(?:[^-_+ .]+[-_+ .]+){2}[^-_+ .]")
_EXTENSION = re.compile(r"\.(s?html?|aspx?|php|jsp|cms)$", re.IGNORECASE)
_KNOWN_ENOUGH = 3  # fewest URLs of a known pattern
_MOST_KEPT = 40  # patterns; more than any site has


def pattern_of(url: str) -> UrlPattern:
    """The kind of each path segment, then the extension, then each query name with the kind of its value.

    A kind is year, number, count (a short number), date, numbered, words or word. Names that begin with "utm_" are left
    out.
    """
    parts = urlsplit(url)
    path = decoded_path(url).strip("/")
    extension = _EXTENSION.search(path)
    segments = path[: extension.start() if extension else None].split("/")
    kinds = [_kind(segment) for segment in segments if segment]
    query = [f"?{name.lower()}={_kind(value)}" for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
    return (*kinds, *([extension[0].lower()] if extension else []), *sorted(query))


def _kind(segment: str) -> str:
    if _YEAR.fullmatch(segment):
        return "year"
    if segment.isdecimal():
        return "number" if len(segment) > 3 else "count"  # short numbers may be those of sections
    if _DATE.match(segment):
        return "date"
    if _WORDS.match(segment):
        return "words"  # before "numbered", because a headline may name a year
    return "numbered" if re.search(r"\d{4}", segment) or _HASH.fullmatch(segment) else "word"


def is_telling(pattern: UrlPattern) -> bool:
    """Whether a pattern is of articles only. One of single words ("/sport/football") fits sections as well."""
    return any(not part.endswith("word") and not part.startswith(".") for part in pattern)


def article_patterns(patterns: Iterable[UrlPattern], known: frozenset[UrlPattern]) -> frozenset[UrlPattern]:
    """The known patterns of articles, and the telling patterns that a quarter of a listing's cards have.

    Where the latter cover less than half of the cards, there is none.
    patterns: of each card of the listing; none of them is known.
    """
    counts = Counter(patterns)
    many = max(counts.total() // 4, 1)
    own = {pattern for pattern, count in counts.items() if count >= many and is_telling(pattern)}
    if not own or sum(counts[pattern] for pattern in own) * 2 < counts.total():
        return frozenset()
    return known | own


class UrlPatterns:
    """The patterns of the articles that a site's feeds and sitemaps have named so far."""

    def __init__(self) -> None:
        self._counts: Counter[UrlPattern] = Counter()

    def learn(self, urls: Iterable[str]) -> None:
        """Count the patterns of these article URLs."""
        for url in urls:
            pattern = pattern_of(url)
            if pattern in self._counts or len(self._counts) < _MOST_KEPT:
                self._counts[pattern] += 1

    @property
    def known(self) -> frozenset[UrlPattern]:
        """The patterns that at least three URLs have and no section has."""
        return frozenset(
            pattern for pattern, count in self._counts.items() if count >= _KNOWN_ENOUGH and is_telling(pattern)
        )
