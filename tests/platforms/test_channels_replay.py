"""A real WordPress, replayed: each channel alone and all of them joined must find every public post, each once."""

import json
from pathlib import Path

import pytest

from tests.support.newspapers.replay import Replay
from tests.support.running import Ran, warraq

SITE = """from crawler.platforms import {platform}
from crawler.site import Site


class Alrased({platform}):
    site = Site("alrased", "http://alrased.test/", timezone="Asia/Riyadh", delay_s=0.0)
"""


def crawl(site: Replay, folder: Path, platform: str) -> Ran:
    private = folder / "private"
    private.mkdir(exist_ok=True)
    (private / "alrased.py").write_text(SITE.format(platform=platform))
    proxy = f"http://127.0.0.1:{site.port}"
    ran = warraq("crawl", "alrased", "--json", cwd=folder, timeout=280, http_proxy=proxy, WARRAQ_SPIDERS=str(private))
    assert ran.code == 0, ran.err
    return ran


def gold(shared: Path) -> set[str]:
    lines = (shared / "corpus/wordpress/gold.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["url"].lower() for line in lines}


def hidden(shared: Path) -> set[str]:
    """Posts that are not public: behind a password, private, or drafts."""
    lines = (shared / "corpus/wordpress/hidden.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["url"].lower() for line in lines}


def archived(folder: Path) -> list[str]:
    return [json.loads(line)["url"].lower() for line in warraq("export", "-", cwd=folder).out.splitlines()]


# Requests of the first run, and of one with nothing new: robots.txt and all.
BUDGETS = {
    "MultiChannelSpider": (288, 6),
    "WordPressSpider": (250, 6),
    "SitemapSpider": (250, 6),
    "CategorySpider": (310, 25),
}


@pytest.mark.slow
@pytest.mark.parametrize("platform", BUDGETS)
def test_every_public_post_is_found_once_within_the_budget(
    replay: Replay,
    shared: Path,
    tmp_path: Path,
    platform: str,
):
    first, second = BUDGETS[platform]
    wanted = gold(shared)
    ran = crawl(replay, tmp_path, platform)
    assert ran.json["new"] == len(wanted)
    had = archived(tmp_path)
    assert len(had) == len(set(had))
    assert set(had) == wanted
    made = len(replay.requests())
    assert made <= first
    again = crawl(replay, tmp_path, platform)
    assert (again.json["new"], again.json["changed"]) == (0, 0)
    assert len(replay.requests()) - made <= second


@pytest.mark.slow
def test_the_feed_alone_finds_what_it_lists(replay: Replay, shared: Path, tmp_path: Path):
    ran = crawl(replay, tmp_path, "FeedSpider")
    had = archived(tmp_path)
    assert ran.json["new"] == len(had) == len(set(had)) == 30  # the snapshot holds three pages of it
    assert set(had) <= gold(shared)


@pytest.mark.slow
def test_no_channel_lacks_a_public_post_and_the_protected_one_is_never_archived(
    replay: Replay,
    shared: Path,
    tmp_path: Path,
):
    ran = crawl(replay, tmp_path, "MultiChannelSpider")
    # REST tells of it, and is heard out before the sitemap, which names it too, is asked.
    assert ran.json["not_articles"] == {"protected": 1}
    asked = {request["url"].lower() for request in replay.requests()}
    assert not asked & hidden(shared)
    assert ran.json["new"] == 240
    assert {name: count["missed"] for name, count in ran.json["sites"][0]["channels"].items()} == {
        "rest": 0,
        "feed": 0,
        "sitemap": 0,
        "categories": 0,
    }
