"""What newspapers changed or deleted lately, in all sites or one: edits of articles, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, Select, and_, or_, select

from storage.db.database import read_transaction
from storage.db.schema import articles, events, versions
from storage.records import date_json

EditClass = Literal["headline", "body", "small", "metadata", "gone", "restored"]
EDIT_CLASSES: tuple[EditClass, ...] = ("headline", "body", "small", "metadata", "gone", "restored")
_MOST_COMPARED = 400  # versions, in one call: more of a class that is rare come with the next call
_BATCH = 50
_EVENTS = ("gone", "restored")
_FIELDS = ("title", "subtitle", "text", "details")


@dataclass(frozen=True, slots=True)
class EditPosition:
    """Where a list of edits goes on: behind this instant (aware), and there behind this kind and id."""

    at: datetime
    kind: Literal["event", "version"]
    row_id: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. number: the version that it made; None for "gone" and "restored". at: ISO 8601.

    classes: as in `history`, or ("gone",) or ("restored",). title: after it; old_title: before it, where it differs.
    reason: for "gone", as in `article_events`.
    """

    position: EditPosition
    article_id: int
    url: str
    site: str
    at: str
    title: str
    classes: tuple[str, ...]
    number: int | None = None
    old_title: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class EditPage:
    """edits: newest first. after: where the next call goes on; None: at the end."""

    edits: tuple[Edit, ...]
    after: EditPosition | None


def recent_edits(
    engine: Engine,
    *,
    site: str | None = None,
    classes: Collection[str] = EDIT_CLASSES,
    limit: int = 50,
    after: EditPosition | None = None,
) -> EditPage:
    """The latest edits of articles that were not removed. classes: only edits that have one of them.

    A page may hold fewer than `limit` edits though more follow: a call compares at most _MOST_COMPARED versions.
    """
    found: list[Edit] = []
    compared = 0
    with read_transaction(engine) as connection:
        while compared < _MOST_COMPARED:
            batch, ends = _batch(connection, site, classes, after)
            for edit in batch:
                compared += 1
                after = edit.position
                if set(edit.classes) & set(classes):
                    found.append(edit)
                    if len(found) == limit:
                        return EditPage(tuple(found), after)
            if ends:
                return EditPage(tuple(found), None)
    return EditPage(tuple(found), after)


def _batch(
    connection: Connection, site: str | None, classes: Collection[str], after: EditPosition | None
) -> tuple[list[Edit], bool]:
    """The next edits of any class, and whether none follow."""
    edits: list[Edit] = []
    rows = 0
    if set(classes) - set(_EVENTS):
        changed = connection.execute(_versions(site, after)).all()
        rows = len(changed)
        edits += [_of_version(row) for row in changed]
    kinds = [kind for kind in _EVENTS if kind in classes]
    happened = connection.execute(_events(site, kinds, after)).all() if kinds else []
    edits += [_of_event(row) for row in happened]
    edits.sort(key=lambda edit: _rank(edit.position), reverse=True)
    return edits[:_BATCH], len(edits) <= _BATCH and max(rows, len(happened)) < _BATCH


def _rank(position: EditPosition) -> tuple[datetime, str, int]:
    return position.at, position.kind, position.row_id


def _versions(site: str | None, after: EditPosition | None) -> Select[Any]:
    before = versions.alias("before")
    statement = (
        select(
            *(versions.c[name] for name in ("id", "article_id", "number", "seen_at", *_FIELDS)),
            *(before.c[name].label(f"before_{name}") for name in _FIELDS),
            articles.c.url,
            articles.c.site,
        )
        .join_from(versions, articles, articles.c.id == versions.c.article_id)
        .join(before, and_(before.c.article_id == versions.c.article_id, before.c.number == versions.c.number - 1))
        .where(versions.c.number > 1, articles.c.status != "removed")
        .order_by(versions.c.seen_at.desc(), versions.c.id.desc())
        .limit(_BATCH)
    )
    if site is not None:
        statement = statement.where(articles.c.site == site)
    if after is not None:
        later = versions.c.id < after.row_id if after.kind == "version" else versions.c.id < 0
        statement = statement.where(or_(versions.c.seen_at < after.at, and_(versions.c.seen_at == after.at, later)))
    return statement


def _events(site: str | None, kinds: list[str], after: EditPosition | None) -> Select[Any]:
    statement = (
        select(events.c.id, events.c.article_id, events.c.kind, events.c.at, events.c.reason)
        .add_columns(articles.c.url, articles.c.site, articles.c.title)
        .join_from(events, articles, articles.c.id == events.c.article_id)
        .where(events.c.kind.in_(kinds), articles.c.status != "removed")
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(_BATCH)
    )
    if site is not None:
        statement = statement.where(articles.c.site == site)
    if after is not None:
        # Of one instant versions come first.
        later = events.c.id < after.row_id if after.kind == "event" else events.c.id > 0
        statement = statement.where(or_(events.c.at < after.at, and_(events.c.at == after.at, later)))
    return statement


def _of_version(row: Row[Any]) -> Edit:
    from storage.diff import change_classes  # noqa: PLC0415 - most readers of queries compare nothing

    before = {name: row._mapping[f"before_{name}"] for name in _FIELDS}
    return Edit(
        EditPosition(row.seen_at, "version", row.id),
        row.article_id,
        row.url,
        row.site,
        date_json(row.seen_at) or "",
        row.title,
        tuple(change_classes.classes(before, row._mapping)),
        number=row.number,
        old_title=before["title"] if before["title"].split() != row.title.split() else None,
    )


def _of_event(row: Row[Any]) -> Edit:
    position = EditPosition(row.at, "event", row.id)
    about = (row.article_id, row.url, row.site, date_json(row.at) or "", row.title)
    return Edit(position, *about, (row.kind,), reason=row.reason)
