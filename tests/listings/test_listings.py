"""Finding a listing's articles keeps what docs/benchmarks.md says of it, on every theme, without knowing it."""

import time
from pathlib import Path

import lxml.html
import pytest

from crawler.listings.cards import article_links
from crawler.listings.url_patterns import UrlPatterns, pattern_of
from tests.benchmarks.listing_fixtures.listing_pages import HOST, Listing, headline, numbered
from tests.benchmarks.listing_fixtures.random_layouts import random_layout, random_layouts
from tests.benchmarks.listings import ROOT, found_in, markdown, measure, real_listings, shipped

SETS = shipped()
PAGES = {page.name: page for _, pages in SETS for page in pages}
SEEN = {page.name: page for _, pages in SETS[:-1] for page in pages}


def test_headlines_and_so_addresses_are_each_another() -> None:
    assert len({headline(number) for number in range(100)}) == 100


@pytest.mark.parametrize("presets", [False, True], ids=["generic", "presets"])
def test_precision_and_recall_over_all_themes(presets: bool) -> None:
    for _, pages in SETS:
        score = measure(pages, presets=presets)
        assert score.precision >= 0.97
        assert score.recall >= 0.95


@pytest.mark.parametrize("page", SEEN.values(), ids=SEEN)
def test_each_theme_s_list_is_found_without_its_selectors(page: Listing) -> None:
    score = measure([page], presets=False)
    assert score.precision >= 0.97, found_in(page, presets=False) - page.gold
    assert score.recall >= 0.95, page.gold - found_in(page, presets=False)


def test_precision_and_recall_over_layouts_at_random() -> None:
    score = measure(random_layouts(150), presets=False)
    assert score.precision >= 0.95
    assert score.recall >= 0.95


@pytest.mark.shared
def test_real_listings(shared: Path) -> None:
    pages = real_listings(shared / "corpus" / "listings")
    assert [len(page.gold) for page in pages] == [10, 10, 10, 20]
    for page in pages:
        assert found_in(page, presets=False) == page.gold


@pytest.mark.slow
def test_the_document_has_the_figures_of_the_fixtures() -> None:
    table = markdown(SETS)
    written = (ROOT / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    assert table.partition("###")[2].strip() in written


def test_what_feeds_and_sitemaps_name_tells_articles_from_a_larger_list_of_other_pages() -> None:
    """A directory of videos outnumbers the news on this page; only learned addresses tell which of them is which."""
    video = '<div class="v"><h4><a href="/video/watch-{0}-{0}">مقطع مصور من الشارع الرئيسي {0}</a></h4></div>'
    news = '<div class="n"><h3><a href="{1}">{2}</a></h3></div>'
    html = "".join(map(video.format, range(9))) + "".join(news.format(n, numbered(n), headline(n)) for n in range(5))
    tree = lxml.html.document_fromstring(f"<body><div><div>{html}</div></div></body>")
    patterns = UrlPatterns()
    patterns.learn(HOST + numbered(n) for n in range(100, 103))

    def found(known: frozenset[tuple[str, ...]]) -> list[str]:
        return article_links(tree, HOST + "/x", selector="", is_ours=lambda url: True, patterns=known)

    assert any("/video/" in url for url in found(frozenset()))
    assert found(patterns.known) == [HOST + numbered(n) for n in range(5)]


def test_a_shape_is_learned_from_three_addresses_and_never_one_that_sections_have() -> None:
    patterns = UrlPatterns()
    patterns.learn([f"{HOST}/news/1234", f"{HOST}/news/1235"])
    assert not patterns.known
    patterns.learn([f"{HOST}/news/1236", *(f"{HOST}/sport/{word}" for word in ("a", "b", "c"))])
    assert patterns.known == {pattern_of(f"{HOST}/news/1000")}


def test_a_theme_s_selector_is_not_followed_into_a_sidebar_and_a_site_s_own_is() -> None:
    title = '<h3 class="t"><a href="{}">x</a></h3>'
    main, other, side = (title.format(href) for href in ("/1/", "https://other.example/3/", "/2/"))

    def links(html: str, *, trusted: bool) -> list[str]:
        tree = lxml.html.document_fromstring(f"<body>{html}</body>")
        return article_links(tree, HOST, selector=".t a", is_ours=lambda url: url.startswith(HOST), trusted=trusted)

    page = f"<main>{main}{other}</main><aside>{side}</aside>"
    assert links(page, trusted=False) == [f"{HOST}/1/"]
    assert links(page, trusted=True) == [f"{HOST}/1/", f"{HOST}/2/"]
    assert links(f"<main><p>خبر</p></main><aside>{side}</aside>", trusted=False) == [f"{HOST}/2/"]


def hostile(kind: str, count: int) -> str:
    link = '<a href="/news/{0}">خبر رقم {0} عن افتتاح الميناء الجديد في المدينة</a>'
    links = [link.format(10_000 + number) for number in range(count)]
    if kind == "one paragraph":
        return f"<p>{'نص ' * 20_000}{''.join(links)}</p>"
    if kind == "nested":
        return '<div class="sidebar-left">' * 200 + "".join(f"<div>{each}</div>" for each in links) + "</div>" * 200
    if kind == "ever deeper":
        return "".join(f'<div class="sidebar widget">{each}' for each in links[: count // 4])
    if kind == "columns":
        return '<div class="row"><div class="col-md-9">x</div>' + "".join(f'<div class="col-md-3">{3 * each}</div>' for each in links) + "</div>"  # fmt: skip
    return "".join(f'<div class="box{n}"><h3>الأكثر قراءة</h3>{each}</div>' for n, each in enumerate(links))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["one paragraph", "nested", "ever deeper", "columns", "headings"])
def test_four_times_the_links_cost_no_more_than_about_four_times_the_work(kind: str) -> None:
    def seconds(count: int) -> float:
        tree = lxml.html.document_fromstring(
            f"<html><body>{hostile(kind, count)}</body></html>", parser=lxml.html.HTMLParser(huge_tree=True)
        )
        began = time.process_time()
        article_links(tree, HOST + "/x", selector="", is_ours=lambda url: True)
        return time.process_time() - began

    seconds(100)
    # The better of two: a collection of this process's garbage may fall into one.
    assert min(seconds(24_000), seconds(24_000)) <= 10 * max(seconds(6_000), 0.05)


def test_a_year_that_a_headline_names_makes_no_other_pattern() -> None:
    patterns = {pattern_of(f"{HOST}/news/2026/11/23/{name}") for name in ("خطة-عام-2030-في-مصر", "خطة-جديدة-في-مصر")}
    assert len(patterns) == 1


def test_a_rich_list_in_a_box_with_a_heading_is_no_lead() -> None:
    page = random_layout(24)
    assert found_in(page, presets=False) == page.gold
