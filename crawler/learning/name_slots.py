"""Choose the slots that show the authors of an article and the agency that it came from."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, islice

from lxml.html import HtmlElement

from crawler.extract.fields.bylines import (
    is_agency,
    is_other_field,
    names_among,
    names_in_line,
    read_byline,
    read_source,
)
from crawler.extract.fields.credits import names_shown
from crawler.extract.fields.labels import TAG_ADDRESS
from crawler.html.blocks import is_caption
from crawler.html.characters import line
from crawler.html.spelling import comparable
from crawler.html.tree import field_line
from crawler.learning.containers import PathedView
from crawler.learning.date_slots import moment_in
from crawler.learning.slots import ABOVE, BEFORE_END, BEHIND_END, WITHIN_BODY, Slot
from crawler.profile.paths import SEPARATOR
from crawler.profile.prefixes import without_prefix

# Dates, reading times, view counters.
_OTHER = re.compile(r"[0-9٠-٩]|منذ|قبل|أمس|اليوم|^\W*(?:قراءة|المصدر|القسم)")
_MOST_BESIDE = 4  # most elements of a page at the path of a byline, on the mean
# Score of names beside the headline, at the end of the text, and in a line of several elements.
_NEAR, _SIGNED, _OF_LINE = 0.7, 0.62, 0.5
_FAR = 0.4  # subtracted where the slot stands far below the text
_BESIDE = 3  # siblings from a name in which its date is searched
_MOST_SIGNED = 1.5  # most signatures of a text, on the mean; comments have more names
_OTHERWISE = 0.1  # subtracted from a slot that agrees with known authors, times its share of pages without names
_BUTTON = 0.8  # greatest share of the pages with names that have the same name
_BOX = 250  # most letters of a box
_LEAST_NAMED, _LEAST_DATED = 3, 2  # fewest pages with names; fewest where each has a date beside the name
_FEW_PAGES = 8
_SHORT = 4  # most words of a number with its unit: "4 دقائق للقراءة"
_BLOCKS = frozenset({"div", "p", "ul", "table", "section", "article", "h2", "h3", "h4"})
_FEW = 0.15  # most pages that show something else in the slot, as a share of the pages with names
_OPENS = 0.9  # least share of pages on which a byline within the container precedes the text
AUTHOR_ADDRESS = re.compile(r"author|writer|kateb|katib|user|profile|columnist|كاتب|كتاب|محرر", re.I)


def author_slot(
    slots: Sequence[Slot],
    members: Sequence[PathedView],
    values: frozenset[tuple[str, str]],
    labels: frozenset[str],
    headline: tuple[float, str | None],
) -> str | None:
    """The path of the slot that shows the article's authors; None where no slot does.

    The score comes from agreement with known authors, else from the form of the texts as bylines, else from texts that
    are names only, beside the headline or where texts are signed. values, labels: see `learn_fields`. headline: its
    position in elements from the container's beginning, negative before it, and the path of its parent. Slots far above
    the headline are passed over; siblings of the headline count as near it, if they stand before the text on any page.
    """
    top, heading = headline
    known = {number: names for number, pathed in enumerate(members) if (names := _known_authors(pathed, values))}
    best: tuple[float, bool, float, str] | None = None
    for slot in map(Slot.beside_first, slots):
        if slot.repeats > _MOST_BESIDE or slot.distinct < min(2, slot.pages) or slot.distance < top - ABOVE:
            continue
        if _links_to_tags(slot):
            continue
        is_beside = slot.path.rpartition(SEPARATOR)[0] == heading and slot.before_text > 0
        distance = top if is_beside else slot.distance
        # The container may also hold the headline and the elements between headline and text.
        is_near = distance <= (WITHIN_BODY if top < 0 else top + ABOVE) or slot.before_text >= _OPENS
        by_form = _NEAR if is_near else _SIGNED if _is_signature(slot) else 0.0
        score = _author_score(slot, members, known, labels, by_form=by_form)
        # A byline far below the text may belong to a further article, so one above the text is preferred.
        doubt = 0.02 * (slot.repeats - 1) + (_FAR if slot.behind > BEHIND_END else 0.0)
        # What tells of the writer below the text bears the name, too.
        key = (round(score - doubt, 2), slot.after <= 0.5, -abs(distance), slot.path)
        if score >= _OF_LINE and (best is None or key > best):
            best = key
    return best[-1] if best else None


def _author_score(
    slot: Slot,
    members: Sequence[PathedView],
    known: Mapping[int, frozenset[str]],
    labels: frozenset[str],
    *,
    by_form: float,
) -> float:
    """Score a slot as a byline: by agreement with known authors, else by bylines and author links, else `by_form`.

    by_form: the score of a slot that shows only names; 0 where its position is not that of a byline.
    """
    agreed = disagreed = formed = named = 0
    for number, shown in slot.shown.items():
        names = _names(slot, number, members, labels)
        named += bool(names)
        if number in known:
            if names and names <= known[number]:
                agreed += 1
            else:
                disagreed += 1
        links = (each if each.tag == "a" else next(each.iter("a"), None) for each in shown.elements[:3])
        addressed = any(AUTHOR_ADDRESS.search(link.get("href") or "") for link in links if link is not None)
        bylines = (text for each, text in zip(shown.elements, shown.texts, strict=True) if not is_box(each))
        if any(map(read_byline, bylines)) or (addressed and names):
            formed += 1
    if agreed >= 2 and agreed >= 0.6 * (agreed + disagreed):
        other = 1 - named / len(slot.shown)  # on other pages, the slot may show paragraphs
        return agreed / (agreed + disagreed) + 0.2 * named / slot.pages - _OTHERWISE * other
    if formed >= 2 and formed >= 0.6 * len(slot.shown):
        return formed / len(slot.shown)
    if not by_form or not _are_names(slot, members, labels, few=_FEW if by_form == _NEAR else 0.0):
        return 0.0
    elements = [each for shown in slot.shown.values() for each in shown.elements]
    if not any(len(each) > 1 for each in elements):
        return by_form
    # A line of several elements is a byline only without links (they are tags) and where no author slot came before.
    has_links = any(next(each.iter("a"), None) is not None for each in elements)
    return _OF_LINE if by_form == _NEAR and slot.pages == len(members) and not has_links else 0.0


def _links_to_tags(slot: Slot) -> bool:
    """Whether what a slot shows are mostly links to pages of tags, which may read like names."""
    elements = [each for shown in slot.shown.values() for each in shown.elements]
    tags = [each for each in elements if each.tag == "a" and TAG_ADDRESS.search(each.get("href") or "")]
    return 2 * len(tags) > len(elements)


def is_box(element: HtmlElement) -> bool:
    """Whether an element holds several block elements, and so is not one line."""
    return sum(1 for child in element if child.tag in _BLOCKS) > 1


def _is_signature(slot: Slot) -> bool:
    """Whether a slot has the position of a signature: around the text's end, once a page, in no box with links."""
    if not BEFORE_END <= slot.behind <= BEHIND_END or slot.repeats > _MOST_SIGNED:
        return False
    elements = [each for shown in slot.shown.values() for each in shown.elements]
    boxes = (each for each in (element.getparent() for element in elements) if each is not None)
    holders = [*elements, *(each for each in boxes if len("".join(islice(each.itertext(), 40))) <= _BOX)]
    return not any(next(each.iter("a"), None) is not None for each in holders)


def _names(slot: Slot, number: int, members: Sequence[PathedView], labels: frozenset[str]) -> frozenset[str]:
    """The comparable author names among the texts of a slot on one page."""
    elements, site_names = slot.shown[number].elements, members[number].view.page.site_names
    return frozenset(map(comparable, names_shown(elements, site_names, labels, slot.printed)))


def is_several(slot: Slot, members: Sequence[PathedView], labels: frozenset[str]) -> bool:
    """Whether each element of a byline is an author, rather than the second element a description of the first.

    Few pages have a second author, but most have a description. A text that follows several different authors and is
    never first is a description.
    """
    bearers = _bearers(slot)
    firsts: set[str] = set()
    before: dict[str, set[str]] = defaultdict(set)
    named = further = 0
    for number, shown in slot.shown.items():
        site_names = members[number].view.page.site_names
        own = [
            each
            for each, place in zip(shown.texts, shown.places, strict=True)
            if bearers[each] <= 0.5 * len(slot.shown) and names_among([each], site_names, labels, slot.printed)
            # Where the byline opens the text, later elements at its path may be subheadings.
            if place < shown.opening or shown.places[0] >= shown.opening
        ]
        firsts.update(own[:1])
        for each in own[1:]:
            before[each].add(own[0])
        named += len(own) > 0
        further += len(own) > 1
    says = [text for text, writers in before.items() if len(writers) > 1 and text not in firsts]
    return 0 < further <= 0.6 * named and 2 * len(says) <= len(before)


def _bearers(slot: Slot) -> Counter[str]:
    """Count the pages that show each text."""
    return Counter(text for shown in slot.shown.values() for text in set(shown.texts))


def _is_other(text: str, labels: frozenset[str], pathed: PathedView) -> bool:
    """Whether a text is another field, such as a date or a counter; a longer text with a number is a headline."""
    if is_other_field(text, labels):
        return True
    return _OTHER.search(text) is not None and (len(text.split()) <= _SHORT or moment_in(text, pathed) is not None)


def _are_names(slot: Slot, members: Sequence[PathedView], labels: frozenset[str], *, few: float) -> bool:
    """Whether the texts of a slot are names or other fields, on nearly all pages.

    few: how many pages may show something else, as a share of the pages with names.
    """
    # The site's name stands for the writer where nobody signed, and it stands in the menu.
    unsigned = {
        number for number, shown in slot.shown.items() if comparable(shown.text) in members[number].view.page.site_names
    }
    signed = len(slot.shown) - len(unsigned)
    filed = sum(comparable(each.text) in labels for number, each in slot.shown.items() if number not in unsigned)
    # Of many pages, two that show no writer at the usual place show something else beside the date.
    is_only = slot.pages == len(members) <= _FEW_PAGES
    least = _LEAST_DATED if few and is_only and _are_dated(slot, members) else _LEAST_NAMED
    if slot.share < 0.2 or len(slot.shown) < least or filed > 0.5 * len(slot.shown):
        return False
    if any(is_box(each) or is_caption(each) for shown in slot.shown.values() for each in shown.elements):
        return False
    named = other = 0
    pages_of: Counter[str] = Counter()
    bearers = _bearers(slot)
    for number, shown in slot.shown.items():
        names = _names(slot, number, members, labels)
        named += bool(names)
        pages_of.update(names)
        # Only the first text is judged: further ones may describe the author.
        is_other = _is_other(shown.text, labels, members[number]) or bearers[shown.text] > 0.5 * len(slot.shown)
        site_names = members[number].view.page.site_names
        line = field_line(shown.elements[0])
        if not is_other and names_in_line(line, site_names, labels, slot.printed) is None:
            other += 1
    if other > few * named:  # a caption or subheading of few pages may stand there
        return False
    # Words that stand on nearly all pages are buttons.
    return named >= max(least, 0.3 * signed) and len(pages_of) >= 2 and max(pages_of.values()) <= _BUTTON * named


def _are_dated(slot: Slot, members: Sequence[PathedView]) -> bool:
    """Whether on each page a date is among the nearest siblings of the slot's first element or of its parent."""
    return all(_is_dated(shown.elements[0], members[number]) for number, shown in slot.shown.items())


def _is_dated(element: HtmlElement, pathed: PathedView) -> bool:
    for each in (element, element.getparent()):
        if each is not None:
            beside = chain(islice(each.itersiblings(), _BESIDE), islice(each.itersiblings(preceding=True), _BESIDE))
            if any(moment_in(line("".join(islice(other.itertext(), 8))), pathed) for other in beside):
                return True
    return False


def _known_authors(pathed: PathedView, values: frozenset[tuple[str, str]]) -> frozenset[str]:
    ignored = {value for _, value in values}
    names = (comparable(name) for name in pathed.view.article.authors)
    return frozenset(name for name in names if name not in ignored)


def agency_slot(slots: Sequence[Slot]) -> str | None:
    """The path of the slot whose first texts are names of agencies on most of its pages; None where there is none."""
    best: tuple[float, float, str] | None = None
    for slot in slots:
        if slot.repeats > 1.5 or slot.distinct < 2:
            continue
        named = sum(1 for text in slot.firsts if _is_agency(text, slot.prefixes))
        if named >= 2 and named >= 0.75 * len(slot.firsts):
            key = (named / len(slot.firsts), -abs(slot.distance), slot.path)
            if best is None or key > best:
                best = key
    return best[2] if best else None


def _is_agency(text: str, prefixes: tuple[str, ...]) -> bool:
    rest = without_prefix(text, prefixes)
    return is_agency(rest) or read_source(text) is not None or read_source(rest) is not None
