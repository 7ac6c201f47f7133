"""Saved searches in the archive: new hits, edits and deletions since last time, each in one delivery."""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.archive import Archive
from storage.errors import AlreadyRunning, UsageError
from storage.removal import remove as take_down
from storage.watches import saved_searches
from storage.watches.saved_searches import Delivery, SavedSearch
from tests.support.small_archive import HOME, NOW, keep, page


def save(archive: Archive, texts: dict[str, str | None], hours: int = 0) -> None:
    """Pages of one run; None: the page is missing."""
    at = NOW + timedelta(hours=hours)
    run_id = archive.start_run("example", now=at)
    keep(archive, run_id, page(f"{HOME}/", at, "القائمة"), "listing")  # the site answers
    for number, (path, text) in enumerate(texts.items(), 1):
        seen = at + timedelta(seconds=number)
        keep(archive, run_id, page(f"{HOME}/{path}", seen, text or "لا شيء", 200 if text else 404))
    archive.finish_run(run_id, status="done", now=at + timedelta(minutes=1), requests=len(texts))


def only(archive: Archive) -> SavedSearch:
    (search,) = saved_searches.saved_searches(archive.engine)
    return search


def asked(archive: Archive) -> list[Delivery]:
    saved_searches.note_news(archive.engine, only(archive), now=NOW)
    return saved_searches.unconfirmed(archive.engine, only(archive).name)


def reported(deliveries: list[Delivery]) -> list[tuple[str, int, bool]]:
    return [(item.kind, item.version, item.matches) for each in deliveries for item in each.items]


@pytest.fixture
def watched(archive: Archive) -> Archive:
    save(archive, {"1": "الوزير يصل\nوصل الوزير", "2": "الطقس\nمطر"})
    assert saved_searches.add(archive.engine, "وزير", "الوزير", now=NOW) == 1
    return archive


def test_what_was_there_is_known_and_what_comes_is_reported_once(watched: Archive):
    assert asked(watched) == []
    save(watched, {"3": "وزراء جدد\nعين وزير", "4": "رياضة\nمباراة"}, hours=1)
    (delivery,) = asked(watched)
    assert (delivery.number, reported([delivery])) == (1, [("new", 1, True)])
    saved_searches.confirm(watched.engine, delivery, now=NOW)
    assert asked(watched) == []
    assert (only(watched).articles, only(watched).unconfirmed) == (2, 0)


def test_an_edit_is_reported_also_where_the_search_finds_the_article_no_more(watched: Archive):
    save(watched, {"1": "الوزير يصل\nوصل الوزير مساء", "2": "الطقس\nمطر والوزير"}, hours=5)
    assert reported(asked(watched)) == [("edited", 2, True), ("new", 2, True)]
    for delivery in asked(watched):
        saved_searches.confirm(watched.engine, delivery, now=NOW)
    save(watched, {"1": "الرئيس يصل\nوصل الرئيس"}, hours=10)
    assert reported(asked(watched)) == [("edited", 3, False)]
    assert only(watched).articles == 1
    save(watched, {"1": "الرئيس يصل\nوصل الرئيس ليلا"}, hours=15)
    assert len(asked(watched)) == 1, "it is none of the search's articles any more"


def test_a_deletion_is_reported(watched: Archive):
    for hours in (14, 28, 42):
        save(watched, {"1": None}, hours=hours)
    assert reported(asked(watched)) == [("gone", 1, True)]


def test_what_was_taken_down_is_nowhere(watched: Archive, tmp_path: Path):
    save(watched, {"3": "وزير\nوزير"}, hours=1)
    assert len(asked(watched)) == 1
    take_down(watched.engine, tmp_path / "archive", f"{HOME}/3", reason="طلب", by="tests", now=NOW)
    assert asked(watched) == []
    assert saved_searches.latest_deliveries(watched.engine, "وزير", 10) == []


def test_news_that_is_not_confirmed_stays_in_its_delivery_and_later_news_comes_in_the_next(watched: Archive):
    save(watched, {"3": "وزير\nوزير"}, hours=1)
    first = asked(watched)
    save(watched, {"5": "وزير خامس\nوزير"}, hours=2)
    again = asked(watched)
    assert again[0] == first[0]
    assert [each.number for each in again] == [1, 2]
    assert [each.number for each in saved_searches.latest_deliveries(watched.engine, "وزير", 10)] == [2, 1]


def test_another_machine_that_asked_meanwhile_is_noticed(watched: Archive):
    before = only(watched)
    save(watched, {"3": "وزير\nوزير"}, hours=1)
    saved_searches.note_news(watched.engine, before, now=NOW)
    with pytest.raises(AlreadyRunning):
        saved_searches.note_news(watched.engine, before, now=NOW)


def test_a_name_that_is_taken_a_query_that_cannot_be_asked_and_a_search_that_is_not_there(watched: Archive):
    for name, query in (("وزير", "خبر"), ("", "خبر"), ("ا" * 65, "خبر"), ("جديد", "-خبر"), ("جديد", "from:x")):
        with pytest.raises(UsageError):
            saved_searches.add(watched.engine, name, query, now=NOW)
    saved_searches.remove(watched.engine, "وزير")
    assert saved_searches.saved_searches(watched.engine) == []
    with pytest.raises(UsageError):
        saved_searches.remove(watched.engine, "وزير")


def test_fields_and_many_articles_are_taken(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(saved_searches, "_AT_ONCE", 2)
    save(archive, {str(number): f"وزير {number}\nنص الوزير" for number in range(1, 6)})
    assert saved_searches.add(archive.engine, "كل", "site:example", now=NOW) == 5
    save(archive, {"a": "خبر\nنص"}, hours=1)
    assert reported(asked(archive)) == [("new", 1, True)]
