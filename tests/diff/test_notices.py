"""Lines that are no news: stamps of time, calls upon the reader, and notes of a correction without a label."""

import pytest

from storage.diff.notices import is_boilerplate, is_correction

STAMPS = """
آخر تحديث: 12:30
آخر تحديث في 14 مارس 2026 الساعة 09:15
حُدّث في 11:40 بتوقيت غرينتش
تم التحديث الثلاثاء 4 مارس 2026
نُشر في 3 مايو 2026
نشر الخبر يوم الأحد 12 رجب 1447 هـ
تاريخ النشر: 2026-05-03 10:20 م
أضيف في 7 شباط 2026
"""
CALLS = """
شاركنا رأيك في التعليقات
لا تفوت آخر الأخبار عبر تطبيقنا
لا تنسوا الاشتراك في قناتنا على يوتيوب
تابع أحدث الأخبار عبر غوغل نيوز
إعلان
- إعلانات -
"""
NOTES = """
صُحح اسم الوزير في الفقرة الثانية.
صُحّحت حصيلة القتلى بعد بيان الوزارة.
جرى تصحيح عدد الضحايا.
تم تصويب تاريخ الجلسة بعد مراجعة المحكمة.
تعتذر الصحيفة عن الخطأ الوارد في اسم القتيل.
نعتذر للقراء عن خطأ في رقم الهاتف.
التصحيح: الاسم الصحيح هو سامي لا سالم.
"""
NEWS = """
جرى تعديل موعد المباراة إلى يوم الخميس.
وأعلن الاتحاد تصحيح نتيجة المباراة.
تصحيح مسار العملية السياسية يحتاج إلى وقت.
تم تحديث شبكة المياه في خمس قرى.
حدث ذلك في 12 مارس 2026 أمام المبنى.
نشرت الشرطة 300 عنصر في محيط الملعب.
نشر الجيش صورا للعملية.
تحديث الأسطول يكلف 30 مليون دولار.
لا تنس المدينة ضحاياها بعد عام على الزلزال.
شاركنا في البناء منذ 1990.
تعتذر الشركة عن تأخر الرحلات.
نشر في 12 مارس 2026 قوات إضافية.
"""


@pytest.mark.parametrize("line", STAMPS.strip().split("\n") + CALLS.strip().split("\n"))
def test_a_stamp_and_a_call_are_boilerplate(line: str) -> None:
    assert is_boilerplate(line)
    assert not is_correction(line)


@pytest.mark.parametrize("line", NOTES.strip().split("\n"))
def test_a_note_that_names_what_was_corrected_is_one(line: str) -> None:
    assert is_correction(line)


@pytest.mark.parametrize("line", NEWS.strip().split("\n"))
def test_news_of_the_same_words_are_neither(line: str) -> None:
    assert not is_correction(line)
    assert not is_boilerplate(line)
