"""What a run keeps in memory of each page that it met: next to nothing, as a run may meet millions."""

import tracemalloc
from collections.abc import Callable
from typing import Any, cast

from crawler.platforms import CategorySpider
from crawler.platforms.items import Fetched
from crawler.platforms.spider_context import Frontier
from crawler.site import Site
from storage.records import Extraction
from tests.support.archives import article, capture

PAGES = 800
MOST_BYTES = 24  # of a page; a number in a set of Python's takes about 70, an address 250
LONG = "x" * 500  # storage.urls keeps the forms of the shorter URLs that were met last


class Example(CategorySpider):
    site = Site("example", "https://news.example/")


class Nothing:
    """A frontier of an archive that has nothing."""

    def with_article(self, urls: Any) -> list[str]:
        return []


def url_of(number: int) -> str:
    return f"https://news.example/2026/05/07/أخبار-المدينة-والميناء-القديم-{number}/?{LONG}"


def bytes_a_page(meet: Callable[[int], object]) -> float:
    """What meeting one more page adds to memory, when so many others were met."""
    tracemalloc.start()
    try:
        for number in range(2 * PAGES):
            if number == PAGES:
                before, _ = tracemalloc.get_traced_memory()
            meet(number)
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (after - before) / PAGES


def test_a_run_keeps_a_number_of_each_page_that_it_met_and_not_its_address() -> None:
    spider = Example()
    assert bytes_a_page(lambda number: spider.mark_seen(url_of(number))) < MOST_BYTES
    assert spider.has_seen(f"http://www.news.example/2026/05/07/أخبار-المدينة-والميناء-القديم-7?{LONG}")
    assert not spider.has_seen("https://news.example/2026/05/07/أخبار-المدينة-والميناء-القديم/")


def test_a_walk_keeps_a_number_of_each_article_that_it_brought() -> None:
    spider = Example()

    def bring(number: int) -> None:
        spider.stretches.add_article(url_of(number), "https://news.example/map.xml")
        page = Fetched(capture(url_of(number)), "article")
        page.extraction = Extraction(article(url_of(number), title=f"خبر {number}"))
        spider.stretches.note(page, cast("Frontier", Nothing()))

    assert bytes_a_page(bring) < MOST_BYTES
    assert not spider.stretches.ended
