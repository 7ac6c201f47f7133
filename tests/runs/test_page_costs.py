"""What one page costs a crawl, in calls and not in time: statements to the database, and what Scrapy starts for it."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from crawler import settings
from crawler.platforms.run_statistics import TemplateCounts
from crawler.runs.context import CrawlContext
from crawler.runs.run_profile import RunProfile
from crawler.site import Site
from crawler.workers.pool import ExtractorPool
from crawler.workers.site_profiles import STAGES
from storage.archive import Archive
from storage.queries import reextraction_queue
from storage.records import Found
from storage.urls import url_key
from tests.benchmarks.crawl_parts.served_sites import serving
from tests.support.archives import NOW, article, capture, frontier, save
from tests.support.running import environment


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com/", None, "SA", "Asia/Riyadh")
        yield opened


def _statements(engine: Engine) -> Counter[str]:
    """Counts the statements that are sent from now on, by their text."""
    sent: Counter[str] = Counter()

    @event.listens_for(engine, "before_cursor_execute")
    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent[statement] += 1

    return sent


def test_whether_a_new_page_is_known_is_asked_in_one_statement_that_is_built_once(archive: Archive):
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    sent = _statements(archive.engine)
    with archive.engine.connect() as connection:
        for number in range(3):
            key = url_key(f"https://example.com/new/{number}")
            assert not reextraction_queue.is_known(connection, {key, url_key("https://example.com/")})
    selects = {text: count for text, count in sent.items() if text.startswith("SELECT")}
    assert list(selects.values()) == [3]
    for statement in (reextraction_queue._any_at, reextraction_queue._outdated_at, reextraction_queue._current_at):
        assert statement() is statement()


def test_an_article_is_known_by_its_own_address_and_by_those_of_pages_that_show_it(archive: Archive):
    run_id = archive.start_run("example", now=NOW)
    shown, own = "https://example.com/p?id=7", "https://example.com/news/7"
    save(archive, run_id, capture(shown), article(own))
    save(archive, run_id, capture("https://example.com/section"), kind="listing")
    with archive.engine.connect() as connection:
        for url, known in ((shown, True), (own, True), ("https://example.com/section", False)):
            assert reextraction_queue.is_known(connection, {url_key(url), "example.com/none"}) is known
            assert (reextraction_queue.current(connection, url_key(url)) is not None) is known


def test_the_current_version_and_one_of_another_extractor_are_found_by_any_of_the_keys(archive: Archive):
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    key = url_key(capture().url)
    with archive.engine.connect() as connection:
        (outdated,) = reextraction_queue.outdated(connection, ["example.com/none", key], "another")
        current = reextraction_queue.current(connection, key)
    assert current == outdated
    assert current is not None


def test_a_listing_of_unknown_articles_asks_for_their_validators_once(archive: Archive):
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    urls = [f"https://example.com/new/{number}" for number in range(40)]
    pages = frontier(archive)
    sent = _statements(archive.engine)
    assert pages.unknown([*urls, capture().url]) == urls
    assert [pages.validators(url) for url in urls] == [(None, None)] * 40
    assert sum(count for text, count in sent.items() if text.startswith("SELECT")) <= 3
    assert pages.validators(capture().url) == ('"0"', "Thu, 07 May 2026 08:00:00 GMT")


def test_pending_articles_are_read_with_their_validators(archive: Archive):
    urls = [f"https://example.com/new/{number}" for number in range(40)]
    pages = frontier(archive)
    pages.enqueue([Found(url, "article") for url in urls])
    sent = _statements(archive.engine)
    assert [(page.url, pages.validators(page.url)) for page in pages.pending("article")] == [
        (url, (None, None)) for url in urls
    ]
    assert sum(count for text, count in sent.items() if text.startswith("SELECT") and "pages" in text) == 1


def test_scrapy_starts_few_tasks_for_each_answer():
    # It starts CONCURRENT_ITEMS of them, however few items the answer gives; its default is 100.
    assert settings.CONCURRENT_ITEMS <= 8


def test_pages_from_which_is_learned_are_saved_before_others_are_read(archive: Archive):
    async def begun() -> list[int]:
        profile = RunProfile(
            CrawlContext(archive, ExtractorPool()), Site("example", "https://example.com/"), TemplateCounts()
        )
        may_end, begun = asyncio.Event(), []

        async def page() -> None:
            async with profile.turn():
                begun.append(1)
                await may_end.wait()

        pages = [asyncio.create_task(page()) for _ in range(2 * STAGES[0])]
        await asyncio.sleep(0.05)
        first = len(begun)
        may_end.set()
        await asyncio.gather(*pages)
        return [first, len(begun)]

    assert asyncio.run(begun()) == [STAGES[0], 2 * STAGES[0]]  # none of them brought an article: the others go on


COUNTED = """
import json, sys
from pathlib import Path
from crawler.runs import run_profile
from tests.benchmarks.crawl_parts.compared_crawls import warraq_crawl
from tests.benchmarks.crawl_parts.served_sites import ServedSite

read_again = []
correct = run_profile.correct_items


async def count(archive, pool, site, items, **how):
    read_again.extend(items)
    await correct(archive, pool, site, items, **how)


run_profile.correct_items = count
print(json.dumps([warraq_crawl([ServedSite(*json.loads(sys.argv[1]))], Path("archive"), None), len(read_again)]))
"""


@pytest.mark.slow
def test_a_fast_crawl_reads_no_page_again_but_those_from_which_it_learned(tmp_path: Path):
    with serving(1, 60) as served:
        site = json.dumps(astuple(served.sites[0]))
        ran = subprocess.run(
            [sys.executable, "-c", COUNTED, site],
            cwd=tmp_path,
            env=environment(),
            capture_output=True,
            text=True,
            check=True,
        )
    new, read_again = json.loads(ran.stdout)
    assert new >= 58  # two invented pages may be one article
    assert read_again <= STAGES[-1]
