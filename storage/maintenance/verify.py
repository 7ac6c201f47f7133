"""Verification of an archive: rows against bytes, bytes against digests, index and texts against articles.

Read-only. Remains of a killed crawl (captures without a row, a torn end of a file) are reported, but not as wrong: no
row refers to them, and `storage.maintenance.repair` repairs them.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, RowMapping, String, func, or_, select, text

from storage.db.columns import Json, UtcDateTime
from storage.db.database import database_path, read_transaction
from storage.db.schema import articles, labels, metadata, versions
from storage.errors import ArchiveError
from storage.filters import labels_of
from storage.identity.merged import merged_articles
from storage.maintenance.verify_files import Checks, Progress, check_files, one_by_one
from storage.maintenance.verify_report import Report, viewing
from storage.messages import count_message, message, words_of
from storage.rows.versions import content_sha256
from storage.search import index_check
from storage.similar import copy_check
from storage.warc.files_lock import files_stay


def verify(
    engine: Engine,
    folder: Path,
    *,
    on_progress: Progress | None = None,
    checks: Checks = one_by_one,
    from_bytes: int = 0,
) -> Report:
    """Check everything, in bounded memory. folder: the archive's.

    checks: the function that checks WARC files, for example in several processes; used if the files have at least
    from_bytes in total. Raises ArchiveError when the database can't be read at all, AlreadyRunning while files are
    merged.
    """
    report = Report()
    _check_database(engine, report)
    _check_values(engine, report)
    with files_stay(folder):
        check_files(engine, folder, report, on_progress, checks=checks, from_bytes=from_bytes)
    _check_texts(engine, report)
    _check_versions(engine, report)
    if "value" not in report.wrong:
        _check_labels(engine, report)
    _check_index(engine, report)
    if "value" not in report.wrong:
        _check_copies(engine, report)
    if report.ok:
        _check_identity(engine, report)
    return report


def _check_database(engine: Engine, report: Report) -> None:
    """Run SQLite's own checks. PostgreSQL has none that a user may run."""
    if database_path(engine) is None:
        return
    with read_transaction(engine) as connection:
        for (finding,) in connection.execute(text("pragma integrity_check")):
            if finding != "ok":
                report.wrong["database"].add(str(finding))
        for table, row, parent, _ in connection.execute(text("pragma foreign_key_check")):
            lost = message(
                "row {row} of {table!s} refers to a row of {parent!s} that is not there",
                row=row,
                table=table,
                parent=parent,
            )
            report.wrong["database"].add(lost)


def _check_values(engine: Engine, report: Report) -> None:
    """Check that the values in SQLite are readable, since it stores any bytes in any column."""
    if database_path(engine) is None:
        return
    for table in metadata.sorted_tables:
        columns = [each for each in table.c if isinstance(each.type, String | UtcDateTime | Json)]
        if not columns:
            continue
        names = ", ".join(f'"{each.name}"' for each in columns)
        with viewing(engine) as connection:
            for row_id, *values in connection.exec_driver_sql(f"select rowid, {names} from {table.name}"):  # noqa: S608
                for column, value in zip(columns, values, strict=True):
                    flaw = None if value is None else _flaw(column, value)
                    if flaw is not None:
                        line = message(
                            "row {row} of {table!s}: {column!s} is {flaw}",
                            row=row_id,
                            table=table.name,
                            column=column.name,
                            flaw=flaw,
                        )
                        report.wrong["value"].add(line)


def _flaw(column: Column[Any], value: Any) -> str | None:
    if not _is_text(value):
        return message("no text")
    try:
        if isinstance(column.type, Json):
            json.loads(value)  # not orjson, which refuses the lone surrogates that earlier versions wrote
        elif isinstance(column.type, UtcDateTime):
            datetime.fromisoformat(value)
    except ValueError:
        return message("no JSON") if isinstance(column.type, Json) else message("no time")
    return None


def _is_utf8(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_texts(engine: Engine, report: Report) -> None:
    """Check the digest of headline and text of every article and version."""
    kept = articles.c.status != "removed"
    of_versions = versions.join(articles, articles.c.id == versions.c.article_id)
    with viewing(engine) as connection:
        for table, source in ((articles, articles), (versions, of_versions)):
            columns = (table.c.id, table.c.title, table.c.text, table.c.content_sha256)
            statement = select(*columns).select_from(source).where(kept).execution_options(yield_per=500)
            for row_id, title, body, digest in connection.execute(statement):
                report.texts += 1
                if not _is_text(title, body) or content_sha256(title, body) != digest:
                    line = message("row {row} of {table!s} is not what its digest says", row=row_id, table=table.name)
                    report.wrong["text"].add(line)


def _check_versions(engine: Engine, report: Report) -> None:
    """Check that every article has all its versions, and the text of the current one."""
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
    with viewing(engine) as connection:
        for article_id, number, held, highest in connection.execute(numbered.order_by(articles.c.id)):
            line = count_message(
                "article {id} is at version {number}, and has {n} versions, the last of them number {last}",
                held,
                id=article_id,
                number=number,
                last=highest or 0,
            )
            report.wrong["version"].add(line)
        for (article_id,) in connection.execute(other.order_by(articles.c.id)):
            line = message("the text of article {id} is not that of its current version", id=article_id)
            report.wrong["version"].add(line)


def _check_labels(engine: Engine, report: Report) -> None:
    with viewing(engine) as connection:
        for article, held in unlabelled(connection):
            every = len(labels_of(dict(article)))
            line = message("article {id} has {held} labels of {every}", id=article["id"], held=held, every=every)
            report.wrong["label"].add(line)


def unlabelled(connection: Connection) -> Iterator[tuple[RowMapping, int]]:
    """The articles that lack labels, with the number of labels that each has."""
    held = select(func.count()).where(labels.c.article_id == articles.c.id).scalar_subquery().label("held")
    named = (articles.c.section, articles.c.authors, articles.c.categories, articles.c.tags)
    statement = select(articles.c.id, *named, held).where(articles.c.status != "removed").order_by(articles.c.id)
    for article in connection.execute(statement.execution_options(yield_per=500)).mappings():
        if article["held"] < len(labels_of(dict(article))):
            yield article, article["held"]


def _is_text(*values: object) -> bool:
    return all(isinstance(each, str) and _is_utf8(each) for each in values)


def _check_index(engine: Engine, report: Report) -> None:
    """Compare the index with the articles, if there is one of this version; otherwise the next search builds it."""
    with viewing(engine) as connection:
        try:
            for article_id, how in index_check.differences(connection):
                report.wrong["index"].add(message("article {id} {how}", id=article_id, how=how))
        except ArchiveError as error:
            report.wrong["index"].add(words_of(error))


def _check_copies(engine: Engine, report: Report) -> None:
    with viewing(engine) as connection:
        for article_id, how in copy_check.differences(connection):
            line = message("article {id} {how}: `warraq reindex --copies` makes them anew", id=article_id, how=how)
            report.wrong["copies"].add(line)


def _check_identity(engine: Engine, report: Report) -> None:
    """Report articles that false canonical URLs merged: no text is lost, but several articles count as one."""
    with viewing(engine) as connection:
        for merged in merged_articles(connection):
            what = message("an article of another address")
            if merged.articles > 1:
                what = count_message("{n} articles", merged.articles)
            line = message("article {id} ({url!s}) is {what}", id=merged.article_id, url=merged.url, what=what)
            report.left["merged"].add(line)
