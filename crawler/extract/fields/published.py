"""Find when an article was published and changed: from metadata, then the dates shown, then the URL."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import cast
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from crawler.dates.dateline import is_dateline
from crawler.dates.parser import ParsedDate, day_if_midnight, parse_date
from crawler.extract.fields.shown_dates import dates_near
from crawler.html import jsonld
from crawler.html.page import Page
from crawler.html.spelling import comparable
from crawler.html.tree import content, parted_content
from storage.records import DateSource, Precision

AT_PLACE = "selector date"
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_FINENESS = {"second": 3, "minute": 2, "day": 1, "month": 0}
_DAY_AND_MONTH = re.compile(r"\s*(0?[1-9]|1[0-2])([/.-])(0?[1-9]|1[0-2])(?=[/.-]\d{4}(?!\d))")
_MOST_SHOWN = 4  # shown dates that are compared with metadata
_MOST_BESIDE, _LONGEST_DATE = 4, 60  # most elements and letters of an element with a day and a time
_NEAR_FETCH = timedelta(minutes=1)  # a server renders a page shortly before it is received, by a clock of its own
_MOST_AHEAD = 4  # most hours by which clocks of Arab countries are ahead of UTC
_TIME = re.compile(r"\d\s?[:٫.]\s?\d\d(?!\d)")
_NUMBER = re.compile(r"\d+")
_EPOCH = re.compile(r"^\s*(\d{10}|\d{13})\s*$")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])/")
_PUBLISHED_METAS = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "datecreated", "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date",
    "publishdate", "publish_date", "publication_date", "pubdate", "article.published", "cxenseparse:recs:publishtime",
)  # fmt: skip
_MODIFIED_METAS = (
    "article:modified_time", "article:modified", "datemodified", "og:updated_time", "dcterms.modified", "lastmod",
)  # fmt: skip
_DECLARED = (
    '[itemprop~="datePublished"], [data-publicationdate], [property~="dc:date"], [property~="schema:datePublished"]'
)


@dataclass(frozen=True, slots=True)
class Published:
    """A date of publication: an aware instant with its precision, the raw text and the kind of source.

    where: the source, for people. relative: counted from the time of the fetch.
    """

    value: datetime
    raw: str
    precision: Precision
    source: DateSource
    where: str
    relative: bool = False


@dataclass(frozen=True, slots=True)
class _Clue:
    text: str
    source: DateSource
    where: str
    parted: str = ""  # the text with spaces between those of child elements; "" without children


def read_published(
    page: Page, now: datetime, headline: HtmlElement | None, body: HtmlElement | None
) -> Published | None:
    """The first clue that parses to a plausible date; a later clue replaces it if it gives a finer time of that day.

    A relative date replaces a shown date that is the day of the fetch, since that may be a clock on the page. The
    minute of the fetch is used only where metadata state it and another clue gives the same day. now: the time of the
    fetch.
    """
    best = rendered = None
    for clue in _clues(page, headline, body):
        date = _read(clue, page, now)
        if date is None:
            continue
        if _is_clock(date, page, now):
            rendered = rendered or (date if date.source in ("json-ld", "meta") else None)
            continue
        if clue.source in ("json-ld", "meta") and (match := _DAY_AND_MONTH.match(clue.text)):
            shown = (_read(each, page, now) for each in islice(_visible(page, headline, body), _MOST_SHOWN))
            date = _as_shown(date, _read(_month_first(clue, match), page, now), shown)
        if best is None or _is_finer(date, best) or (date.relative and _may_be_clock(best, now)):
            best = date
        if _FINENESS[best.precision] >= 2:
            return best
    return rendered if rendered and best and best.precision == "day" and _is_finer(rendered, best) else best


def _is_clock(date: Published, page: Page, now: datetime) -> bool:
    """Whether a date is the minute of the fetch, which pages print when they are rendered. now: the time of the fetch.

    A shown time may be some hours ahead where the site's time zone is unknown.
    """
    if date.relative or date.source == "url" or _FINENESS[date.precision] < 2 or not page.relative_dates:
        return False
    is_zoneless = date.source == "visible" and date.where != AT_PLACE and page.site.timezone == "UTC"
    ahead = date.value - now
    return any(abs(ahead - timedelta(hours=hours)) <= _NEAR_FETCH for hours in range(_MOST_AHEAD * is_zoneless + 1))


def _month_first(clue: _Clue, match: re.Match[str]) -> _Clue:
    """The clue with day and month, its first two numbers, exchanged."""
    return replace(clue, text=f"{match[3]}{match[2]}{match[1]}{clue.text[match.end() :]}")


def _as_shown(date: Published, exchanged: Published | None, shown: Iterator[Published | None]) -> Published:
    """Of a metadata date and the same with day and month exchanged, the one whose day the page shows; else the first.

    Programs print metadata in American order by default, even on Arabic pages.
    """
    for seen in shown if exchanged is not None else ():
        if seen is not None and seen.precision != "month":
            if seen.value.date() == date.value.date():
                return date
            if exchanged is not None and seen.value.date() == exchanged.value.date():
                return exchanged
    return date


def _is_finer(date: Published, other: Published) -> bool:
    """Whether a date is on the day or in the month that the other states, with the same precision or a finer one."""
    if _FINENESS[date.precision] < _FINENESS[other.precision]:
        return False
    day, named = date.value.astimezone(other.value.tzinfo).date(), other.value.date()
    return day == named or (other.precision == "month" and day.replace(day=1) == named)


def _may_be_clock(shown: Published, now: datetime) -> bool:
    today = now.astimezone(shown.value.tzinfo).date()
    return shown.source == "visible" and not shown.relative and shown.precision == "day" and shown.value.date() == today


def read_modified(page: Page, now: datetime, published: Published | None) -> tuple[datetime, str] | None:
    """When the article was last changed, and the source; None when unknown or earlier than its publication."""
    clues = [
        _Clue(text, "json-ld", "json-ld dateModified") for text in jsonld.strings(page.article.get("dateModified"))
    ]
    clues += [_Clue(value, "meta", where) for where, value in page.meta(*_MODIFIED_METAS)]
    clues += [_Clue(_declared_text(each), "time", "selector modified") for each in page.matches("modified")[:1]]
    clues += [
        _Clue(_declared_text(each), "time", "itemprop dateModified")
        for each in page.shown('[itemprop~="dateModified"]')[:1]
    ]
    for clue in clues:
        date = _read(clue, page, now)
        if (
            date
            and not _is_clock(date, page, now)
            and (published is None or date.value >= published.value or published.precision in ("day", "month"))
        ):
            return date.value, clue.where
    return None


def _clues(page: Page, headline: HtmlElement | None, body: HtmlElement | None) -> Iterator[_Clue]:
    """Yield texts that may be the date, the most trustworthy first. The page is never searched for date-like text."""
    for key in ("datePublished", "uploadDate", "dateCreated"):
        for text in jsonld.strings(page.article.get(key)):
            yield _Clue(text, "json-ld", f"json-ld {key}")
    own = comparable(content(headline)) if headline is not None and not page.article else ""
    for text in jsonld.video_dates(page.nodes, own) if own else ():
        yield _Clue(text, "json-ld", "json-ld uploadDate")
    for where, value in page.meta(*_PUBLISHED_METAS):
        yield _Clue(value, "meta", where)
    yield from _visible(page, headline, body)
    # A WebPage node that is the same on all pages may have the date on which the site was opened.
    for text in jsonld.page_dates(page.nodes) if not page.article else ():
        yield _Clue(text, "json-ld", "json-ld page datePublished")
    path = unquote(urlsplit(page.url).path)
    if match := _URL_DAY.search(path) or _URL_MONTH.search(path):
        yield _Clue(match.group().strip("/"), "url", "address")


def _visible(page: Page, headline: HtmlElement | None, body: HtmlElement | None) -> Iterator[_Clue]:
    for element in page.matches("date")[:4]:
        if said := _machine(element):
            yield _Clue(said, "time", AT_PLACE)
        yield from _shown_at_place(element)
        yield from _with_time_beside(element, AT_PLACE)
    for element in page.shown(_DECLARED)[:3]:
        yield _Clue(_declared_text(element), "time", "declared in the page")
    for element in dates_near(headline, body) if not page.is_placed("date") else ():
        if said := _machine(element):
            yield _Clue(said, "time", f"{element.tag} beside the headline")
        yield _shown(element, f"{element.tag} beside the headline")
        yield from _with_time_beside(element, f"{element.tag} beside the headline")


def _with_time_beside(element: HtmlElement, where: str) -> Iterator[_Clue]:
    """Yield the text of a date's parent, if it shows only the date and the time of day."""
    parent = element.getparent()
    if parent is None or not 1 < len(parent) <= _MOST_BESIDE:
        return
    text = parted_content(parent)
    has_time = _TIME.search(text) and not _TIME.search(content(element))
    if has_time and len(text) <= _LONGEST_DATE and is_dateline(text):
        yield _Clue(text, "visible", where)


def _shown_at_place(element: HtmlElement) -> Iterator[_Clue]:
    """Yield an element's text without and with spaces between its children, the more likely form first.

    Without spaces, the number of another field may follow the time directly; then the form with spaces is first.
    """
    clue = _shown(element, AT_PLACE)
    if not clue.parted:
        yield clue
        return
    apart = replace(clue, text=clue.parted, parted="")
    touch = _NUMBER.findall(clue.text) != _NUMBER.findall(apart.text)  # "09:15" and "1512 قراءة"
    yield from (apart, clue) if touch else (clue, apart)


def _shown(element: HtmlElement, where: str) -> _Clue:
    """The text of an element that may show the date."""
    return _Clue(content(element), "visible", where, parted_content(element) if len(element) else "")


def shown_otherwise(
    page: Page, now: datetime, published: Published, headline: HtmlElement | None, body: HtmlElement | None
) -> str | None:
    """A note if the page shows another day than its metadata; None when they agree or the page shows none."""
    if published.source not in ("json-ld", "meta"):
        return None
    for clue in islice(_visible(page, headline, body), _MOST_SHOWN):
        date = _read(clue, page, now)
        if date is None or date.precision == "month" or _is_clock(date, page, now):
            continue
        # Metadata may be in UTC and shown dates local: a difference within a time zone's offset is no contradiction.
        apart = abs(date.value - published.value)
        limit = timedelta(hours=38) if "day" in (date.precision, published.precision) else timedelta(hours=14)
        if date.value.date() == published.value.date() or apart < limit:
            return None
        return f"{clue.where} shows {date.value.date().isoformat()}"
    return None


def _machine(element: HtmlElement) -> str | None:
    """An element's machine-readable date: `datetime` of time, `title` of abbr (the hAtom microformat)."""
    said: str | None = element.get("datetime") if element.tag == "time" else None
    return said or (element.get("title") if element.tag == "abbr" else None)


def _declared_text(element: HtmlElement) -> str:
    """The machine-readable date of an element that is declared a date, else its text."""
    said = element.get("datetime") or element.get("content") or element.get("data-publicationdate")
    return said or _machine(element) or content(element)


def _read(clue: _Clue, page: Page, now: datetime) -> Published | None:
    """The date of one clue; None when it does not parse, is before 1990, or more than a day after now."""
    relative = False
    if clue.source == "url":
        value, precision = _from_url(clue.text, page.site.timezone)
    elif match := _EPOCH.match(clue.text):
        seconds = int(match[1][:10])
        value, precision = datetime.fromtimestamp(seconds, ZoneInfo(page.site.timezone)), "second"
    else:
        parsed = parse_date(clue.text[:200], now=now, timezone=page.site.timezone, country=page.site.country)
        if parsed is not None and clue.parted:
            clue, parsed = _apart(clue, parsed, page, now)
        if parsed is None or (parsed.relative and not page.relative_dates):
            return None
        value, precision, relative = parsed.value, parsed.precision, parsed.relative
    if value is not None:
        precision = day_if_midnight(ParsedDate(value, cast(Precision, precision))).precision
    if value is None or not EARLIEST <= value <= now + timedelta(days=1):
        return None
    return Published(value, clue.text[:200], cast(Precision, precision), clue.source, clue.where, relative)


def _apart(clue: _Clue, parsed: ParsedDate, page: Page, now: datetime) -> tuple[_Clue, ParsedDate]:
    """The clue and date with spaces between child elements, if these recover a PM mark, which adds 12 hours."""
    text = clue.parted[:200]
    other = parse_date(text, now=now, timezone=page.site.timezone, country=page.site.country)
    is_later = other is not None and abs(other.value - parsed.value) == timedelta(hours=12)
    return (replace(clue, text=text), other) if other is not None and is_later else (clue, parsed)


def _from_url(text: str, timezone: str) -> tuple[datetime | None, str]:
    numbers = [int(number) for number in re.split(r"[/-]", text)]
    try:
        value = datetime(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1, tzinfo=ZoneInfo(timezone))
    except ValueError:
        return None, "day"
    return value, "day" if len(numbers) > 2 else "month"
