"""Edits of short quotations that are somebody's words, and of places whose names have two words."""

import pytest

from storage.diff import edit_classes
from storage.diff.edit_kinds import EditClass
from storage.diff.word_changes import sentence_words


def classes(old: str, new: str) -> list[EditClass]:
    return edit_classes({"title": "عنوان", "text": old}, {"title": "عنوان", "text": new})


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("وهاجم النائب ما سماه «التراخي الحكومي».", "وهاجم النائب ما سماه «الفشل المتكرر».", ["quote"]),
        ("واتهم الحزب «قوى خارجية» بالتدخل.", "واتهم الحزب «دولا مجاورة» بالتدخل.", ["quote"]),
        ("ونددت الوزارة في بيان لها بـ\"التصعيد الخطير\".", "ونددت الوزارة في بيان لها بـ\"الهجوم الآثم\".", ["quote"]),
        ("وكرر في الجلسة وأن «الأمر انتهى».", "وكرر في الجلسة وأن «الملف مفتوح».", ["quote"]),
        ("وانتقدت الصحيفة فيلم «باب الشمس».", "وانتقدت الصحيفة فيلم «باب البحر».", ["name"]),
        ("وهاجم النقاد الفيلم الجديد «باب الشمس».", "وهاجم النقاد الفيلم الجديد «باب البحر».", ["name"]),
        ("قال المسؤول لـ«الخبر اليومي» أمس.", "قال المسؤول لـ«صوت الجبل» أمس.", ["name"]),
        ("ورفض الجيش إنهاء العملية المسماة «درع الشمال».", "ورفض الجيش إنهاء العملية المسماة «سيف الشمال».", ["name"]),
    ],
)  # fmt: skip
def test_a_short_quotation_behind_blame_is_speech_and_behind_a_work_a_title(
    old: str, new: str, wanted: list[str]
) -> None:
    assert classes(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("يقطن في بلدة دير حافر شرقا.", "يقطن في بلدة دير جمال شرقا.", ["name"]),
        ("قصفت بلدة بيت لاهيا شمالا.", "قصفت بلدة بيت حانون شمالا.", ["name"]),
        ("عثر عليه في تل أبيض صباحا.", "عثر عليه في تل رفعت صباحا.", ["name"]),
        ("وصل إلى شرم الشيخ أمس.", "وصل إلى شرم اللولي أمس.", ["name"]),
        ("أغلق شارع رمضان أمام المارة.", "أغلق شارع الجزيرة أمام المارة.", ["name"]),
        ("جرت على ملعب 5 جويلية بالعاصمة.", "جرت على ملعب 1 نوفمبر بالعاصمة.", ["name"]),
        ("يقطن مدينة 6 أكتوبر منذ سنوات.", "يقطن مدينة 15 مايو منذ سنوات.", ["name"]),
        ("وصل إلى مقر النادي الجمعة.", "وصل إلى مقر النادي السبت.", ["date"]),
        ("افتتح في المدينة 6 أكتوبر.", "افتتح في المدينة 7 أكتوبر.", ["date"]),
        ("وشيد القرية بيت كبير.", "وشيد القرية بيت قديم.", ["rewrite"]),
        ("ارتفع رأس المال كثيرا.", "ارتفع رأس الحربة كثيرا.", ["rewrite"]),
    ],
)
def test_a_place_may_have_a_name_of_two_words(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("تنظيم حركة المرورر في العاصمة.", "تنظيم حركة المرور في العاصمة.", ["spelling"]),
        ("قال الوزير ناصصر ذلك.", "قال الوزير ناصر ذلك.", ["spelling"]),
        ("شارك 40 طبيبا.", "شارك 400 طبيب.", ["number"]),
        ("سجل اللاعب باسل العمري.", "سجل اللاعب باسم العمري.", ["name"]),
    ],
)
def test_a_doubled_letter_is_a_slip_and_no_other_name(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("ترأس الجلسة القاضي نواف سلام.", "ترأس الجلسة القاضية جوليا رينو.", ["name"]),
        ("برئاسة القاضي ممدوح شاهين غدا.", "برئاسة القاضي ممدوح شعبان غدا.", ["name"]),
        ("وصل الوزير أحمد الأحد إلى عمان.", "وصل الوزير أحمد السبت إلى عمان.", ["date"]),
        ("والتقى نظيره التركي هاكان فيدان.", "والتقى نظيره التركي مولود أوغلو.", ["name"]),
        ("استقال الوزير مطلع رمضان.", "استقال الوزير مطلع شوال.", ["date"]),
        ("حوكم أمام محكمة مدنية.", "حوكم أمام محكمة عسكرية.", ["rewrite"]),
        ("أم الصلاة الإمام راتب.", "أم الصلاة الإمام سيف.", ["name"]),
        ("وأعلن المتهم براءته.", "وأعلن المتهم ضلوعه.", ["rewrite"]),
        ("شاركت الفنانة فاطمة أمس.", "شاركت الفنانة زهرة أمس.", ["name"]),
    ],
)
def test_what_stands_behind_a_rank_is_a_name_and_no_date_or_possession(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


def test_a_change_that_reaches_beyond_a_title_does_not_stand_in_it() -> None:
    words = sentence_words("كتب الناقد عن فيلم «باب الشمس» مطولا")
    places = {unit.key: place for place, unit in enumerate(words.units)}
    assert words.quoted(places["باب"], places["الشمس"] + 1) is True
    assert words.quoted(places["الشمس"], places["مطولا"] + 1) is None
    assert words.quoted(places["مطولا"], places["مطولا"] + 1) is None
