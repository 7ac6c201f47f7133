"""Query and drop the fleet's schema of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine, text


@contextmanager
def without_fleet(url: str) -> Iterator[None]:
    """Drop the fleet's schema of the archive at this URL after the block."""
    try:
        yield
    finally:
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(
                text(f'drop schema if exists "{connection.scalar(text("select current_schema()"))}_fleet" cascade')
            )
        engine.dispose()


def fleet_rows(url: str, query: str, **values: Any) -> list[dict[str, Any]]:
    """The rows of a query on the fleet's tables; [] for a statement without rows."""
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            own = connection.scalar(text("select current_schema()"))
            connection.execute(text(f'set local search_path to "{own}_fleet", "{own}"'))
            result = connection.execute(text(query), values)
            return [dict(row) for row in result.mappings()] if result.returns_rows else []
    finally:
        engine.dispose()
