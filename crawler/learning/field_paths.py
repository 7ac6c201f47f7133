"""Field paths: where a template's pages show headline, date, writers, section and tags.

A channel that knows a field (JSON-LD, a meta element, the text of links to the page, the page's own reading) teaches
where the pages show it; where none knows, a slot is told by what its texts have in common.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from crawler.dates.parser import parse_date
from crawler.extract.fields.bylines import read_byline, read_source, split_authors
from crawler.extract.fields.vocabulary import vocabulary
from crawler.html import jsonld
from crawler.html.home_words import is_home_name
from crawler.html.spelling import comparable
from crawler.html.tree import content
from crawler.learning.containers import PathedView
from crawler.learning.slots import Slot, menu_labels, read_slots
from crawler.profile.template import Template
from storage.urls import url_key

MOST_PATHS = 3  # of one field
LEAST_PAGES = 2  # that teach a further path
_LEAST_TITLE = 12  # letters of a headline that another text may hold
_AUTHOR_ADDRESS = re.compile(r"author|writer|kateb|katib|user|profile|columnist|كاتب|كتاب|محرر", re.I)
_TAG_ADDRESS = re.compile(
    r"/tags?/|[?&](?:tag|s|q|search)=|/topics?/|/keywords?/|/search/|/وسم/|%D9%88%D8%B3%D9%85", re.I
)
_LETTERS = re.compile(r"[^\W\d_]")


def learn_field_paths(
    members: Sequence[PathedView], template: Template, values: frozenset[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Field to paths. values: metadata values that most pages share, which tell nothing of one article."""
    slots = read_slots(members, template)
    labels = menu_labels(members)
    paths: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    choosers: dict[str, Callable[[Sequence[Slot]], str | None]] = {
        "headline": partial(_headline, members=members, values=values),
        "date": partial(_date, members=members, values=values),
        "authors": partial(_authors, members=members, values=values, labels=labels),
        "categories": partial(_section, members=members, labels=labels),
        "agency": _agency,
        "tags": partial(_tags, labels=labels),
    }
    for name, choose in choosers.items():
        paths[name] = _cover([slot for slot in slots if slot.path not in taken], choose)
        taken.update(paths[name])
    return {name: each for name, each in paths.items() if each}


def _cover(slots: Sequence[Slot], choose: Callable[[Sequence[Slot]], str | None]) -> tuple[str, ...]:
    """The best path, then the best of the pages that lack it: articles with a picture or a biography differ."""
    paths: list[str] = []
    while len(paths) < MOST_PATHS and (path := choose(slots)) is not None:
        paths.append(path)
        chosen = next(slot for slot in slots if slot.path == path)
        slots = [left for slot in slots if len((left := slot.without(chosen.shown.keys())).shown) >= LEAST_PAGES]
    return tuple(paths)


def _headline(slots: Sequence[Slot], members: Sequence[PathedView], values: frozenset[tuple[str, str]]) -> str | None:
    targets = [_titles(pathed, values) for pathed in members]
    anchors = _anchors(members)
    for pathed, titles in zip(members, targets, strict=True):
        # The text of links from other pages: cards name the page by its headline.
        titles.update(dict.fromkeys(anchors.get(url_key(pathed.view.page.url), ()), 1.5))
    best: tuple[float, float, str] | None = None
    for slot in slots:
        if slot.share < 0.5 or slot.distinct < min(2, len(slot.shown)):
            continue
        score = sum(_title_score(shown.text, targets[number]) for number, shown in slot.shown.items()) / slot.pages
        key = (round(score, 3), -slot.repeats, slot.path)
        if score >= 0.5 and (best is None or key > best):
            best = key
    return best[2] if best else None


def _titles(pathed: PathedView, values: frozenset[tuple[str, str]]) -> dict[str, float]:
    """Comparable texts that may be the page's headline, each with its weight."""
    page = pathed.view.page
    titles: dict[str, float] = {comparable(pathed.view.article.title): 1.0}
    title = page.tree.find(".//title")
    said = [("title", content(title))] if title is not None else []
    said += list(page.meta("og:title", "twitter:title"))
    said += [("json-ld headline", jsonld.string(page.article.get("headline")) or "")]
    for source, text in said:
        if (source, comparable(text)) not in values and comparable(text):
            titles.setdefault(comparable(text), 1.0)
    return titles


def _title_score(text: str, titles: Mapping[str, float]) -> float:
    """1 where the text is one of the titles, or a good part of one; 0 where it is none."""
    own = comparable(text)
    best = 0.0
    for title, weight in titles.items():
        if own == title or (len(own) >= _LEAST_TITLE and own in title and 2 * len(own) >= len(title)):
            best = max(best, weight * (1.0 if own == title else 0.9))
    return best


def _anchors(members: Sequence[PathedView]) -> dict[str, Counter[str]]:
    """URL key to the comparable texts of links to it on the other pages."""
    own = {url_key(pathed.view.page.url) for pathed in members}
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    for pathed in members:
        for link in pathed.view.page.tree.iter("a"):
            full = pathed.view.page.absolute(link.get("href") or "")
            if full is None:
                continue
            try:
                key = url_key(full)
            except ValueError:
                continue
            text = comparable(content(link))
            if key in own and len(text) >= _LEAST_TITLE:
                texts[key][text] += 1
    return texts


def _date(slots: Sequence[Slot], members: Sequence[PathedView], values: frozenset[tuple[str, str]]) -> str | None:
    known = {number: day for number, pathed in enumerate(members) if (day := _known_day(pathed, values))}
    best: tuple[float, float, str] | None = None
    for slot in slots:
        if slot.share < 0.5:
            continue
        days = {number: _day(shown.text, members[number]) for number, shown in slot.shown.items()}
        read = {number: day for number, day in days.items() if day is not None}
        if len(read) < 0.7 * len(days):
            continue
        agreed = [abs(day - known[number]) <= timedelta(days=1) for number, day in read.items() if number in known]
        if len(agreed) >= 2:
            score = sum(agreed) / len(agreed)
            if score < 0.7:
                continue
        elif len(set(read.values())) < 2 and len(read) > 2:
            continue  # the day of reading, which a clock shows
        else:
            score = 0.5
        # Listings show a date beside each of their links; of published and updated the earlier one.
        later = sum(day.toordinal() for day in read.values()) / len(read)
        key = (round(score - 0.05 * min(slot.repeats - 1, 8), 3), -later, slot.path)
        if best is None or key > best:
            best = key
    return best[2] if best else None


def _known_day(pathed: PathedView, values: frozenset[tuple[str, str]]) -> date | None:
    article = pathed.view.article
    if article.published_at is None or article.published_source not in ("json-ld", "meta"):
        return None
    raw = comparable(article.published_raw or "")
    if any(value == raw for _, value in values):
        return None
    return article.published_at.date()


def _day(text: str, pathed: PathedView) -> date | None:
    page = pathed.view.page
    if len(text) > 120:
        return None
    parsed = parse_date(text, now=pathed.view.fetched_at, timezone=page.site.timezone, country=page.site.country)
    return parsed.value.date() if parsed is not None and parsed.precision != "month" else None


def _section(slots: Sequence[Slot], members: Sequence[PathedView], labels: frozenset[str]) -> str | None:
    """The slot near the headline that shows one entry of the menu, which differs between pages; else few links."""
    best: tuple[float, float, str] | None = None
    for slot in slots:
        if slot.share < 0.5 or slot.repeats > 3:
            continue
        shown = [comparable(text) for text in slot.firsts]
        named = [text for text in shown if text in labels and not is_home_name(text)]
        if slot.distance <= 0 and len(set(named)) >= 2 and len(named) >= 0.7 * len(shown):
            score = 1.0 + len(named) / slot.pages - 0.1 * (slot.repeats - 1)
        elif _is_filed(slot, members, shown):
            score = slot.share
        else:
            continue
        key = (round(score, 3), -abs(slot.distance), slot.path)
        if best is None or key > best:
            best = key
    return best[2] if best else None


def _is_filed(slot: Slot, members: Sequence[PathedView], shown: Sequence[str]) -> bool:
    """Whether a slot's links are few names that recur, each with an address of its own, as sections have."""
    links = [each for page in slot.shown.values() for each in page.elements]
    if any(each.tag != "a" for each in links) or not 2 <= len(set(shown)) <= len(shown) / 2:
        return False
    addresses: dict[str, set[str]] = defaultdict(set)
    for number, page in slot.shown.items():
        for element, text in zip(page.elements, page.texts, strict=True):
            full = members[number].view.page.absolute(element.get("href") or "")
            if full is None or _TAG_ADDRESS.search(full) or _AUTHOR_ADDRESS.search(full):
                return False
            addresses[comparable(text)].add(full)
    words = [len(text.split()) for text in addresses]
    return max(words) <= 4 and all(len(each) == 1 for each in addresses.values())


def _authors(
    slots: Sequence[Slot],
    members: Sequence[PathedView],
    values: frozenset[tuple[str, str]],
    labels: frozenset[str],
) -> str | None:
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
        if read_byline(shown.text) or (_AUTHOR_ADDRESS.search(address) and _is_name(shown.text, labels)):
            formed += 1
    if agreed >= 2 and agreed >= 0.6 * (agreed + disagreed):
        return agreed / (agreed + disagreed) + 0.2 * (slot.share)
    return formed / len(slot.shown) if formed >= 2 else 0.0


def _is_name(text: str, labels: frozenset[str]) -> bool:
    same = comparable(text)
    return 2 <= len(same.split()) <= 6 and not any(map(str.isdigit, same)) and same not in labels


def _known_authors(pathed: PathedView, values: frozenset[tuple[str, str]]) -> frozenset[str]:
    ignored = {value for _, value in values}
    names = (comparable(name) for name in pathed.view.article.authors)
    return frozenset(name for name in names if name not in ignored)


def _agency(slots: Sequence[Slot]) -> str | None:
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


def _tags(slots: Sequence[Slot], labels: frozenset[str]) -> str | None:
    """The slot of several short links a page, other ones on each page, that no menu has."""
    best: tuple[float, float, str] | None = None
    for slot in slots:
        texts = [text for shown in slot.shown.values() for text in shown.texts]
        links = [each for shown in slot.shown.values() for each in shown.elements if each.tag == "a"]
        if slot.share < 0.4 or slot.repeats < 1.5 or len(links) < len(texts):
            continue
        words = sum(len(text.split()) for text in texts) / len(texts)
        lettered = sum(1 for text in texts if _LETTERS.search(text)) / len(texts)
        listed = sum(1 for text in texts if comparable(text) in labels) / len(texts)
        if words > 3.5 or lettered < 0.9 or listed > 0.3 or len(set(texts)) < 0.2 * len(texts) or slot.distinct < 2:
            continue
        key = (round(slot.share, 2), -abs(slot.distance), slot.path)
        if best is None or key > best:
            best = key
    return best[2] if best else None
