"""Rows of `removals`, the tombstones: what was removed, by whom, when and why. A file beside the database has copies.

A tombstone may be for a host with its subdomains: its key is "//" and the host, as in `storage.urls.url_key`.

The file, `removals.jsonl` in the archive's folder, has one JSON object a line. A rebuild of a lost database reads it
first, so that nothing removed comes back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, bindparam, select, update

from storage.db.database import insert_into
from storage.db.schema import articles, removals
from storage.errors import ArchiveError
from storage.files import sync
from storage.messages import message
from storage.sanitise import sanitised
from storage.urls import url_key

FILE = "removals.jsonl"
_CHUNK = 500  # as in storage.rows.pages
_HOST = "//"  # no URL key begins with this
_AMONG = select(removals.c.url_key).where(removals.c.url_key.in_(bindparam("keys", expanding=True)))


@dataclass(frozen=True, slots=True)
class Tombstone:
    """url_key: of one of the removed URLs, or of a host. removed_at: aware. removed_by: a name."""

    url_key: str
    url: str
    article_id: int | None
    removed_at: datetime
    removed_by: str
    reason: str

    def as_json(self) -> dict[str, Any]:
        """The object of the file and `show --json`, without the article's id, which differs in another database."""
        at = self.removed_at.isoformat(timespec="seconds")
        return {
            "url_key": self.url_key,
            "url": self.url,
            "removed_at": at,
            "removed_by": self.removed_by,
            "reason": self.reason,
        }


def among(connection: Connection, url_keys: Iterable[str]) -> set[str]:
    """Those of the keys whose page or host was removed."""
    by_key = {key: _host_keys(key) for key in set(url_keys)}
    asked = sorted(by_key.keys() | {each for of_hosts in by_key.values() for each in of_hosts})
    chunks = (asked[start : start + _CHUNK] for start in range(0, len(asked), _CHUNK))
    removed = {key for chunk in chunks for key in connection.scalars(_AMONG, {"keys": chunk})}
    return {key for key, of_hosts in by_key.items() if key in removed or not removed.isdisjoint(of_hosts)}


def host_key(key: str) -> str:
    """The tombstone key for the host of a URL key."""
    return _HOST + key.partition("/")[0].partition("?")[0]


def is_host(key: str) -> bool:
    """Whether this is the tombstone key of a host."""
    return key.startswith(_HOST)


def is_below(key: str, of_host: str) -> bool:
    """Whether the tombstone of a host (`host_key`) covers the page with this URL key."""
    return of_host in _host_keys(key)


def of_hosts(connection: Connection) -> list[Tombstone]:
    """The tombstones of hosts."""
    rows = connection.execute(select(removals).where(removals.c.url_key.startswith(_HOST, autoescape=True)))
    return [Tombstone(*row) for row in rows]


def _host_keys(key: str) -> list[str]:
    """The tombstone keys of its host and of each parent domain."""
    labels = host_key(key).removeprefix(_HOST).split(".")
    return [_HOST + ".".join(labels[start:]) for start in range(len(labels))]


def is_of_own(connection: Connection, key: str) -> bool:
    """Whether the removed page itself had this URL; False if its page only stated it as canonical URL."""
    removed = select(removals.c.url_key).outerjoin(articles, articles.c.id == removals.c.article_id)
    own = removals.c.article_id.is_(None) | (articles.c.url_key == key)
    return connection.scalar(removed.where(removals.c.url_key == key, own)) is not None


def everything(connection: Connection) -> set[str]:
    """The keys of all tombstones."""
    return set(connection.scalars(select(removals.c.url_key)))


def of_article(connection: Connection, article_id: int) -> Tombstone | None:
    """The tombstone of an article, or of its host; None if it was not removed."""
    mine = select(removals).where(removals.c.article_id == article_id).order_by(removals.c.removed_at)
    row = connection.execute(mine.limit(1)).first()
    key = connection.scalar(
        select(articles.c.url_key).where(articles.c.id == article_id, articles.c.status == "removed")
    )
    if row is None and key is not None:
        row = connection.execute(select(removals).where(removals.c.url_key.in_(_host_keys(key))).limit(1)).first()
    return Tombstone(*row) if row is not None else None


def add(connection: Connection, stones: Iterable[Tombstone]) -> None:
    """Insert tombstones. Existing ones are kept."""
    names = Tombstone.__slots__
    rows = [{name: getattr(each, name) for name in names} for each in sorted(stones, key=lambda each: each.url_key)]
    if rows:
        connection.execute(insert_into(connection, removals).on_conflict_do_nothing(), rows)


def name_article(connection: Connection, url_keys: Iterable[str], article_id: int | None) -> None:
    """Set the article of the tombstones of these keys that have none."""
    mine = removals.c.url_key.in_(list(url_keys)) & removals.c.article_id.is_(None)
    connection.execute(update(removals).where(mine).values(article_id=article_id))


def keep_beside(connection: Connection, folder: Path) -> list[Tombstone]:
    """Copy missing tombstones between file and table, in both directions. Returns those that the table lacked.

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
        raise ArchiveError(message("can't write {path}: {why}", path=path, why=error.strerror)) from error
    return new


def _read(path: Path) -> Iterator[Tombstone]:
    """Read the complete lines of the file. A line that a kill tore is skipped, and written again later."""
    if not path.is_file():
        return
    for line in path.read_bytes().split(b"\n"):
        try:
            values = orjson.loads(line)
            at = datetime.fromisoformat(values["removed_at"])
            names = (values[name] for name in ("removed_by", "reason"))
            key = sanitised(values["url_key"])
            # An earlier version may have written it, whose keys contained parts that keys omit now, such as sessions.
            key = key if is_host(key) else url_key(key)
            stone = Tombstone(key, sanitised(values["url"]), None, at, *map(sanitised, names))
        except (orjson.JSONDecodeError, ValueError, KeyError, TypeError, AttributeError):
            continue
        if at.tzinfo is not None:
            yield stone


def _append(path: Path, stones: Iterable[Tombstone]) -> None:
    # Begins with a line break, since the last line may be torn.
    content = b"".join(b"\n" + orjson.dumps(each.as_json()) for each in stones) + b"\n"
    with path.open("ab") as file:
        file.write(content)
        sync(file)
