"""The headline: what the page shows and what it says of itself vote, without the site's own name."""

import re
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract import jsonld
from crawler.extract import text as cleaning
from crawler.extract.blocks import is_hidden
from crawler.extract.html import content, words_of
from crawler.extract.page import Page

_SEPARATOR = re.compile(r"\s+[-–—|»«•·:~]+\s+|\s*\|\s*|\s*::\s*")
_CHROME = frozenset({"logo", "brand", "related", "sidebar", "widget", "footer", "menu", "popup", "modal", "comments"})
_DECLARED = '[itemprop~="headline"], [property="schema:name"]'
_LINES = ("td", "div", "span", "b", "strong", "font", "p")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as shown. source: where from, for people. element: what shows it; None when only metadata does."""

    text: str
    source: str
    element: HtmlElement | None = None


def read_headline(page: Page) -> Headline | None:
    """The best of all candidates; None when the page names none."""
    candidates = [(candidate, weight) for candidate, weight in _candidates(page) if candidate.text]
    best: Headline | None = None
    most = 0.0
    for candidate, weight in candidates:
        same = cleaning.comparable(candidate.text)
        # What agrees with it: the same words, or its words with something before or after.
        votes = weight + sum(
            other_weight * (1.0 if cleaning.comparable(other.text) == same else 0.5)
            for other, other_weight in candidates
            if other is not candidate and _agree(same, cleaning.comparable(other.text))
        )
        # Of two with as many votes, the one that readers see.
        if votes > most or (votes == most and best and best.element is None and candidate.element is not None):
            best, most = candidate, votes
    return best


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or (len(short) >= 12 and short in long))


def _candidates(page: Page) -> list[tuple[Headline, float]]:
    theme = f"selector {page.selectors.headline}"
    found = [(_shown(page, element, theme), 4.0) for element in page.matches("headline")[:3]]
    shown = [element for element in page.tree.iter("h1") if not _is_chrome(element)]
    found += [(_shown(page, element, "h1"), 3.0 if place == 0 else 2.5) for place, element in enumerate(shown[:5])]
    # In a box that is named like chrome: believed where nothing better is there.
    boxed = [element for element in islice(page.tree.iter("h1"), 20) if element not in shown and not is_hidden(element)]
    found += [(_shown(page, element, "h1"), 1.0) for element in boxed[:3]]
    found += [(_shown(page, element, "declared headline"), 2.0) for element in _declared(page)[:3]]
    said = jsonld.string(page.article.get("headline")) or jsonld.string(page.article.get("name"))
    if said:
        found.append((Headline(strip_site(said, page.site_names), "json-ld headline"), 2.5))
    for source, value in page.meta("og:title", "twitter:title", "headline", "dc.title"):
        found.append((Headline(strip_site(value, page.site_names), source), 2.0 if source == "meta og:title" else 0.5))
    title = page.tree.find(".//title")
    if title is not None:
        found.append((Headline(strip_site(content(title), page.site_names), "title"), 1.5))
    if not any(candidate.element is not None and _is_headline(page, candidate.text) for candidate, _ in found):
        found += _other_headings(page, [candidate.text for candidate, _ in found])
    # The site's own name is no headline, whoever says it.
    return [(candidate, weight) for candidate, weight in found if _is_headline(page, candidate.text)]


def _is_headline(page: Page, text: str) -> bool:
    return 0 < len(text) <= LONGEST and cleaning.comparable(text) not in page.site_names


def _declared(page: Page) -> list[HtmlElement]:
    return [element for element in page.names.select(_DECLARED) if element.tag != "meta"]


def _shown(page: Page, element: HtmlElement, source: str) -> Headline:
    return Headline(strip_site(content(element), page.site_names), source, element)


def _other_headings(page: Page, said: list[str]) -> list[tuple[Headline, float]]:
    """Where no h1 is the headline: the heading, else the line, that shows what the metadata say."""
    wanted = {cleaning.comparable(text) for text in said if text}
    for tags in (("h2", "h3", "h4"), _LINES):
        for element in islice(page.tree.iter(*tags), 5_000):
            text = content(element) if tags is not _LINES else cleaning.line((element.text or "")[: LONGEST + 1])
            if text and cleaning.comparable(text) in wanted:
                return [(Headline(text, element.tag, element), 2.5)]
    return []


def _is_chrome(element: HtmlElement) -> bool:
    if is_hidden(element):
        return True
    holders = [element]
    for _ in range(3):
        parent = holders[-1].getparent()
        if parent is None or parent.tag in ("body", "main", "article"):
            break
        holders.append(parent)
    return any(not _CHROME.isdisjoint(words_of(holder)) for holder in holders)


def strip_site(title: str, site_names: frozenset[str]) -> str:
    """A title without the site's name before or after a separator: "خبر - صحيفة المثال" is "خبر"."""
    title = cleaning.line(title)
    for _ in range(3):
        cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
        for start, end in cuts[:1] + cuts[-1:]:
            before, after = title[:start].strip(), title[end:].strip()
            if before and (not after or cleaning.comparable(after) in site_names):
                title = before
                break
            if after and cleaning.comparable(before) in site_names:
                title = after
                break
        else:
            return title
    return title
