"""Alignment begins at items that occur once on both sides, as names and numbers do in prose."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from storage.diff.alignment import Match, StepBudget, align


def test_an_item_that_occurs_once_is_matched_before_a_longer_run_of_frequent_ones() -> None:
    assert align(["name", *"abab"], [*"abab", "name"], StepBudget()) == [Match(0, 4, 1)]


def test_names_stay_matched_in_a_text_whose_frequent_words_were_all_rewritten() -> None:
    old = [item for number in range(20) for item in (f"name {number}", *"abab" * 20)]
    new = [item for number in range(20) for item in (f"name {number}", *"cdcd" * 20)]
    matches = align(old, new, StepBudget())
    assert [(each.old_start, each.new_start, each.length) for each in matches] == [
        (n * 81, n * 81, 1) for n in range(20)
    ]


@given(st.text("abcd", max_size=12), st.text("abcd", max_size=12))
def test_blocks_are_equal_stand_in_order_and_none_goes_on_where_another_ends(old: str, new: str) -> None:
    blocks = align(old, new, StepBudget())
    for each in blocks:
        assert old[each.old_start :][: each.length] == new[each.new_start :][: each.length]
    for each, after in pairwise(blocks):
        gaps = (after.old_start - each.old_start - each.length, after.new_start - each.new_start - each.length)
        assert min(gaps) >= 0
        assert max(gaps) > 0
