"""What counts as a label in front of a list, and what as furniture, of single elements."""

import lxml.html
import pytest

from crawler.listings.list_labels import has_label_before, has_label_within
from crawler.listings.listing_furniture import ListingFurniture

LONG = "فقرة من سطرين عن القسم وما ينشر فيه من أخبار وتقارير ومقابلات كل يوم"


@pytest.mark.parametrize(
    ("before", "is_labelled"),
    [
        ("<p>الأحدث</p>", True),
        ("<p>الأحدث</p><div></div>", True),
        ("<p>الأحدث</p><!-- x --><script>x()</script>", True),
        ("", False),
        ("<div></div>", False),
        ("<script>x()</script>", False),
        (f"<p>{LONG}</p><div></div>", False),
        (f"<p>{LONG}</p><style>p{{}}</style>", False),
        ("<h1>رياضة</h1>", False),
    ],
)
def test_a_label_is_of_words_that_are_seen_behind_whatever_has_none(before: str, is_labelled: bool) -> None:
    tree = lxml.html.document_fromstring(f"<div>{before}<ul><li>خبر</li></ul></div>")
    assert has_label_before(next(tree.iter("ul")), {}) == is_labelled


def test_a_label_behind_another_card_or_in_front_of_the_part_is_none_of_the_list() -> None:
    tree = lxml.html.document_fromstring("<main><p>الأحدث</p><div>خبر</div><ul><li>خبر</li></ul></main>")
    card, branch, first = (next(tree.iter(tag)) for tag in ("div", "ul", "li"))
    assert has_label_before(branch, {})
    assert not has_label_before(branch, {card: None})
    assert not has_label_within(branch, first)
    assert has_label_within(tree, first)


@pytest.mark.parametrize(("inside", "is_furniture"), [("", True), ('<h2><a href="/1">خبر</a></h2>', False)])
def test_a_form_is_furniture_unless_it_holds_the_page(inside: str, is_furniture: bool) -> None:
    link = "" if inside else '<h2><a href="/1">خبر</a></h2>'
    tree = lxml.html.document_fromstring(f'<div>{link}<form>{inside}<a class="x" href="/2">بحث</a></form></div>')
    headlines = [each for each in tree.iter("a") if each.get("class") is None]
    (other,) = (each for each in tree.iter("a") if each.get("class") == "x")
    assert ListingFurniture(tree, headlines).holds(other) == is_furniture


@pytest.mark.parametrize(("held", "is_furniture"), [(10, False), (9, True)])
def test_where_nothing_else_is_a_listing_only_a_form_around_all_headlines_is_no_furniture(
    held: int, is_furniture: bool
) -> None:
    links = [f'<h2><a href="/{number}">خبر</a></h2>' for number in range(10)]
    tree = lxml.html.document_fromstring(f"<div><form>{''.join(links[:held])}</form>{''.join(links[held:])}</div>")
    first, *_ = headlines = list(tree.iter("a"))
    assert ListingFurniture(tree, headlines, lenient=True).holds(first) == is_furniture
    assert not ListingFurniture(tree, headlines).holds(first)
