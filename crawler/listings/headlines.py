"""Headlines: the links of a page that may lead to articles, by their address and their label."""

from collections import Counter
from collections.abc import Callable
from itertools import islice

from lxml.html import HtmlElement

from crawler.listings.links import link_url, may_be_article, names_article
from crawler.listings.listing_furniture import HEADINGS, is_heading
from crawler.listings.url_patterns import is_telling, pattern_of

MOST_ANCHORS = 10_000  # of one page; 50,000 took six seconds, in which no other site was crawled
EXCERPT = 25  # letters beside the headline
_HEADLINE_CHARACTERS = 16  # Arabic headlines are longer than section names; 16 keeps three short words.
_SHORT_HEADLINE = 8  # in a heading, or beside the same link around a picture
_LEAST_ALIKE = 3  # headlines beside a short one
_Make = tuple[object, ...]  # tag and class of a link and of two elements around it, and the pattern of its address
_MOST_BESIDE = 20  # links of one card
_SEVERAL = 4  # times that one page may link to an article: slider, list, most read


def headlines(tree: HtmlElement, base_url: str, is_ours: Callable[[str], bool]) -> list[tuple[HtmlElement, str]]:
    """Links that may lead to articles, in page order, each with its absolute URL."""
    links: list[tuple[HtmlElement, str]] = []
    short: dict[HtmlElement, _Make] = {}
    headings: set[HtmlElement] = set()  # links of a few words in headings
    makes: Counter[_Make] = Counter()
    counts: Counter[str] = Counter()
    judged: dict[str, str | None] = {}  # an address as written, to its URL; pages repeat each several times
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
        # The headline beside a picture leads to the same.
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
    # A few words are a headline among headlines: in links of the same make, to addresses of the same pattern.
    links = [pair for pair in links if pair[0] not in short or makes[short[pair[0]]] >= _LEAST_ALIKE]
    # Where articles have addresses that tell, a heading that leads elsewhere names the section of the box below it.
    patterns = Counter(pattern_of(url) for anchor, url in links if anchor not in headings)
    articles = {pattern for pattern in patterns if is_telling(pattern)}
    if 2 * sum(patterns[pattern] for pattern in articles) > patterns.total():
        links = [(a, url) for a, url in links if a not in headings or pattern_of(url) in articles]
    # An address that many cards lead to is a section or a tag.
    many = max(_SEVERAL, 0.3 * len({url for _, url in links}))
    return [(anchor, url) for anchor, url in links if counts[url] < many]


def _make(anchor: HtmlElement, url: str) -> _Make:
    around = (anchor, *islice(anchor.iterancestors(), 2))
    return *((each.tag, each.get("class") or "") for each in around), pattern_of(url)


def label_of(anchor: HtmlElement) -> str:
    """The link's text on one line, else its title, else the heading beside it."""
    text = " ".join(anchor.text_content().split())
    return text or _title_of(anchor)


def _title_of(anchor: HtmlElement) -> str:
    return (anchor.get("title") or anchor.get("aria-label") or "").strip() or _heading_beside(anchor)


def _shows_picture(anchor: HtmlElement, text: str) -> bool:
    """Whether it is around a picture, or covers one that stands beside it. text: the link's."""
    if next(anchor.iter("img", "picture"), None) is not None:
        return True
    around = None if text else anchor.getparent()
    return around is not None and next(around.iter("img", "picture"), None) is not None and _covers(around)


def _heading_beside(anchor: HtmlElement) -> str:
    """The heading of the card that a link without words covers; "" where it has none, or several such links."""
    for around in islice(anchor.iterancestors(), 2):
        heading = next(around.iter(*HEADINGS), None)
        if heading is not None:
            is_linked = next(heading.iter("a"), None) is not None
            return " ".join(heading.text_content().split()) if _covers(around) and not is_linked else ""
    return ""


def _covers(around: HtmlElement) -> bool:
    """Whether all links without words in an element lead to one address."""
    links = [each for each in islice(around.iter("a"), _MOST_BESIDE) if not "".join(each.itertext()).strip()]
    return len({each.get("href") for each in links}) == 1 and len(links) < _MOST_BESIDE


def in_heading(anchor: HtmlElement) -> bool:
    """Whether the link is, is in, or is around a heading."""
    near = (anchor, *islice(anchor.iterancestors(), 2))
    return any(map(is_heading, near)) or next(anchor.iter(*HEADINGS), None) is not None


def _in_running_text(anchor: HtmlElement, length: int, lengths: dict[HtmlElement, int]) -> bool:
    """Whether it is a link within a paragraph of text. length: of its label."""
    parent = anchor.getparent()
    for around in () if parent is None else (parent, parent.getparent()):
        if around is not None and around.tag == "p":
            if around not in lengths:
                lengths[around] = len(" ".join(around.text_content().split()))
            return lengths[around] >= length + EXCERPT and not in_heading(anchor)
    return False
