"""Every field of an article but its text, each with where it was found."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from lxml.html import HtmlElement

from crawler.extract import jsonld
from crawler.extract.bylines import split_authors
from crawler.extract.headline import Headline, read_headline
from crawler.extract.html import content, select
from crawler.extract.labels import Labels, elsewhere, read_labels
from crawler.extract.page import Page
from crawler.extract.published import Published, read_modified, read_published

BYLINES = re.compile(r" author |author-?_?name|writer|by-?line|writeby|kateb|\bauthors?-(?:link|title|info)\b")
DECLARED_AUTHORS = '[itemprop="author"], [property="schema:author"], a[rel~="author"]'
SUBTITLES = re.compile("sub-?_?title|sub-?_?head(?:line|ing)|alternativeheadline|standfirst|second-?_?title")
Value = TypeVar("Value")
LONGEST_DESCRIPTION = 2_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """The fields. authors and agency: those that metadata and page name; the body's lines may name more."""

    headline: Headline | None
    subtitle: str | None
    authors: tuple[str, ...]
    agency: str | None
    labels: Labels
    published: Published | None
    modified_at: datetime | None
    description: str | None
    image: str | None
    evidence: dict[str, str]


def read_metadata(page: Page, now: datetime, body: HtmlElement | None) -> Metadata:
    """Read all fields. body: the likely body, which a visible date must be near."""
    evidence: dict[str, str] = {}

    headline = read_headline(page)
    title = headline.text if headline else None
    shown = headline.element if headline else None
    if headline:
        evidence["title"] = headline.source
    labels = read_labels(page, title)
    evidence |= labels.evidence
    published = read_published(page, now, shown, body)
    if published:
        evidence["published_at"] = published.where
    return Metadata(
        headline=headline,
        subtitle=_noted(evidence, "subtitle", _subtitle(page, headline)),
        authors=_noted(evidence, "authors", _authors(page)) or (),
        agency=_noted(evidence, "agency", _agency(page)),
        labels=labels,
        published=published,
        modified_at=_noted(evidence, "modified_at", read_modified(page, now, published)),
        description=_noted(evidence, "description", _description(page)),
        image=_noted(evidence, "image", _image(page)),
        evidence=evidence,
    )


def _noted(evidence: dict[str, str], name: str, found: tuple[Value, str] | None) -> Value | None:
    """The value of a find, whose source is written down."""
    if found is None:
        return None
    evidence[name] = found[1]
    return found[0]


def _around(element: HtmlElement, steps: int) -> HtmlElement:
    """The element that many steps up, below the page's body."""
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
    if headline and headline.element is not None:
        # Beside the headline only: other parts of a page have subtitles too.
        zone = _around(headline.element, 3)
        for element in [each for each in page.called(SUBTITLES) if zone in each.iterancestors()][:5]:
            text = content(element)
            if text != title and 10 < len(text) <= 500 and not elsewhere(element):
                return text, "subtitle beside the headline"
    said = jsonld.string(page.article.get("alternativeHeadline"))
    return (said, "json-ld alternativeHeadline") if said and said != title else None


def _authors(page: Page) -> tuple[tuple[str, ...], str] | None:
    sources: list[tuple[str, list[str]]] = [
        ("byline of the theme", [content(element) for element in page.matches("authors")[:12]]),
        ("json-ld author", jsonld.strings(page.article.get("author") or page.article.get("creator"))),
    ]
    sources += [
        (where, [value]) for where, value in page.meta("author", "article:author", "dc.creator", "parsely-author")
    ]
    nearby = [
        element
        for element in (*select(page.tree, DECLARED_AUTHORS)[:10], *page.called(BYLINES)[:40])
        if not elsewhere(element)
    ]
    sources.append(("byline", [text for element in nearby[:3] if 2 < len(text := content(element)) <= 80][:1]))
    for source, values in sources:
        names = [name for value in values for name in split_authors(value, site_names=page.site_names)]
        if names:
            return tuple(dict.fromkeys(names)), source
    return None


def _agency(page: Page) -> tuple[str, str] | None:
    for element in page.matches("agency")[:1]:
        if text := content(element):
            return text, "source of the theme"
    for key in ("sourceOrganization", "provider"):
        said = jsonld.string(page.article.get(key))
        names = split_authors(said, site_names=page.site_names) if said else []
        if names:
            return names[0], f"json-ld {key}"
    return None


def _description(page: Page) -> tuple[str, str] | None:
    for where, value in page.meta("og:description", "description", "twitter:description"):
        return value[:LONGEST_DESCRIPTION], where
    said = jsonld.string(page.article.get("description"))
    return (said[:LONGEST_DESCRIPTION], "json-ld description") if said else None


def _image(page: Page) -> tuple[str, str] | None:
    for where, value in page.meta("og:image", "og:image:url", "og:image:secure_url"):
        if full := page.absolute(value):
            return full, where
    if full := page.absolute(_address(page.article.get("image")) or ""):
        return full, "json-ld image"
    for element in page.matches("image")[:1]:
        for attribute in ("data-src", "data-lazy-src", "data-original", "src"):
            if (value := element.get(attribute)) and (full := page.absolute(value)):
                return full, "image of the theme"
    for where, value in page.meta("twitter:image", "twitter:image:src", "thumbnailurl", "image"):
        if full := page.absolute(value):
            return full, where
    return None


def _address(value: object) -> str | None:
    """The first address of a JSON-LD image: a string, an ImageObject, or a list of them."""
    if isinstance(value, list):
        return next((found for inner in value[:20] if (found := _address(inner))), None)
    if isinstance(value, dict):
        return _address(value.get("url") or value.get("contentUrl") or value.get("@id"))
    return value.strip() or None if isinstance(value, str) else None
