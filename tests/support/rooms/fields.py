"""A page with a top bar, a related card and an article; a test adds the markup of a field to it."""

import json
from datetime import UTC, datetime
from typing import Any

from crawler.extract import extract
from crawler.site import Site
from storage.records import Article, Capture, Extraction

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)


SITE = Site("example", "https://news.example/", title="صحيفة المثال", country="SA", timezone="Asia/Riyadh")


TITLE = "مجلس الوزراء يقر موازنة العام المقبل بعد نقاش طويل"


PROSE = "".join(
    f"<p>{text}</p>"
    for text in (
        "أقر مجلس الوزراء في جلسته الأسبوعية موازنة العام المقبل بعد نقاش استمر ساعات، وقال الوزير إن الإنفاق سيرتفع.",
        "وأضاف الوزير أن المشروع سيحال على البرلمان خلال الأسبوع المقبل لمناقشته وإقراره قبل نهاية السنة.",
        "ورحبت هيئات اقتصادية بالقرار، في حين حذر خبراء من ارتفاع العجز إذا انخفضت أسعار النفط في الأسواق.",
    )
)


TOP_BAR = '<div id="top-nav"><div class="topbar-today-date">السبت, نوفمبر 1 2025</div></div>'


CARD = (
    '<div class="related-posts"><div class="item"><h3><a href="/9">خبر آخر من الأخبار</a></h3>'
    '<span class="date">أكتوبر 31, 2025</span></div></div>'
)


def reading(
    head: str = "",
    before: str = "",
    after: str = "",
    *,
    title: str = f"<h1>{TITLE}</h1>",
    url: str = "https://news.example/n/1",
) -> Extraction:
    html = (
        f"<html><head>{head}</head><body>{TOP_BAR}<div class=main><article>{title}{before}"
        f'<div class="entry-content">{PROSE}</div>{after}</article>{CARD}</div></body></html>'
    )
    return extract(Capture(url, "example", NOW, 200, (("Content-Type", "text/html"),), html.encode()), SITE)


def article(head: str = "", before: str = "", after: str = "", **more: Any) -> Article:
    extraction = reading(head, before, after, **more)
    assert extraction.reason is None, extraction
    return extraction.article


def said(**values: Any) -> str:
    node = {"@context": "https://schema.org", "@type": "NewsArticle", **values}
    return f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'
