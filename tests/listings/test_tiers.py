"""A listing in several parts keeps them all, and no box beside it: what decides is labels, places and repeats."""

import lxml.html
import pytest

from crawler.listings.cards import article_links
from tests.benchmarks.listing_fixtures.listing_markup import BARE, FULL, HOME, cards, columns, listed

LEAD = '<div class="f"><h2><a href="URL">TITLE</a></h2><a href="URL"><img></a><p>سطران من أول الخبر كما كتبه محرره اليوم</p></div>'
PICTURE = '<div class="g"><a href="URL"><img></a><h3><a href="URL">TITLE</a></h3></div>'
ROW = '<tr><td><a href="URL">TITLE</a></td><td>12/05/2026</td></tr>'
PLAIN = '<div class="i"><a href="URL"><img>TITLE</a></div>'
MENU = '<div class="menu"><a href="/section/a">سياسة</a> <a href="/section/b">رياضة</a></div>'
PAGES = '<div class="w"><a href="?p=1">1</a> <a href="?p=2">2</a> <a href="?p=3">3</a></div>'


def box(numbers: range, markup: str = BARE, label: str = "<div>في دائرة الضوء</div>") -> str:
    return f'<div class="x">{label}<div class="y">{cards(numbers, markup)}</div></div>'


def tiers(*parts: str) -> str:
    return "".join(f'<div class="t{n}">{part}</div>' for n, part in enumerate(parts))


@pytest.mark.parametrize("side", [box(range(30, 36)), box(range(30, 34), FULL)], ids=["of titles", "of pictures"])
@pytest.mark.parametrize("last", [BARE, '<div class="h"><h3><a href="URL">TITLE</a></h3></div>'], ids=["bare", "h3"])
def test_a_lead_picture_cards_and_a_last_tier_of_titles_are_one_listing(last: str, side: str) -> None:
    main = tiers(cards(range(1), LEAD), cards(range(1, 7), PICTURE), cards(range(7, 12), last)) + PAGES
    assert listed(f"{MENU}<div><div>{main}</div>{side}</div>") == [*range(12)]
    assert listed(f"{MENU}<div>{side}<div>{main}</div></div>") == [*range(12)]


def test_a_lead_that_stands_beside_the_lists_themselves_brings_them_together() -> None:
    main = (
        cards(range(1), LEAD) + f'<div class="p">{cards(range(1, 3), PLAIN)}</div><ul>{cards(range(3, 12), BARE)}</ul>'
    )
    assert listed(f"<div><div>{main}</div>{box(range(30, 36))}</div>") == [*range(12)]


def test_all_tiers_together_outweigh_a_box_that_is_larger_than_each() -> None:
    main = tiers(cards(range(1), LEAD), cards(range(1, 4), PICTURE), cards(range(4, 9), BARE))
    assert listed(columns(main, cards(range(30, 35), PLAIN))) == [*range(9)]


def test_two_columns_of_cards_beside_each_other_are_one_listing_whatever_their_addresses() -> None:
    first, second = cards(range(6), PICTURE, "/sport/{}"), cards(range(6, 12), PICTURE, "/economy/{}")
    side = box(range(30, 36), PICTURE).replace("/news/", "/culture/")
    assert listed(f'<div><div class="k">{tiers(first, second)}</div>{side}</div>') == [*range(12)]


def test_a_list_beside_the_listing_with_a_label_is_a_box() -> None:
    main = f'<div class="l">{cards(range(10), FULL)}</div>'
    for label in ("<h4>في دائرة الضوء</h4>", "<div>في دائرة الضوء</div>", "<b>في دائرة الضوء</b>"):
        assert listed(f'<div>{main}{label}<div class="z">{cards(range(30, 36), PLAIN)}</div></div>') == [*range(10)]


def test_an_advertisement_or_a_date_between_tiers_is_no_label_of_a_box() -> None:
    for between in ("<div><iframe></iframe></div>", "<div><script>var x = 1</script></div>", "<b>١٢ مايو ٢٠٢٦</b>"):
        main = f'<div class="l">{cards(range(6), FULL)}</div>{between}<div class="z">{cards(range(6, 12), BARE)}</div>'
        assert listed(f"<div><div>{main}</div>{box(range(30, 36))}</div>") == [*range(12)]


@pytest.mark.parametrize("day", ['<div class="d">DAY</div>', "<h3>DAY</h3>", "<p><b>DAY</b></p>"])
def test_articles_grouped_by_day_are_one_list_that_outweighs_a_box(day: str) -> None:
    days = "".join(
        f'<div class="day">{day.replace("DAY", f"{20 - n} تشرين الثاني 2026")}<ul>{cards(range(2 * n, 2 * n + 2), PICTURE)}</ul></div>'
        for n in range(5)
    )
    assert listed(f"<div><div>{days}{PAGES}</div>{box(range(30, 36), PICTURE)}</div>") == [*range(10)]


def test_articles_of_a_category_grouped_under_headings_are_all_its_own() -> None:
    groups = "".join(
        f'<div class="s"><h3>{name}</h3><div class="l">{cards(range(5 * n, 5 * n + 5), FULL)}</div></div>'
        for n, name in enumerate(("كرة القدم", "كرة السلة", "ألعاب القوى"))
    )
    assert listed(f"<h1>رياضة</h1><div><div>{groups}</div>{box(range(30, 36))}</div>") == [*range(15)]


def test_a_table_of_titles_with_dates_is_the_listing_below_its_lead() -> None:
    main = f'<div class="l">{cards(range(1), LEAD)}</div><table>{cards(range(1, 10), ROW)}</table>'
    assert listed(f"<div><div>{main}{PAGES}</div>{box(range(30, 35))}</div>") == [*range(10)]


def test_a_box_that_names_articles_of_the_list_again_is_a_box_even_without_a_label() -> None:
    main = f'<div class="l">{cards(range(10), FULL)}</div>'
    again = cards(range(3, 5), PLAIN) + cards(range(30, 34), PLAIN)
    assert listed(f'<div>{main}<div class="z">{again}</div></div>') == [*range(10)]
    assert listed(f'<div><div class="z">{again}</div>{main}</div>') == [*range(10)]


def test_a_pinned_article_above_the_list_is_found_once() -> None:
    pinned = f'<div class="o">{cards(range(1), LEAD)}</div>'
    rest = f'<div class="l">{cards(range(1, 10), FULL)}</div>'
    assert listed(f"<div><div>{pinned}{rest}</div>{box(range(30, 35))}</div>") == [*range(10)]
    assert listed(f"<div><div>{pinned}<div>{cards(range(10), FULL)}</div></div>{box(range(30, 35))}</div>") == [
        *range(10)
    ]


def test_boxes_in_the_markup_of_the_list_are_told_by_their_label() -> None:
    card = '<div class="r"><a class="q" href="URL"><div class="r">TITLE</div></a></div>'
    main = f'<div class="r">{cards(range(10), card.replace("<div", "<img><div", 2).replace("<img>", "", 1))}</div>'
    side = f'<div class="r"><div class="r">قبل قليل</div>{cards(range(30, 36), card)}</div>'
    assert listed(f'<div class="r">{main}{side}</div>') == [*range(10)]
    items = f'<ul class="v"><li>قبل قليل</li>{cards(range(30, 36), PICTURE)}</ul>'
    dated = f"<div><div>الإثنين 23 نوفمبر 2026</div>{items}</div>"
    assert listed(f"<div><div><ul>{cards(range(10), PICTURE)}</ul></div><div>{dated}</div></div>") == [*range(10)]


def test_poor_cards_in_front_of_richer_ones_are_no_tier() -> None:
    main = f'<div class="l">{cards(range(5), FULL.replace("</div>", "<p>سطران من أول الخبر كما كتبه محرره اليوم</p></div>"))}</div>'
    assert listed(f'<main><section class="j">{cards(range(30, 34), BARE)}</section>{main}</main>') == [*range(5)]


def test_a_link_that_covers_a_card_without_a_heading_is_found_by_the_picture_that_it_covers() -> None:
    covered = '<div class="c"><a class="o" href="URL"></a><img><div><a href="/x">رياضة</a><div>TITLE</div></div></div>'
    assert listed(f'<div class="l">{cards(range(10), covered)}</div>') == [*range(10)]


def test_a_home_page_of_one_listing_has_no_box_with_a_label() -> None:
    main = tiers(cards(range(1), LEAD), cards(range(1, 7), PICTURE), cards(range(7, 12), BARE))
    assert listed(f"<div><div>{main}</div>{box(range(30, 35))}</div>", path="/") == [*range(12)]


def test_a_box_without_a_label_is_told_by_numbers_that_do_not_go_on_with_the_list() -> None:
    main = f'<div class="l">{cards(range(10, 16), FULL)}</div>'
    assert listed(f'<div>{main}<div class="z">{cards(range(16, 19), BARE)}</div></div>') == [*range(10, 19)]
    assert listed(f'<div>{main}<div class="z">{cards(range(4, 7), BARE)}</div></div>') == [*range(10, 16)]


def test_a_list_elsewhere_that_goes_on_with_the_next_older_articles_is_of_the_listing() -> None:
    for label in ("", "<h2>شريط الأخبار</h2>"):
        for rest, own in ((range(23, 17, -1), True), (range(18, 12, -1), False), (range(40, 34, -1), False)):
            first = f"<section>{label}<ul>{cards(range(29, 23, -1), FULL)}</ul></section>"
            page = f"<main>{first}<section><ol>{cards(rest, BARE)}</ol></section></main>"
            assert listed(page) == [*range(29, 23, -1), *(rest if own else ())]
            named = lxml.html.document_fromstring(page.replace("/news/", "/articles/c"))
            urls = article_links(named, HOME, selector="", is_ours=lambda url: url.startswith(HOME))
            assert len(urls) == (12 if own else 6)


def test_a_list_without_a_label_below_the_label_of_the_list_in_front_is_of_the_listing() -> None:
    main = f'<h2>رياضة</h2><div class="l">{cards(range(6), FULL)}</div><div class="z">{cards(range(6, 9), BARE)}</div>'
    assert listed(f"<div><div>{main}{box(range(30, 36))}</div></div>") == [*range(9)]


def test_a_heading_that_leads_to_a_section_is_the_label_of_a_box() -> None:
    main = f'<div class="l">{cards(range(19, 13, -1), FULL)}</div><div class="z">{cards(range(13, 10, -1), BARE)}</div>'
    for address in ("/culture", "/section/12", "/list.php?name=culture"):
        label = f'<h3><a href="{address}">ثقافة وفنون</a></h3>'
        page = f'<div>{main}<div class="x">{label}<div class="z">{cards(range(10, 7, -1), BARE)}</div></div></div>'
        assert listed(page) == [*range(19, 10, -1)]


def test_a_list_in_front_of_the_link_to_the_next_page_is_of_the_listing_whatever_its_order() -> None:
    main = f'<div class="l">{cards(range(16, 10, -1), FULL)}</div>'
    pager = '<div class="t"><a href="/section/sport?page=2">المزيد</a></div>'
    for more, own in ((pager, True), ("", False)):
        page = f'<div>{main}<div class="z">{cards(range(40, 37, -1), BARE)}</div>{more}{box(range(30, 36))}</div>'
        assert listed(page) == [*range(16, 10, -1), *(range(40, 37, -1) if own else ())]


def test_a_slider_or_a_box_in_the_column_of_a_home_page_hides_no_tier() -> None:
    main = f'<div class="l">{cards(range(6), FULL)}</div><div class="z">{cards(range(6, 9), BARE)}</div>'
    aside = f"<aside>{cards(range(30, 36), PLAIN)}</aside>"
    assert listed(f"<div>{main}{aside}</div>", path="/") == [*range(9)]


@pytest.mark.parametrize("name", ["slider", "owl-carousel main-slider", "topSlider", "x1"])
def test_a_slider_is_of_the_listing_where_its_articles_are_the_next_newer_ones(name: str) -> None:
    rest = f'<div class="l">{cards(range(19, 12, -1), LEAD)}</div>{box(range(30, 36))}'
    for slides, own in ((range(22, 19, -1), True), (range(50, 47, -1), False), (range(22, 25), False)):
        for label in ("<div>إعلان</div>", "<h2>رياضة</h2>"):
            page = f'<div><div class="{name}">{cards(slides, PLAIN)}</div>{label}{rest}</div>'
            assert listed(page) == [*(slides if own else ()), *range(19, 12, -1)]


def test_addresses_that_name_a_year_and_a_month_have_no_order() -> None:
    slides, path = (
        f'<div class="slider">{cards(range(30, 33), PICTURE, "/2026/11/خبر-من-{}")}</div>',
        "/2026/11/خبر-{}",
    )
    page = slides.replace('/"', '"') + f'<div class="l">{cards(range(9), FULL, path)}</div>'
    tree = lxml.html.document_fromstring(f"<html><body><div>{page}</div></body></html>")
    urls = article_links(tree, f"{HOME}/section/sport", selector="", is_ours=lambda url: url.startswith(HOME))
    assert urls == [HOME + path.format(1000 + n) for n in range(9)]
