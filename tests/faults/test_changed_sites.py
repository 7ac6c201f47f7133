"""A site that leads astray or answers otherwise than it did: F23, F24, F45, F46."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.health.verdicts import judge
from crawler.platforms.walks.stretches import LONGEST
from storage.archive import Archive
from storage.db.schema import versions
from storage.queries.run_history import run_records
from tests.support.archives import rows
from tests.support.faults.crawls import crawl_at
from tests.support.faults.followed_paper import HOURS, NUMBERS, START, Followed, paper_of
from tests.support.hostile import Answer, Server, page, redirect
from tests.support.newspapers.small_site import GOOD, article, listing, older
from tests.support.running import Ran, warraq


@pytest.fixture
def site(tmp_path: Path) -> Any:
    with Server(paper_of(NUMBERS)) as server:
        followed = Followed(tmp_path, server)
        first = followed.crawl(0)
        assert (first.site["status"], first.site["new"]) == ("done", len(NUMBERS)), first
        yield followed


NOT_FOUND = page(
    '<html lang="ar"><head><title>الصفحة غير موجودة</title></head><body><h1>الصفحة غير موجودة</h1>'
    "<p>عذرا، الصفحة التي تبحث عنها غير موجودة أو تم حذفها من الموقع.</p></body></html>"
)


@pytest.mark.parametrize(
    "soft",
    [NOT_FOUND, pytest.param(redirect("/"), marks=pytest.mark.slow)],
    ids=["a page that says so", "a redirect to the home page"],
)
@pytest.mark.slow
def test_f23_a_soft_404_is_no_version_and_its_article_is_suspected_and_then_gone(site: Followed, soft: Answer) -> None:
    before = site.held()
    site.answer((3, 7), lambda n: soft)
    site.server.answers["/n/99/"] = soft
    site.server.answers["/c/b/"] = listing([2, 4, 99])
    first = site.crawl(HOURS[1])
    assert (first.site["new"], first.site["changed"], first.site["gone"]) == (0, 0, 0)
    assert site.held() == before, "the last good text stays"
    assert site.missing() == {"3", "7"}
    gone = [site.crawl(hours).site["gone"] for hours in HOURS[2:]]
    assert sum(gone) == 2
    after = site.held()
    assert {number for number, (_, status, _) in after.items() if status == "gone"} == {"3/", "7/"}
    assert {number: (title, version) for number, (title, _, version) in after.items()} == {
        number: (title, version) for number, (title, _, version) in before.items()
    }


EMPTY = "<html lang=ar><head><title>{title}</title></head><body><div id=app></div><script src=/app.js></script></body></html>"


def test_f45_a_template_that_gives_no_text_fails_the_run_and_replaces_none(site: Followed) -> None:
    before = site.held()
    site.answer(range(1, 31), lambda n: page(EMPTY.format(title=f"خبر رقم {n} عن افتتاح الميناء الجديد")))
    site.server.answers["/c/a/"] = listing(range(1, 31))
    second = site.crawl(HOURS[1]).site
    assert (second["new"], second["changed"], second["gone"]) == (0, 0, 0)
    assert second["status"] == "unhealthy", second
    assert "gave an article" in second["message"]
    assert site.held() == before
    with Archive.open(site.folder / "archive") as archive:
        assert [row["text"] for row in rows(archive, versions) if not row["text"].strip()] == []
        health = judge(run_records(archive.engine, second["site"]), now=START + timedelta(hours=6))
    assert health is not None
    assert health.is_sick, health


@pytest.mark.slow
@pytest.mark.parametrize("status", [404, 410, 403])
def test_f46_pages_that_are_all_missing_at_once_are_an_outage_and_no_article_is_gone(
    site: Followed, status: int
) -> None:
    before = site.held()
    site.answer(NUMBERS, lambda n: page("", status))
    for hours in HOURS[1:]:
        statistics = site.crawl(hours).site
        assert (statistics["changed"], statistics["gone"]) == (0, 0)
    assert site.held() == before
    assert site.told() == []
    if status != 403:
        assert any("outage" in note for note in statistics["notes"]), statistics["notes"]
    site.answer(NUMBERS, article)
    assert site.crawl(HOURS[-1] + 170).site["gone"] == 0
    assert site.held() == before


def test_a_page_in_front_of_the_home_page_keeps_no_article_from_being_found(site: Followed) -> None:
    site.server.answers["/"] = page(
        '<html lang="ar"><head><title>رمضان كريم</title></head><body><h1>رمضان كريم</h1><a href="/home/">ادخل</a></body></html>'
    )
    site.server.answers |= {"/c/a/": listing([13, *NUMBERS]), "/n/13/": article(13)}
    second = site.crawl(HOURS[3]).site
    assert second["new"] == 1, second
    assert any("earlier runs" in note for note in second["notes"]), second["notes"]
    site.server.answers |= {"/c/a/": listing([14, 13, *NUMBERS]), "/n/14/": article(14)}
    assert site.crawl(HOURS[4]).site["new"] == 1, "in every run in which the page is there"


TRAP_MENU = '<a href="/c/a/">محليات</a><a href="/c/b/">رياضة</a><a href="/c/1/">ثقافة</a>'
CARDS = range(100, 110)


class Trapped(dict[str, Answer]):
    """The small newspaper's answers, and a trap for all other paths. trap: from the path and its last number."""

    def __init__(self, trap: Callable[[str, int], Answer]) -> None:
        super().__init__(GOOD | {"/": listing([1, 2], menu=TRAP_MENU), "/robots.txt": page("", 404)})
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


# One request after the other, each judged before the next one leaves: else a busy machine sends more meanwhile.
IN_TURN = {"CONCURRENT_REQUESTS": 1, "CONCURRENT_ITEMS": 1, "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 1}
REST = 20  # requests of such a crawl beside those of its trapped walk: robots.txt, channels, the other categories


def crawl_trap(folder: Path, server: Server, *more: str) -> Ran:
    return warraq("crawl", server.url(), "--allow-host", "127.0.0.1", "--delay", "0", "--json", *more, cwd=folder)


@pytest.mark.parametrize("trap", [calendar, *(pytest.param(each, marks=pytest.mark.slow) for each in (sessions, gone))])
@pytest.mark.slow
def test_f24_a_walk_that_brings_nothing_is_ended_and_told(trap: Callable[[str, int], Answer], tmp_path: Path) -> None:
    with Server(Trapped(trap)) as server:
        site = crawl_at(datetime.now(UTC), server.url(), folder=tmp_path, overrides=IN_TURN).site
        output = warraq("export", "-", cwd=tmp_path).out.splitlines()
        assert len({json.loads(line)["title"] for line in output}) == 4, "the rest of the site is complete"
        note = next(each for each in site["notes"] if "in a row" in each)
        assert note.startswith(f"{server.url('/c/1/')}: ended there, as {LONGEST} requests")
        assert LONGEST <= site["requests"] <= LONGEST + REST
        health = json.loads(warraq("health", "--json", cwd=tmp_path).out)["sites"][0]
        assert (health["verdict"], health["why"].split(":")[0]) == (
            "degraded",
            "1 walks brought nothing over a long stretch and were ended",
        )
        before = len(server.exchanges)
        crawl_at(datetime.now(UTC), server.url(), folder=tmp_path, overrides=IN_TURN)
        assert len(server.exchanges) - before <= 2 * LONGEST + REST


@pytest.mark.slow
def test_f24_a_thorough_walk_goes_through_a_long_archive_of_what_is_known(tmp_path: Path) -> None:
    pages = LONGEST + 30
    answers = {"/": listing([1], menu='<a href="/c/1/">محليات</a>')}
    answers |= {f"/c/{n}/": listing([n], after=older(f"/c/{n + 1}/")) for n in range(1, pages)}
    answers |= {f"/n/{n}/": article(n) for n in range(1, pages + 1)} | {f"/c/{pages}/": listing([pages])}
    with Server(answers) as server:
        assert crawl_trap(tmp_path, server).json["new"] == pages
        before = len(server.exchanges)
        site = crawl_trap(tmp_path, server, "--full").json["sites"][0]
        assert {f"/c/{n}/" for n in range(1, pages + 1)} <= {each.path for each in server.exchanges[before:]}
        assert (site["new"], site["notes"]) == (0, [])
