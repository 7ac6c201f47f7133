"""Edits of what is counted: duals, compound numbers, per cent in words, and a name that changed beside a figure."""

import pytest

from storage.diff import edit_classes
from storage.diff.edit_kinds import EditClass


def classes(old: str, new: str) -> list[EditClass]:
    return edit_classes({"title": "عنوان", "text": old}, {"title": "عنوان", "text": new})


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("ضبطت الشرطة سيارتين.", "ضبطت الشرطة سيارة.", ["number"]),
        ("وصودرت سيارتان مسروقتان.", "وصودرت سيارة مسروقة.", ["number"]),
        ("قتل جنديان في الهجوم.", "قتل جندي في الهجوم.", ["number"]),
        ("سجل هدفا في المباراة.", "سجل هدفين في المباراة.", ["number"]),
        ("توقف العمل منذ أسبوع والسكان ينتظرون.", "توقف العمل منذ أسبوعين والسكان ينتظرون.", ["date"]),
        ("أوقفت الشرطة رجلان في الحي.", "أوقفت الشرطة رجلين في الحي.", ["spelling"]),
        ("عاد الناخبون من البحر.", "عاد الناخبون من البحرين.", ["name"]),
    ],
)
def test_a_noun_that_became_its_dual_counts_another_number(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("أصيب أحد عشر شخصا.", "أصيب اثنا عشر شخصا.", ["number"]),
        ("كان على متنه اثنان وأربعون راكبا.", "كان على متنه خمسون راكبا.", ["number"]),
        ("نقل القارب اثنين وعشرين شخصا.", "نقل القارب اثنين وثلاثين شخصا.", ["number"]),
        ("يعقد يوم الاثنين المقبل.", "يعقد يوم الأحد المقبل.", ["date"]),
        ("وصل مساء أمس الأول.", "وصل مساء أمس.", ["date"]),
        ("ارتفع الدولار 3%.", "ارتفع الدولار 3 بالمئة.", ["spelling"]),
        ("ارتفع الدولار 3 في المئة.", "ارتفع الدولار 3%.", ["spelling"]),
        ("ارتفع الدولار 3%.", "ارتفع الدولار 4 بالمئة.", ["number"]),
        ("دفع 3 بالمئة.", "دفع 3.", ["number"]),
    ],
)
def test_numbers_in_several_words_are_no_days(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("في مدينة وهران ثلاثة موقوفين.", "في مدينة عنابة أربعة موقوفين.", ["number", "name"]),
        ("وصل سالم وخمسة رفاق.", "وصل سليمان وستة رفاق.", ["number", "name"]),
        ("شارك في الحملة خمسة أطباء.", "شارك في الحملة ستة ممرضين.", ["number"]),
    ],
)
def test_a_name_that_changed_beside_a_number_is_told_too(old: str, new: str, wanted: list[str]) -> None:
    assert classes(old, new) == wanted
