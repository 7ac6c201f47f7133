"""The archive: a folder of WARC files and the database of what they hold. Crawls, imports and rebuilds save through it.

Bytes are kept first, then what they mean; no version is ever lost. docs/architecture.md names the other writers.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from storage import removal
from storage.db import database
from storage.db.database import Result, read_transaction
from storage.db.database_url import archive_url
from storage.db.incomplete_copy import refuse_incomplete
from storage.db.schema import Row
from storage.errors import ArchiveError, TakenDown
from storage.files import make_writable
from storage.frontier import SiteFrontier
from storage.records import Article, Capture, Found, Kind, Origin, Position, Reason, RunStatus, Saved
from storage.revisits import Profile
from storage.rows import captures, pages, revisit_state, runs, tombstones
from storage.rows.prepared import PreparedArticle, PreparedCapture, PreparedPage, prepare_links
from storage.rows.revisit_state import PageResult, RunRevisits, Settled
from storage.saving import Listed, PageSaved, save_page, save_unchanged
from storage.search import index
from storage.urls import url_key
from storage.warc.faults import reach
from storage.warc.record_format import payload_digest
from storage.warc.torn_files import cut_torn_end
from storage.warc.writer import FOLDER, WarcWriter

_log = logging.getLogger("warraq.archive")


class Archive:
    """An open archive, for one thread; many processes may have it open.

    A method is one transaction unless it says otherwise. It raises ArchiveError when the disk or the database refuses.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        """Use `Archive.open`."""
        self.folder = folder
        self.engine = engine
        self._writers: dict[int, WarcWriter] = {}
        self._revisits: dict[int, RunRevisits] = {}
        self._profiles: dict[str, Profile] = {}
        self._to_erase: dict[int, tuple[str, datetime]] = {}  # site and time, by run whose file holds removed bytes

    @classmethod
    def open(cls, folder: Path, db_url: str | None = None, *, create: bool = True) -> Self:
        """Open the archive in `folder`; create or upgrade it if necessary.

        db_url: where the tables are, if not in the folder. create: whether to create a missing archive; otherwise
        NoArchive is raised. Raises SchemaTooNew, and ArchiveError, which says what to do, when the folder can't be
        created or written, or the database is damaged, an incomplete copy or not reachable.
        """
        folder = Path(folder).absolute()
        engine = database.connect(archive_url(folder, db_url))
        if not create:
            database.require(engine)
        path = database.database_path(engine)
        for part in (folder, folder / "warc", folder / "locks", *([path.parent] if path else [])):
            make_writable(part)
        prepared: list[int] = []
        try:
            place = database.place(engine)
            database.upgrade(engine, then=lambda connection: prepared.append(_prepare(connection, folder, place)))
            if any(prepared):
                removal.settle(engine)
        except BaseException:
            engine.dispose()
            raise
        return cls(folder, engine)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the runs' files and the database."""
        for run_id in {*self._writers, *self._to_erase}:
            self.close_run(run_id)
        self.engine.dispose()

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
        """Record a site, or its changed fields. The parameters are those of crawler.site.Site."""
        row = {"home": home, "title": title, "country": country, "timezone": timezone, "revisits": revisits}
        self._write(lambda connection: runs.record_site(connection, name, row))
        self._profiles[name] = revisits

    def start_run(self, site: str, *, now: datetime) -> int:
        """Start a run and return its id. The caller holds the site's lock.

        Runs of the site that never ended are marked as killed. A torn end that a killed run left in its file is cut
        off, kept beside it and logged. What was removed while the site was being crawled is erased. This takes several
        transactions.
        """
        with read_transaction(self.engine) as connection:
            killed = runs.killed_run_stems(connection, site)
        for path in (path for name in killed for path in (self.folder / FOLDER).glob(f"{name}*.warc.gz")):
            torn = cut_torn_end(path)
            if torn is not None:
                _log.warning("%s", torn)
        self._erase(site, now)
        return self._write(lambda connection: runs.start(connection, site, now=now))

    def settle(self, run_id: int, *, now: datetime) -> Settled:
        """Decide what the pages mean that were missing in this run. Call it when all its pages were saved.

        Articles that are gone are marked and counted; in an outage none is.
        """
        seen = self._revisits.pop(run_id, RunRevisits())

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
        """End a run, close its file, and erase what was removed meanwhile; several transactions.

        message: the reason for a status other than "done". found: what its listings and channels named, as JSON; None
        when it is not known.
        """
        self.close_run(run_id)
        self.settle(run_id, now=now)
        fields = {"status": status, "finished_at": now, "requests": requests, "message": message, "found": found}
        self._erase(self._write(lambda connection: runs.finish(connection, run_id, fields)), now)

    def close_run(self, run_id: int) -> None:
        """Close the run's WARC file, if it has one, and erase what is to be erased in it."""
        writer = self._writers.pop(run_id, None)
        if writer is not None:
            writer.close()
        erasure = self._to_erase.pop(run_id, None)
        if erasure is not None:
            self._erase(*erasure)

    def frontier(self, site: str, clock: Callable[[], datetime]) -> SiteFrontier:
        """The site's frontier, in this archive. clock: gives the present time, aware."""
        return SiteFrontier(self.engine, site, clock)

    def append(self, capture: Capture, run_id: int, *, origin: Origin | None = None) -> Position:
        """Write a capture to the run's WARC file; on return the disk has it. The first capture creates the file.

        A payload that the page had before is stored once: the record then refers to the earlier capture, as does an
        answer of 304. origin: how the capture came about, for a rebuild of the database. Raises TakenDown, having
        written nothing, for a page that was removed; its URLs are requested no more.
        """
        captured, digest, holder = PreparedCapture.of(capture), None, None
        with read_transaction(self.engine) as connection:
            removed = bool(tombstones.among(connection, captured.urls))
            if not removed and run_id not in self._writers:
                site, started_at, about = runs.about(connection, run_id)
                self._writers[run_id] = WarcWriter(self.folder, site, run_id, started_at, about)
            if not removed and (capture.status == 304 or capture.body):
                digest = payload_digest(capture.body) if capture.status != 304 else None
                holder = captures.holder(connection, captured.key, digest=digest)
        if removed:
            self._write(lambda connection: removal.block(connection, captured, now=capture.fetched_at))
            raise TakenDown(f"{capture.url} was taken down from this archive; nothing of it is kept")
        return self._writers[run_id].append(capture, origin=origin, holder=holder, digest=digest)

    def save(
        self,
        capture: Capture,
        position: Position,
        *,
        run_id: int,
        kind: Kind,
        article: Article | None = None,
        reason: Reason | None = None,
        parts: Sequence[tuple[Capture, Position]] = (),
        partial: bool = False,
        found: Sequence[Found] = (),
        listed: Listed | None = None,
        now: datetime,
        late: bool = False,
    ) -> Saved | None:
        """Save what a capture means: its article, its page, and the pages that it links to.

        position: where `append` put it. kind: of the page; only one of kind "article" has an article. reason: why it
        has none. parts: the article's further pages, in order. partial: some of them are missing.
        found: pages that it links to. listed: the articles that it names as part of a channel. late: the
        capture is old; where its page has answered since, the state of the page stays.

        Returns None when no article was kept. Saving the same position again adds nothing. An article is new, changed
        (headline or text) or the same; an older capture never replaces a newer text, it only adds to the history. For
        a page that lost its article, see `settle`. What was removed is not kept, and the bytes that show it are erased
        when the run's file is closed.
        """
        prepared = PreparedArticle.of(article, partial=partial) if article is not None else None
        captured = PreparedCapture.of(capture)
        further = tuple((PreparedCapture.of(part), at) for part, at in parts)
        page = PreparedPage(captured, position, kind, reason, prepared, prepare_links(found), further)
        reach("save-before")

        def write(connection: Connection) -> PageSaved:
            if article is not None and capture.site not in self._profiles:
                self._profiles[capture.site] = revisit_state.profile_of(connection, capture.site)
            profile = self._profiles.get(capture.site, "normal")
            done = save_page(connection, page, run_id=run_id, profile=profile, listed=listed, now=now, late=late)
            reach("save-commit")
            return done

        done = self._write(write)
        if done.removed:
            self._to_erase[run_id] = (capture.site, now)
        self._count(run_id, done.result)
        reach("save-after")
        return done.saved

    def fail(self, url: str, *, site: str, kind: Kind, reason: Reason, run_id: int, now: datetime, retry: bool) -> None:
        """Record that a page gave no response. retry: keep it pending until it has failed three times."""
        key = url_key(url)

        def write(connection: Connection) -> PageResult:
            pages.record_failure(connection, key, url, site=site, kind=kind, reason=reason, now=now, retry=retry)
            runs.count(connection, run_id, reason=reason)
            return revisit_state.note_silence(connection, key, now=now)

        self._count(run_id, self._write(write))

    def touch(
        self,
        url: str,
        *,
        run_id: int,
        now: datetime,
        capture: Capture | None = None,
        position: Position | None = None,
        late: bool = False,
    ) -> None:
        """Record that a page answered 304: it, and its article if it has one, were seen unchanged.

        capture, position: the answer, and where `append` put it; the same position again adds nothing. late: as for
        `save`.
        """
        key, answer = url_key(url), None
        if capture is not None and position is not None:
            answer = (PreparedCapture.of(capture), position)
        result = self._write(lambda each: save_unchanged(each, key, answer, run_id=run_id, now=now, late=late))
        self._count(run_id, result)

    def _count(self, run_id: int, result: PageResult) -> None:
        self._revisits.setdefault(run_id, RunRevisits()).add(result)

    def _erase(self, site: str, now: datetime) -> None:
        """Erase what was removed from the files of a site that nobody is writing."""
        try:
            removal.erase_site(self.engine, self.folder, site, now=now)
        except ArchiveError as error:  # the erasure stays noted, and `verify` reports the file
            _log.warning("%s", error)

    def _write(self, write: Callable[[Connection], Result]) -> Result:
        return database.write(self.engine, write)


def _prepare(connection: Connection, folder: Path, place: str) -> int:
    """Create the index and apply the file of tombstones; how many were removed. ArchiveError for a partial copy."""
    refuse_incomplete(connection, place)
    index.ensure(connection)
    return removal.apply_tombstones(connection, folder, now=datetime.now(UTC))
