"""An object store, accessed with fsspec: list objects, read byte ranges, upload complete files.

An object has the name of its WARC file. Uploads are atomic: an object exists completely or not at all.
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

PIECE = 8 << 20  # maximum bytes of one request
# Settings of botocore. Its defaults wait for minutes for a server that does not answer.
_CLIENT = {"connect_timeout": 10, "read_timeout": 60, "retries": {"max_attempts": 3, "mode": "standard"}}


@dataclass(frozen=True, slots=True)
class ObjectState:
    """The metadata of an object. modified: nanoseconds since 1970."""

    st_size: int
    st_mtime_ns: int


@dataclass(frozen=True, slots=True)
class ObjectStore:
    """A folder of a bucket. Methods raise ArchiveError when the store refuses, FileNotFoundError for missing ones."""

    url: str

    def states(self, prefix: str = "") -> dict[str, ObjectState]:
        """The objects whose names begin with `prefix`, by name, without those in subfolders."""
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
        """The metadata of one object; None if it does not exist."""
        with store_errors(self.url):
            files, root = _opened(self.url, os.getpid())
            try:
                return _state(files.info(f"{root}/{name}"))
            except FileNotFoundError:
                return None

    def read(self, name: str, start: int, end: int) -> bytes:
        """Read the bytes from `start` to before `end`: fewer at the object's end, b"" behind it."""
        with store_errors(self.url):
            files, root = _opened(self.url, os.getpid())
            try:
                content: bytes = files.cat_file(f"{root}/{name}", start=start, end=end)
            except OSError as error:
                if isinstance(error, FileNotFoundError):
                    raise absent_object(self.url, name) from error
                if start < files.info(f"{root}/{name}")["size"]:
                    raise
                return b""  # stores refuse a range behind the end
            return content

    def put(self, path: Path, name: str, digest: str) -> None:
        """Upload a file, and read it back. digest: SHA-256 of the file. Raises ArchiveError if the object differs."""
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
        """Read an object, or its first `length` bytes, in pieces."""
        at = 0
        while (length is None or at < length) and (piece := self.read(name, at, _end(at, length))):
            yield piece
            at += len(piece)

    def digest(self, name: str, length: int | None = None) -> str:
        """SHA-256 of an object, or of its first `length` bytes, in hex."""
        digest = hashlib.sha256()
        for piece in self.pieces(name, length):
            digest.update(piece)
        return digest.hexdigest()

    def _require_bucket(self, files: Any, root: str) -> None:
        """Raise ArchiveError if the bucket is missing. A missing folder in it is no error."""
        if not files.exists(root.partition("/")[0] if not root.startswith("/") else root.rpartition("/")[0] or "/"):
            raise no_bucket(self.url)


def store_of(folder: Path) -> ObjectStore | None:
    """The store of the archive in `folder`; None if all its files are in the folder. Raises as `store_url`."""
    url = store_url(folder)
    return ObjectStore(url) if url else None


def state_store(folder: Path, url: str) -> None:
    """Set the store of the archive in `folder`, after a test request to it. Raises as `store_url`."""
    if store_url(folder) is None or not (folder / FILE).exists():
        ObjectStore(checked_url(url)).states("-")  # matches no file: tests whether the store answers
    remember_store(folder, url)


def file_digest(path: Path, length: int | None = None) -> str:
    """SHA-256 of a local file, or of its first `length` bytes, in hex. Raises OSError."""
    digest, left = hashlib.sha256(), path.stat().st_size if length is None else length
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(left, 1 << 20))):
            left -= len(piece)
            digest.update(piece)
    return digest.hexdigest()


# By process: a client has its own thread, which a fork does not copy.
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
