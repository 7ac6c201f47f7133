"""Rows of `articles`, with their versions, labels and index entries. storage.rows.versions decides the changes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, delete, exists, insert, select, union, update

from storage.db.schema import Row, articles, captures, events, labels, pages, versions
from storage.diff.edit_kinds import ALGORITHM
from storage.filters import labels_of
from storage.records import Reason, Saved
from storage.rows import amendments, revisit_state
from storage.rows.prepared import PreparedArticle, is_part_of
from storage.rows.provenance import imported
from storage.rows.versions import Seen, corrections, place
from storage.search import change_log
from storage.similar import copy_log

LABELLED = frozenset({"section", "authors", "categories", "tags"})
# The columns that, beside the text, determine an article's sources and copies.
DECIDING = frozenset({"agency", "published_at", "published_precision"})
# The extent of an article on its page, from the latest event: "partial" or "whole"; null: it was always whole.
EXTENTS = ("partial", "whole")
EXTENT = (
    select(events.c.kind)
    .where(events.c.article_id == articles.c.id, events.c.kind.in_(EXTENTS))
    .order_by(events.c.at.desc(), events.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("extent")
)
_MOST_ALIKE = 4  # articles; the same notice may replace any number of them
_AT_KEYS = (
    select(articles.c.id).where(articles.c.url_key == bindparam("key")),
    select(pages.c.article_id).where(pages.c.url_key.in_(bindparam("keys", expanding=True))),
)
_HERE = union(*_AT_KEYS)
_LIVING = (articles.c.site == bindparam("site")) & (articles.c.status != "removed")
_SAME_TEXT = select(articles.c.id).where(articles.c.content_sha256 == bindparam("sha256"), _LIVING)
_SAME_HEADLINE = select(articles.c.id).where(
    _LIVING, articles.c.published_at == bindparam("published_at"), articles.c.title == bindparam("title")
)
# Whatever its headline is now.
_SAME_MINUTE = select(articles.c.id).where(
    _LIVING,
    articles.c.published_at == bindparam("published_at"),
    articles.c.published_precision.in_(("minute", "second")),
)
_ANSWERED = select(pages.c.article_id).where(pages.c.url_key == bindparam("answered"))
# The article was absent when its own URL was last requested.
_IS_MISSING = (articles.c.status == "gone") | exists(
    select(pages.c.url_key).where(
        pages.c.url_key == articles.c.url_key,
        pages.c.missing_since.is_not(None)
        | pages.c.status.in_((404, 410))
        | pages.c.reason.in_((Reason.NOT_FOUND.value, Reason.SOFT_404.value)),
    )
)
_ALIKE = [each.limit(_MOST_ALIKE).subquery() for each in (_SAME_TEXT, _SAME_HEADLINE, _SAME_MINUTE)]
_AT = (
    select(
        articles,
        EXTENT,
        articles.c.id.in_(_HERE).label("is_here"),
        articles.c.id.in_(_ANSWERED).label("is_answer"),
        _IS_MISSING.label("is_missing"),
    )
    .where(articles.c.id.in_(union(*_AT_KEYS, *(select(each.c.id) for each in _ALIKE))))
    .order_by(articles.c.first_seen_at, articles.c.id)
    .with_for_update()
)
_HELD = select(articles, EXTENT).where(articles.c.id.in_(_HERE)).order_by(articles.c.id).with_for_update()
_INSERT = insert(articles).returning(articles.c.id)
_INSERT_VERSION = insert(versions)
_INSERT_LABEL = insert(labels)


def articles_at(connection: Connection, key: str, addresses: Collection[str]) -> list[RowMapping]:
    """The article with this key, and those that pages with this key or the addresses show; locked, by id.

    Each has its `extent`, as EXTENT.
    """
    return list(connection.execute(_HELD, {"key": key, "keys": sorted({key, *addresses})}).mappings())


def articles_like(
    connection: Connection, row: Mapping[str, Any], answered: str, addresses: Collection[str]
) -> tuple[list[RowMapping], list[RowMapping]]:
    """What `articles_at` gives, in front the article that the URL that answered showed before; and some of the site's
    others that have the row's text, its headline and date, or its minute, those seen first in front. Locked, too.

    Similar are some of the site's other articles with the row's text, or with its headline and date, in the order first
    seen; locked, too. Their is_missing: whether the article was absent when its own URL was last requested.

    row: of `articles`, under the URL that the page states. answered: key of the URL that answered.
    """
    keys = {row["url_key"], *addresses}
    given = {"key": row["url_key"], "keys": sorted(keys), "answered": answered, "sha256": row["content_sha256"]}
    given |= {name: row[name] for name in ("site", "title", "published_at")}
    rows = connection.execute(_AT, given).mappings().all()
    here = sorted((each for each in rows if each["is_here"]), key=lambda each: (not each["is_answer"], each["id"]))
    return here, [each for each in rows if not each["is_here"]]


def write_article(
    connection: Connection,
    article: PreparedArticle,
    old: Mapping[Any, Any] | None,
    *,
    capture_id: int | None,
    seen_at: datetime,
) -> Saved:
    """Save the article of one capture under its URL. Returns the result.

    old: its row of `articles`; None: the archive has none with this key. capture_id: None if its bytes are unknown.
    seen_at: aware.
    """
    row = article.row
    version = _version(article, capture_id, seen_at)
    if old is None:
        return _insert(connection, row, version)
    if old["status"] == "removed":
        # It was removed on purpose, so a page that still shows it does not restore it.
        return Saved(old["id"], old["url"], "same", old["version"])
    if seen_at >= old["last_seen_at"]:
        return _update(connection, old, row, version)
    return _insert_older(connection, old, row, version)


def restart_article(
    connection: Connection, article_id: int, article: PreparedArticle, *, capture_id: int | None, seen_at: datetime
) -> Saved:
    """Write the first version of an article whose versions were deleted. Parameters: as for `write_article`."""
    connection.execute(delete(labels).where(labels.c.article_id == article_id))
    row = {**article.row, **_first_state(seen_at)}
    connection.execute(update(articles).where(articles.c.id == article_id).values(row))
    _insert_first(connection, article_id, article.row, _version(article, capture_id, seen_at))
    return Saved(article_id, article.row["url"], "new", 1)


def _version(article: PreparedArticle, capture_id: int | None, seen_at: datetime) -> Row:
    row = article.row
    return {
        "capture_id": capture_id,
        "seen_at": seen_at,
        "details": article.details,
        **{name: row[name] for name in ("title", "subtitle", "text", "content_sha256", "extractor")},
    }


def known_article(connection: Connection, page_key: str, article: PreparedArticle | None) -> Saved | None:
    """The stored article as "same", for a capture that was saved before; None if there is no article.

    page_key: of the URL that answered, by which the article is found if its stated URL is not the one it is known by.
    """
    if article is None:
        return None
    columns = select(articles.c.id, articles.c.url, articles.c.version)
    shown = columns.join_from(pages, articles, articles.c.id == pages.c.article_id).where(pages.c.url_key == page_key)
    row = connection.execute(shown).first()
    row = row or connection.execute(columns.where(articles.c.url_key == article.key)).first()
    return Saved(row.id, row.url, "same", row.version) if row is not None else None


def version_id_of(connection: Connection, saved: Saved) -> int | None:
    """The id of the version that a save created or found; None if its article was removed."""
    at_number = (versions.c.article_id == saved.article_id) & (versions.c.number == saved.version)
    version_id: int | None = connection.scalar(select(versions.c.id).where(at_number))
    return version_id


def _insert(connection: Connection, row: Row, version: Row) -> Saved:
    article_id = int(connection.execute(_INSERT, {**row, **_first_state(version["seen_at"])}).scalar_one())
    _insert_first(connection, article_id, row, version)
    return Saved(article_id, row["url"], "new", 1)


def _first_state(seen_at: datetime) -> Row:
    return {"version": 1, "status": "live", "first_seen_at": seen_at, "last_seen_at": seen_at}


def _insert_first(connection: Connection, article_id: int, row: Row, version: Row) -> None:
    connection.execute(_INSERT_VERSION, {**version, "article_id": article_id, "number": 1})
    write_labels(connection, article_id, row)
    change_log.note(connection, article_id)
    copy_log.note(connection, article_id)


def _update(connection: Connection, old: Mapping[Any, Any], row: Row, version: Row) -> Saved:
    """Update an article from a capture that is at least as new as all before."""
    article_id, number = old["id"], old["version"]
    changed = row["content_sha256"] != old["content_sha256"]
    updates = corrections(old, row, changed=changed)
    if changed:
        number += 1
        if old["partial"] and not row["partial"] and is_part_of(old["text"], row["text"]):  # not an addition
            version = {**version, "edit_classes": "", "edit_algorithm": ALGORITHM, "edited_from": old["content_sha256"]}
        connection.execute(insert(versions).values({**version, "article_id": article_id, "number": number}))
    else:
        amendments.note_metadata(connection, old, updates, at=version["seen_at"], capture_id=version["capture_id"])
        if old["imported_from"] is not None and version["capture_id"] is not None:
            imported.confirm(connection, article_id, number, version["capture_id"])
    state = {"version": number, "status": "live", "last_seen_at": version["seen_at"]}
    if old["status"] == "gone":
        revisit_state.note_return(connection, article_id, at=version["seen_at"], capture_id=version["capture_id"])
    connection.execute(update(articles).where(articles.c.id == article_id).values({**updates, **state}))
    after = {**old, **updates}
    if updates.keys() & LABELLED:
        connection.execute(delete(labels).where(labels.c.article_id == article_id))
        write_labels(connection, article_id, after)
    if updates or changed or old["status"] == "gone":
        change_log.note(connection, article_id)
    if changed or updates.keys() & DECIDING:
        copy_log.note(connection, article_id)
    return Saved(article_id, after["url"], "changed" if changed else "same", number)


def _insert_older(connection: Connection, old: Mapping[Any, Any], row: Row, version: Row) -> Saved:
    """Add a capture that is older than the newest to an article's history. The current text stays."""
    article_id, seen_at = old["id"], version["seen_at"]
    columns = select(versions.c.number, versions.c.seen_at, versions.c.content_sha256)
    rows = connection.execute(columns.where(versions.c.article_id == article_id).order_by(versions.c.number))
    known = [Seen(*each) for each in rows]
    decided = place(known, row["content_sha256"], seen_at)
    current = old["version"]
    if decided.change == "changed":
        if decided.number > current:
            # The article had another text in between and then the current one again, which is one more version.
            _repeat_current(connection, old, number=current + 2)
            current += 2
        else:
            _make_room(connection, article_id, decided.number)
            current += 1
        number = decided.number
        connection.execute(insert(versions).values({**version, "article_id": article_id, "number": number}))
    else:
        earlier = (versions.c.article_id == article_id) & (versions.c.number == decided.number)
        connection.execute(update(versions).where(earlier, versions.c.seen_at > seen_at).values(seen_at=seen_at))
        if old["imported_from"] is not None and version["capture_id"] is not None:
            imported.confirm(connection, article_id, decided.number, version["capture_id"])
    gaps = {name: value for name, value in corrections(old, row, changed=False).items() if old[name] in (None, [])}
    state = {"version": current, "first_seen_at": min(seen_at, old["first_seen_at"])}
    connection.execute(update(articles).where(articles.c.id == article_id).values({**gaps, **state}))
    if gaps.keys() & LABELLED:
        connection.execute(delete(labels).where(labels.c.article_id == article_id))
        write_labels(connection, article_id, {**old, **gaps})
    change_log.note(connection, article_id)
    if state["first_seen_at"] != old["first_seen_at"] or gaps.keys() & DECIDING:
        copy_log.note(connection, article_id)
    return Saved(article_id, old["url"], decided.change, decided.number)


def _repeat_current(connection: Connection, old: Mapping[Any, Any], *, number: int) -> None:
    """Insert the current version again, dated when the article was last seen, with the capture of that time."""
    is_current = (versions.c.article_id == old["id"]) & (versions.c.number == old["version"])
    row = dict(connection.execute(select(versions).where(is_current)).mappings().one())
    repeated = row.pop("id")
    mine = captures.c.url_key.in_(select(pages.c.url_key).where(pages.c.article_id == old["id"]))
    shown = select(captures.c.id).where(mine, captures.c.fetched_at == old["last_seen_at"], captures.c.reason.is_(None))
    row |= {"number": number, "seen_at": old["last_seen_at"], "capture_id": connection.scalar(shown.limit(1))}
    row["edit_algorithm"] = None
    new_id = connection.execute(insert(versions).values(row).returning(versions.c.id)).scalar_one()
    if row["capture_id"] is None:
        imported.repeat(connection, repeated, new_id)


def _make_room(connection: Connection, article_id: int, number: int) -> None:
    """Increase the version numbers from `number` on by one; via negative numbers, since numbers are unique."""
    mine = versions.c.article_id == article_id
    connection.execute(update(versions).where(mine, versions.c.number >= number).values(number=-versions.c.number - 1))
    connection.execute(update(versions).where(mine, versions.c.number < 0).values(number=-versions.c.number))
    follows = mine & (versions.c.number == number + 1)
    connection.execute(update(versions).where(follows).values(edit_algorithm=None))


def write_labels(connection: Connection, article_id: int, row: Mapping[Any, Any]) -> None:
    """Insert the labels by which the article can be filtered. Old ones must be deleted before. row: of `articles`."""
    named = [{"article_id": article_id, "kind": kind, "folded": name} for kind, name in sorted(labels_of(row))]
    if named:
        connection.execute(_INSERT_LABEL, named)
