"""Credits: find the authors of an article and the agency that it came from, in metadata and on the page."""

import re
from collections.abc import Collection, Iterable
from itertools import islice
from urllib.parse import unquote

from lxml.html import HtmlElement

from crawler.extract.fields.bylines import (
    fields_of,
    is_agency,
    is_own,
    is_person,
    is_unsigned,
    names_among,
    names_photographer,
    read_source,
    split_authors,
)
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html import jsonld
from crawler.html.blocks import is_hidden
from crawler.html.css_names import NamePattern
from crawler.html.page import Page
from crawler.html.site_name import logos
from crawler.html.spelling import comparable
from crawler.html.tree import content, field_line, find, parted_content
from crawler.profile.prefixes import without_prefix

BYLINES = NamePattern(
    r" author |[-_]authors? |author-?_?(?:box_*)?name|writer|by-?line|writeby|kateb|authors?-(?:link|title|info)\b"
    r"|createdby",
    *("author", "writer", "line", "writeby", "kateb", "createdby"),
)
DECLARED_AUTHORS = (
    '[itemprop="author"], [property="schema:author"], [property="foaf:name"], a[rel~="author"], .submitted .username'
)
LONGEST_LINE = 150  # letters of a line of several fields
_LABEL = "المصدر"
WRITER_PAGE = re.compile(r"/(?:authors?|writers?|profile|columnists?|كاتب|كتاب)/[^/?#]", re.I)
_MOST_LINKED = 40  # links to authors' pages that are examined
_LABELS = (_LABEL, "نقلا عن", "نقلاً عن")
_SOURCES = "//*[" + " or ".join(f"starts-with(normalize-space(text()), '{label}')" for label in _LABELS) + "]"
_TAKEN = re.compile(r"نقلاً? عن\s*:?\s*")
LONGEST_LABELLED = 80  # letters of a label and the agency after it
_DATED = re.compile(
    r"(?:(?<!\s)\s+)?(?:[|–—-]\s*)?(?:(?:نشر|تاريخ|في|يوم|بتاريخ|منذ|قبل)\s*)?(?::\s*)?[0-9٠-٩]{1,4}\s*(?:[/.-]|\S+).*$"
)


def read_authors(page: Page) -> tuple[tuple[str, ...], str] | None:
    """The authors and the source of their names; None when none are named.

    The theme's byline is preferred, then metadata, then other bylines. A later source is used where it names the same
    authors and more.
    """
    if _is_unsigned(page):
        return None
    unseen, unnamed = _unseen(_declared(page)), vocabulary("own") | logos(page.tree, page.url)
    named: tuple[dict[str, str], str] | None = None
    for source, values in _bylines(page):
        names = {
            comparable(name): name
            for value in values
            for name in split_authors(value, site_names=page.site_names)
            if comparable(name) not in unseen
            and comparable(name) not in page.accounts
            and not is_agency(name)
            # Metadata often name a desk or the site where the page names no author.
            and not (source.startswith(("json-ld", "meta")) and comparable(name) in unnamed)
        }
        if names and (named is None or named[0].keys() < names.keys()):
            named = names, source
    return (tuple(named[0].values()), named[1]) if named else None


def _is_unsigned(page: Page) -> bool:
    """Whether the elements at the learned author paths say that no person wrote this article."""
    elements = page.field_elements.get("authors", ()) if page.is_taught("authors") else ()
    return bool(elements) and all(is_unsigned(field_line(each)) for each in elements)


def _bylines(page: Page) -> list[tuple[str, list[str]]]:
    """The sources of author names on a page, each with its texts, which may also name an agency instead."""
    sources: list[tuple[str, list[str]]] = [
        ("byline of the theme", _theme_bylines(page)),
        ("json-ld author", jsonld.strings(page.article.get("author"))),
        ("json-ld creator", jsonld.strings(page.article.get("creator"))),
    ]
    sources += [
        (where, [value]) for where, value in page.meta("author", "article:author", "dc.creator", "parsely-author")
    ]
    declared = _declared(page)
    nearby = [each for each in bylines_of(page) if each not in page.other_bylines and not page.is_elsewhere(each)][:3]
    beside = [element for element in declared if nearby and element.getparent() is nearby[0].getparent()]
    sources.append(("byline", [text for element in beside for text in printed_names(element)]))
    sources += [("byline", printed_names(element)) for element in nearby]
    return [*sources, ("link to a writer's page", _linked(page))]


def _linked(page: Page) -> list[str]:
    """The texts of up to three links to authors' pages near the headline; empty for more, such as all columnists."""
    links = [each for each in page.tree.iter("a") if WRITER_PAGE.search(unquote(each.get("href") or "")[:300])]
    if not links or page.is_placed("authors"):
        return []
    near = [each for each in links[:_MOST_LINKED] if _is_near(each, page) and not page.is_elsewhere(each)]
    names = [content(each) for each in near]
    return names if len(near) <= 3 and all(is_person(name) and 2 <= len(name.split()) <= 4 for name in names) else []


def _is_near(element: HtmlElement, page: Page) -> bool:
    holders = (holder for holder in islice(element.iterancestors(), 4) if holder in page.around)
    return any(holder.tag not in ("body", "html") for holder in holders)


def bylines_of(page: Page) -> list[HtmlElement]:
    """The elements of a page that are declared or named as bylines, including those of other articles."""
    return [*_declared(page)[:10], *page.names.named(BYLINES)[:40]]


def _declared(page: Page) -> list[HtmlElement]:
    return [each for each in page.names.select(DECLARED_AUTHORS)[:20] if each.tag != "meta"]


def _theme_bylines(page: Page) -> list[str]:
    """The texts of the theme's bylines; where they name nobody, the names at the learned author and agency paths."""
    if not page.is_taught("authors"):
        texts = [content(element) for element in page.matches("authors")[:12]]
        desks = page.accounts | vocabulary("own")
        if any(comparable(name) not in desks for text in texts for name in split_authors(text)):
            return texts
    # The theme's byline may show the account that posted, or a desk; the learned paths are better then.
    elements = page.field_elements.get("authors", [])[:12]
    prefixes = page.prefixes.get("authors", ())
    # Some sites show an author at the path at which other pages show the agency.
    elements += [each for each in page.field_elements.get("agency", ()) if _names_writer(page, content(each))]
    return names_shown(elements, page.site_names, page.labels, prefixes, several="authors" in page.several)


def _names_writer(page: Page, text: str) -> bool:
    """Whether a text at the learned agency path is a person's name, and no prefix there marks it as a source."""
    if not page.is_taught("agency") or page.is_placed("authors") or page.prefixes.get("agency") or agency_among(text):
        return False
    return bool(names_among([text], page.site_names, page.labels))


def names_shown(
    elements: Iterable[HtmlElement],
    site_names: frozenset[str],
    labels: frozenset[str],
    printed: Collection[str] = (),
    *,
    several: bool = False,
) -> list[str]:
    """The authors in the elements at one path, by the form of their texts (`names_among`).

    several: whether each element is an author. Else an element after the first name may describe that author, so only
    links count as further authors.
    """
    names: list[str] = []
    for element in elements:
        if (several or not names or _is_link(element)) and not _is_photographer(element):
            names += names_among([field_line(element)], site_names, labels, printed)
    return names


def _is_photographer(element: HtmlElement) -> bool:
    """Whether the words right before a name in its line say that it is of who took the pictures: "تصوير: <a>…</a>"."""
    before, holder = element.getprevious(), element.getparent()
    said = before.tail if before is not None else holder.text if holder is not None else None
    return bool(said) and names_photographer(said or "")


def _is_link(element: HtmlElement) -> bool:
    holder = element.getparent()
    return next(element.iter("a"), None) is not None or (holder is not None and holder.tag == "a")


def printed_names(element: HtmlElement) -> list[str]:
    """The names in a byline element: the texts of its links if it has any, else its text up to a date."""
    links = [text for link in islice(element.iter("a"), 8) if 2 < len(text := content(link)) <= 60]
    text = parted_content(element)
    return links or ([_DATED.sub("", text)] if 2 < len(text) <= 120 else [])


def _unseen(declared: list[HtmlElement]) -> frozenset[str]:
    """The authors of hidden bylines, where all are hidden: themes print them for machines if bylines are disabled."""
    if not declared or not all(map(_is_hidden_within, declared)):
        return frozenset()
    return frozenset(comparable(content(element)) for element in declared)


def _is_hidden_within(element: HtmlElement) -> bool:
    return is_hidden(element) or any(is_hidden(holder) for holder in islice(element.iterancestors(), 4))


def read_agency(page: Page) -> tuple[str, str] | None:
    """The agency or newspaper that an article was taken from, and where it is named; None when none is named."""
    for element in page.matches("agency")[:1]:
        text = content(element)
        if text and not _names_writer(page, text):
            rest = without_prefix(text, page.prefixes.get("agency", ()))
            source = agency_among(text) or agency_among(rest) or rest.strip(" .:-–—|")
            if not is_own(source, page.site_names):
                return source, "source of the theme"
    if name := _beside_byline(page):
        return name, "beside the byline"
    for key in ("sourceOrganization", "provider"):
        said = jsonld.string(page.article.get(key))
        names = split_authors(said, site_names=page.site_names) if said else []
        if names:
            return names[0], f"json-ld {key}"
    if name := _labelled(page):
        return name, "source beside the text"
    for source, values in _bylines(page):
        if name := next((name for value in values if (name := agency_among(value))), None):
            return name, source
    return None


def _labelled(page: Page) -> str | None:
    """The agency after a source label, in the label's element or its parent."""
    # The HTML may write Arabic letters as character references.
    labelled = any(label in page.html for label in _LABELS) or "&#15" in page.html
    for label in find(page.tree, _SOURCES)[:10] if labelled else ():
        holder = label.getparent()
        if page.is_elsewhere(label) or label.tag in ("script", "style") or holder is None:
            continue
        for element in (label, holder):
            name = _taken_from(parted_content(element)) or (_source_in(content(element)) if label.tag != "p" else None)
            if name and not is_own(name, page.site_names) and not _is_writer(name):
                return name
    return None


def _source_in(text: str) -> str | None:
    return read_source(re.sub(rf"^{_LABEL}\s*:?\s*", f"{_LABEL}: ", text)) if len(text) <= LONGEST_LABELLED else None


def _taken_from(text: str) -> str | None:
    """The agency in a line that only says that the article was taken from it: "نقلاً عن رويترز"."""
    match = _TAKEN.match(text) if len(text) <= LONGEST_LABELLED else None
    name = text[match.end() :].strip(" .:()[]/|-–—") if match else ""
    return name if is_agency(name) else None


def agency_among(line: str) -> str | None:
    """The agency that a line names, alone or among other fields ("سمر العلي - رويترز - 3/11/2026"); None if none."""
    if len(line) > LONGEST_LINE:
        return None
    parts = [each for part in fields_of(line) for each in (part, part.rpartition(":")[2])]
    return read_source(line) or next((name for part in parts if (name := read_source(part))), None)


def _beside_byline(page: Page) -> str | None:
    """The agency in the elements at the learned author or date paths, or alone in an element beside them."""
    for field in ("authors", "date"):
        for element in page.field_elements.get(field, ())[:4]:
            if name := agency_among(content(element)):
                return name
    for field in ("date", "authors"):
        for element in page.field_elements.get(field, ())[:1]:
            parent = element.getparent()
            for sibling in islice(parent.iter("*"), 12) if parent is not None else ():
                if len(sibling) <= 1 and is_agency(text := content(sibling)):
                    return text.strip(" .:()[]")
    return None


def _is_writer(name: str) -> bool:
    """Whether a text is a city and a name, as newspapers with bureaus print their own reporters: "دبي - سمير العلي"."""
    first, parting, rest = re.split(r"\s+([-–—])\s+", f"{name} -  ", maxsplit=1)[:3]
    return bool(parting and rest.strip(" -")) and comparable(first) in vocabulary("place")
