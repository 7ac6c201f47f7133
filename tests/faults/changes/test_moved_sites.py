"""A site that moves all its addresses, and lists the new ones before the old ones are asked again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage import queries
from storage.archive import Archive
from storage.db.schema import captures
from tests.support.archives import rows
from tests.support.faults.followed_paper import HOURS, NUMBERS, Followed, paper_of
from tests.support.hostile import Answer, Server, page, redirect
from tests.support.newspapers.small_site import MENU, article, html, listing
from tests.support.running import warraq

NEW = "/2026/story-{n}-of-the-port/"


def moved(numbers: Any, status: int = 301) -> dict[str, Answer]:
    """The paper with other addresses of these articles, to which the old ones lead."""
    lists = {
        "/": listing(range(1, 7), menu=MENU, url=NEW),
        "/c/a/": listing(NUMBERS, url=NEW),
        "/c/b/": listing([2, 4], url=NEW),
    }
    there = {NEW.format(n=n): article(n) for n in numbers}
    return lists | there | {f"/n/{n}/": redirect(NEW.format(n=n), status) for n in numbers}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Followed]:
    with Server(paper_of(NUMBERS)) as server:
        followed = Followed(tmp_path, server)
        first = followed.crawl(0)
        assert (first.site["status"], first.site["new"]) == ("done", len(NUMBERS)), first
        yield followed


def articles_of(site: Followed) -> list[dict[str, Any]]:
    ran = warraq("export", "-", cwd=site.folder)
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.mark.parametrize("status", [301, pytest.param(302, marks=pytest.mark.slow)])
def test_a_site_that_moves_all_its_articles_has_as_many_as_before(site: Followed, status: int) -> None:
    before = articles_of(site)
    site.server.answers |= moved(NUMBERS, status)
    told: list[str] = []
    for hours in (0.5, 6):
        ran = site.crawl(hours).site
        assert (ran["new"], ran["changed"], ran["gone"]) == (0, 0, 0), ran
        told += [note for note in ran["notes"] if "other addresses" in note]
    assert told == ["12 articles are at other addresses now"]
    after = articles_of(site)
    assert [(each["id"], each["url"], each["versions"]) for each in after] == [
        (each["id"], each["url"], 1) for each in before
    ]
    assert [each["kind"] for each in site.told()] == ["moved"] * len(NUMBERS)
    with Archive.open(site.folder / "archive") as archive:
        for n in NUMBERS:
            old, new = (
                queries.article_by(archive.engine, site.server.url(path)) for path in (f"/n/{n}/", NEW.format(n=n))
            )
            assert old is not None
            assert new is not None
            assert old["id"] == new["id"]
    assert warraq("verify", cwd=site.folder).code == 0
    history = warraq("history", str(after[0]["id"]), cwd=site.folder).out
    assert "moved" in history
    assert "story-" in history
    site.server.answers[NEW.format(n=3)] = article(3)
    assert site.crawl(30).site["new"] == 0
    assert len(articles_of(site)) == len(NUMBERS)


RENUMBERED = "/n/{n}99/"


def renumbered(numbers: Any, old: Answer) -> dict[str, Answer]:
    """The paper with other numbers of these articles; what the old addresses answer."""
    lists = {path: listing(range(1, 13), menu=MENU if path == "/" else "", url=RENUMBERED) for path in ("/", "/c/a/")}
    lists["/c/b/"] = listing([2, 4], url=RENUMBERED)
    return lists | {RENUMBERED.format(n=n): article(n) for n in numbers} | {f"/n/{n}/": old for n in numbers}


@pytest.mark.parametrize(
    ("old", "first"),
    [
        (page("", 404), "the new ones"),
        pytest.param(page("", 404), "the old ones", marks=pytest.mark.slow),
        pytest.param(page("", 410), "the old ones, for long", marks=pytest.mark.slow),
        pytest.param(redirect("/"), "the new ones", marks=pytest.mark.slow),
    ],
)
def test_a_site_that_renumbers_its_articles_and_drops_the_old_addresses_has_as_many_as_before(
    site: Followed, old: Answer, first: str
) -> None:
    before = articles_of(site)
    away = renumbered(NUMBERS, old)
    if first != "the new ones":
        site.server.answers.update(
            {path: answer for path, answer in away.items() if path in (f"/n/{n}/" for n in NUMBERS)}
        )
        for hours in (5, 6, 30, 55, 80)[: 5 if "long" in first else 2]:
            site.crawl(hours)
    site.server.answers |= away
    ran = [site.crawl(hours).site for hours in (90, 91, 120)]
    assert (sum(each["new"] for each in ran), sum(each["changed"] for each in ran), ran[-1]["gone"]) == (0, 0, 0), ran
    after = articles_of(site)
    assert [(each["id"], each["url"], each["versions"], each["status"]) for each in after] == [
        (each["id"], each["url"], 1, "live") for each in before
    ]
    assert {each["kind"] for each in site.told()} >= {"moved"}
    assert any("other addresses now" in note for each in ran for note in each["notes"]), ran
    with Archive.open(site.folder / "archive") as archive:
        record = queries.article_by(archive.engine, site.server.url(RENUMBERED.format(n=3)))
    assert record is not None
    assert record["url"].endswith("/n/3/")
    assert warraq("verify", cwd=site.folder).code == 0
    site.server.answers[RENUMBERED.format(n=3)] = page(html(3).replace("ثلاثة أشهر", "أربعة أشهر"))
    assert sum(site.crawl(hours).site["changed"] for hours in (400, 800)) == 1, "it is visited where it is"


@pytest.mark.slow
def test_an_edit_at_the_new_address_is_a_version_of_the_one_article(site: Followed) -> None:
    site.server.answers |= moved(NUMBERS)
    site.crawl(0.5)
    edited = html(3).replace("ثلاثة أشهر", "أربعة أشهر")
    site.server.answers[NEW.format(n=3)] = page(edited)
    assert sum(site.crawl(hours).site["changed"] for hours in HOURS[1:]) == 1
    assert sorted(each["versions"] for each in articles_of(site)) == [1] * 11 + [2]


@pytest.mark.slow
def test_the_same_report_at_two_addresses_is_one_article_while_both_answer(site: Followed) -> None:
    site.server.answers |= {path: answer for path, answer in moved(NUMBERS).items() if not path.startswith("/n/")}
    assert sum(site.crawl(hours).site["new"] for hours in (0.5, *HOURS[1:])) == 0
    assert len(articles_of(site)) == len(NUMBERS)
    assert site.told() == []


@pytest.mark.slow
def test_articles_that_lead_to_others_stay_what_they_are(site: Followed) -> None:
    site.server.answers |= moved(NUMBERS) | {f"/n/{n}/": redirect(NEW.format(n=n % 12 + 1)) for n in NUMBERS}
    for hours in (0.5, *HOURS[1:]):
        assert site.crawl(hours).site["changed"] == 0
    assert len(articles_of(site)) == len(NUMBERS)
    assert site.told() == []


@pytest.mark.slow
def test_a_rebuild_joins_them_too(site: Followed) -> None:
    site.server.answers |= moved(NUMBERS)
    for hours in (0.5, 6):
        site.crawl(hours)
    before = {
        (each["url"], each["title"], each["text"], each["versions"], each["first_seen_at"])
        for each in articles_of(site)
    }
    for path in (site.folder / "archive").glob("warraq.db*"):
        path.unlink()
    assert warraq("repair", cwd=site.folder).code == 0
    assert {
        (each["url"], each["title"], each["text"], each["versions"], each["first_seen_at"])
        for each in articles_of(site)
    } == before
    assert [each["kind"] for each in site.told()] == ["moved"] * len(NUMBERS)
    with Archive.open(site.folder / "archive") as archive:
        assert rows(archive, captures)
