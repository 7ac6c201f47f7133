"""Field paths: learn the DOM paths at which a template's pages show headline, date, authors, section and tags.

For each field a slot is chosen whose texts agree with values known otherwise: from JSON-LD, meta elements, the texts of
links to the page, or extraction without a profile. Where no value is known, the form of the slot's texts decides.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from crawler.html import jsonld
from crawler.html.spelling import comparable
from crawler.html.tree import content, heading_line
from crawler.learning.containers import PathedView
from crawler.learning.date_slots import date_slot
from crawler.learning.label_slots import (
    insert_slot,
    printed_always,
    section_slot,
    subtitle_slot,
    tag_slot,
    tag_text_slot,
)
from crawler.learning.name_slots import agency_slot, author_slot, is_several
from crawler.learning.slots import Slot, read_slots
from crawler.profile.paths import MARK, SEPARATOR
from crawler.profile.template import Template
from storage.urls import url_key

MOST_PATHS = 3  # of one field
INSERT = "insert"  # the field of a box or line that stands before or within the text and is no part of it
LEAST_PAGES = 2  # fewest pages on which a further path of a field is learned
_HEADINGS = frozenset({"h1", "h2", "h3"})
_BELOW = 0.95  # share of pages with the field after the text; less may be the fields of further articles
_OF_SECTION = 3  # most words of a menu label that cannot be a headline; menus may link to a headline too
_LEAST_TITLE = 12  # fewest letters of a headline that is searched in a longer text


def learn_fields(
    members: Sequence[PathedView], template: Template, values: frozenset[tuple[str, str]], labels: frozenset[str]
) -> Template:
    """Return the template with its field paths, prefixes, `several` and `below`.

    values: metadata values that most pages share, which are ignored. labels: entries of the menus.
    """
    # A menu entry before a text is its section, not the label of a field, so it makes no slot of its own.
    slots = [slot for slot in read_slots(members, template) if slot.path.partition(MARK)[2] not in labels]
    paths: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()

    def choose(
        field: str,
        chooser: Callable[[Sequence[Slot]], str | None],
        most: int = MOST_PATHS,
        *,
        beside: str = "",
        among: Sequence[Slot] = slots,
    ) -> None:
        """Store the paths of a field. Paths of other fields are passed over, except those of the field `beside`."""
        refused = taken - set(paths.get(beside, ()))
        paths[field] = _cover(
            [slot for slot in among if refused.isdisjoint({slot.path, slot.path.partition(MARK)[0]})],
            chooser,
            most,
            is_head=field in ("date", "authors"),
        )
        taken.update(paths[field])

    choose("headline", partial(_headline, members=members, values=values, labels=labels), 1)
    top = next((slot.distance for slot in slots if slot.path in taken), -math.inf)
    heading = paths["headline"][0].rpartition(SEPARATOR)[0] if paths["headline"] else None
    choose("date", partial(date_slot, members=members, values=values, top=top))
    writers = partial(author_slot, members=members, values=values, labels=labels, headline=(top, heading))
    choose("authors", writers, beside="date")
    choose("categories", partial(section_slot, members=members, labels=labels, top=top), beside="date")
    choose("agency", agency_slot)
    # The links of a byline are no tags; what is in fashion on the site stands above the headline of each article.
    names = {
        element
        for slot in slots
        if slot.path in paths["authors"]
        for shown in slot.shown.values()
        for element in shown.elements
    }
    others = [
        slot
        for slot in slots
        if names.isdisjoint(holder for each in slot.elements for holder in (each, *each.iterancestors()))
    ]
    below = [slot for slot in others if slot.distance > top]
    # Of several kinds of links, tags are those whose addresses say so.
    addressed = tag_slot(others, labels, addressed=True) is not None
    tags = partial(tag_slot, labels=labels, addressed=addressed)
    choose("tags", tags, beside="categories", among=below if tags(below) else others)
    if not paths["tags"]:
        choose("tags", partial(tag_text_slot, members=members, labels=labels), 1)
    chosen = [element for slot in slots if slot.path in taken for element in slot.elements]
    around = {holder for element in chosen for holder in element.iterancestors()}

    def lone(
        chooser: Callable[[Sequence[Slot], Sequence[PathedView], float], str | None], left: Sequence[Slot]
    ) -> str | None:
        """Apply the chooser to the slots that do not contain a field chosen before."""
        return chooser([slot for slot in left if around.isdisjoint(slot.elements)], members, top)

    # A slot that looks like a subtitle but is an insert is furniture: it is chosen first, and left out of the text.
    choose(INSERT, partial(lone, insert_slot), 1)
    choose("subtitle", partial(lone, subtitle_slot), 1)
    return _described(template, slots, members, labels, paths)


def _described(
    template: Template,
    slots: Sequence[Slot],
    members: Sequence[PathedView],
    labels: frozenset[str],
    paths: Mapping[str, tuple[str, ...]],
) -> Template:
    prefixes: dict[str, tuple[str, ...]] = {}
    several: set[str] = set()
    for name in ("authors", "agency", "tags"):
        chosen = [slot for slot in slots if slot.path in paths[name]]
        words = (slot.printed if name == "authors" else slot.prefixes for slot in chosen)
        if steps := tuple(dict.fromkeys(chain.from_iterable(words))):
            prefixes[name] = steps
        if name == "authors" and any(is_several(slot.beside_first(), members, labels) for slot in chosen):
            several.add(name)
    always = [printed_always(slot, labels) for slot in slots if slot.path in paths["categories"]]
    if any(always):
        prefixes["categories"] = tuple(sorted(frozenset().union(*always)))
    known = {name: each for name, each in paths.items() if each}
    after = {slot.path: slot.after for slot in slots}
    below = frozenset(name for name, each in known.items() if after[each[0]] >= _BELOW)
    return replace(template, field_paths=known, prefixes=prefixes, several=frozenset(several), below=below)


def _cover(
    slots: Sequence[Slot],
    choose: Callable[[Sequence[Slot]], str | None],
    most: int = MOST_PATHS,
    *,
    is_head: bool = False,
) -> tuple[str, ...]:
    """The best path, then the best one on the pages without it, and so on: a picture or biography may move a field.

    is_head: stop at a further path that stands after the text on most of its pages.
    """
    paths: list[str] = []
    while len(paths) < most and (path := choose(slots)) is not None:
        chosen = next(slot for slot in slots if slot.path == path)
        if paths and is_head and chosen.after > 0.5:
            break  # it is that of comments or further articles
        paths.append(path)
        slots = [left for slot in slots if len((left := slot.without(chosen.shown.keys())).shown) >= LEAST_PAGES]
    return tuple(paths)


def _headline(
    slots: Sequence[Slot],
    members: Sequence[PathedView],
    values: frozenset[tuple[str, str]],
    labels: frozenset[str],
) -> str | None:
    targets = [_titles(pathed, values, labels) for pathed in members]
    anchors = _anchors(members)
    for pathed, titles in zip(members, targets, strict=True):
        # The text of links from other pages: cards name the page by its headline.
        titles.update(dict.fromkeys(anchors.get(url_key(pathed.view.page.url), ()), 1.5))
    best: tuple[float, float, float, float, str] | None = None
    for slot in slots:
        if slot.share < 0.5 or slot.distinct < min(2, len(slot.shown)):
            continue
        lines = ((number, heading_line(shown.elements[0])) for number, shown in slot.shown.items())
        score = sum(_title_score(line, targets[number]) for number, line in lines) / slot.pages
        # A breadcrumb or a share bar may repeat the headline, so headings close to the text are preferred.
        tags = {each.tag for shown in slot.shown.values() for each in shown.elements[:1]}
        rank = 2.0 if tags == {"h1"} else 1.0 if tags <= _HEADINGS else 0.0
        key = (round(score, 1), rank, -slot.repeats, -abs(slot.distance), slot.path)
        if score >= 0.5 and (best is None or key > best):
            best = key
    return best[-1] if best else None


def _titles(pathed: PathedView, values: frozenset[tuple[str, str]], labels: frozenset[str]) -> dict[str, float]:
    """Comparable texts that may be the page's headline, with their weights; short entries of the menu are left out."""
    page = pathed.view.page
    titles: dict[str, float] = {comparable(pathed.view.article.title): 1.0}
    title = page.tree.find(".//title")
    said = [("title", content(title))] if title is not None else []
    said += list(page.meta("og:title", "twitter:title"))
    said += [("json-ld headline", jsonld.string(page.article.get("headline")) or "")]
    for source, text in said:
        if (source, comparable(text)) not in values and comparable(text):
            titles.setdefault(comparable(text), 1.0)
    return {text: weight for text, weight in titles.items() if text not in labels or len(text.split()) > _OF_SECTION}


def _title_score(text: str, titles: Mapping[str, float]) -> float:
    """The greatest weight of a title that the text equals, or 0.9 of it where the text is half a title or more."""
    own = comparable(text)
    best = 0.0
    for title, weight in titles.items():
        if own == title or (len(own) >= _LEAST_TITLE and own in title and 2 * len(own) >= len(title)):
            best = max(best, weight * (1.0 if own == title else 0.9))
    return best


def _anchors(members: Sequence[PathedView]) -> dict[str, Counter[str]]:
    """Map the URL key of each page to the comparable texts of links to it, on any of the pages."""
    own = {url_key(pathed.view.page.url) for pathed in members}
    keys: dict[tuple[str, str], str | None] = {}  # (folder, href) to URL key: a cache, as pages repeat most links
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    for pathed in members:
        folder = pathed.view.page.url.rpartition("/")[0]
        for link in pathed.view.page.tree.iter("a"):
            address = link.get("href") or ""
            if (folder, address) not in keys:
                keys[folder, address] = _key(pathed.view.page.absolute(address))
            key = keys[folder, address]
            if key in own and key is not None and len(text := comparable(content(link))) >= _LEAST_TITLE:
                texts[key][text] += 1
    return texts


def _key(url: str | None) -> str | None:
    try:
        return url_key(url) if url else None
    except ValueError:
        return None
