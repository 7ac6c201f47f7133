"""Find the headline, by votes of the elements shown on the page and of metadata, without the site's own name."""

import re
from dataclasses import dataclass, replace
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.fields.plain_headings import heading_above_text, line_above_text
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html import characters, jsonld
from crawler.html.blocks import blocks, is_hidden
from crawler.html.furniture import HEADLINES
from crawler.html.home_words import is_home_name
from crawler.html.page import Page
from crawler.html.site_name import SEPARATOR
from crawler.html.spelling import comparable
from crawler.html.tree import content, heading_line, words_of
from crawler.profile.line_keys import line_key

# A colon may separate a site's name from a headline ("مدونة الأخبار: خبر"). As headlines contain colons too, a part
# counts only if the page shows it.
_PARTING = re.compile(SEPARATOR.pattern + r"|(?:(?<!\s)\s+)?[:»]\s+")
_HOST = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[:/]\S*)?", re.I)
_LONGEST_LABEL = 20  # letters
_LEAST_SHOWN = 5  # fewest words of a shown headline that no metadata confirm
_LEAST_WORDS = 3  # fewest words of a part of a title that may be the headline
_DECLARED = '[itemprop~="headline"], [property="schema:name"]'
_PARTING_TAGS = ("br", "div", "p")
_SECOND_LINES = ("h1", "h2", "h3", "h4")
_MOST_LINES = 3  # of a headline
_FEW = 3  # most elements in a line of a headline
# A site's name in Latin letters, without digits: names of products at the end of a headline mostly have a number.
_LATIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ&'’. ]{1,40}")
_QUOTED = re.compile(r"\s*[\"'«“”]")
_LINES = ("td", "div", "span", "b", "strong", "font", "p")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline. source: the evidence, for people. element: the element that shows it; None if from metadata."""

    text: str
    source: str
    element: HtmlElement | None = None


def read_headline(page: Page) -> Headline | None:
    """The candidate with most votes; None when the page has none. Candidates with similar texts vote for each other."""
    candidates = [(candidate, weight) for candidate, weight in _candidates(page) if candidate.text]
    best: Headline | None = None
    most = 0.0
    for candidate, weight in candidates:
        same = comparable(candidate.text)
        # Full votes from candidates with the same words, half votes from those that contain it or are part of it.
        votes = weight + sum(
            other_weight * (1.0 if comparable(other.text) == same else 0.5)
            for other, other_weight in candidates
            if other is not candidate and _agree(same, comparable(other.text))
        )
        # Of two candidates with equal votes, the one that the page shows is preferred.
        if votes > most or (votes == most and best and best.element is None and candidate.element is not None):
            best, most = candidate, votes
    if best is not None and best.element is None:
        # Metadata may hold a headline written for search engines; the one shown to readers is preferred.
        return next((each for each, _ in candidates if each.element is not None and _is_for_readers(each)), best)
    return best


def _is_repeated(element: HtmlElement, page: Page) -> bool:
    """Whether the site prints the same heading on many pages."""
    return bool(page.furniture) and line_key(content(element)) in page.furniture


def _is_for_readers(candidate: Headline) -> bool:
    """Whether a candidate is an h1 of five words or more, and no link or furniture."""
    element = candidate.element
    if candidate.source != "h1" or element is None or len(candidate.text.split()) < _LEAST_SHOWN:
        return False
    return not _is_in_furniture(element) and not any(True for _ in element.iter("a"))


def _agree(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or (len(short) >= 12 and short in long))


def _candidates(page: Page) -> list[tuple[Headline, float]]:
    theme = f"selector {page.selectors.headline}"
    # The theme's headline may be a heading that recurs on the site; the learned path is better then.
    places = [each for each in page.matches("headline") if not _is_repeated(each, page)]
    places = places or page.field_elements.get("headline", [])
    candidates = [(_shown(page, element, theme), 4.0) for element in places[:3]]
    headings = [element for element in page.tree.iter("h1") if not _is_repeated(element, page)]
    shown = [element for element in headings if not _is_in_furniture(element)]
    candidates += [(_shown(page, element, "h1"), 3.0 if place == 0 else 2.5) for place, element in enumerate(shown[:5])]
    # An h1 in furniture has little weight, so that it wins only where nothing better is there.
    boxed = [element for element in headings[:20] if element not in shown and not is_hidden(element)]
    candidates += [(_shown(page, element, "h1"), 1.0) for element in boxed[:3]]
    candidates += [(_shown(page, element, "declared headline"), 2.0) for element in page.shown(_DECLARED)[:3]]
    said = jsonld.string(page.article.get("headline")) or jsonld.string(page.article.get("name"))
    if said:
        candidates.append((_declared(page, said, "json-ld headline"), 2.5))
    for source, value in page.meta("og:title", "twitter:title", "headline", "dc.title"):
        candidates.append((_declared(page, value, source), 2.0 if source == "meta og:title" else 0.5))
    title = page.tree.find(".//title")
    if title is not None and line_key(content(title)) not in page.furniture:
        candidates.append((_declared(page, content(title), "title"), 1.5))
    declared = [candidate.text for candidate, _ in candidates if candidate.element is None]
    seen = [candidate.text for candidate, _ in candidates if candidate.element is not None]
    if not any(_is_headline(page, text) and (not declared or _agrees_with_any(text, declared)) for text in seen):
        others = _other_headings(page, declared or seen)
        candidates += others
        seen += [candidate.text for candidate, _ in others]
    if not any(_is_headline(page, candidate.text) for candidate, _ in candidates):
        candidates += _above_text(page)
    candidates = [(_complete(candidate, declared), weight) for candidate, weight in candidates]
    seen = [candidate.text for candidate, _ in candidates if candidate.element is not None]
    candidates = [(_without_names(candidate, seen), weight) for candidate, weight in candidates]
    # The site's own name is no headline, whatever the source.
    return [(candidate, weight) for candidate, weight in candidates if _is_headline(page, candidate.text)]


def _above_text(page: Page) -> list[tuple[Headline, float]]:
    """The heading above the text, else the line above it, as candidate where there is no other."""

    def allows(element: HtmlElement) -> bool:
        return not (_is_in_furniture(element) or _is_repeated(element, page)) and _is_headline(page, content(element))

    for find, source in ((heading_above_text, "heading above the text"), (line_above_text, "line above the text")):
        element = find(page, allows)
        if element is not None:
            return [(_shown(page, element, source), 1.0)]
    return []


def _is_headline(page: Page, text: str) -> bool:
    """Whether a text may be a headline: not too long, no name of the site or a section, no text for untitled pages."""
    if not 0 < len(text) <= LONGEST or _HOST.fullmatch(text) or is_home_name(text):
        return False
    same = comparable(text)
    # Labels are texts of links on nearly all pages, which may be headlines too; names of sections are short.
    is_section = same in page.labels and len(same.split()) <= _LEAST_WORDS
    return not is_section and same not in page.site_names and same not in vocabulary("untitled")


def _declared(page: Page, text: str, source: str) -> Headline:
    """The headline in a metadata value, without the site's name and without parts in Latin letters at its ends."""
    text = strip_site(text, page.site_names)
    cuts = list(islice(SEPARATOR.finditer(text), 20))
    begins, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    while len(ends) > 1 and _LATIN.fullmatch(text, begins[-1], ends[-1]):
        del begins[-1], ends[-1]
    while len(ends) > 1 and _LATIN.fullmatch(text, begins[0], ends[0]):
        del begins[0], ends[0]
    kept = text[begins[0] : ends[-1]]
    return Headline(kept if len(kept.split()) >= _LEAST_WORDS else text, source)


def _shown(page: Page, element: HtmlElement, source: str) -> Headline:
    return Headline(strip_site(_line(element), page.site_names), source, element)


def _line(element: HtmlElement) -> str:
    """The text of an element as one line; line breaks become spaces."""
    parted = any(each is not element for each in element.iter(*_PARTING_TAGS))
    return " ".join(block.text for block in blocks(element)) if parted else heading_line(element)


def _complete(candidate: Headline, declared: list[str]) -> Headline:
    """The candidate with its complete text, if it has only the first of two lines, or ends before a quotation mark.

    declared: texts of metadata. One of them must be the complete headline.
    """
    same = comparable(candidate.text)
    if candidate.element is None:
        # Some systems cut a title at the first quote in it.
        longer = (each for each in declared if each.startswith(candidate.text) and same)
        return next(
            (replace(candidate, text=each) for each in longer if _QUOTED.match(each, len(candidate.text))), candidate
        )
    spaced = characters.line(" ".join(candidate.element.itertext()))
    two_lines = _two_lines(candidate.element, same)
    longer = (each for each in declared if comparable(each) in (comparable(spaced), two_lines))
    return candidate if same in map(comparable, declared) else replace(candidate, text=next(longer, candidate.text))


def _two_lines(element: HtmlElement, same: str) -> str | None:
    """The comparable texts of an element and its next sibling, joined; None if that is no heading of its kind."""
    after = element.getnext()
    if not same or after is None or after.tag not in (element.tag, *_SECOND_LINES) or len(after) > _FEW:
        return None
    return f"{same} {comparable(content(after))}"


def _agrees_with_any(text: str, others: list[str]) -> bool:
    same = comparable(text)
    return any(_agree(same, comparable(each)) for each in others)


def _without_names(candidate: Headline, seen: list[str]) -> Headline:
    """The candidate from metadata, cut to the part that the page shows; the rest is the site's name."""
    if candidate.element is not None or candidate.text in seen:
        return candidate
    parts = _parts(candidate.text)
    shown = next((text for text in seen if comparable(text) in parts), None)
    return replace(candidate, text=shown) if shown else candidate


def _parts(title: str) -> set[str]:
    """The comparable texts before and after each separator of a title, if they have three words or more."""
    cuts = [(match.start(), match.end()) for match in islice(_PARTING.finditer(title[: 2 * LONGEST]), 20)]
    parts = {comparable(part) for start, end in cuts for part in (title[:start], title[end:])}
    return {part for part in parts if len(part.split()) >= _LEAST_WORDS}


def _other_headings(page: Page, said: list[str]) -> list[tuple[Headline, float]]:
    """The heading, else the line, that shows the declared title or a part of it; used where no h1 is the headline."""
    titles = {comparable(text) for text in said if text}
    parts = {part for text in said for part in _parts(text)} - page.site_names
    for wanted in (titles, parts):
        for tags in (("h2", "h3", "h4"), _LINES) if wanted else ():
            for element in islice(page.tree.iter(*tags), 5_000):
                text = content(element) if tags is not _LINES else characters.line((element.text or "")[: LONGEST + 1])
                same = comparable(text)
                two = (
                    _two_lines(element, same) if same and any(each.startswith(f"{same} ") for each in wanted) else None
                )
                if text and not wanted.isdisjoint({same, two}) and not is_hidden(element):
                    return [(Headline(text, element.tag, element), 2.5)]
    # A section's name before the headline: "عام / …", "رياضي : …".
    for element in islice(page.tree.iter("h2", "h3", "h4"), 1_000):
        same = comparable(text := content(element))
        if any(
            same.endswith(f" {each}") and len(same) <= len(each) + _LONGEST_LABEL for each in titles if len(each) > 12
        ):
            return [(Headline(text, element.tag, element), 2.5)]
    return []


def _is_in_furniture(element: HtmlElement) -> bool:
    if is_hidden(element):
        return True
    holders = [element]
    for _ in range(3):
        parent = holders[-1].getparent()
        if parent is None or parent.tag in ("body", "main", "article"):
            break
        holders.append(parent)
    return any(not HEADLINES.isdisjoint(words_of(holder)) for holder in holders)


def strip_site(title: str, site_names: frozenset[str]) -> str:
    """The title without the site's name before or after a separator: "خبر - صحيفة المثال" gives "خبر"."""
    title = characters.line(title)
    for _ in range(3):
        cuts = [(match.start(), match.end()) for match in SEPARATOR.finditer(title)]
        for start, end in cuts[:1] + cuts[-1:]:
            before, after = title[:start].strip(), title[end:].strip()
            if before and (not after or comparable(after) in site_names):
                title = before
                break
            if after and comparable(before) in site_names:
                title = after
                break
        else:
            return title
    return title


def without_repeated(paragraphs: tuple[str, ...], title: str, site_names: frozenset[str]) -> tuple[str, ...]:
    """The paragraphs without the headline at their beginning, which may take several lines or have the site's name."""
    wanted = comparable(title)
    for count in range(min(_MOST_LINES, len(paragraphs) - 1), 0, -1):
        first = " ".join(paragraphs[:count])
        if len(first) <= 2 * LONGEST and wanted in (comparable(first), comparable(strip_site(first, site_names))):
            return paragraphs[count:]
    return paragraphs
