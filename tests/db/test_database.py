import json
import multiprocessing
import os
import sqlite3
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.db.database import (
    check_schema,
    connect,
    database_path,
    open_readonly,
    place,
    read_transaction,
    upgrade,
    write_transaction,
)
from storage.db.error_messages import message_of
from storage.db.migrations.upgrade import REVISIONS
from storage.db.schema import facts, runs
from storage.errors import ArchiveError, NoArchive, SchemaTooNew, UsageError


def made(url: str) -> Any:
    if url.startswith("sqlite:///"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(exist_ok=True)
    engine = connect(url)
    upgrade(engine)
    return engine


def test_sqlite_waits_writes_ahead_and_reaches_the_disk(tmp_path: Path) -> None:
    engine = made(f"sqlite:///{tmp_path}/a.db")
    with engine.connect() as connection:
        pragmas = {
            name: connection.scalar(text(f"pragma {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    path = tmp_path / "أرشيف ?&#%41 x" / "a.db"
    path.parent.mkdir()
    from storage.db.database_url import archive_url

    engine = connect(archive_url(path.parent, None))
    upgrade(engine)
    assert (path.parent / "warraq.db").is_file()
    open_readonly(path.parent)


def test_a_rolled_back_transaction_leaves_nothing(bare_database_url: str) -> None:
    engine = made(bare_database_url)
    with suppress(RuntimeError), write_transaction(engine) as connection:
        connection.execute(insert(facts).values(name="a", value="b"))
        raise RuntimeError
    with read_transaction(engine) as connection:
        assert connection.execute(select(facts).where(facts.c.name == "a")).all() == []
    engine.dispose()


def test_errors_of_our_own_sql_are_not_blamed_on_the_disk(bare_database_url: str) -> None:
    engine = made(bare_database_url)
    with pytest.raises(IntegrityError), write_transaction(engine) as connection:
        connection.execute(insert(facts), [{"name": "a", "value": "b"}] * 2)
    engine.dispose()


def test_instants_come_back_aware_and_naive_ones_are_refused(bare_database_url: str) -> None:
    engine = made(bare_database_url)
    now = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    row = {"site": "a", "status": "done", "reasons": {"سبب": 1}, "warraq": "1", "started_at": now}
    with write_transaction(engine) as connection:
        connection.execute(insert(runs).values(row))
    with read_transaction(engine) as connection:
        stored = connection.execute(select(runs.c.started_at, runs.c.reasons)).one()
    assert tuple(stored) == (now, {"سبب": 1})
    with pytest.raises(Exception, match="naive datetime"), write_transaction(engine) as connection:
        connection.execute(insert(runs).values(row | {"started_at": now.replace(tzinfo=None)}))
    engine.dispose()


def test_json_comes_back_as_it_was_and_sqlite_keeps_its_arabic_as_utf_8(bare_database_url: str) -> None:
    engine = made(bare_database_url)
    value = {"قسم": ["أخبار\u2028 عربية", "😀", "\\u0627"], "n": 3, "half": 0.5, "none": None, "yes": True}
    row = {"site": "a", "status": "done", "reasons": {}, "warraq": "1", "started_at": datetime.now(UTC)}
    with write_transaction(engine) as connection:
        connection.execute(insert(runs), [row | {"found": value}] * 2)
        if database_path(engine) is not None:
            assert "أخبار" in (connection.scalar(text("select found from runs where id = 1")) or "")
            escaped = {"found": json.dumps(value)}  # as earlier versions wrote it
            connection.execute(text("update runs set found = :found where id = 2"), escaped)
    with read_transaction(engine) as connection:
        assert list(connection.scalars(select(runs.c.found))) == [value, value]
    engine.dispose()


def test_a_writer_that_read_first_is_not_overtaken(tmp_path: Path) -> None:
    engine = made(f"sqlite:///{tmp_path}/a.db")
    with write_transaction(engine) as connection:
        connection.execute(insert(facts).values(name="n", value="0"))

    def add() -> None:
        for _ in range(20):
            with write_transaction(engine) as connection:
                value = connection.scalar(select(facts.c.value).where(facts.c.name == "n"))
                connection.execute(facts.update().where(facts.c.name == "n").values(value=str(int(value or 0) + 1)))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with read_transaction(engine) as connection:
        assert connection.scalar(select(facts.c.value).where(facts.c.name == "n")) == "80"


def test_a_reader_does_not_hold_up_a_writer(tmp_path: Path) -> None:
    engine = made(f"sqlite:///{tmp_path}/a.db")
    with read_transaction(engine) as reader:
        assert reader.execute(select(facts).where(facts.c.name == "a")).all() == []
        started = time.monotonic()
        with write_transaction(engine) as connection:
            connection.execute(insert(facts).values(name="a", value="b"))
        assert time.monotonic() - started < 5
        assert reader.execute(select(facts).where(facts.c.name == "a")).all() == []


def test_a_reader_can_not_write(tmp_path: Path, bare_database_url: str) -> None:
    made(bare_database_url).dispose()
    engine = open_readonly(tmp_path / "archive", bare_database_url)
    with pytest.raises(ArchiveError, match="can't be written"), write_transaction(engine) as connection:
        connection.execute(insert(facts).values(name="a", value="b"))
    engine.dispose()


def test_reading_where_no_archive_is_makes_none(tmp_path: Path, bare_database_url: str) -> None:
    with pytest.raises(NoArchive, match=r"there is no archive at .*--archive"):
        open_readonly(tmp_path / "none", bare_database_url)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "warraq.db").touch()
    with pytest.raises(NoArchive):
        open_readonly(tmp_path)


def test_a_reader_of_a_newer_or_older_archive_is_told(tmp_path: Path, bare_database_url: str) -> None:
    engine = made(bare_database_url)
    with write_transaction(engine) as connection:
        connection.execute(text("update warraq_version set version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match=f"has schema 9999, and this version knows {REVISIONS[-1]}"):
        open_readonly(tmp_path / "archive", bare_database_url)
    with pytest.raises(SchemaTooNew):
        check_schema(engine)
    with pytest.raises(SchemaTooNew):
        upgrade(engine)
    engine.dispose()


def test_a_reader_of_an_older_archive_is_told_what_upgrades_it(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(bare_database_url).dispose()
    monkeypatch.setattr("storage.db.migrations.upgrade.REVISIONS", (*REVISIONS, "9998"))
    message = f"schema {REVISIONS[-1]}, and this version reads 9998: `warraq reindex` upgrades it, as does any crawl"
    with pytest.raises(ArchiveError, match=message):
        open_readonly(tmp_path / "archive", bare_database_url)


def test_an_archive_on_a_disk_that_can_not_be_written_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = made(f"sqlite:///{tmp_path}/warraq.db")
    with write_transaction(engine) as connection:
        connection.execute(insert(facts).values(name="a", value="b"))
    engine.dispose()  # the last connection folds the write-ahead log in
    assert not (tmp_path / "warraq.db-wal").exists()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with read_transaction(open_readonly(tmp_path)) as connection:
        assert connection.scalar(select(facts.c.value).where(facts.c.name == "a")) == "b"
    assert [path.name for path in tmp_path.iterdir()] == ["warraq.db"]


def test_a_truncated_database_is_told_as_damage(tmp_path: Path) -> None:
    made(f"sqlite:///{tmp_path}/warraq.db").dispose()
    with (tmp_path / "warraq.db").open("r+b") as file:
        file.truncate(8192)
    engine = connect(f"sqlite:///{tmp_path}/warraq.db")
    with pytest.raises(ArchiveError, match="damaged"), read_transaction(engine) as connection:
        connection.execute(select(runs)).all()


def test_a_lock_that_is_never_let_go_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.db.database.BUSY_TIMEOUT_S", 0.1)
    engine = made(f"sqlite:///{tmp_path}/a.db")
    holder = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    holder.execute("begin immediate")
    with pytest.raises(ArchiveError, match="locked by another process"), write_transaction(engine):
        pass
    holder.close()


@pytest.mark.parametrize(
    "url", ["", "mysql://user:secret@host/x", "nonsense secret", "sqlite://", "sqlite:///:memory:", "oracle://secret@x"]
)
def test_another_kind_of_database_is_a_usage_error_that_tells_no_secret(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        connect(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_uses_psycopg(scheme: str) -> None:
    engine = connect(f"{scheme}://user:secret@localhost/name")
    assert engine.url.drivername == "postgresql+psycopg"
    assert place(engine) == "postgresql+psycopg://user:***@localhost/name"
    assert database_path(engine) is None


@pytest.mark.postgres
def test_a_server_that_is_restarted_is_told(bare_postgres_url: str) -> None:
    engine = made(bare_postgres_url)
    with pytest.raises(ArchiveError, match="being stopped or restarted"), read_transaction(engine) as connection:
        connection.execute(text("select pg_terminate_backend(pg_backend_pid())"))
    with read_transaction(engine) as connection:
        assert connection.scalar(text("select 1")) == 1
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"database": "warraq_nowhere"}, "does not exist: create the database first"),
        ({"username": "warraq_nobody"}, "refused the user or password"),
        ({"port": 1}, "can't be reached: is PostgreSQL running there\\?"),
        ({"query": {"options": "-cwarraq_no_such=1"}}, "refused the connection: unrecognized configuration parameter"),
    ],
)
def test_why_a_server_can_not_be_used_is_told(
    postgres_server: str, tmp_path: Path, part: dict[str, Any], message: str
) -> None:
    url = make_url(postgres_server).set(**part).render_as_string(hide_password=False)
    with pytest.raises(ArchiveError, match=message):
        open_readonly(tmp_path, url)
    with pytest.raises(ArchiveError, match=message):
        upgrade(connect(url))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ('FATAL:  password authentication failed for user "a"', "refused the user or password"),
        ("fe_sendauth: no password supplied", "refused the user or password"),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "a"', "refused the user or password"),
        ("FATAL:  sorry, too many clients already", "no connection left"),
        ("FATAL:  the database system is starting up", "stopped or restarted"),
        ("failed to resolve host 'nowhere.invalid'", "can't be reached"),
        ("server closed the connection unexpectedly", "can't be reached"),
    ],
)
def test_the_words_of_a_server_that_does_not_let_in_are_understood(words: str, message: str) -> None:
    error = OperationalError(None, None, psycopg.OperationalError(f"connection failed: {words}"))
    assert message in str(message_of(error))


def _open(url: str, queue: Any) -> None:
    try:
        engine = connect(url)
        upgrade(engine)
        with write_transaction(engine) as connection:
            connection.execute(insert(facts).values(name=str(os.getpid()), value="x"))
        queue.put(None)
    except Exception as error:
        queue.put(repr(error))


@pytest.mark.slow
def test_processes_that_make_one_archive_at_once_all_succeed(tmp_path: Path, bare_database_url: str) -> None:
    (tmp_path / "archive").mkdir()
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    openers = [context.Process(target=_open, args=(bare_database_url, queue)) for _ in range(3)]
    for opener in openers:
        opener.start()
    assert [queue.get(timeout=60) for _ in openers] == [None] * 3
    for opener in openers:
        opener.join()
