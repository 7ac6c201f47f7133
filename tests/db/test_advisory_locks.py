"""Locks in PostgreSQL: one process has each, and one whose connection is cut knows it."""

import time
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from storage.db.advisory_locks import AdvisoryLocks
from storage.db.database import connect
from storage.errors import ArchiveError

pytestmark = pytest.mark.postgres


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    engine = connect(postgres_url)
    yield engine
    engine.dispose()


def cut(engine: Engine, locks: AdvisoryLocks) -> None:
    with engine.connect() as connection:
        connection.execute(text("select pg_terminate_backend(:pid)"), {"pid": locks.server_process})


def test_a_lock_is_one_process_s_until_it_gave_it_back_as_often_as_it_took_it(engine: Engine) -> None:
    with AdvisoryLocks(engine) as one, AdvisoryLocks(engine) as other:
        assert one.acquire("site:a")
        assert one.acquire("site:a")
        assert not other.acquire("site:a")
        assert other.acquire("site:b")
        one.release("site:a")
        assert not other.acquire("site:a")
        one.release("site:a")
        assert other.acquire("site:a")


def test_locks_that_are_closed_are_free_at_once(engine: Engine) -> None:
    with AdvisoryLocks(engine) as other:
        for _ in range(30):  # the server ends a closed connection when it comes to it
            with AdvisoryLocks(engine) as one:
                assert one.acquire("site:a")
            assert other.acquire("site:a")
            other.release("site:a")
            assert not one.is_lost  # it was closed
        assert not other.is_lost


def test_a_connection_that_is_cut_is_noticed_and_never_replaced(engine: Engine) -> None:
    with AdvisoryLocks(engine) as locks:
        assert locks.acquire("site:a")
        cut(engine, locks)
        until = time.monotonic() + 30
        while not locks.is_lost:
            assert time.monotonic() < until, "the loss was not noticed"
            time.sleep(0.05)
        with pytest.raises(ArchiveError, match="lost the connection"):
            locks.acquire("site:b")


def test_archives_in_one_database_do_not_share_locks(engine: Engine, bare_postgres_url: str) -> None:
    another = connect(bare_postgres_url)
    with AdvisoryLocks(engine) as one, AdvisoryLocks(another) as other:
        assert one.acquire("site:a")
        assert other.acquire("site:a")
    another.dispose()
