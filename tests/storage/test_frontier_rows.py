"""Pages that a crawl still has to fetch: pending, failed, given up, and named again."""

from datetime import timedelta
from typing import Any

import pytest

from crawler.platforms.spider_context import each_pending
from storage.archive import Archive
from storage.db.schema import pages
from storage.records import Found, Reason
from tests.support.archives import NOW, URL, article, capture, frontier, rows, run_row, save


def test_found_pages_are_pending_in_their_order_until_fetched(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    discoveries = [Found(f"https://example.com/{slug}", "article") for slug in ("ج", "أ", "ب")]
    listing = Found("https://example.com/page/2", "listing")
    bad = Found("javascript:alert(1)", "article")
    save(
        archive,
        run_id,
        capture("https://example.com/"),
        kind="listing",
        found=[*discoveries, discoveries[0], bad, listing],
    )
    waiting = frontier(archive).pending()
    assert [each.url.rpartition("/")[2] for each in waiting] == ["%D8%AC", "%D8%A3", "%D8%A8", "2"]
    assert waiting[-1] == listing
    save(archive, run_id, capture(waiting[0].url, minutes=1), article(waiting[0].url), found=discoveries)
    assert frontier(archive).pending() == waiting[1:]


def test_pending_pages_are_read_a_batch_at_a_time_by_kind_and_in_their_order(archive: Archive) -> None:
    articles = [Found(f"https://example.com/{number}", "article") for number in (5, 3, 4, 1, 2)]
    again = [Found(f"https://example.com/a{number}", "article") for number in (2, 1)]
    listings = [Found("https://example.com/page/2", "listing"), Found("https://example.com/map.xml", "sitemap")]
    frontier(archive).enqueue([*articles[:3], *listings, *articles[3:]])
    frontier(archive).enqueue(again[::-1])  # at the same time as the first ones
    read: list[Found] = []
    while batch := frontier(archive).pending("article", after=read[-1] if read else None, most=2):
        assert len(batch) <= 2
        read += batch
    assert sorted(read, key=lambda each: each.url) == sorted([*articles, *again], key=lambda each: each.url)
    assert [each for each in read if each in articles] == articles
    assert frontier(archive).pending("sitemap") == listings[1:]
    assert list(each_pending(frontier(archive), "article")) == read


def test_unknown_keeps_order_and_drops_repeats(archive: Archive) -> None:
    urls = [f"https://example.com/{number % 700}" for number in range(1500)]
    assert frontier(archive).unknown(urls) == urls[:700]


def test_a_page_another_site_found_is_still_unknown_to_its_own(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    discoveries = [Found("https://other.example/1", "article")]
    save(archive, run_id, capture("https://example.com/"), kind="listing", found=discoveries)
    assert frontier(archive).unknown(["https://other.example/1"]) == []
    assert frontier(archive, site="other").unknown(["https://other.example/1"]) == ["https://other.example/1"]


@pytest.mark.parametrize(
    ("status", "reason", "state"),
    [
        (404, Reason.NOT_FOUND, "failed"),
        (410, Reason.NOT_FOUND, "failed"),
        (401, Reason.LOGIN, "failed"),
        (500, Reason.HTTP_ERROR, "pending"),
        (429, Reason.HTTP_ERROR, "pending"),
        (403, Reason.BLOCKED, "pending"),
        (200, Reason.BLOCKED, "pending"),
        (200, Reason.EMPTY, "done"),
        (200, Reason.SOFT_404, "done"),
    ],
)
def test_what_a_response_makes_of_its_page(archive: Archive, status: int, reason: Reason, state: str) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(status=status), reason=reason)
    (page,) = rows(archive, pages)
    assert (page["state"], page["reason"], page["status"]) == (state, reason.value, status)
    assert run_row(archive, run_id)["reasons"] == {reason.value: 1}


def test_a_page_that_keeps_failing_is_given_up_after_three_times(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    states = []
    for minutes in range(3):
        save(archive, run_id, capture(minutes=minutes, status=503), reason=Reason.HTTP_ERROR)
        states.append(rows(archive, pages)[0]["state"])
    assert states == ["pending", "pending", "failed"]
    assert run_row(archive, run_id)["reasons"] == {"http-error": 3}


def test_a_page_that_was_had_survives_an_outage_with_its_validators(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    for minutes in range(1, 5):
        save(archive, run_id, capture(minutes=minutes, status=503, headers=()), reason=Reason.HTTP_ERROR)
    (page,) = rows(archive, pages)
    assert (page["state"], page["failures"], page["etag"]) == ("done", 4, '"0"')
    assert page["article_id"] is not None


def test_a_page_without_any_response_is_tried_three_times(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    fields: dict[str, Any] = {"site": "example", "kind": "article", "run_id": run_id, "now": NOW}
    for expected in ([URL], [URL], []):
        archive.fail(URL, reason=Reason.UNREACHABLE, retry=True, **fields)
        assert [each.url for each in frontier(archive).pending()] == expected
    archive.fail("https://example.com/robots", reason=Reason.ROBOTS, retry=False, **fields)
    assert frontier(archive).unknown(["https://example.com/robots"]) == []
    assert run_row(archive, run_id)["reasons"] == {"unreachable": 3, "robots": 1}


def test_a_page_that_was_given_up_is_asked_again_when_a_listing_names_it_a_day_later(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    fields: dict[str, Any] = {"site": "example", "kind": "article", "run_id": run_id, "reason": Reason.UNREACHABLE}

    def named(days: float) -> tuple[list[str], list[str]]:
        now = NOW + timedelta(days=days)
        unknown = frontier(archive, now).unknown([URL])
        frontier(archive, now).enqueue([Found(URL, "article")])
        return unknown, [each.url for each in frontier(archive).pending()]

    for _ in range(3):
        archive.fail(URL, now=NOW, retry=True, **fields)
    assert named(0.9) == ([], []), "the site may still be down"
    assert named(1) == ([URL], [URL])
    archive.fail(URL, now=NOW + timedelta(days=1), retry=True, **fields)
    assert named(2.9) == ([], []), "one attempt, and then twice as long"
    assert named(3) == ([URL], [URL])
    save(archive, run_id, capture(minutes=3 * 1440), article())
    assert named(40) == ([], [])


@pytest.mark.parametrize(
    ("status", "reason"), [(410, Reason.NOT_FOUND), (401, Reason.LOGIN), (200, Reason.STATIC), (200, Reason.EMPTY)]
)
def test_what_an_answer_says_for_good_is_not_asked_again(archive: Archive, status: int, reason: Reason) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(status=status), reason=reason)
    later = NOW + timedelta(days=60)
    assert frontier(archive, later).unknown([URL]) == []
    frontier(archive, later).enqueue([Found(URL, "article")])
    assert frontier(archive).pending() == []


@pytest.mark.parametrize(
    ("status", "reason", "third", "last"),
    [(404, Reason.NOT_FOUND, 8, []), (200, Reason.SOFT_404, 8, []), (None, Reason.ROBOTS, 1, [URL])],
)
def test_an_article_that_was_not_there_is_asked_again_while_a_listing_names_it(
    archive: Archive, status: int | None, reason: Reason, third: int, last: list[str]
) -> None:
    """After an hour, a day and eight, as the list may be ahead of the page; what robots.txt forbids for ever."""
    run_id = archive.start_run("example", now=NOW)
    frontier(archive).enqueue([Found(URL, "article")])

    def refuse(hours: float) -> None:
        if status is not None:
            save(archive, run_id, capture(minutes=int(60 * hours), status=status), reason=reason)
            return
        at = NOW + timedelta(hours=hours)
        archive.fail(URL, site="example", kind="article", reason=reason, run_id=run_id, now=at, retry=False)

    def named(hours: float) -> list[str]:
        now = NOW + timedelta(hours=hours)
        unknown = frontier(archive, now).unknown([URL])
        frontier(archive, now).enqueue([Found(URL, "article")])
        assert [each.url for each in frontier(archive).pending()] == unknown
        return unknown

    refuse(0)
    asked = 0.0
    for hours in (1, 24, third * 24):
        assert named(asked + hours - 0.1) == []
        asked += hours
        assert named(asked) == [URL]
        refuse(asked)
    assert named(asked + 1.9 * 24) == []
    assert named(asked + 31 * 24) == last
    save(archive, run_id, capture(minutes=int(60 * asked) + 32 * 1440), article())
    assert named(10_000) == []


def test_an_article_that_was_seen_keeps_its_own_patience(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(), article())
    save(archive, run_id, capture(minutes=60), reason=Reason.SOFT_404)
    save(archive, run_id, capture(minutes=120, status=404), reason=Reason.NOT_FOUND)
    assert frontier(archive, NOW + timedelta(days=20)).unknown([URL]) == []


def test_an_answer_without_a_byte_is_a_fault_of_the_server(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(body=b"\n", status=202), reason=Reason.EMPTY)
    assert [each.url for each in frontier(archive).pending()] == [URL]
    save(archive, run_id, capture(minutes=1), article())
    save(archive, run_id, capture(minutes=2, body=b""), reason=Reason.EMPTY)
    (page,) = rows(archive, pages)
    assert (page["state"], page["failures"], page["etag"]) == ("done", 1, '"1"')


def test_a_listing_that_is_named_again_is_walked_again_and_an_article_is_not(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    second = "https://example.com/page/2"
    save(archive, run_id, capture(second), kind="listing")
    save(archive, run_id, capture(), article())
    assert frontier(archive).pending() == []
    named = [Found(second, "backlog"), Found(URL, "article")]
    frontier(archive).enqueue(named)
    assert frontier(archive).pending() == named[:1]
    save(archive, run_id, capture(second, minutes=1), kind="backlog")
    save(archive, run_id, capture("https://example.com/"), kind="listing", found=named)
    assert frontier(archive).pending() == named[:1]


def test_an_article_is_due_for_another_look_until_it_was_looked_at(archive: Archive) -> None:
    run_id = archive.start_run("example", now=NOW)
    save(archive, run_id, capture(requested_url="https://example.com/?p=1"), article())
    for number in (2, 3):
        save(archive, run_id, capture(f"https://example.com/{number}"), article(f"https://example.com/{number}"))
    assert frontier(archive, NOW + timedelta(minutes=59)).due(10) == []
    hour = NOW + timedelta(hours=2)
    assert sorted(frontier(archive, hour).due(10)) == ["https://example.com/2", "https://example.com/3", URL]
    assert len(frontier(archive, hour).due(1)) == 1
    archive.touch(URL, run_id=run_id, now=hour)
    save(archive, run_id, capture("https://example.com/2", minutes=120), article("https://example.com/2"))
    assert frontier(archive, hour).due(10) == ["https://example.com/3"]
