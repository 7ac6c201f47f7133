"""A template: one design of a site's article pages, as the DOM paths of the body, its parts and the fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile
from typing import Any, Literal

from lxml.html import HtmlElement

from crawler.html import prune
from crawler.profile.paths import MARK, SEPARATOR, Paths, mark_of, prefixes, step, tags_of

Which = Literal["first", "most", "all", "span", "every"]
_AROUND, _MOST_AROUND = 2, 4  # ancestors of a field's first element that may hold its other elements
_CARD = 150  # most letters of a card that shows one author
_LONGER = 4  # how many times longer than the first element the text must be to replace it
LEAST = 40  # fewest letters of prose in a container


@dataclass(frozen=True, slots=True)
class Template:
    """pages: how many it was learned from. names: classes and ids (after "#") in paths from the page's body.

    inner: classes and ids in paths below the container. container: the path of the elements that hold the body.
    leads: paths of body blocks before the container. body, furniture: paths below the container whose blocks are text
    of the article, or are not; a furniture path includes all paths below it, except those in `body`. which: the
    elements used where a page has several at the container's path: "first"; the one with "most" prose; "all", the
    first and its siblings, where advertisements divide the body; "span", these and all elements between them, where
    each holds one paragraph, and headings, lists and tables stand in other elements; or "every", all of them, however
    far apart, as page builders place them.
    field_paths: field to the paths of elements that show it (`showing`), the most trustworthy first; "insert" are boxes
    and lines before or within the text that are left out of it. prefixes: field to comparable words that the site
    prints before its values. several: fields of which each element is a value; in other fields, elements after the
    first may describe it. signed: whether texts end with a short line that is no sentence, such as an agency's
    initials. below: fields that are shown after the text. other_bylines: paths of bylines of further articles
    (`Paths.near`). headline_area: which ancestor of the headline (1: its parent) also holds the body, so that elements
    in it are preferred; 0 where none is needed. With "first", another element there replaces it if much longer.
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
        """The elements of a page that hold the body; empty where the page does not have this template."""
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
        """The element below which inner paths begin: the container element itself, or the parent of a span."""
        parent = element.getparent()
        return parent if self.which == "span" and parent is not None else element

    def headline_element(self, tree: HtmlElement, paths: Paths) -> HtmlElement | None:
        """The first element at the headline's paths; None where a page has none there."""
        return next(
            (each for path in self.field_paths.get("headline", ()) for each in self.showing(tree, path, paths)), None
        )

    def _beside_headline(self, elements: Sequence[HtmlElement], tree: HtmlElement, paths: Paths) -> list[HtmlElement]:
        """Those of the elements that are within the headline area."""
        headline = self.headline_element(tree, paths)
        return [] if headline is None else within_area(elements, headline, self.headline_area)

    def elements(self, tree: HtmlElement, path: str, paths: Paths) -> list[HtmlElement]:
        """The elements of a page at a path, in document order."""
        last = path.rsplit(SEPARATOR, 1)[-1]
        return [each for each in tree.iter(*tags_of(last)) if step(each, self.names) == last and paths.of(each) == path]

    def showing(self, tree: HtmlElement, path: str, paths: Paths) -> list[HtmlElement]:
        """The elements of a page at a field path (`Paths.near`, with a mark after MARK if any), in document order."""
        path, _, mark = path.partition(MARK)
        last = path.rsplit(SEPARATOR, 1)[-1]
        return [
            each
            for each in tree.iter(*tags_of(last))
            if step(each, self.inner) == last and paths.near(each, self.inner) == path
            if not mark or mark_of(each) == mark
        ]

    def is_furniture(self, path: str) -> bool:
        """Whether a block is furniture: its path is not in `body`, and it or a path around it is in `furniture`."""
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
    """Those of the elements that are within the headline's area-th ancestor, or are that ancestor.

    Empty where the ancestor is missing or is the page's body.
    """
    holder = next(islice(headline.iterancestors(), area - 1, None), None)
    if holder is None or holder.tag in ("body", "html"):
        return []
    return [each for each in elements if each is holder or holder in each.iterancestors()]


def _span(first: HtmlElement, last: HtmlElement) -> Iterator[HtmlElement]:
    """Yield two siblings and all elements between them."""
    yield from takewhile(lambda each: each is not last, chain((first,), first.itersiblings("*")))
    yield last


def _prose(element: HtmlElement) -> int:
    return prune.sizes(element).prose(element)


def beside_first(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The first element and those near it, without those of further articles on the page.

    Near are elements within the first one's parent and grandparent, and within up to two more ancestors as long as the
    branch below them is a card with little text, such as one card per author.
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
    """Whether an element has at most _CARD letters."""
    letters = 0
    for text in element.itertext():
        letters += len(text.strip())
        if letters > _CARD:
            return False
    return True
