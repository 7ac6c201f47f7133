"""Saved searches in the archive: adding, removing, and recording their news for delivery.

One transaction stores the news under a delivery number and updates the states that the search knows. Then the news is
delivered, and confirmed afterwards. A delivery that a kill left unconfirmed is sent again under the same number. So no
news is lost, and none belongs to two deliveries.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, insert, select, update

from storage.db.database import read_transaction, write
from storage.db.schema import articles, watch_articles, watch_news, watches
from storage.errors import AlreadyRunning, ArchiveError, UsageError
from storage.files import lock, open_lock_file
from storage.messages import message
from storage.search.engine import matching_ids
from storage.watches.news import ArticleState, NewsItem, compare_states

LONGEST_NAME = 64
_KEPT = 1000  # confirmed news items kept for each saved search, for feeds
_AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A saved search. articles: number of articles it knows. unconfirmed: number of news items to be delivered."""

    name: str
    query: str
    exact: bool
    timezone: str
    added_at: datetime
    ran_at: datetime | None
    deliveries: int
    articles: int = 0
    unconfirmed: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """News of one saved search, delivered together. number: from 1. confirmed_at: None until it is delivered."""

    watch: str
    number: int
    noted_at: datetime
    confirmed_at: datetime | None
    items: tuple[NewsItem, ...]


@contextmanager
def watch_lock(folder: Path) -> Iterator[None]:
    """Hold the lock for deliveries, so that news is not delivered twice. Raises AlreadyRunning, ArchiveError."""
    path = folder / "locks" / "watches"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = open_lock_file(path)
    except OSError as error:
        raise ArchiveError(
            message("cannot lock {path}: {why}. Is the archive writable?", path=path, why=error.strerror)
        ) from error
    with os.fdopen(file, "rb") as held:
        if not lock(held):
            raise AlreadyRunning(message("another process is delivering the news of saved searches; nothing was done"))
        yield


def saved_searches(engine: Engine) -> list[SavedSearch]:
    """All saved searches, by name."""
    known = select(func.count()).where(watch_articles.c.watch == watches.c.name).scalar_subquery()
    waiting = select(func.count()).where(watch_news.c.watch == watches.c.name, watch_news.c.confirmed_at.is_(None))
    statement = select(watches, known, waiting.scalar_subquery()).order_by(watches.c.name)
    with read_transaction(engine) as connection:
        return [SavedSearch(*row) for row in connection.execute(statement)]


def add(engine: Engine, name: str, query: str, *, now: datetime, exact: bool = False, timezone: str = "UTC") -> int:
    """Save a search; return how many articles it finds. These are known from now on, and are not reported as news.

    Raises UsageError for a name that is in use or invalid, and for an invalid query.
    """
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or name != name.strip():
        raise UsageError(
            message(
                "{name!r} is no name for a saved search: give it up to {most} letters with --name",
                name=name,
                most=LONGEST_NAME,
            )
        )
    matching = matching_ids(engine, query, exact=exact, timezone=timezone)
    values = {"name": name, "query": query, "exact": exact, "timezone": timezone, "added_at": now, "deliveries": 0}

    def change(connection: Connection) -> int:
        if connection.scalar(select(watches.c.name).where(watches.c.name == name)) is not None:
            raise UsageError(
                message("a saved search is called {name!r} already; give this one another with --name", name=name)
            )
        connection.execute(insert(watches).values(values))
        states = _states(connection, matching)
        _know(connection, name, states)
        return len(states)

    return write(engine, change)


def remove(engine: Engine, name: str) -> None:
    """Delete a saved search and its news. Raises UsageError for an unknown name."""

    def change(connection: Connection) -> None:
        for table in (watch_news, watch_articles):
            connection.execute(delete(table).where(table.c.watch == name))
        if not connection.execute(delete(watches).where(watches.c.name == name)).rowcount:
            raise UsageError(message("no saved search is called {name!r}; `warraq watch list` shows them", name=name))

    write(engine, change)


def note_news(engine: Engine, search: SavedSearch, *, now: datetime) -> None:
    """Run the search again, and store its news, if any, as its next delivery.

    The caller holds `watch_lock`. Raises AlreadyRunning when another machine did the same meanwhile.
    """
    matching = matching_ids(engine, search.query, exact=search.exact, timezone=search.timezone)

    def change(connection: Connection) -> None:
        mine = (watches.c.name == search.name) & (watches.c.deliveries == search.deliveries)
        rows = connection.execute(select(watch_articles).where(watch_articles.c.watch == search.name)).all()
        known = {row.article_id: ArticleState(row.version, row.status) for row in rows}
        current = _states(connection, known.keys() | matching)
        items = compare_states(known, current, matching)
        number = search.deliveries + bool(items)
        if not connection.execute(update(watches).where(mine).values(deliveries=number, ran_at=now)).rowcount:
            raise AlreadyRunning(
                message("{name} was asked or removed by another process meanwhile; nothing was done", name=search.name)
            )
        _note(connection, search.name, number, items, now)
        kept = {article_id: state for article_id, state in current.items() if article_id in matching}
        _forget(connection, search.name, [each for each in known if kept.get(each) != known[each]])
        _know(connection, search.name, {each: state for each, state in kept.items() if known.get(each) != state})

    write(engine, change)


def unconfirmed(engine: Engine, name: str) -> list[Delivery]:
    """The unconfirmed deliveries, oldest first. Articles that were taken down are left out."""
    with read_transaction(engine) as connection:
        return _deliveries(connection, _news(name).where(watch_news.c.confirmed_at.is_(None)))


def latest_deliveries(engine: Engine, name: str, items: int) -> list[Delivery]:
    """The latest deliveries, newest first. items: maximum number of news items in all."""
    with read_transaction(engine) as connection:
        rows = _news(name).order_by(None).order_by(watch_news.c.delivery.desc(), watch_news.c.article_id)
        return _deliveries(connection, rows.limit(items))


def confirm(engine: Engine, delivery: Delivery, *, now: datetime) -> None:
    """Confirm a delivery, and delete the oldest confirmed news beyond the number that is kept."""
    mine = watch_news.c.watch == delivery.watch

    def change(connection: Connection) -> None:
        these = watch_news.c.delivery == delivery.number
        connection.execute(update(watch_news).where(mine, these).values(confirmed_at=now))
        newest = select(watch_news.c.delivery).where(mine).order_by(watch_news.c.delivery.desc())
        oldest_kept = connection.scalar(newest.offset(_KEPT).limit(1))
        if oldest_kept is not None:
            over = watch_news.c.delivery < min(oldest_kept, delivery.number)
            connection.execute(delete(watch_news).where(mine, over, watch_news.c.confirmed_at.is_not(None)))

    write(engine, change)


def _note(connection: Connection, name: str, number: int, items: Iterable[NewsItem], now: datetime) -> None:
    rows = [
        {
            "watch": name, "delivery": number, "article_id": item.article_id, "kind": item.kind,
            "version": item.version, "version_before": item.version_before, "matches": item.matches, "noted_at": now,
        }
        for item in items
    ]  # fmt: skip
    if rows:
        connection.execute(insert(watch_news), rows)


def _know(connection: Connection, name: str, states: dict[int, ArticleState]) -> None:
    rows = [
        {"watch": name, "article_id": article_id, "version": state.version, "status": state.status}
        for article_id, state in states.items()
    ]
    if rows:
        connection.execute(insert(watch_articles), rows)


def _forget(connection: Connection, name: str, ids: Sequence[int]) -> None:
    table = watch_articles
    for some in _parts(ids):
        connection.execute(delete(table).where(table.c.watch == name, table.c.article_id.in_(some)))


def _states(connection: Connection, ids: Iterable[int]) -> dict[int, ArticleState]:
    """The states of these articles, without those that were taken down."""
    columns = (articles.c.id, articles.c.version, articles.c.status)
    states: dict[int, ArticleState] = {}
    for some in _parts(sorted(ids)):
        rows = connection.execute(select(*columns).where(articles.c.id.in_(some), articles.c.status != "removed"))
        states |= {row.id: ArticleState(row.version, row.status) for row in rows}
    return states


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _news(name: str) -> Select[Any]:
    return (
        select(watch_news)
        .join(articles, articles.c.id == watch_news.c.article_id)
        .where(watch_news.c.watch == name, articles.c.status != "removed")
        .order_by(watch_news.c.delivery, watch_news.c.article_id)
    )


def _deliveries(connection: Connection, statement: Select[Any]) -> list[Delivery]:
    rows = connection.execute(statement).all()
    grouped = ((number, list(each)) for number, each in groupby(rows, key=lambda row: row.delivery))
    return [
        Delivery(
            each[0].watch,
            number,
            each[0].noted_at,
            each[0].confirmed_at,
            tuple(NewsItem(row.article_id, row.kind, row.version, row.version_before, row.matches) for row in each),
        )
        for number, each in grouped
    ]
