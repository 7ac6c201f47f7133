"""Backups: one tar file with a copy of the tables, the WARC files that its rows refer to, and the digest of each.

The tables are copied first, in one transaction. Rows only refer to bytes that are already on disk. So each WARC file is
complete up to the last record that the copied rows refer to, even if a crawl appends to it meanwhile.
"""

import hashlib
import io
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import orjson
from sqlalchemy import Engine, func, select

from storage.db.database import check_schema, connect, database_path, place, read_transaction
from storage.db.database_url import DATABASE_NAME, archive_url
from storage.db.schema import captures
from storage.errors import ArchiveError, UsageError
from storage.evidence.seal_folder import FOLDER as EVIDENCE_FOLDER
from storage.evidence.seal_folder import NAME as EVIDENCE_NAME
from storage.evidence.seal_folder import evidence_files
from storage.evidence.sealed_index import SealedIndex
from storage.files import atomic_write, make_writable, sync, sync_folder
from storage.maintenance.table_copy import copy_tables
from storage.messages import message
from storage.rows.tombstones import FILE as TOMBSTONES
from storage.warc.file_names import FOLDER as WARC_FOLDER
from storage.warc.files_lock import files_stay
from storage.warc.store.stored_file import located, warc_files

MANIFEST = "manifest.json"
FORMAT = 1
_PIECE = 1024 * 1024  # bytes
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """The contents of a backup. made_at: aware UTC. size: total bytes of the members."""

    made_at: datetime
    files: int
    size: int

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"made_at": self.made_at.isoformat(timespec="seconds"), "files": self.files, "bytes": self.size}


def write_backup(folder: Path, engine: Engine, target: Path, *, on_progress: Progress | None = None) -> BackedUp:
    """Back up the archive in `folder`, also during a crawl. engine: of its tables, with the newest schema.

    target: appears when it is complete. Its folder needs space for a temporary copy of the tables. on_progress: called
    with the bytes written and their total. Raises ArchiveError when a disk refuses or a WARC file is too short.
    """
    made_at = datetime.now(UTC)
    with (
        files_stay(folder),
        atomic_write(target) as out,
        _tables(engine, target.absolute().parent) as (database, lengths),
    ):
        members = {DATABASE_NAME: (database, database.stat().st_size)}
        beside = [path for path in (folder / TOMBSTONES, *evidence_files(folder)) if path.is_file()]
        members |= {str(path.relative_to(folder)): (path, path.stat().st_size) for path in beside}
        warcs = lengths | _sealed_lengths(folder, lengths)
        members |= {name: (located(folder, folder / name), length) for name, length in sorted(warcs.items())}
        total, done = sum(length for _, length in members.values()), 0
        entries = []
        with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for name, (path, length) in members.items():
                entries.append({"name": name, "bytes": length, "sha256": _add(tar, name, path, length, made_at)})
                done += length
                if on_progress is not None:
                    on_progress(done, total)
            manifest = orjson.dumps({"format": FORMAT, "made_at": made_at.isoformat(), "files": entries})
            tar.addfile(_member(MANIFEST, len(manifest), made_at), io.BytesIO(manifest))
    return BackedUp(made_at, len(members), total)


def _sealed_lengths(folder: Path, lengths: dict[str, int]) -> dict[str, int]:
    """The ends of sealed records in WARC files, if they are behind the last row's record."""
    index = SealedIndex.of(folder)
    ends = {f"{WARC_FOLDER}/{path.name}": index.end_in(path) for path in warc_files(folder)}
    return {name: end for name, end in ends.items() if end > lengths.get(name, 0)}


@contextmanager
def _tables(engine: Engine, beside: Path) -> Iterator[tuple[Path, dict[str, int]]]:
    """Copy the tables to an SQLite file; also yield the length of each WARC file up to its last row's record."""
    with tempfile.TemporaryDirectory(prefix=".warraq-backup-", dir=beside) as made:
        path = Path(made) / DATABASE_NAME
        source = database_path(engine)
        if source is None:
            target = connect(archive_url(Path(made), None))
            try:
                copy_tables(engine, target)
            finally:
                target.dispose()
        else:
            _copy_sqlite(source, path, engine)
        copy = connect(archive_url(Path(made), None), readonly=True)
        try:
            end = func.max(captures.c.warc_offset + captures.c.warc_length).label("end")
            with read_transaction(copy) as connection:
                rows = connection.execute(select(captures.c.warc_file, end).group_by(captures.c.warc_file)).all()
        finally:
            copy.dispose()
        yield path, {row.warc_file: row.end for row in rows}


def _copy_sqlite(source: Path, target: Path, engine: Engine) -> None:
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as held,
            closing(sqlite3.connect(target)) as to,
        ):
            held.backup(to)  # in one step, a single read transaction: in pieces, every commit would restart it
    except sqlite3.Error as error:
        raise ArchiveError(
            message("the archive at {place} can't be copied: {why}", place=place(engine), why=error)
        ) from error


def _add(tar: tarfile.TarFile, name: str, path: Path, length: int, made_at: datetime) -> str:
    """Add the first `length` bytes of a file. Returns their SHA-256."""
    with path.open("rb") as file:
        if path.stat().st_size < length:
            raise ArchiveError(message("{path} is shorter than its rows say; see `warraq verify`", path=path))
        reader = _Hashing(file, length)
        tar.addfile(_member(name, length, made_at), reader)  # type: ignore[arg-type]
    return reader.digest.hexdigest()


def _member(name: str, length: int, made_at: datetime) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = length, int(made_at.timestamp()), 0o644
    return member


class _Hashing:
    """A reader of the first bytes of a file that hashes them."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file, self._left = file, length
        self.digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        piece = self._file.read(min(size, self._left))
        self._left -= len(piece)
        self.digest.update(piece)
        return piece


def restore_backup(
    source: Path, folder: Path, db_url: str | None = None, *, on_progress: Progress | None = None
) -> BackedUp:
    """Restore a backup to `folder`, which must be empty or missing. If it fails, it leaves nothing there.

    db_url: of an empty database for the tables, if they are not to be in the folder. on_progress: called with the bytes
    read and their total. Raises UsageError for a folder that is not empty and for a file that is no backup,
    ArchiveError for a damaged or truncated backup, and when the disk refuses.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            message(
                "{folder} is not empty; a backup is restored into an empty folder: name another --archive",
                folder=folder,
            )
        )
    existed = folder.exists()
    make_writable(folder)
    try:
        restored = _extract(source, folder, on_progress)
        database = folder / DATABASE_NAME
        database.with_name(f"{DATABASE_NAME}.part").rename(database)
        sync_folder(folder)
        _finish(folder, database, db_url)
    except BaseException as error:
        for child in folder.iterdir():
            shutil.rmtree(child) if child.is_dir() else child.unlink()
        if not existed:
            folder.rmdir()
        if isinstance(error, OSError):
            raise ArchiveError(
                message(
                    "{source} can't be restored to {folder}: {why}",
                    source=source,
                    folder=folder,
                    why=error.strerror or error,
                )
            ) from error
        raise
    return restored


def _extract(source: Path, folder: Path, on_progress: Progress | None) -> BackedUp:
    """Extract all members and compare them with the manifest. The database gets its name after all checks passed."""
    (folder / WARC_FOLDER).mkdir()
    (folder / EVIDENCE_FOLDER).mkdir()
    digests: dict[str, str] = {}
    is_ours = False
    manifest: dict[str, Any] | None = None
    try:
        size = source.stat().st_size
        with source.open("rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or not _is_expected(member.name):
                    raise UsageError(
                        message(
                            "{source} is no backup that Warraq wrote: it holds {name!r}",
                            source=source,
                            name=member.name,
                        )
                    )
                is_ours = True
                if member.name == MANIFEST:
                    manifest = orjson.loads(content.read())
                    continue
                name = f"{DATABASE_NAME}.part" if member.name == DATABASE_NAME else member.name
                digests[member.name] = _write(content, folder / name)  # type: ignore[arg-type]
                if on_progress is not None:
                    on_progress(file.tell(), size)
    except FileNotFoundError as error:
        raise UsageError(message("there is no file {path}", path=source)) from error
    except (tarfile.TarError, EOFError, orjson.JSONDecodeError) as error:
        if not is_ours:
            raise UsageError(message("{source} is no backup: {error}", source=source, error=error)) from error
        raise ArchiveError(
            message("{source} is damaged or cut off ({error}); take another backup", source=source, error=error)
        ) from error
    if manifest is None:
        raise ArchiveError(
            message("{source} is cut off: it has no {manifest}; take another backup", source=source, manifest=MANIFEST)
        )
    if {entry["name"]: entry["sha256"] for entry in manifest["files"]} != digests or DATABASE_NAME not in digests:
        raise ArchiveError(
            message(
                "{source} is damaged: its files do not have the digests that it states; take another backup",
                source=source,
            )
        )
    total = sum(entry["bytes"] for entry in manifest["files"])
    return BackedUp(datetime.fromisoformat(manifest["made_at"]), len(digests), total)


def _is_expected(name: str) -> bool:
    room, _, file = name.partition("/")
    is_warc = room == WARC_FOLDER and file not in ("", ".", "..") and "/" not in file and "\0" not in file
    is_warc |= room == EVIDENCE_FOLDER and EVIDENCE_NAME.fullmatch(file) is not None
    return is_warc or name in (DATABASE_NAME, TOMBSTONES, MANIFEST)


def _write(content: BinaryIO, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("xb") as out:
        while piece := content.read(_PIECE):
            digest.update(piece)
            out.write(piece)
        sync(out)
    return digest.hexdigest()


def _finish(folder: Path, database: Path, db_url: str | None) -> None:
    """Check the tables, and copy them to their destination."""
    engine = connect(archive_url(folder, None))
    try:
        if db_url is None:
            check_schema(engine)
            return
        target = connect(archive_url(folder, db_url))
        try:
            copy_tables(engine, target)
        finally:
            target.dispose()
    finally:
        engine.dispose()
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            database.with_name(database.name + suffix).unlink()
