"""One budget of requests for what is new and for second looks: counted over real HTTP, as the server counts."""

import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.http.budget import RequestBudget
from storage.revisits import LEAST_BUDGET
from tests.support.newspapers.platform_sites import archived, crawl, serve
from tests.support.newspapers.platform_stories import Paper, stories

ALL = 30


@given(
    most=st.none() | st.integers(1, 500),
    due=st.integers(0, 600),
    asked=st.lists(st.booleans(), max_size=900),
)
def test_no_order_of_requests_gets_past_the_budget_or_its_quarter(most: int | None, due: int, asked: list[bool]):
    budget = RequestBudget(most)
    budget.reserve(due)
    for revisit in asked:
        budget.take(revisit=revisit)
        assert budget.sent <= (most or len(asked))
        assert budget.revisits * 4 <= (most or max(LEAST_BUDGET, budget.sent))


@given(st.integers(4, 500), st.integers(1, 600))
def test_second_looks_find_the_room_that_was_reserved_for_them(most: int, due: int):
    budget = RequestBudget(most)
    budget.reserve(due)
    while budget.take(revisit=False):
        pass
    due_revisits = 0
    while budget.take(revisit=True):
        due_revisits += 1
    assert (budget.is_exhausted, budget.sent, due_revisits) == (True, most, min(due, most // 4))


def overdue(folder: Path) -> None:
    """Every article was to be looked at again a minute ago."""
    with sqlite3.connect(folder / "archive" / "warraq.db") as database:
        ago = (datetime.now(UTC) - timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M:%S.%f")
        database.execute("update pages set next_visit_at = ? where kind = 'article'", (ago,))
    database.close()


@pytest.mark.parametrize("platform", ["MultiChannelSpider", pytest.param("CategorySpider", marks=pytest.mark.slow)])
@pytest.mark.slow
def test_a_budget_bounds_each_run_and_the_runs_together_take_everything(tmp_path: Path, platform: str):
    with serve(Paper(stories(ALL))) as server:
        runs = 0
        while len(archived(tmp_path) if runs else []) < ALL:
            before, runs = len(server.requests), runs + 1
            ran = crawl(tmp_path, server, platform, "--max-requests", "12")
            assert ran.code == 0, ran.out
            assert len(server.requests) - before <= 12
            assert ran.json["requests"] == len(server.requests) - before
            assert runs <= 8, archived(tmp_path)
        assert runs >= 3
        ran = crawl(tmp_path, server, platform)
        assert (ran.code, ran.json["new"]) == (0, 0), ran.out
        assert not ran.json["sites"][0]["notes"], "nothing is left, and nothing says so"


def test_what_is_left_is_said_and_nothing_counts_as_failed(tmp_path: Path):
    with serve(Paper(stories(ALL))) as server:
        ran = crawl(tmp_path, server, "MultiChannelSpider", "--max-requests", "9")
        assert ran.json["sites"][0]["notes"] == ["its 9 requests are spent; what is left waits for the next run"]
        assert ran.json["not_articles"] == {}
        assert {count["failures"] for count in ran.json["sites"][0]["channels"].values()} <= {0}


def test_a_quarter_of_the_budget_is_for_second_looks_whatever_is_new(tmp_path: Path):
    papers = stories(2 * ALL)
    with serve(Paper(papers[ALL:])) as server:
        assert crawl(tmp_path, server, "MultiChannelSpider").json["new"] == ALL
        overdue(tmp_path)
        server.paper = Paper(papers)
        known = {paper.path for paper in papers[ALL:]}
        before = len(server.requests)
        ran = crawl(tmp_path, server, "MultiChannelSpider", "--max-requests", "16")
        asked = server.asked(before)
        assert (len(asked), len([target for target in asked if target in known])) == (16, 4)
        assert ran.json["same"] == 4
        assert ran.json["new"] > 0


@pytest.mark.slow
def test_edits_that_a_channel_tells_of_are_second_looks_of_the_same_budget(tmp_path: Path):
    papers = stories(ALL)
    with serve(Paper(papers, frozenset(("rest",)))) as server:
        assert crawl(tmp_path, server, "WordPressSpider").json["new"] == ALL
        time.sleep(1.1)  # WordPress tells of edits to the second, and these must lie after the fetch
        for paper in papers[:5]:
            paper.modified, paper.edition = datetime.now(UTC), 2
        before = len(server.requests)
        assert crawl(tmp_path, server, "WordPressSpider", "--max-requests", "12").json["changed"] == 3
        assert len(server.asked(before)) <= 12
        assert crawl(tmp_path, server, "WordPressSpider").json["changed"] == 2, "the rest stays due"


def test_a_budget_of_nothing_is_a_wrong_call(tmp_path: Path):
    with serve(Paper(stories(1))) as server:
        ran = crawl(tmp_path, server, "MultiChannelSpider", "--max-requests", "0")
        assert ran.code == 2
        assert server.requests == []
