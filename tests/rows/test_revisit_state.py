"""What becomes of an article whose page is missing, came back, or whose whole site is down. On both engines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from storage.archive import Archive
from storage.db.schema import articles, events, pages
from storage.queries import article_by, article_events
from storage.records import Article, Capture, Reason, Saved
from storage.revisits.absence import missed_as
from storage.rows.revisit_state import Settled
from tests.support.archives import frontier

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)
HOME = "https://example.com"
URL = "https://example.com/news/1"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def capture(url: str, at: datetime, status: int = 200, **fields: Any) -> Capture:
    return Capture(url, "example", at, status, fields.pop("headers", ()), f"{url} {at}".encode(), **fields)


def run(archive: Archive, at: datetime, *answers: tuple[Capture, Reason | None], listing: bool = True) -> Settled:
    """One run at that time: a listing that answers, and these article pages."""
    run_id = archive.start_run("example", now=at)
    if listing:
        page = capture(f"{HOME}/", at)
        archive.save(page, archive.append(page, run_id), run_id=run_id, kind="listing", now=at)
    for page, reason in answers:
        url = page.requested_url or page.url
        read = Article(url, "example", "عنوان", f"نص {url}", extractor="t 1") if reason is None else None
        archive.save(
            page, archive.append(page, run_id), run_id=run_id, kind="article", article=read, reason=reason, now=at
        )
    settled = archive.settle(run_id, now=at)
    archive.finish_run(run_id, status="done", now=at, requests=0)
    return settled


def here(at: datetime, url: str = URL) -> tuple[Capture, None]:
    return capture(url, at), None


def missing(at: datetime, url: str = URL, status: int = 404) -> tuple[Capture, Reason]:
    return capture(url, at, status), Reason.NOT_FOUND


def state(archive: Archive, url: str = URL) -> tuple[str, datetime | None, datetime | None]:
    columns = select(articles.c.status, pages.c.next_visit_at, pages.c.missing_since)
    joined = columns.join_from(articles, pages, pages.c.article_id == articles.c.id)
    with archive.engine.connect() as connection:
        return tuple(connection.execute(joined.where(articles.c.url == url)).one())  # type: ignore[return-value]


def told(archive: Archive) -> list[tuple[str, datetime, datetime | None, str | None]]:
    columns = (events.c.kind, events.c.at, events.c.since, events.c.reason)
    with archive.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(*columns).order_by(events.c.at))]


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_is_gone_when_its_page_is_missing_now_in_an_hour_and_in_a_day(archive: Archive, status: int) -> None:
    run(archive, NOW, here(NOW))
    first = NOW + HOUR
    assert run(archive, first, missing(first, status=status)).gone == ()
    assert state(archive) == ("live", first + HOUR, first)
    assert run(archive, first + HOUR, missing(first + HOUR, status=status)).gone == ()
    assert state(archive) == ("live", first + DAY, first)
    (gone,) = run(archive, first + DAY, missing(first + DAY, status=status)).gone
    assert (gone.change, gone.url, state(archive)[0]) == ("gone", URL, "gone")
    assert told(archive) == [("gone", first + DAY, first, "not-found")]
    assert state(archive)[1] == first + 2 * DAY, "it may come back"


def test_an_article_that_answers_again_in_time_was_never_gone(archive: Archive) -> None:
    run(archive, NOW, here(NOW))
    for hours, answer in ((1, missing), (2, here), (30, missing)):
        at = NOW + hours * HOUR
        assert run(archive, at, answer(at)).gone == ()
    assert state(archive)[::2] == ("live", NOW + 30 * HOUR), "the count began anew"
    assert told(archive) == []


def gone_archive(archive: Archive) -> datetime:
    run(archive, NOW, here(NOW))
    for at in (NOW + HOUR, NOW + 2 * HOUR, NOW + 25 * HOUR):
        run(archive, at, missing(at))
    return NOW + 25 * HOUR


def test_an_article_that_is_there_again_is_restored_by_its_text(archive: Archive) -> None:
    gone_at = gone_archive(archive)
    back = gone_at + 2 * DAY
    run(archive, back, here(back))
    assert state(archive)[::2] == ("live", None)
    assert [each[:2] for each in told(archive)] == [("gone", gone_at), ("restored", back)]
    events_listed = article_events(archive.engine, article_by(archive.engine, URL))
    assert [each["event"] for each in events_listed] == ["gone", "restored"]
    assert article_events(archive.engine, None) == []


def test_an_article_that_is_there_again_is_restored_by_an_answer_of_304(archive: Archive) -> None:
    gone_at = gone_archive(archive)
    back = gone_at + 2 * DAY
    run_id = archive.start_run("example", now=back)
    answer = replace(capture(URL, back, 304), body=b"")
    position = archive.append(answer, run_id)
    assert position.refers_to is not None
    archive.touch(URL, run_id=run_id, now=back, capture=answer, position=position)
    archive.touch(URL, run_id=run_id, now=back, capture=answer, position=position)
    assert state(archive)[::2] == ("live", None)
    assert [each[0] for each in told(archive)] == ["gone", "restored"]


def test_when_most_pages_fail_at_once_nothing_is_marked(archive: Archive) -> None:
    urls = [f"{HOME}/news/{number}" for number in range(12)]
    run(archive, NOW, *(here(NOW, url) for url in urls))
    for hours in (1, 2, 25, 26, 50):
        at = NOW + hours * HOUR
        settled = run(archive, at, *(missing(at, url) for url in urls[2:]), *(here(at, url) for url in urls[:2]))
        assert settled == Settled((), outage=True)
    assert told(archive) == []
    assert {state(archive, url)[::2] for url in urls} == {("live", None)}


def test_a_site_whose_lists_answer_is_not_out_of_order_for_more_than_a_week(archive: Archive) -> None:
    urls = [f"{HOME}/news/{number}" for number in range(6)]
    run(archive, NOW, *(here(NOW, url) for url in urls))
    for days in (1, 2, 4):
        at = NOW + days * DAY
        assert run(archive, at, *(missing(at, url) for url in urls)) == Settled((), outage=True)
    at = NOW + 9 * DAY
    assert run(archive, at, *(missing(at, url) for url in urls), listing=False) == Settled((), outage=True)
    settled = run(archive, at, *(missing(at + timedelta(minutes=1), url) for url in urls))
    assert ([each.url for each in settled.gone], settled.outage) == (urls, False)
    assert {(kind, since) for kind, _at, since, _reason in told(archive)} == {("gone", NOW + DAY)}


def test_when_no_page_of_the_site_answers_nothing_is_marked(archive: Archive) -> None:
    run(archive, NOW, here(NOW))
    for hours in (1, 2, 25, 26, 50):
        at = NOW + hours * HOUR
        assert run(archive, at, missing(at), listing=False).outage
    assert told(archive) == []


def test_one_deletion_among_answers_is_no_outage(archive: Archive) -> None:
    urls = [f"{HOME}/news/{number}" for number in range(4)]
    run(archive, NOW, *(here(NOW, url) for url in urls))
    for hours in (1, 2, 25):
        at = NOW + hours * HOUR
        settled = run(archive, at, missing(at, urls[0]), *(here(at, url) for url in urls[1:]))
    assert [each.url for each in settled.gone] == [urls[0]]


@pytest.mark.parametrize("how", ["soft", "home"])
def test_a_soft_404_and_a_redirect_to_the_home_page_are_as_good_as_a_404(archive: Archive, how: str) -> None:
    validators = (("ETag", '"soft"'),)
    run(archive, NOW, here(NOW))
    for hours in (1, 2, 25):
        at = NOW + hours * HOUR
        if how == "soft":
            answer = capture(URL, at, headers=validators), Reason.SOFT_404
        else:
            answer = capture(f"{HOME}/", at, requested_url=URL, headers=validators), Reason.LISTING
        settled = run(archive, at, answer)
    assert [each.url for each in settled.gone] == [URL]
    assert told(archive)[0][3] == {"soft": "soft-404", "home": "home"}[how]
    assert frontier(archive).validators(URL) == (None, None), "a 304 must not speak for the article"


@pytest.mark.parametrize(
    ("led_to", "asked", "reason", "missed"),
    [
        ("https://example.com/news/1", None, Reason.EMPTY, None),
        ("https://example.com/news/1", "https://example.com/?p=1", Reason.EMPTY, None),
        ("https://example.com/", "https://example.com/news/1", Reason.LISTING, "home"),
        ("https://www.example.com/ar", "https://example.com/news/1", Reason.LISTING, "home"),
        ("https://example.com/", "https://www.example.com/", Reason.LISTING, None),
        ("https://example.com/?p=7", "https://example.com/news/1", Reason.EMPTY, None),
        ("https://example.com/?redirected=1", "https://example.com/news/1", Reason.LISTING, "home"),
        ("https://example.com/index.php", "https://example.com/news/1", Reason.LISTING, "home"),
        ("https://m.example.com/en-US/", "https://example.com/news/1", Reason.LISTING, "home"),
        ("https://example.com/", "https://example.com/?p=123", Reason.LISTING, "home"),
        ("https://example.com/sport/", "https://example.com/news/1", Reason.LISTING, "listing"),
        ("https://example.com/sport/", "https://example.com/news/1", Reason.EMPTY, None),
        ("https://example.com/sport/", "https://example.com/news/1", Reason.LOGIN, None),
        ("https://example.com/", "https://example.com/news/1", Reason.CHALLENGE, None),
        ("https://example.com/", "https://example.com/news/1", Reason.BLOCKED, None),
        ("https://example.com/", "https://example.com/news/1", Reason.MAINTENANCE, None),
        ("https://example.com/", "https://example.com/news/1", Reason.EMPTY, None),
        ("https://example.com/index.html", "https://example.com/", Reason.LISTING, None),
    ],
)
def test_a_redirect_to_the_home_page_or_a_list_means_that_the_article_is_missing(
    led_to: str, asked: str | None, reason: Reason, missed: str | None
) -> None:
    page = replace(capture(led_to, NOW), requested_url=asked)
    assert missed_as(page, reason, "https://example.com/ar/") == missed


def test_a_page_that_fails_is_asked_later_and_is_not_missing(archive: Archive) -> None:
    run(archive, NOW, here(NOW))
    expected = (1, 2, 4)
    at = NOW + 2 * HOUR
    for hours in expected:
        run(archive, at, (capture(URL, at, 503), Reason.HTTP_ERROR))
        assert state(archive) == ("live", at + hours * HOUR, None)
        at += hours * HOUR
    run_id = archive.start_run("example", now=at)
    archive.fail(URL, site="example", kind="article", reason=Reason.UNREACHABLE, run_id=run_id, now=at, retry=True)
    assert state(archive)[1] == at + 8 * HOUR


@pytest.mark.parametrize("reason", [Reason.EMPTY, Reason.UNTITLED, Reason.TIMEOUT, Reason.LISTING])
def test_a_page_that_answers_and_gives_nothing_to_read_has_had_its_visit(archive: Archive, reason: Reason) -> None:
    run(archive, NOW, here(NOW))
    due = []
    for _ in range(4):
        status, at, since = state(archive)
        assert (status, since) == ("live", None)
        assert at is not None
        due.append(at)
        run(archive, at, (capture(URL, at), reason))
    assert due == sorted(set(due)), "each answer counts as a visit"
    assert told(archive) == []


def test_an_empty_answer_neither_confirms_nor_refutes_that_a_page_is_missing(archive: Archive) -> None:
    run(archive, NOW, here(NOW))
    first = NOW + HOUR
    run(archive, first, missing(first))
    run(archive, first + HOUR, (capture(URL, first + HOUR), Reason.EMPTY))
    assert state(archive) == ("live", first + DAY, first)
    (gone,) = run(archive, first + DAY, missing(first + DAY)).gone
    assert gone.url == URL
    for days in (2, 3, 7, 30):
        at = first + days * DAY
        assert state(archive)[1] == at
        run(archive, at, (capture(URL, at), Reason.EMPTY))
    assert state(archive) == ("gone", None, first), "it has been asked for often enough"


def test_a_killed_run_settles_nothing_and_its_pages_stay_due(
    archive: Archive, tmp_path: Path, database_url: str
) -> None:
    run(archive, NOW, here(NOW))
    run_id = archive.start_run("example", now=NOW + 2 * HOUR)
    page, reason = missing(NOW + 2 * HOUR)
    archive.save(page, archive.append(page, run_id), run_id=run_id, kind="article", reason=reason, now=NOW + 2 * HOUR)
    assert frontier(archive, NOW + 2 * HOUR).due(9) == [URL]


def test_a_site_that_is_not_to_be_followed_is_not(archive: Archive) -> None:
    run(archive, NOW, here(NOW))
    assert frontier(archive, NOW + 2 * HOUR).due(9) == [URL]
    archive.add_site("example", HOME, None, None, "UTC", revisits="off")
    assert frontier(archive, NOW + 2 * HOUR).due(9) == []
    run(archive, NOW + HOUR, here(NOW + HOUR, f"{HOME}/news/2"))
    assert state(archive, f"{HOME}/news/2")[1] is None
    archive.add_site("example", HOME, None, None, "UTC", revisits="track")
    run(archive, NOW + HOUR, here(NOW + HOUR, f"{HOME}/news/3"))
    tracked = state(archive, f"{HOME}/news/3")[1]
    assert tracked is not None
    assert tracked < NOW + 2 * HOUR


def test_a_change_brings_a_look_within_a_day(archive: Archive) -> None:
    run(archive, NOW, here(NOW))
    at = NOW + 8 * DAY
    run_id = archive.start_run("example", now=at)
    page = capture(URL, at)
    read = Article(URL, "example", "عنوان آخر", "نص آخر", extractor="t 1")
    saved = archive.save(page, archive.append(page, run_id), run_id=run_id, kind="article", article=read, now=at)
    assert isinstance(saved, Saved)
    planned = state(archive)[1]
    assert saved.change == "changed"
    assert planned is not None
    assert at + 0.9 * DAY <= planned <= at + DAY
    archive.touch(URL, run_id=run_id, now=at + DAY)
    planned = state(archive)[1]
    assert planned is not None, "and the last check counts from the change"
    assert at + 26 * DAY < planned <= at + 30 * DAY
