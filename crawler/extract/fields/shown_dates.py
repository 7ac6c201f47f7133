"""Find elements near the headline that show a date, outside menus, clocks and cards of other articles."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.dates.dateline import is_dateline, is_label, is_relative
from crawler.html import furniture
from crawler.html.characters import words
from crawler.html.tree import content, names_of, words_of

_YEAR = re.compile(r"(?:19|20|1[34])\d\d|[١٢][٩٠٣٤][٠-٩]{2}|منذ")  # of both calendars
_RELATIVE = re.compile("قبل|مضت|أمس|امس|البارحة|اليوم\\W+[0-9٠-٩]")
_DATE_WORDS = words(
    "date datetime time published publish pubdate posted postdate timestamp createdate created tmstmp dat"
)
_DATE_TAGS = tuple(words("time span div p li abbr small em i a b h4 h5 h6 td strong label font dd"))
_IN_BODY = 2  # list index of elements in or after the body
_HEADLINE_WORDS = 5  # fewest words of a headline; names of authors and sections have fewer
_PUBLISHED = re.compile("نشر|أضيف|published|posted", re.I)
_BYLINE = words("author byline writer source category section")
_LABEL = re.compile(r"^\W*(?:آخر تحديث|اخر تحديث|تحديث|تم التحديث|عدل|updated|last update)", re.I)


def dates_near(headline: HtmlElement | None, body: HtmlElement | None) -> Iterator[HtmlElement]:
    """Yield elements that may be a date, from the headline's parent outwards to the element that also holds the body.

    Elements in top bars, which show the day of the fetch, and in another article's card are left out.
    """
    anchor = headline if headline is not None else body
    if anchor is None:
        return
    holders = set(body.iterancestors()) if body is not None else set()
    own = {anchor, *anchor.iterancestors(), *holders}
    for area in islice(anchor.iterancestors(), 6):
        if area.tag == "body":
            # In the page's <body>, only dates between headline and text count.
            between = _dated(area, anchor, body, own, only_between=True)
            yield from between if body is not None else between[:1]
        if area.tag in ("html", "body"):
            return
        yield from _dated(area, anchor, body, own)[:8]
        if area in holders:
            return


def _dated(
    area: HtmlElement,
    anchor: HtmlElement,
    body: HtmlElement | None,
    own: set[HtmlElement],
    *,
    only_between: bool = False,
) -> list[HtmlElement]:
    """The elements of an area whose class names a date, or that are short and show a year or a relative date.

    Those after the headline are first. Those before it without a date class are last, the nearest first, since top
    bars are there. own: the ancestors of headline and body.
    """
    named: list[list[HtmlElement]] = [[], [], []]  # after the headline, before it, in or after the body
    years: list[list[HtmlElement]] = [[], [], []]
    place = 1
    marks = {anchor.tag, body.tag if body is not None else anchor.tag}
    for element in islice(area.iter(*{*_DATE_TAGS, *marks}), 3_000):
        if element is body:
            place = _IN_BODY
        elif element is anchor:
            place = min(place, 0) if place < _IN_BODY else _IN_BODY
        if element.tag not in _DATE_TAGS or element in own:
            continue
        # A first child often holds an icon or the time of day, and the day follows it.
        text = f"{element.text or ''} {element[0].tail or ''}" if len(element) else element.text or ""
        if element.tag == "time" or any(map(_is_date_word, words_of(element))):
            kept = named[place]
        elif len(text) <= 90 and (_YEAR.search(text) or _RELATIVE.search(text)):
            kept = years[place]
        else:
            continue
        if len(kept) >= 4 and kept is not years[1]:
            continue
        text = content(element)
        says = bool(element.get("datetime")) or 3 <= len(text) <= 120
        if says and not _is_update(text) and not _misplaced(element, area) and not _is_of_card(element, own):
            if kept is years[place] and not _is_unnamed_date(text, in_body=place == _IN_BODY):
                continue
            kept.append(element)
    if only_between:
        return [*named[0], *years[0]]
    return [*named[0], *years[0], *named[1], *named[2], *years[2], *years[1][:-5:-1]]


def _is_unnamed_date(text: str, *, in_body: bool) -> bool:
    """Whether the text of an element without a date class is a date; in or after the body, only a dateline is."""
    if in_body:
        return is_dateline(text)
    return is_label(text) if _YEAR.search(text) else is_relative(text)


def _is_of_card(element: HtmlElement, own: set[HtmlElement]) -> bool:
    """Whether an element is in another article's card: near a link of five words or more."""
    for holder in (element, *islice(element.iterancestors(), 3)):
        if holder in own:
            return False
        if any(map(_is_headline_link, islice(holder.iter("a"), 4))):
            return True
    return False


def _is_headline_link(link: HtmlElement) -> bool:
    """Whether a link has five words or more and is no byline, which may be long if it includes a city."""
    words = [word for word in content(link).split() if any(map(str.isalpha, word))]
    return bool(link.get("href")) and len(words) >= _HEADLINE_WORDS and _BYLINE.isdisjoint(words_of(link))


def _is_date_word(word: str) -> bool:
    return word in _DATE_WORDS or (word.endswith(("date", "datetime")) and not word.endswith("update"))


def _misplaced(element: HtmlElement, area: HtmlElement) -> bool:
    """Whether an element is in a menu, a box of other articles, or a clock of the page, by tags and classes."""
    holder = element
    while holder is not area:
        if (
            holder.tag in ("nav", "aside")
            or furniture.is_page_footer(holder)
            or furniture.DATES_WITHIN.search(names_of(holder))
            or _is_named_otherwise(words_of(holder))
        ):
            return True
        holder = holder.getparent()
        if holder is None:
            return False
    return False


def _is_named_otherwise(names: frozenset[str]) -> bool:
    if not furniture.DATES.isdisjoint(names):
        return True
    return not furniture.DATES_UNLESS_OWN.isdisjoint(names) and furniture.OWN.isdisjoint(names)


def _is_update(text: str) -> bool:
    """Whether a text states the date of an update and not the date of publication as well."""
    return _LABEL.match(text) is not None and not _PUBLISHED.search(text)
