"""Every way into a site, over real HTTP: each channel alone, all of them joined, and what happens when one fails."""

import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.records import CHANNELS
from tests.support.newspapers.platform_sites import NOW, Paper, archived, crawl, declare, serve, stories
from tests.support.running import start, warraq

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


def test_a_site_with_a_feed_alone_is_walked_back_through_its_older_pages_once(tmp_path: Path):
    with serve(Paper(stories(ALL), frozenset(("feed",)))) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == ALL
        before = len(server.requests)
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == 0
        assert not [target for target in server.asked(before) if "paged" in target]


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
        assert server.asked(before) == ["/robots.txt", "/sitemap_index.xml", "/post-sitemap2.xml.gz", new.path]


def test_max_articles_bounds_every_channel_and_the_next_run_takes_the_rest(tmp_path: Path):
    with serve(Paper(stories(ALL))) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider", "--max-articles", "7").json["new"] == 7
        crawl(tmp_path, server, "MultiChannelSpider")
        assert archived(tmp_path) == numbers()


def test_since_goes_no_further_back_in_any_channel(tmp_path: Path):
    papers = stories(ALL)  # four a day
    day = (NOW - timedelta(days=2)).date()
    with serve(Paper(papers)) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider", "--since", day.isoformat()).code == 0
        had = set(archived(tmp_path))
        assert {story.number for story in papers if story.published.date() >= day} <= had
        assert len(had) <= 4 * 4 + 1


@pytest.mark.parametrize("channels", [("rest",), *(pytest.param((name,), marks=SLOW) for name in CHANNELS[1:])])
def test_a_backfill_brings_its_span_and_little_more(tmp_path: Path, channels: tuple[str, ...]):
    papers = stories(48)  # twelve days
    first, last = (NOW - timedelta(days=8)).date(), (NOW - timedelta(days=6)).date()
    with serve(Paper(papers, frozenset(channels))) as server:
        crawl(tmp_path, server, "MultiChannelSpider", "--since", str(NOW.date()))
        ran = crawl(tmp_path, server, "MultiChannelSpider", "--backfill", "--from", str(first), "--to", str(last))
        assert ran.code == 0, ran.err
        had = set(archived(tmp_path))
        wanted = {story.number for story in papers if first <= story.published.date() <= last}
        assert wanted <= had
        # A sitemap dates changes and category pages nothing, so what is younger comes with them.
        if channels == ("rest",):
            assert len(had) <= len(wanted) + 2 * 8 + 1


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["feed", "sitemap"])
def test_what_is_younger_than_a_backfill_wants_is_left_to_the_next_crawl(tmp_path: Path, channel: str):
    papers = stories(12, every=timedelta(days=1))
    last = NOW.date() - timedelta(days=6)
    with serve(Paper(papers, frozenset((channel,)))) as server:
        span = ("--backfill", "--from", str(NOW.date() - timedelta(days=30)), "--to", str(last))
        assert crawl(tmp_path, server, "MultiChannelSpider", *span).code == 0
        if channel == "feed":
            assert len(archived(tmp_path)) < 12
        assert crawl(tmp_path, server, "MultiChannelSpider").code == 0
        assert archived(tmp_path) == numbers(12)


def test_a_backfill_needs_a_day_to_go_back_to(tmp_path: Path):
    for arguments, message in (
        (("--backfill",), "--from"),
        (("--from", "2025-01-01"), "--backfill"),
        (("--backfill", "--from", "2025-02-01", "--to", "2025-01-01"), "before"),
    ):
        ran = warraq("crawl", "https://paper.example/", *arguments, cwd=tmp_path)
        assert ran.code == 2
        assert message in ran.err


def test_coverage_counts_days_and_channels_and_marks_gaps(tmp_path: Path):
    papers = [story for story in stories(32) if not 9 <= story.number <= 17]  # two days of nothing
    with serve(Paper(papers)) as server:
        crawl(tmp_path, server, "MultiChannelSpider")
    found = warraq("coverage", "paper", "--json", cwd=tmp_path).json
    assert sum(day["articles"] for day in found["days"]) == len(papers)
    assert sum(day["channels"]["rest"] for day in found["days"]) == len(papers)
    assert sum(day["channels"]["feed"] for day in found["days"]) == 10
    assert [day["gap"] for day in found["days"]].count("empty") >= 1
    shown = warraq("coverage", "paper", cwd=tmp_path)
    assert shown.code == 0
    assert "<- no article" in shown.out
    some = warraq(
        "coverage", "paper", "--from", found["days"][3]["day"], "--to", found["days"][5]["day"], "--json", cwd=tmp_path
    )
    assert [day["day"] for day in some.json["days"]] == [day["day"] for day in found["days"][3:6]]
    assert warraq("coverage", "nobody", cwd=tmp_path).code == 2


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


@pytest.mark.slow
@pytest.mark.parametrize("channel", ["rest", "sitemap"])
def test_a_killed_backfill_goes_on_and_loses_nothing_of_its_span(tmp_path: Path, channel: str):
    papers = stories(48)  # twelve days
    first, last = (NOW - timedelta(days=9)).date(), (NOW - timedelta(days=5)).date()
    span = ("--backfill", "--from", str(first), "--to", str(last))
    with serve(Paper(papers, frozenset((channel,)))) as server:
        private = declare(tmp_path, server, "MultiChannelSpider")
        process = start(
            *("crawl", "paper", "--allow-host", "127.0.0.1", *span), cwd=tmp_path, WARRAQ_SPIDERS=str(private)
        )
        wanted = {story.number for story in papers if first <= story.published.date() <= last}
        sought = {story.path for story in papers if story.number in wanted}
        until = time.monotonic() + 60
        while len(sought & set(server.asked())) < 4 and process.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        process.kill()
        process.communicate()
        before = set(server.asked())
        assert crawl(tmp_path, server, "MultiChannelSpider", *span).code == 0
        assert wanted <= set(archived(tmp_path))
        assert len(archived(tmp_path)) == len(set(archived(tmp_path)))
        assert sought & before, "it was killed amid the work"
        assert sought - before, "it was killed amid the work"


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
