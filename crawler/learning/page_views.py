"""One page as input of the learner: its blocks, and for each block how many of three extractors return it as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from crawler.extract.body import picture_stories
from crawler.extract.body.body_text import is_small, trafilatura_body
from crawler.extract.body.candidates import heaviest
from crawler.extract.body.lines import GUESSES
from crawler.extract.extractor import extract
from crawler.html import prune
from crawler.html.blocks import TextBlock, blocks
from crawler.html.decode import decode
from crawler.html.page import Page, open_page
from crawler.html.spelling import comparable_line
from crawler.html.tree import parse
from crawler.profile.line_keys import line_key
from crawler.site import Site
from storage.records import Article, Capture

READERS = 3  # extractors that vote: `extract` itself, the heaviest element, trafilatura
_LONGEST_LINE = 2_000  # letters of a line that are compared


@dataclass(slots=True)
class PageView:
    """blocks: all blocks of the page, in order, without teasers of other articles and embedded posts. keys: the
    `line_key` of each block. votes: for each block, how many of the READERS return it as text of the article.
    """

    page: Page
    article: Article
    fetched_at: datetime
    blocks: list[TextBlock]
    keys: list[str]
    votes: list[int]


def view(capture: Capture, site: Site) -> PageView | None:
    """The view of a captured page; None where `extract` without a profile finds no article."""
    extraction = extract(capture, site)
    if extraction.article is None:
        return None
    text = decode(capture.body, capture.header("Content-Type")).text
    tree = parse(text)
    if tree is None:
        return None
    prune.unwrap_forms(tree)
    picture_stories.captions_to_paragraphs(tree)
    page = open_page(tree, text, capture.url, site)
    teasers = {inner for each in _of_others(tree) for inner in each.iter("*")}
    body = tree.find("body")
    page_blocks = [block for block in blocks(tree if body is None else body) if block.owner not in teasers]
    own = extraction.article.text.split("\n\n")
    # Text from an element that the page names or declares as the body counts as two votes; trafilatura, the slowest
    # extractor, then need not run.
    is_guess = extraction.evidence.get("text", "").startswith(GUESSES)
    readers = [own, _heaviest(text), _trafilatura(text) if is_guess else own]
    return PageView(
        page,
        extraction.article,
        capture.fetched_at,
        page_blocks,
        [line_key(each.text) for each in page_blocks],
        _votes(page_blocks, readers),
    )


def _votes(lines: list[TextBlock], readers: Sequence[Sequence[str]]) -> list[int]:
    votes = [0] * len(lines)
    folded = [comparable_line(line.text[:_LONGEST_LINE]) for line in lines]
    for reader in readers:
        text = {comparable_line(each[:_LONGEST_LINE]) for each in reader}
        for place, line in enumerate(folded):
            if line in text:
                votes[place] += 1
    return votes


def _heaviest(text: str) -> list[str]:
    tree = parse(text)
    if tree is None:
        return []
    _remove_others(tree)
    root = tree.find("body")
    element: HtmlElement | None = heaviest(prune.sizes(tree if root is None else root))
    return [] if element is None else [block.text for block in blocks(element)]


def _trafilatura(text: str) -> list[str]:
    tree = parse(text)
    if tree is None or not is_small(prune.sizes(tree), tree):
        return []
    _remove_others(tree)
    content = trafilatura_body(tree)
    return [] if content is None else [block.text for block in blocks(content)]


def _remove_others(tree: HtmlElement) -> None:
    picture_stories.captions_to_paragraphs(tree)
    for each in _of_others(tree):
        prune.remove(each)


def _of_others(tree: HtmlElement) -> list[HtmlElement]:
    """The teasers of other articles and the embedded posts of social networks."""
    return [*prune.teaser_cards(tree), *prune.embedded_posts(tree)]
