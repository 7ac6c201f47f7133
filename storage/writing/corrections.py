"""Corrections of versions after a better extraction of the same bytes, which is no edit by the newspaper.

Number and time of the version stay. Its former values are stored in `amendments`, with the name of their extractor.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update

from storage import removal
from storage.db.database import write
from storage.db.schema import Row, articles, captures, labels, pages, versions
from storage.identity.identify import Address, believe, identify, note_identity
from storage.records import Article, local_json
from storage.rows import amendments, profiles, revisit_state, tombstones
from storage.rows.articles import DECIDING, LABELLED, write_article, write_labels
from storage.rows.captures import mark_read
from storage.rows.prepared import PreparedArticle, cleaned
from storage.rows.profiles import StoredProfile
from storage.rows.versions import PUBLISHED, article_row, details, texts
from storage.search import change_log
from storage.similar import copy_log
from storage.urls import url_key

_TEXTS = ("title", "subtitle", "text")
_INSTANTS = {
    "published_at": PUBLISHED,
    "modified_at": ("modified_at", "modified_offset"),
}
# Each other column that extraction fills corresponds to one field of a version's details.
_NOT_PLAIN = frozenset({*_TEXTS, "url", "url_key", "site", "word_count", "content_sha256", "extractor"}).union(
    *_INSTANTS.values()
)


@dataclass(frozen=True, slots=True)
class Correction:
    """The current extraction of a version's capture.

    content_sha256: of the version when it was compared. If it has changed since, another process corrected it.
    """

    version_id: int
    content_sha256: str
    article: Article


@dataclass(frozen=True, slots=True)
class Recovered:
    """An article that the current extraction finds in a capture without one."""

    capture_id: int
    article: Article


def field_differences(version: Mapping[Any, Any], article: Article) -> Row:
    """The version's values that differ from the article's, by field name; {} if they agree. Pure.

    version: title, subtitle, text and details, as in rows of `versions`.
    """
    different = {name: version[name] for name, now in texts(article).items() if version[name] != now}
    old, new = version["details"] or {}, details(article)
    # The article stays known by its URL. A field that is new in this version of the program may be missing in old rows.
    named = (name for name in new if name not in ("url", "site"))
    return different | {name: old.get(name) for name in named if (old.get(name) or None) != (new[name] or None)}


def correct_all(
    engine: Engine,
    corrections: Iterable[Correction],
    *,
    recovered: Iterable[Recovered] = (),
    confirmed: Sequence[int] = (),
    unwanted: Sequence[int] = (),
    extractor: str,
    at: datetime,
) -> None:
    """Write the results of a reextraction in one transaction. Idempotent.

    confirmed: ids of versions that this extractor reproduces. unwanted: ids of captures that show a removed article.
    at: aware. Raises ArchiveError.
    """
    better, new = tuple(corrections), tuple(recovered)

    def work(connection: Connection) -> None:
        for correction in better:
            correct(connection, correction, at=at)
        if confirmed:
            confirm(connection, confirmed, extractor)
        for each in new:
            recover(connection, each, at=at)
        if unwanted:
            removal.mark_for_redaction(connection, unwanted, now=at)

    write(engine, work)


def store_profile(engine: Engine, site: str, profile: StoredProfile, *, now: datetime) -> None:
    """Store a site's profile, replacing the one before (storage.rows.profiles). now: aware. Raises ArchiveError."""
    write(engine, lambda connection: profiles.keep(connection, site, profile, now=now))


def correct(connection: Connection, correction: Correction, *, at: datetime) -> bool:
    """Update a version by a new extraction, and its article if the version is the current one.

    Returns whether anything except the extractor's name changed. Removed articles are left unchanged. at: aware.
    """
    version = connection.execute(select(versions).where(versions.c.id == correction.version_id)).mappings().first()
    if version is None or version["content_sha256"] != correction.content_sha256:
        return False
    held = select(articles).where(articles.c.id == version["article_id"]).with_for_update()
    article = connection.execute(held).mappings().one()
    if article["status"] == "removed" or tombstones.among(connection, [url_key(correction.article.url)]):
        return False
    row, before = article_row(correction.article), field_differences(version, correction.article)
    current = version["number"] == article["version"]
    if not before:
        if version["extractor"] != row["extractor"]:
            confirm(connection, [correction.version_id], row["extractor"])
        return False
    written = {name: row[name] for name in (*_TEXTS, "content_sha256", "extractor")}
    written["edit_algorithm"] = None
    written["details"] = {**details(correction.article), "url": (version["details"] or {}).get("url", article["url"])}
    before["extractor"], capture_id = version["extractor"], version["capture_id"]
    for each in _same_text(connection, version):
        amendments.note(connection, article["id"], each.id, kind="reading", at=at, capture_id=capture_id, before=before)
        connection.execute(update(versions).where(versions.c.id == each.id).values(written))
        follows = (versions.c.article_id == article["id"]) & (versions.c.number == each.number + 1)
        connection.execute(update(versions).where(follows).values(edit_algorithm=None))
        current = current or each.number == article["version"]
    if current:
        _correct_article(connection, article, version, row)
    return True


def recover(connection: Connection, recovered: Recovered, *, at: datetime) -> None:
    """Save the article found in a capture without one, dated when it was fetched, unless it was saved since.

    It is revisited like any other article of its age. A removed article is not saved; the bytes that show it are marked
    for erasure. at: aware.
    """
    capture = connection.execute(select(captures).where(captures.c.id == recovered.capture_id)).mappings().first()
    if capture is None or capture["reason"] is None:
        return
    at_page = Address(cleaned(capture["url"]), capture["url_key"])
    article = PreparedArticle.of(recovered.article)
    article = believe(connection, article, at_page, seen_at=capture["fetched_at"])
    if tombstones.among(connection, [capture["url_key"], article.key]):
        removal.mark_for_redaction(connection, [recovered.capture_id], now=at)
        return
    seen_at = capture["fetched_at"]
    identity = identify(connection, article, at_page, seen_at=seen_at)
    capture_id = recovered.capture_id
    saved = write_article(connection, identity.article, identity.held, capture_id=capture_id, seen_at=seen_at)
    note_identity(connection, identity, saved.article_id, at=seen_at, capture_id=capture_id)
    mark_read(connection, recovered.capture_id, None)
    page = (pages.c.url_key == capture["url_key"]) & pages.c.article_id.is_(None)
    if connection.execute(update(pages).where(page).values(article_id=saved.article_id, reason=None)).rowcount:
        revisit_state.plan_next(connection, capture["url_key"], now=at)


def confirm(connection: Connection, version_ids: Sequence[int], extractor: str) -> None:
    """Record that this extractor reproduces the versions."""
    mine = versions.c.id.in_(version_ids)
    connection.execute(update(versions).where(mine).values(extractor=extractor))
    own = select(versions.c.article_id).where(mine, versions.c.number == articles.c.version)
    connection.execute(update(articles).where(articles.c.id.in_(own)).values(extractor=extractor))


def _same_text(connection: Connection, version: Mapping[Any, Any]) -> list[Any]:
    """The version, and versions that repeat it without their own capture (storage.rows.articles)."""
    repeats = (versions.c.article_id == version["article_id"]) & versions.c.capture_id.is_(None)
    repeats &= versions.c.content_sha256 == version["content_sha256"]
    columns = select(versions.c.id, versions.c.number)
    return list(connection.execute(columns.where((versions.c.id == version["id"]) | repeats)))


def _correct_article(
    connection: Connection, article: Mapping[Any, Any], version: Mapping[Any, Any], row: Mapping[str, Any]
) -> None:
    """Update headline and text of the article, and the other fields whose values came from the replaced extraction."""
    old = version["details"] or {}
    updates = {name: row[name] for name in ("title", "text", "word_count", "content_sha256", "extractor")}
    if article["subtitle"] == version["subtitle"]:
        updates["subtitle"] = row["subtitle"]
    updates |= {name: row[name] for name in row.keys() - _NOT_PLAIN if article[name] == old.get(name, article[name])}
    for field, columns in _INSTANTS.items():
        precision = article["published_precision"] if field == "published_at" else "second"
        shown = local_json(article[field], article[columns[1]], precision)
        if shown == old.get(field, shown):
            updates |= {name: row[name] for name in columns}
    updates = {name: value for name, value in updates.items() if value != article[name]}
    if not updates:
        return
    connection.execute(update(articles).where(articles.c.id == article["id"]).values(updates))
    after = {**article, **updates}
    if updates.keys() & LABELLED:
        connection.execute(delete(labels).where(labels.c.article_id == article["id"]))
        write_labels(connection, article["id"], after)
    change_log.note(connection, article["id"])
    if updates.keys() & {"text", *DECIDING}:
        copy_log.note(connection, article["id"])
