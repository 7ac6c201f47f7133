"""Read all fields of an article except its text, each with its source."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from lxml.html import HtmlElement

from crawler.extract.fields.credits import read_agency, read_authors
from crawler.extract.fields.headline import Headline
from crawler.extract.fields.images import read_image
from crawler.extract.fields.labels import Labels, read_labels
from crawler.extract.fields.printed_credits import agency_of_lines, credit_lines, read_printed_byline
from crawler.extract.fields.published import Published, read_modified, read_published, shown_otherwise
from crawler.html import jsonld
from crawler.html.css_names import NamePattern
from crawler.html.page import Page
from crawler.html.tree import content

SUBTITLES = NamePattern(
    "sub-?_?title|sub-?_?head(?:line|ing)?(?![a-z])|alternativeheadline|standfirst|second-?_?title|chapo(?![a-z])|chapeau"
    "| deck |(?:article|post|story|news)(?:[-_]+(?:summary|intro)|[-_]?sub) ",
    *("sub", "alternativeheadline", "standfirst", "second", "chap", " deck ", "summary", "intro"),
)
Value = TypeVar("Value")
LONGEST_DESCRIPTION = 2_000
_OF_KICKER = 4  # most words of a kicker, a line above the headline


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields except the text. authors, agency: from metadata and page; lines of the body may name others."""

    subtitle: str | None
    authors: tuple[str, ...]
    agency: str | None
    labels: Labels
    published: Published | None
    modified_at: datetime | None
    description: str | None
    image: str | None
    evidence: dict[str, str]


def read_metadata(page: Page, now: datetime, headline: Headline | None, body: HtmlElement | None) -> Metadata:
    """Read all fields except the text. headline, body: a date, picture or credit is searched near and between them.

    body: the first body candidate or container element. now: the time of the fetch.
    """
    evidence: dict[str, str] = {}
    title = headline.text if headline else None
    shown = headline.element if headline else None
    if headline:
        evidence["title"] = headline.source
    labels = read_labels(page, title)
    evidence |= labels.evidence
    published = read_published(page, now, shown, body)
    if published:
        other = shown_otherwise(page, now, published, shown, body)
        evidence["published_at"] = f"{published.where}; {other}" if other else published.where
    lines = credit_lines(shown, body, page)
    return Metadata(
        subtitle=_noted(evidence, "subtitle", _subtitle(page, headline)),
        authors=_noted(evidence, "authors", read_authors(page) or read_printed_byline(lines)) or (),
        agency=_noted(evidence, "agency", read_agency(page) or agency_of_lines(lines)),
        labels=labels,
        published=published,
        modified_at=_noted(evidence, "modified_at", read_modified(page, now, published)),
        description=_noted(evidence, "description", _description(page)),
        image=_noted(evidence, "image", read_image(page, shown, body)),
        evidence=evidence,
    )


def _noted(evidence: dict[str, str], name: str, sourced: tuple[Value, str] | None) -> Value | None:
    """Return the value of a (value, source) pair and add the source to the evidence."""
    if sourced is None:
        return None
    evidence[name] = sourced[1]
    return sourced[0]


def _around(element: HtmlElement, steps: int) -> HtmlElement:
    """The ancestor `steps` levels up, or the last one below the page's body."""
    for holder in element.iterancestors():
        if steps == 0 or holder.tag in ("body", "html"):
            break
        element, steps = holder, steps - 1
    return element


def _subtitle(page: Page, headline: Headline | None) -> tuple[str, str] | None:
    title = headline.text if headline else None
    for element in page.matches("subtitle")[:1]:
        if (text := content(element)) and text != title:
            return text, "subtitle of the theme"
    if headline and headline.element is not None and not page.is_placed("subtitle"):
        # Only beside the headline, since other parts of a page have subtitles too.
        area = _around(headline.element, 3)
        for element in [each for each in page.names.named(SUBTITLES) if area in each.iterancestors()][:5]:
            text = content(element)
            if _is_kicker(element, headline.element):
                continue
            if text != title and 10 < len(text) <= 500 and not page.is_elsewhere(element):
                return text, "subtitle beside the headline"
    said = jsonld.string(page.article.get("alternativeHeadline"))
    return (said, "json-ld alternativeHeadline") if said and said != title else None


def _is_kicker(element: HtmlElement, headline: HtmlElement) -> bool:
    """Whether an element is a kicker: a few words before the headline, with the article's topic or kind."""
    if len(content(element).split()) > _OF_KICKER:
        return False
    return next((each for each in headline.getroottree().iter("*") if each in (element, headline)), headline) is element


def _description(page: Page) -> tuple[str, str] | None:
    for where, value in page.meta("og:description", "description", "twitter:description"):
        return value[:LONGEST_DESCRIPTION], where
    said = jsonld.string(page.article.get("description"))
    return (said[:LONGEST_DESCRIPTION], "json-ld description") if said else None
