"""Prepared pages: the keys, rows and sanitised texts of a page, computed once before a save."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from storage.db.schema import Row
from storage.records import Article, Capture, Found, Kind, Position, Reason, StatedDate
from storage.rows.versions import article_row, details, stated_columns
from storage.sanitise import sanitised
from storage.urls import clean_url, url_key


@dataclass(frozen=True, slots=True)
class PreparedCapture:
    """A capture with the keys of its URLs.

    key: of the URL that answered. requested_key: of the URL that was requested; the same without a redirect.
    urls: both URLs, sanitised, by key.
    """

    capture: Capture
    key: str
    requested_key: str
    urls: Mapping[str, str]

    @classmethod
    def of(cls, capture: Capture) -> Self:
        """Compute the keys."""
        key = requested_key = url_key(capture.url)
        urls = {}
        if capture.requested_url is not None:
            requested_key = url_key(capture.requested_url)
            urls[requested_key] = sanitised(capture.requested_url)
        return cls(capture, key, requested_key, {**urls, key: sanitised(capture.url)})

    @property
    def own_url(self) -> str:
        """The URL that answered, cleaned."""
        return cleaned(self.urls[self.key])


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article converted to rows. row: of `articles`, without its state. details: of `versions`."""

    row: Row
    details: Row

    @classmethod
    def of(cls, article: Article, *, partial: bool = False) -> Self:
        """Compute the rows. partial: further pages of it are missing. Raises ValueError for a naive datetime."""
        return cls({**article_row(article), "partial": partial}, details(article))

    @property
    def key(self) -> str:
        """The key of the article's URL."""
        return str(self.row["url_key"])

    def dated(self, stated: StatedDate) -> "PreparedArticle":
        """The same article with a channel's date."""
        columns, fields = stated_columns(stated)
        return PreparedArticle({**self.row, **columns}, {**self.details, **fields})

    def completed_by(self, held: Mapping[Any, Any] | None) -> "PreparedArticle":
        """The article with headline and text of the held row, if its own text is partial and contained in the row's.

        So neither a further page that did not answer nor a paywall shortens the known text.
        """
        if held is None or not self.row["partial"] or not is_part_of(self.row["text"], held["text"]):
            return self
        return self.as_held(held)

    def as_held(self, held: Mapping[Any, Any]) -> "PreparedArticle":
        """The article with headline and text of the held row."""
        kept = {name: held[name] for name in ("title", "text", "word_count", "content_sha256", "extractor", "partial")}
        return PreparedArticle({**self.row, **kept}, self.details)

    def at(self, url: str, key: str) -> "PreparedArticle":
        """The same article under another URL."""
        return PreparedArticle({**self.row, "url": url, "url_key": key}, {**self.details, "url": url})


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that a page links to, cleaned, with its key and the expected kind of page."""

    key: str
    url: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """Everything that one save stores. Fields: as in `storage.archive.Archive.save`.

    parts: the captures of the article's further pages, with their positions. assets: URLs, by key, of the pictures and
    style sheets needed to show the page.
    """

    captured: PreparedCapture
    position: Position
    kind: Kind
    reason: Reason | None
    article: PreparedArticle | None
    links: tuple[Link, ...]
    parts: tuple[tuple[PreparedCapture, Position], ...] = ()
    assets: Mapping[str, str] = field(default_factory=dict)

    @property
    def capture(self) -> Capture:
        """The capture itself."""
        return self.captured.capture


def is_part_of(text: str, full: str) -> bool:
    """Whether `full` contains every paragraph of a text, of the last one at least its beginning."""
    *paragraphs, last = text.split("\n\n")
    others = full.split("\n\n")
    begun = " ".join(last.split()).rstrip("…. ")
    return set(paragraphs) <= set(others) and any(" ".join(each.split()).startswith(begun) for each in others)


def cleaned(url: str) -> str:
    """The clean URL of a page; the URL unchanged if it can't be cleaned."""
    try:
        return clean_url(url)
    except ValueError:
        return url


def prepare_links(pages: Iterable[Found]) -> tuple[Link, ...]:
    """The http(s) URLs among these, in order, the first of each key."""
    links: dict[str, Link] = {}
    for page in pages:
        try:
            url = clean_url(page.url)
        except ValueError:
            continue
        key = url_key(url)
        links.setdefault(key, Link(key, url, page.kind))
    return tuple(links.values())
