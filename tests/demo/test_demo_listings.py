"""Listings, feed and sitemap of the sample newspaper."""

from datetime import datetime
from urllib.parse import urlsplit

import pytest
from lxml import etree

from crawler.demo.stories import categories
from crawler.themes import JANNAH
from storage.records import Reason
from tests.support.rooms.demo import BASE, PAPER, get, listed_paths, texts, tree


@pytest.mark.parametrize("slug", sorted(categories()))
def test_a_category_pages_through_all_its_articles_and_no_others(slug: str) -> None:
    name = categories()[slug].name
    expected = [article.path for article in PAPER.articles() if name in article.categories]
    paths = listed_paths(slug)
    assert [path for path in paths if path not in PAPER.withheld()] == expected
    assert len(paths) == len(set(paths))
    assert get(f"/category/{slug}/page/{len(paths) // 6 + 2}/").status == 404


def test_categories_offer_older_pages_in_the_three_ways_of_the_theme() -> None:
    world, asia, local = (tree(f"/category/{slug}/") for slug in ("world-news", "asia", "local"))
    assert texts(world, ".pages-numbers li")[:2] == ["1", "2"]
    assert world.cssselect(JANNAH.selectors.next_page)[0].get("href") == f"{BASE}/category/world-news/page/2/"
    assert texts(asia, ".pages-standard .last-page a") == ["الصفحة التالية"]
    (more,) = local.cssselect("a#load-more-archives")
    assert more.get("data-url").endswith("/category/local/page/99999/")
    assert (more.get("data-page"), more.get("data-max")) == ("1", "3")
    assert not local.cssselect('link[rel="next"]')


def test_listings_are_full_of_links_that_are_no_part_of_them() -> None:
    page = tree("/category/asia/")
    own = {link.get("href") for link in page.cssselect("#posts-container a")}
    every = {link.get("href") for link in page.iter("a")}
    for kind in ("/tag/", "/author/", "/category/", "/about/"):
        assert any(kind in href for href in every - own), kind
    old = {path for path, reason in PAPER.withheld().items() if reason is None}
    assert old
    assert {BASE + path for path in old} <= every - own
    assert all(get(path).status == 200 for path in old)


def test_tags_authors_home_and_static_pages_answer() -> None:
    article = PAPER.articles()[5]
    page = tree(article.path)
    for link in page.cssselect(f"{JANNAH.selectors.tags}, {JANNAH.selectors.authors}"):
        path = urlsplit(link.get("href")).path
        assert article.path in [urlsplit(a.get("href")).path for a in tree(path).cssselect(JANNAH.selectors.links)]
    assert tree("/").cssselect(".mag-box .post-title a")
    assert texts(tree("/about/"), "h1") == ["من نحن"]
    assert {f"{BASE}/category/{slug}/" for slug in categories()} <= {
        link.get("href") for link in tree("/").cssselect("#main-nav a")
    }


def test_every_link_leads_somewhere_and_stays_on_the_site() -> None:
    seen: set[str] = set()
    for path in ("/", "/category/local/", "/category/sport/page/2/", PAPER.articles()[0].path):
        for link in tree(path).iter("a"):
            href = link.get("href").partition("#")[0]
            if href and href not in seen:
                seen.add(href)
                assert href.startswith(BASE + "/"), href
                parts = urlsplit(href)
                assert get(parts.path).status == 200, href


def test_the_feed_gives_the_ten_newest_with_an_excerpt_each() -> None:
    items = etree.fromstring(get("/feed/").body).findall("channel/item")
    assert len(items) == 10
    links = [urlsplit(item.findtext("link", "")).path for item in items]
    assert links == [article.path for article in PAPER.articles()][:10]
    content = items[0].findtext("{http://purl.org/rss/1.0/modules/content/}encoded", "")
    assert "ظهرت المقالة" in content
    assert len(etree.fromstring(get("/category/asia/feed/").body).findall("channel/item")) == 7


def test_the_sitemap_names_every_article_with_its_last_change() -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    (index,) = etree.fromstring(get("/sitemap_index.xml").body).findall("s:sitemap/s:loc", space)
    assert index.text == f"{BASE}/post-sitemap.xml"
    urls = etree.fromstring(get("/post-sitemap.xml").body).findall("s:url", space)
    paths = {urlsplit(url.findtext("s:loc", "", space)).path for url in urls}
    assert {article.path for article in PAPER.articles()} <= paths
    assert not any(path.startswith("/private/") for path in paths)
    assert all(datetime.fromisoformat(url.findtext("s:lastmod", "", space)).tzinfo for url in urls)


def test_a_listing_links_an_article_that_robots_txt_forbids() -> None:
    rules = get("/robots.txt").body.decode().splitlines()
    assert {"Disallow: /wp-admin/", "Disallow: /private/"} <= set(rules)
    (private,) = [path for path, reason in PAPER.withheld().items() if reason is Reason.ROBOTS]
    assert private.startswith("/private/")
    assert private in listed_paths("local")


def test_the_protected_and_the_video_page_are_listed_and_hold_no_text() -> None:
    why = {reason: path for path, reason in PAPER.withheld().items()}
    protected, video = tree(why[Reason.PROTECTED]), tree(why[Reason.VIDEO])
    assert protected.cssselect("form.post-password-form input[type=password]")
    assert "نص لا يظهر" not in protected.text_content()
    assert video.cssselect(".entry-content iframe")
    assert why[Reason.PROTECTED] in listed_paths("local")
    assert why[Reason.VIDEO] in listed_paths("sport")


def test_redirects_and_missing_pages_are_as_wordpress_answers_them() -> None:
    article = PAPER.articles()[3]
    assert get(f"/?p={article.story}").location == BASE + article.path
    assert get(article.path.rstrip("/")).location == BASE + article.path
    assert get("/category/asia/page/1/").location == f"{BASE}/category/asia/"
    for path in ("/nothing/", "/category/none/", "/tag/none/", "/category/asia/page/0/", "/wp-json/", "//[", "/%ff/"):
        assert get(path).status == 404, path
