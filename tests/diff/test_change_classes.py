from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.diff.change_classes import classes, differs, is_small, metadata, normalised


def version(
    title: str = "عنوان الخبر", text: str = "نص الخبر", subtitle: str | None = None, **details: Any
) -> dict[str, Any]:
    return {"title": title, "text": text, "subtitle": subtitle, "details": {"tags": [], **details}}


SMALL = [
    ("قال الوزير: لا", "قال الوزير، لا!"),
    ("قال  الوزير", "قال\n\nالوزير"),
    ("وزيرُ الخارجيّةِ", "وزير الخارجية"),
    ("الأمم المتحدة", "الامم المتحده"),
    ("مستشفى", "مستشفي"),
    ("عبد الله", "عبدالله"),
    ("عام ٢٠٢٤", "عام 2024"),
    ("«نعم»", '"نعم"'),
    ("كتـــاب", "كتاب"),
    ("1,000 دينار", "1.000 دينار"),
    ("٥٪", "5%"),
    ("عام 2023 - 2024", "عام 2023 – 2024"),
    ("كوفيد-19", "كوفيد 19"),
    ("درجة -5", "درجة –5"),
    ("درجة \u200e-5", "درجة −٥"),
    ("بين 5%-10%", "بين 5% - 10%"),
    ("1- البند", "1. البند"),
    ("عاجل | خبر", "عاجل: خبر"),
    ("● بند", "• بند"),
    ("٪50", "50٪"),
    ("٪ 50 من الناس", "50% من الناس"),
    ("بنسبة %12.5 أمس", "بنسبة 12.5% أمس"),
    ("%-5", "-5%"),
    ("５％", "5%"),
    ("５", "٥"),
    ("1,500", "1500"),
    ("1,500 دينار", "١٬٥٠٠ دينار"),
    ("١٬٥٠٠", "1500"),
    ("1.500.000 نسمة", "1,500,000 نسمة"),
    ("1,500,000.75", "1500000.75"),
    ("هيئة", "هيأة"),
    ("هَيْأَة", "هيئة"),
    ("هيأه", "هيأة"),
    ("ءاخر الأخبار", "آخر الأخبار"),
]
NOT_SMALL = [
    ("قال الوزير", "قال السفير"),
    ("5 قتلى", "6 قتلى"),
    ("بين 2 و5", "بين 25"),
    ("2.5 مليون", "25 مليون"),
    ("5% من الناس", "5 من الناس"),
    ("درجة -5", "درجة 5"),
    ("5 $", "5 €"),
    ("\u200e-5", "5"),
    ("-\u200e5", "5"),
    ("\u202a-5\u202c درجات", "5 درجات"),
    ("(-5)", "(5)"),
    ("«-5»", "«5»"),
    ("بلغت:-5", "بلغت:5"),
    ("بـ-5", "بـ5"),
    ("بــ\u200f-٥", "بـ٥"),
    ("ب-5 درجات", "ب5 درجات"),
    ("−5%", "5%"),
    ("-５", "５"),
    ("±5", "5"),
    ("≤5", "≥5"),
    ("₺5", "5"),
    ("₽5", "5"),
    ("₽5", "₺5"),
    ("فوز 🇲🇦", "فوز 🇩🇿"),
    ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067", "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074"),
    ("الطقس ☀️", "الطقس 🌧️"),
    ("👍", "👎"),
    ("1.500", "1500"),
    ("0,500", "0500"),
    ("100,20", "10020"),
    ("1,5", "15"),
    ("50% 60", "50 60%"),
    ("دنيئة", "دنياه"),
    ("بريء", "بري"),
    ("بدءا", "بدا"),
    ("", "كلمة"),
]


@pytest.mark.parametrize(("old", "new"), SMALL)
def test_punctuation_space_diacritics_and_letter_forms_are_small(old: str, new: str) -> None:
    assert is_small(old, new)
    assert classes(version(text=old), version(text=new)) in (["small"], [])
    assert classes(version(title=old), version(title=new)) in (["small"], [])


@pytest.mark.parametrize(("old", "new"), NOT_SMALL)
def test_another_word_or_number_is_not_small(old: str, new: str) -> None:
    assert not is_small(old, new)
    assert classes(version(text=old), version(text=new)) == ["body"]
    assert classes(version(title=new), version(title=old)) == ["headline"]


def test_every_class_that_applies_is_named_in_a_fixed_order() -> None:
    before = version("عنوان", "نص قديم", tags=["أ"])
    after = version("عنوان جديد", "نصٌّ قديم", tags=["ب"])
    assert classes(before, after) == ["headline", "small", "metadata"]
    assert classes(before, before) == []


def test_white_space_alone_is_no_change() -> None:
    assert classes(version(text="نص الخبر"), version(text="نص\n\nالخبر ")) == []


def test_metadata_that_is_no_longer_shown_is_no_change() -> None:
    before = version(
        subtitle="فرعي", section="سياسة", tags=["أ"], modified_at="2026-01-01", image="https://example.com/a"
    )
    after = version(section=None, modified_at="2026-01-02", image="https://example.com/b")
    assert metadata(before, after) == {"image": ("https://example.com/a", "https://example.com/b")}
    assert metadata(before, before) == {}
    assert metadata({**before, "details": None}, after) == {"image": (None, "https://example.com/b")}


SAME_DATES = [
    ("2026-05-07T07:00:00+01:00", "2026-05-07T06:00:00+00:00"),
    ("2026-05-07T07:00:00+01:00", "2026-05-07T06:00:00Z"),
    ("2026-05-07T07:00:00+01:00", "2026-05-07"),
    ("2026-05-07", "2026-05-07T23:30:00+03:00"),
    ("2026-05-07", "2026-05"),
    ("2026-05-07T07:00:00+01:00", "2026-05"),
    ("2026-05-07T07:00:42+01:00", "2026-05-07T07:00:00+01:00"),
]
OTHER_DATES = [
    ("2026-05-07T07:00:00+01:00", "2026-05-07T07:00:00+00:00"),
    ("2026-05-07T07:00:00+01:00", "2026-05-08"),
    ("2026-05-07", "2026-05-08"),
    ("2026-05-07", "2026-06"),
    ("2026-05-07T07:00:00+01:00", "2026-05-07T07:01:00+01:00"),
    (None, "2026-05-07"),
]


@pytest.mark.parametrize(("old", "new"), SAME_DATES)
def test_one_instant_in_another_offset_or_told_less_exactly_is_no_change(old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        assert classes(version(published_at=before), version(published_at=after)) == []


@pytest.mark.parametrize(("old", "new"), OTHER_DATES)
def test_another_instant_or_day_is_a_change(old: str | None, new: str) -> None:
    before, after = version(published_at=old), version(published_at=new)
    assert metadata(before, after) == {"published_at": (old, new)}
    assert classes(before, after) == ["metadata"]


@given(st.text())
def test_a_text_is_never_a_change_of_itself(text: str) -> None:
    assert is_small(text, f" {text}\n")
    assert normalised(text) == normalised(text.replace(" ", "  "))


def test_a_date_that_is_not_there_any_more_differs_from_one() -> None:
    assert differs("published_at", {"value": "2026-05-07T10:15:00+03:00", "precision": "minute"}, None)
    assert not differs("published_at", None, None)
