"""When an article was published and changed: what the page declares first, then what it shows, then its address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import cast
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from lxml.html import HtmlElement

from crawler.extract import jsonld
from crawler.extract.dates import parse_date
from crawler.extract.html import content, words_of
from crawler.extract.page import Page
from crawler.extract.stamps import is_label, is_stamp
from crawler.extract.text import words
from storage.records import DateSource, Precision

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_FINENESS = {"second": 3, "minute": 2, "day": 1, "month": 0}
_EPOCH = re.compile(r"^\s*(\d{10}|\d{13})\s*$")
_YEAR = re.compile(r"(?:19|20|1[34])\d\d|[١٢][٩٠٣٤][٠-٩]{2}|منذ")  # of both calendars
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0[1-9]|1[0-2])/")
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
_DATE_WORDS = words(
    "date datetime time published publish pubdate posted postdate timestamp createdate created tmstmp dat"
)
_DATE_TAGS = tuple(words("time span div p li abbr small em i a b h4 h5 h6 td strong label font dd"))
_NOT_HERE = words(
    "related sidebar widget menu topbar nav comment comments ticker breaking latest trending "
    "mostread popular newsletter weather prayer today recommended carousel slider cards"
)
# … and these unless the article's own part is meant: "post-header", "entry-footer".
_NOT_HERE_ALONE = words("header footer top card")
_OWN = words("article post entry story single news")
_IN_BODY = 2  # the place of what stands in or after the body
_HEADLINE_WORDS = 5  # names of writers and sections have fewer
_TODAY = re.compile("today|current|now|clock|hijri|weather|prayer|topbar|top-bar|ticker", re.I)
_PUBLISHED = re.compile("نشر|أضيف|published|posted", re.I)
_BYLINE = words("author byline writer source category section")
_LABEL = re.compile(r"^\W*(?:آخر تحديث|اخر تحديث|تحديث|تم التحديث|عدل|updated|last update)", re.I)


@dataclass(frozen=True, slots=True)
class Published:
    """An instant with its precision, the text it was read from, the kind of source, and where, for people."""

    value: datetime
    raw: str
    precision: Precision
    source: DateSource
    where: str


@dataclass(frozen=True, slots=True)
class _Clue:
    text: str
    source: DateSource
    where: str


def read_published(
    page: Page, now: datetime, headline: HtmlElement | None, body: HtmlElement | None
) -> Published | None:
    """The first date that can be read and is plausible; a finer one of the same day is preferred to a lone day."""
    best: Published | None = None
    for clue in _clues(page, headline, body):
        found = _read(clue, page, now)
        if found is None:
            continue
        if best is None or found.value.astimezone(best.value.tzinfo).date() == best.value.date():
            best = found
        if best is not None and _FINENESS[best.precision] >= 2:
            return best
    return best


def read_modified(page: Page, now: datetime, published: Published | None) -> tuple[datetime, str] | None:
    """When it was last changed, and where that stands; None when unknown or earlier than it was published."""
    clues = [
        _Clue(text, "json-ld", "json-ld dateModified") for text in jsonld.strings(page.article.get("dateModified"))
    ]
    clues += [_Clue(value, "meta", where) for where, value in page.meta(*_MODIFIED_METAS)]
    clues += [_Clue(_stamp(each), "time", "selector modified") for each in page.matches("modified")[:1]]
    clues += [
        _Clue(_stamp(each), "time", "itemprop dateModified") for each in _shown(page, '[itemprop~="dateModified"]')[:1]
    ]
    for clue in clues:
        found = _read(clue, page, now)
        if found and (published is None or found.value >= published.value or published.precision in ("day", "month")):
            return found.value, clue.where
    return None


def _clues(page: Page, headline: HtmlElement | None, body: HtmlElement | None) -> Iterator[_Clue]:
    """Where the date may stand, the most trustworthy first. Never a search of the whole page for date-like text."""
    for key in ("datePublished", "uploadDate", "dateCreated"):
        for text in jsonld.strings(page.article.get(key)):
            yield _Clue(text, "json-ld", f"json-ld {key}")
    if not page.article:
        for node in jsonld.of_type(page.nodes, "webpage", "videoobject"):
            for text in jsonld.strings(node.get("datePublished") or node.get("uploadDate")):
                yield _Clue(text, "json-ld", "json-ld page datePublished")
    for where, value in page.meta(*_PUBLISHED_METAS):
        yield _Clue(value, "meta", where)
    yield from _visible(page, headline, body)
    path = unquote(urlsplit(page.url).path)
    if match := _URL_DAY.search(path) or _URL_MONTH.search(path):
        yield _Clue(match.group().strip("/"), "url", "address")


def _visible(page: Page, headline: HtmlElement | None, body: HtmlElement | None) -> Iterator[_Clue]:
    for element in page.matches("date")[:2]:
        if said := _machine(element):
            yield _Clue(said, "time", "selector date")
        yield _Clue(content(element), "visible", "selector date")
    for element in _shown(page, _DECLARED)[:3]:
        yield _Clue(_stamp(element), "time", "declared in the page")
    for element in _near(headline, body):
        if said := _machine(element):
            yield _Clue(said, "time", f"{element.tag} beside the headline")
        yield _Clue(content(element), "visible", f"{element.tag} beside the headline")


def shown_otherwise(
    page: Page, now: datetime, published: Published, headline: HtmlElement | None, body: HtmlElement | None
) -> str | None:
    """A note where the page shows readers another day than metadata declare; None when they agree or it shows none."""
    if published.source not in ("json-ld", "meta"):
        return None
    for clue in islice(_visible(page, headline, body), 4):
        found = _read(clue, page, now)
        if found is None or found.precision == "month":
            continue
        # Servers print UTC beside local dates: what is within a day's offset is the same day.
        apart = abs(found.value - published.value)
        limit = timedelta(hours=38) if "day" in (found.precision, published.precision) else timedelta(hours=14)
        if found.value.date() == published.value.date() or apart < limit:
            return None
        return f"{clue.where} shows {found.value.date().isoformat()}"
    return None


def _shown(page: Page, selector: str) -> list[HtmlElement]:
    """Elements of the page itself, not of its head."""
    return [element for element in page.names.select(selector) if element.tag != "meta"]


def _machine(element: HtmlElement) -> str | None:
    """What an element says for machines; an abbr says it in its title (the hAtom microformat)."""
    said: str | None = element.get("datetime") if element.tag == "time" else None
    return said or (element.get("title") if element.tag == "abbr" else None)


def _stamp(element: HtmlElement) -> str:
    """What an element that is declared a date says for machines, else its text."""
    said = element.get("datetime") or element.get("content") or element.get("data-publicationdate")
    return said or _machine(element) or content(element)


def _near(headline: HtmlElement | None, body: HtmlElement | None) -> Iterator[HtmlElement]:
    """Elements that look like a date, the nearest to the headline first, no farther than what holds the body too.

    Never a top bar's, whose day is that of reading, or another article's card.
    """
    anchor = headline if headline is not None else body
    if anchor is None:
        return
    holders = set(body.iterancestors()) if body is not None else set()
    own = {anchor, *anchor.iterancestors(), *holders}
    for zone in islice(anchor.iterancestors(), 6):
        if zone.tag == "body":
            # The whole page: what stands between headline and text, and nothing else.
            between = _dated(zone, anchor, body, own, only_between=True)
            yield from between if body is not None else between[:1]
        if zone.tag in ("html", "body"):
            return
        yield from _dated(zone, anchor, body, own)[:8]
        if zone in holders:
            return


def _dated(
    zone: HtmlElement,
    anchor: HtmlElement,
    body: HtmlElement | None,
    own: set[HtmlElement],
    *,
    only_between: bool = False,
) -> list[HtmlElement]:
    """Elements that are named like a date, or are short and show a year: those that follow the headline come first.

    What no name says is a date is one before the headline only where nothing else is: top bars stand there.
    """
    named: list[list[HtmlElement]] = [[], [], []]  # after the headline, before it, in or after the body
    years: list[list[HtmlElement]] = [[], [], []]
    place = 1
    marks = {anchor.tag, body.tag if body is not None else anchor.tag}
    for element in islice(zone.iter(*{*_DATE_TAGS, *marks}), 3_000):
        if element is body:
            place = _IN_BODY
        elif element is anchor:
            place = min(place, 0) if place < _IN_BODY else _IN_BODY
        if element.tag not in _DATE_TAGS or element in own:
            continue
        # An icon, or the time of day in an element of its own, often stands before the day.
        text = f"{element.text or ''} {element[0].tail or ''}" if len(element) else element.text or ""
        if element.tag == "time" or any(map(_is_date_word, words_of(element))):
            kept = named[place]
        elif len(text) <= 90 and _YEAR.search(text):
            kept = years[place]
        else:
            continue
        if len(kept) >= 4:
            continue
        text = content(element)
        says = bool(element.get("datetime")) or 4 <= len(text) <= 120
        if says and not _is_update(text) and not _misplaced(element, zone) and not _is_of_card(element, own):
            if kept is years[place] and not (is_stamp(text) if place == _IN_BODY else is_label(text)):
                continue
            kept.append(element)
    if only_between:
        return [*named[0], *years[0]]
    return [*named[0], *years[0], *named[1], *named[2], *years[2], *years[1]]


def _is_update(text: str) -> bool:
    """Whether it says when the page was changed, and not when it was published, too."""
    return _LABEL.match(text) is not None and not _PUBLISHED.search(text)


def _is_of_card(element: HtmlElement, own: set[HtmlElement]) -> bool:
    """Whether it stands in the card of another article: beside a link of some words that is not this one's headline."""
    for holder in (element, *islice(element.iterancestors(), 3)):
        if holder in own:
            return False
        if any(map(_is_headline_link, islice(holder.iter("a"), 4))):
            return True
    return False


def _is_headline_link(link: HtmlElement) -> bool:
    """Not the writer's name, which may be long, with a city behind it."""
    words = [word for word in content(link).split() if any(map(str.isalpha, word))]
    return bool(link.get("href")) and len(words) >= _HEADLINE_WORDS and _BYLINE.isdisjoint(words_of(link))


def _is_date_word(word: str) -> bool:
    return word in _DATE_WORDS or (word.endswith(("date", "datetime")) and not word.endswith("update"))


def _misplaced(element: HtmlElement, zone: HtmlElement) -> bool:
    """In a menu, a card of another article, or a clock that shows the day of reading."""
    holder = element
    while holder is not zone:
        names = f"{holder.get('class') or ''} {holder.get('id') or ''}"
        if (
            holder.tag in ("nav", "aside")
            or _is_of_page(holder)
            or _TODAY.search(names)
            or _is_named_otherwise(words_of(holder))
        ):
            return True
        holder = holder.getparent()
        if holder is None:
            return False
    return False


def _is_of_page(holder: HtmlElement) -> bool:
    """Whether it is the foot of the page, and not of an article."""
    return holder.tag == "footer" and not any(each.tag == "article" for each in holder.iterancestors())


def _is_named_otherwise(names: frozenset[str]) -> bool:
    return not _NOT_HERE.isdisjoint(names) or (not _NOT_HERE_ALONE.isdisjoint(names) and _OWN.isdisjoint(names))


def _read(clue: _Clue, page: Page, now: datetime) -> Published | None:
    """The date of one clue, when it is one and can be: not before 1990, not more than a day after now."""
    if clue.source == "url":
        value, precision = _from_url(clue.text, page.site.timezone)
    elif match := _EPOCH.match(clue.text):
        seconds = int(match[1][:10])
        value, precision = datetime.fromtimestamp(seconds, ZoneInfo(page.site.timezone)), "second"
    else:
        parsed = parse_date(clue.text[:200], now=now, timezone=page.site.timezone, country=page.site.country)
        if parsed is None or (parsed.relative and not page.relative_dates):
            return None
        value, precision = parsed.value, parsed.precision
    # Systems that keep only the day print midnight to the second.
    if precision == "second" and value is not None and (value.hour, value.minute, value.second) == (0, 0, 0):
        precision = "day"
    if value is None or not EARLIEST <= value <= now + timedelta(days=1):
        return None
    return Published(value, clue.text[:200], cast(Precision, precision), clue.source, clue.where)


def _from_url(text: str, timezone: str) -> tuple[datetime | None, str]:
    numbers = [int(number) for number in re.split(r"[/-]", text)]
    try:
        value = datetime(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 1, tzinfo=ZoneInfo(timezone))
    except ValueError:
        return None, "day"
    return value, "day" if len(numbers) > 2 else "month"
