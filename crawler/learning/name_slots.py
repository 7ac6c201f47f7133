"""Slots that show names: the writers of an article, and the agency that it came from."""

import re
from collections.abc import Mapping, Sequence

from crawler.extract.fields.bylines import is_person, read_byline, read_source, split_authors
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html.spelling import comparable
from crawler.learning.containers import PathedView
from crawler.learning.slots import WITHIN_BODY, Slot, is_caption

_COMMA = re.compile(r"\s*[،,/|]\s*|\s+و\s+")
AUTHOR_ADDRESS = re.compile(r"author|writer|kateb|katib|user|profile|columnist|كاتب|كتاب|محرر", re.I)


def author_slot(
    slots: Sequence[Slot],
    members: Sequence[PathedView],
    values: frozenset[tuple[str, str]],
    labels: frozenset[str],
) -> str | None:
    """The path of the slot that shows writers. values: as for `learn_field_paths`. labels: entries of the menu."""
    known = {number: names for number, pathed in enumerate(members) if (names := _known_authors(pathed, values))}
    best: tuple[float, float, str] | None = None
    for slot in slots:
        if slot.repeats > 2.5 or slot.distinct < min(2, slot.pages):
            continue
        score = _author_score(slot, members, known, labels)
        key = (round(score, 2), -abs(slot.distance), slot.path)
        if score >= 0.6 and (best is None or key > best):
            best = key
    return best[2] if best else None


def _author_score(
    slot: Slot, members: Sequence[PathedView], known: Mapping[int, frozenset[str]], labels: frozenset[str]
) -> float:
    """How well the texts of a slot are names of writers: by agreement with known ones, else by their form."""
    agreed = disagreed = formed = 0
    for number, shown in slot.shown.items():
        page = members[number].view.page
        names = {comparable(name) for name in split_authors(shown.text, site_names=page.site_names)}
        if number in known:
            if names and names <= known[number]:
                agreed += 1
            else:
                disagreed += 1
        link = next(shown.elements[0].iter("a"), None) if shown.elements[0].tag != "a" else shown.elements[0]
        address = (link.get("href") or "") if link is not None else ""
        if read_byline(shown.text) or (AUTHOR_ADDRESS.search(address) and _is_name(shown.text, labels)):
            formed += 1
    if agreed >= 2 and agreed >= 0.6 * (agreed + disagreed):
        return agreed / (agreed + disagreed) + 0.2 * slot.share
    if formed >= 2 and formed >= 0.6 * len(slot.shown):
        return formed / len(slot.shown)
    return 0.7 if _are_names(slot, labels) else 0.0


def _are_names(slot: Slot, labels: frozenset[str]) -> bool:
    """Whether a slot shows one of a few names before the text of each page, or right at its beginning."""
    if slot.distance > WITHIN_BODY or slot.share < 0.2 or slot.repeats > 1.2 or len(slot.shown) < 3:
        return False
    elements = [shown.elements[0] for shown in slot.shown.values()]
    if any(len(element) > 1 or is_caption(element) for element in elements):
        return False
    names = [part for text in slot.firsts for part in _COMMA.split(text)]
    named = [comparable(name) for name in names if is_person(name) and 2 <= len(name.split()) <= 4]
    return len(named) >= 0.95 * len(names) and len(set(named)) >= 2 and labels.isdisjoint(named)


def _is_name(text: str, labels: frozenset[str]) -> bool:
    return is_person(text) and 2 <= len(text.split()) <= 6 and comparable(text) not in labels


def _known_authors(pathed: PathedView, values: frozenset[tuple[str, str]]) -> frozenset[str]:
    ignored = {value for _, value in values}
    names = (comparable(name) for name in pathed.view.article.authors)
    return frozenset(name for name in names if name not in ignored)


def agency_slot(slots: Sequence[Slot]) -> str | None:
    """The slot whose texts are names of agencies on most pages that have it."""
    agencies = vocabulary("agency")
    best: tuple[float, float, str] | None = None
    for slot in slots:
        if slot.repeats > 1.5 or slot.distinct < 2:
            continue
        named = sum(1 for text in slot.firsts if comparable(text) in agencies or read_source(text))
        if named >= 2 and named >= 0.6 * len(slot.firsts):
            key = (named / len(slot.firsts), -abs(slot.distance), slot.path)
            if best is None or key > best:
                best = key
    return best[2] if best else None
