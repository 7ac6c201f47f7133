"""Recognise block pages and their kind: a challenge, a captcha, a geo-block, maintenance, a paywall, a login.

They are recognised to be counted and reported, never to be circumvented. The evidence is status and headers first;
words and scripts count only where a page holds little else, since articles report about all of these.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from crawler.html.blocks import SENTENCE_ENDS
from crawler.html.spelling import comparable
from storage.records import Capture, Reason

HEAD_BYTES = 200_000  # a block page is smaller
_PARAGRAPH, _MUCH = 80, 160  # letters of a paragraph, and of those behind an offer that hides nothing
SHORT = 1_200  # characters of text; a block page has fewer, scripts aside

# Scripts and names that the products themselves put into their pages (seen 2024 to 2026).
_CHALLENGE = re.compile(
    r"/cdn-cgi/challenge-platform/|cf-browser-verification|cf_chl_opt|_Incapsula_Resource|sucuri_cloudproxy|"
    r"ddos-guard|awsWafCookieDomainList|/_sec/cp_challenge|"
    r"<title>\s*(?:Just a moment|Checking your browser|DDoS-Guard|One moment, please|لحظة)",
    re.IGNORECASE,
)
_CAPTCHA = re.compile(
    r"captcha-delivery\.com|px-captcha|h-captcha|hcaptcha\.com/1/api|g-recaptcha|recaptcha/api\.js|cf-turnstile|"
    r"awswaf\.com/[^\"']*captcha|<title>\s*(?:Robot Check|Captcha)|لست (?:برنامج )?روبوت",
    re.IGNORECASE,
)
_BLOCKED = re.compile(
    r"<title>\s*(?:Access Denied|Attention Required! \| Cloudflare|403 Forbidden|تم رفض الوصول)|"
    r"you have been blocked|Request unsuccessful\. Incapsula|error code: 10(?:06|07|08|10|12|20)\b",
    re.IGNORECASE,
)
_GEO_BLOCKED = re.compile(
    r"(?:not|isn't|un)\s*available in your (?:country|region|location)|error code: 1009\b|"
    r"has banned the country or region|"
    r"غير (?:متاح|متاحة|متوفر|متوفرة) (?:[^\s<]+ ){0,4}(?:بلدك|بلدكم|دولتك|دولتكم|منطقتك|منطقتكم)",
    re.IGNORECASE,
)
_MAINTENANCE = re.compile(
    r"(?:scheduled|under|down for|site) maintenance|be back (?:soon|shortly)|"
    r"(?:تحت|قيد|في وضع) الصيانة|الموقع (?:مغلق|متوقف) (?:مؤقتا|للصيانة)|سنعود قريبا|"
    r"(?:الموقع|موقعنا|البوابة|الصفحة) (?:[^\s<]+ ){0,6}[بل]?أعمال الصيانة",  # maintenance of roads and bridges is news
    re.IGNORECASE,
)
_CONSENT_URL = re.compile(r"consent\.(?:google|yahoo|youtube)|guce\.|before you continue|privacy-gate", re.IGNORECASE)
_CONSENT = re.compile(r"<title>\s*(?:Before you continue|قبل المتابعة)", re.IGNORECASE)
_LOGIN_PATH = re.compile(r"/(?:login|signin|sign-in|wp-login\.php|تسجيل-الدخول)(?:/|$)", re.IGNORECASE)

# Texts in place of the rest of an article. Compared with `comparable` lines, with ه for ة.
_PAYWALLED = re.compile(
    r"(?:المحتوي|المقال|الماده|الخبر|النص) (?:[^\s]+ ){0,3}(?:للمشتركين|لمشتركي)|للمشتركين فقط|"
    r"اشترك(?:وا)? (?:الان )?(?:(?:لمتابعه|لاكمال|لمواصله) (?:ال)?قراءه|لقراءه (?:ال)?(?:مقال|خبر|ماده|مزيد|بقيه))|"
    r"subscribe (?:now )?to (?:continue|read)|(?:content|article) is for subscribers",
)
_ACCOUNT = re.compile(
    r"سجل(?:وا)? (?:الدخول|دخولك|دخولكم) (?:لمتابعه|لقراءه|لاكمال|للمتابعه|لمواصله)|"
    r"يجب تسجيل الدخول (?:لقراءه|لمتابعه)|"
    r"log ?in to (?:continue|read)|sign ?in to (?:continue|read)",
)


# For small pages, the most specific first: the page of one product may include the script of another.
_NAMES = (
    (_GEO_BLOCKED, Reason.GEO_BLOCKED),
    (_CHALLENGE, Reason.CHALLENGE),
    (_CAPTCHA, Reason.CAPTCHA),
    (_BLOCKED, Reason.BLOCKED),
)
# For pages of any length with next to no links: no page of a newspaper has these.
_SURE = ((_CHALLENGE, Reason.CHALLENGE), (_BLOCKED, Reason.BLOCKED), (_CONSENT, Reason.CONSENT))


def block_of_headers(capture: Capture) -> Reason | None:
    """The kind of block that the headers state, whatever the status; None when they state none."""
    if (capture.header("cf-mitigated") or "").strip().lower() == "challenge":
        return Reason.CHALLENGE
    return {"challenge": Reason.CHALLENGE, "captcha": Reason.CAPTCHA}.get(
        (capture.header("x-amzn-waf-action") or "").strip().lower()
    )


def block_of_status(status: int, html: str) -> Reason | None:
    """The kind of block of a response outside 2xx; None for an error that is no block. html: its beginning."""
    if status == 401:
        return Reason.LOGIN
    if status == 402:
        return Reason.PAYWALL
    if status == 451:  # RFC 7725: for legal reasons, which apply in some countries
        return Reason.GEO_BLOCKED
    reason = _first_of(_NAMES, html)
    if reason is None and status >= 500 and _MAINTENANCE.search(html):
        return Reason.MAINTENANCE
    return Reason.BLOCKED if reason is None and status in (403, 429) else reason


def block_of_page(url: str, html: str, *, bare: bool, text: str) -> Reason | None:
    """The kind of block of a page with a 2xx status; None when it is a page of the site.

    bare: whether the page has fewer than ten links. text: all text that it shows.
    """
    if _CONSENT_URL.search(url):
        return Reason.CONSENT
    if not bare or len(html) > HEAD_BYTES:
        return None
    reason = _first_of(_SURE, html)
    if reason is not None or len(text) > SHORT:
        return reason
    if _LOGIN_PATH.search(unquote(urlsplit(url).path)):
        return Reason.LOGIN
    return _first_of(_NAMES, html) or (Reason.MAINTENANCE if _MAINTENANCE.search(text) else None)


def wall_before_text(text: str, around: Iterable[str], *, free: bool | None) -> Reason | None:
    """The kind of wall before the rest of an article of which the page shows a teaser; None when there is none.

    text: the body's text, at most SHORT letters; longer texts are taken as complete, since many sites that declare
    articles as paid print the full text. around: texts of elements whose class or id names a wall. free: schema.org's
    isAccessibleForFree, None where the page does not state it.
    """
    shown = text.split("\n\n")
    ends = [line for place, line in enumerate(shown) if not _is_between(shown, place)]
    lines = [comparable(line).replace("ة", "ه") for line in (*ends, *around)]
    if any(_PAYWALLED.search(line) for line in lines):
        return Reason.PAYWALL
    if any(_ACCOUNT.search(line) for line in lines):
        return Reason.LOGIN
    return Reason.PAYWALL if free is False and len(text) < SHORT // 2 else None


def _is_between(lines: list[str], place: int) -> bool:
    """Whether a line stands between two paragraphs, and several sentences follow: what it offers hides none of them."""
    following = [line for line in lines[place + 1 :] if _is_paragraph(line)]
    return any(map(_is_paragraph, lines[:place])) and sum(map(len, following)) >= _MUCH


def _is_paragraph(line: str) -> bool:
    return len(line) >= _PARAGRAPH and line.endswith(SENTENCE_ENDS)


def _first_of(marks: tuple[tuple[re.Pattern[str], Reason], ...], html: str) -> Reason | None:
    return next((reason for pattern, reason in marks if pattern.search(html)), None)
