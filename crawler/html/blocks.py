"""Text blocks: the paragraphs under an element, in order, from p, headings, li, quotes, br, divs and text nodes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from crawler.html import characters
from crawler.html.characters import words
from crawler.html.tree import words_of

# With trafilatura's element names (head, item, quote, lb), since its result is walked by the same code.
BLOCKS = words(
    "address article aside blockquote body center dd details dir div dl dt fieldset figure footer form head header "
    "hgroup hr item legend li list main menu nav ol p pre quote row section summary table tbody td tfoot th thead tr "
    "ul h1 h2 h3 h4 h5 h6"
)
BREAKS = frozenset({"br", "lb"})
# Never text of an article, at any place.
SKIPPED = words(
    "script style noscript template iframe svg canvas object embed audio video form button select option textarea "
    "input nav aside figcaption map math applet frame frameset graphic"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head"})
HIDING_CLASSES = words(
    "d-none hidden hide invisible sr-only visually-hidden visuallyhidden screen-reader-text element-invisible"
)
SENTENCE_ENDS = (".", "؟", "!", "»", "…", '"', ":")
CAPTIONS = frozenset({"caption", "figcaption"})
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One paragraph. kind: "p", "heading", "li" or "quote". linked: the share of its letters, 0 to 1, in links.

    owner: the block element in which its text begins; None for text outside of any block element.
    """

    kind: str
    text: str
    linked: float = 0.0
    owner: HtmlElement | None = field(default=None, compare=False, repr=False)


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element's own attributes hide it on screens."""
    style = element.get("style")
    if style and _HIDING_STYLE.search(style):
        return True
    names = element.get("class")
    return bool(names and _hides(names)) or element.get("hidden") is not None


@lru_cache(maxsize=4096)
def _hides(names: str) -> bool:
    return not HIDING_CLASSES.isdisjoint(names.lower().split())


def is_caption(element: HtmlElement) -> bool:
    """Whether the element is the caption of a picture, by its tag or class."""
    return element.tag == "figcaption" or not CAPTIONS.isdisjoint(words_of(element))


def blocks(root: HtmlElement) -> list[TextBlock]:
    """All paragraphs under the element that are not empty. The time is linear in the size of the tree, at any depth."""
    return list(_Walk().over(root))


class _Walk:
    """One pass over a tree that collects inline text until a block ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.letters = 0
        self.linked = 0
        self.links = 0
        self.kinds: list[str] = []
        self.holders: list[HtmlElement] = []  # the enclosing block elements, the innermost last
        self.owner: HtmlElement | None = None

    def over(self, root: HtmlElement) -> Iterator[TextBlock]:
        # A stack of (element, whether it is being left), as pages nest deeper than Python may recurse.
        stack: list[tuple[HtmlElement, bool]] = [(root, False)]
        while stack:
            element, leaving = stack.pop()
            tag = element.tag
            if leaving:
                if tag in BLOCKS and self.pieces:
                    yield from self._flush()
                if self.holders[-1] is element:
                    self.holders.pop()
                self._leave(tag)
            elif not isinstance(tag, str):
                pass  # a comment, instruction or entity
            elif tag in BREAKS:
                yield from self._flush()
            elif tag not in SKIPPED and (element is root or not (is_hidden(element) or is_caption(element))):
                if tag in BLOCKS and self.pieces:
                    yield from self._flush()
                self._enter(element)
                stack.append((element, True))
                if len(element):
                    stack.extend((child, False) for child in reversed(element))
                continue
            elif tag in BLOCKS:
                yield from self._flush()
            if element is not root and element.tail:
                self._add(element.tail)
        yield from self._flush()

    def _enter(self, element: HtmlElement) -> None:
        tag = element.tag
        if tag in BLOCKS or not self.holders:
            self.holders.append(element)
        if tag in HEADINGS:
            self.kinds.append("heading")
        elif tag in ("li", "item"):
            self.kinds.append("li")
        elif tag in ("blockquote", "quote"):
            self.kinds.append("quote")
        elif tag in ("a", "ref"):
            self.links += 1
        if element.text:
            self._add(element.text)

    def _leave(self, tag: str) -> None:
        if self.kinds and (tag in HEADINGS or tag in ("li", "item", "blockquote", "quote")):
            self.kinds.pop()
        elif tag in ("a", "ref"):
            self.links -= 1

    def _add(self, text: str) -> None:
        if not self.pieces or self.owner is None:
            self.owner = self.holders[-1] if self.holders and not text.isspace() else None
        self.pieces.append(text)
        size = len(text) - text.count(" ")
        self.letters += size
        if self.links:
            self.linked += size

    def _flush(self) -> Iterator[TextBlock]:
        if not self.pieces:
            return
        text = characters.line("".join(self.pieces))
        linked = self.linked / self.letters if self.letters else 0.0
        self.pieces.clear()
        self.letters = self.linked = 0
        if text[:1].isalnum() or any(letter.isalnum() for letter in text):
            yield TextBlock(self.kinds[-1] if self.kinds else "p", text, linked, self.owner)
