"""A page whose markup names no body: by weight of prose, which wins against JSON-LD unless it shows less than half."""

import json
from datetime import UTC, datetime

import pytest

from crawler.extract import extract
from crawler.site import Site
from storage.records import Capture, Extraction

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SITE = Site("example", "https://news.example/", title="صحيفة المثال", timezone="Asia/Riyadh")
TITLE = "البلدية تبدأ إصلاح الجسر القديم بعد إغلاق دام عامين"
SHOWN = (
    "بدأت البلدية صباح اليوم إصلاح الجسر القديم الذي يصل ضفتي النهر، بعد أن أغلق عامين كاملين أمام السيارات والمارة.",
    "وقال المهندس المشرف على العمل إن الأعمدة الوسطى ستبدل كلها، وإن الحركة ستعود إلى الجسر قبل نهاية الصيف المقبل.",
    "وطالب سكان الحي القريب بفتح ممر للمشاة في أثناء العمل، لأن الطريق الأخرى أطول بأربعة كيلومترات على الأقل.",
    "وتقدر كلفة المشروع بنحو تسعة ملايين، تدفع البلدية ثلثها من ميزانيتها ويأتي الباقي من صندوق الطرق والمواصلات.",
)


def extracted(shown: tuple[str, ...], stated: tuple[str, ...]) -> Extraction:
    """From a page that shows some paragraphs in an unnamed element, and states some in JSON-LD."""
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(stated)}
    data = f'<script type="application/ld+json">{json.dumps(node, ensure_ascii=False)}</script>'
    body = f"<div><h1>{TITLE}</h1><div>{''.join(f'<p>{text}</p>' for text in shown)}</div></div>"
    html = f'<html lang="ar"><head>{data}</head><body>{body}</body></html>'
    return extract(Capture("https://news.example/n/1", "example", NOW, 200, (), html.encode()), SITE)


def test_the_stated_text_is_taken_where_the_page_shows_its_beginning_alone() -> None:
    extraction = extracted(SHOWN[:1], SHOWN)
    assert extraction.article.text == "\n\n".join(SHOWN)
    assert extraction.evidence["text"] == "json-ld articleBody"


@pytest.mark.parametrize("count", [3, 4])
def test_the_shown_text_is_kept_where_the_page_shows_more_than_half(count: int) -> None:
    extraction = extracted(SHOWN[:count], SHOWN)
    assert extraction.article.text == "\n\n".join(SHOWN[:count])
    assert not extraction.evidence["text"].startswith("json-ld")


ROWS = "".join(f"<tr><td>{place} تستقبل ضيوفها</td></tr>" for place in ("طنجة", "صيدا", "نابلس", "عدن", "البصرة"))


@pytest.mark.parametrize("form", ['<p align="justify"><font size="4">{}</font></p>', "<p>{}</p>"])
def test_of_nested_tables_the_cell_with_all_sentences_is_the_text(form: str) -> None:
    text = "".join(map(form.format, SHOWN))
    page = f"<tr><td><b>{TITLE}</b></td></tr><tr><td>نسخة للطباعة</td></tr><tr><td>{text}</td></tr>"
    beside = f"<table>{page}</table><table><tr><td>شاركنا رأيك</td></tr>{ROWS * 4}</table>"
    html = f"<html><head><title>{TITLE}</title></head><body><table><tr><td><table>{ROWS}</table></td><td>{beside}</td></tr></table></body></html>"
    extraction = extract(Capture("https://news.example/n/2", "example", NOW, 200, (), html.encode()), SITE)
    assert extraction.article.text == "\n\n".join(SHOWN)


def in_plain_elements(inserted: str, after: str) -> Extraction:
    """From a page that shows its paragraphs in div elements, and other lines in paragraphs."""
    first, *rest = (f'<div class="u-p">{text}</div>' for text in SHOWN)
    body = f'<div class="u-t">{TITLE}</div><div class="u-txt">{first}{inserted}{"".join(rest)}</div>{after}'
    html = f'<html lang="ar"><head><title>{TITLE}</title></head><body><div class="u-v">{body}</div></body></html>'
    return extract(Capture("https://news.example/n/3", "example", NOW, 200, (), html.encode()), SITE)


COMMENTS = (
    "شكراً للبلدية على هذا العمل الذي انتظرناه طويلاً، ونتمنى أن ينتهي قبل موسم الأمطار هذه السنة",
    "الجسر كان خطراً على الأطفال منذ سنوات ولم يسمع أحد شكوى السكان في ذلك الحي القديم",
    "وماذا عن الممر المخصص للمشاة الذي وعدونا به في الصيف الماضي ولم نر منه شيئاً حتى الآن",
)


def test_comments_below_the_heaviest_element_are_not_taken_in_its_place() -> None:
    comments = "".join(f'<div class="u-c"><b>زائر</b><p>{each}</p></div>' for each in COMMENTS)
    assert in_plain_elements("", f'<div class="u-cs">{comments}</div>').article.text == "\n\n".join(SHOWN)


def test_a_line_within_the_heaviest_element_is_not_taken_in_its_place() -> None:
    line = "يفتح الموقع باب المشاركة أمام طلبة الإعلام في المدينة لنشر أعمالهم بعد مراجعتها من هيئة التحرير"
    links = "".join(f'<div class="u-n">عنوان خبر آخر من أخبار المدينة اليوم برقم {number}</div>' for number in range(5))
    text = in_plain_elements(f'<div class="u-b"><p>{line}</p></div>', links).article.text
    assert set(SHOWN) <= set(text.split("\n\n"))
