"""F24. Walks without end are ended and told, whatever they are made of; the rest of the site is complete."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.platforms.walks.stretches import LONGEST
from tests.support.hostile import Answer, Server, page
from tests.support.newspapers.small_site import GOOD, article, listing, older
from tests.support.running import Ran, warraq

MENU = '<a href="/c/a/">محليات</a><a href="/c/b/">رياضة</a><a href="/c/1/">ثقافة</a>'
CARDS = range(100, 110)


class Trapped(dict[str, Answer]):
    """The small newspaper's answers, and a trap for all other paths. trap: from the path and its last number."""

    def __init__(self, trap: Callable[[str, int], Answer]) -> None:
        super().__init__(GOOD | {"/": listing([1, 2], menu=MENU), "/robots.txt": page("", 404)})
        self._trap = trap

    def get(self, path: str, default: Answer | None = None) -> Answer:  # type: ignore[override]
        number = re.search(r"(\d+)\D*$", path)
        return self[path] if path in self else self._trap(path, int(number[1])) if number else page("", 404)


def calendar(path: str, number: int) -> Answer:
    """Every month has a next one, and names days on which nothing happened."""
    if path.startswith("/c/"):
        return listing(CARDS, url=f"/days/{number}-{{n}}/", after=older(f"/c/{number + 1}/"))
    return page("<html><body><p>لا شيء</p></body></html>")


def sessions(path: str, number: int) -> Answer:
    """Every page names the same three articles, by addresses that nobody has seen before."""
    if path.startswith("/c/"):
        return listing([1, 2, 3], url=f"/n/{{n}}/s/{number}/", after=older(f"/c/{number + 1}/"))
    return article(int(path.split("/")[2]))


def gone(path: str, number: int) -> Answer:
    """Every page names articles that are gone."""
    if path.startswith("/c/"):
        return listing(CARDS, url=f"/old/{number}-{{n}}/", after=older(f"/c/{number + 1}/"))
    return page("", 410)


def crawl(folder: Path, server: Server, *more: str) -> Ran:
    return warraq("crawl", server.url(), "--allow-host", "127.0.0.1", "--delay", "0", "--json", *more, cwd=folder)


@pytest.mark.parametrize("trap", [calendar, *(pytest.param(each, marks=pytest.mark.slow) for each in (sessions, gone))])
def test_f24_a_walk_that_brings_nothing_is_ended_and_told(trap: Callable[[str, int], Answer], tmp_path: Path) -> None:
    with Server(Trapped(trap)) as server:
        ran = crawl(tmp_path, server)
        site = ran.json["sites"][0]
        found = warraq("export", "-", cwd=tmp_path).out.splitlines()
        assert len({json.loads(line)["title"] for line in found}) == 4, "the rest of the site is complete"
        assert LONGEST <= site["requests"] <= LONGEST + 40
        note = next(each for each in site["notes"] if "in a row" in each)
        assert note.startswith(f"{server.url('/c/1/')}: ended there")
        health = json.loads(warraq("health", "--json", cwd=tmp_path).out)["sites"][0]
        assert (health["verdict"], health["why"].split(":")[0]) == (
            "degraded",
            "1 walks brought nothing over a long stretch and were ended",
        )
        before = len(server.exchanges)
        crawl(tmp_path, server)
        assert len(server.exchanges) - before <= 2 * LONGEST + 40


@pytest.mark.slow
def test_f24_a_thorough_walk_goes_through_a_long_archive_of_what_is_known(tmp_path: Path) -> None:
    pages = LONGEST + 30
    answers = {"/": listing([1], menu='<a href="/c/1/">محليات</a>')}
    answers |= {f"/c/{n}/": listing([n], after=older(f"/c/{n + 1}/")) for n in range(1, pages)}
    answers |= {f"/n/{n}/": article(n) for n in range(1, pages + 1)} | {f"/c/{pages}/": listing([pages])}
    with Server(answers) as server:
        assert crawl(tmp_path, server).json["new"] == pages
        before = len(server.exchanges)
        site = crawl(tmp_path, server, "--full").json["sites"][0]
        assert {f"/c/{n}/" for n in range(1, pages + 1)} <= {each.path for each in server.exchanges[before:]}
        assert (site["new"], site["notes"]) == (0, [])
