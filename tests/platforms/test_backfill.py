"""Crawls that go back in time: their span, and coverage of days and channels."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from storage.records import CHANNELS
from tests.support.newspapers.platform_sites import archived, crawl, declare, serve
from tests.support.newspapers.platform_stories import NOW, Paper, stories
from tests.support.running import start, warraq

ALL = 23


def numbers(count: int = ALL) -> list[int]:
    return list(range(1, count + 1))


SLOW = pytest.mark.slow  # of many alike one or two are quick enough for every day


def test_since_goes_no_further_back_in_any_channel(tmp_path: Path):
    papers = stories(ALL)  # four a day
    day = (NOW - timedelta(days=2)).date()
    with serve(Paper(papers)) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider", "--since", day.isoformat()).code == 0
        had = set(archived(tmp_path))
        assert {story.number for story in papers if story.published.date() >= day} <= had
        assert len(had) <= 4 * 4 + 1


@pytest.mark.parametrize("channels", [("rest",), *(pytest.param((name,), marks=SLOW) for name in CHANNELS[1:])])
@pytest.mark.slow
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
    report = warraq("coverage", "paper", "--json", cwd=tmp_path).json
    assert sum(day["articles"] for day in report["days"]) == len(papers)
    assert sum(day["channels"]["rest"] for day in report["days"]) == len(papers)
    assert sum(day["channels"]["feed"] for day in report["days"]) == 10
    assert [day["gap"] for day in report["days"]].count("empty") >= 1
    shown = warraq("coverage", "paper", cwd=tmp_path)
    assert shown.code == 0
    assert "<- no article" in shown.out
    some = warraq(
        "coverage",
        "paper",
        "--from",
        report["days"][3]["day"],
        "--to",
        report["days"][5]["day"],
        "--json",
        cwd=tmp_path,
    )
    assert [day["day"] for day in some.json["days"]] == [day["day"] for day in report["days"][3:6]]
    assert warraq("coverage", "nobody", cwd=tmp_path).code == 2


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
