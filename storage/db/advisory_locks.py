"""Locks in an archive's PostgreSQL server, for processes on any machine: session advisory locks.

They prevent concurrent crawls of a site. The server releases them when the connection ends: a killed process leaves no
locks, and a stopped process keeps its locks.
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

WATCH_S = 1.0  # between two checks of the connection
SILENCE_MS = 20_000  # maximum silence of the network while a response is due
# Lets the server detect that a machine is gone; with the system's defaults it would take two hours.
_SESSION = f"""
    select set_config(name, value, false) from (values
        ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'),
        ('tcp_user_timeout', '{SILENCE_MS}'), ('idle_session_timeout', '0'), ('statement_timeout', '0')
    ) as wanted (name, value) join pg_settings using (name)
"""  # noqa: S608 - our own number


class AdvisoryLocks:
    """The locks of one process, on a separate connection. Thread-safe.

    A name may be acquired several times, and must be released as often. engine: of PostgreSQL. Raises ArchiveError when
    the server can't be reached. A lost connection is never replaced: `is_lost` is true then, and the work that the
    locks guarded must end.
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
        """Whether the connection is lost, and all locks with it."""
        return self._lost or (self._connection.closed and not self._ended.is_set())

    @property
    def server_process(self) -> int:
        """The id of the server process that holds the locks, as in pg_stat_activity."""
        return self._connection.info.backend_pid

    def acquire(self, name: str) -> bool:
        """Acquire the lock without waiting; False: another process holds it. Raises ArchiveError if locks are lost."""
        return self._ask("select pg_try_advisory_lock(%s)", name)

    def release(self, name: str) -> None:
        """Release the lock. If the connection is lost, the server has already done so."""
        with suppress(ArchiveError):
            self._ask("select pg_advisory_unlock(%s)", name)

    def close(self) -> None:
        """Release all locks. The server would do so, too, but only when it detects the end of the connection."""
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
        """Let the client detect, too, that the server's machine is gone."""
        with suppress(OSError), socket.socket(fileno=socket.dup(self._connection.fileno())) as duplicate:
            duplicate.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENCE_MS)

    def _refusal(self) -> ArchiveError:
        return ArchiveError(
            message(
                "the archive at {place} lost the connection that holds locks; run the same again", place=self._place
            )
        )


def lock_key(name: str) -> int:
    """The key of a lock at the server: a signed 64-bit number. Two names have the same key with a chance of 2^-64."""
    return int.from_bytes(sha256(f"warraq:{name}".encode()).digest()[:8], "big", signed=True)
