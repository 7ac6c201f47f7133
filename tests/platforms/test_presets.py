"""Sites of the themes and systems that Arabic newspapers use, crawled from their home page to the archive."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.themes import recognise
from tests.support.hostile import Server
from tests.support.newspapers.preset_pages import STORIES
from tests.support.newspapers.presets import PRESETS
from tests.support.running import Ran, warraq


@dataclass
class Crawled:
    """Two crawls of all these sites. articles: of each site, by path; asked: what each was asked for in each."""

    first: Ran
    second: Ran
    articles: dict[str, dict[str, dict[str, Any]]]
    asked: dict[str, tuple[list[str], list[str]]]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("presets")
    with ExitStack() as stack:
        servers = {name: stack.enter_context(Server(preset.answers())) for name, preset in PRESETS.items()}
        urls = [server.url() for server in servers.values()]
        options = ("--delay", "0", "--allow-host", "127.0.0.1", "--json", "--quiet")
        first = warraq("crawl", *urls, *options, cwd=folder, timeout=400)
        before = {name: server.paths() for name, server in servers.items()}
        second = warraq("crawl", *urls, *options, cwd=folder, timeout=400)
        ports = {server.port: name for name, server in servers.items()}
        articles: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in PRESETS}
        for line in warraq("export", "-", cwd=folder).out.splitlines():
            article = json.loads(line)
            parts = urlsplit(article["url"])
            assert parts.path not in articles[ports[parts.port or 0]]
            articles[ports[parts.port or 0]][parts.path] = article
        asked = {name: (before[name], server.paths()[len(before[name]) :]) for name, server in servers.items()}
        yield Crawled(first, second, articles, asked)


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
def test_every_story_of_every_page_is_archived_once_and_right(crawled: Crawled, name: str):
    assert "Traceback" not in crawled.first.err
    kept, preset = crawled.articles[name], PRESETS[name]
    assert kept.keys() == {preset.path(story.number) for story in STORIES}
    for story in STORIES:
        article = kept[preset.path(story.number)]
        assert article["title"] == story.title
        assert article["text"].split("\n\n") == story.paragraphs
        assert datetime.fromisoformat(article["published_at"]) == story.published
    assert [path for path, count in Counter(crawled.asked[name][0]).items() if count > 1] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
def test_a_second_crawl_asks_for_the_first_pages_alone(crawled: Crawled, name: str):
    assert (crawled.second.json["new"], crawled.second.json["changed"]) == (0, 0)
    asked = crawled.asked[name][1]
    assert not [path for path in asked if path in crawled.articles[name]]
    assert len(asked) <= 6, "robots.txt, the home page, two categories, and where a sitemap usually is"


@pytest.mark.parametrize("name", PRESETS)
def test_the_preset_is_recognised(name: str):
    preset = PRESETS[name]
    theme = recognise(f"<html><head>{preset.mark}</head></html>")
    assert (theme.name if theme else "") == preset.name
