"""Recognise the furniture of a listing page: menus, sidebars, sliders, tickers, most-read boxes, footers.

The evidence is an element's tag or role, words in its class and id (crawler.html.furniture), the heading of its box, or
its width as a narrow column beside a wide one. The name of a side column is weak evidence, which `opens` overrules.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from crawler.html import furniture
from crawler.html.tree import names_of


def _apart(*words: str) -> re.Pattern[str]:
    """A pattern of complete words of a name, between hyphens, underscores, spaces and digits."""
    return re.compile(rf"(?:^|[-_\s])(?=[^\W_])(?:{'|'.join(words)})(?:$|[-_\s\d])", re.IGNORECASE)


WORDS = _apart(*furniture.words("listing", "out"), r"widget_\w+")  # WordPress: "widget_recent_entries"
_STRICT_WORDS = re.compile(rf"(?:^|\s)(?:{'|'.join(furniture.words('listing', 'strict'))})(?:$|\s)", re.IGNORECASE)
_PAGERS = _apart(*furniture.words("listing", "pager"))
_SLIDERS = _apart(*furniture.words("listing", "slider"))
_SIDEBARS = _apart("sidebar", "side", "side-bar", "aside", "secondary", "rightcol", "leftcol")
# Names that describe the layout of an element's content, not the element: "has-sidebar", "no-header".
_LAYOUT = re.compile(r"(?:^|[-_])(?:has|with|without|no|is|hide|show)[-_]", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# A card's own <header> (WordPress: <header class="entry-header">) holds its headline.
_CARD_HEADER = re.compile(r"(?:entry|post|page|card|item|article|story|news)[-_]?header", re.IGNORECASE)
# Cards are classed by their topic ("tag-x", "author-y"); such words do not make them furniture.
_CARD_ELEMENTS = frozenset(("article", "li", "main", "tr"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LONGEST_HEADING = 40  # characters
_BOX_HEADINGS = ("h2", "h3", "h4", "h5", "h6", "div", "span", "p", "strong", "b", "font", "th", "td")
_COLUMN = re.compile(r"(?:^|\s)col-(?:(?:xs|sm|md|lg|xl|xxl)-)?(\d{1,2})(?=\s|$)")
_NARROW, _WIDE = 4, 7  # of twelve columns
_WRAPS_MOST = 0.8  # share of the page's headlines in an element that holds the page's content
DEEPEST = 60  # ancestors that are examined; real pages nest links 30 deep
_MOST_BESIDE = 100_000  # elements after headings that are examined on one page; real pages have some hundred
_FEW = 3  # headlines; a pager has fewer, such as a long "next" link


_HEADING_CLASS = re.compile(r"title|head(?:line|ing)|عنوان", re.IGNORECASE)


def is_heading(element: HtmlElement) -> bool:
    """Whether an element is a heading by its tag or class."""
    return element.tag in HEADINGS or _names_heading(element.get("class") or "")


@lru_cache(maxsize=8192)  # a page's elements share few names
def _names_heading(classes: str) -> bool:
    return _HEADING_CLASS.search(classes) is not None


@lru_cache(maxsize=8192)
def _is_sidebar(names: str) -> bool:
    return _SIDEBARS.search(names) is not None


class ListingFurniture:
    """The furniture of one page. headlines: the links of the page that may go to articles.

    lenient: ignore the strict furniture names, such as those of widgets, and do not count an element that holds all
    headlines as furniture by its name or width; for pages on which no listing is found otherwise.
    """

    def __init__(self, tree: HtmlElement, headlines: Iterable[HtmlElement], *, lenient: bool = False) -> None:
        self._lenient = lenient
        self._judged: dict[HtmlElement, bool] = {}
        self._own_columns: set[HtmlElement] = set()  # no furniture although their names are those of side columns
        self._held: dict[HtmlElement, int] = {}
        self._count = 0
        for anchor in headlines:
            self._count += 1
            for around in islice(anchor.iterancestors(), DEEPEST):
                self._held[around] = self._held.get(around, 0) + 1
        # Computed once for the page: one search per element took minutes on hostile pages.
        self._around_landmarks: set[HtmlElement] = set()
        self._around_sidebars: set[HtmlElement] = set()
        for inner in tree.iter("main", "aside", "footer", "div", "td", "section"):
            if inner.tag in ("main", "aside", "footer") or inner.get("role") == "main":
                _add_ancestors(self._around_landmarks, inner)
            if _is_sidebar(names_of(inner)):
                _add_ancestors(self._around_sidebars, inner)
        self._beside: dict[HtmlElement, tuple[float, int, int]] = {}
        self._boxes = set(self._headed_boxes(tree))

    def holds(self, element: HtmlElement) -> bool:
        """Whether the element is furniture or stands in furniture."""
        path = []
        verdict = False
        for around in islice((element, *element.iterancestors()), DEEPEST):
            if around.tag in ("body", "html"):
                break
            if around in self._judged:
                verdict = self._judged[around]
                break
            path.append(around)
        for around in reversed(path):
            verdict = verdict or self._is_furniture(around)
            self._judged[around] = verdict
        return verdict

    def opens(self, element: HtmlElement) -> bool:
        """Stop counting the named side columns around an element as furniture; return whether that succeeded.

        False, and nothing changes, where none of them has the name of a side column, or where the element stands in
        other furniture as well.
        """
        around = (element, *islice(element.iterancestors(), DEEPEST))
        columns = {each for each in around if _is_sidebar(_plain(names_of(each)))}
        if not columns:
            return False
        self._own_columns, closed = self._own_columns | columns, self._own_columns
        self._judged.clear()
        if self.holds(element):
            self._own_columns = closed
            self._judged.clear()
            return False
        return True

    def is_in_slider(self, element: HtmlElement) -> bool:
        """Whether the element is or stands in a slider, by classes and ids."""
        around = (element, *islice(element.iterancestors(), DEEPEST))
        return any(_SLIDERS.search(_plain(names_of(each))) and not self._wraps_page(each) for each in around)

    def _is_furniture(self, element: HtmlElement) -> bool:
        tag = element.tag
        names = names_of(element)
        if element in self._boxes or element.get("role") in furniture.ROLES:
            return True
        if tag in furniture.LISTING_TAGS and not (tag == "header" and _CARD_HEADER.search(names)):
            return not (tag == "form" and self._wraps_page(element))  # ASP.NET puts whole pages into a form
        if tag == "a" or tag in _CARD_ELEMENTS or tag in HEADINGS or _CARD_HEADER.search(names):
            return False
        return self._is_named_so(element, names) or (self._is_side_column(element) and not self._wraps_page(element))

    def _is_named_so(self, element: HtmlElement, names: str) -> bool:
        tokens = _plain(names).split()
        if any(map(_PAGERS.search, tokens)) and self._held.get(element, 0) < _FEW:
            return True
        # A list with the class "pagination_nav" is named after its pager, and "nav" must not make it a menu.
        words = " ".join(token for token in tokens if not _PAGERS.search(token))
        if element in self._own_columns:
            words = _SIDEBARS.sub(" ", words)
        if not self._lenient and _STRICT_WORDS.search(words):
            return True
        return bool(WORDS.search(words)) and not self._wraps_page(element)

    def _is_side_column(self, element: HtmlElement) -> bool:
        """Whether an element is a narrow column of a grid or layout table beside a wide one."""
        own_width = _width(element) if element.tag == "td" else None
        own_columns = _columns(element) or _WIDE
        around = element.getparent()
        if around is None or (own_width is None and own_columns > _NARROW) or self._held.get(element, 0) < _FEW:
            return False
        if around not in self._beside:
            cells = list(around)
            columns = [_columns(cell) or 0 for cell in cells]
            width = max((_width(cell) or 0 for cell in cells if cell.tag == "td"), default=0)
            self._beside[around] = width, max(columns, default=0), sum(0 < each <= _NARROW for each in columns)
        width, widest, narrow = self._beside[around]
        # Many narrow columns below a wide one are the cards of a grid below its lead.
        return (own_width is not None and own_width * 2 <= width) or (
            own_columns <= _NARROW and widest >= _WIDE and narrow <= 2
        )

    def _wraps_page(self, element: HtmlElement) -> bool:
        """Whether an element holds the page's content, so that its name ("sidebar-left") describes only the layout."""
        if element.tag == "form" or self._lenient:
            return self._count > 0 and self._held.get(element, 0) >= self._count * (1 if self._lenient else _WRAPS_MOST)
        if element in self._around_landmarks:
            return True
        return element in self._around_sidebars and _is_sidebar(names_of(element))

    def _only_wraps(self, element: HtmlElement) -> bool:
        """Whether an element holds only one child, which may be the same heading."""
        if len(element) != 1 or element in self._held or not _is_blank(element.text):
            return False
        inner = element[0]
        return inner.tag in _BOX_HEADINGS and len(inner) <= 2 and _is_blank(inner.tail)

    def _headed_boxes(self, tree: HtmlElement) -> Iterable[HtmlElement]:
        """Yield the boxes under a heading such as "most read", or the heading's following siblings without a box."""
        left = iter(range(_MOST_BESIDE))
        for heading in tree.iter(*_BOX_HEADINGS):
            if len(heading) > 2 or self._held.get(heading, 0) > 1 or self._only_wraps(heading):
                continue
            text = _short_text(heading)
            if not text or not furniture.BOX_HEADING.match(text):
                continue
            branch = heading
            for around in heading.iterancestors():
                if self._held.get(around, 0):
                    if around.tag not in ("body", "html", "main") and self._held[around] < self._count * _WRAPS_MOST:
                        yield around
                    else:
                        yield from _until_next(branch, heading, left)
                    break
                branch = around


def _plain(names: str) -> str:
    """The names without those that describe the layout; camel case is divided by hyphens."""
    return " ".join(token for token in _CAMEL.sub("-", names).split() if not _LAYOUT.search(token))


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def _short_text(element: HtmlElement) -> str:
    """The element's text; "" where it is longer than a heading."""
    parts: list[str] = []
    letters = 0
    # Most elements have no grandchildren; reading their texts directly is faster than itertext.
    if any(map(len, element)):
        texts: Iterable[str | None] = islice(element.itertext(), 20)
    else:
        texts = (element.text, *(text for child in element for text in (child.text, child.tail)))
    for part in texts:
        words = part.split() if part else ()
        parts += words
        letters += sum(map(len, words))
        if letters > _LONGEST_HEADING:
            return ""
    text = " ".join(parts)
    return text if len(text) <= _LONGEST_HEADING else ""


def has_own_heading(part: HtmlElement) -> bool:
    """Whether a part of the page begins with a heading of level 2 to 6 that is no link."""
    for element in islice(part.iter(), 1, 12):
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            inner = next(element.iter("a"), None)
            return inner is None and next(element.iterancestors("a"), None) is None
        if element.tag in ("a", "img"):
            return False
    return False


def _add_ancestors(known: set[HtmlElement], element: HtmlElement) -> None:
    for around in element.iterancestors():
        if around in known:
            break
        known.add(around)


def _until_next(branch: HtmlElement, heading: HtmlElement, left: Iterator[int]) -> Iterable[HtmlElement]:
    """Yield the siblings after a heading's branch, up to the next heading or branch of the same kind.

    left: the page's budget of elements; one is consumed for each.
    """
    for sibling, _ in zip(branch.itersiblings(), left, strict=False):
        if sibling.tag == heading.tag or (sibling.tag == branch.tag and sibling.get("class") == branch.get("class")):
            return
        yield sibling


def _columns(element: HtmlElement) -> int | None:
    columns = _COLUMN.findall(element.get("class") or "")
    return min(map(int, columns), key=lambda n: (n == 12, n)) if columns else None


def _width(cell: HtmlElement) -> float | None:
    width = re.match(r"\s*(\d{1,5})", cell.get("width") or "")
    return float(width[1]) if width else None
