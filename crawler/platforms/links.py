"""Telling a listing's article links from those of menus, sidebars, sliders and footers.

By the theme's or site's selector where one is known and finds something; else by structure: the links that stand in
the page's most frequent card, outside everything that is chrome by its element, role, class or id.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from lxml.html import HtmlElement

# Class and id tokens, of themes and CMSs in common use, of what is not the listing itself.
_CHROME_TOKENS = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|submenu|mega|header|masthead|topbar|top-bar|footer|colophon|sidebar|"
    r"side|aside|widget|widgets|breadcrumb|breadcrumbs|breaking|ticker|slider|slideshow|carousel|swiper|marquee|"
    r"share|social|tagcloud|tags|related|popular|trending|mostread|most-read|comment|comments|pagination|pager|"
    r"pages-nav|page-numbers|cookie|popup|modal|newsletter|subscribe|login|search|banner|advert|ads|author|"
    r"check-also)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_CHROME_ELEMENTS = frozenset(("nav", "footer", "aside", "form", "header"))
# A card's own <header> (WordPress: <header class="entry-header">) holds its headline.
_CARD_HEADER = re.compile(r"(?:entry|post|card|item|article|story)[-_]?header", re.IGNORECASE)
_CARD_ELEMENTS = frozenset(("article", "li", "section", "main"))

# Paths of listings and static pages, never of articles, in English and Arabic.
_NOT_ARTICLE = re.compile(
    r"/(?:category|categories|cat|tag|tags|topic|topics|author|authors|writer|writers|section|sections|page|search|feed|"
    r"rss|login|register|account|wp-login\.php|wp-admin|about|about-us|contact|contact-us|privacy|privacy-policy|terms|"
    r"advertise|sitemap|تصنيف|قسم|وسم|وسوم|كاتب|كتاب|الكاتب|اتصل-بنا|من-نحن|سياسة-الخصوصية)(?:/[^/]*)*/?$",
    re.IGNORECASE,
)
_ARTICLE_QUERY = re.compile(r"(?:^|&)(?:p|id|nid|newsid|articleid)=\d+", re.IGNORECASE)
# Some sites put articles below their section's path: a number, or a headline's many words, tells them apart.
_ARTICLE_NAME = re.compile(r"\d{4}|(?:[^-_]+[-_]){3}|\.(?:s?html?|aspx?|php)$", re.IGNORECASE)
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|m3u8|zip|docx?|xml|json|css|js|ico)$", re.IGNORECASE)
_MOST_ANCHORS = 10_000  # of one page: 50,000 took six seconds, in which no other site was crawled
_LONGEST_URL = 2000  # browsers take more, but no newspaper needs it
# The same one to three path segments three times in a row; numbers may repeat, as in a date.
_REPEATED_PATH = re.compile(r"((?:/\d*[^/\d][^/]*){1,3})\1\1(?:/|$)")
_SESSION_NAME = re.compile(r"sess|sid|jsession|cfid|cftoken|zenid", re.IGNORECASE)
_SESSION = re.compile(
    r"(?:(?:PHPSESSID|JSESSIONID|ASPSESSIONID\w*|ASP\.NET_SessionId|CFID|CFTOKEN|zenid|session_?id)=[^&]*"
    r"|(?:sid|sess|session|osCsid)=[0-9a-z]{16,})",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";jsessionid=[^/?#;]*", re.IGNORECASE)
_HEADLINE_CHARACTERS = 16  # Arabic headlines are longer than section names; 16 keeps three short words.


def article_links(tree: HtmlElement, base_url: str, *, selector: str, is_ours: Callable[[str], bool]) -> list[str]:
    """Absolute URLs of the listing's articles, in page order, each once. Empty when the page lists none."""
    if selector:
        chosen = _resolved(tree.cssselect(selector)[:_MOST_ANCHORS], base_url, is_ours)
        if chosen:
            return chosen
    return _resolved(_card_links(tree, base_url, is_ours), base_url, is_ours)


def names_article(url: str) -> bool:
    """Whether the URL alone looks like an article's: dated, numbered, or named by a headline's many words."""
    path = unquote(urlsplit(url).path).rstrip("/")
    if _ARTICLE_QUERY.search(urlsplit(url).query):
        return True
    return not _NOT_ARTICLE.search(path) and _ARTICLE_NAME.search(path.rpartition("/")[2]) is not None


def _resolved(anchors: Iterable[HtmlElement], base_url: str, is_ours: Callable[[str], bool]) -> list[str]:
    found: dict[str, None] = {}
    for anchor in anchors:
        url = link_url(anchor, base_url)
        if url is not None and is_ours(url):
            found.setdefault(url)
    return list(found)


def link_url(anchor: HtmlElement, base_url: str) -> str | None:
    """The anchor's absolute http(s) URL without fragment and session; None for anything else, and for traps.

    A trap is a path that repeats itself ("/a/a/a/": a relative link that leads ever deeper), or a URL past 2,000
    characters.
    """
    href = (anchor.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base_url, href).partition("#")[0]
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > _LONGEST_URL:
        return None
    return None if _REPEATED_PATH.search(parts.path) else _without_session(parts)


def _without_session(parts: SplitResult) -> str:
    """A session id makes a new URL of the same page at every visit."""
    query = parts.query
    if _SESSION_NAME.search(query):
        query = "&".join(piece for piece in query.split("&") if not _SESSION.fullmatch(piece))
    return parts._replace(path=_SESSION_PATH.sub("", parts.path), query=query).geturl()


def _card_links(tree: HtmlElement, base_url: str, is_ours: Callable[[str], bool]) -> list[HtmlElement]:
    """The links of the card structure that carries most headlines."""
    groups: dict[tuple[str, ...], dict[str, HtmlElement]] = defaultdict(dict)
    for anchor in islice(tree.iter("a"), _MOST_ANCHORS):
        url = link_url(anchor, base_url)
        if url is None or not is_ours(url) or not _may_be_article(url, base_url) or in_chrome(anchor):
            continue
        if len(_label(anchor)) >= _HEADLINE_CHARACTERS:
            groups[_structure(anchor)].setdefault(url, anchor)
    if not groups:
        return []
    # The listing's cards outnumber a "picked for you" box of the same page; ties go to the longer headlines.
    best = max(groups.values(), key=lambda group: (len(group), sum(len(_label(a)) for a in group.values())))
    # Pages often give the first card a structure of its own (a large one on top): take groups under the same list.
    anchors = {id(a): a for a in best.values()}
    holder = _common_holder(list(best.values()))
    if holder is not None and len(best) > 1:
        within = {id(e) for e in holder.iter("a")}
        for group in groups.values():
            anchors.update({id(a): a for a in group.values() if id(a) in within})
    return [a for a in tree.iter("a") if id(a) in anchors]


def _may_be_article(url: str, base_url: str) -> bool:
    parts = urlsplit(url)
    path = unquote(parts.path)
    if not path.strip("/") and not _ARTICLE_QUERY.search(parts.query):
        return False
    last = path.rstrip("/").rpartition("/")[2]
    if _FILE.search(path) or (_NOT_ARTICLE.search(path) and not _ARTICLE_NAME.search(last)):
        return False
    return path.rstrip("/") != unquote(urlsplit(base_url).path).rstrip("/") or bool(parts.query)


def _label(anchor: HtmlElement) -> str:
    text = " ".join(anchor.text_content().split())
    return text or (anchor.get("title") or anchor.get("aria-label") or "").strip()


def in_chrome(element: HtmlElement) -> bool:
    """Whether the element stands in a menu, sidebar, slider, footer or the like."""
    for around in (element, *element.iterancestors()):
        tag = around.tag
        if tag == "body":
            return False
        names = f"{around.get('class') or ''} {around.get('id') or ''}"
        if tag in _CHROME_ELEMENTS and not (tag == "header" and _CARD_HEADER.search(names)):
            return True
        if around.get("role") in ("navigation", "complementary", "contentinfo", "banner", "search"):
            return True
        # A card may be classed "has-tags" or "author-x" by a CMS: tokens of cards do not tell.
        if tag not in _CARD_ELEMENTS and tag != "a" and not _CARD_HEADER.search(names) and _CHROME_TOKENS.search(names):
            return True
    return False


def _structure(anchor: HtmlElement) -> tuple[str, ...]:
    """Tags and first class tokens of the anchor and the three elements around it: alike for the cards of one list."""
    steps = []
    for around in (anchor, *list(anchor.iterancestors())[:3]):
        # Tokens with digits are ids of posts or of the place in the list.
        tokens = [t for t in (around.get("class") or "").split() if not any(c.isdigit() for c in t)]
        steps.append(f"{around.tag}.{tokens[0] if tokens else ''}")
    return tuple(steps)


def _common_holder(anchors: list[HtmlElement]) -> HtmlElement | None:
    """The nearest element that holds them all."""
    if not anchors:
        return None
    around = list(anchors[0].iterancestors())
    for anchor in anchors[1:]:
        kept = set(anchor.iterancestors())
        around = [element for element in around if element in kept]
    return around[0] if around and around[0].tag not in ("body", "html") else None
