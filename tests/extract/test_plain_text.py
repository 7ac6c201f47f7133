"""Pages that reach an archive flattened to text."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract_text
from crawler.extract.fields.sections import split_glued
from crawler.site import Site
from storage.records import Article, Extraction, Reason

SITE = Site("example", "https://news.example/", country="SA", timezone="Asia/Riyadh")
NOW = datetime(2025, 11, 1, tzinfo=UTC)
TITLE = "مجلس الوزراء يقر موازنة العام المقبل بعد نقاش استمر ساعات"
FIRST = (
    "أقر مجلس الوزراء في جلسته الأسبوعية موازنة العام المقبل بعد نقاش استمر ساعات، وقال وزير المالية إن الإنفاق على "
    "الصحة والتعليم سيرتفع بنسبة عشرة في المئة، وإن العجز سينخفض إلى أدنى مستوى له منذ خمس سنوات على الأقل."
)
SECOND = "وأضاف الوزير أن المشروع سيحال على البرلمان خلال الأسبوع المقبل لمناقشته."


def read(*lines: str) -> Extraction:
    return extract_text("\n".join(lines), site=SITE, url="https://news.example/1/", now=NOW)


def article(*lines: str) -> Article:
    reading = read(*lines)
    assert reading.reason is None, reading
    return reading.article


def test_the_seed_page_gives_its_headline_categories_and_seven_paragraphs(shared: Path) -> None:
    gold = json.loads((shared / "corpus/seed/gold.json").read_text(encoding="utf-8"))
    text = (shared / "corpus/seed/page.txt").read_text(encoding="utf-8")
    result = extract_text(text, site=SITE, url=gold["url"], now=NOW).article
    assert result.title == gold["title"]
    assert list(result.categories) == gold["categories"]
    assert result.text.split("\n\n") == gold["paragraphs"]
    assert (result.authors, result.tags, result.published_at, result.image, result.agency) == ((), (), None, None, None)
    assert not [phrase for phrase in gold["must_not_contain"] if phrase in result.text]


@pytest.mark.parametrize(
    ("glued", "names"),
    [
        ("آسياأخبار العالم", ["آسيا", "أخبار العالم"]),
        ("سياسةاقتصاد", ["سياسة", "اقتصاد"]),
        ("محلياتالرياضةمنوعات", ["محليات", "الرياضة", "منوعات"]),
        ("رياضةكلاكيت", ["رياضة", "كلاكيت"]),
        ("منوعاتالسوشيال", ["منوعات", "السوشيال"]),
        ("الشرق الأوسط", ["الشرق الأوسط"]),
        ("ثقافة وفنون", ["ثقافة وفنون"]),
        ("اقتصادية", ["اقتصادية"]),
        ("كلاكيتبلاتوه", ["كلاكيتبلاتوه"]),
        ("فنادق", ["فنادق"]),
    ],
)
def test_glued_names_are_parted_where_that_is_safe(glued: str, names: list[str]) -> None:
    assert split_glued(glued) == names


@given(st.text(max_size=200))
def test_parting_loses_no_letter(names: str) -> None:
    parted = split_glued(names)
    assert "".join("".join(parted).split()) == "".join("".join(split_glued("".join(parted))).split())


def test_what_follows_the_comment_form_is_cut() -> None:
    result = article("سياسة", TITLE, FIRST, SECOND, "اترك تعليقاً", "الاسم", "أحمد: مقال رائع جدا وشكرا لكم على النشر.")
    assert result.text == f"{FIRST}\n\n{SECOND}"
    assert result.section == "سياسة"


def test_headlines_under_related_articles_are_not_text() -> None:
    result = article(TITLE, FIRST, "مقالات ذات صلة", "الوزير يزور المحافظات الجنوبية", "ارتفاع أسعار النفط", SECOND)
    assert result.text == f"{FIRST}\n\n{SECOND}"


def test_writer_day_source_and_tags_are_fields_and_no_text() -> None:
    result = article(
        TITLE,
        "كتب: أحمد علي",
        "28 أكتوبر 2025",
        FIRST,
        SECOND,
        "المصدر: وكالات",
        "الوسوم",
        "موازنة",
        "برلمان",
        "شاركها",
    )
    assert result.authors == ("أحمد علي",)
    assert result.published_at is not None
    assert result.published_at.date().isoformat() == "2025-10-28"
    assert (result.published_precision, result.published_source) == ("day", "visible")
    assert result.agency == "وكالات"
    assert result.tags == ("موازنة", "برلمان")
    assert result.text == f"{FIRST}\n\n{SECOND}"


def test_a_page_without_a_paragraph_is_empty() -> None:
    assert read("إغلاق", "اظهر المزيد").reason == Reason.EMPTY
    assert read("").reason == Reason.EMPTY
    assert read("404 الصفحة غير موجودة").reason == Reason.SOFT_404


def test_another_language_is_refused() -> None:
    assert (
        read("Cabinet approves budget", "The cabinet approved the budget for next year. " * 5).reason
        == Reason.NOT_ARABIC
    )


@given(st.text(max_size=500))
def test_no_text_raises(text: str) -> None:
    reading = extract_text(text, site=SITE, url="https://news.example/1/", now=NOW)
    assert (reading.article is not None) != bool(reading.reason)


MENU = "القائمة\nبحث عن\nالرئيسية"
COUNTS = "0 1٬234 دقيقة واحدة"


@pytest.mark.parametrize(
    "before", [MENU, "محلياتأخبار المدن", "الرئيسية/محليات/عنوان الصفحة", COUNTS, "تويتر\nفيسبوك\nواتساب"]
)
def test_menus_breadcrumbs_counts_and_networks_are_no_part_of_the_article(before: str) -> None:
    title = "وزير الري يتفقد محطة الرفع الجديدة في مدينة النهر"
    body = (
        "قال وزير الري خلال جولة ميدانية أمس إن المحطة الجديدة ستخدم أكثر من مئتي ألف نسمة في المدينة والقرى القريبة."
    )
    lines = [title, before, body] if before in (COUNTS, "تويتر\nفيسبوك\nواتساب") else [before, title, body]
    reading = extract_text("\n".join(lines), site=SITE, url="https://news.example/1", now=NOW)
    assert reading.article is not None
    assert (reading.article.title, reading.article.text) == (title, body)
