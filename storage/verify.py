"""Whether an archive is what it says: rows against bytes, bytes against digests, index and texts against articles.

Nothing here writes. What a killed crawl leaves behind (captures without a row, a torn end of a file) is told, and is
nothing wrong: no row points at it, and `storage.repair` mends it.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Row, RowMapping, String, func, or_, select, text, type_coerce

from storage import search_index
from storage.columns import Json, UtcDateTime
from storage.database import database_path, reading
from storage.schema import articles, captures, labels, metadata, versions
from storage.versions import content_sha256, labels_of
from storage.warc import FOLDER, warc_files
from storage.warc_reading import Member, Record, Reference, instant, records_of
from storage.warc_records import uri
from storage.warc_repair import Gap, scan

EXAMPLES = 20  # of each kind that are told one by one
Progress = Callable[[int, int], None]  # bytes done, bytes in all
_holders = captures.alias()
_HELD = (
    captures.c.warc_offset, captures.c.warc_length, captures.c.digest, captures.c.status, captures.c.refers_to,
    captures.c.url, captures.c.size, type_coerce(captures.c.fetched_at, String).label("fetched_at"),
    _holders.c.url.label("held_url"), _holders.c.size.label("held_size"),
    type_coerce(_holders.c.fetched_at, String).label("held_at"),
)  # fmt: skip


@dataclass(slots=True)
class Finding:
    """One kind of trouble: how often, and the first of them in words."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, told: str) -> None:
        """One more."""
        self.count += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append(told)


@dataclass(slots=True)
class Report:
    """What was checked, and what was found, by kind.

    wrong: database, value (of a column, that can't be read), file (missing, or none), row (points at no record),
    bytes (not those of the row or their own digest), damage (between records), text (not that of its digest),
    version (missing, or not the article's text), label (missing), index. left: orphan (a capture without a row), torn
    (an end that was cut short).
    """

    files: int = 0
    records: int = 0
    rows: int = 0
    texts: int = 0
    wrong: dict[str, Finding] = field(default_factory=lambda: defaultdict(Finding))
    left: dict[str, Finding] = field(default_factory=lambda: defaultdict(Finding))

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong; what is left over does no harm."""
        return not self.wrong

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        told = {
            name: {kind: {"count": each.count, "examples": each.examples} for kind, each in sorted(found.items())}
            for name, found in (("wrong", self.wrong), ("left", self.left))
        }
        counts = {"files": self.files, "records": self.records, "rows": self.rows, "texts": self.texts}
        return {"ok": self.ok, **counts, **told}


def verify(engine: Engine, folder: Path, *, on_progress: Progress | None = None) -> Report:
    """Check everything, in memory that does not grow with the archive. folder: the archive's.

    Raises ArchiveError when the database can't be read at all.
    """
    report = Report()
    _check_database(engine, report)
    _check_values(engine, report)
    _check_files(engine, folder, report, on_progress)
    _check_texts(engine, report)
    _check_versions(engine, report)
    if "value" not in report.wrong:
        _check_labels(engine, report)
    _check_index(engine, report)
    return report


def _check_database(engine: Engine, report: Report) -> None:
    """SQLite's own checks; PostgreSQL has none that a user may run."""
    if database_path(engine) is None:
        return
    with reading(engine) as connection:
        for (told,) in connection.execute(text("pragma integrity_check")):
            if told != "ok":
                report.wrong["database"].add(str(told))
        for table, row, parent, _ in connection.execute(text("pragma foreign_key_check")):
            report.wrong["database"].add(f"row {row} of {table} refers to a row of {parent} that is not there")


@contextmanager
def _viewing(engine: Engine) -> Iterator[Connection]:
    """As `reading`; bytes that are no UTF-8, which SQLite takes for text, become lone surrogates."""
    with reading(engine) as connection:
        raw: Any = connection.connection.driver_connection
        if database_path(engine) is not None:
            raw.text_factory = lambda value: value.decode("utf-8", "surrogateescape")
        try:
            yield connection
        finally:
            if database_path(engine) is not None:
                raw.text_factory = str


def _check_values(engine: Engine, report: Report) -> None:
    """That SQLite, which takes any bytes anywhere, holds what other commands can read."""
    if database_path(engine) is None:
        return
    for table in metadata.sorted_tables:
        columns = [each for each in table.c if isinstance(each.type, String | UtcDateTime) or each.type is Json]
        names = ", ".join(f'"{each.name}"' for each in columns)
        with _viewing(engine) as connection:
            for row_id, *values in connection.exec_driver_sql(f"select rowid, {names} from {table.name}"):  # noqa: S608
                for column, value in zip(columns, values, strict=True):
                    told = None if value is None else _flaw(column, value)
                    if told is not None:
                        report.wrong["value"].add(f"row {row_id} of {table.name}: {column.name} is {told}")


def _flaw(column: Column[Any], value: Any) -> str | None:
    if not _is_text(value):
        return "no text"
    try:
        if column.type is Json:
            json.loads(value)  # not orjson, which refuses the lone surrogates that earlier versions wrote
        elif isinstance(column.type, UtcDateTime):
            datetime.fromisoformat(value)
    except ValueError:
        return "no JSON" if column.type is Json else "no time"
    return None


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_files(engine: Engine, folder: Path, report: Report, on_progress: Progress | None) -> None:
    # Rows first: a crawl that is under way may add both, but bytes always before their row.
    with _viewing(engine) as connection:
        named = list(connection.scalars(select(captures.c.warc_file).distinct().order_by(captures.c.warc_file)))
    paths = {f"{FOLDER}/{path.name}": path for path in warc_files(folder)}
    total = sum(path.stat().st_size for path in paths.values() if path.is_file())
    done = 0
    for name in sorted({*named, *paths}):
        with _viewing(engine) as connection:
            rows = connection.execute(
                select(*_HELD)
                .join_from(captures, _holders, captures.c.refers_to == _holders.c.id, isouter=True)
                .where(captures.c.warc_file == name)
                .order_by(captures.c.warc_offset)
            ).all()
        report.rows += len(rows)
        path = paths.get(name)
        if path is None:
            report.wrong["file"].add(f"{name} is missing, and {len(rows)} rows point at it")
            continue
        report.files += 1
        try:
            _check_file(path, name, rows, report)
            done += path.stat().st_size
        except OSError as error:
            report.wrong["file"].add(f"{name} can't be read: {error.strerror or error}")
        if on_progress is not None:
            on_progress(done, total)


def _check_file(path: Path, name: str, rows: Any, report: Report) -> None:
    by_offset = {row.warc_offset: row for row in rows}
    for record in records_of(_members(path, name, report), name):
        report.records += 1
        row = by_offset.pop(record.position.offset, None)
        where = f"{name} at byte {record.position.offset}"
        if not record.whole:
            report.wrong["bytes"].add(f"{where}: not what the record's own digest says ({record.capture.url})")
        elif row is None:
            report.left["orphan"].add(f"{where}: {record.capture.url} has no row")
        else:
            told = _difference(record, row)
            if told is not None:
                report.wrong["bytes"].add(f"{where}: {told} ({row.url})")
    for row in by_offset.values():
        report.wrong["row"].add(f"{name} at byte {row.warc_offset}: there is no record of {row.url}")


def _members(path: Path, name: str, report: Report) -> Iterator[Member]:
    for each in scan(path):
        if isinstance(each, Member):
            yield each
        elif each.torn:
            report.left["torn"].add(_told(name, each))
        else:
            report.wrong["damage"].add(_told(name, each))


def _told(name: str, gap: Gap) -> str:
    return f"{name}: {gap.length} bytes from byte {gap.offset} on are no whole record"


def _difference(record: Record, row: Row[Any]) -> str | None:
    capture, reference = record.capture, record.reference
    said: list[tuple[str, object, object]] = [
        ("length", record.position.length, row.warc_length),
        ("digest", record.position.digest, row.digest),
        ("status", capture.status, row.status),
        ("address", uri(capture.url), uri(row.url)),
        ("time", capture.fetched_at, _instant(row.fetched_at)),
    ]
    if reference is None:
        said.append(("body", len(capture.body), row.size))
    for what, here, there in said:
        if here != there:
            return f"its {what} is {here}, its row says {there}"
    return _other_holder(reference, row) if reference is not None else None


def _other_holder(reference: Reference, row: Row[Any]) -> str | None:
    """Where a revisit's row names another capture than its record does."""
    if row.refers_to is None:
        return None if reference.unchanged else "it refers to an earlier capture, which its row does not name"
    if (reference.fetched_at, uri(reference.url or "")) != (_instant(row.held_at), uri(row.held_url or "")):
        return "it refers to another capture than its row"
    if not reference.unchanged and row.size != row.held_size:
        return f"the capture it refers to has {row.held_size} bytes, its row says {row.size}"
    return None


def _instant(value: Any) -> datetime | None:
    """As the database gives it: SQLite text, which may be damaged."""
    return instant(value) if isinstance(value, str) else value


def _check_texts(engine: Engine, report: Report) -> None:
    """That headline and text of every article and version have the digest that is kept beside them."""
    kept = articles.c.status != "removed"
    of_versions = versions.join(articles, articles.c.id == versions.c.article_id)
    with _viewing(engine) as connection:
        for table, source in ((articles, articles), (versions, of_versions)):
            columns = (table.c.id, table.c.title, table.c.text, table.c.content_sha256)
            statement = select(*columns).select_from(source).where(kept).execution_options(yield_per=500)
            for row_id, title, body, digest in connection.execute(statement):
                report.texts += 1
                if not _is_text(title, body) or content_sha256(title, body) != digest:
                    report.wrong["text"].add(f"row {row_id} of {table.name} is not what its digest says")


def _check_versions(engine: Engine, report: Report) -> None:
    """That every article has its versions, from the first to the current one, whose text is its own."""
    kept = articles.c.status != "removed"
    count, last = func.count(versions.c.id), func.max(versions.c.number)
    numbered = (
        select(articles.c.id, articles.c.version, count, last)
        .join_from(articles, versions, versions.c.article_id == articles.c.id, isouter=True)
        .where(kept)
        .group_by(articles.c.id, articles.c.version)
        .having(or_(count != articles.c.version, last != articles.c.version))
    )
    current = (versions.c.article_id == articles.c.id) & (versions.c.number == articles.c.version)
    other = (
        select(articles.c.id)
        .join_from(articles, versions, current)
        .where(kept, versions.c.content_sha256 != articles.c.content_sha256)
    )
    with _viewing(engine) as connection:
        for article_id, number, held, highest in connection.execute(numbered.order_by(articles.c.id)):
            told = f"{held} versions, the last of them number {highest or 0}"
            report.wrong["version"].add(f"article {article_id} is at version {number}, and has {told}")
        for (article_id,) in connection.execute(other.order_by(articles.c.id)):
            report.wrong["version"].add(f"the text of article {article_id} is not that of its current version")


def _check_labels(engine: Engine, report: Report) -> None:
    with _viewing(engine) as connection:
        for article, held in unlabelled(connection):
            report.wrong["label"].add(f"article {article['id']} has {held} labels of {len(labels_of(dict(article)))}")


def unlabelled(connection: Connection) -> Iterator[tuple[RowMapping, int]]:
    """Articles that have fewer labels than names to be filtered by, and how many they have."""
    held = select(func.count()).where(labels.c.article_id == articles.c.id).scalar_subquery().label("held")
    named = (articles.c.section, articles.c.authors, articles.c.categories, articles.c.tags)
    statement = select(articles.c.id, *named, held).where(articles.c.status != "removed").order_by(articles.c.id)
    for article in connection.execute(statement.execution_options(yield_per=500)).mappings():
        if article["held"] < len(labels_of(dict(article))):
            yield article, article["held"]


def _is_text(*values: object) -> bool:
    return all(isinstance(each, str) and _is_utf8(each) for each in values)


def _check_index(engine: Engine, report: Report) -> None:
    with _viewing(engine) as connection:
        version = search_index.version(connection)
        if version != search_index.VERSION:
            report.wrong["index"].add(f"it was made as {version}, and this version reads {search_index.VERSION}")
            return
        if not search_index.is_there(connection):
            report.wrong["index"].add("it is missing")
            return
        for article_id, told in search_index.differing(connection):
            report.wrong["index"].add(f"article {article_id} {told}")
