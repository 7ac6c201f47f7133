"""What a run keeps in memory of each page that it met: next to nothing, as a run may meet hundreds of thousands."""

import tracemalloc

import pytest

from crawler.platforms import CategorySpider
from crawler.site import Site

PAGES = 20_000


class Example(CategorySpider):
    site = Site("example", "https://news.example/")


@pytest.mark.slow
def test_a_run_keeps_a_number_of_each_page_that_it_met_and_not_its_address() -> None:
    spider = Example()
    tracemalloc.start()
    try:
        for number in range(2 * PAGES):
            if number == PAGES:  # what is kept of the last addresses alone is full by now
                before, _ = tracemalloc.get_traced_memory()
            spider.mark_seen(f"https://news.example/2026/05/07/أخبار-المدينة-والميناء-القديم-{number}/")
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (after - before) / PAGES < 200
    assert spider.has_seen("http://www.news.example/2026/05/07/أخبار-المدينة-والميناء-القديم-7")
    assert not spider.has_seen("https://news.example/2026/05/07/أخبار-المدينة-والميناء-القديم/")
