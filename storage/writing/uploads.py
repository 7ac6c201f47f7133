"""Background uploads of closed WARC files: in a separate thread, one file after the other."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from storage.errors import ArchiveError, UsageError
from storage.messages import message
from storage.warc.store.store_url import store_url
from storage.warc.store.uploading import upload_closed

_log = logging.getLogger("warraq.archive")


class Uploads:
    """The uploads of an open archive. Does nothing without a store.

    error: the first error of the store, after which uploads stop. The files stay in the folder, and are uploaded when
    the archive is opened the next time.
    """

    def __init__(self, folder: Path) -> None:
        """folder: the archive's."""
        self._folder = folder
        self._thread: ThreadPoolExecutor | None = None
        self._waiting: dict[str, Future[None]] = {}  # uploads that have not begun, by site
        self.error: ArchiveError | UsageError | None = None

    def add(self, site: str) -> None:
        """Schedule the upload of the site's closed files."""
        if self.error is not None or not self._has_store():
            return
        self._thread = self._thread or ThreadPoolExecutor(1, "uploads")
        before = self._waiting.get(site)
        if before is None or not before.cancel():
            self._waiting.pop(site, None)
        self._waiting[site] = self._thread.submit(self._upload, site)

    def close(self) -> None:
        """Wait for all uploads."""
        if self._thread is not None:
            self._thread.shutdown()
            self._thread = None

    def _has_store(self) -> bool:
        try:
            return store_url(self._folder) is not None
        except (ArchiveError, UsageError) as error:
            self._refused(error)
            return False

    def _upload(self, site: str) -> None:
        if self.error is not None:
            return
        try:
            done = upload_closed(self._folder, site=site)
        except (ArchiveError, UsageError) as error:
            self._refused(error)
        else:
            for name, why in done.left.items():
                _log.info("%s was not uploaded: %s", name, why)

    def _refused(self, error: ArchiveError | UsageError) -> None:
        self.error = error
        _log.warning("%s", message("WARC files stay in {folder!s}: {error}", folder=self._folder, error=error))
