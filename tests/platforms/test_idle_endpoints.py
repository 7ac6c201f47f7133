"""Endpoints that never name anything new while others do: asked for ever more rarely, and at once when those fail."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.platforms.endpoint_walk import PATIENCE_IDLE, is_idle
from storage.records import Endpoint
from tests.support.newspapers.platform_sites import crawl, serve
from tests.support.newspapers.platform_stories import Paper, stories

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def sql(folder: Path, statement: str) -> list[Any]:
    with sqlite3.connect(folder / "archive/warraq.db") as connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


@pytest.mark.parametrize(("idle", "days"), [(0, 0), (23, 0), (24, 0.8), (25, 1.6), (26, 3.3), (27, 6.6), (60, 7)])
def test_an_idle_endpoint_is_left_for_a_day_then_two_four_and_seven(idle: int, days: float):
    asked = Endpoint("feed", "https://a.example/feed", NOW, NOW, idle=idle)
    assert is_idle(asked, NOW + timedelta(days=days) - timedelta(hours=2)) == (days > 0)
    assert not is_idle(asked, NOW + timedelta(days=days) + timedelta(hours=2))


@pytest.mark.slow
def test_what_names_nothing_new_is_counted_only_where_something_else_does(tmp_path: Path):
    paper = Paper(stories(6), frozenset(("rest", "feed")))
    late = paper.stories.pop(0)
    idle = "select channel, idle from doors where channel in ('feed', 'rest') and url not like '%comments%' order by channel"
    with serve(paper) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == 5
        assert sql(tmp_path, idle) == [("feed", 1), ("rest", 0)], "REST is asked first, so the feed names nothing new"
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == 0
        assert sql(tmp_path, idle) == [("feed", 1), ("rest", 0)], "in a quiet run nobody is idle"
        paper.stories.insert(0, late)
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == 1
        assert sql(tmp_path, idle) == [("feed", 2), ("rest", 0)]


@pytest.mark.slow
def test_an_idle_endpoint_is_left_out_until_the_others_fail(tmp_path: Path):
    paper = Paper(stories(6), frozenset(("rest", "feed")))
    with serve(paper) as server:
        crawl(tmp_path, server, "MultiChannelSpider")
        sql(tmp_path, f"update doors set idle = {PATIENCE_IDLE + 9} where channel = 'feed'")
        before = len(server.requests)
        assert crawl(tmp_path, server, "MultiChannelSpider").code == 0
        assert not [target for target in server.asked(before) if "/feed" in target]
        before = len(server.requests)
        paper.status["rest"] = 500
        crawl(tmp_path, server, "MultiChannelSpider")
        assert "/feed/" in server.asked(before), "it stands in at once"
