"""Access to WARC files of the archive in its folder or, if closed and uploaded, in its store."""

import io
from pathlib import Path, PosixPath
from typing import Any

from storage.warc.file_names import FOLDER
from storage.warc.store.object_store import PIECE, ObjectState, ObjectStore, file_digest, store_of
from storage.warc.store.store_errors import absent_object

_FIRST = 1 << 18  # bytes of the first request: usually a record and more


class StoredFile(PosixPath):
    """A path in the archive's folder of a file whose bytes are in the store.

    Supports reading, `stat` and deletion. Its methods raise as those of `ObjectStore`.
    """

    store: ObjectStore
    known: ObjectState | None

    @classmethod
    def of(cls, store: ObjectStore, path: Path, state: ObjectState | None = None) -> "StoredFile":
        """Make the path of an object. state: of the object, if known."""
        made = cls(path)
        made.store, made.known = store, state
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return StoredFile.of, (self.store, Path(str(self)), self.known)

    def state(self) -> ObjectState | None:
        """The metadata of the object; None if it does not exist."""
        if self.known is None:
            self.known = self.store.state(self.name)
        return self.known

    def stat(self, **_: Any) -> Any:
        """Size and time of modification only."""
        state = self.state()
        if state is None:
            raise absent_object(self.store.url, self.name)
        return state

    def exists(self, **_: Any) -> bool:
        """Whether the store has it."""
        return self.state() is not None

    def is_file(self, **_: Any) -> bool:
        """Whether the store has it."""
        return self.exists()

    def open(self, mode: str = "rb", *_: Any, **__: Any) -> Any:
        """Open it for reading. Bytes are requested by range, few at first and more as reading continues."""
        if mode != "rb":
            raise PermissionError(1, "a file of the store is not changed in place", str(self))
        return io.BufferedReader(_RangeReader(self), 1 << 16)

    def read_range(self, offset: int, length: int) -> bytes:
        """Read some bytes in one request."""
        return self.store.read(self.name, offset, offset + length)

    def replace_by(self, path: Path) -> None:
        """Replace the object by a local file, atomically."""
        self.store.put(path, self.name, file_digest(path))
        self.known = None

    def unlink(self, *_: Any, **__: Any) -> None:
        """Delete the object."""
        self.store.delete(self.name)


class _RangeReader(io.RawIOBase):
    """A file object that reads ranges of an object; one range is in memory."""

    def __init__(self, file: StoredFile) -> None:
        self._file = file
        self._at = self._begin = 0
        self._window = b""
        self._next = _FIRST

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at}.get(whence)
        self._at = max(0, offset + (self._file.stat().st_size if base is None else base))
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        if not self._begin <= self._at < self._begin + len(self._window):
            goes_on = self._at == self._begin + len(self._window)
            self._next = min(PIECE, self._next * 2) if goes_on and self._at else _FIRST
            self._begin, self._window = self._at, self._file.read_range(self._at, self._next)
        start = self._at - self._begin
        piece = self._window[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def place_of(path: Path) -> str:
    """The location of a file, for messages."""
    return f"{path.store.url}/{path.name}" if isinstance(path, StoredFile) else str(path)


def located(folder: Path, path: Path) -> Path:
    """The path itself if the file exists, else its StoredFile if the archive in `folder` has a store."""
    store = store_of(folder)
    return path if store is None or path.exists() else StoredFile.of(store, path)


def warc_files(folder: Path) -> list[Path]:
    """The WARC files in the archive's folder and store, by name. folder: the archive's."""
    own = local_files(folder)
    store = store_of(folder)
    if store is None:
        return own
    here = {path.name for path in own}
    states = store.states().items()
    there = [StoredFile.of(store, folder / FOLDER / name, state) for name, state in states if name.endswith(".warc.gz")]
    return sorted([*own, *(each for each in there if each.name not in here)])


def local_files(folder: Path) -> list[Path]:
    """The WARC files in the archive's folder, by name."""
    return sorted((folder / FOLDER).glob("*.warc.gz"))


def delete_everywhere(folder: Path, name: str) -> None:
    """Delete a WARC file and its object in the store. Raises OSError, and as `ObjectStore`."""
    (folder / FOLDER / name).unlink(missing_ok=True)
    store = store_of(folder)
    if store is not None:
        store.delete(name)
