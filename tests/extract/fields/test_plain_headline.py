"""A page on which nothing marks the headline: no heading, no telling name, and the title is the host."""

from datetime import UTC, datetime

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Capture, Reason

SITE = Site("example", "https://example.com/")
HEADLINE = "مجلس البلدية يقر خطة جديدة للنقل العام"
PARAGRAPHS = [
    f"قال المتحدث باسم المجلس في اجتماعه رقم {number} إن الخطة تشمل الحافلات والقطارات الخفيفة معا، وإن تنفيذها "
    f"يبدأ في الربع {number} من العام المقبل بعد أن وفرت الوزارة المال اللازم لها."
    for number in (1, 2, 3)
]


def read(above: str, paragraphs: list[str] = PARAGRAPHS) -> tuple[str | None, Reason | None]:
    text = "".join(f'<div class="q7">{each}</div>' for each in paragraphs)
    page = f"""<!doctype html><html><head><title>example.com</title></head><body><div class="z1"><div class="m"><a href="/a">اقتصاد</a>
    <a href="/b">رياضة</a></div>{above}<div class="k3">{text}</div></div></body></html>"""
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    extraction = extract(Capture("https://example.com/n/48211", "example", at, 200, headers, page.encode()), SITE)
    return extraction.article and extraction.article.title, extraction.reason


@pytest.mark.parametrize(
    "above",
    [
        f'<div class="x1">{HEADLINE}</div>',
        f'<div class="x1">{HEADLINE}</div><div class="x2">الخميس 19 نوفمبر 2026 الساعة 10:00 صباحا</div>',
        f'<div class="x1">{HEADLINE}</div><div class="x2">كتب: سمر علي</div>',
        f'<div class="x1">{HEADLINE}</div><div class="x3">تشمل الخطة ثلاث مراحل وتكلف نحو مليار.</div>',
        f'<div class="x1"><span class="x4">{HEADLINE}</span></div>',
    ],
)
def test_the_line_above_the_text_is_the_headline(above: str) -> None:
    assert read(above) == (HEADLINE, None)


@pytest.mark.parametrize(
    ("above", "paragraphs"),
    [
        (f'<div><a href="/n/1">{HEADLINE}</a></div>', PARAGRAPHS),
        ("<div>بلدية المدينة</div>", PARAGRAPHS),
        (f"<div>{HEADLINE}</div>", PARAGRAPHS[:1]),
    ],
    ids=["a link elsewhere", "too short", "one paragraph"],
)
def test_other_lines_are_no_headline(above: str, paragraphs: list[str]) -> None:
    assert read(above, paragraphs)[0] != HEADLINE
