"""Which links of a page are its articles."""

from pathlib import Path

import lxml.html
import pytest

from crawler.listings.cards import article_links
from crawler.listings.links import link_url
from crawler.listings.menus import category_urls
from crawler.listings.paging import next_page
from crawler.themes import JANNAH

HOME = "https://news.example/"


def ours(url: str) -> bool:
    return url.startswith(HOME)


def links_of(html: str, *, selector: str = "", url: str = HOME + "category/world/") -> list[str]:
    links = article_links(lxml.html.document_fromstring(html), url, selector=selector, is_ours=ours)
    return [link.removeprefix(HOME) for link in links]


CARD = '<div class="card"><a href="/{n}/"><img></a><h3 class="title"><a href="/{n}/">وزير النقل يفتتح المحطة رقم {n} في المدينة</a></h3></div>'
PAGE = """
<body><header><nav><ul class="menu"><li><a href="/sport/">أخبار الرياضة المحلية والعالمية</a></li></ul></nav>
<div class="ticker"><a href="/90/">خبر عاجل طويل العنوان يمر في الشريط العلوي</a></div></header>
<div class="slider"><a href="/91/">خبر في شريط الصور المتحرك أعلى الصفحة</a><a href="/92/">خبر ثان في الشريط المتحرك نفسه هنا</a></div>
<main>{cards}<div class="pagination"><a href="/category/world/page/2/">الصفحة التالية من هذا القسم</a></div></main>
<aside class="sidebar"><ul><li><a href="/80/">الأكثر قراءة: خبر قديم من الشهر الماضي</a></li>{aside}</ul></aside>
<footer><a href="/about/">من نحن وكيف تتواصل مع هيئة التحرير</a></footer></body>"""


def page(count: int = 6) -> str:
    cards = "".join(CARD.format(n=n) for n in range(1, count + 1))
    aside = "".join(f'<li><a href="/7{n}/">خبر جانبي طويل العنوان يحمل الرقم {n} هنا</a></li>' for n in range(9))
    return PAGE.format(cards=cards, aside=aside)


def test_cards_are_found_and_menus_sidebars_sliders_and_footers_are_not():
    assert links_of(page()) == [f"{n}/" for n in range(1, 7)]


def test_a_theme_selector_that_finds_nothing_falls_back_to_structure():
    assert links_of(page(3), selector=".no-such-class a") == ["1/", "2/", "3/"]


def test_a_large_first_card_of_its_own_structure_belongs_to_the_list():
    hero = '<div class="hero"><h2><a href="/50/">افتتاح الميناء الجديد بعد أعوام من العمل</a></h2></div>'
    cards = "".join(CARD.format(n=n) for n in range(1, 4))
    assert links_of(f"<body><main><div class='list'>{hero}{cards}</div></main></body>") == ["50/", "1/", "2/", "3/"]


def test_links_of_other_hosts_and_files_are_left_out():
    cards = "".join(
        f'<div class="card"><h3><a href="{href}">عنوان طويل بما يكفي لخبر في الصحيفة</a></h3></div>'
        for href in ("https://other.example/1/", "/a.pdf", "mailto:a@b.example", "javascript:void(0)", "/5/")
    )
    assert links_of(f"<body><main>{cards}</main></body>") == ["5/"]


@pytest.mark.parametrize(
    "href", ["http://[::1", "https://", "//", "http://a b", "\x00", "data:text/html,x", "#top", ""]
)
def test_a_malformed_link_is_no_link(href: str):
    anchor = lxml.html.Element("a")
    anchor.set("href", href.replace("\x00", ""))
    url = link_url(anchor, HOME)
    assert url is None or url.startswith(("http://", "https://"))


def gold_titles(tree: lxml.html.HtmlElement, base: str) -> set[str]:
    return {link_url(a, base) or "" for a in tree.cssselect("#posts-container .post-title a")}


@pytest.mark.parametrize("name", ["jannah_archive_p1", "jannah_archive_p2", "jannah_category_numeric_p1"])
@pytest.mark.parametrize("selector", [JANNAH.selectors.links, ""], ids=["theme", "structure"])
@pytest.mark.shared
def test_a_jannah_listing_gives_its_ten_articles(shared: Path, name: str, selector: str):
    tree = lxml.html.document_fromstring((shared / f"corpus/listings/{name}.html").read_bytes())
    base = "https://listing.example/category/x/"
    links = article_links(tree, base, selector=selector, is_ours=lambda url: True)
    assert set(links) == gold_titles(tree, base)
    assert len(links) == 10


MENU = """<body><header><nav><ul class="menu">
<li class="menu-item menu-item-home"><a href="/">الرئيسية</a></li>
<li class="menu-item menu-item-object-category"><a href="/category/world/">أخبار العالم</a>
  <ul class="sub-menu"><li class="menu-item menu-item-object-category"><a href="/category/world/asia/">آسيا</a></li></ul></li>
<li class="menu-item menu-item-object-page"><a href="/about/">من نحن</a></li></ul></nav></header>
<aside><ul><li class="cat-item"><a href="/category/sport/">رياضة</a></li></ul></aside></body>"""


def categories_of(html: str) -> list[str]:
    return [u.removeprefix(HOME) for u in category_urls(lxml.html.document_fromstring(html), HOME, is_ours=ours)]


def test_wordpress_menus_name_their_categories_children_and_widgets_too():
    assert categories_of(MENU) == ["category/world/", "category/world/asia/", "category/sport/"]


def test_an_unmarked_menu_gives_all_but_home_static_pages_and_articles():
    menu = "".join(
        f'<a href="{href}">{name}</a>'
        for href, name in (
            ("/", "الرئيسية"),
            ("/politics", "سياسة"),
            ("/اقتصاد", "اقتصاد"),
            ("/contact", "اتصل بنا"),
            ("/privacy", "سياسة الخصوصية"),
            ("/2025/10/28/x", "خبر اليوم"),
            ("/news/1234567", "خبر الساعة"),
            ("https://x.example/sport", "رياضة"),
        )
    )
    assert categories_of(f"<body><nav>{menu}</nav></body>") == ["politics", "اقتصاد"]


def following(html: str, url: str = "category/world/", selector: str = "") -> str | None:
    next_url = next_page(lxml.html.document_fromstring(html), HOME + url, selector=selector)
    return next_url.removeprefix(HOME) if next_url else None


NUMBERS = '<ul class="pages-numbers"><li><a href="/category/world/">{0}</a></li><li><a href="/category/world/page/2/">{1}</a></li><li><a href="/category/world/page/3/">{2}</a></li></ul>'


@pytest.mark.parametrize("digits", ["123", "١٢٣", "۱۲۳"])
def test_the_next_page_is_found_by_its_number_in_any_digits(digits: str):
    assert following(NUMBERS.format(*digits)) == "category/world/page/2/"
    assert following(NUMBERS.format(*digits), "category/world/page/2/") == "category/world/page/3/"
    assert following(NUMBERS.format(*digits), "category/world/page/3/") is None


def test_the_mark_in_the_pager_says_which_page_this_is_where_the_address_does_not():
    others = "".join(f'<a href="/section/65/{number}">{number}</a>' for number in (1, 3))
    pager = f'<div class="pagination">{others}<span aria-current="page">2</span></div>'
    assert following(pager, "section/65/2") == "section/65/3"


@pytest.mark.parametrize("words", ["التالي", "الصفحة التالية »", "المقالات الأقدم", "أقدم", "← المزيد", "Older posts"])
def test_the_next_page_is_found_by_words(words: str):
    assert following(f'<div class="nav-links"><a href="?page=2">{words}</a></div>') == "category/world/?page=2"


def test_rel_next_in_the_head_wins():
    assert following('<link rel="next" href="/category/world/page/2/"><p>x') == "category/world/page/2/"


def test_a_load_more_button_says_how_many_pages_there_are():
    button = '<a id="load-more-archives" data-url="/category/world/page/99999/" data-max="{0}" data-page="1">تحميل المزيد</a>'
    assert following(button.format(3)) == "category/world/page/2/"
    assert following(button.format(3), "category/world/page/3/") is None


def test_the_load_more_buttons_of_a_home_page_s_blocks_are_not_its_pager():
    block = '<div class="mag-box"><a class="block-pagination show-more-button" data-max="{0}" href="#">تحميل المزيد</a></div>'
    assert following(block.format(4) + block.format(2), "") is None


def test_read_more_on_a_card_and_the_next_article_are_no_paging():
    assert following('<div class="card"><a href="/7/">المزيد</a></div><a rel="next" href="/8/">التالي</a>') is None


@pytest.mark.parametrize("href", ["https://other.example/page/2/", "/category/world/", "#", "http://[::1/page/2"])
def test_a_next_link_that_leads_nowhere_new_is_none(href: str):
    assert following(f'<div class="pagination"><a href="{href}">التالي</a></div>') is None


@pytest.mark.parametrize("address", ["?news=4821{n}", "?q=node/51{n}", "?lang=ar&amp;story=9900{n}"])
def test_an_article_may_be_named_by_its_query_alone(address: str) -> None:
    cards = "".join(CARD.replace("/{n}/", f"/{address}").format(n=n) for n in range(1, 7))
    expected = [address.format(n=n).replace("&amp;", "&") for n in range(1, 7)]
    assert links_of(PAGE.format(cards=cards, aside=""), url=HOME + "?cat=world") == expected


def test_a_number_that_counts_pages_or_names_a_day_is_no_article() -> None:
    cards = "".join(
        CARD.replace("/{n}/", "/?{n}").format(n=n) for n in ("page=1200", "year=2026", "cat=4410", "width=620")
    )
    assert links_of(PAGE.format(cards=cards, aside=""), url=HOME + "?cat=world") == []
