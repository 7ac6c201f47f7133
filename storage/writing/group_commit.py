"""Group commit: the work of several callers in one transaction, so that the disk is waited for once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine

from storage.db import database
from storage.errors import ArchiveError, DamagedValue


@dataclass(frozen=True, slots=True)
class Write:
    """work: what is written, in a transaction that others may share; called again where that transaction failed.

    then: called with its result once the disk has it; what it returns is the answer.
    """

    work: Callable[[Connection], Any]
    then: Callable[[Any], Any]


def commit(engine: Engine, writes: Sequence[Write]) -> list[Any]:
    """Do all of the work, in its order, in one transaction. Returns the answer of each: an exception where it failed.

    What fails spoils nothing beside it: each is then done again in a transaction of its own. Where the disk or the
    server refuses, it refuses them all, and is not asked again for each.
    """
    if len(writes) > 1:
        try:
            with database.write_transaction(engine) as connection:
                results = [each.work(connection) for each in writes]
        except ArchiveError as error:
            if not isinstance(error.__cause__, DamagedValue):
                return [error] * len(writes)
        except Exception:  # noqa: S110 - whose work it was shows when each is done alone
            pass
        else:
            return [each.then(result) for each, result in zip(writes, results, strict=True)]
    return [_alone(engine, each) for each in writes]


def _alone(engine: Engine, write: Write) -> Any:
    try:
        return write.then(database.write(engine, write.work))
    except Exception as error:
        return error
