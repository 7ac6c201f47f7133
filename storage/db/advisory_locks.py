"""Locks that a process holds in an archive's PostgreSQL, wherever it runs: session advisory locks.

They are the fence of a crawl. The server frees them when the connection ends, so a process that is killed leaves none
behind, and a process that is stopped keeps its own.
"""

import socket
import threading
from contextlib import suppress
from hashlib import sha256
from types import TracebackType
from typing import Self, cast

import psycopg
from sqlalchemy import Engine

from storage.db.database import place, refusals
from storage.errors import ArchiveError
from storage.messages import message

WATCH_S = 1.0  # between two checks whether the connection lives
SILENCE_MS = 20_000  # so long may the network be silent while an answer is due
# The server has to notice that a machine is gone: by the system's defaults it would take two hours.
_SESSION = f"""
    select set_config(name, value, false) from (values
        ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'),
        ('tcp_user_timeout', '{SILENCE_MS}'), ('idle_session_timeout', '0'), ('statement_timeout', '0')
    ) as wanted (name, value) join pg_settings using (name)
"""  # noqa: S608 - a number of ours


class AdvisoryLocks:
    """The locks of one process, on a connection of its own. Threads may share it.

    A name may be acquired several times, and is free when it was released as often. `engine` is PostgreSQL's. Raises
    ArchiveError when the server can't be reached. A connection that is lost is never replaced: `is_lost` says so, and
    what the locks guarded has to end.
    """

    def __init__(self, engine: Engine) -> None:
        self._place = place(engine)
        with refusals(engine):
            self._pooled = engine.raw_connection()
        self._connection = cast("psycopg.Connection[tuple[object, ...]]", self._pooled.driver_connection)
        self._pooled.detach()
        self._connection.autocommit = True
        self._set_silence()
        try:
            self._connection.execute(_SESSION)
            row = self._connection.execute("select current_schema()").fetchone()
        except psycopg.Error as error:
            raise self._refusal() from error
        self._schema = row[0] if row else None
        self._ended = threading.Event()
        self._lost = False
        self._watch = threading.Thread(target=self._check, name="advisory locks", daemon=True)
        self._watch.start()

    @property
    def is_lost(self) -> bool:
        """Whether the connection is gone, and every lock with it."""
        return self._lost or (self._connection.closed and not self._ended.is_set())

    @property
    def server_process(self) -> int:
        """The server's process that has the locks, as pg_stat_activity names it."""
        return self._connection.info.backend_pid

    def acquire(self, name: str) -> bool:
        """Take the lock without waiting; False: another process holds it. Raises ArchiveError when they are lost."""
        return self._ask("select pg_try_advisory_lock(%s)", name)

    def release(self, name: str) -> None:
        """Give the lock back. Where the connection is lost, the server has done so."""
        with suppress(ArchiveError):
            self._ask("select pg_advisory_unlock(%s)", name)

    def close(self) -> None:
        """Give every lock back. The server would do so itself, but only when it notices the end of the connection."""
        was_lost = self.is_lost
        self._ended.set()
        with suppress(psycopg.Error), self._connection:
            if not was_lost:
                self._connection.execute("select pg_advisory_unlock_all()")
        self._watch.join(WATCH_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ask(self, question: str, name: str) -> bool:
        try:
            row = self._connection.execute(question, (lock_key(f"{self._schema}:{name}"),)).fetchone()
        except psycopg.Error as error:
            self._lost = True
            raise self._refusal() from error
        return row is not None and row[0] is True

    def _check(self) -> None:
        while not self._ended.wait(WATCH_S):
            try:
                self._connection.execute("select 1")
            except psycopg.Error:
                self._lost = not self._ended.is_set()
                return

    def _set_silence(self) -> None:
        """Have our own side notice, too, that the server's machine is gone."""
        with suppress(OSError), socket.socket(fileno=socket.dup(self._connection.fileno())) as duplicate:
            duplicate.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENCE_MS)

    def _refusal(self) -> ArchiveError:
        return ArchiveError(
            message(
                "the archive at {place} lost the connection that holds locks; run the same again", place=self._place
            )
        )


def lock_key(name: str) -> int:
    """The server's number of a lock: 64 bits, signed. Two names share one with a chance of 2^-64."""
    return int.from_bytes(sha256(f"warraq:{name}".encode()).digest()[:8], "big", signed=True)
