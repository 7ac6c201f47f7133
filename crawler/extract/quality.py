"""Why a page gives no article: the answer was an error, another kind of page, or no Arabic text."""

import re
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.extract import jsonld
from crawler.extract import text as cleaning
from crawler.extract.html import content, find, select
from crawler.extract.page import Page
from crawler.extract.text import words
from storage.records import Capture, Reason

_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|div|article|p|h1)\b", re.I)
_XML_START = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]{0,300}\?>\s*|<!--.{0,500}?-->\s*){0,8}"
    rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex|svg)\b",
    re.I | re.S,
)
_NOT_HTML_START = (b"%PDF-", b"PK\x03\x04", b"GIF8", b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"\x1f\x8b", b"{", b"[{")
_CHALLENGE = re.compile(
    r"/cdn-cgi/challenge-platform/|cf-browser-verification|cf_chl_opt|_Incapsula_Resource|captcha-delivery\.com|"
    r"sucuri_cloudproxy|ddos-guard|px-captcha|Request unsuccessful\. Incapsula|Attention Required! \| Cloudflare|"
    r"<title>\s*(?:Just a moment|Access Denied|Checking your browser|Robot Check|تم رفض الوصول)",
    re.I,
)
_MISSING = re.compile(
    r"الصفحه (?:غير موجوده|المطلوبه غير|التي تبحث عنها)|هذه الصفحه غير|لم يتم العثور علي|صفحه غير موجوده"
    r"|المحتوي غير موجود|الخبر غير موجود|المقال غير موجود|عذرا الصفحه"
    r"|page not found|^(?:error |خطا |صفحه )?404\b|^not found"
)
_CONSENT = re.compile(r"consent\.(?:google|yahoo|youtube)|guce\.|before you continue|privacy-gate", re.I)
_LISTING_CLASSES = words("archive blog search-results search-no-results post-type-archive")
_FAINT_LISTING_CLASSES = words("home category tag author search date paged")
_PERSIAN_URDU_KURDISH = re.compile("[پچژگڑٹڈڻےۓۆێەڕڵڤݨ]")
_ARABIC_WORDS = words(
    "في من على إلى الى أن ان عن التي الذي مع بعد قبل هذا هذه كما وقال أو لا ما بين خلال حيث كان قد لم غير ذلك و"
)
_OTHER_WORDS = words("است از که در این را به با برای می شود بود ہے کے کی میں سے کا اور نے لە بۆ کە ئەم دە د په چې")
_TEXT_BYTES = bytes([*b"\t\n\r\f\x1a\x1b", *range(0x20, 0x7F), *range(0x80, 0x100)])
CHALLENGE_SIZE = 200_000  # a page that only challenges is small; articles mention the scripts in passing


def reason_of_answer(capture: Capture) -> Reason | None:
    """What status, headers and first bytes tell before the page is parsed."""
    if not 200 <= capture.status < 300:
        return _reason_of_status(capture)
    if not capture.body.strip():
        return Reason.EMPTY
    return None if _is_html(capture) else Reason.NOT_HTML


def _reason_of_status(capture: Capture) -> Reason:
    status = capture.status
    if status in (404, 410):
        return Reason.NOT_FOUND
    if status == 401:
        return Reason.LOGIN
    challenged = _CHALLENGE.search(capture.body[:CHALLENGE_SIZE].decode("latin-1"))
    return Reason.BLOCKED if status in (403, 429, 451) or challenged else Reason.HTTP_ERROR


def _is_html(capture: Capture) -> bool:
    """By the declared type and the first bytes; neither is to be trusted alone."""
    kind = (capture.header("Content-Type") or "").split(";")[0].strip().lower()
    start = capture.body[:4096]
    if start.lstrip().startswith(_NOT_HTML_START) or _is_binary(start) or _XML_START.match(start):
        return False
    if kind.startswith(("image/", "audio/", "video/", "font/")):
        return False
    return kind in ("text/html", "application/xhtml+xml") or _HTML_START.search(start) is not None


def _is_binary(start: bytes) -> bool:
    """Whether more than one byte in 20 is a control character that no text has; UTF-16 says what it is first."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return len(start.translate(None, _TEXT_BYTES)) * 20 > len(start)


def reason_of_page(page: Page, html: str) -> Reason | None:
    """What the parsed page tells before it is read: a challenge, a password form, a listing."""
    if len(html) < CHALLENGE_SIZE and _CHALLENGE.search(html) and _is_bare(page.tree):
        return Reason.BLOCKED
    if select(page.tree, "form.post-password-form"):
        return Reason.PROTECTED
    if _CONSENT.search(page.url):
        return Reason.CONSENT
    body = page.tree.find("body")
    classes = set((body.get("class") or "").lower().split()) if body is not None else set()
    if "error404" in classes:
        return Reason.SOFT_404
    return Reason.LISTING if _is_listing(page, classes) else None


def _is_listing(page: Page, classes: set[str]) -> bool:
    if any(name.startswith(("single", "postid-")) for name in classes) or page.article.get("datePublished"):
        return False
    cards = _cards(page.tree)
    # "home", "tag" and "author" are names that other systems use freely: there, headings that are links must agree.
    if classes & _LISTING_CLASSES or (classes & _FAINT_LISTING_CLASSES and cards >= 5):
        return True
    if jsonld.of_type(page.nodes, "collectionpage", "searchresultspage") and not page.article:
        return cards >= 3
    if len(page.matches("links")) >= 5 and not page.matches("body"):
        return True
    kinds = [value.lower() for _, value in page.meta("og:type")]
    if urlsplit(page.url).path.strip("/") == "":
        return cards >= 3 and "article" not in kinds
    return cards >= 8 and "website" in kinds and not page.matches("date") and not _has_paragraphs(page.tree)


def _cards(tree: HtmlElement) -> int:
    """Headings that are links: each the teaser of another page."""
    return len(find(tree, "//*[self::h1 or self::h2 or self::h3 or self::h4][a or parent::a]"))


def _has_paragraphs(tree: HtmlElement) -> bool:
    """Whether there are three paragraphs of some length side by side."""
    counted: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        if parent is not None and len(content(paragraph)) > 120:
            counted[parent] = counted.get(parent, 0) + 1
    return max(counted.values(), default=0) >= 3


def reason_of_text(page: Page, title: str | None, text: str | None) -> Reason | None:
    """What the headline and the text that were found tell; None: they are an article."""
    short = text is None or len(text) < 400
    if short and title and says_missing(title):
        return Reason.SOFT_404
    if text is None:
        return _reason_of_nothing(page)
    if language_of(text) != "ar":
        return Reason.NOT_ARABIC
    return Reason.UNTITLED if title is None else None


def _is_bare(tree: HtmlElement) -> bool:
    """Whether a page has next to no links: Cloudflare puts its challenge script into ordinary pages too."""
    return len(select(tree, "a[href]")) < 10


def says_missing(title: str) -> bool:
    """Whether a headline says that there is no such page."""
    folded = cleaning.comparable(title).replace("ة", "ه")
    return len(folded) < 80 and bool(_MISSING.search(folded))


def _reason_of_nothing(page: Page) -> Reason:
    if jsonld.of_type(page.nodes, "videoobject") or any(value.startswith("video") for _, value in page.meta("og:type")):
        return Reason.VIDEO
    if str(page.article.get("isAccessibleForFree")).lower() == "false" or select(page.tree, 'input[type="password"]'):
        return Reason.LOGIN
    return Reason.LISTING if _cards(page.tree) >= 10 else Reason.EMPTY


def language_of(text: str) -> str | None:
    """The language of a text: "ar"; "und" for another one in Arabic script; None where that script is not the main one.

    By letters and the commonest words: Persian, Urdu, Kurdish have letters and words that Arabic lacks.
    """
    sample = text[:5_000]
    letters = sum(1 for letter in sample if letter.isalpha())
    arabic = cleaning.arabic_letters(sample)
    if not arabic or arabic * 2 < letters:
        return None
    words = sample.split()
    own = sum(1 for word in words if word in _ARABIC_WORDS or word.startswith(("ال", "وال", "بال", "لل")))
    other = sum(1 for word in words if word in _OTHER_WORDS)
    foreign = len(_PERSIAN_URDU_KURDISH.findall(sample))
    return "und" if other > own or (foreign * 25 > arabic and other * 3 > own) or foreign * 8 > arabic else "ar"
