"""Find the reason why a page gives no article: an error, another kind of page, or no Arabic text."""

import re
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from crawler.extract.refusals import block_pages
from crawler.extract.refusals.soft_404 import is_notice, is_soft_404
from crawler.extract.refusals.walls import WALL, is_free
from crawler.html import characters, jsonld
from crawler.html.characters import words
from crawler.html.decode import decode
from crawler.html.page import Page
from crawler.html.tree import content, find
from storage.records import Capture, Reason

_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|article|p|h1)\b", re.I)
_XML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,300}\?>\s*|<!--.{0,500}?-->\s*){0,8}"
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b",
    re.I | re.S,
)
_NOT_HTML_START = (b"%PDF-", b"PK\x03\x04", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"\x1f\x8b", b"{", b"[{")
_LISTING_CLASSES = words("archive blog search-results search-no-results post-type-archive")
_FAINT_LISTING_CLASSES = words("home category tag author search date paged")
_PERSIAN_URDU_KURDISH = re.compile("[پچژگڑٹڈڻےۓۆێەڕڵڤݨ]")
_ARABIC_WORDS = words(
    "في من على إلى الى أن ان عن التي الذي مع بعد قبل هذا هذه كما وقال أو لا ما بين خلال حيث كان قد لم غير ذلك و"
)
_OTHER_WORDS = words("است از که در این را به با برای می شود بود ہے کے کی میں سے کا اور نے لە بۆ کە ئەم دە د په چې")
_CAPTION = 200  # letters; a shorter text below a video only describes it
_LETTERS = re.compile(r"[^\W\d_]+")
_TEXTS = etree.XPath("descendant::text()[not(parent::script or parent::style or parent::template)]")
_TEXT_BYTES = bytes([*b"\t\n\r\f\x1a\x1b", *range(0x20, 0x7F), *range(0x80, 0x100)])


def reason_of_answer(capture: Capture) -> Reason | None:
    """The reason by status, headers and first bytes, before the page is parsed; None when there is none so far."""
    block = block_pages.block_of_headers(capture)
    if block:
        return block
    if not 200 <= capture.status < 300:
        return _reason_of_status(capture)
    if not capture.body.strip():
        return Reason.EMPTY
    return None if _is_html(capture) else Reason.NOT_HTML


def _reason_of_status(capture: Capture) -> Reason:
    if capture.status in (404, 410):
        return Reason.NOT_FOUND
    html = decode(capture.body[: block_pages.HEAD_BYTES], capture.header("Content-Type")).text
    return block_pages.block_of_status(capture.status, html) or Reason.HTTP_ERROR


def _is_html(capture: Capture) -> bool:
    """Whether a response is HTML by its declared type and its first bytes; neither can be trusted alone."""
    kind = (capture.header("Content-Type") or "").split(";")[0].strip().lower()
    start = capture.body[:4096]
    if start.lstrip().startswith(_NOT_HTML_START) or _is_binary(start) or _XML_START.match(start):
        return False
    if kind.startswith(("image/", "audio/", "video/", "font/")):
        return False
    return kind in ("text/html", "application/xhtml+xml") or _HTML_START.search(start) is not None


def _is_binary(start: bytes) -> bool:
    """Whether more than one byte in 20 is a control character, and no UTF-16 byte order mark precedes them."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return len(start.translate(None, _TEXT_BYTES)) * 20 > len(start)


def reason_of_page(page: Page) -> Reason | None:
    """The reason by the parsed page, before its fields are read: block page, password, soft 404, listing; else None."""
    bare = _is_bare(page.tree)
    small = bare and len(page.html) <= block_pages.HEAD_BYTES
    block = block_pages.block_of_page(page.url, page.html, bare=bare, text=_shown(page.tree) if small else "")
    if block:
        return block
    asks = any(each.get("name") == "post_password" for each in page.tree.iter("input"))
    if asks or page.names.select("form.post-password-form"):
        return Reason.PROTECTED
    body = page.tree.find("body")
    classes = set((body.get("class") or "").lower().split()) if body is not None else set()
    if "error404" in classes:
        return Reason.SOFT_404
    return Reason.LISTING if _is_listing(page, classes) else None


def _is_listing(page: Page, classes: set[str]) -> bool:
    if any(name.startswith(("single", "postid-")) for name in classes) or page.article.get("datePublished"):
        return False
    cards = _cards(page.tree)
    # Other systems than WordPress use "home", "tag" and "author" freely, so linked headings must confirm them.
    if classes & _LISTING_CLASSES or (classes & _FAINT_LISTING_CLASSES and cards >= 5):
        return True
    if jsonld.of_type(page.nodes, "collectionpage", "searchresultspage") and not page.article:
        return cards >= 3
    if len(page.matches("links")) >= 5 and not page.matches("body"):
        return True
    kinds = [value.lower() for _, value in page.meta("og:type")]
    parts = urlsplit(page.url)
    # "/?p=123" is an article's URL in a WordPress without permalinks.
    if parts.path.strip("/") == "" and not parts.query:
        return cards >= 3 and "article" not in kinds
    return cards >= 8 and "website" in kinds and not page.matches("date") and not _has_paragraphs(page.tree)


def _cards(tree: HtmlElement) -> int:
    """The number of headings that are links, each a teaser of another page."""
    headings = tree.iter("h1", "h2", "h3", "h4")
    return sum(1 for each in headings if each.getparent().tag == "a" or each.find("a") is not None)


def _has_paragraphs(tree: HtmlElement) -> bool:
    """Whether three paragraphs of more than 120 letters stand side by side."""
    counted: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and len(content(paragraph)) > 120:
            counted[parent] = counted.get(parent, 0) + 1
    return max(counted.values(), default=0) >= 3


def reason_of_text(page: Page, title: str | None, text: str | None) -> Reason | None:
    """The reason by headline and text; None when they are those of an article."""
    is_error = is_soft_404(title, text, declared=_is_dated(page)) if title else text is not None and is_notice(text)
    if is_error and (title or not _is_dated(page)):
        return Reason.SOFT_404
    if text is None:
        return _reason_of_nothing(page)
    if language_of(text) != "ar":
        return Reason.NOT_ARABIC
    if len(text) < _CAPTION and not page.article and _is_video(page):
        return Reason.VIDEO
    if len(text) <= block_pages.SHORT:
        wall = block_pages.wall_before_text(text, map(_shown, find(page.tree, WALL)), free=is_free(page))
        if wall:
            return wall
    return Reason.UNTITLED if title is None else None


def _is_bare(tree: HtmlElement) -> bool:
    """Whether a page has fewer than ten links; other pages may have Cloudflare's challenge script without a block."""
    return sum(1 for _ in islice(tree.iter("a"), 10)) < 10


def _shown(element: HtmlElement) -> str:
    """The text of an element as readers see it, without scripts and styles, as one mended line."""
    return characters.line(" ".join(cast("list[str]", _TEXTS(element))))


def _is_dated(page: Page) -> bool:
    """Whether the page's metadata declare when its article was published."""
    return bool(page.article.get("datePublished")) or any(page.meta("article:published_time"))


def _reason_of_nothing(page: Page) -> Reason:
    if _is_video(page):
        return Reason.VIDEO
    if is_free(page) is False:
        return Reason.PAYWALL
    return Reason.LISTING if _cards(page.tree) >= 10 else Reason.EMPTY


def _is_video(page: Page) -> bool:
    """Whether the page's metadata declare a video."""
    kinds = any(value.lower().startswith("video") for _, value in page.meta("og:type"))
    return kinds or bool(jsonld.of_type(page.nodes, "videoobject"))


def language_of(text: str) -> str | None:
    """The language of a text: "ar"; "und" for another one in Arabic script; None where another script prevails.

    The evidence is letters and common words of Persian, Urdu and Kurdish that Arabic does not have.
    """
    sample = text[:5_000]
    letters = len(sample) - len(_LETTERS.sub("", sample))
    arabic = characters.arabic_letters(sample)
    if not arabic or arabic * 2 < letters:
        return None
    words = sample.split()
    own = sum(1 for word in words if word in _ARABIC_WORDS or word.startswith(("ال", "وال", "بال", "لل")))
    other = sum(1 for word in words if word in _OTHER_WORDS)
    strange = len(_PERSIAN_URDU_KURDISH.findall(sample))
    return "und" if other > own or (strange * 25 > arabic and other * 3 > own) or strange * 8 > arabic else "ar"
