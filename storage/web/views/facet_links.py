"""The facets on the search page: each value with the URL of the narrower search."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from storage.search.facets import Facets, Kind
from storage.web.request_values import SearchRequest

# In the order of the page, with the heading's key in interface_words.
_HEADINGS: dict[Kind, str] = {
    "section": "section", "site": "site", "month": "month", "country": "country", "agency": "agency",
    "author": "authors", "tag": "tags",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FacetLink:
    """A value, its number of articles, and the URL of the search narrowed by it."""

    value: str
    count: int
    link: str


@dataclass(frozen=True, slots=True)
class FacetBox:
    """The values of one facet under its heading."""

    heading: str
    links: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    """A filter of the search, and the URL of the search without it."""

    heading: str
    value: str
    link: str


def facet_boxes(asked: SearchRequest, counted: Facets, words: Mapping[str, str]) -> list[FacetBox]:
    """The facets that can narrow this result. words: interface words of the page's language."""
    chosen = {"section": asked.section, "site": asked.site, **asked.named}
    boxes = []
    for kind, heading in _HEADINGS.items():
        counts = counted.counts.get(kind, ())
        if chosen.get(kind) or not counts or (len(counts) == 1 and counts[0].count == counted.total):
            continue
        links = tuple(
            FacetLink(each.value, each.count, f"/search?{asked.query_string(page=None, **_narrower(kind, each.value))}")
            for each in counts
        )
        boxes.append(FacetBox(words[heading], links))
    return boxes


def chosen_filters(asked: SearchRequest, words: Mapping[str, str]) -> Iterator[ChosenFilter]:
    """The filters of the search, which the user can remove. words: as for `facet_boxes`."""
    given = {
        "site": asked.site, "section": asked.section, "from": asked.first, "to": asked.last, **asked.named,
    }  # fmt: skip
    for name, value in given.items():
        if value:
            heading = words[{"author": "authors", "tag": "tags"}.get(name, name)]
            shown = words[str(value)] if name == "status" and str(value) in words else str(value)
            yield ChosenFilter(heading, shown, f"/search?{asked.query_string(page=None, **{name: None})}")


def _narrower(kind: Kind, value: str) -> dict[str, object]:
    if kind != "month":
        return {kind: value}
    year, month = int(value[:4]), int(value[5:])
    return {"from": date(year, month, 1), "to": date(year, month, monthrange(year, month)[1])}
