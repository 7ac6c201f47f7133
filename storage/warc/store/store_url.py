"""The URL of the object store to which an archive's closed WARC files go, if any.

It is saved in the file `warc-store` of the archive's folder, so that it has to be given only once.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from storage.errors import ArchiveError, UsageError
from storage.files import replacement
from storage.messages import message

FILE = "warc-store"
VARIABLE = "WARRAQ_WARC_STORE"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")


def checked_url(text: str) -> str:
    """The URL of a store, without a slash at its end. Raises UsageError, whose message contains no password."""
    url = text.strip().rstrip("/")
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise UsageError(
            message("the URL of a store holds no credentials; give them as AWS_ACCESS_KEY_ID and the like")
        )
    if not _SCHEME.fullmatch(parts.scheme) or not (parts.netloc or parts.path) or parts.query or parts.fragment:
        raise UsageError(message("the store of WARC files is no URL of a bucket; write it as s3://BUCKET/FOLDER"))
    return url


def store_url(folder: Path) -> str | None:
    """The URL of the store of the archive in `folder`; None if all its files are in the folder.

    Raises UsageError if the saved URL and WARRAQ_WARC_STORE differ, ArchiveError if the file can't be read.
    """
    named = os.environ.get(VARIABLE, "").strip()
    stated = _stated(folder)
    if named and stated and checked_url(named) != stated:
        raise _other(folder, stated)
    return stated or (checked_url(named) if named else None)


def remember_store(folder: Path, url: str) -> None:
    """Save the store of the archive in `folder`. Raises UsageError if it has another one, and ArchiveError."""
    wanted, stated = checked_url(url), _stated(folder)
    if stated == wanted:
        return
    if stated is not None:
        raise _other(folder, stated)
    try:
        with replacement(folder / FILE) as out:
            out.write(f"{wanted}\n".encode())
    except OSError as error:
        raise ArchiveError(
            message("can't write {path}: {why}", path=folder / FILE, why=error.strerror or error)
        ) from error


def _stated(folder: Path) -> str | None:
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ArchiveError(message("can't read {path}: {why}", path=folder / FILE, why=error)) from error
    try:
        return checked_url(text)
    except UsageError as error:
        raise ArchiveError(message("{path}: {why}", path=folder / FILE, why=error)) from error


def _other(folder: Path, stated: str) -> UsageError:
    return UsageError(
        message(
            "the archive at {folder} keeps its WARC files in {stated}, as its file {name} states; for another store, "
            "copy them there first and write its URL into that file",
            folder=folder,
            stated=stated,
            name=FILE,
        )
    )
