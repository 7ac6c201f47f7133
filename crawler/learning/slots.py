"""Slots: the short elements at one DOM path on several pages of a template, with the texts that each page shows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.fields.bylines import parts_of
from crawler.html.characters import line
from crawler.html.spelling import comparable
from crawler.learning.containers import PathedView
from crawler.learning.page_views import PageView
from crawler.profile.line_keys import line_key
from crawler.profile.paths import MARK, mark_of
from crawler.profile.prefixes import common_prefix, parts_beside
from crawler.profile.template import Template, beside_first

LONGEST = 250  # letters of a slot's text
ABOVE = 8  # most elements from a byline to a headline below it
WITHIN_BODY = 3  # most elements from the container's beginning to a byline in it
BEFORE_END, BEHIND_END = -10, 10  # range of elements around the container's end in which a signature stands
_OPENING = 80  # letters of a text that is no caption or byline
_MOST_LABELS = 200
_LEAST_MARKED = 2  # fewest pages with a mark
_MOST_MARKED = 20  # most elements of a page at a path that is divided by marks
_SKIPPED = frozenset({"script", "style", "noscript", "template", "option", "select", "textarea", "svg"})


@dataclass(slots=True)
class Shown:
    """The elements of one page at one path and their texts, in document order."""

    elements: list[HtmlElement] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)  # index in document order, counted from the container's beginning
    behind: int = 0  # elements between the container's end and the first element; negative before its end
    opening: int = 0  # place of the container's first long text
    closing: int = 0  # place of the container's last long text

    @property
    def after(self) -> bool:
        """Whether the first element stands after the container."""
        return self.behind >= 0

    def beside_first(self) -> "Shown":
        """Only the elements close to the first (`crawler.profile.template.beside_first`), not a further article's."""
        near = set(map(id, beside_first(self.elements)))
        kept = [place for place, each in enumerate(self.elements) if id(each) in near]
        return Shown(
            [self.elements[place] for place in kept],
            [self.texts[place] for place in kept],
            [self.places[place] for place in kept],
            self.behind,
            self.opening,
            self.closing,
        )

    @property
    def text(self) -> str:
        """The first text."""
        return self.texts[0]


@dataclass(frozen=True)
class Slot:
    """One path of a template. shown: page number to its elements. pages: number of the template's pages."""

    path: str  # Paths.near
    shown: Mapping[int, Shown]
    pages: int

    def without(self, numbers: Collection[int]) -> "Slot":
        """The slot without the pages of these numbers."""
        shown = {number: each for number, each in self.shown.items() if number not in numbers}
        return Slot(self.path, shown, max(1, self.pages - len(numbers)))

    def beside_first(self) -> "Slot":
        """The slot with only those elements that stand near the first one of their page."""
        return Slot(self.path, {number: each.beside_first() for number, each in self.shown.items()}, self.pages)

    @property
    def share(self) -> float:
        """The share of the template's pages that have it."""
        return len(self.shown) / self.pages

    @property
    def firsts(self) -> list[str]:
        """The first text of each page that has it."""
        return [each.text for each in self.shown.values()]

    @property
    def elements(self) -> list[HtmlElement]:
        """The first element of each page that has it."""
        return [each.elements[0] for each in self.shown.values()]

    @property
    def distinct(self) -> int:
        """The number of different first texts; texts that differ only in numbers count as one."""
        return len({line_key(text) for text in self.firsts})

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The words that most first texts begin with, such as "by"; empty if there are none."""
        prefix = common_prefix(self.firsts)
        return (prefix,) if prefix else ()

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """The comparable words that the site prints before the values or beside them, on several pages."""
        texts = Counter(comparable(text) for shown in self.shown.values() for text in set(shown.texts))
        always = {text for text, count in texts.items() if count > max(2, 0.5 * len(self.shown))}
        return (*self.prefixes, *sorted(always | parts_beside([parts_of(text) for text in self.firsts])))

    @property
    def repeats(self) -> float:
        """The mean number of elements that a page has at the path."""
        return sum(len(each.texts) for each in self.shown.values()) / len(self.shown)

    @property
    def distance(self) -> float:
        """The mean distance from the container's beginning to the first element, in elements; negative before it."""
        return sum(each.places[0] for each in self.shown.values()) / len(self.shown)

    @property
    def behind(self) -> float:
        """The mean distance from the container's end to the first element, in elements; negative before it."""
        return sum(each.behind for each in self.shown.values()) / len(self.shown)

    @property
    def before_text(self) -> float:
        """The share of its pages on which the slot stands before the container's first long text."""
        return sum(each.places[0] < each.opening for each in self.shown.values()) / len(self.shown)

    @property
    def opens_text(self) -> float:
        """The share of its pages on which no long text of the container stands before the slot."""
        return sum(each.places[0] <= each.opening for each in self.shown.values()) / len(self.shown)

    @property
    def after_text(self) -> float:
        """The share of its pages on which the slot stands after the container's last long text."""
        return sum(each.places[0] > each.closing for each in self.shown.values()) / len(self.shown)

    @property
    def after(self) -> float:
        """The share of its pages on which the slot stands after the container."""
        return sum(each.after for each in self.shown.values()) / len(self.shown)


def read_slots(members: Sequence[PathedView], template: Template) -> list[Slot]:
    """The slots that at least two pages of a template have, in order of their distance from the container."""
    by_path: dict[str, dict[int, Shown]] = defaultdict(dict)
    for number, pathed in enumerate(members):
        tree = pathed.view.page.tree
        containers = template.containers_of(tree, pathed.paths)
        body = tree.find("body")
        root = tree if body is None else body
        order = {element: place for place, element in enumerate(root.iter())}
        start = order.get(containers[0], 0) if containers else 0
        end = order.get(containers[-1], 0) + sum(1 for _ in containers[-1].iter()) if containers else len(order)
        opening = order.get(next(_long_texts(containers[0]), containers[0]), start) - start if containers else 0
        *_, last = (containers[-1], *_long_texts(containers[-1])) if containers else (root,)
        closing = order.get(last, start) - start
        texts = _texts(root)
        for element, text in texts.items():
            shown = by_path[pathed.paths.near(element, template.inner)].setdefault(
                number, Shown(behind=order[element] - end, opening=opening, closing=closing)
            )
            shown.elements.append(element)
            shown.texts.append(text)
            shown.places.append(order[element] - start)
    for path, pages in list(by_path.items()):
        by_path.update(_marked(path, pages, len(members)))
    slots = [Slot(path, shown, len(members)) for path, shown in by_path.items() if path and len(shown) >= 2]
    return sorted(slots, key=lambda slot: abs(slot.distance))


def _long_texts(container: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements of a container that contain a long text or are followed by one, in document order."""
    for element in container.iter():
        texts = (element.text, None if element is container else element.tail)
        if element.tag not in _SKIPPED and any(len(line(text)) >= _OPENING for text in texts if text):
            yield element


def _marked(path: str, pages: Mapping[int, Shown], count: int) -> dict[str, dict[int, Shown]]:
    """Divide the elements of a path by their marks, where several marks recur; {} for other paths.

    count: the number of the template's pages.
    """
    parts: dict[str, dict[int, Shown]] = defaultdict(dict)
    several = sum(len(shown.elements) for shown in pages.values()) > len(pages)
    for number, shown in pages.items() if several else ():
        if len(shown.elements) > _MOST_MARKED:
            return {}
        for element, text, place in zip(shown.elements, shown.texts, shown.places, strict=True):
            if mark := mark_of(element):
                part = parts[mark].setdefault(
                    number, Shown(behind=shown.behind, opening=shown.opening, closing=shown.closing)
                )
                part.elements.append(element)
                part.texts.append(text)
                part.places.append(place)
    recurring = {mark: part for mark, part in parts.items() if len(part) >= max(_LEAST_MARKED, 0.1 * count)}
    return {f"{path}{MARK}{mark}": part for mark, part in recurring.items()} if len(recurring) > 1 else {}


def _texts(root: HtmlElement) -> dict[HtmlElement, str]:
    """The texts of all short elements under the root that have a letter or digit, in document order."""
    texts: dict[HtmlElement, str] = {}
    sizes: dict[HtmlElement, int] = {}
    elements = [each for each in root.iter("*") if each.tag not in _SKIPPED]
    for element in reversed(elements):
        size = len(element.text or "") + sum(sizes.get(child, 0) + len(child.tail or "") for child in element)
        sizes[element] = size
    for element in elements:
        if 0 < sizes[element] <= 3 * LONGEST and not any(
            holder.tag in _SKIPPED for holder in (element, element.getparent()) if holder is not None
        ):
            text = line("".join(element.itertext()))
            if 0 < len(text) <= LONGEST and any(map(str.isalnum, text)):
                texts[element] = text
    return texts


def menu_labels(views: Sequence[PageView]) -> frozenset[str]:
    """The entries of the site's menus: comparable texts of short links that nearly all pages have; at most 200."""
    counts: Counter[str] = Counter()
    for view in views:
        labels = {
            comparable(text) for link in view.page.tree.iter("a") if len(text := line("".join(link.itertext()))) <= 40
        }
        counts.update(labels - {""})
    common = sorted(label for label, count in counts.items() if count >= max(2, 0.8 * len(views)))
    return frozenset(common[:_MOST_LABELS])


def is_caption(element: HtmlElement) -> bool:
    """Whether an element follows a picture, or shares an element with a picture and little other text."""
    before = element.getprevious()
    if before is not None and before.tag in ("img", "picture") and not (before.tail or "").strip():
        return True
    for holder in (element, *islice(element.iterancestors(), 2)):
        if next(holder.iter("img", "picture"), None) is not None:
            return len("".join(holder.itertext()).strip()) <= 2 * len("".join(element.itertext())) + 20
    return False
