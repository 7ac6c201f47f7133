"""Credits without a marked element: lines between headline and text, datelines, and agencies at a text's end."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.fields.bylines import is_agency, is_person, read_byline
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html.blocks import is_caption
from crawler.html.characters import line
from crawler.html.page import Page
from crawler.html.spelling import comparable
from crawler.html.tree import content

_MOST_ELEMENTS = 60  # elements between headline and text that are examined
_MOST_AROUND = 6  # ancestors of the headline that are examined
_LONGEST = 90  # letters of a line
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[•·]\s*|(?<!\s)\s+\|\s+(?=[^|]*\d)")  # a date may follow
# Without "تقرير: …" and "حوار: …", which beside a headline mostly introduce the article's kind, not an author.
_WRITING = re.compile(r"^\W*(?:بقلم|كتبت?|كتابة|أعد(?:ه|ها|ته)|إعداد|اعداد|بواسطة|الكاتبة?|تحرير|by)\b", re.I)
# "عمان 28 أكتوبر (بترا) - …", "(أ ف ب) - …", "الدوحة في 28 أكتوبر /قنا/ …"
_BRACKETED = re.compile(
    r"^[^()\[\]،.:؛/]{0,40}(?:[(\[]\s*(?P<name>[^()\[\]]{2,40}?)\s*[)\]]\s*[-–—ـ:]|/\s*(?P<slashed>[^/]{2,40}?)\s*/)"
)
_BESIDE_PLACE = re.compile(r"^(?P<place>[^-–—/،.:()]{2,30}?)\s*[-–—/:]\s*(?P<name>[^-–—/،:()]{2,40}?)\s*(?:[-–—/:]|$)")
# "… --(بترا) س ع", "… . (رويترز)", "انتهى/واس"
_AT_END = re.compile(
    r"(?:(?:(?<![-–—ـ])[-–—ـ]{2,}|[.؟!»\"])\s*[(\[]\s*(?P<name>[^()\[\]]{2,40})\s*[)\]][\s./\w]{0,20}"
    r"|(?:^|\s)انتهى\s*[/(]\s*(?P<ended>[^()/\s]{2,20})\)?)$"
)


def credit_lines(headline: HtmlElement | None, body: HtmlElement | None, page: Page) -> list[str]:
    """The lines between headline and text that begin like credits or name an agency, outside menus and boxes."""
    if headline is not None and body is None:  # without a known body element, the text begins at a long line
        body = next(
            (each for each in islice(headline.iterancestors(), _MOST_AROUND) if _begins_in(each, headline)), None
        )
    return list(_lines(headline, body, page)) if headline is not None and body is not None else []


def _begins_in(area: HtmlElement, headline: HtmlElement) -> bool:
    """Whether a long line is among the next elements after the headline in an area around it."""
    return any(map(_is_prose, islice(_after(headline, area, None), _MOST_ELEMENTS)))


def _lines(headline: HtmlElement, body: HtmlElement, page: Page) -> Iterator[str]:
    holders = {body, *body.iterancestors()}
    for element in islice(headline.iterancestors(), _MOST_AROUND):
        if element in holders:
            following = islice(_after(headline, element, body), _MOST_ELEMENTS)
            for each in following:
                text = _line(each) if len(each) <= 4 else ""
                is_credit = 4 < len(text) <= _LONGEST and (_WRITING.match(text) or agency_of_dateline(text))
                if (is_credit or (is_agency(text) and not _is_beside_picture(each))) and not page.is_elsewhere(each):
                    yield _PARTS.split(text)[0]
            return


def _is_prose(element: HtmlElement) -> bool:
    return len(line(element.text or "")) > _LONGEST or any(len(line(each.tail or "")) > _LONGEST for each in element)


def _is_beside_picture(element: HtmlElement) -> bool:
    """Whether an element may name a photographer: in a caption, after a picture, or in an element with a picture."""
    before = element.getprevious()
    if before is not None and (before.tag == "img" or next(before.iter("img"), None) is not None):
        return True
    for holder in (element, *islice(element.iterancestors(), 2)):
        if is_caption(holder) or holder.tag == "figure":
            return True
        if next(holder.iter("img"), None) is not None:
            return len(content(holder)) <= _LONGEST
    return False


def _line(element: HtmlElement) -> str:
    """The text of an element; of a table row with head and cell, both as "label: value": "إعداد: سمر العلي"."""
    if element.tag == "tr" and [each.tag for each in element] == ["th", "td"]:
        return ": ".join(map(content, element))
    return content(element)


def _after(headline: HtmlElement, area: HtmlElement, body: HtmlElement | None) -> Iterator[HtmlElement]:
    """Yield the elements of an area after the headline, up to the body; if the area is the body, up to a long line."""
    own = {headline, *headline.iterdescendants()}
    behind = False
    for element in area.iter("*"):
        if (element is body and body is not area) or (behind and body is area and _is_prose(element)):
            return
        if behind and element not in own:
            yield element
        behind = behind or element is headline


def read_printed_byline(lines: list[str]) -> tuple[tuple[str, ...], str] | None:
    """The authors in the first credit line that names persons ("إعداد: …", "بقلم | …"), and the source; else None."""
    for each in lines:
        names = read_byline(each) if _WRITING.match(each) else []
        if names and all(map(is_person, names)):
            return tuple(names), "byline beside the headline"
    return None


def agency_of_lines(lines: list[str]) -> tuple[str, str] | None:
    """The agency in a credit line that is a dateline ("القاهرة – رويترز") or an agency's name, and the source."""
    names = (agency_of_dateline(each) for each in lines if not each.endswith("."))
    if name := next((name for name in names if name), None):
        return name, "dateline beside the headline"
    return next(((each.strip(" .:()[]"), "line beside the headline") for each in lines if is_agency(each)), None)


def agency_of_dateline(paragraph: str) -> str | None:
    """The agency in the dateline at the beginning of a paragraph; None when there is none."""
    start = paragraph[:_LONGEST]
    if match := _BRACKETED.match(start):
        return _known(match["name"] or match["slashed"])
    match = _BESIDE_PLACE.match(start)
    return _known(match["name"]) if match and comparable(match["place"]) in vocabulary("place") else None


def agency_at_end(paragraph: str) -> str | None:
    """The agency in brackets or after "انتهى" at the end of a text's last paragraph; None when there is none."""
    match = _AT_END.search(paragraph[-_LONGEST:])
    return _known(match["name"] or match["ended"]) if match else None


def _known(name: str) -> str | None:
    return name.strip() if is_agency(name) else None
