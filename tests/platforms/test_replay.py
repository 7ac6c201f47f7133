"""A real WordPress in Arabic, replayed through a forward proxy: the archive must equal its database."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.newspapers.replay import Replay, replaying
from tests.support.running import Ran, warraq


@dataclass
class First:
    """What came of a first crawl: its folder, what it told, and what it asked for."""

    folder: Path
    ran: Ran
    replay: Replay
    requests: list[dict[str, Any]]


@pytest.fixture(scope="module")
def first(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[First]:
    folder = tmp_path_factory.mktemp("replay")
    with replaying(shared, folder) as running:
        ran = running.crawl(folder)
        yield First(folder, ran, running, running.requests())


def same(text: str) -> str:
    """What mending may change: Unicode form, presentation forms, marks of direction, white space."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join(re.sub("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", "", text).split())


def test_every_public_post_is_archived_once_and_right_and_nothing_else(first: First, shared: Path):
    gold = [json.loads(line) for line in (shared / "corpus/wordpress/gold.jsonl").read_text().splitlines()]
    hidden = [json.loads(line) for line in (shared / "corpus/wordpress/hidden.jsonl").read_text().splitlines()]
    ran = first.ran
    assert ran.code == 0, ran.err
    assert ran.json["new"] == len(gold)
    out = warraq("export", "-", cwd=first.folder).out
    records = [json.loads(line) for line in out.splitlines()]
    by_title: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_title.setdefault(same(record["title"]), []).append(record)
    assert len(records) == len(gold)
    wrong = []
    for post in gold:
        archived = [r for r in by_title.get(same(post["title"]), []) if r["url"].lower() == post["url"].lower()]
        if len(archived) != 1:
            wrong.append((post["url"], "found", len(archived)))
            continue
        record = archived[0]
        pairs = {
            "published": (datetime.fromisoformat(record["published_at"]), datetime.fromisoformat(post["published"])),
            "authors": (record["authors"], [post["author"]]),
            "categories": (sorted(record["categories"]), sorted(post["categories"])),
            "tags": (sorted(record["tags"]), sorted(post["tags"])),
            "paragraphs": ([same(p) for p in record["text"].split("\n\n")], [same(p) for p in post["paragraphs"]]),
        }
        wrong += [(post["url"], name, pair) for name, pair in pairs.items() if pair[0] != pair[1]]
    assert not wrong
    for post in hidden:
        for paragraph in post["paragraphs"]:
            assert paragraph not in out


def test_a_second_crawl_finds_nothing_new_and_makes_at_most_25_requests(first: First):
    ran = first.replay.crawl(first.folder)
    assert (ran.code, ran.json["new"], ran.json["changed"]) == (0, 0, 0)
    assert len(first.replay.requests()) - len(first.requests) <= 25


def test_no_page_is_asked_for_twice_in_one_crawl(first: First):
    urls = [request["url"] for request in first.requests]
    assert len(urls) == len(set(urls))
    assert all(request["ua"].startswith("Warraq/") for request in first.requests)
