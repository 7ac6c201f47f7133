"""Articles and their versions, in the form of exports and commands."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Engine, Row, Select, select

from storage.db.database import read_transaction
from storage.db.schema import articles, captures, pages, sites, versions
from storage.filters import Filters
from storage.identity.stored import went_into
from storage.records import ARTICLE_KEYS, date_json, local_json
from storage.rows import tombstones
from storage.rows.provenance import imported
from storage.urls import url_key

if TYPE_CHECKING:
    from storage.diff.change_classes import ChangeClass
    from storage.diff.edit_kinds import EditClass

# The keys that the archive adds to an exported article, after those of records.article_json.
_OWN = (
    articles.c.id, sites.c.country, articles.c.version, articles.c.version.label("versions"), articles.c.status,
    articles.c.first_seen_at, articles.c.last_seen_at, articles.c.word_count, articles.c.content_sha256,
    articles.c.extractor, articles.c.partial, articles.c.cluster, articles.c.published_offset,
    articles.c.modified_offset, articles.c.imported_from,
)  # fmt: skip
_COLUMNS = (*(articles.c[name] for name in ARTICLE_KEYS), *_OWN)
_KEYS = tuple(str(column.name) for column in _COLUMNS)  # orjson refuses SQLAlchemy's own subclass of str

_WARC = {"file": "warc_file", "offset": "warc_offset", "length": "warc_length", "digest": "digest"}
_LAST_NUMBER = 2**31 - 1  # the largest that the column takes


def select_articles(filters: Filters | None = None) -> Select[Any]:
    """The matching articles as rows for `article_record`, by publication date; undated ones first."""
    return (
        _articles()
        .where(*(filters or Filters()).conditions())
        # nulls_first is explicit because the engines differ; SQLite reads this order from its index.
        .order_by(articles.c.published_at.asc().nulls_first(), articles.c.id)
    )


def article_record(row: Sequence[Any]) -> dict[str, Any]:
    """A row of `select_articles` as a record: every key, in a fixed order; absent values are None or [].

    Dates are as exact as the page stated them; an export has instants instead (storage.records.with_instants).
    """
    record = dict(zip(_KEYS, row, strict=True))
    precision = record["published_precision"]
    record["published_at"] = local_json(record["published_at"], record["published_offset"], precision)
    record["modified_at"] = local_json(record["modified_at"], record["modified_offset"], "second")
    for name in ("first_seen_at", "last_seen_at"):
        record[name] = date_json(record[name])
    return record


def article_by(engine: Engine, ref: str | int) -> dict[str, Any] | None:
    """The article with that id, or at that URL in any spelling, or at a URL that redirected to it; None if not found.

    Removed articles are included, with their status.
    """
    with read_transaction(engine) as connection:
        article_id = article_id_of(connection, ref)
        row = connection.execute(_articles().where(articles.c.id == article_id)).first()
    return None if row is None else article_record(row)


def history(engine: Engine, ref: str | int) -> list[dict[str, Any]]:
    """The versions of an article, oldest first; [] when there is no such article. ref: as for article_by.

    Each: number, seen_at (ISO 8601), changed (classes of change since the version before, see
    storage.diff.change_classes; [] for the first), edits (what the editor did, see storage.diff.edit_kinds), title,
    word_count, content_sha256, extractor, url and warc {file, offset, length, digest} of the capture in which it was
    first seen; the last two None if that capture is unknown.
    imported: of an imported text, {format, file, at, version (its number in the archive that exported it, or None)};
    None: extracted from a capture.
    parts: url and warc of each further page, in order; [] for an article of one page.
    amendments: corrections within the version: {kind ("metadata": the newspaper changed it; "reading": a later
    extractor corrected it), at, fields, before (the former values, without headline and text)}.
    """
    from storage.diff import change_classes  # noqa: PLC0415 - most callers compare nothing
    from storage.rows import amendments, parts  # noqa: PLC0415 - the same

    with read_transaction(engine) as connection:
        rows = connection.execute(_versions(connection, ref).order_by(versions.c.number)).all()
        amended = amendments.of_article(connection, rows[0].article_id) if rows else {}
        further = parts.by_version(connection, [row.id for row in rows])
        taken_in = imported.by_version(connection, [row.id for row in rows])
    records: list[dict[str, Any]] = []
    before = None
    for row in rows:
        changed: list[ChangeClass] = []
        edits: list[EditClass] = []
        if before is not None:
            changed = change_classes.classes(before._mapping, row._mapping)
            edits = _edits(before, row)
        classes = {"changed": changed, "edits": edits}
        about = {"number": row.number, "seen_at": date_json(row.seen_at), **classes, **_about(row)}
        about["parts"] = [{"url": each["url"], "warc": _warc(each)} for each in further.get(row.id, ())]
        about["imported"] = imported.as_json(taken_in.get(row.id))
        records.append(about | {"amendments": [_amendment(each) for each in amended.get(row.id, ())]})
        before = row
    return records


def _edits(before: Row[Any], row: Row[Any]) -> "list[EditClass]":
    """The classes of the edit: the stored ones if they are fresh, else computed."""
    from storage.diff import edit_kinds  # noqa: PLC0415 - most readers of articles compare nothing
    from storage.queries import stored_edits  # noqa: PLC0415 - the same

    if row.edit_algorithm == edit_kinds.ALGORITHM and row.edited_from == before.content_sha256:
        return list(stored_edits.parted(stored_edits.read(row.edit_classes))[1])
    return edit_kinds.edit_classes(before._mapping, row._mapping)


def removal(engine: Engine, ref: str | int) -> dict[str, Any] | None:
    """The tombstone of an article: {url_key, url, removed_at, removed_by, reason}; None if it was not taken down."""
    with read_transaction(engine) as connection:
        article_id = article_id_of(connection, ref)
        stone = tombstones.of_article(connection, article_id) if article_id is not None else None
    return stone.as_json() if stone is not None else None


def version(engine: Engine, ref: str | int, number: int) -> dict[str, Any] | None:
    """One version of an article; None if there is no such version.

    The keys of `history` without changed, edits, parts and amendments, then subtitle, text, details (other fields, as
    published).
    """
    if number > _LAST_NUMBER:
        return None
    with read_transaction(engine) as connection:
        row = connection.execute(_versions(connection, ref).where(versions.c.number == number)).first()
        taken_in = imported.by_version(connection, [row.id]) if row is not None else {}
    if row is None:
        return None
    texts = {"subtitle": row.subtitle, "text": row.text, "details": row.details}
    return {
        "number": row.number,
        "seen_at": date_json(row.seen_at),
        **_about(row),
        "imported": imported.as_json(taken_in.get(row.id)),
        **texts,
    }


def difference(engine: Engine, ref: str | int, old: int, new: int) -> dict[str, Any] | None:
    """The difference between two versions of an article, by their numbers; None without such article or versions.

    old, new: {number, seen_at, title}. changed, edits: as in `history`. title, text: segments {op, text, and small or
    moved if true} of storage.diff.word_diff.compare. metadata: field to [old, new]. words: {deleted, inserted}, without
    those of moved paragraphs.
    """
    from storage.diff import change_classes, edit_kinds, word_diff  # noqa: PLC0415 - most readers of articles compare nothing

    before, after = version(engine, ref, old), version(engine, ref, new)
    if before is None or after is None:
        return None
    parts = {field: word_diff.compare(before[field], after[field]) for field in ("title", "text")}
    counted = [segment for part in parts.values() for segment in part if not segment.moved]
    return {
        "old": {name: before[name] for name in ("number", "seen_at", "title")},
        "new": {name: after[name] for name in ("number", "seen_at", "title")},
        "changed": change_classes.classes(before, after),
        "edits": edit_kinds.edit_classes(before, after),
        **{field: [segment.as_json() for segment in part] for field, part in parts.items()},
        "metadata": {name: list(pair) for name, pair in change_classes.metadata(before, after).items()},
        "words": {
            f"{op}{'d' if op == 'delete' else 'ed'}": sum(len(each.text.split()) for each in counted if each.op == op)
            for op in ("delete", "insert")
        },
    }


def _articles() -> Select[Any]:
    return select(*_COLUMNS).select_from(articles.join(sites, sites.c.name == articles.c.site))


def article_id_of(connection: Connection, ref: str | int) -> int | None:
    """Resolve an id, following merges into other articles, or a URL: of an article, or of a page that shows one.

    An id is not checked: there may be no such article.
    """
    text = str(ref).strip().strip("\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff ")
    if text.isdecimal():
        return went_into(connection, int(text)) if len(text) <= 18 else None
    key = url_key(text)
    own = cast("int | None", connection.scalar(select(articles.c.id).where(articles.c.url_key == key)))
    if own is not None:
        return own
    return cast("int | None", connection.scalar(select(pages.c.article_id).where(pages.c.url_key == key)))


def _versions(connection: Connection, ref: str | int) -> Select[Any]:
    position = (
        captures.c.url, captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest,
    )  # fmt: skip
    source = versions.outerjoin(captures, captures.c.id == versions.c.capture_id)
    return (
        select(versions, *position).select_from(source).where(versions.c.article_id == article_id_of(connection, ref))
    )


def _about(row: Row[Any]) -> dict[str, Any]:
    return {
        "title": row.title,
        "word_count": len(row.text.split()),
        "content_sha256": row.content_sha256,
        "extractor": row.extractor,
        "url": row.url,
        "warc": _warc(row._mapping) if row.warc_file is not None else None,
    }


def _warc(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {name: row[column] for name, column in _WARC.items()}


def _amendment(note: dict[str, Any]) -> dict[str, Any]:
    before = {name: value for name, value in note["before"].items() if name != "extractor"}
    small = {name: value for name, value in before.items() if name not in ("title", "text")}
    return {"kind": note["kind"], "at": date_json(note["at"]), "fields": sorted(before), "before": small}
