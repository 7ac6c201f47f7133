"""Cleaning of characters: what is damage goes, what was published stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.html.characters import CONTROLS, arabic_letters, line, mend, name, repair
from crawler.html.spelling import comparable

SENTENCE = "قال المتحدث باسم الوزارة إن العمل في المشروع سيبدأ خلال الأسبوع المقبل، وأضاف أن الكلفة لم تحدد بعد."


@given(st.text())
def test_mending_twice_changes_nothing_more(text: str) -> None:
    assert mend(mend(text)) == mend(text)
    assert line(line(text)) == line(text)


@given(st.text())
def test_a_mended_line_is_nfc_and_holds_no_control_character(text: str) -> None:
    mended = line(text)
    assert unicodedata.is_normalized("NFC", mended)
    assert not CONTROLS.search(mended)
    assert "\n" not in mended
    assert "\u00a0" not in mended
    assert mended == mended.strip()


def test_harakat_tatweel_and_farsi_letters_stay_as_published() -> None:
    published = "مُحَمَّد إرســال ی ک ﷺ «اقتباس» “quote”"
    assert comparable(mend(published)) == comparable(published)
    assert "ــ" in mend(published)
    assert "ﷺ" in mend(published)
    assert "ی ک" in mend(published)


def test_presentation_forms_become_letters() -> None:
    assert mend("ﺟﻮﻟﺔ ﻻ") == "جولة لا"
    assert mend("ﹰ").strip() == unicodedata.normalize("NFKC", "ﹰ").strip()


def test_stray_direction_marks_go_and_the_spelling_joiner_stays() -> None:
    assert line("\u200fخبر\u202b عاجل\u202c\ufeff") == "خبر عاجل"
    assert line("می\u200cشود") == "می\u200cشود"


def test_every_kind_of_white_space_is_one_space() -> None:
    assert line(" خبر\u00a0\u2009\t\r\n عاجل \u3000") == "خبر عاجل"


def test_a_name_of_nothing_is_none() -> None:
    assert name("\u200f \u00a0") is None
    assert name(None) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("إقرأ أيضًا:", "اقرأ أيضا"), ("إرســال التعليق", "ارسال التعليق"), ("عربى", "عربي"), ("«خبر»", "خبر")],
)
def test_spellings_of_one_phrase_compare_alike(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("utf-8", "cp1256"), ("utf-8", "latin-1"), ("cp1256", "latin-1"), ("cp1256", "cp1252")],
)
def test_text_saved_after_a_wrong_decoding_is_repaired(right: str, wrong: str) -> None:
    damaged = SENTENCE.encode(right).decode(wrong, "ignore" if wrong == "cp1252" else "strict")
    assert repair(f"<p>{damaged}</p>") == f"<p>{SENTENCE}</p>"


@pytest.mark.parametrize(
    "text", [SENTENCE, "café à la crème, où est-il ?", "plain", "", "طظ ط§ مرة واحدة في نص طويل " * 9]
)
def test_sound_text_is_not_repaired(text: str) -> None:
    assert repair(text) == text


def test_arabic_letters_are_counted_without_marks_and_digits() -> None:
    assert arabic_letters("مُحَمَّد 123 abc") == 4
