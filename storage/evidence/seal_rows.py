"""Rows of `seals`: copies of the seals and timestamps, so that folder and database can be compared."""

from pathlib import Path

from sqlalchemy import Connection, Engine, select

from storage.db.database import insert_into, read_transaction, write_transaction
from storage.db.schema import seals
from storage.evidence.seal_folder import numbers, read_text


def keep_rows(engine: Engine, folder: Path) -> None:
    """Add rows for the seals and timestamps of the folder that have none. Existing rows are unchanged."""
    with write_transaction(engine) as connection:
        held = _held(connection)
        for number in numbers(folder):
            text, answer = read_text(folder, number, "seal"), read_text(folder, number, "tsr")
            if text is None:
                continue
            values = {"text": text.decode("utf-8", "replace"), "timestamp": answer}
            if number not in held:
                connection.execute(insert_into(connection, seals).values(number=number, **values))
            elif held[number][1] is None and answer is not None:
                row = seals.update().where(seals.c.number == number)
                connection.execute(row.values(timestamp=answer))


def seal_rows(engine: Engine) -> dict[int, tuple[str, bytes | None]]:
    """Text and timestamp of every row, by number."""
    with read_transaction(engine) as connection:
        return _held(connection)


def _held(connection: Connection) -> dict[int, tuple[str, bytes | None]]:
    rows = connection.execute(select(seals.c.number, seals.c.text, seals.c.timestamp)).all()
    return {row.number: (row.text, bytes(row.timestamp) if row.timestamp is not None else None) for row in rows}
