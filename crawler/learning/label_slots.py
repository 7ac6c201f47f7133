"""Choose the slots that show the section of an article, its tags, its subtitle, and inserts in its text."""

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
_SHARED = 1.5  # most pages per tag, on the mean; two pages on one subject have most tags in common
_SURE = 0.9  # least share of pages with a section below the text, or of values that have a tag's form
_FEW = 4  # most pages on which an insert may stand near the text's beginning by chance
_NEAR_END = 30  # most elements from the container's end to a section below it
_MOST_WORDS = 5  # of a tag
_LABEL = 40  # most letters of a label before tags
_BEHIND = 0.9  # least share of pages on which tags without links follow the text
_LEAST_ROWS = 3  # fewest pages with a row of tags without a label
_RECURRING = 0.1  # least share of such a row's values that several pages have
_CHOSEN = ("option", "button")  # elements that show no tags
_LISTED = ("li",)  # elements that may show one tag, but not a line of several
_ENDS = (".", ":", "؟", "?", "!")  # ends of sentences and labels, which are no tags
_LETTERS = re.compile(r"[^\W\d_]")


def subtitle_slot(slots: Sequence[Slot], members: Sequence[PathedView], top: float) -> str | None:
    """The path of the slot nearest to the headline that shows a subtitle: one short line that is no insert.

    top: the headline's position in elements from the container's beginning, negative before it.
    """
    return _nearest([slot for slot in _short_lines(slots, members, top) if not _is_insert(slot)], top)


def insert_slot(slots: Sequence[Slot], members: Sequence[PathedView], top: float) -> str | None:
    """The path of the short line nearest to the headline, if it is an insert: a box, or a line within the text."""
    lines = list(_short_lines(slots, members, top))
    path = _nearest(lines, top)
    return path if any(slot.path == path and _is_insert(slot) for slot in lines) else None


def _is_insert(slot: Slot) -> bool:
    # Few pages: an insert may open the text by chance. Many pages: a long headline may stand before a subtitle.
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
    """The path of the slot near the headline that shows an entry of the menu, which differs between pages.

    Else a slot of a few recurring links that have the form of sections. The entry may follow that of the home page, or
    stand among tags or in a line with other fields. Some sites show the section below the text: there nearly every
    page must name one entry, alone or before its tags. top: as for `subtitle_slot`.
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
    """Whether a slot below the text shows the article's section: near the text's end, with at most one entry a page."""
    entered = [sum(comparable(text) in entries for text in each.texts) for each in slot.shown.values()]
    return slot.share >= _SURE and slot.behind <= _NEAR_END and all(count <= 1 for count in entered)


def printed_always(slot: Slot, labels: frozenset[str]) -> frozenset[str]:
    """The menu entries that a slot shows on nearly all pages, such as the home page in a breadcrumb."""
    counts: Counter[str] = Counter()
    for shown in slot.shown.values():
        counts.update({comparable(label) for text in shown.texts[:3] for label in labels_in(text, labels)})
    return frozenset(label for label, count in counts.items() if count > max(2, 0.8 * len(slot.shown)))


def _label_of(texts: Sequence[str], labels: frozenset[str]) -> str | None:
    """The first menu entry that the texts of one page name."""
    labelled = (label_in(text, labels) for text in texts if not is_home_name(comparable(text)))
    return next((label for label in labelled if label is not None), None)


def _is_filed(slot: Slot, members: Sequence[PathedView], shown: Sequence[str]) -> bool:
    """Whether a slot's links have the form of sections: few texts that recur on pages, each with one URL."""
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
    """The path of the slot with several short links a page, which differ between pages and are not in the menus.

    addressed: require that most of the links have URLs of tag pages.
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
        # The links of a footer are the same few on every page.
        bearers = Counter(text for shown in slot.shown.values() for text in set(shown.texts))
        if sum(bearers.values()) > max(_SHARED, 0.5 * len(slot.shown)) * len(bearers):
            continue
        # Links before the text may be its authors.
        key = (round(slot.share - 0.3 * (slot.distance < 0), 2), -abs(slot.distance), slot.path)
        if best is None or key > best:
            best = key
    return best[2] if best else None


def _most(pattern: re.Pattern[str], addresses: Sequence[str]) -> bool:
    return 2 * sum(pattern.search(each) is not None for each in addresses) > len(addresses)


def tag_text_slot(slots: Sequence[Slot], members: Sequence[PathedView], labels: frozenset[str]) -> str | None:
    """The path of the slot after the text with tags that are no links: several short values, which differ by page.

    The values may be one element's line or several elements. Inside the container a label must precede them. Several
    elements need a label too, or must fill the element around them with values some of which recur on other pages.
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
    """Whether values are tags: short, no sentences, authors or menu entries, and different on each page.

    values: page number to the values of the page.
    """
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
    # Other lines below texts are the same few words on every page, numbers aside.
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
    """Whether an element shows several texts side by side, as a comment shows a name and a message."""
    return any(
        sum(bool(line("".join(child.itertext()))) for child in element) + bool(line(element.text or "")) > 1
        for element in shown.elements
    )


def _is_labelled(slot: Slot) -> bool:
    """Whether the elements of each page share one parent, in which a label precedes them that most pages share."""
    before: Counter[str] = Counter()
    for shown in slot.shown.values():
        parent = shown.elements[0].getparent()
        if parent is None or any(each.getparent() is not parent for each in shown.elements):
            return False
        before[comparable(_label(parent, shown.elements[0]))] += 1
    label, count = before.most_common(1)[0]
    return 0 < len(label) <= _LABEL and count >= 0.8 * len(slot.shown)


def _is_recurring_row(slot: Slot) -> bool:
    """Whether the elements of each page hold all text of their parent, and some of their texts recur on other pages."""
    for shown in slot.shown.values():
        parent = shown.elements[0].getparent()
        if parent is None or line("".join(parent.itertext())) != line("".join(shown.texts)):
            return False
    bearers = Counter(key for shown in slot.shown.values() for key in set(map(comparable, shown.texts)))
    recurring = sum(count > 1 for count in bearers.values())
    return len(slot.shown) >= _LEAST_ROWS and recurring >= _RECURRING * len(bearers)


def _label(parent: HtmlElement, first: HtmlElement) -> str:
    """The text of an element before one of its children."""
    texts = [parent.text or ""]
    for each in takewhile(lambda child: child is not first, parent):
        texts += ["".join(each.itertext()), each.tail or ""]
    return line(" ".join(texts))
