"""Headlines: find the links of a page that may go to articles, by their URL and their label."""

from collections import Counter
from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from crawler.listings.links import link_url, may_be_article, names_article
from crawler.listings.listing_furniture import HEADINGS, is_heading
from crawler.listings.url_patterns import is_telling, pattern_of

MOST_ANCHORS = 10_000  # of one page; 50,000 took six seconds, in which no other site was crawled
EXCERPT = 25  # fewest letters of an excerpt beside the headline
_HEADLINE_CHARACTERS = 16  # Arabic headlines are longer than section names; 16 keeps three short words.
_SHORT_HEADLINE = 8  # fewest letters in a heading, or of a link whose URL looks like an article's
_LEAST_ALIKE = 3  # longer headlines of the same make that a short one needs
_Make = tuple[object, ...]  # tag and class of a link and of two elements around it, and the pattern of its URL
_MOST_BESIDE = 20  # links of one card
_SEVERAL = 4  # a page links to one article fewer times than this: slider, list, most read


def headlines(tree: HtmlElement, base_url: str, is_ours: Callable[[str], bool]) -> list[tuple[HtmlElement, str]]:
    """Links that may go to articles, in page order, each with its absolute URL.

    Candidates have an article-like URL and a label of sufficient length, which may be shorter in a heading, on a
    picture, or among similar links. Links in running text, and URLs that many cards link to, are left out.
    """
    links: list[tuple[HtmlElement, str]] = []
    short: dict[HtmlElement, _Make] = {}
    headings: set[HtmlElement] = set()  # links of a few words in headings
    makes: Counter[_Make] = Counter()
    counts: Counter[str] = Counter()
    judged: dict[str, str | None] = {}  # href to its URL, None if no article's: a cache, as pages repeat links
    lengths: dict[HtmlElement, int] = {}  # of the texts of paragraphs, each measured once
    for anchor in islice(tree.iter("a"), MOST_ANCHORS):
        href = anchor.get("href") or ""
        if href not in judged:
            address = link_url(anchor, base_url)
            right = address is not None and is_ours(address) and may_be_article(address, base_url)
            judged[href] = address if right else None
        url = judged[href]
        if url is None:
            continue
        text = " ".join(anchor.text_content().split())
        length = len(text or _title_of(anchor))
        if _in_running_text(anchor, length, lengths):
            continue
        is_short = is_heading_link = False
        if (
            length >= _HEADLINE_CHARACTERS
            or (names_article(url) and _shows_picture(anchor, text))
            or (is_heading_link := length >= _SHORT_HEADLINE and in_heading(anchor))
            or (is_short := length >= _SHORT_HEADLINE and names_article(url))
        ):
            make = _make(anchor, url)
            if is_short:
                short[anchor] = make
            else:
                makes[make] += 1
            if is_heading_link:
                headings.add(anchor)
            links.append((anchor, url))
            counts[url] += text != ""
    # A short label is a headline only if longer headlines have the same make: classes and URL pattern.
    links = [pair for pair in links if pair[0] not in short or makes[short[pair[0]]] >= _LEAST_ALIKE]
    # Where most article URLs have a telling pattern, a heading with another pattern names the section of its box.
    patterns = Counter(pattern_of(url) for anchor, url in links if anchor not in headings)
    articles = {pattern for pattern in patterns if is_telling(pattern)}
    if 2 * sum(patterns[pattern] for pattern in articles) > patterns.total():
        links = [(a, url) for a, url in links if a not in headings or pattern_of(url) in articles]
    # A URL that many cards link to is a section or a tag.
    many = max(_SEVERAL, 0.3 * len({url for _, url in links}))
    return [(anchor, url) for anchor, url in links if counts[url] < many]


def _make(anchor: HtmlElement, url: str) -> _Make:
    around = (anchor, *islice(anchor.iterancestors(), 2))
    return *((each.tag, each.get("class") or "") for each in around), pattern_of(url)


def label_of(anchor: HtmlElement) -> str:
    """The link's text on one line, else its title or aria-label, else the heading of the card that it covers."""
    text = " ".join(anchor.text_content().split())
    return text or _title_of(anchor)


def _title_of(anchor: HtmlElement) -> str:
    return (anchor.get("title") or anchor.get("aria-label") or "").strip() or _heading_beside(anchor)


def _shows_picture(anchor: HtmlElement, text: str) -> bool:
    """Whether a link contains a picture, or has no text and covers a picture beside it. text: the link's text."""
    if next(anchor.iter("img", "picture"), None) is not None:
        return True
    around = None if text else anchor.getparent()
    return around is not None and next(around.iter("img", "picture"), None) is not None and _covers(around)


def _heading_beside(anchor: HtmlElement) -> str:
    """The heading of the card that a link without words covers; "" where it has none or has links to several URLs."""
    for around in islice(anchor.iterancestors(), 2):
        heading = next(around.iter(*HEADINGS), None)
        if heading is not None:
            is_linked = next(heading.iter("a"), None) is not None
            return " ".join(heading.text_content().split()) if _covers(around) and not is_linked else ""
    return ""


def _covers(around: HtmlElement) -> bool:
    """Whether all links without words in an element have the same URL."""
    links = [each for each in islice(around.iter("a"), _MOST_BESIDE) if not "".join(each.itertext()).strip()]
    return len({each.get("href") for each in links}) == 1 and len(links) < _MOST_BESIDE


def in_heading(anchor: HtmlElement) -> bool:
    """Whether the link is, is in, or is around a heading."""
    near = (anchor, *islice(anchor.iterancestors(), 2))
    return any(map(is_heading, near)) or next(anchor.iter(*HEADINGS), None) is not None


def _in_running_text(anchor: HtmlElement, length: int, lengths: dict[HtmlElement, int]) -> bool:
    """Whether a link is within a paragraph that has EXCERPT letters more than its label. length: of the label.

    lengths: cache of the paragraphs' lengths.
    """
    parent = anchor.getparent()
    for around in () if parent is None else (parent, parent.getparent()):
        if around is not None and around.tag == "p":
            if around not in lengths:
                lengths[around] = len(" ".join(around.text_content().split()))
            return lengths[around] >= length + EXCERPT and not in_heading(anchor)
    return False
