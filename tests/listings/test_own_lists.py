"""Which lists of a page are its listing: a category keeps its own articles, whatever the boxes beside it are called."""

import lxml.html
import pytest

from crawler.listings.cards import article_links
from storage.urls import url_key
from tests.benchmarks.invented import developed
from tests.benchmarks.invented.sites import make_site
from tests.benchmarks.listing_fixtures.listing_markup import BARE, FULL, HOME, OTHER, cards, columns, listed
from tests.benchmarks.scramble import Levels


def test_a_box_with_poorer_cards_is_no_part_of_a_category() -> None:
    side = '<div class="c"><img><a href="URL">TITLE</a></div>'
    assert listed(columns(cards(range(10), FULL), cards(range(20, 26), side))) == [*range(10)]


def test_a_box_with_cards_as_rich_but_made_otherwise_is_no_part_of_a_category() -> None:
    assert listed(columns(cards(range(10), FULL), cards(range(20, 26), OTHER))) == [*range(10)]


def test_a_box_in_front_of_the_list_is_no_lead() -> None:
    side = '<div class="m"><div class="n">' + cards(range(20, 26), BARE) + "</div></div>"
    assert listed(f'<div>{side}<div class="k"><div class="l">{cards(range(10), FULL)}</div></div></div>') == [
        *range(10)
    ]


@pytest.mark.parametrize(("lead", "count"), [(2, 10), (4, 6)])
def test_a_lead_above_the_list_is_a_part_of_it(lead: int, count: int) -> None:
    above = f'<div class="h">{cards(range(20, 20 + lead), OTHER)}</div>'
    main = f'{above}<div class="l">{cards(range(count), FULL)}</div>'
    assert listed(f'<div><div class="k">{main}</div></div>') == [*range(20, 20 + lead), *range(count)]


@pytest.mark.parametrize("count", [9, 10, 11], ids=["rows of three", "a last row of one", "a last row of two"])
def test_rows_of_cards_are_one_list_that_outweighs_a_box(count: int) -> None:
    rows = (cards(range(at, min(at + 3, count)), FULL) for at in range(0, count, 3))
    main = "".join(f'<div class="row">{row}</div>' for row in rows)
    assert listed(columns(main, cards(range(20, 27), OTHER))) == [*range(count)]


@pytest.mark.parametrize("rows", [2, 6])
def test_rows_under_links_to_other_sections_are_boxes_though_their_cards_are_made_alike(rows: int) -> None:
    own = FULL.replace("<h3", "<span>محليات</span><h3").replace("</h3>", "</h3><i>23 نوفمبر 2026 11:08</i>")
    main = f'<h1>محليات</h1><div class="row">{cards(range(10), own)}</div>'
    for at in range(rows):
        first = 20 + 3 * at
        name = f'<div class="x"><a href="/section/s{at}">قسم {at}</a></div>'
        main += f'{name}<div class="row">{cards(range(first, first + 3), FULL)}</div>'
    assert listed(f'<div class="k">{main}</div>') == [*range(10)]


@pytest.mark.parametrize(
    ("heading", "title"),
    [("<h1>رياضة</h1>", "الصحيفة"), ('<div class="t">رياضة</div>', "رياضة | الصحيفة")],
    ids=["h1", "part of the title"],
)
def test_a_bare_list_under_the_page_s_title_is_its_own_beside_a_richer_box(heading: str, title: str) -> None:
    page = columns(f'{heading}<div class="p">{cards(range(10), BARE)}</div>', cards(range(20, 26), FULL))
    assert listed(page, title=title) == [*range(10)]


def test_a_heading_over_all_lists_tells_nothing() -> None:
    page = "<h1>رياضة</h1>" + columns(cards(range(10), FULL), cards(range(20, 26), OTHER))
    assert listed(page) == [*range(10)]


def test_the_section_in_the_addresses_tells_a_bare_list_from_a_richer_box() -> None:
    main = cards(range(10), BARE, "/sport/{}")
    side = cards(range(20, 23), FULL, "/economy/{}") + cards(range(23, 26), FULL, "/sport/{}")
    assert listed(columns(main, side)) == [*range(10)]


def test_a_box_named_after_the_section_is_not_taken_for_a_larger_list_of_its_subsections() -> None:
    main, side = cards(range(12), FULL, "/football/{}"), cards(range(20, 24), OTHER, "/sport/{}")
    assert listed(columns(main, side)) == [*range(12)]


def test_a_home_page_of_many_blocks_keeps_them_all() -> None:
    kinds = (FULL, BARE.replace("<a", "<img><a"), OTHER)
    blocks = "".join(
        f'<div class="q"><h3><a href="/section/{n}">القسم</a></h3><div class="r{n}">{cards(range(5 * n, 5 * n + 5), kind)}</div></div>'
        for n, kind in enumerate(kinds)
    )
    assert listed(f'<div class="s">{blocks}</div>', path="/") == [*range(15)]


def test_random_names_in_addresses_do_not_make_a_box_the_list() -> None:
    """One name of the box looks like a number, none of the list's does."""
    names = {n: f"d5c{n:02}b7" for n in range(10)} | {n: f"d5c{n}a1" for n in range(20, 25)} | {25: "d5c33812"}
    kinds = {n: FULL if n < 10 else OTHER for n in names}
    links = {n: cards(range(n, n + 1), kinds[n]).replace(f"/news/{1000 + n}", f"/p/{names[n]}") for n in names}
    page = columns("".join(links[n] for n in range(10)), "".join(links[n] for n in range(20, 26)))
    tree = lxml.html.document_fromstring(page)
    urls = article_links(tree, f"{HOME}/feed/sport", selector="", is_ours=lambda url: url.startswith(HOME))
    assert urls == [f"{HOME}/p/{names[n]}" for n in range(10)]


@pytest.mark.parametrize("scramble", [None, Levels()], ids=["as they are", "scrambled"])
def test_listings_of_sites_that_nobody_wrote_rules_for(scramble: Levels | None) -> None:
    wrong, right = 0, 0
    for build in developed.BUILDS:
        for page in make_site(build, developed.WORDS, seed=5, articles=20, scramble=scramble).listings:
            tree, host = lxml.html.document_fromstring(page.body), page.url.split("/")[2]
            urls = article_links(tree, page.url, selector="", is_ours=lambda url, host=host: url.split("/")[2] == host)
            keys, gold = set(map(url_key, urls)), set(map(url_key, page.gold))
            assert gold <= keys, page.url
            wrong, right = wrong + len(keys - gold), right + len(keys & gold)
    assert right / (right + wrong) >= 0.995


def test_a_link_that_covers_its_card_is_named_by_the_heading_beside_it() -> None:
    covered = '<div class="a"><a class="o" href="URL"></a><img><div class="b"><h3>TITLE</h3></div></div>'
    assert listed(f'<div class="l">{cards(range(10), covered)}</div>', path="/x") == [*range(10)]
    slugs = '<div class="a"><a class="o" href="URL"></a><h3>TITLE</h3></div>'
    assert listed(f'<div class="l">{cards(range(10), slugs)}</div>', path="/x") == [*range(10)]


def test_a_lead_below_the_body_with_pictures_as_backgrounds_is_a_part_of_the_list() -> None:
    wide = '<a class="w" href="URL" style="background-image:url(/p.jpg)"><b>TITLE</b><i>سطران من أول الخبر كما كتبه محرره اليوم</i></a>'
    tile = '<a class="t" href="URL"><img><b>TITLE</b></a>'
    page = (
        '<nav><a href="/news/2001">خبر في القائمة من خمس كلمات</a></nav>'
        f'<section class="f">{cards(range(20, 22), wide)}</section><section class="g">{cards(range(4), tile)}</section>'
        f'<section class="g three">{cards(range(4, 8), tile)}</section>'
    )
    assert listed(page) == [20, 21, *range(8)]


@pytest.mark.parametrize("mark", ["", '<i><img src="/bullet.gif"></i>'], ids=["plain", "with a bullet each"])
def test_boxes_of_titles_beside_the_list_of_a_home_page_are_no_blocks(mark: str) -> None:
    """Neither the same column, nor a table without a class, nor one icon in all lines makes them the list's equals."""
    card, line = '<tr><td><a href="URL"><img src="/URL.jpg">TITLE</a></td></tr>', f'<tr><td>{mark}<a href="URL">TITLE</a></td></tr>'  # fmt: skip
    label = "<tr><td>في دائرة الضوء</td></tr>"
    boxes = "".join(f'<table class="b">{label}{cards(range(n, n + 3), line)}</table>' for n in range(20, 38, 3))
    side = f"<div><table>{label}{cards(range(40, 47), line)}</table></div>"
    page = f"<div><div><table>{cards(range(10), card)}</table>{boxes}</div>{side}</div>"
    assert listed(page, path="/") == [*range(10)]


def test_short_boxes_of_cards_made_alike_are_no_blocks_where_they_name_the_list_s_articles_again() -> None:
    def blocks(each: range) -> str:
        parts = [cards(range(n % 5, n % 5 + 1), FULL) + cards(range(n, n + each.step - 1), FULL) for n in each[:1]]
        parts += [cards(range(n, n + each.step), FULL) for n in each[1:]]
        return "".join(f'<div class="q"><b>في دائرة الضوء</b><div class="r">{part}</div></div>' for part in parts)

    assert listed(f'<div class="l">{cards(range(10), FULL)}</div>{blocks(range(20, 38, 3))}', path="/") == [*range(10)]
    # A lead above blocks as long as it is: the page has no list of its own.
    lead = f'<div class="l">{cards(range(5), FULL)}</div>'
    assert {*range(5), *range(25, 50)} <= set(listed(lead + blocks(range(20, 50, 5)), path="/"))
