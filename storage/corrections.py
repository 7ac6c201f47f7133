"""Setting a version right after a better reading of the same bytes: no edit by the newspaper, so no new version.

Number and time of the version stay; what it said before is kept in `amendments`, with the extractor that read it so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, select, update

from storage import removal
from storage.db.database import write
from storage.db.schema import Row, articles, captures, labels, pages, versions
from storage.records import Article
from storage.rows import amendments, profiles, revisit_state, tombstones
from storage.rows.articles import LABELLED, write_article, write_index, write_labels
from storage.rows.prepared import PreparedArticle
from storage.rows.versions import article_row, details, local_json, texts
from storage.urls import url_key

_TEXTS = ("title", "subtitle", "text")
_INSTANTS = {
    "published_at": (
        *("published_at", "published_offset", "published_raw", "published_precision", "published_source"),
    ),
    "modified_at": ("modified_at", "modified_offset"),
}
# The other columns that a reading fills stand for one field of a version's details each.
_NOT_PLAIN = frozenset({*_TEXTS, "url", "url_key", "site", "word_count", "content_sha256", "extractor"}).union(
    *_INSTANTS.values()
)


@dataclass(frozen=True, slots=True)
class Reread:
    """What today's reading made of the capture behind a version.

    content_sha256: of the version when it was compared; another one by now means that somebody was faster.
    """

    version_id: int
    content_sha256: str
    article: Article


@dataclass(frozen=True, slots=True)
class Recovered:
    """An article that today's reading finds in a capture that gave none."""

    capture_id: int
    article: Article


def misread(version: Mapping[Any, Any], article: Article) -> Row:
    """Field name to what the version says, where the reading says otherwise; {} where they agree. Pure.

    version: title, subtitle, text and details, as rows of `versions` have them.
    """
    found = {name: version[name] for name, now in texts(article).items() if version[name] != now}
    old, new = version["details"] or {}, details(article)
    # The address is what the article is known by, and stays. A field that is new to this version of the program may
    # be missing in what an earlier one wrote.
    named = (name for name in new if name not in ("url", "site"))
    return found | {name: old.get(name) for name in named if (old.get(name) or None) != (new[name] or None)}


def correct_all(
    engine: Engine,
    rereads: Iterable[Reread],
    *,
    recovered: Iterable[Recovered] = (),
    confirmed: Sequence[int] = (),
    unwanted: Sequence[int] = (),
    extractor: str,
    at: datetime,
) -> None:
    """Write what reading again brought, in one transaction; doing it twice changes nothing more.

    confirmed: ids of the versions that this extractor reads as they are. unwanted: ids of captures that show what was
    taken down. at: aware. Raises ArchiveError.
    """
    better, found = tuple(rereads), tuple(recovered)

    def work(connection: Connection) -> None:
        for reread in better:
            correct(connection, reread, at=at)
        if confirmed:
            confirm(connection, confirmed, extractor)
        for each in found:
            recover(connection, each, at=at)
        if unwanted:
            removal.mark_for_redaction(connection, unwanted, now=at)

    write(engine, work)


def store_site_lines(engine: Engine, lines: Mapping[str, frozenset[str]], *, now: datetime) -> None:
    """Store the lines that sites print around their articles, by site (storage.rows.profiles). Raises ArchiveError."""
    write(engine, lambda connection: profiles.keep(connection, lines, now=now))


def correct(connection: Connection, reread: Reread, *, at: datetime) -> bool:
    """Write a reading over its version, and over the article where the version is its current one.

    Whether anything but the extractor's name changed. Nothing is done to an article that was taken down, nor by one.
    at: aware.
    """
    version = connection.execute(select(versions).where(versions.c.id == reread.version_id)).mappings().first()
    if version is None or version["content_sha256"] != reread.content_sha256:
        return False
    held = select(articles).where(articles.c.id == version["article_id"]).with_for_update()
    article = connection.execute(held).mappings().one()
    if article["status"] == "removed" or tombstones.among(connection, [url_key(reread.article.url)]):
        return False
    row, before = article_row(reread.article), misread(version, reread.article)
    current = version["number"] == article["version"]
    if not before:
        if version["extractor"] != row["extractor"]:
            confirm(connection, [reread.version_id], row["extractor"])
        return False
    written = {name: row[name] for name in (*_TEXTS, "content_sha256", "extractor")}
    written["details"] = {**details(reread.article), "url": (version["details"] or {}).get("url", article["url"])}
    for each in _same_text(connection, version):
        amendments.note(
            connection,
            article["id"],
            each.id,
            kind="reading",
            at=at,
            capture_id=version["capture_id"],
            before={**before, "extractor": version["extractor"]},
        )
        connection.execute(update(versions).where(versions.c.id == each.id).values(written))
        current = current or each.number == article["version"]
    if current:
        _correct_article(connection, article, version, row)
    return True


def recover(connection: Connection, recovered: Recovered, *, at: datetime) -> None:
    """Keep the article of a capture that gave none, as of when it was fetched; nothing if it has been kept since.

    From now on it is looked at again as any other of its age. One that was taken down is not kept, and the bytes that
    show it are to be erased. at: aware.
    """
    capture = connection.execute(select(captures).where(captures.c.id == recovered.capture_id)).mappings().first()
    if capture is None or capture["reason"] is None:
        return
    article = PreparedArticle.of(recovered.article)
    if tombstones.among(connection, [capture["url_key"], article.key]):
        removal.mark_for_redaction(connection, [recovered.capture_id], now=at)
        return
    seen_at = capture["fetched_at"]
    saved, _ = write_article(connection, article, capture_id=recovered.capture_id, seen_at=seen_at)
    connection.execute(update(captures).where(captures.c.id == recovered.capture_id).values(reason=None))
    page = (pages.c.url_key == capture["url_key"]) & pages.c.article_id.is_(None)
    if connection.execute(update(pages).where(page).values(article_id=saved.article_id, reason=None)).rowcount:
        revisit_state.plan_next(connection, capture["url_key"], now=at)


def confirm(connection: Connection, version_ids: Sequence[int], extractor: str) -> None:
    """Write down that this extractor reads the versions as they are."""
    mine = versions.c.id.in_(version_ids)
    connection.execute(update(versions).where(mine).values(extractor=extractor))
    own = select(versions.c.article_id).where(mine, versions.c.number == articles.c.version)
    connection.execute(update(articles).where(articles.c.id.in_(own)).values(extractor=extractor))


def _same_text(connection: Connection, version: Mapping[Any, Any]) -> list[Any]:
    """The version, and those that repeat it without a capture of their own (storage.rows.articles)."""
    repeats = (versions.c.article_id == version["article_id"]) & versions.c.capture_id.is_(None)
    repeats &= versions.c.content_sha256 == version["content_sha256"]
    columns = select(versions.c.id, versions.c.number)
    return list(connection.execute(columns.where((versions.c.id == version["id"]) | repeats)))


def _correct_article(
    connection: Connection, article: Mapping[Any, Any], version: Mapping[Any, Any], row: Mapping[str, Any]
) -> None:
    """Headline and text are the reading's; of the other fields, those that came from the reading it replaces."""
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
    if updates.keys() & set(_TEXTS):
        write_index(connection, article["id"], after)
