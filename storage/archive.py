"""The archive: a folder of WARC files and a database of their contents. Crawls, imports and rebuilds save with it.

Bytes are saved before they are extracted; no version is ever lost. docs/architecture.md names the other writers.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine

from storage import removal
from storage.db import database
from storage.db.database import Result
from storage.db.database_url import archive_url
from storage.db.incomplete_copy import refuse_incomplete
from storage.db.schema import Row
from storage.errors import ArchiveError, TakenDown, WarraqError
from storage.files import make_writable
from storage.frontier import SiteFrontier
from storage.messages import words_of
from storage.records import Capture, Origin, Position, RunKind, RunStatus, Saved
from storage.revisits import Profile, SiteEdits
from storage.rows import revisit_state, runs
from storage.rows.revisit_state import RunRevisits, Settled
from storage.search import index
from storage.similar import copy_log
from storage.warc.file_names import FOLDER
from storage.warc.store.object_store import state_store
from storage.warc.writer import MAX_FILE_BYTES
from storage.writing import site_removal
from storage.writing.edit_filling import fill_edits_if_possible
from storage.writing.group_commit import Write, commit
from storage.writing.page_writes import PageWrites
from storage.writing.run_files import Append, RunFiles
from storage.writing.uploads import Uploads

_log = logging.getLogger("warraq.archive")
# Time limit at the end of a run for the classes of edits; the next run continues with the rest.
_SECONDS_FOR_EDITS = 5.0


class Archive:
    """An open archive. Only one thread may write with it; several processes may open the same archive.

    A method is one transaction unless stated otherwise, and raises ArchiveError when the disk or the database refuses.
    """

    def __init__(self, folder: Path, engine: Engine, warc_bytes: int = MAX_FILE_BYTES) -> None:
        """Use `Archive.open`."""
        self.folder = folder
        self.engine = engine
        self._uploads = Uploads(folder)
        self._files = RunFiles(folder, engine, warc_bytes, on_full=self._uploads.add)
        self.writes = PageWrites()

    @classmethod
    def open(
        cls,
        folder: Path,
        db_url: str | None = None,
        *,
        create: bool = True,
        warc_bytes: int = MAX_FILE_BYTES,
        warc_store: str | None = None,
    ) -> Self:
        """Open the archive in `folder`; create or upgrade it if necessary.

        db_url: of the tables, if they are not in the folder. create: whether to create a missing archive; otherwise
        NoArchive is raised. warc_bytes: size at which a WARC file is full. warc_store: URL of the store to which closed
        files are uploaded from now on; None: the archive's saved store, if any. Raises SchemaTooNew, UsageError for a
        store that differs from the saved one or whose client is not installed, and ArchiveError, which says what to do,
        when the folder can't be created or written, or the database is damaged, an incomplete copy or not reachable.
        """
        folder = Path(folder).absolute()
        engine = database.connect(archive_url(folder, db_url), folder=folder)
        if not create:
            database.require(engine)
        path = database.database_path(engine)
        for part in (folder, folder / FOLDER, folder / "locks", *([path.parent] if path else [])):
            make_writable(part)
        if warc_store is not None:
            state_store(folder, warc_store)
        prepared: list[int] = []
        try:
            place = database.place(engine)
            database.upgrade(engine, then=lambda connection: prepared.append(_prepare(connection, folder, place)))
            if any(prepared):
                removal.settle(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(folder, engine, warc_bytes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the runs' files and the database."""
        for run_id in {*self._files.open_runs, *self.writes.to_erase}:
            self.close_run(run_id)
        self._uploads.close()
        self.engine.dispose()

    @property
    def upload_error(self) -> WarraqError | None:
        """The error that prevented uploads of closed WARC files to the archive's store, or None. After `close`."""
        return self._uploads.error

    def add_site(
        self,
        name: str,
        home: str,
        title: str | None,
        country: str | None,
        timezone: str,
        *,
        revisits: Profile = "normal",
    ) -> None:
        """Insert a site, or update its changed fields. The parameters are those of crawler.site.Site."""
        row = {"home": home, "title": title, "country": country, "timezone": timezone, "revisits": revisits}
        self._write(lambda connection: runs.record_site(connection, name, row))
        self.writes.profiles[name] = revisits

    def start_run(self, site: str, *, now: datetime, kind: RunKind = "crawl") -> int:
        """Start a run and return its id. The caller holds the site's lock.

        Unfinished runs of the site are marked as killed. A torn end that a killed run left in its file is cut off, kept
        beside it and logged. Articles removed during an earlier crawl are erased. This takes several transactions.
        """
        self._files.mend_killed(site)
        self._erase(site, now)

        def write(connection: Connection) -> tuple[int, SiteEdits]:
            return runs.start(connection, site, kind=kind, now=now), runs.edits_of(connection, site, now=now)

        run_id, site_edits = self._write(write)
        self.writes.site_edits[run_id] = site_edits
        return run_id

    def note_requests(self, run_id: int, requests: int) -> None:
        """Do the work of `writes.noting_requests` in a separate transaction."""
        self._commit(self.writes.noting_requests(run_id, requests))

    def settle(self, run_id: int, *, now: datetime) -> Settled:
        """Decide about the pages that were missing in this run. Call it after all its pages were saved.

        Articles that are gone are marked and counted, except in an outage.
        """
        seen = self.writes.revisits.pop(run_id, RunRevisits())
        self.writes.site_edits.pop(run_id, None)

        def write(connection: Connection) -> Settled:
            settled = revisit_state.settle(connection, seen, now=now)
            runs.count(connection, run_id, gone=len(settled.gone))
            return settled

        return self._write(write) if seen.absent else Settled()

    def finish_run(
        self,
        run_id: int,
        *,
        status: RunStatus,
        now: datetime,
        requests: int,
        message: str | None = None,
        found: Row | None = None,
    ) -> None:
        """Finish a run, close its file, erase what was removed meanwhile, index what it saved; several transactions.

        If the archive has a store, uploads of the site's closed files begin; `close` waits for them.

        message: the reason for a status other than "done". found: the links of its listings and channels, as JSON; None
        if unknown.
        """
        self.close_run(run_id)
        self.settle(run_id, now=now)
        fields = {"status": status, "finished_at": now, "requests": requests, "message": message, "found": found}
        site = self._write(lambda connection: runs.finish(connection, run_id, fields))
        self._erase(site, now)
        self._uploads.add(site)
        index.catch_up_if_possible(self.engine, scrub=True)
        copy_log.catch_up_if_possible(self.engine)
        fill_edits_if_possible(self.engine, seconds=_SECONDS_FOR_EDITS)

    def close_run(self, run_id: int) -> None:
        """Close the run's WARC file, if it has one, and erase the records in it that are marked for erasure."""
        self._files.close(run_id)
        erasure = self.writes.to_erase.pop(run_id, None)
        if erasure is not None:
            self._erase(*erasure)

    def frontier(self, site: str, clock: Callable[[], datetime]) -> SiteFrontier:
        """The site's frontier. clock: returns the present time, aware."""
        return SiteFrontier(self.engine, site, clock)

    def append(self, capture: Capture, run_id: int, *, origin: Origin | None = None) -> Position:
        """Append a capture to the WARC file of its run's site and day, and sync it to disk.

        A payload that the page had before is not stored again: the record refers to the earlier capture then, as for a
        304 response. origin: the circumstances of the request, for a rebuild of the database. Raises TakenDown for a
        removed page; nothing is written then, and its URLs are no longer requested.
        """
        (answer,) = self.append_all([Append(capture, run_id, origin)])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def append_all(self, appends: Sequence[Append]) -> list[Position | ArchiveError | TakenDown]:
        """As `append`, for several captures of any runs, synced to disk together for each run. Errors are returned."""
        return self._files.append_all(appends)

    def commit_all(self, writes: Sequence[Write]) -> list[Any]:
        """Do the work of several writes in one transaction. Returns the answer of each, or its exception."""
        return commit(self.engine, writes)

    def save(self, *args: Any, **kwargs: Any) -> Saved | None:
        """Do the work of `writes.saving`, which has the same parameters, in a separate transaction."""
        saved: Saved | None = self._commit(self.writes.saving(*args, **kwargs))
        return saved

    def fail(self, *args: Any, **kwargs: Any) -> None:
        """Do the work of `writes.failing`, which has the same parameters, in a separate transaction."""
        self._commit(self.writes.failing(*args, **kwargs))

    def touch(self, *args: Any, **kwargs: Any) -> None:
        """Do the work of `writes.touching`, which has the same parameters, in a separate transaction."""
        self._commit(self.writes.touching(*args, **kwargs))

    def _erase(self, site: str, now: datetime) -> None:
        """Erase removed records from the files of a site that no process is writing."""
        try:
            removal.erase_site(self.engine, self.folder, site, now=now)
        except ArchiveError as error:  # the record stays marked for erasure, and `verify` reports the file
            _log.warning("%s", words_of(error))

    def _commit(self, write: Write) -> Any:
        (answer,) = self.commit_all([write])
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _write(self, write: Callable[[Connection], Result]) -> Result:
        return database.write(self.engine, write)


def _prepare(connection: Connection, folder: Path, place: str) -> int:
    """Apply the file of tombstones; return the number of removals. Raises ArchiveError for an incomplete copy."""
    refuse_incomplete(connection, place)
    now = datetime.now(UTC)
    return removal.apply_tombstones(connection, folder, now=now) + site_removal.apply_of_hosts(connection, now=now)
