"""Uploads: closed WARC files are moved from the archive's folder to its store.

A local file is deleted only after the store returned all of its bytes. After an earlier kill the local file remains
and is used; the next upload continues, since an object that equals the file or its beginning is known to be a copy.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from storage.errors import AlreadyRunning, ArchiveError
from storage.files import lock, sync_folder
from storage.messages import message
from storage.warc.faults import reach
from storage.warc.file_names import FOLDER, site_in
from storage.warc.files_lock import files_move
from storage.warc.gzip_members import complete_length
from storage.warc.store.object_store import ObjectStore, file_digest, store_of
from storage.warc.store.stored_file import StoredFile, local_files


@dataclass(slots=True)
class Uploaded:
    """files, length: number and total bytes of uploaded files. left: reasons for files not uploaded, by name."""

    files: int = 0
    length: int = 0
    left: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {"files": self.files, "bytes": self.length, "left": self.left}


def upload_closed(
    folder: Path, *, site: str | None = None, on_progress: Callable[[int, int], None] | None = None
) -> Uploaded:
    """Upload the WARC files of the archive in `folder` that no process is writing. Does nothing without a store.

    site: only its files; None: all. Torn or damaged files are left. on_progress: called with the bytes done and their
    total. Raises ArchiveError when the store or the disk refuses; the remaining files are unchanged.
    """
    done, store = Uploaded(), store_of(folder)
    paths = [path for path in local_files(folder) if site is None or site_in(path.name) == site] if store else []
    total = sum(path.stat().st_size for path in paths) if on_progress else 0
    at = 0
    for path in paths if store else ():
        try:
            with path.open("r+b", buffering=0) as file:
                size = os.fstat(file.fileno()).st_size
                why = _refused(file, path, size)
                if why is None and store is not None:
                    why = _upload(store, folder, path, size)
        except FileNotFoundError:  # uploaded by another process meanwhile
            continue
        except OSError as error:
            raise ArchiveError(message("can't read {path}: {why}", path=path, why=error.strerror or error)) from error
        at += size
        if why is None:
            done.files, done.length = done.files + 1, done.length + size
        else:
            done.left[f"{FOLDER}/{path.name}"] = why
        if on_progress is not None:
            on_progress(at, total)
    return done


def store_copy(folder: Path, path: Path) -> None:
    """Copy a complete file to the store, if the archive has one. Raises as `upload_closed`."""
    store = store_of(folder)
    if store is not None and _sent(store, path, file_digest(path)) is not None:
        raise _other_file(store, path)


def _other_file(store: ObjectStore, path: Path) -> ArchiveError:
    return ArchiveError(
        message(
            "{url}/{name} is another file than {path}: see `warraq verify`", url=store.url, name=path.name, path=path
        )
    )


def sole_copy(folder: Path, path: Path) -> Path:
    """Make sure that a file has no second copy before bytes of it are erased; return its path.

    If both a local file and its object exist, for example after an upload was killed, the object is deleted; the next
    upload stores it again. Raises ArchiveError if the object has other contents.
    """
    store = store_of(folder) if not isinstance(path, StoredFile) and path.exists() else None
    state = store.state(path.name) if store is not None else None
    if store is not None and state is not None:
        if not _is_beginning(store, path, state.st_size):
            raise _other_file(store, path)
        store.delete(path.name)
    return path


def _refused(file: IO[bytes], path: Path, size: int) -> str | None:
    """Lock the file; return why it can't be uploaded now, or None."""
    if not lock(file) or path.stat().st_ino != os.fstat(file.fileno()).st_ino:
        return message("it is being written")
    if complete_length(path) != size:
        return message("its end is torn, or it is damaged: see `warraq verify`")
    return None


def _upload(store: ObjectStore, folder: Path, path: Path, size: int) -> str | None:
    """Upload and delete a file; return why it was left, or None."""
    why = _sent(store, path, file_digest(path))
    if why is not None:
        return why
    reach("upload-verified")
    try:
        with files_move(folder, wait_s=0.0):
            path.unlink()
            reach("upload-deleted")
            sync_folder(path.parent)
    except AlreadyRunning:
        return message(
            "the archive is being verified or backed up: it is in the store, and stays here until the next upload"
        )
    return None


def _sent(store: ObjectStore, path: Path, digest: str) -> str | None:
    """Upload the file unless the store has it; return why not, or None."""
    reach("upload-before")
    state = store.state(path.name)
    if state is not None and not _is_beginning(store, path, state.st_size):
        return message("{url!s} has another file of this name: it stays here, see docs/warc-store.md", url=store.url)
    if state is None or state.st_size != path.stat().st_size:
        store.put(path, path.name, digest)
        reach("upload-stored")
    return None


def _is_beginning(store: ObjectStore, path: Path, length: int) -> bool:
    """Whether the object with the file's name equals the file or its beginning. length: of the object."""
    return length <= path.stat().st_size and store.digest(path.name) == file_digest(path, length)
