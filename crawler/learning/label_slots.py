"""Slots that show labels: the section of an article, its tags, and the line under its headline."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from crawler.extract.fields.labels import TAG_ADDRESS, listed
from crawler.html.characters import line
from crawler.html.home_words import is_home_name
from crawler.html.spelling import comparable
from crawler.learning.containers import PathedView
from crawler.learning.name_slots import AUTHOR_ADDRESS, is_box
from crawler.learning.slots import WITHIN_BODY, Shown, Slot, is_caption
from crawler.profile.line_keys import line_key
from crawler.profile.menu import label_in, labels_in
from crawler.profile.prefixes import without_prefix

_DATED = re.compile(r"(?:19|20)\d\d|[٢2][٠0][٠-٩0-9]{2}|\d{1,2}:\d\d|منذ")
_FILE_ADDRESS = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|mp3|mp4|jpe?g|png)$", re.I)
_SHARED = 1.5  # pages that show each tag, on the mean, at most: of two pages of one subject most tags are the same
_SURE = 0.9  # share of a template's pages that show a section below the text, or of values that have a tag's form
_FEW = 4  # pages that show what is put into the text near its beginning by chance
_NEAR_END = 30  # elements behind the text's end
_MOST_WORDS = 5  # of a tag
_LABEL = 40  # letters before tags
_BEHIND = 0.9  # share of pages that show tags without links behind the text
_LEAST_ROWS = 3  # pages that show a row of tags without a label
_RECURRING = 0.1  # share of such a row's values that several pages have
_CHOSEN = ("option", "button")  # elements that show no tags
_LISTED = ("li",)  # nor a line of them, though each may show one
_ENDS = (".", ":", "؟", "?", "!")  # of sentences and labels
_LETTERS = re.compile(r"[^\W\d_]")


def subtitle_slot(slots: Sequence[Slot], members: Sequence[PathedView], top: float) -> str | None:
    """The slot nearest to the headline that shows one line of its own, longer than a name and no sentence.

    top: where the headline stands, in elements before the container.
    """
    return _nearest([slot for slot in _short_lines(slots, members, top) if not _is_insert(slot)], top)


def insert_slot(slots: Sequence[Slot], members: Sequence[PathedView], top: float) -> str | None:
    """The slot of such lines where the nearest of them shows a box or stands behind the text's beginning."""
    lines = list(_short_lines(slots, members, top))
    path = _nearest(lines, top)
    return path if any(slot.path == path and _is_insert(slot) for slot in lines) else None


def _is_insert(slot: Slot) -> bool:
    # On few pages, what is put into the text may stand near its beginning; on many, long headlines may stand before it.
    least = _SURE if len(slot.shown) <= _FEW else 0.5
    return slot.opens_text < least or any(map(is_box, slot.elements))


def _nearest(slots: Sequence[Slot], top: float) -> str | None:
    return max(((-abs(slot.distance - top), slot.path) for slot in slots), default=(0.0, None))[1]


def _short_lines(slots: Sequence[Slot], members: Sequence[PathedView], top: float) -> Iterator[Slot]:
    for slot in slots:
        if slot.distance > WITHIN_BODY + max(0.0, top) or slot.repeats > 1 or slot.share < 0.1 or slot.distinct < 2:
            continue
        texts = slot.firsts
        lines = [text for text in texts if 4 <= len(text.split()) <= 30 and not text.endswith(".")]
        if len(lines) < 0.9 * len(texts) or slot.distinct < 0.5 * len(texts) or _share_dated(texts) > 0.3:
            continue
        if any(next(each.iter("a"), None) is not None or is_caption(each) for each in slot.elements):
            continue
        titles = (comparable(members[number].view.article.title) for number in slot.shown)
        if not any(title in comparable(text) for title, text in zip(titles, texts, strict=True)):
            yield slot


def _share_dated(texts: Sequence[str]) -> float:
    return sum(1 for text in texts if _DATED.search(text)) / len(texts)


def section_slot(
    slots: Sequence[Slot], members: Sequence[PathedView], labels: frozenset[str], top: float
) -> str | None:
    """The slot near the headline that shows one entry of the menu, which differs between pages; else few links.

    The entry may stand behind the home page's, among tags, or in a line with other fields. Some sites file an article
    below its text; there each page must name an entry, alone or before its tags.
    """
    best: tuple[float, float, str] | None = None
    for slot in slots:
        if slot.share < 0.5:
            continue
        shown = [comparable(text) for text in slot.firsts]
        written = [comparable(name) for number in slot.shown for name in members[number].view.article.authors]
        if sum(text in written for text in shown) >= 0.5 * len(shown):
            continue
        entries = labels - printed_always(slot, labels)
        named = [label for each in slot.shown.values() if (label := _label_of(each.texts[:3], entries))]
        is_above = slot.distance <= max(0.0, top + 1)
        enough = 0.7 if is_above else _SURE
        if len(set(named)) >= 2 and len(named) >= enough * len(shown) and (is_above or _is_below(slot, entries)):
            length = sum(len(text) for text in slot.firsts) / len(shown)
            score = (
                (1.0 if is_above else -0.5)
                + len(named) / slot.pages
                - 0.1 * min(slot.repeats - 1, 3)
                - min(length, 150) / 150
            )
        elif slot.repeats <= 3 and _is_filed(slot, members, shown):
            score = slot.share
        else:
            continue
        key = (round(score, 3), -abs(slot.distance), slot.path)
        if best is None or key > best:
            best = key
    return best[2] if best else None


def _is_below(slot: Slot, entries: frozenset[str]) -> bool:
    """Whether a slot below the text files the article itself: one a page, near the text's end, with one entry each."""
    entered = [sum(comparable(text) in entries for text in each.texts) for each in slot.shown.values()]
    return slot.share >= _SURE and slot.behind <= _NEAR_END and all(count <= 1 for count in entered)


def printed_always(slot: Slot, labels: frozenset[str]) -> frozenset[str]:
    """The entries of the menu that a slot shows on nearly all pages, such as the home page's in a path."""
    counts: Counter[str] = Counter()
    for shown in slot.shown.values():
        counts.update({comparable(label) for text in shown.texts[:3] for label in labels_in(text, labels)})
    return frozenset(label for label, count in counts.items() if count > max(2, 0.8 * len(slot.shown)))


def _label_of(texts: Sequence[str], labels: frozenset[str]) -> str | None:
    """The entry of the menu that the texts of one page name first."""
    labelled = (label_in(text, labels) for text in texts if not is_home_name(comparable(text)))
    return next((label for label in labelled if label is not None), None)


def _is_filed(slot: Slot, members: Sequence[PathedView], shown: Sequence[str]) -> bool:
    """Whether a slot's links are few names that recur, each with an address of its own, as sections have."""
    links = [each for page in slot.shown.values() for each in page.elements]
    if any(each.tag != "a" for each in links) or not 2 <= len(set(shown)) <= len(shown) / 2:
        return False
    addresses: dict[str, set[str]] = defaultdict(set)
    for number, page in slot.shown.items():
        for element, text in zip(page.elements, page.texts, strict=True):
            full = members[number].view.page.absolute(element.get("href") or "")
            if full is None or TAG_ADDRESS.search(full) or AUTHOR_ADDRESS.search(full):
                return False
            addresses[comparable(text)].add(full)
    words = [len(text.split()) for text in addresses]
    return max(words) <= 4 and all(len(each) == 1 for each in addresses.values())


def tag_slot(slots: Sequence[Slot], labels: frozenset[str], *, addressed: bool = False) -> str | None:
    """The slot of several short links a page, other ones on each page, that no menu has.

    addressed: only where most addresses are those of tags.
    """
    best: tuple[float, float, str] | None = None
    for slot in slots:
        texts = [text for shown in slot.shown.values() for text in shown.texts]
        links = [each for shown in slot.shown.values() for each in shown.elements if each.tag == "a"]
        if slot.share < 0.25 or slot.repeats < 1.5 or len(links) < len(texts):
            continue
        addresses = [each.get("href") or "" for each in links]
        if any(map(_FILE_ADDRESS.search, addresses)) or _most(AUTHOR_ADDRESS, addresses):
            continue
        if addressed and not _most(TAG_ADDRESS, addresses):
            continue
        words = sum(len(text.split()) for text in texts) / len(texts)
        lettered = sum(1 for text in texts if _LETTERS.search(text)) / len(texts)
        listed = sum(1 for text in texts if comparable(text) in labels) / len(texts)
        if words > 3.5 or lettered < 0.9 or listed > 0.3 or slot.distinct < 2:
            continue
        # Links of a footer are the same few on every page.
        bearers = Counter(text for shown in slot.shown.values() for text in set(shown.texts))
        if sum(bearers.values()) > max(_SHARED, 0.5 * len(slot.shown)) * len(bearers):
            continue
        # Links before the text may be its writers.
        key = (round(slot.share - 0.3 * (slot.distance < 0), 2), -abs(slot.distance), slot.path)
        if best is None or key > best:
            best = key
    return best[2] if best else None


def _most(pattern: re.Pattern[str], addresses: Sequence[str]) -> bool:
    return 2 * sum(pattern.search(each) is not None for each in addresses) > len(addresses)


def tag_text_slot(slots: Sequence[Slot], members: Sequence[PathedView], labels: frozenset[str]) -> str | None:
    """The slot behind the text of short values without links, several a page, other ones on each page.

    Within the text's container a label must stand before them. Several elements have a label, too, or are all that
    the element around them shows, and values of theirs recur.
    labels: entries of the site's menus, which are no tags.
    """
    best: tuple[float, int, str] | None = None
    for slot in slots:
        shown = slot.shown.values()
        if slot.share < 0.25 or slot.after_text < _BEHIND or any(map(_has_link_or_picture, shown)):
            continue
        is_list = slot.repeats >= 1.5
        if not (is_list and _is_recurring_row(slot)) and any(each.elements[0].tag in _LISTED for each in shown):
            continue
        is_bare = not _is_labelled(slot)
        if slot.after < _BEHIND and is_bare and (is_list or not slot.prefixes):
            continue
        if is_list and is_bare and not _is_recurring_row(slot):
            continue
        if is_list and any(map(_holds_several, shown)):
            continue
        values = {number: _values(each, slot.prefixes, is_list=is_list) for number, each in slot.shown.items()}
        if _are_tags(values, members, labels):
            key = (round(slot.share, 2), len(slot.path), slot.path)
            if best is None or key > best:
                best = key
    return best[2] if best else None


def _values(shown: Shown, prefixes: Sequence[str], *, is_list: bool) -> list[str]:
    return shown.texts if is_list else listed(without_prefix(shown.text, prefixes))


def _are_tags(values: dict[int, list[str]], members: Sequence[PathedView], labels: frozenset[str]) -> bool:
    """Whether the values of pages, by their numbers, are tags by their form and by what they have in common."""
    every = [value for each in values.values() for value in each]
    written = {comparable(name) for number in values for name in members[number].view.article.authors}
    if len(every) < 1.5 * len(values) or _share_dated(every) > 0.2:
        return False
    good = sum(
        0 < len(value.split()) <= _MOST_WORDS and any(map(str.isalpha, value)) and not value.endswith(_ENDS)
        for value in every
    )
    listed_in_menu = sum(comparable(value) in labels or comparable(value) in written for value in every)
    bearers = Counter(key for each in values.values() for key in set(map(line_key, each)))
    # What else stands below each text is the same few words on every page, numbers aside.
    return (
        good >= _SURE * len(every)
        and listed_in_menu <= 0.3 * len(every)
        and len({tuple(map(line_key, each)) for each in values.values()}) >= 0.8 * len(values)
        and sum(bearers.values()) <= (0.3 * len(values) + 1) * len(bearers)
    )


def _has_link_or_picture(shown: Shown) -> bool:
    holders = (element for element in shown.elements if is_caption(element) or element.tag in _CHOSEN)
    links = (link for element in shown.elements for link in element.iter("a"))
    within = (holder for element in shown.elements[:1] for holder in element.iterancestors("a"))
    return any(next(each, None) is not None for each in (holders, links, within))


def _holds_several(shown: Shown) -> bool:
    """Whether an element of a list shows several texts side by side, as comments show a name and what it says."""
    return any(
        sum(bool(line("".join(child.itertext()))) for child in element) + bool(line(element.text or "")) > 1
        for element in shown.elements
    )


def _is_labelled(slot: Slot) -> bool:
    """Whether the elements of each page stand in one element, behind a label that most pages share."""
    before: Counter[str] = Counter()
    for shown in slot.shown.values():
        parent = shown.elements[0].getparent()
        if parent is None or any(each.getparent() is not parent for each in shown.elements):
            return False
        before[comparable(_label(parent, shown.elements[0]))] += 1
    label, count = before.most_common(1)[0]
    return 0 < len(label) <= _LABEL and count >= 0.8 * len(slot.shown)


def _is_recurring_row(slot: Slot) -> bool:
    """Whether the elements of each page are all that the element around them shows, and some texts recur."""
    for shown in slot.shown.values():
        parent = shown.elements[0].getparent()
        if parent is None or line("".join(parent.itertext())) != line("".join(shown.texts)):
            return False
    bearers = Counter(key for shown in slot.shown.values() for key in set(map(comparable, shown.texts)))
    recurring = sum(count > 1 for count in bearers.values())
    return len(slot.shown) >= _LEAST_ROWS and recurring >= _RECURRING * len(bearers)


def _label(parent: HtmlElement, first: HtmlElement) -> str:
    """What stands in an element before one of its children."""
    texts = [parent.text or ""]
    for each in takewhile(lambda child: child is not first, parent):
        texts += ["".join(each.itertext()), each.tail or ""]
    return line(" ".join(texts))
