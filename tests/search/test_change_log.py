"""The change log: what was saved is found by the next search, whoever saved it and however that ended."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text, update

from storage.archive import Archive
from storage.db.database import open_readonly
from storage.db.schema import changes, facts
from storage.errors import ArchiveError
from storage.maintenance.verify import verify
from storage.removal import remove
from storage.search import change_log, index
from storage.search.engine import search
from tests.support.archives import NOW, article, capture, rows, save
from tests.support.rooms.search import found


@pytest.fixture
def archive(tmp_path: Path, database_url: str) -> Iterator[Archive]:
    with Archive.open(tmp_path / "archive", database_url) as opened:
        opened.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        yield opened


def filled(archive: Archive, number: int) -> int:
    run_id = archive.start_run("example", now=NOW)
    for each in range(1, number + 1):
        page = capture(f"https://example.com/news/{each}")
        save(archive, run_id, page, article(page.url, f"الكلمة رقم{each}"))
    return run_id


def indexed(engine: Engine) -> int:
    """How many articles the index holds."""
    table = "search_index" if engine.dialect.name == "postgresql" else "search_words"
    with engine.connect() as connection:
        return connection.scalar(text(f"select count(*) from {table}")) or 0


def test_a_search_takes_in_first_what_was_saved(archive: Archive) -> None:
    filled(archive, 3)
    assert [(row["article_id"], row["kind"]) for row in rows(archive, changes, changes.c.id)] == [
        (1, "written"),
        (2, "written"),
        (3, "written"),
    ]
    assert indexed(archive.engine) == 0
    assert found(archive.engine, "رقم2") == {2}
    assert rows(archive, changes) == []


def test_what_a_killed_crawl_left_is_found_by_a_reader(archive: Archive, tmp_path: Path, database_url: str) -> None:
    filled(archive, 2)  # its run never ends
    reader = open_readonly(tmp_path / "archive", database_url)
    assert verify(reader, archive.folder).wrong == {}
    assert found(reader, "الكلمة") == {1, 2}
    assert indexed(reader) == 2
    reader.dispose()


def test_the_end_of_a_run_takes_in_all_of_it_in_batches(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_log, "_NEXT", change_log._NEXT.limit(2))
    run_id = filled(archive, 5)
    assert change_log.take_in(archive.engine) == 2
    assert indexed(archive.engine) == 2, "a kill here leaves the others noted"
    archive.finish_run(run_id, status="done", now=NOW, requests=5)
    assert indexed(archive.engine) == 5
    assert rows(archive, changes) == []


def test_an_edited_article_is_found_by_its_new_words_only(archive: Archive) -> None:
    run_id = filled(archive, 1)
    assert found(archive.engine, "رقم1") == {1}
    later = capture("https://example.com/news/1", minutes=5)
    save(archive, run_id, later, article(later.url, "كلام جديد"))
    save(archive, run_id, capture(later.url, minutes=6), article(later.url, "كلام أجد"))
    assert (found(archive.engine, "رقم1"), found(archive.engine, "جديد")) == (set(), set())
    assert found(archive.engine, "أجد") == {1}


def test_numbers_of_changes_ascend_and_are_never_used_again(archive: Archive) -> None:
    run_id = filled(archive, 2)
    last = max(row["id"] for row in rows(archive, changes))
    change_log.catch_up(archive.engine)
    save(archive, run_id, capture("https://example.com/n"), article("https://example.com/n"))
    assert min(row["id"] for row in rows(archive, changes)) > last


def test_what_was_removed_is_out_of_the_index_at_once(archive: Archive) -> None:
    filled(archive, 3)
    change_log.catch_up(archive.engine)
    remove(archive.engine, archive.folder, "https://example.com/news/2", reason="شكوى", by="x", now=NOW)
    assert indexed(archive.engine) == 2
    assert [(row["article_id"], row["kind"]) for row in rows(archive, changes)] == [(2, "removed")]
    assert found(archive.engine, "الكلمة") == {1, 3}


def test_what_was_removed_before_it_was_taken_in_never_is(archive: Archive) -> None:
    filled(archive, 2)
    remove(archive.engine, archive.folder, "https://example.com/news/2", reason="شكوى", by="x", now=NOW)
    assert found(archive.engine, "الكلمة") == {1}


def test_a_rebuilt_index_has_nothing_left_to_take_in(archive: Archive) -> None:
    filled(archive, 2)
    assert index.rebuild(archive.engine) == 2
    assert rows(archive, changes) == []


def test_a_search_answers_although_the_index_can_not_be_brought_up_to_date(
    archive: Archive, caplog: pytest.LogCaptureFixture
) -> None:
    run_id = filled(archive, 2)
    assert found(archive.engine, "الكلمة") == {1, 2}
    if archive.engine.dialect.name == "sqlite":  # the entry to replace is damaged
        with archive.engine.begin() as connection:
            connection.execute(text("update search_words set words = 'x' where article_id = 1"))
    else:
        with archive.engine.begin() as connection:
            connection.execute(
                text(
                    "create function refuse() returns trigger language plpgsql as "
                    "$$ begin raise exception using errcode = '53100'; end $$"
                )
            )
            connection.execute(text("create trigger refuse before delete on changes execute function refuse()"))
    later = capture("https://example.com/news/1", minutes=5)
    save(archive, run_id, later, article(later.url, "كلام جديد"))
    with caplog.at_level(logging.WARNING):
        assert found(archive.engine, "رقم2") == {2}
    assert "can't be found yet" in caplog.text
    with pytest.raises(ArchiveError):
        change_log.catch_up(archive.engine)
    if archive.engine.dialect.name == "postgresql":
        with archive.engine.begin() as connection:
            connection.execute(text("drop function refuse() cascade"))


def test_a_missing_index_is_no_reason_to_take_anything_in(archive: Archive) -> None:
    filled(archive, 1)
    with archive.engine.begin() as connection:
        connection.execute(update(facts).where(facts.c.name == index.FACT).values(value="0"))
    assert change_log.take_in(archive.engine) == 0
    with pytest.raises(ArchiveError, match="warraq reindex"):
        search(archive.engine, "الكلمة")
