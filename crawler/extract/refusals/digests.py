"""Recognise digests: pages of many teasers, each with its own label or link, that look like one long text.

A page that declares itself an article, or has a date or an author, is never a digest. On any other page, most of the
text must be connected prose. Measured (2026-11): in 469 articles at most a fifth of the letters stood in lines without
a sentence; of 191 article pages, read as if they declared nothing, none was refused; of 17 digests, all (before: 3).
"""

import re
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.extract.body.boilerplate import kind_of
from crawler.extract.fields.metadata import Metadata
from crawler.html.blocks import TextBlock, blocks
from crawler.html.page import Page
from crawler.html.spelling import comparable

_LEAST_ITEMS = 4
_MOST_IN_ITEMS = 0.6  # share of the text's letters in items from which a page is a digest
_LABEL = 100  # letters of a link that are compared with a line's beginning
_PIECES = 8  # text nodes of a link that are read
_END = 40  # last letters of a line, by which it is identified: its beginning may be a joined label
_LABELS = 2  # most links above a teaser, its section's and its own; a longer row of links is a list above a text
_HEADLINE = 4  # fewest words of a headline; names of sections and sites have fewer
_SENTENCE = re.compile(r"[،؛؟!]|[.:»\"”)](?=\s|$)")
_CUT_OFF = re.compile(r"(?:\.{3,}|…)[\s\]»)]*$|(?:المزيد|التفاصيل|القراءة|more)[\s.…»>\])]*$", re.I)
_DECLARED = '[itemprop~="articleBody"], [itemprop~="headline"], [property~="schema:articleBody"]'


def is_declared(page: Page, metadata: Metadata) -> bool:
    """Whether anything except the text shows that the page is an article: metadata, a date, an author, an agency."""
    published = metadata.published
    if (published and published.source != "url") or metadata.authors or metadata.agency:
        return True
    if any(page.article.get(key) for key in ("headline", "articleBody", "datePublished")):
        return True
    return any(kind.lower() == "article" for _, kind in page.meta("og:type")) or bool(page.names.select(_DECLARED))


@dataclass(frozen=True, slots=True)
class Items:
    """Ends of lines that are items of a list of other pages. titled: those below a label as long as a headline."""

    lines: frozenset[str]
    titled: frozenset[str]


def items_of(tree: HtmlElement, title: str) -> Items:
    """The items of a page: links, and teasers with a link before or after them.

    title: the headline. A link around it, and links to further reading in a text, are not counted as labels.
    """
    labels = {comparable("".join(islice(link.itertext(), _PIECES))[:_LABEL]) for link in tree.iter("a")} - {""}
    own = comparable(title)
    lines: set[str] = set()
    titled: set[str] = set()
    before: TextBlock | None = None
    above: list[str] = []  # the links right above the line
    for line in blocks(tree):
        kind = kind_of(line.text, linked=line.linked)
        if line.linked >= 0.9 and kind is None and comparable(line.text) != own:
            lines.add(line.text[-_END:])
            above.append(line.text)
            continue
        labelled = 0 < len(above) <= _LABELS
        if labelled or (line.linked > 0 and kind is None and _begins_with(line.text, labels)):
            lines.add(line.text[-_END:])
        if labelled and any(len(label.split()) >= _HEADLINE for label in above):
            titled.add(line.text[-_END:])
        if kind == "read-also" and before is not None and line.linked >= 0.5 and _CUT_OFF.search(line.text[-_END:]):
            lines.add(before.text[-_END:])  # "المزيد" under a teaser
        before, above = line, []
    return Items(frozenset(lines), frozenset(titled))


def _begins_with(line: str, labels: set[str]) -> bool:
    """Whether a line begins with one of the labels, as whole words. labels: comparable."""
    words = comparable(line[:_LABEL]).split()
    return any(" ".join(words[:count]) in labels for count in range(1, len(words) + 1))


def is_digest(paragraphs: tuple[str, ...], items: Items) -> bool:
    """Whether most of a text is items of a list, lines that are cut off, or lines without a sentence."""
    ends = {line[-_END:] for line in paragraphs}
    scattered = [
        line
        for line in paragraphs
        if line[-_END:] in items.lines or _CUT_OFF.search(line[-_END:]) or not _SENTENCE.search(line)
    ]
    # The body may be only one of the page's items.
    count = max(len(scattered), len(items.titled) if not items.titled.isdisjoint(ends) else 0)
    return count >= _LEAST_ITEMS and sum(map(len, scattered)) >= _MOST_IN_ITEMS * sum(map(len, paragraphs))
