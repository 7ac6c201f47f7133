"""A plain article page with a given headline, text, head and classes, and the article extracted from it."""

from datetime import UTC, datetime

from crawler.extract import extract
from crawler.site import Site
from storage.records import Capture, Extraction

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/", title="صحيفة المثال")
TITLE = "البلدية تبدأ إصلاح الجسر القديم بعد إغلاق دام عامين"
TEXT = "بدأت البلدية صباح اليوم إصلاح الجسر القديم الذي يصل ضفتي النهر، بعد أن أغلق عامين كاملين أمام السيارات."


def read(
    title: str = TITLE,
    text: tuple[str, ...] = (TEXT, TEXT.replace("الجسر", "النفق")),
    *,
    head: str = "",
    classes: str = "",
    url: str = "https://news.example/n/123",
    extra: str = "",
) -> Extraction:
    body = "".join(f"<p>{each}</p>" for each in text)
    html = (
        f'<html><head>{head}</head><body class="{classes}"><nav>{"<a href=/x>قسم</a>" * 12}</nav>'
        f'<h1>{title}</h1>{extra}<div class="entry-content">{body}</div></body></html>'
    )
    return extract(Capture(url, "example", NOW, 200, (("Content-Type", "text/html"),), html.encode()), SITE)
