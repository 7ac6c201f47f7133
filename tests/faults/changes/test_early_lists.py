"""Lists that run ahead of the pages they name, that are shorter than what came in between, or that have nothing to name."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.faults.followed_paper import HOURS, NUMBERS, START, Followed, paper_of
from tests.support.hostile import Answer, Server, page, robots
from tests.support.newspapers.small_site import MENU, article, listing


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Followed]:
    with Server(paper_of(NUMBERS)) as server:
        yield Followed(tmp_path, server)


def test_an_article_that_was_not_there_when_it_was_listed_is_fetched_when_it_is(site: Followed) -> None:
    """An embargo, an answer without a byte, and a robots.txt that forbids for a day."""
    embargoed, bare, forbidden = 3, 7, 9
    site.answer((embargoed,), lambda _: page("", 404))
    site.answer((bare,), lambda _: page("", 202))
    site.server.answers["/robots.txt"] = robots(f"User-agent: *\nDisallow: /n/{forbidden}/\n")
    first = site.crawl(0).site
    assert (first["new"], first["not_articles"]) == (9, {"empty": 1, "not-found": 1, "robots": 1})
    site.answer((embargoed, bare), article)
    site.server.answers["/robots.txt"] = robots("")
    assert [site.crawl(hours).site["new"] for hours in (0.5, 1.5)] == [1, 1], "the bare one at once"
    assert site.crawl(30).site["new"] == 1
    assert len(site.held()) == len(NUMBERS)


@pytest.mark.slow
def test_a_dead_link_costs_four_requests(site: Followed) -> None:
    site.answer((3,), lambda _: page("", 404))
    for hours in (*HOURS, 0.5, 80, 260, 300, 1000):
        site.crawl(hours)
    assert len(site.server.hits("/n/3/")) == 4


def feed(site: Followed, numbers: range) -> Answer:
    items = "".join(
        f"<item><title>خبر رقم {n} عن افتتاح الميناء الجديد</title><link>{site.server.url(f'/n/{n}/')}</link></item>"
        for n in numbers
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>الفجر</title>{items}</channel></rss>'
    return page(text, Content_Type="application/rss+xml")


def publish(site: Followed, newest: int) -> None:
    """The newest four in the feed, all in the list of a category."""
    numbers = range(newest, 0, -1)
    site.server.answers |= {f"/n/{n}/": article(n) for n in numbers}
    menu = f'{MENU}<a type="application/rss+xml" rel="alternate" href="/feed.xml">RSS</a>'
    site.server.answers |= {"/": listing(numbers[:2], menu=menu), "/c/a/": listing(numbers)}
    site.server.answers["/feed.xml"] = feed(site, numbers[:4])


def test_what_came_between_two_entries_of_a_feed_is_found_in_the_same_run(site: Followed) -> None:
    new = []
    for hours, newest in ((0, 12), (2, 14), (4, 24), (6, 25)):
        publish(site, newest)
        before = len(site.server.exchanges)
        new.append(site.crawl(hours).site["new"])
        lists = [each.path for each in site.server.exchanges[before:] if each.path.startswith("/c/")]
        assert bool(lists) == (newest in (12, 24)), "the other feeds name an article that is known"
    assert new == [12, 2, 10, 1]


def test_a_news_sitemap_is_empty_where_nothing_was_published_for_two_days(site: Followed) -> None:
    def news(numbers: range) -> Answer:
        at = START - timedelta(hours=20)
        urls = "".join(
            f"<url><loc>{site.server.url(f'/n/{n}/')}</loc><n:news><n:publication_date>{at.isoformat()}"
            "</n:publication_date></n:news></url>"
            for n in numbers
        )
        space = "http://www.google.com/schemas/sitemap-news/0.9"
        text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="{space}">{urls}</urlset>'
        return page(text, Content_Type="application/xml")

    site.server.answers["/robots.txt"] = robots(f"Sitemap: {site.server.url('/news-sitemap.xml')}\n")
    site.server.answers["/news-sitemap.xml"] = news(NUMBERS)
    assert site.crawl(0).site["new"] == len(NUMBERS)
    site.crawl(33)
    site.server.answers["/news-sitemap.xml"] = news(range(0))
    ran = site.crawl(34).site
    assert (ran["status"], ran["message"]) == ("done", None), ran
