"""Messages for errors of SQLite and PostgreSQL: what happened and what to do. Also detects races between writers."""

import re
import sqlite3
from typing import Any

from sqlalchemy.exc import DBAPIError

from storage.messages import message

BUSY_TIMEOUT_S = 30

DAMAGED = message("is damaged: restore a copy, or make it anew with `warraq repair --rebuild`")
# By SQLite's primary result code (https://sqlite.org/rescode.html).
_SQLITE_MESSAGES = {
    sqlite3.SQLITE_FULL: message("has no room: its disk is full. Free some space and run the same command again"),
    sqlite3.SQLITE_READONLY: message("can't be written: check who owns it and whether its disk is read-only"),
    sqlite3.SQLITE_PERM: message("can't be written: check who owns it"),
    sqlite3.SQLITE_CANTOPEN: message("can't be opened: check that its folder exists and may be written"),
    sqlite3.SQLITE_NOTADB: message(
        "is no SQLite database, or damaged: restore a copy, or see `warraq repair --rebuild`"
    ),
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_IOERR: message("could not be read or written: check its disk"),
    sqlite3.SQLITE_BUSY: message(
        "was locked by another process for {seconds} s: try again when it is done", seconds=BUSY_TIMEOUT_S
    ),
    sqlite3.SQLITE_LOCKED: message("was locked by another process: try again when it is done"),
}
# By class or value of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html).
_POSTGRESQL_MESSAGES = {
    "53": message("has no room or no connection left: see the server's log"),
    "25006": message("can't be written: its transactions are read-only"),
    "42501": message("can't be written: this user may not change its tables"),
    "28": message("refused the user or password"),
    "3D": message("does not exist: create the database first"),
    "57": message("is being stopped or restarted: run the same command again"),
    "58": message("could not be read or written: see the server's log"),
    "XX": message("is damaged: see the server's log"),
    "08": message("can't be reached: is PostgreSQL running there?"),
}
# English server messages during connection, and the class of SQLSTATE of each.
_WORDS = {
    r'database ".*" does not exist': "3D",
    r'authentication failed|role ".*" does not exist|no password supplied|no pg_hba\.conf entry': "28",
    r"too many (clients|connections)|remaining connection slots": "53",
    r"database system is (starting up|shutting down)|terminating connection": "57",
}


def message_of(error: DBAPIError) -> str | None:
    """What happened and what to do, as the rest of a sentence about the archive; None for an error in Warraq's SQL."""
    origin: Any = error.orig
    if isinstance(origin, sqlite3.Error):
        if str(origin).startswith("Could not decode to UTF-8"):  # raised by Python, without a code
            return DAMAGED
        return _SQLITE_MESSAGES.get((getattr(origin, "sqlite_errorcode", None) or 0) & 0xFF)
    state = getattr(origin, "sqlstate", None)
    if state is None:
        if str(origin).startswith("invalid connection option"):  # a ProgrammingError of the driver
            return message("can't be reached: {what} in its URL", what=str(origin))
        return _unconnected(str(origin)) if type(origin).__name__ == "OperationalError" else None
    return _POSTGRESQL_MESSAGES.get(state) or _POSTGRESQL_MESSAGES.get(state[:2])


def _unconnected(said: str) -> str:
    """The message for a refused or broken connection: the driver has the server's text, but no SQLSTATE."""
    for words, state in _WORDS.items():
        if re.search(words, said):
            return _POSTGRESQL_MESSAGES[state]
    _, refused, why = said.partition("FATAL:")
    if not refused:
        return _POSTGRESQL_MESSAGES["08"]
    return message("refused the connection: {why}", why=" ".join(why.split()))


def raced(error: DBAPIError) -> bool:
    """Whether another writer inserted the same row first, or PostgreSQL aborted this transaction due to a deadlock."""
    code = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
    return code in (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, "23505", "40001", "40P01")
