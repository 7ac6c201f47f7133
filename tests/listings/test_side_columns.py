"""Side columns: a name says where a column stands; what it holds decides whether it is the listing's."""

import pytest

from tests.benchmarks.listing_fixtures.listing_markup import BARE, FULL, cards, listed

RIGHT, LEFT = '<div class="rightSide">', '<div class="leftSide">'


@pytest.mark.parametrize("urgent", [range(30, 30), range(30, 33)], ids=["nothing", "urgent news"])
@pytest.mark.parametrize("name", ["rightSide", "side-bar right", "rightcol"])
def test_the_only_or_richest_list_is_the_page_s_whatever_its_column_is_called(name: str, urgent: range) -> None:
    above = f'<div class="u">{cards(urgent, BARE)}</div>'
    main = f'<div class="{name}"><div class="t">رياضة</div>{cards(range(10), FULL)}</div>'
    side = f"{LEFT}<div>{cards(range(20, 26), BARE)}</div></div>"
    assert listed(f"{above}<div>{main}{side}</div>") == [*range(10)]


def test_a_side_column_is_none_of_the_listing_s_though_it_is_somewhat_richer() -> None:
    main, side = f'<div class="k">{cards(range(10), BARE)}</div>', f"{RIGHT}{cards(range(20, 26), FULL)}</div>"
    assert listed(f"<div>{main}{side}</div>") == [*range(10)]


def test_a_column_that_is_furniture_for_another_reason_stays_it() -> None:
    main = f'<div class="k">{cards(range(3), BARE)}</div>'
    assert listed(f"<div>{main}<aside>{RIGHT}{cards(range(20, 26), FULL)}</div></aside></div>") == [0, 1, 2]
    assert listed(f'<div>{main}<div class="side related">{cards(range(20, 26), FULL)}</div></div>') == [0, 1, 2]
