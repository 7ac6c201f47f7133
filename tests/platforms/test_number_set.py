"""The set of numbers by which a run knows what it met."""

from hypothesis import given
from hypothesis import strategies as st

from crawler.platforms.walks.number_set import NumberSet

NUMBERS = st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 40), max_size=60)


@given(NUMBERS, NUMBERS)
def test_it_answers_as_a_set_does(added: list[int], asked: list[int]) -> None:
    numbers, expected = NumberSet(), set[int]()
    for number in added:
        assert numbers.add(number) == (number not in expected)
        expected.add(number)
    assert len(numbers) == len(expected)
    assert [number in numbers for number in asked] == [number in expected for number in asked]


def test_a_negative_number_is_another_than_its_absolute_value() -> None:
    numbers = NumberSet([-7])
    assert -7 in numbers
    assert 7 not in numbers
