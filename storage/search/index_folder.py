"""The folder of a search index: tantivy's files, a state file, and the lock of the process that writes them.

    index/ARCHIVE_ID/lock           held while the index is written
    index/ARCHIVE_ID/state.json     the current generation and its log position; replaced after the files are on disk
    index/ARCHIVE_ID/GENERATION/    tantivy's files; a rebuild writes a new generation beside the old one

It is in the archive's folder; or in the user's cache if that folder is read-only, or does not exist because the tables
are elsewhere.
"""

import errno
import math
import os
import re
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Engine

from storage import arabic
from storage.db.database import archive_folder
from storage.errors import ArchiveError
from storage.files import lock, open_lock_file, replacement
from storage.messages import Message, message
from storage.search.change_log import LogPosition
from storage.warc import faults

if TYPE_CHECKING:
    import tantivy

FOLDER = "index"
LAYOUT = 4
VERSION = f"{LAYOUT}.{arabic.FOLDING}.{arabic.STEMMING}"

_STATE = "state.json"
_OS_ERROR = re.compile(r"\(os error (\d+)\)|\bOs \{ code: (\d+),")  # in tantivy's messages, as Rust formats errors
_ROOM = message("make room on its disk, and do the same again")
_RIGHTS = message("let this user write there, or do the same as one who may")
_REMEDIES = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EROFS: message("its disk takes no writes: mount it writable, or do the same where the index can be written"),
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EIO: message("check its disk"),
}
_MEMORY = 64_000_000  # bytes of words kept in memory before they are written to a file


@dataclass(frozen=True, slots=True)
class State:
    """version: of the rules that made the words. source: `change_log.source`. generation: name of the current folder.

    removed: the files may still contain deleted entries of removed articles.
    """

    version: str
    source: str
    generation: str
    position: LogPosition
    removed: bool = False


@dataclass(slots=True)
class _Opened:
    index: "tantivy.Index"
    generation: str
    stamp: tuple[int, int, int]


_opened: dict[Path, _Opened] = {}
_opening = threading.Lock()


def index_folder(engine: Engine, archive_id: str) -> Path:
    """The folder of an archive's index, which need not exist yet."""
    home = archive_folder(engine)
    if home is not None and home.is_dir():
        inside = home / FOLDER / archive_id[:16]
        if inside.is_dir() or os.access(home, os.W_OK | os.X_OK):
            return inside
    cached = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cached) / "warraq" / FOLDER / archive_id[:16]


def read_state(folder: Path) -> State | None:
    """The state of the index in the folder; None if there is none, or it can't be read."""
    try:
        stated: dict[str, Any] = orjson.loads((folder / _STATE).read_bytes())
        position = stated.pop("position")
        ahead = tuple((int(number), int(txid)) for number, txid in position["ahead"])
        return State(**stated, position=LogPosition(int(position["horizon"]), ahead))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_state(folder: Path, state: State) -> None:
    """Replace the state file. The files that it describes must be on disk already."""
    with index_errors(folder), replacement(folder / _STATE) as out:
        out.write(orjson.dumps(asdict(state)))


@contextmanager
def locked(folder: Path, *, wait_s: float | None = None) -> Iterator[None]:
    """Hold the lock for writing the index. wait_s: seconds to wait for it; None: as long as necessary.

    Raises ArchiveError when another process keeps the lock, or the folder can't be written.
    """
    with index_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = open_lock_file(folder / "lock")
    try:
        if not lock(file, wait_s=math.inf if wait_s is None else wait_s):
            raise ArchiveError(
                message("another process is bringing the search index up to date; try again when it is done")
            )
        yield
    finally:
        os.close(file)


def _refused(folder: Path, error: OSError) -> Message:
    """The message for a disk error of the index: the folder, the cause, and a remedy if one is known."""
    why, remedy = error.strerror or str(error), _REMEDIES.get(error.errno or 0)
    if remedy is None:
        return message("the search index in {folder} can't be read or written: {why}", folder=folder, why=why)
    return message(
        "the search index in {folder} can't be read or written: {why}; {remedy}", folder=folder, why=why, remedy=remedy
    )


@contextmanager
def index_errors(folder: Path) -> Iterator[None]:
    """Convert disk errors, and damage that tantivy detects, into ArchiveError."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(_refused(folder, error)) from error
    except ValueError as error:  # from tantivy: damage and disk errors
        number = _OS_ERROR.search(str(error))
        code = int(number[1] or number[2]) if number is not None else 0
        if code in _REMEDIES:
            raise ArchiveError(_refused(folder, OSError(code, os.strerror(code)))) from error
        raise ArchiveError(
            message(
                "the search index in {folder} can't be used ({error}); run: warraq reindex", folder=folder, error=error
            )
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise ArchiveError(
            message("the search index in {folder} is damaged; run: warraq reindex", folder=folder)
        ) from error


@contextmanager
def writing(path: Path, schema: "tantivy.Schema") -> Iterator["tantivy.IndexWriter"]:
    """Open a writer of tantivy's files in `path`; create them if missing. The caller holds the lock.

    At the end it waits until small files are merged into larger ones. Uncommitted changes are lost.
    """
    import tantivy  # noqa: PLC0415 - the import takes 40 ms; only users of the index need it

    with index_errors(path.parent):
        path.mkdir(exist_ok=True)
        writer = tantivy.Index(schema, path=str(path)).writer(_MEMORY, num_threads=1)
        # Left by a killed commit: the next commit would fail, as it uses the same file names.
        writer.garbage_collect_files()
        yield writer
        faults.reach("index-merging")
        writer.wait_merging_threads()


def has_others(folder: Path, generation: str) -> bool:
    """Whether there are generations other than this one."""
    return any(child.is_dir() and child.name != generation for child in folder.iterdir())


def remove_others(folder: Path, generation: str | None) -> None:
    """Delete all generations except this one. Processes that still read one of them have its files open."""
    for child in folder.iterdir():
        if child.is_dir() and child.name != generation:
            shutil.rmtree(child, ignore_errors=True)


def opened(folder: Path, generation: str) -> "tantivy.Index":
    """Open a generation as it is now, for reading. Raises ArchiveError when its files are missing or damaged."""
    path = folder / generation
    with index_errors(folder), _opening:
        meta = (path / "meta.json").stat()
        stamp = (meta.st_mtime_ns, meta.st_ino, meta.st_size)
        held = _opened.get(folder)
        if held is None or held.generation != generation:
            held = _opened[folder] = _Opened(_open(path), generation, stamp)
        elif held.stamp != stamp:
            if os.access(path, os.W_OK):
                held.index.reload()
            else:
                held.index = _open(path)
            held.stamp = stamp
        return held.index


def _open(path: Path) -> "tantivy.Index":
    import tantivy  # noqa: PLC0415 - as in `writing`

    if os.access(path, os.W_OK):
        return _with_own_reloads(tantivy.Index.open(str(path)))
    # tantivy creates a lock file in the folder to open an index. In a read-only folder, open a folder of links instead.
    with tempfile.TemporaryDirectory(prefix="warraq-index-") as links:
        for file in path.iterdir():
            if not file.name.endswith(".lock"):
                with suppress(FileExistsError):
                    Path(links, file.name).symlink_to(file)
        return _with_own_reloads(tantivy.Index.open(links))


def _with_own_reloads(index: "tantivy.Index") -> "tantivy.Index":
    index.config_reader("manual")  # `opened` checks for new commits itself
    return index


@cache
def schema() -> "tantivy.Schema":
    """The fields of the index; storage.search.indexed_words makes their values."""
    import tantivy  # noqa: PLC0415 - as in `writing`

    fields = tantivy.SchemaBuilder()
    fields.add_unsigned_field("id", indexed=True, fast=True)
    for name in ("keys", "words", "authors"):
        fields.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    fields.add_text_field("marks", tokenizer_name="whitespace", index_option="basic")
    for name in ("site", "sections", "tags", "bylines", "agency"):
        fields.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    fields.add_text_field("status", tokenizer_name="raw", index_option="basic")
    fields.add_unsigned_field("reserved", indexed=True)
    for name in ("newest", "month", "digest"):
        fields.add_unsigned_field(name, fast=True)
    for name in ("published", "edited"):
        fields.add_integer_field(name, fast=True)
    return fields.build()
