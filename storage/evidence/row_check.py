"""The check of rows: captures against the records they refer to, texts against their digests."""

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, String, select, type_coerce

from storage.db.database import read_transaction
from storage.db.schema import articles, captures, versions
from storage.evidence.attest_report import AttestReport
from storage.evidence.leaves import RecordLeaf
from storage.messages import message
from storage.rows.versions import content_sha256
from storage.warc.reader import instant
from storage.warc.record_format import NOT_MODIFIED, payload_digest, uri

_holders = captures.alias()
_ROWS = select(
    captures.c.id, captures.c.url, captures.c.site, captures.c.status, captures.c.size, captures.c.digest,
    captures.c.warc_offset, captures.c.warc_length, captures.c.refers_to, _holders.c.url.label("held_url"),
    type_coerce(captures.c.fetched_at, String).label("fetched_at"),
    type_coerce(_holders.c.fetched_at, String).label("held_at"),
).join_from(captures, _holders, captures.c.refers_to == _holders.c.id, isouter=True)  # fmt: skip
Rows = dict[int, Any]


def rows_in(engine: Engine, file: str) -> Rows:
    """The rows whose records are in a file, by offset."""
    with read_transaction(engine) as connection:
        rows = connection.execute(_ROWS.where(captures.c.warc_file == file)).all()
    return {row.warc_offset: row for row in rows}


def row_difference(leaf: RecordLeaf, fields: dict[str, str], row: Row[Any]) -> str | None:
    """A description of how a row differs from the record at its position; None if it does not."""
    content = leaf.content.partition(b"\r\n\r\n")[2]
    content = content[: int(fields.get("content-length", "0") or 0)]
    head, _, body = content.partition(b"\r\n\r\n")
    pairs: list[tuple[str, object, object]] = [
        (message("its length"), leaf.length, row.warc_length),
        (message("its address"), uri(fields.get("warc-target-uri", "").strip("<>")), uri(row.url)),
        (message("its time"), instant(fields.get("warc-date")), _instant(row.fetched_at)),
        (message("its status"), head.partition(b" ")[2][:3].decode("ascii", "replace"), str(row.status)),
        (message("its digest"), fields.get("warc-payload-digest") or payload_digest(body), row.digest),
        (message("its site"), fields.get("warraq-site", row.site), row.site),
    ]
    if fields["warc-type"] == "revisit":
        pairs += _reference(fields, row)
    else:
        pairs += [(message("its body"), len(body), row.size), (message("its holder"), None, row.refers_to)]
    for name, in_file, in_row in pairs:
        if in_file != in_row:
            return message(
                "{field} is {in_file!s} in the record, and {in_row!s} in row {row}",
                field=name,
                in_file=in_file,
                in_row=in_row,
                row=row.id,
            )
    return None


def check_texts(engine: Engine, report: AttestReport) -> None:
    """Compare headline and text of every article and version with their digest."""
    kept = articles.c.status != "removed"
    of_versions = versions.join(articles, articles.c.id == versions.c.article_id)
    with read_transaction(engine) as connection:
        for table, source in ((articles, articles), (versions, of_versions)):
            columns = (table.c.id, table.c.title, table.c.text, table.c.content_sha256)
            statement = select(*columns).select_from(source).where(kept).execution_options(yield_per=500)
            for row_id, title, body, digest in connection.execute(statement):
                if content_sha256(title, body) != digest:
                    line = message("row {row} of {table!s} is not what its digest says", row=row_id, table=table.name)
                    report.wrong["text"].add(line)


def _reference(fields: dict[str, str], row: Row[Any]) -> list[tuple[str, object, object]]:
    stated = fields.get("warc-refers-to-target-uri"), instant(fields.get("warc-refers-to-date"))
    if row.refers_to is None:
        return [] if fields.get("warc-profile") == NOT_MODIFIED else [(message("its holder"), stated[0], None)]
    held = uri(row.held_url or ""), _instant(row.held_at)
    return [(message("its holder"), (uri(stated[0] or ""), stated[1]), held)]


def _instant(value: Any) -> datetime | None:
    """Parse a datetime of the database. In SQLite it is text, which may be damaged: None then."""
    return instant(value) if isinstance(value, str) else value
