"""The shape of a URL: what the addresses of one site's articles have in common, and those of its sections have not.

Learned from addresses that are articles for certain, as feeds and sitemaps name them.
"""

import re
from collections import Counter
from collections.abc import Iterable
from urllib.parse import parse_qsl, unquote, urlsplit

Shape = tuple[str, ...]

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"(?:19|20)\d\d[-_.]\d{1,2}[-_.]\d{1,2}")
_WORDS = re.compile(r"(?:[^-_+ .]+[-_+ .]+){2}[^-_+ .]")
_EXTENSION = re.compile(r"\.(s?html?|aspx?|php|jsp|cms)$", re.IGNORECASE)
_KNOWN_ENOUGH = 3  # addresses of one shape, before it counts as learned
_MOST_KEPT = 40  # shapes; more than any site has


def shape_of(url: str) -> Shape:
    """The kind of each path segment, and the query's names.

    A kind is year, number, count (a short number), date, numbered, words or word.
    """
    parts = urlsplit(url)
    path = unquote(parts.path).strip("/")
    found = _EXTENSION.search(path)
    segments = [_kind(segment) for segment in path[: found.start() if found else None].split("/") if segment]
    asked = [f"?{name.lower()}={_kind(value)}" for name, value in parse_qsl(parts.query) if not name.startswith("utm_")]
    return (*segments, *([found[0].lower()] if found else []), *sorted(asked))


def _kind(segment: str) -> str:
    if _YEAR.fullmatch(segment):
        return "year"
    if segment.isdecimal():
        return "number" if len(segment) > 3 else "count"  # sections are counted, too
    if _DATE.match(segment):
        return "date"
    has_number = any(len(run) >= 4 for run in re.findall(r"\d+", segment))
    if has_number:
        return "numbered"
    return "words" if _WORDS.match(segment) else "word"


def tells(shape: Shape) -> bool:
    """Whether sections have no such shape: one of words alone ("/sport/football") says nothing."""
    return any(part != "word" and not part.startswith(".") for part in shape)


def telling(shapes: Iterable[Shape], known: frozenset[Shape]) -> frozenset[Shape]:
    """Shapes of articles: those known, and those that many of a listing's own cards have. Empty: none tells."""
    counts = Counter(shapes)
    many = max(counts.total() // 4, 1)
    own = {shape for shape, count in counts.items() if count >= many and tells(shape)}
    if not own or sum(counts[shape] for shape in own) * 2 < counts.total():
        return frozenset() if not own & known else known
    return known | own


class Shapes:
    """The shapes of the articles that a site's feeds and sitemaps have named so far."""

    def __init__(self) -> None:
        self._counts: Counter[Shape] = Counter()

    def learn(self, urls: Iterable[str]) -> None:
        """Note these addresses of articles."""
        for url in urls:
            shape = shape_of(url)
            if shape in self._counts or len(self._counts) < _MOST_KEPT:
                self._counts[shape] += 1

    @property
    def known(self) -> frozenset[Shape]:
        """Those that several addresses have, and no section has."""
        return frozenset(s for s, count in self._counts.items() if count >= _KNOWN_ENOUGH and tells(s))
