"""The latest edits and deletions of articles, of all sites or one, newest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, and_, or_, select

from storage.db.database import read_transaction
from storage.db.schema import articles, events, versions
from storage.diff import EDIT_CLASSES, EditClass
from storage.diff.change_classes import ChangeClass, metadata
from storage.queries import stored_edits
from storage.queries.article_queries import article_id_of
from storage.records import date_json

ListedClass = EditClass | ChangeClass | Literal["gone", "restored"]
# First the editor's classes, then the coarse classes with other names, then the events of an article.
LISTED_CLASSES: tuple[ListedClass, ...] = (*EDIT_CLASSES, "body", "small", "metadata", "gone", "restored")
_MOST_COMPARED = 400  # versions in one call; for a rare class further calls are needed
_BATCH = 50
_EVENTS = ("gone", "restored")
_FIELDS = ("title", "subtitle", "details")


@dataclass(frozen=True, slots=True)
class EditPosition:
    """The start of a list's next page: behind this instant (aware), and at this instant behind this kind and id."""

    at: datetime
    kind: Literal["event", "version"]
    row_id: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. number: the version that it made; None for "gone" and "restored". at: ISO 8601.

    classes: coarse, as in `history`, or ("gone",) or ("restored",). edits: what the editor did, as in `history`.
    title: after the edit; old_title: before it, if different. reason: for "gone", as in `article_events`.
    """

    position: EditPosition
    article_id: int
    url: str
    site: str
    at: str
    title: str
    classes: tuple[str, ...]
    edits: tuple[str, ...] = ()
    number: int | None = None
    old_title: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class EditPage:
    """edits: newest first. after: the position for the next call; None at the end."""

    edits: tuple[Edit, ...]
    after: EditPosition | None


def recent_edits(
    engine: Engine,
    *,
    site: str | None = None,
    url: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    classes: Collection[str] = LISTED_CLASSES,
    limit: int = 50,
    after: EditPosition | None = None,
) -> EditPage:
    """The latest edits of articles that were not removed. classes: only edits with one of these, coarse or not.

    url: only of the article at that URL, in any spelling. start, end: only edits seen from start until before end;
    aware.

    A page may have fewer than `limit` edits even if more follow: a call compares at most _MOST_COMPARED versions.
    """
    edits: list[Edit] = []
    compared = 0
    with read_transaction(engine) as connection:
        among = _Among(site, None if url is None else article_id_of(connection, url) or -1, start, end)
        while compared < _MOST_COMPARED:
            batch, ends = _batch(connection, among, classes, after)
            for edit in batch:
                compared += 1
                after = edit.position
                if {*edit.classes, *edit.edits} & set(classes):
                    edits.append(edit)
                    if len(edits) == limit:
                        return EditPage(tuple(edits), after)
            if ends:
                return EditPage(tuple(edits), None)
    return EditPage(tuple(edits), after)


@dataclass(frozen=True, slots=True)
class _Among:
    """The conditions of a list of edits: site, article, range of time; None: no condition."""

    site: str | None
    article_id: int | None
    start: datetime | None
    end: datetime | None

    def conditions(self, at: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """The SQL conditions. at: the column with the time of the edit."""
        wanted: list[ColumnElement[bool]] = []
        if self.site is not None:
            wanted.append(articles.c.site == self.site)
        if self.article_id is not None:
            wanted.append(articles.c.id == self.article_id)
        if self.start is not None:
            wanted.append(at >= self.start)
        if self.end is not None:
            wanted.append(at < self.end)
        return wanted


def _batch(
    connection: Connection, among: _Among, classes: Collection[str], after: EditPosition | None
) -> tuple[list[Edit], bool]:
    """The next edits of any class, and whether none follow."""
    edits: list[Edit] = []
    rows = 0
    if set(classes) - set(_EVENTS):
        changed = connection.execute(_versions(among, classes, after)).all()
        rows = len(changed)
        edits += [_of_version(row) for row in changed]
    kinds = [kind for kind in _EVENTS if kind in classes]
    happened = connection.execute(_events(among, kinds, after)).all() if kinds else []
    edits += [_of_event(row) for row in happened]
    edits.sort(key=lambda edit: _rank(edit.position), reverse=True)
    return edits[:_BATCH], len(edits) <= _BATCH and max(rows, len(happened)) < _BATCH


def _rank(position: EditPosition) -> tuple[datetime, str, int]:
    return position.at, position.kind, position.row_id


def _versions(among: _Among, classes: Collection[str], after: EditPosition | None) -> Select[Any]:
    before = versions.alias("before")
    fresh = stored_edits.are_fresh(versions, before)
    statement = (
        select(
            *(versions.c[name] for name in ("id", "article_id", "number", "seen_at", *_FIELDS)),
            *(before.c[name].label(f"before_{name}") for name in _FIELDS),
            versions.c.edit_classes,
            stored_edits.if_needed(versions.c.text, fresh).label("text"),
            stored_edits.if_needed(before.c.text, fresh).label("before_text"),
            articles.c.url,
            articles.c.site,
        )
        .join_from(versions, articles, articles.c.id == versions.c.article_id)
        .join(before, and_(before.c.article_id == versions.c.article_id, before.c.number == versions.c.number - 1))
        .where(versions.c.number > 1, articles.c.status != "removed", *among.conditions(versions.c.seen_at))
        .order_by(versions.c.seen_at.desc(), versions.c.id.desc())
        .limit(_BATCH)
    )
    if "metadata" not in classes:
        statement = statement.where(stored_edits.may_have(versions, fresh, classes))
    if after is not None:
        later = versions.c.id < after.row_id if after.kind == "version" else versions.c.id < 0
        statement = statement.where(or_(versions.c.seen_at < after.at, and_(versions.c.seen_at == after.at, later)))
    return statement


def _events(among: _Among, kinds: list[str], after: EditPosition | None) -> Select[Any]:
    statement = (
        select(events.c.id, events.c.article_id, events.c.kind, events.c.at, events.c.reason)
        .add_columns(articles.c.url, articles.c.site, articles.c.title)
        .join_from(events, articles, articles.c.id == events.c.article_id)
        .where(events.c.kind.in_(kinds), articles.c.status != "removed", *among.conditions(events.c.at))
        .order_by(events.c.at.desc(), events.c.id.desc())
        .limit(_BATCH)
    )
    if after is not None:
        # For equal instants, versions come before events.
        later = events.c.id < after.row_id if after.kind == "event" else events.c.id > 0
        statement = statement.where(or_(events.c.at < after.at, and_(events.c.at == after.at, later)))
    return statement


def _of_version(row: Row[Any]) -> Edit:
    before = {name: row._mapping[f"before_{name}"] for name in (*_FIELDS, "text")}
    stored = row.text is None
    names = stored_edits.read(row.edit_classes) if stored else stored_edits.classes_of(before, row._mapping)
    coarse, edits = stored_edits.parted((*names, "metadata") if metadata(before, row._mapping) else names)
    return Edit(
        EditPosition(row.seen_at, "version", row.id),
        row.article_id,
        row.url,
        row.site,
        date_json(row.seen_at) or "",
        row.title,
        coarse,
        edits=edits,
        number=row.number,
        old_title=before["title"] if before["title"].split() != row.title.split() else None,
    )


def _of_event(row: Row[Any]) -> Edit:
    position = EditPosition(row.at, "event", row.id)
    about = (row.article_id, row.url, row.site, date_json(row.at) or "", row.title)
    return Edit(position, *about, (row.kind,), reason=row.reason)
