"""A time limit for each transaction of the reader: the database itself cancels a query that takes too long."""

import time

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError

_STEPS = 20_000  # instructions of SQLite's virtual machine between two checks of the clock: about a millisecond


def limit_time(engine: Engine, seconds: float) -> Engine:
    """Return the same engine; its transactions fail with a DBAPIError (`is_time_limit`) after `seconds`.

    On PostgreSQL the limit is for each statement.
    """

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"set local statement_timeout = {int(seconds * 1000)}")
            return
        deadline = time.monotonic() + seconds
        driver = connection.connection.driver_connection
        driver.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)  # type: ignore[union-attr]

    return engine


def is_time_limit(error: DBAPIError) -> bool:
    """Whether the error means that a query reached the limit."""
    return str(error.orig) == "interrupted" or getattr(error.orig, "sqlstate", None) == "57014"
