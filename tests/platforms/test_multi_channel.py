"""Every way into a site, over real HTTP: each channel alone, all of them joined, and what happens when one fails."""

import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.newspapers.platform_sites import archived, crawl, declare, serve
from tests.support.newspapers.platform_stories import NOW, Paper, stories
from tests.support.running import start

ALL = 23


def numbers(count: int = ALL) -> list[int]:
    return list(range(1, count + 1))


SLOW = pytest.mark.slow  # of many alike one or two are quick enough for every day


@pytest.mark.parametrize(
    "platform",
    [
        "WordPressSpider",
        "MultiChannelSpider",
        *(pytest.param(f"{name}Spider", marks=SLOW) for name in ("Feed", "Sitemap")),
    ],
)
def test_each_way_in_finds_every_article_once_and_then_asks_the_channels_alone(tmp_path: Path, platform: str):
    with serve(Paper(stories(ALL))) as server:
        ran = crawl(tmp_path, server, platform)
        assert (ran.code, ran.json["new"]) == (0, ALL), ran.out
        assert archived(tmp_path) == numbers()
        assert Counter(target for target in server.asked() if target.startswith("/archives/")).total() == ALL
        before = len(server.requests)
        ran = crawl(tmp_path, server, platform)
        assert (ran.code, ran.json["new"]) == (0, 0), ran.out
        again = server.asked(before)
        assert len(again) <= 5
        assert "/" not in again
        assert not [target for target in again if target.startswith(("/archives/", "/category/"))]


FEW_QUEUED = """from crawler.platforms import endpoint_walk, multi_channel

endpoint_walk.MOST_QUEUED = multi_channel.MOST_QUEUED = 4
"""


def test_articles_that_find_no_room_in_memory_wait_in_the_archive_and_are_fetched_once(tmp_path: Path):
    with serve(Paper(stories(ALL), frozenset(("sitemap",)))) as server:
        ran = crawl(tmp_path, server, "SitemapSpider", lines=FEW_QUEUED)
        assert (ran.code, ran.json["new"]) == (0, ALL), ran.out
        assert archived(tmp_path) == numbers()
        asked = Counter(target for target in server.asked() if target.startswith("/archives/"))
        assert (len(asked), asked.total()) == (ALL, ALL)


@pytest.mark.parametrize(("count", "place"), [(ALL, 3), pytest.param(120, 110, marks=SLOW)])
def test_a_post_with_a_password_is_never_asked_for_where_rest_tells(tmp_path: Path, count: int, place: int):
    papers = stories(count)
    papers[place].protected = True  # the second: on a page of REST's that comes after the sitemap would have
    with serve(Paper(papers)) as server:
        ran = crawl(tmp_path, server, "MultiChannelSpider")
        assert (ran.json["new"], ran.json["not_articles"]) == (count - 1, {"protected": 1})
        assert crawl(tmp_path, server, "SitemapSpider", "--full").json["new"] == 0
        assert papers[place].path not in server.asked()


@pytest.mark.slow
def test_what_a_run_publishes_is_found_whatever_its_date_and_what_was_edited_is_visited(tmp_path: Path):
    papers = stories(105)
    with serve(Paper(papers, frozenset(("rest",)))) as server:
        assert crawl(tmp_path, server, "WordPressSpider").json["new"] == 105
        late = replace(papers[0], number=106, published=papers[0].published + timedelta(minutes=30))
        edited = papers[102]  # past the first page of the list
        time.sleep(1.1)  # WordPress tells of edits to the second, and this one must lie after the fetch
        edited.modified, edited.edition = datetime.now(UTC), 2
        server.paper = Paper([late, *papers], frozenset(("rest",)))
        before = len(server.requests)
        ran = crawl(tmp_path, server, "WordPressSpider")
        assert (ran.json["new"], ran.json["changed"]) == (1, 1)
        asked = [target for target in server.asked(before) if target.startswith("/archives/")]
        assert sorted(asked) == sorted([late.path, edited.path])


@pytest.mark.slow
@pytest.mark.parametrize("status", [200, *(pytest.param(status, marks=SLOW) for status in (401, 403, 404))])
def test_a_closed_rest_api_is_a_failure_of_that_channel_and_the_others_do_its_work(tmp_path: Path, status: int):
    paper = Paper(stories(ALL))
    if status == 200:  # a page in the place of JSON
        paper.extra["/wp-json/wp/v2/posts"] = ("text/html", b"<html><body>Access denied</body></html>")
    else:
        paper.status["rest"] = status
    with serve(paper) as server:
        ran = crawl(tmp_path, server, "WordPressSpider")
        assert (ran.code, ran.json["new"]) == (0, ALL), ran.out
        assert archived(tmp_path) == numbers()
        assert ran.json["sites"][0]["channels"]["rest"]["failures"] == 1
        before = len(server.requests)
        assert crawl(tmp_path, server, "WordPressSpider").code == 0
        assert not [target for target in server.asked(before) if "wp-json" in target], "left alone for a day"


def test_a_site_without_channels_is_walked_by_its_categories(tmp_path: Path):
    with serve(Paper(stories(ALL), frozenset(("categories",)), wordpress=False)) as server:
        ran = crawl(tmp_path, server, "MultiChannelSpider")
        assert (ran.code, ran.json["new"]) == (0, ALL), ran.out
        assert ran.json["sites"][0]["channels"]["categories"]["failures"] == 0


def test_the_run_says_what_each_channel_missed(tmp_path: Path):
    papers = stories(20)
    papers[2].hidden_from = frozenset(("feed", "sitemap"))
    papers[4].hidden_from = frozenset(("rest",))
    papers[15].hidden_from = frozenset(("feed",))  # older than the feed goes: not missed by it
    with serve(Paper(papers)) as server:
        channels = crawl(tmp_path, server, "MultiChannelSpider").json["sites"][0]["channels"]
        assert archived(tmp_path) == numbers(20)
        assert {name: count["missed"] for name, count in channels.items()} == {
            "rest": 1,
            "feed": 1,
            "sitemap": 1,
            "categories": 0,
        }
        assert channels["rest"]["found"] == 19
        assert channels["feed"]["found"] == 10
        assert sum(count["first"] for count in channels.values()) >= 20


def test_declared_channels_are_asked_and_no_others(tmp_path: Path):
    with serve(Paper(stories(ALL))) as server:
        ran = crawl(
            tmp_path, server, "MultiChannelSpider", declared=', sitemaps=("/sitemap_index.xml",), channels=("sitemap",)'
        )
        assert ran.json["new"] == ALL
        assert not [target for target in server.asked() if target == "/" or "wp-json" in target or "feed" in target]


@pytest.mark.slow
def test_a_site_with_a_feed_alone_is_walked_back_through_its_older_pages_once(tmp_path: Path):
    with serve(Paper(stories(ALL), frozenset(("feed",)))) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == ALL
        before = len(server.requests)
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == 0
        assert not [target for target in server.asked(before) if "paged" in target]


@pytest.mark.slow
def test_an_unchanged_feed_is_not_sent_again(tmp_path: Path):
    with serve(Paper(stories(ALL), frozenset(("feed",)))) as server:
        crawl(tmp_path, server, "FeedSpider")
        ran = crawl(tmp_path, server, "FeedSpider")
        assert (ran.code, server.requests[-1]) == (0, ("/feed/", 304))


def test_only_the_sitemap_files_that_changed_are_read_again(tmp_path: Path):
    papers = stories(ALL)
    with serve(Paper(papers, frozenset(("sitemap",)), wordpress=False)) as server:
        crawl(tmp_path, server, "SitemapSpider")
        assert "/category-sitemap.xml" not in server.asked()
        new = replace(papers[0], number=ALL + 1, published=NOW + timedelta(hours=1))
        server.paper = Paper([new, *papers], frozenset(("sitemap",)), wordpress=False)
        before = len(server.requests)
        assert crawl(tmp_path, server, "SitemapSpider").json["new"] == 1
        assert server.asked(before) == ["/sitemap_index.xml", "/post-sitemap2.xml.gz", new.path]


def test_max_articles_bounds_every_channel_and_the_next_run_takes_the_rest(tmp_path: Path):
    with serve(Paper(stories(ALL))) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider", "--max-articles", "7").json["new"] == 7
        crawl(tmp_path, server, "MultiChannelSpider")
        assert archived(tmp_path) == numbers()


@pytest.mark.slow
@pytest.mark.parametrize("after", [6, 15, 30])
def test_a_killed_crawl_of_all_channels_goes_on_and_loses_nothing(tmp_path: Path, after: int):
    with serve(Paper(stories(ALL))) as server:
        declare(tmp_path, server, "MultiChannelSpider")
        process = start(
            "crawl", "paper", "--allow-host", "127.0.0.1", cwd=tmp_path, WARRAQ_SPIDERS=str(tmp_path / "private")
        )
        until = time.monotonic() + 60
        while len(server.requests) < after and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        process.kill()
        process.communicate()
        assert crawl(tmp_path, server, "MultiChannelSpider").code == 0
        assert archived(tmp_path) == numbers()
        before = len(server.requests)
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == 0
        assert len(server.requests) - before <= 6


def test_a_door_on_another_host_is_read_and_gives_only_the_site_s_own(tmp_path: Path):
    items = "".join(
        f"<item><link>{{home}}/archives/{n}/</link></item><item><link>https://other.example/{n}/</link></item>"
        for n in numbers(3)
    )
    with serve(Paper(stories(3), frozenset())) as server, serve(Paper([])) as elsewhere:
        body = f"<rss><channel>{items.format(home=server.url)}</channel></rss>"
        elsewhere.paper.extra["/paper.xml"] = ("application/rss+xml", body.encode())
        feeds = f', feeds=("{elsewhere.url.replace("127.0.0.1", "127.0.0.2")}/paper.xml",)'
        assert feeds  # another address of this machine stands for another host
        ran = crawl(tmp_path, server, "FeedSpider", "--allow-host", "127.0.0.2", declared=feeds)
        assert (ran.code, ran.json["new"]) == (0, 3), ran.out


def test_a_dead_site_and_a_refused_one_say_so(tmp_path: Path):
    paper = Paper([], frozenset(), status={"/": 403})
    with serve(paper) as server:
        ran = crawl(tmp_path, server, "MultiChannelSpider")
        assert ran.code == 1
        assert "403" in ran.json["sites"][0]["message"]
        ran = crawl(tmp_path, server, "FeedSpider", declared=', feeds=("/feed/",)')
        assert ran.code == 1
        assert "404" in ran.json["sites"][0]["message"]
