"""A store of objects, reached through fsspec: names, sizes, ranges of bytes, and files put there whole.

An object is named as its WARC file. Each is written in one step: it is there whole, or not at all.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from storage.errors import ArchiveError
from storage.messages import message
from storage.warc.store.store_errors import absent_object, no_bucket, store_errors
from storage.warc.store.store_url import FILE, checked_url, remember_store, store_url

PIECE = 8 << 20  # bytes of one request, at most
# Of botocore. With its own defaults, a server that does not answer is waited for during minutes.
_CLIENT = {"connect_timeout": 10, "read_timeout": 60, "retries": {"max_attempts": 3, "mode": "standard"}}


@dataclass(frozen=True, slots=True)
class ObjectState:
    """What a store says of an object. modified: nanoseconds since 1970."""

    st_size: int
    st_mtime_ns: int


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A folder of a bucket. Its methods raise ArchiveError when it refuses, FileNotFoundError for a missing object."""

    url: str

    def states(self, prefix: str = "") -> dict[str, ObjectState]:
        """The objects whose names begin so, by name, without those in folders below."""
        with store_errors(self.url):
            files, root = _opened(self.url, os.getpid())
            try:
                entries = (
                    files.find(root, detail=True, prefix=prefix).values() if prefix else files.ls(root, detail=True)
                )
            except FileNotFoundError:
                entries = []
            listed = {about["name"]: about for about in entries}
            if not listed:
                self._require_bucket(files, root)
            named = (
                (path.removeprefix(f"{root}/"), about) for path, about in listed.items() if about["type"] == "file"
            )
            return {name: _state(about) for name, about in named if name.startswith(prefix) and "/" not in name}

    def state(self, name: str) -> ObjectState | None:
        """What is known of one object; None: there is none."""
        with store_errors(self.url):
            files, root = _opened(self.url, os.getpid())
            try:
                return _state(files.info(f"{root}/{name}"))
            except FileNotFoundError:
                return None

    def read(self, name: str, start: int, end: int) -> bytes:
        """The bytes from `start` to before `end`; fewer at its end, b"" behind it."""
        with store_errors(self.url):
            files, root = _opened(self.url, os.getpid())
            try:
                content: bytes = files.cat_file(f"{root}/{name}", start=start, end=end)
            except OSError as error:
                if isinstance(error, FileNotFoundError):
                    raise absent_object(self.url, name) from error
                if start < files.info(f"{root}/{name}")["size"]:
                    raise
                return b""  # the range is refused as a whole
            return content

    def put(self, path: Path, name: str, digest: str) -> None:
        """Store a file, and read it back. digest: SHA-256 of the file. ArchiveError: it is another there."""
        with store_errors(self.url):
            files, root = _opened(self.url, os.getpid())
            try:
                files.put_file(str(path), f"{root}/{name}")
            except FileNotFoundError as error:
                raise no_bucket(self.url) from error
        state = self.state(name)
        size = path.stat().st_size
        if state is None or state.st_size != size or self.digest(name) != digest:
            raise ArchiveError(
                message(
                    "{url}/{name} is not what was sent there: {path} stays; run the same again",
                    url=self.url,
                    name=name,
                    path=path,
                )
            )

    def delete(self, name: str) -> None:
        """Delete an object; a missing one is no error."""
        with store_errors(self.url):
            files, root = _opened(self.url, os.getpid())
            try:
                files.rm_file(f"{root}/{name}")
            except FileNotFoundError:
                return

    def pieces(self, name: str, length: int | None = None) -> Iterator[bytes]:
        """The bytes of an object, or its first `length`, in pieces."""
        at = 0
        while (length is None or at < length) and (piece := self.read(name, at, _end(at, length))):
            yield piece
            at += len(piece)

    def digest(self, name: str, length: int | None = None) -> str:
        """SHA-256 of an object, or of its first `length` bytes, as hexadecimal digits."""
        digest = hashlib.sha256()
        for piece in self.pieces(name, length):
            digest.update(piece)
        return digest.hexdigest()

    def _require_bucket(self, files: Any, root: str) -> None:
        """An empty folder of a bucket is as good as none; a missing bucket is not."""
        if not files.exists(root.partition("/")[0] if not root.startswith("/") else root.rpartition("/")[0] or "/"):
            raise no_bucket(self.url)


def store_of(folder: Path) -> ObjectStore | None:
    """The store of the archive in `folder`; None: all its files lie in the folder. Raises as `store_url`."""
    url = store_url(folder)
    return ObjectStore(url) if url else None


def state_store(folder: Path, url: str) -> None:
    """Let the archive in `folder` state its store, once the store has answered. Raises as `store_url`."""
    if store_url(folder) is None or not (folder / FILE).exists():
        ObjectStore(checked_url(url)).states("-")  # of no file: whether it answers
    remember_store(folder, url)


def file_digest(path: Path, length: int | None = None) -> str:
    """SHA-256 of a local file, or of its first `length` bytes, as hexadecimal digits. Raises OSError."""
    digest, left = hashlib.sha256(), path.stat().st_size if length is None else length
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(left, 1 << 20))):
            left -= len(piece)
            digest.update(piece)
    return digest.hexdigest()


# By process: a client has a thread of its own, which a fork does not take along.
@lru_cache(maxsize=8)
def _opened(url: str, _process: int) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    from fsspec.core import url_to_fs  # noqa: PLC0415 - of an extra

    options: dict[str, Any] = {"use_listings_cache": False, "skip_instance_cache": True}
    if url.partition(":")[0] in ("s3", "s3a"):
        options["config_kwargs"] = _CLIENT
    files, root = url_to_fs(url, **options)
    return files, str(root).rstrip("/")


def _state(about: dict[str, Any]) -> ObjectState:
    modified = about.get("LastModified") or about.get("mtime") or about.get("created") or 0
    if isinstance(modified, datetime):
        modified = modified.replace(tzinfo=modified.tzinfo or UTC).timestamp()
    seconds = float(modified) if isinstance(modified, int | float) else 0.0
    return ObjectState(int(about["size"]), int(seconds * 1e9))


def _end(at: int, length: int | None) -> int:
    return at + PIECE if length is None else min(at + PIECE, length)
