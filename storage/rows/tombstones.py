"""Rows of `removals`: what was taken down, who did it, when and why. They outlive the database, in a file beside it.

The file, `removals.jsonl` in the archive's folder, has one JSON object a line. A database that was lost and is rebuilt
from the WARC files reads it first, so that nothing comes back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, select, update

from storage.db.database import insert_into
from storage.db.schema import removals
from storage.errors import ArchiveError
from storage.files import sync
from storage.sanitise import sanitised

FILE = "removals.jsonl"
_CHUNK = 500  # as in storage.rows.pages


@dataclass(frozen=True, slots=True)
class Tombstone:
    """url_key: one of the addresses that led to what was taken down. removed_at: aware. removed_by: a name."""

    url_key: str
    url: str
    article_id: int | None
    removed_at: datetime
    removed_by: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """As the file and `show --json` have it; without the article's number, which another database counts anew."""
        at = self.removed_at.isoformat(timespec="seconds")
        return {
            "url_key": self.url_key,
            "url": self.url,
            "removed_at": at,
            "removed_by": self.removed_by,
            "reason": self.reason,
        }


def among(connection: Connection, url_keys: Iterable[str]) -> set[str]:
    """Those of the keys that were taken down."""
    keys = sorted(set(url_keys))
    chunks = (keys[start : start + _CHUNK] for start in range(0, len(keys), _CHUNK))
    held = select(removals.c.url_key)
    return {key for chunk in chunks for key in connection.scalars(held.where(removals.c.url_key.in_(chunk)))}


def everything(connection: Connection) -> set[str]:
    """All keys that were taken down."""
    return set(connection.scalars(select(removals.c.url_key)))


def of_article(connection: Connection, article_id: int) -> Tombstone | None:
    """Why an article is gone from the archive; None: it was not taken down."""
    mine = select(removals).where(removals.c.article_id == article_id).order_by(removals.c.removed_at)
    row = connection.execute(mine.limit(1)).first()
    return Tombstone(*row) if row is not None else None


def add(connection: Connection, stones: Iterable[Tombstone]) -> None:
    """One row each; what was taken down before keeps its row."""
    names = Tombstone.__slots__
    rows = [{name: getattr(each, name) for name in names} for each in sorted(stones, key=lambda each: each.url_key)]
    if rows:
        connection.execute(insert_into(connection, removals).on_conflict_do_nothing(), rows)


def name_article(connection: Connection, url_keys: Iterable[str], article_id: int | None) -> None:
    """Write down which article the tombstones of these keys are of, where they do not say it."""
    mine = removals.c.url_key.in_(list(url_keys)) & removals.c.article_id.is_(None)
    connection.execute(update(removals).where(mine).values(article_id=article_id))


def keep_beside(connection: Connection, folder: Path) -> list[Tombstone]:
    """Make file and rows say the same: each gets what it lacks; those that the rows lacked.

    Raises ArchiveError when the disk refuses.
    """
    path = folder / FILE
    try:
        written = {each.url_key: each for each in _read(path)}
        held = {row.url_key: Tombstone(*row) for row in connection.execute(select(removals))}
        new = [each for key, each in written.items() if key not in held]
        add(connection, new)
        missing = [each for key, each in sorted(held.items()) if key not in written]
        if missing:
            _append(path, missing)
    except OSError as error:
        raise ArchiveError(f"can't write {path}: {error.strerror}") from error
    return new


def _read(path: Path) -> Iterator[Tombstone]:
    """The whole lines of the file; a line that a kill tore is left out, and written again."""
    if not path.is_file():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            told = orjson.loads(line)
            at = datetime.fromisoformat(told["removed_at"])
            names = (told[name] for name in ("removed_by", "reason"))
            stone = Tombstone(sanitised(told["url_key"]), sanitised(told["url"]), None, at, *map(sanitised, names))
        except (orjson.JSONDecodeError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if at.tzinfo is not None:
            yield stone


def _append(path: Path, stones: Iterable[Tombstone]) -> None:
    # A line break first: the last line may be torn.
    content = b"".join(b"\n" + orjson.dumps(each.as_json()) for each in stones) + b"\n"
    with path.open("ab") as file:
        file.write(content)
        sync(file)
