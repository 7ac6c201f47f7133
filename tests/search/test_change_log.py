"""The change log: what was saved is found by the next search, whoever saved it and however that ended."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, func, select, text

from storage.archive import Archive
from storage.db.database import open_readonly
from storage.db.schema import changes
from storage.errors import ArchiveError
from storage.maintenance.verify import verify
from storage.removal import remove
from storage.search import change_log, index
from storage.search.index_folder import locked, read_state
from tests.support.archives import NOW, article, capture, rows, save
from tests.support.rooms.search import add, change, found


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
    with engine.connect() as connection:
        return int(index.reader(engine, connection).searcher.num_docs)


def test_a_search_takes_in_first_what_was_saved(archive: Archive) -> None:
    filled(archive, 3)
    assert [(row["article_id"], row["kind"]) for row in rows(archive, changes, changes.c.id)] == [
        (1, "written"),
        (2, "written"),
        (3, "written"),
    ]
    assert found(archive.engine, "رقم2") == {2}
    assert len(rows(archive, changes)) == 3, "another index may still need them"


def test_what_a_killed_crawl_left_is_found_by_a_reader(archive: Archive, tmp_path: Path, database_url: str) -> None:
    filled(archive, 2)  # its run never ends
    reader = open_readonly(tmp_path / "archive", database_url)
    assert verify(reader, archive.folder).wrong == {}
    assert found(reader, "الكلمة") == {1, 2}
    assert indexed(reader) == 2
    assert verify(reader, archive.folder).wrong == {}
    reader.dispose()


def test_a_search_does_not_wait_for_what_is_saved_meanwhile(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    index.catch_up(archive.engine)
    monkeypatch.setattr(index, "BATCH", 2)
    filled(archive, 5)
    writer = create_engine(archive.engine.url)
    written = 0

    def write_another(_: object) -> None:
        nonlocal written
        if written < 40:
            written += 1
            with writer.begin() as connection:
                change_log.note(connection, 1 + written % 5)

    event.listen(archive.engine, "begin", write_another)
    try:
        index.catch_up(archive.engine)
    finally:
        event.remove(archive.engine, "begin", write_another)
        writer.dispose()
    assert indexed(archive.engine) == 5
    assert written < 10


def test_what_is_removed_while_it_waits_for_the_index_is_not_in_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.catch_up(archive.engine)
    monkeypatch.setattr(index, "BATCH", 2)
    filled(archive, 5)
    began = 0

    def remove_another(_: object) -> None:
        nonlocal began
        began += 1
        if began == 5:  # the first batch is taken in
            remove(archive.engine, archive.folder, "https://example.com/news/5", reason="x", by="y", now=NOW)
            with archive.engine.begin() as connection:  # so that the removal lies behind what others noted
                change_log.note(connection, [1, 2, 3, 4])
                change_log.note(connection, 5, "removed")

    event.listen(archive.engine, "begin", remove_another)
    try:
        index.catch_up(archive.engine)
    finally:
        event.remove(archive.engine, "begin", remove_another)
    state = read_state(index.folder_of(archive.engine))
    assert began > 5
    assert state is not None
    assert state.removed
    assert indexed(archive.engine) == 4


def test_the_end_of_a_run_takes_in_all_of_it_in_batches(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    index.catch_up(archive.engine)
    monkeypatch.setattr(index, "BATCH", 2)
    run_id = filled(archive, 5)
    assert index.catch_up_a_little(archive.engine)
    assert indexed(archive.engine) == 2, "a kill here leaves the others noted"
    archive.finish_run(run_id, status="done", now=NOW, requests=5)
    assert indexed(archive.engine) == 5
    assert not index.catch_up_a_little(archive.engine)


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
    with archive.engine.begin() as connection:
        connection.execute(changes.delete())
    save(archive, run_id, capture("https://example.com/n"), article("https://example.com/n"))
    assert min(row["id"] for row in rows(archive, changes)) > last


def test_what_was_removed_is_found_no_more(archive: Archive) -> None:
    filled(archive, 3)
    assert found(archive.engine, "الكلمة") == {1, 2, 3}
    remove(archive.engine, archive.folder, "https://example.com/news/2", reason="شكوى", by="x", now=NOW)
    assert [row["kind"] for row in rows(archive, changes) if row["article_id"] == 2] == ["removed"]
    assert found(archive.engine, "الكلمة") == {1, 3}
    assert indexed(archive.engine) == 2


def test_what_was_removed_before_it_was_taken_in_never_is(archive: Archive) -> None:
    filled(archive, 2)
    remove(archive.engine, archive.folder, "https://example.com/news/2", reason="شكوى", by="x", now=NOW)
    assert found(archive.engine, "الكلمة") == {1}


def test_a_rebuilt_index_has_nothing_left_to_take_in(archive: Archive) -> None:
    filled(archive, 2)
    assert index.rebuild(archive.engine) == 2
    assert not index.catch_up_a_little(archive.engine)


@pytest.mark.postgres
def test_an_open_transaction_of_another_program_has_nothing_taken_in_twice(postgres_url: str, tmp_path: Path) -> None:
    """PostgreSQL numbers transactions for all databases of a server, so that any of them may hold back the horizon."""
    other = create_engine(postgres_url)
    with Archive.open(tmp_path, postgres_url) as archive, other.connect() as connection, connection.begin():
        connection.execute(text("select pg_current_xact_id()"))
        archive.add_site("example", "https://example.com", "المثال", "EG", "Africa/Cairo")
        filled(archive, 2)
        assert index.rebuild(archive.engine) == 2
        assert not index.catch_up_a_little(archive.engine)
    other.dispose()


def test_a_search_answers_although_another_process_keeps_the_index(
    archive: Archive, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = filled(archive, 2)
    assert found(archive.engine, "الكلمة") == {1, 2}
    monkeypatch.setattr(index, "WAIT_S", 0.2)
    with locked(index.folder_of(archive.engine)):
        later = capture("https://example.com/news/1", minutes=5)
        save(archive, run_id, later, article(later.url, "كلام جديد"))
        with caplog.at_level(logging.WARNING):
            assert found(archive.engine, "رقم2") == {2}
        assert "can't be found yet" in caplog.text
        with pytest.raises(ArchiveError, match="another process"):
            index.catch_up(archive.engine, wait_s=0)
    assert found(archive.engine, "جديد") == {1}


def test_many_threads_search_while_others_save(archive: Archive) -> None:
    run_id = filled(archive, 3)
    wrong: list[str] = []

    def look() -> None:
        answers = [found(archive.engine, "الكلمة") for _ in range(5)]
        wrong.extend("one is missing" for answer in answers if not answer >= {1, 2, 3})

    threads = [threading.Thread(target=look) for _ in range(3)]
    for thread in threads:
        thread.start()
    for each in range(4, 10):
        page = capture(f"https://example.com/news/{each}")
        save(archive, run_id, page, article(page.url, f"الكلمة رقم{each}"))
    for thread in threads:
        thread.join()
    assert wrong == []
    assert found(archive.engine, "الكلمة") == set(range(1, 10))


@pytest.mark.postgres
def test_what_is_committed_late_is_taken_in_and_nothing_twice(both: tuple[Engine, Engine]) -> None:
    """On PostgreSQL a change may be committed after later ones."""
    _, engine = both
    add(engine, 1, "خبر")
    add(engine, 2, "خبر")
    with engine.connect() as late, late.begin():
        change_log.note(late, 2)
        late.exec_driver_sql("update articles set text = 'متأخر' where id = 2")
        change(engine, 1, text="سريع")
        assert found(engine, "سريع") == {1}
        assert found(engine, "متأخر") == set()
        state = read_state(index.folder_of(engine))
        assert state is not None
        with engine.connect() as connection:
            newest = connection.scalar(select(func.max(changes.c.id)))
        assert newest in {number for number, _ in state.position.ahead}
        assert not index.catch_up_a_little(engine), "what is ahead of the open transaction is taken in once"
    assert found(engine, "متأخر") == {2}
    assert found(engine, "سريع") == {1}
    assert found(engine, "خبر") == set()
