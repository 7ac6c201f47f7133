"""Which words the dictionary has, also inflected, and that it lacks names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.arabic import fold, tokens
from storage.lexicon import is_known, is_listed


@pytest.mark.parametrize("word", ["كتاب", "مسؤول", "مسئول", "حكومة", "حكومه", "الإسلام"])
def test_a_word_is_listed_in_any_spelling(word: str) -> None:
    assert is_listed(fold(word))


@pytest.mark.parametrize("word", ["وبكتابهم", "للحكومات", "سيستقبلون", "تقسيما", "بشركاتها", "الاستعماري"])
def test_what_is_inflected_from_a_listed_word_is_known(word: str) -> None:
    assert is_known(fold(word))


@pytest.mark.parametrize("word", ["بوكيتو", "بيربوك", "دميرتاش", "ولفينجر", "الغارديان", "كوستونيا"])
def test_foreign_names_are_not_known(word: str) -> None:
    assert not is_known(fold(word))
    assert not is_listed(fold(word))


@given(st.text(max_size=12))
def test_any_word_has_an_answer(text: str) -> None:
    for word in tokens(text):
        assert is_known(word) or not is_listed(word)
