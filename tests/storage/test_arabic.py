"""Folding gives one spelling per word, cutting keeps places, stemming joins inflections and parts words."""

import ast
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import arabic
from storage.arabic import DEFINITE, MAX_LETTERS, fold, stem, tokens, words

# Arabic in all its blocks, marks and invisible characters among them, with some Latin, blanks and punctuation.
ARABIC = st.text(
    st.characters(min_codepoint=0x0600, max_codepoint=0x06FF)
    | st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF)
    | st.sampled_from("\u200c\u200d\u200e\u200f\u202a\u202c\u2067\u2069\u00ad\u00a0\u0301 \n.-_«»%aZéİß019")
    | st.sampled_from("ابتسلمنويةىأؤئء ـًٌٍَُِّْٰٓٔ"),
    max_size=60,
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أحمد إبراهيم آدم ٱلله", "احمد ابراهيم ادم الله"),
        ("مُحَمَّدٌ", "محمد"),
        ("محـــمد", "محمد"),
        ("هٰذا الرحمٰن", "هذا الرحمن"),
        ("قُرْءَانٌ ۖ مَّجِيدٌ", "قرءان مجيد"),
        ("مصطفى مدرسة", "مصطفي مدرسه"),
        ("مسؤول مسئول مسوؤل", "مسءول مسءول مسوءل"),
        ("و\u0654 ي\u0654 ا\u0653 ا\u0655", "ء ء ا ا"),
        ("کتاب جدید زەوی", "كتاب جديد زهوي"),
        ("ڤيديو پاريس چاد أڭادير أگادير", "فيديو باريس جاد اكادير اكادير"),
        ("ﺟﻤﻬﻮﺭﻳﺔ ﻻ ﷲ", "جمهوريه لا الله"),
        ("5﷼", "5 ريال"),
        ("محمدﷺ قال", "محمد صلي الله عليه وسلم قال"),
        ("ﹰﹱﱞ", ""),
        ("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"),
        ("FIFA Straße", "fifa strasse"),
        ("e\u0301 é", "é é"),
        ("\u200fغزة\u200e \u202bشمال\u202c \ufeff", "غزه شمال"),
        ("می\u200cخواهم", "مي خواهم"),
        ("\t كلمة \u00a0\n\n ثانية\x00", "كلمه ثانيه"),
        ("", ""),
    ],
)
def test_a_word_folds_to_one_spelling(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(ARABIC | st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ARABIC)
def test_folded_text_has_the_same_words(text: str) -> None:
    assert tokens(fold(text)) == tokens(text)


@given(ARABIC)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.lists(st.sampled_from("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"), min_size=1).map("".join), st.data())
def test_marks_and_tatweel_anywhere_do_not_part_or_change_a_word(word: str, data: st.DataObject) -> None:
    marks = st.sampled_from(["", "\u064b", "\u0651\u064e", "\u0670", "\u0640", "\u06d6", "\u200d", "\u200f"])
    dressed = "".join(letter + data.draw(marks) for letter in word)
    assert tokens(dressed) == [word[:MAX_LETTERS]]


@given(ARABIC | st.text())
def test_words_are_the_tokens_with_their_places(text: str) -> None:
    tokens_placed = list(words(text))
    assert [word.folded for word in tokens_placed] == tokens(text)
    assert all(0 <= word.start < word.end <= len(text) for word in tokens_placed)
    assert all(first.start <= second.start for first, second in pairwise(tokens_placed))
    assert all(tokens(text[word.start : word.end])[0] for word in tokens_placed)


@given(ARABIC | st.text())
def test_tokens_hold_no_blank_and_no_ascii_but_letters_and_digits(text: str) -> None:
    for token in tokens(text):
        assert 0 < len(token) <= MAX_LETTERS
        assert not any(letter.isspace() or (letter.isascii() and not letter.isalnum()) for letter in token)


def test_places_are_those_of_the_raw_letters() -> None:
    text = "قالَ «الوَزيـرُ»: ﷺ 3.5%"
    assert [(text[word.start : word.end], word.folded) for word in words(text)] == [
        ("قالَ", "قال"),
        ("الوَزيـرُ", "الوزير"),
        ("ﷺ", "صلي"),
        ("ﷺ", "الله"),
        ("ﷺ", "عليه"),
        ("ﷺ", "وسلم"),
        ("3", "3"),
        ("5", "5"),
    ]


def test_lone_tatweels_marks_and_punctuation_are_no_words() -> None:
    assert tokens("ـ ـــ َُّ - _ __ … ؟ ، ؛ ٪ 😀") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,500", "1500"),
        ("١٬٥٠٠٬٠٠٠", "1500000"),
        ("مائة", "مئة"),
        ("ثلاثمائة", "ثلاثمئة"),
        ("مائتين", "مئتين"),
        ("عبدالرحمن", "عبد الرحمن"),
        ("وعبدالله", "وعبد الله"),
        ("تصمیم\u200cها", "تصميم ها"),
    ],
)
def test_spellings_of_one_word_give_the_same_tokens(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


def test_other_numbers_and_words_stay_apart() -> None:
    assert tokens("2,0001 12,34 3.5 معبد المدينة") == ["2", "0001", "12", "34", "3", "5", "معبد", "المدينه"]


def test_a_run_without_blanks_is_cut() -> None:
    assert tokens("ا" * 1_000_000) == ["ا" * MAX_LETTERS]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("حكومة", "حكوم"),
        ("حكومتها", "حكوم"),
        ("صفقتين", "صفقت"),
        ("وزارتا", "وزار"),
        ("سائقو", "ساءق"),
        ("المدنيين", "ٱمدنيين"),
        ("وبالأردن", "ٱاردن"),
        ("والأردن", "ٱاردن"),
        ("للأردن", "ٱاردن"),
        ("مالي", "مالي"),
        ("ماليين", "مال"),
        ("لبنان", "لبنان"),
        ("الله", "الل"),
    ],
)
def test_a_word_is_indexed_without_endings_or_as_definite(word: str, key: str) -> None:
    assert stem(fold(word)) == key


@given(ARABIC | st.text())
def test_a_stem_is_part_of_its_word_and_not_empty(text: str) -> None:
    for token in tokens(text):
        key = stem(token)
        assert key.removeprefix(DEFINITE)
        assert key.removeprefix(DEFINITE) in token
        assert not token.startswith(DEFINITE)


def test_the_module_is_pure() -> None:
    tree = ast.parse(Path(arabic.__file__).read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert imported <= {"collections", "dataclasses", "functools", "re", "typing", "unicodedata"}
