"""Group commit: the work of several callers in one transaction, which is synced to disk once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from storage.db import database
from storage.errors import ArchiveError, DamagedValue


@dataclass(frozen=True, slots=True)
class Write:
    """One caller's work. work: writes in a transaction that others may share; called again if that transaction failed.

    then: called with the result of work after the commit; returns the answer.
    """

    work: Callable[[Connection], Any]
    then: Callable[[Any], Any]


def commit(engine: Engine, writes: Sequence[Write]) -> list[Any]:
    """Do all work, in order, in one transaction. Returns the answer of each, or its exception.

    If one fails, each is done again in its own transaction, so that the others are not affected. If the disk or the
    server refuses, all fail, and nothing is tried again.
    """
    if len(writes) > 1:
        try:
            with database.write_transaction(engine) as connection:
                results = [each.work(connection) for each in writes]
        except ArchiveError as error:
            if not isinstance(error.__cause__, DamagedValue):
                return [error] * len(writes)
        except Exception:  # noqa: S110 - doing each alone shows which one failed
            pass
        else:
            return [each.then(result) for each, result in zip(writes, results, strict=True)]
    return [_alone(engine, each) for each in writes]


def _alone(engine: Engine, write: Write) -> Any:
    try:
        return write.then(database.write(engine, write.work))
    except Exception as error:
        return error
