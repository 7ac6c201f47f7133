"""A complete article page, its parts and its site, and a function that extracts articles from markup."""

from datetime import UTC, datetime
from typing import Any

from crawler.extract import extract
from crawler.site import Site
from storage.records import Article, Capture, Extraction

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/", title="صحيفة المثال", country="SA", timezone="Asia/Riyadh")
TITLE = "مجلس الوزراء يقر موازنة العام المقبل بعد نقاش طويل"
FIRST = (
    "أقر مجلس الوزراء في جلسته الأسبوعية موازنة العام المقبل بعد نقاش استمر ساعات، وقال وزير المالية إن الإنفاق سيرتفع."
)


SECOND = "وأضاف الوزير أن المشروع سيحال على البرلمان خلال الأسبوع المقبل لمناقشته وإقراره قبل نهاية السنة."
THIRD = "ورحبت هيئات اقتصادية بالقرار، في حين حذر خبراء من ارتفاع العجز إذا انخفضت أسعار النفط في الأسواق."
PROSE = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
WHOLE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def capture(
    html: str | bytes, url: str = "https://news.example/news/123", status: int = 200, kind: str | None = "text/html"
) -> Capture:
    body = html if isinstance(html, bytes) else html.encode()
    headers = (("Content-Type", kind),) if kind else ()
    return Capture(url, "example", NOW, status, headers, body)


def read(html: str | bytes, site: Site = SITE, **given_capture: Any) -> Extraction:
    return extract(capture(html, **given_capture), site)


def article(html: str | bytes, site: Site = SITE, **given_capture: Any) -> Article:
    reading = read(html, site, **given_capture)
    assert reading.reason is None, reading
    return reading.article


def page(body: str, head: str = "", classes: str = "") -> str:
    return f'<!doctype html><html lang="ar"><head>{head}</head><body class="{classes}">{body}</body></html>'
