"""A template: one design of a site's article pages, by the DOM paths of what its articles consist of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile
from typing import Any, Literal

from lxml.html import HtmlElement

from crawler.html import prune
from crawler.profile.paths import MARK, SEPARATOR, Paths, mark_of, prefixes, step, tags_of

Which = Literal["first", "most", "all", "span", "every"]
_AROUND, _MOST_AROUND = 2, 4  # elements around the first of a field that hold its others
_CARD = 150  # letters of a card that shows one writer
_LONGER = 4  # times the first element, such as a subtitle in one like that of the text
LEAST = 40  # letters of prose that make an element a container


@dataclass(frozen=True, slots=True)
class Template:
    """pages: how many it was learned from. names: classes and ids (after "#") that paths from the page's body are made
    of; inner: those of paths below the container.

    container: the path of the element that holds the body. leads: paths of blocks of the body before it.
    body, furniture: paths below the container whose blocks are text of the article, or not; a path of furniture
    counts for all below it. which: of several such elements of a page the body is "first", the one with "most" prose,
    or "all": the first and those beside it, where advertisements cut the body into parts; or "span": what stands
    between them as well, where each holds one paragraph, and headings, lists and tables have elements of other kinds;
    or "every": all of them, however far apart, as the blocks of a page builder are.
    field_paths: field to the paths of elements that show it (`showing`), the most trustworthy first; "insert" are boxes
    and lines put before or into the text, which are left out of it. prefixes: field
    to comparable words that the site prints before its values. several: fields of which each element is a value; of
    others, the elements after the first may say something about it. signed: whether texts end with a short line that
    is no sentence, such as an agency's initials. below: fields that are shown behind the text.
    other_bylines: paths of bylines of further articles (`Paths.near`).
    headline_area: how many elements up from the headline the one is that holds the body; 0 where the container's path
    tells. Where the body is "first", a much longer element of that area is taken in its place.
    """

    pages: int
    names: frozenset[str]
    inner: frozenset[str]
    container: str
    which: Which = "first"
    leads: tuple[str, ...] = ()
    body: frozenset[str] = frozenset()
    furniture: frozenset[str] = frozenset()
    field_paths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prefixes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    several: frozenset[str] = frozenset()
    signed: bool = False
    below: frozenset[str] = frozenset()
    headline_area: int = 0
    other_bylines: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return hash((self.container, self.pages, self.body, self.furniture))

    def containers_of(self, tree: HtmlElement, paths: Paths) -> tuple[HtmlElement, ...]:
        """The elements of a page that hold the body; empty where the page is of another template."""
        found = self.elements(tree, self.container, paths)
        full = [each for each in found if _prose(each) >= LEAST]
        near = self._beside_headline(full, tree, paths) if self.headline_area and len(full) > 1 else []
        if not full:
            return ()
        if self.which == "every":
            return tuple(each for each in found if _prose(each))
        if self.which == "most":
            return (max(near or full, key=_prose),)
        if self.which == "first" and near:
            longest = max(near, key=_prose)
            return (longest if _prose(longest) > _LONGER * _prose(full[0]) else full[0],)
        parent = full[0].getparent()
        if self.which in ("all", "span"):
            beside = [each for each in full if each.getparent() is parent]
            return tuple(beside if self.which == "all" else _span(beside[0], beside[-1]))
        return (full[0],)

    def inner_root(self, element: HtmlElement) -> HtmlElement:
        """Where the paths of a container's inside begin: it, or the element around a span."""
        parent = element.getparent()
        return parent if self.which == "span" and parent is not None else element

    def headline_element(self, tree: HtmlElement, paths: Paths) -> HtmlElement | None:
        """The element at the place of headlines; None where a page has none there."""
        return next(
            (each for path in self.field_paths.get("headline", ()) for each in self.showing(tree, path, paths)), None
        )

    def _beside_headline(self, elements: Sequence[HtmlElement], tree: HtmlElement, paths: Paths) -> list[HtmlElement]:
        """Of some elements, those in the area of the headline, or around it."""
        headline = self.headline_element(tree, paths)
        return [] if headline is None else within_area(elements, headline, self.headline_area)

    def elements(self, tree: HtmlElement, path: str, paths: Paths) -> list[HtmlElement]:
        """The elements of a page at a path, in document order."""
        last = path.rsplit(SEPARATOR, 1)[-1]
        return [each for each in tree.iter(*tags_of(last)) if step(each, self.names) == last and paths.of(each) == path]

    def showing(self, tree: HtmlElement, path: str, paths: Paths) -> list[HtmlElement]:
        """The elements of a page at the path of a field (`Paths.near`, perhaps with `mark_of`), in document order."""
        path, _, mark = path.partition(MARK)
        last = path.rsplit(SEPARATOR, 1)[-1]
        return [
            each
            for each in tree.iter(*tags_of(last))
            if step(each, self.inner) == last and paths.near(each, self.inner) == path
            if not mark or mark_of(each) == mark
        ]

    def is_furniture(self, path: str) -> bool:
        """Whether a block is none of the article's, by its path below the container and those of elements around it."""
        return path not in self.body and any(each in self.furniture for each in prefixes(path))

    def plain(self) -> dict[str, Any]:
        """The template as JSON values, sorted."""
        return {
            "pages": self.pages,
            "names": sorted(self.names),
            "inner": sorted(self.inner),
            "container": self.container,
            "which": self.which,
            "leads": list(self.leads),
            "body": sorted(self.body),
            "furniture": sorted(self.furniture),
            "field_paths": {name: list(paths) for name, paths in sorted(self.field_paths.items())},
            "prefixes": {name: list(words) for name, words in sorted(self.prefixes.items())},
            "several": sorted(self.several),
            "signed": self.signed,
            "below": sorted(self.below),
            "headline_area": self.headline_area,
            "other_bylines": sorted(self.other_bylines),
        }

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> "Template":
        """The template of JSON values. Raises KeyError or TypeError on other shapes."""
        return cls(
            pages=plain["pages"],
            names=frozenset(plain["names"]),
            inner=frozenset(plain["inner"]),
            container=plain["container"],
            which=plain["which"],
            leads=tuple(plain["leads"]),
            body=frozenset(plain["body"]),
            furniture=frozenset(plain["furniture"]),
            field_paths={name: tuple(paths) for name, paths in plain["field_paths"].items()},
            prefixes={name: tuple(words) for name, words in plain.get("prefixes", {}).items()},
            several=frozenset(plain.get("several", ())),
            signed=plain.get("signed", False),
            below=frozenset(plain.get("below", ())),
            headline_area=plain.get("headline_area", plain.get("zone", 0)),  # "zone" before 1.0
            other_bylines=frozenset(plain.get("other_bylines", ())),
        )


def within_area(elements: Sequence[HtmlElement], headline: HtmlElement, area: int) -> list[HtmlElement]:
    """The elements within the one that many steps above a headline, or that one itself; [] where it has fewer above."""
    holder = next(islice(headline.iterancestors(), area - 1, None), None)
    if holder is None or holder.tag in ("body", "html"):
        return []
    return [each for each in elements if each is holder or holder in each.iterancestors()]


def _span(first: HtmlElement, last: HtmlElement) -> Iterator[HtmlElement]:
    """Two elements side by side and all between them."""
    yield from takewhile(lambda each: each is not last, chain((first,), first.itersiblings("*")))
    yield last


def _prose(element: HtmlElement) -> int:
    return prune.sizes(element).prose(element)


def beside_first(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The first element and those in the elements around it: a further article of the page has a byline, too.

    Around it are two elements, and the next ones as long as they hold hardly more, such as cards of several writers.
    """
    holders: set[HtmlElement] = set()
    branch = elements[0]
    for steps, holder in enumerate(islice(elements[0].iterancestors(), _MOST_AROUND)):
        if steps >= _AROUND and not _is_card(branch):
            break
        holders.add(holder)
        branch = holder
    return [each for each in elements if not holders.isdisjoint(islice(each.iterancestors(), _MOST_AROUND))]


def _is_card(element: HtmlElement) -> bool:
    """Whether an element shows little text."""
    letters = 0
    for text in element.itertext():
        letters += len(text.strip())
        if letters > _CARD:
            return False
    return True
