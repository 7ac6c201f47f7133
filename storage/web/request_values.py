"""Parsing of a request's query string: words, filters, order, page."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from urllib.parse import urlencode

from storage.arabic import fold
from storage.errors import UsageError
from storage.filters import Filters, check_bounds

PER_PAGE = 20
MOST_PAGES = 500
NAMED = ("author", "tag", "agency", "country", "status")
Order = Literal["relevance", "newest"]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A search as entered in the form. words: "" to browse without words. first, last: days (UTC), both included.

    site, section, author, tag, agency, country, status: as in `Filters`.
    """

    words: str = ""
    site: str | None = None
    section: str | None = None
    first: date | None = None
    last: date | None = None
    order: Order = "relevance"
    exact: bool = False
    page: int = 1
    author: str | None = None
    tag: str | None = None
    agency: str | None = None
    country: str | None = None
    status: str | None = None

    @property
    def filters(self) -> Filters:
        """The filters as `Filters`. Raises UsageError."""
        begins = datetime.combine(self.first, time(), UTC) if self.first else None
        try:
            ends = datetime.combine(self.last + timedelta(days=1), time(), UTC) if self.last else None
        except OverflowError as error:
            raise UsageError(f"{self.last} is too late a day") from error
        return Filters(self.site, self.section, begins, ends, **self.named)

    @property
    def named(self) -> dict[str, Any]:
        """The filters that `Filters` takes unchanged, by name, without site and section."""
        return {name: getattr(self, name) for name in NAMED}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything besides the words is set."""
        given = (self.site, self.section, self.first, self.last, *self.named.values())
        return any(given) or self.exact or self.order != "relevance"

    @property
    def watch_command(self) -> str:
        """The shell command that saves this search as a watch."""
        fields = {"site": self.site, "from": self.first, "to": self.last}
        written = [f"{name}:{value}" for name, value in fields.items() if value]
        named = {"section": self.section, **self.named}
        written += [f"{name}:«{value}»" for name, value in named.items() if value and "»" not in value]
        query = " ".join([self.words, *written]).strip()
        return f"warraq watch add {shlex.quote(query)}{' --exact' if self.exact else ''}" if query else ""

    def query_string(self, **changed: object) -> str:
        """The query string of this search with some parameters changed; parameters without effect are left out."""
        values: dict[str, object] = {
            "q": self.words, "site": self.site, "section": self.section, "from": self.first, "to": self.last,
            "sort": self.order if self.order != "relevance" else None, "exact": "1" if self.exact else None,
            "page": self.page if self.page > 1 else None,
            **self.named,
        } | changed  # fmt: skip
        return urlencode({name: str(value) for name, value in values.items() if value not in (None, "")})


def search_request(values: Mapping[str, str]) -> SearchRequest:
    """Parse a search from a query string. Raises UsageError that names the parameter and its format."""
    first, last = _day(values, "from"), _day(values, "to")
    check_bounds(first, last, ("from=", "to="))
    order = values.get("sort") or "relevance"
    if order not in ("relevance", "newest"):
        raise UsageError(f"sort={order!r} is unknown: relevance or newest")
    return SearchRequest(
        words=clean(values.get("q", "")).strip(),
        site=clean(values.get("site", "")).strip() or None,
        section=clean(values.get("section", "")).strip() or None,
        first=first,
        last=last,
        order=order,  # type: ignore[arg-type] # one of the two
        exact=values.get("exact", "") in ("1", "on", "true"),
        page=number(values, "page", 1, most=MOST_PAGES),
        **{name: clean(values.get(name, "")).strip() or None for name in NAMED},
    )


def number(values: Mapping[str, str], name: str, default: int, *, most: int = 2**31 - 1) -> int:
    """Parse a parameter that is a number from 1 to `most`. Raises UsageError."""
    written = fold(clean(values.get(name, ""))).strip()
    if not written:
        return default
    if not (written.isascii() and written.isdecimal()) or len(written) > 10 or not 1 <= int(written) <= most:
        raise UsageError(f"{name}={values[name][:40]!r} is no number from 1 to {most}")
    return int(written)


def clean(text: str) -> str:
    """The text without characters that no database can store: NUL and lone surrogates."""
    return text.replace("\0", " ").encode("utf-8", "replace").decode()


def _day(values: Mapping[str, str], name: str) -> date | None:
    written = fold(clean(values.get(name, ""))).strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise UsageError(
            f"{name}={values[name][:40]!r} is no day; write it as YYYY-MM-DD, such as 2025-10-28"
        ) from error
