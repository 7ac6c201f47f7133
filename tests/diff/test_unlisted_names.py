"""Names that nothing announces: words that the dictionary lacks; and wordings beside ranks and places that are none."""

import pytest

from storage.diff import edit_classes
from storage.diff.edit_kinds import EditClass


def classes(old: str, new: str) -> list[EditClass]:
    return edit_classes({"title": "عنوان", "text": old}, {"title": "عنوان", "text": new})


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("ثم تقدم الحفناوي على منافسيه.", "ثم تقدم البقالي على منافسيه.", ["name"]),
        ("بيعت اللوحة إلى سعيود في المزاد.", "بيعت اللوحة إلى بوزنادة في المزاد.", ["name"]),
        ("قاد الفرقة المايسترو هاروت فازليان.", "قاد الفرقة المايسترو غارو أفيسيان.", ["name"]),
        ("صوت أعضاء لجنة درعة لصالحها.", "صوت أعضاء لجنة تافيلالت لصالحها.", ["name"]),
        ("حضرت نظيرتها الألمانية أنالينا بيربوك.", "حضرت نظيرتها الألمانية سفينيا شولتسه.", ["name"]),
        ("قال الشهري إن الحملة بدأت.", "قال الشمري إن الحملة بدأت.", ["name"]),
        ("عزف بوكيتو وحده.", "عزف بوكيطو وحده.", ["name", "spelling"]),
        ("خسر أمام اللبناني صبح حسون.", "خسر أمام اللبناني مزن حلاوي.", ["name"]),
        ("نزح سكان مخيم جباليا.", "نزح سكان مخيم النصيرات.", ["name"]),
        ("رفعت السفينة علم بنما.", "رفعت السفينة علم ليبيريا.", ["name"]),
        ("وقعت في مديرية الخوخة.", "وقعت في مديرية حيس.", ["name"]),
    ],
)
def test_words_that_the_dictionary_lacks_are_names(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("وأعلنت الوزارة فتح تحقيق في الحادث.", "وأعلنت الوزارة بدء تحقيق في الحادث."),
        ("وأعلنت الحكومة اليابانية فتح تحقيق.", "وأعلنت الحكومة اليابانية بدء تحقيق."),
        ("وطمأن المدير الموظفين.", "وطمأن المدير العاملين."),
        ("وأمر القاضي بحبس المتهم.", "وأمر القاضي بسجن المتهم."),
        ("وعثر على القتيل بعد يومين.", "وعثر على الضحية بعد يومين."),
        ("ونقلت الجثث إلى المشرحة.", "ونقلت الجثامين إلى المشرحة."),
        ("وطالب المحتجون برحيل الحكومة.", "وطالب المتظاهرون برحيل الحكومة."),
        ("وتعرض المتحف للنهب.", "وتعرض المتحف للسطو."),
        ("وغادر الوزير القاعة غاضبا.", "وغادر الوزير القاعة مستاء."),
        ("ويقتنص الفريق الفوز.", "ويخطف الفريق الفوز."),
        ("وتوقف التلفريك عن العمل.", "وتوقف المصعد الهوائي عن العمل."),
    ],
)
def test_other_words_for_the_same_are_no_name(old: str, new: str) -> None:
    assert classes(old, new) == ["rewrite"]


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("يحل العيد في العاشر من ذي الحجة.", "يحل العيد في الحادي عشر من ذي الحجة.", ["date"]),
        ("سجلت 12 إصابة في ذي قار.", "سجلت 14 إصابة في ذي قار.", ["number"]),
        ("بلغ الوزن 350 غراما.", "بلغ الوزن 350 كيلوغراما.", ["number"]),
    ],
)
def test_days_of_two_words_and_units_of_figures(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


def test_a_note_of_the_page_is_no_correction() -> None:
    old = "وصل الوفد إلى العاصمة."
    line = "تنويه: التعليقات المنشورة تعبر عن رأي أصحابها ولا تتحمل الصحيفة مسؤوليتها."
    assert classes(old, f"{old}\n\n{line}") == ["boilerplate"]
    assert classes(old, f"{old}\n\nتنويه: صحح اسم العاصمة بعد النشر.") == ["correction"]
