"""Pages that answer 200 and say that there is nothing; and news that only sounds like it."""

import json
import time

import pytest

from crawler.extract import extract, extract_text
from crawler.extract.refusals.soft_404 import says_not_found
from storage.records import Capture, Reason
from tests.support.newspapers.story_pages import NOW, SITE, TEXT, read

LATEST = tuple(TEXT.replace("الجسر", place) for place in ("النفق", "الميناء", "الشارع", "السوق", "المتحف", "الملعب"))
NEWS = (
    '<script type="application/ld+json">'
    + json.dumps({"@type": "NewsArticle", "headline": "خبر", "datePublished": "2026-11-20T09:15:00+03:00"})
    + "</script>"
)
MISSING = [
    "الصفحة غير موجودة",
    "هذا الخبر لم يعد متاحاً على الموقع.",
    "المقالة غير موجودة في الأرشيف",
    "It looks like nothing was found at this location.",
    "عذراً، الصفحة التي تبحث عنها غير موجودة",
    "عذرا ، الصفحه التى تبحث عنها غير موجوده !",
    "عــذراً.. الصَّفحة غير متوفّرة حاليا",
    "آسف، هذه الصفحة غير متاحة",
    "المعذرة، هذه الصفحة غير موجودة",
    "الصفحة المطلوبة غير موجودة أو تم حذفها",
    "الصفحة التي تحاول الوصول إليها لم تعد موجودة",
    "الصفحة التي طلبتها غير موجودة، ربما تم نقلها أو حذفها.",
    "صفحة غير موجودة",
    "هذا المحتوى لم يعد متاحًا",
    "تم حذف الخبر أو نقله",
    "لم يتم العثور على الصفحة",
    "لم يتم العثور على الصفحة المطلوبة",
    "لم يتم العثور على أي نتائج",
    "عذرًا! لا يمكن العثور على الصفحة التي تبحث عنها.",
    "تعذر العثور على هذا الخبر",
    "لم نجد الصفحة التي تبحث عنها",
    "تم حذف الخبر",
    "عذرا لقد تم حذف هذا الخبر",
    "عذرا لقد تم حذف هذا الخبر من قبل الإدارة",
    "تمت إزالة المقال من الموقع",
    "هذا المقال محذوف",
    "الخبر محذوف أو غير موجود",
    "المقال الذي تبحث عنه غير متوفر",
    "نأسف، المقالة المطلوبة غير متوفرة",
    "المادة غير متوفرة",
    "لا يوجد خبر بهذا الرقم",
    "لا يوجد مقال بهذا العنوان",
    "لا توجد صفحة بهذا الاسم",
    "الرابط غير صحيح",
    "الرابط الذي اتبعته غير صالح أو انتهت صلاحيته",
    "انتهت صلاحية هذا المحتوى",
    "انتهت صلاحية الرابط",
    "حدث خطأ ما",
    "عذراً، حدث خطأ ما. يرجى المحاولة مرة أخرى",
    "لقد حدث خطاء غير متوقع",
    "خطأ 404",
    "خطأ ٤٠٤: الصفحة غير موجودة",
    "404",
    "٤٠٤",
    "404 - الصفحة غير موجودة",
    "404 | الصفحة غير موجودة - صحيفة المثال",
    "الصفحة غير موجودة | Page Not Found",
    "Page not found",
    "Page Not Found - 404",
    "404 Not Found",
    "Error 404",
    "Oops",
    "Oops! That page can’t be found.",
    "Sorry, the page you are looking for doesn't exist",
    "This page could not be found",
    "Article not found",
    "Something went wrong",
    "Page introuvable",
]
ARTICLES = [
    "حذف خبر عن الوزير من موقع الصحيفة",
    "الصفحة الأخيرة",
    "انتهت صلاحية الجوازات",
    "خطأ طبي في مستشفى",
    "تم حذف 3 ملايين حساب",
    "لم يتم العثور على ناجين بعد غرق قارب قبالة السواحل",
    "لم يتم العثور على الطائرة المفقودة",
    "404 إصابات جديدة بالكوليرا",
    "٤٠٤ قتلى في زلزال",
    "خطأ 404 يكلف شركة ملايين الدولارات",
    "تم حذف الخبر الكاذب عن استقالة الوزير",
    "تم حذف الفيديو المسيء بعد احتجاج الأهالي",
    "تم حذف المقال من موقع الوزارة بعد ساعة",
    "حدث خطأ ما في سجلات الناخبين",
    "حدث خطأ في قائمة الفائزين والوزارة تعتذر",
    "الخبر غير صحيح",
    "المحتوى غير القانوني على المنصات",
    "الصفحة غير موجودة في المخطوطة الأصلية للكتاب",
    "عذرا أيها الوطن",
    "عذرا فلسطين",
    "آسف على الإزعاج.. فيلم يعود إلى الشاشات",
    "لا يوجد خبر سار للمنتخب",
    "لا توجد نتائج رسمية للانتخابات بعد",
    "المادة 404 من قانون العقوبات",
    "انتهت صلاحية المحتوى المحلي في اتفاق الشركة",
    "الدواء غير متوفر في الصيدليات",
    "الرابط المفقود بين القردة والإنسان",
    "Oops تطلق خدمة جديدة في الخليج",
]


@pytest.mark.parametrize("text", [(TEXT,), (TEXT, *LATEST)], ids=["short", "long"])
@pytest.mark.parametrize("title", MISSING)
def test_a_headline_that_is_an_error_makes_no_article_however_much_stands_below(
    title: str, text: tuple[str, ...]
) -> None:
    reading = read(title, text)
    assert (reading.reason, reading.article) == (Reason.SOFT_404, None)


@pytest.mark.parametrize("head", ["", NEWS], ids=["bare", "declared"])
@pytest.mark.parametrize("text", [(TEXT,), (TEXT, *LATEST)], ids=["short", "long"])
@pytest.mark.parametrize("title", ARTICLES)
def test_news_that_begins_like_an_error_is_an_article(title: str, text: tuple[str, ...], head: str) -> None:
    reading = read(title, text, head=head)
    assert reading.reason is None
    assert reading.article.title == title


@pytest.mark.parametrize(
    "title", ["404 - بوابة الساحل", "الخبر غير موجود في القسم", "الصفحة غير موجودة - بوابة الساحل"]
)
def test_an_error_within_a_longer_headline_counts_on_a_short_page_that_declares_no_article(title: str) -> None:
    assert read(title, (TEXT,)).reason == Reason.SOFT_404
    assert read(title, (TEXT,), head=NEWS).reason is None
    assert read(title, (TEXT, *LATEST)).reason is None


@pytest.mark.parametrize("title", ["عذراً", "نأسف!", "خطأ", "تنبيه"])
def test_an_apology_is_an_error_where_the_first_paragraph_says_which(title: str) -> None:
    assert read(title, ("لقد تم حذف هذا الخبر.", *LATEST)).reason == Reason.SOFT_404
    assert read(title, (TEXT, *LATEST)).reason is None


def test_a_page_without_a_headline_is_an_error_where_its_few_lines_begin_with_it() -> None:
    frame = (
        '<html lang="ar"><head><title>صحيفة المثال</title></head><body><nav>{nav}</nav><main><div class="content">'
        "<h2>{heading}</h2>{text}</div></main></body></html>"
    )

    def reason(heading: str, *text: str) -> Reason | None:
        lines = "".join(f"<p>{line}</p>" for line in text)
        html = frame.format(nav='<a href="/x">قسم</a>' * 12, heading=heading, text=lines)
        head = (("Content-Type", "text/html"),)
        return extract(Capture("https://news.example/n/1", "example", NOW, 200, head, html.encode()), SITE).reason

    assert reason("عذراً", "هذا الخبر لم يعد متاحاً على الموقع.", "العودة إلى الرئيسية") == Reason.SOFT_404
    assert reason("صحيفة المثال", "المحتوى الذي تبحث عنه تم حذفه") == Reason.SOFT_404
    assert reason("صحيفة المثال", TEXT) == Reason.UNTITLED
    assert reason("صحيفة المثال", TEXT, "لا توجد نتائج") == Reason.UNTITLED, "of a search box, perhaps"
    assert reason("صحيفة المثال", "تم حذف هذا الخبر", TEXT, *LATEST) == Reason.UNTITLED, "too much for a notice"


def test_a_flattened_page_that_is_an_error_is_no_article() -> None:
    def flat(*lines: str) -> Reason | None:
        return extract_text("\n".join(lines), site=SITE, url="https://news.example/n/1", now=NOW).reason

    assert flat("عذرا، الصفحة التي تبحث عنها غير موجودة", TEXT, *LATEST) == Reason.SOFT_404
    assert flat("لم يتم العثور على ناجين بعد غرق قارب قبالة السواحل", TEXT) is None


@pytest.mark.parametrize("word", ["oops", "404", "عذرا", "حاول", "أو تم حذف", "الصفحة التي تحاول"])
def test_a_headline_of_one_word_over_and_over_is_told_at_once(word: str) -> None:
    title = f"404 {' '.join([word] * 60)}"[:190]
    began = time.process_time()
    says_not_found(f"{title} كلمة")
    assert time.process_time() - began < 0.5
