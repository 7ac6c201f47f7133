"""Correction of rows whose record is at another position, for example after a WARC file was renamed."""

from sqlalchemy import select, update

from storage.archive import Archive
from storage.db.database import read_transaction, write_transaction
from storage.db.schema import captures
from storage.errors import ArchiveError
from storage.maintenance.stored_pages import Reader
from storage.records import Position
from storage.rows.captures import files_named
from storage.urls import url_key
from storage.warc.file_names import FOLDER
from storage.warc.reader import Record, record_at
from storage.warc.store.stored_file import warc_files
from storage.warc.torn_files import all_records, scan


def has_misplaced_rows(archive: Archive) -> bool:
    """Whether any row's position is no gzip member of its file."""
    paths = {f"{FOLDER}/{path.name}": path for path in warc_files(archive.folder) if path.is_file()}
    with read_transaction(archive.engine) as connection:
        for name in files_named(connection):
            positions = select(captures.c.warc_offset, captures.c.warc_length).where(captures.c.warc_file == name)
            rows = {tuple(row) for row in connection.execute(positions)}
            members = scan(paths[name]) if name in paths else ()
            if rows - {(each.offset, each.length) for each in members}:
                return True
    return False


def relocate(archive: Archive, reader: Reader) -> int:
    """Correct the positions of rows whose record is elsewhere; return their number. Raises what `reader.hold` raises.

    Their file was renamed, or another file has its name now.
    """
    positions: dict[int, Position] = {}
    for path in (each for each in warc_files(archive.folder) if each.is_file()):
        for record in all_records(path, f"{FOLDER}/{path.name}"):
            row_id = _misplaced(archive, record)
            if row_id is not None and row_id not in positions:
                reader.hold(record.capture.site)
                positions[row_id] = record.position
    table, occupants = captures, dict[int, int | None]()  # by row, the row that has its new position now
    with write_transaction(archive.engine) as connection:
        for row_id, at in positions.items():
            taken = (table.c.warc_file == at.file) & (table.c.warc_offset == at.offset)
            occupants[row_id] = connection.scalar(select(table.c.id).where(taken))
        while blocked := [row_id for row_id in positions if occupants[row_id] not in {None, *positions}]:
            for row_id in blocked:
                del positions[row_id]
        for row_id in positions:  # free the positions first that other rows get
            connection.execute(update(table).where(table.c.id == row_id).values(warc_offset=-row_id))
        for row_id, at in positions.items():
            place = {"warc_file": at.file, "warc_offset": at.offset, "warc_length": at.length}
            connection.execute(update(table).where(table.c.id == row_id).values(place))
    return len(positions)


def _misplaced(archive: Archive, record: Record) -> int | None:
    """The row of the record's capture, if its position does not hold that capture; None if there is no such row."""
    table, capture = captures, record.capture
    same = (table.c.url_key == url_key(capture.url)) & (table.c.fetched_at == capture.fetched_at)
    same &= (table.c.digest == record.position.digest) & (table.c.status == capture.status)
    columns = (table.c.id, table.c.warc_file, table.c.warc_offset, table.c.warc_length, table.c.digest)
    with read_transaction(archive.engine) as connection:
        rows = connection.execute(select(*columns).where(same).order_by(table.c.id)).all()
    if any((row.warc_file, row.warc_offset) == (record.position.file, record.position.offset) for row in rows):
        return None
    for row_id, *position in rows:
        try:
            there = record_at(archive.folder, Position(*position)).capture
        except ArchiveError:
            return int(row_id)
        if (there.url, there.fetched_at) != (capture.url, capture.fetched_at):
            return int(row_id)
    return None
