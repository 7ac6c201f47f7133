"""The values that crawler and archive exchange: captures, articles, and the results of saving.

Plain frozen dataclasses, without SQL, HTTP or clocks.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Any, Literal

Precision = Literal["second", "minute", "day", "month"]
# The kind of page at a URL. "backlog": a listing that is read past known articles to its end. "rest": a page of a REST
# API. "part": a further page of an article in several pages. "asset": not a page, but a picture or style sheet.
Kind = Literal["article", "part", "listing", "backlog", "rest", "feed", "sitemap", "asset"]
# The ways in which a site's articles are found.
Channel = Literal["rest", "feed", "sitemap", "categories"]
CHANNELS: tuple[Channel, ...] = ("rest", "feed", "sitemap", "categories")
# Channels whose dates are publication dates of the articles, the most reliable first.
DATING: tuple[Channel, ...] = ("rest", "feed")
# The state of a run. "skipped": another process was crawling the site; the archive has no row for it.
RunStatus = Literal["running", "done", "unhealthy", "interrupted", "failed", "skipped"]
# The kind of a run. "rebuild": rows were rebuilt from the WARC files of a crawl. "save": saved a single page.
RunKind = Literal["crawl", "import", "rebuild", "save"]
DateSource = Literal["json-ld", "meta", "time", "visible", "url", "rest", "feed", "import"]


class Reason(StrEnum):
    """Why a page has no article. Stored with its capture and counted in the run."""

    LISTING = "listing"  # a category, tag, author, search or home page
    NOT_FOUND = "not-found"  # 404 or 410
    SOFT_404 = "soft-404"  # status 200 with a "not found" message
    HTTP_ERROR = "http-error"  # any other unsuccessful status
    BLOCKED = "blocked"  # a plain refusal: "access denied", 403, 429
    CHALLENGE = "challenge"  # a page that tests the browser first, such as Cloudflare's
    CAPTCHA = "captcha"  # a test that only a person can solve
    GEO_BLOCKED = "geo-blocked"  # not for readers of this country
    MAINTENANCE = "maintenance"  # the site is closed for a while, and says so
    PAYWALL = "paywall"  # for subscribers; the page has a teaser only
    LOGIN = "login"  # for readers with an account
    CONSENT = "consent"  # a consent page instead of the page
    PROTECTED = "protected"  # WordPress asks for a password
    VIDEO = "video"  # a bare player, no text to read
    PART = "part"  # a further page of an article in several pages, which begins elsewhere
    REPEATED = "repeated"  # in place of a known article, a text that pages of other articles show, too
    CUT_SHORT = "cut-short"  # only the beginning of a known article: the page is truncated
    STATIC = "static"  # a page of the site about itself: about us, contact, terms
    NOT_ARABIC = "not-arabic"
    NOT_HTML = "not-html"
    EMPTY = "empty"  # no body text was found
    UNTITLED = "untitled"  # text, but no headline
    TIMEOUT = "timeout"  # extraction took too long
    FAILED = "failed"  # extraction raised, or killed its process again and again
    UNREAD = "unread"  # captured, still to be extracted: a process died over it, or none could be started
    ROBOTS = "robots"  # robots.txt forbids it; never fetched
    REFUSED = "refused"  # not http(s), or not a global address; never fetched
    UNREACHABLE = "unreachable"  # no answer: DNS, connection, TLS, time-out
    TOO_LARGE = "too-large"  # past the size limit, or of more parts than any article has; given up
    TRAP = "trap"  # a listing that yielded nothing over many requests; no longer fetched
    REMOVED = "removed"  # taken down by hand (`warraq remove`); never saved again


# The site refuses the crawler, perhaps temporarily. Such a page is never an article and is requested again.
REFUSALS = frozenset(
    {Reason.BLOCKED, Reason.CHALLENGE, Reason.CAPTCHA, Reason.GEO_BLOCKED, Reason.MAINTENANCE, Reason.CONSENT}
)


@dataclass(frozen=True, slots=True)
class Capture:
    """The bytes of one HTTP response, as received, but with Content-Encoding decoded.

    url: the final one, after redirects. fetched_at: aware UTC. headers: in order, names as sent.
    requested_url: the first requested URL if it was redirected, else None.
    request_headers: of the GET, as sent, without credentials; None: unknown. They are stored beside the response;
    `read_capture` does not read them.
    """

    url: str
    site: str
    fetched_at: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    requested_url: str | None = None
    request_headers: tuple[tuple[str, str], ...] | None = field(default=None, compare=False)

    def header(self, name: str) -> str | None:
        """The first header with this name, case-insensitive; None if absent."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a capture's bytes are: a WARC file (relative to the archive's folder), byte offset and length.

    digest: of the payload, "sha1:" and base32, as in WARC-Payload-Digest.
    refers_to: id of the earlier capture with the same payload; None: the payload is at this position.
    """

    file: str
    offset: int
    length: int
    digest: str
    refers_to: int | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """An earlier capture of the same page, which holds the payload of a later one."""

    capture_id: int
    url: str
    fetched_at: datetime
    position: Position


@dataclass(frozen=True, slots=True)
class Article:
    """One article as extracted from one capture. Absent is None or (), never "".

    url: the canonical one. published_at, modified_at: aware, with the offset stated by the page or that of the
    site's time zone; for precision "day" and "month" local midnight of the (first) day.
    text: paragraphs separated by one blank line, letters as published (NFC).
    reservations: the page's reservations against archiving or use, by names of crawler.extract.fields.reservations.
    extractor: name and version of the extractor, such as "warraq 1".
    """

    url: str
    site: str
    title: str
    text: str
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    section: str | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published_at: datetime | None = None
    published_raw: str | None = None
    published_precision: Precision | None = None
    published_source: DateSource | None = None
    modified_at: datetime | None = None
    language: str | None = None
    description: str | None = None
    image: str | None = None
    reservations: tuple[str, ...] = ()
    extractor: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The result of extracting one capture: an article, or the reason why there is none.

    evidence: the source of each field's value, by field name, for people (`warraq read --explain`), or "error". parts:
    URLs of the article's further pages that this page links to. partial: whether the text lacks some of them.
    """

    article: Article | None = None
    reason: Reason | None = None
    evidence: dict[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of saving one article.

    joined: an article that the same run had saved as new was merged into it. moved: it was found at another URL.
    """

    article_id: int
    url: str
    change: Literal["new", "changed", "same", "gone"]
    version: int
    joined: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A URL that a listing, feed or sitemap links to, and the expected kind of page."""

    url: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Discovery:
    """An article's URL in a channel. said_at: the date that the channel states for it; aware, or None.

    said_raw, said_precision: the publication date as printed, and its precision; None if the channel states only the
    time of a change.
    """

    url: str
    said_at: datetime | None = None
    said_raw: str | None = None
    said_precision: Precision | None = None


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A publication date that a channel states for an article. value: aware, with the stated offset."""

    value: datetime
    raw: str
    precision: Precision
    source: DateSource


def with_stated_date(article: Article, stated: StatedDate | None) -> Article:
    """The article, with a channel's date if its page states none."""
    if stated is None or article.published_at is not None:
        return article
    return replace(
        article,
        published_at=stated.value,
        published_raw=stated.raw,
        published_precision=stated.precision,
        published_source=stated.source,
    )


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One URL of a channel: a feed, a sitemap, a REST API.

    asked_at: of the last request. good_at: start of the last run that read it completely; None: no run did. failures:
    in a row, since it was last read. idle: consecutive runs in which it listed nothing new, while another one did.
    """

    channel: Channel
    url: str
    asked_at: datetime
    good_at: datetime | None = None
    failures: int = 0
    idle: int = 0


@dataclass(frozen=True, slots=True)
class Origin:
    """The circumstances of a capture: the requested kind of page, the listing that links to it (`via`), links found."""

    kind: Kind
    via: str | None = None
    found: tuple[Found, ...] = ()


def local_json(instant: datetime | None, offset: int | None, precision: str | None) -> str | None:
    """An instant of a row in the form of `date_json`, with the page's offset. offset: minutes east of UTC."""
    if instant is None:
        return None
    if offset:
        instant = instant.astimezone(timezone(timedelta(minutes=offset)))
    return date_json(instant, precision)


# The order is part of the format of exports.
ARTICLE_KEYS = (
    "url", "site", "title", "subtitle", "authors", "agency", "section", "categories", "tags", "published_at",
    "published_raw", "published_precision", "published_source", "modified_at", "language", "description", "image",
    "reservations", "text",
)  # fmt: skip


def date_json(value: datetime | None, precision: str | None = "second") -> str | None:
    """ISO 8601 with offset; a date alone for precision "day", year and month for "month"."""
    if value is None:
        return None
    if precision == "day":
        return value.date().isoformat()
    if precision == "month":
        return value.strftime("%Y-%m")
    return value.isoformat(timespec="seconds")


def with_instants(record: dict[str, Any]) -> dict[str, Any]:
    """A record of the archive in the form of exports: a day or month becomes the instant at which it begins."""
    stated = record["published_at"]
    if stated is None or "T" in stated:
        return record
    offset = record["published_offset"] or 0
    hours, minutes = divmod(abs(offset), 60)
    first_day = stated if len(stated) == len("2026-11-23") else f"{stated}-01"
    return record | {"published_at": f"{first_day}T00:00:00{'-' if offset < 0 else '+'}{hours:02}:{minutes:02}"}


def article_json(article: Article) -> dict[str, Any]:
    """The article in the form of `read --json`: ARTICLE_KEYS, in that order."""
    record = {name: getattr(article, name) for name in ARTICLE_KEYS}
    record["published_at"] = date_json(article.published_at, article.published_precision)
    record["modified_at"] = date_json(article.modified_at)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in record.items()}
