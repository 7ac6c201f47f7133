"""The folder of a search index: tantivy's files, a file that says what they are, and the lock of whoever writes them.

    index/ARCHIVE_ID/lock           held while the index is written
    index/ARCHIVE_ID/state.json     which generation is read, and how far it is; replaced when the files are on the disk
    index/ARCHIVE_ID/GENERATION/    tantivy's files; made anew beside the old ones

It lies in the archive's folder; in the user's cache where that can't be written, or is not there as the tables are
elsewhere.
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
_OS_ERROR = re.compile(r"\(os error (\d+)\)|\bOs \{ code: (\d+),")  # in the words of tantivy, as Rust writes them
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
_MEMORY = 64_000_000  # bytes of words that are held before they are written to a file


@dataclass(frozen=True, slots=True)
class State:
    """version: rules by which the words were made. source: `change_log.source`. generation: folder that is read.

    removed: entries of removed articles may still be in the files, though they are not found.
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
    """Where the index of an archive is, or is to be."""
    home = archive_folder(engine)
    if home is not None and home.is_dir():
        inside = home / FOLDER / archive_id[:16]
        if inside.is_dir() or os.access(home, os.W_OK | os.X_OK):
            return inside
    cached = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cached) / "warraq" / FOLDER / archive_id[:16]


def read_state(folder: Path) -> State | None:
    """What the index in the folder is; None: there is none that can be read."""
    try:
        stated: dict[str, Any] = orjson.loads((folder / _STATE).read_bytes())
        position = stated.pop("position")
        ahead = tuple((int(number), int(txid)) for number, txid in position["ahead"])
        return State(**stated, position=LogPosition(int(position["horizon"]), ahead))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def write_state(folder: Path, state: State) -> None:
    """Replace the state, when what it says is on the disk."""
    with index_errors(folder), replacement(folder / _STATE) as out:
        out.write(orjson.dumps(asdict(state)))


@contextmanager
def locked(folder: Path, *, wait_s: float | None = None) -> Iterator[None]:
    """Hold the lock of whoever writes the index; wait for it at most so long, or as long as it takes.

    Raises ArchiveError when another process keeps it, or the folder can't be written.
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
    """What is said when the disk of the index refuses: where, why, and what helps, as far as that is known."""
    why, remedy = error.strerror or str(error), _REMEDIES.get(error.errno or 0)
    if remedy is None:
        return message("the search index in {folder} can't be read or written: {why}", folder=folder, why=why)
    return message(
        "the search index in {folder} can't be read or written: {why}; {remedy}", folder=folder, why=why, remedy=remedy
    )


@contextmanager
def index_errors(folder: Path) -> Iterator[None]:
    """Turn a refusal of the disk, and damage that tantivy finds, into ArchiveError."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(_refused(folder, error)) from error
    except ValueError as error:  # of tantivy: damage, and whatever the disk answered
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
    """A writer of tantivy's files in `path`, which are made where there are none. The caller holds the lock.

    At the end it is waited until small files are merged into larger ones. What was not committed is lost.
    """
    import tantivy  # noqa: PLC0415 - 40 ms that only who needs the index waits for

    with index_errors(path.parent):
        path.mkdir(exist_ok=True)
        writer = tantivy.Index(schema, path=str(path)).writer(_MEMORY, num_threads=1)
        # What a killed commit left. The next one gives its files the same names, and would be refused.
        writer.garbage_collect_files()
        yield writer
        faults.reach("index-merging")
        writer.wait_merging_threads()


def has_others(folder: Path, generation: str) -> bool:
    """Whether there are generations but this one."""
    return any(child.is_dir() and child.name != generation for child in folder.iterdir())


def remove_others(folder: Path, generation: str | None) -> None:
    """Delete all generations but this one. Whoever still reads one of them has its files open."""
    for child in folder.iterdir():
        if child.is_dir() and child.name != generation:
            shutil.rmtree(child, ignore_errors=True)


def opened(folder: Path, generation: str) -> "tantivy.Index":
    """The files of a generation as they are now, for reading. Raises ArchiveError when they are missing or damaged."""
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
    # tantivy locks a file beside the index while it opens it. Where none can be made, links stand for the folder.
    with tempfile.TemporaryDirectory(prefix="warraq-index-") as links:
        for file in path.iterdir():
            if not file.name.endswith(".lock"):
                with suppress(FileExistsError):
                    Path(links, file.name).symlink_to(file)
        return _with_own_reloads(tantivy.Index.open(links))


def _with_own_reloads(index: "tantivy.Index") -> "tantivy.Index":
    index.config_reader("manual")  # `opened` looks by itself whether there is something new
    return index


@cache
def schema() -> "tantivy.Schema":
    """The fields of the index, as storage.search.indexed_words makes them."""
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
