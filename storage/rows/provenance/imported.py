"""Rows of `imported`: the versions whose text was imported, without a capture."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, literal, select, update

from storage.db.schema import Row, articles, imported, versions
from storage.records import date_json


def add(connection: Connection, article_id: int, *, fmt: str, file: str, at: datetime, number: int | None) -> None:
    """Record the provenance of the article's versions that have neither a capture nor a row here.

    fmt, file, number: the format, the name of the file, and the version's number in the archive that wrote it.
    """
    labelled = select(imported.c.version_id)
    mine = (versions.c.article_id == article_id) & versions.c.capture_id.is_(None) & versions.c.id.not_in(labelled)
    about = (literal(value, column.type) for value, column in zip((fmt, file, at, number), _ABOUT, strict=True))
    rows = select(versions.c.id, *about).where(mine)
    connection.execute(insert(imported).from_select(["version_id", *(column.name for column in _ABOUT)], rows))


_ABOUT = (imported.c.format, imported.c.file, imported.c.at, imported.c.number)


def by_version(connection: Connection, version_ids: Sequence[int]) -> dict[int, Row]:
    """The rows by version id: format, file, at (aware), number. Versions from captures are left out."""
    if not version_ids:
        return {}
    rows = connection.execute(select(imported).where(imported.c.version_id.in_(list(version_ids)))).mappings()
    return {row["version_id"]: {name: row[name] for name in ("format", "file", "at", "number")} for row in rows}


def as_json(row: Row | None) -> Row | None:
    """A row of `by_version` in the form of `history`."""
    if row is None:
        return None
    return {"format": row["format"], "file": row["file"], "at": date_json(row["at"]), "version": row["number"]}


def repeat(connection: Connection, version_id: int, new_id: int) -> None:
    """Copy the provenance of a version to one that repeats it, or replaces its row."""
    row = by_version(connection, [version_id]).get(version_id)
    if row is not None:
        connection.execute(insert(imported).values(version_id=new_id, **row))


def restore(connection: Connection, rows: dict[int, Row], new_ids: dict[int, int]) -> None:
    """Insert rows of `by_version` again for versions that were rewritten. new_ids: by their old ids."""
    kept = {new_ids[old]: row for old, row in rows.items() if old in new_ids}
    known = by_version(connection, list(kept))
    again = [{"version_id": new_id, **row} for new_id, row in kept.items() if new_id not in known]
    if again:
        connection.execute(insert(imported), again)
    for row in again:
        own = select(versions.c.article_id, versions.c.number).where(versions.c.id == row["version_id"])
        article_id, number = connection.execute(own).one()
        current = (articles.c.id == article_id) & (articles.c.version == number)
        connection.execute(update(articles).where(current).values(imported_from=row["format"]))


def confirm(connection: Connection, article_id: int, number: int, capture_id: int) -> None:
    """Record that a capture shows an imported version."""
    mine = (versions.c.article_id == article_id) & (versions.c.number == number) & versions.c.capture_id.is_(None)
    connection.execute(update(versions).where(mine).values(capture_id=capture_id))
    current = (articles.c.id == article_id) & (articles.c.version == number)
    connection.execute(update(articles).where(current).values(imported_from=None))


def remove_of(connection: Connection, article_id: int) -> None:
    """Delete the rows of an article's versions."""
    mine = select(versions.c.id).where(versions.c.article_id == article_id)
    connection.execute(delete(imported).where(imported.c.version_id.in_(mine)))
