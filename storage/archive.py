"""The archive's only writer: it keeps bytes first, then meaning, and never forgets a version."""

import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from storage import removal
from storage.db import database
from storage.db.database import Result, insert_into, read_transaction
from storage.db.incomplete_copy import refuse_incomplete
from storage.db.schema import Row, sites
from storage.errors import ArchiveError, TakenDown
from storage.faults import reach
from storage.records import (
    Article,
    Capture,
    Channel,
    Discovery,
    Endpoint,
    Found,
    Kind,
    Origin,
    Position,
    Reason,
    RunStatus,
    Saved,
)
from storage.revisits import Profile
from storage.rows import captures, discoveries, endpoints, pages, profiles, revisit_state, runs
from storage.rows.articles import known_article
from storage.rows.discoveries import Share
from storage.rows.revisit_state import Noted, Settled, Visits
from storage.saving import SavedPage, save_page
from storage.search import index
from storage.warc.torn_files import cut_torn_end
from storage.warc.writer import FOLDER, WarcWriter, payload_digest

_log = logging.getLogger("warraq.archive")


class Archive:
    """A folder of WARC files and the database of what they hold. For one thread; many processes may have one.

    Every method is one transaction, and raises ArchiveError when the disk or the database refuses.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        """Use `Archive.open`."""
        self.folder = folder
        self.engine = engine
        self._writers: dict[int, WarcWriter] = {}
        self._visits: dict[int, Visits] = {}
        self._profiles: dict[str, Profile] = {}
        # Runs whose file holds what was taken down, to be erased when nobody writes it any more.
        self._unwanted: dict[int, tuple[str, datetime]] = {}

    @classmethod
    def open(cls, folder: Path, db_url: str | None = None, *, create: bool = True) -> Self:
        """Open the archive in `folder`, making or upgrading it if need be.

        db_url: where the tables are, when not in the folder. create: whether to make an archive where none is;
        else NoArchive is raised. Raises ArchiveError with what to do when the folder
        can't be made or written, the database is damaged, an unfinished copy or not reachable; SchemaTooNew.
        """
        folder = Path(folder).absolute()
        engine = database.connect(database.archive_url(folder, db_url))
        if not create:
            database.require(engine)
        path = database.database_path(engine)
        for part in (folder, folder / "warc", folder / "locks", *([path.parent] if path else [])):
            _make_folder(part)
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

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the runs' files and the database."""
        for run_id in {*self._writers, *self._unwanted}:
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
        """Write down a site, or what has changed of it. As crawler.site.Site has them."""

        def write(connection: Connection) -> None:
            row = {"home": home, "title": title, "country": country, "timezone": timezone, "revisits": revisits}
            statement = insert_into(connection, sites).values(name=name, **row)
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=row))

        self._write(write)
        self._profiles[name] = revisits

    def start_run(self, site: str, *, now: datetime) -> int:
        """A new run's id. The caller holds the site's lock: runs of it that never ended are marked as killed.

        Where a killed run left a torn end in its file, that is cut off, kept aside and logged; what was taken down
        while the site was being crawled is erased.
        """
        with read_transaction(self.engine) as connection:
            killed = runs.unfinished(connection, site)
        for name in killed:
            for path in (self.folder / FOLDER).glob(f"{name}*.warc.gz"):
                torn = cut_torn_end(path)
                if torn is not None:
                    _log.warning("%s", torn)
        self._erase(site, now)
        return self._write(lambda connection: runs.start(connection, site, now=now))

    def settle(self, run_id: int, *, now: datetime) -> Settled:
        """Decide what the pages mean that were missing in this run: call it when all its pages were saved.

        Articles that are gone are marked and counted; in an outage none is.
        """
        seen = self._visits.pop(run_id, Visits())

        def write(connection: Connection) -> Settled:
            settled = revisit_state.settle(connection, seen, now=now)
            runs.count(connection, run_id, gone=len(settled.gone))
            return settled

        return self._write(write) if seen.missing else Settled()

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
        """End a run, close its file, and erase what was taken down meanwhile. message: why, where it is not "done".

        found: what its listings and channels named, as JSON takes it; None: not known.
        """
        self.close_run(run_id)
        self.settle(run_id, now=now)

        def write(connection: Connection) -> str:
            runs.finish(connection, run_id, status=status, now=now, requests=requests, message=message, found=found)
            return runs.about(connection, run_id)[0]

        self._erase(self._write(write), now)

    def close_run(self, run_id: int) -> None:
        """Close the run's WARC file; nothing happens if there is none."""
        writer = self._writers.pop(run_id, None)
        if writer is not None:
            writer.close()
        unwanted = self._unwanted.pop(run_id, None)
        if unwanted is not None:
            self._erase(*unwanted)

    def append(self, capture: Capture, run_id: int, *, origin: Origin | None = None) -> Position:
        """Keep the bytes; on return the disk has them. The run's file is made when the first capture comes.

        A payload that the page had before is kept once: what is written then refers to the earlier capture, as
        does an answer of 304. origin: how the capture came about, for whoever rebuilds the database. Raises
        TakenDown, having kept nothing, for a page that was taken down; its addresses are asked for no more.
        """
        holder = None
        try:
            with read_transaction(self.engine) as connection:
                removal.refuse_taken_down(connection, capture)
                if run_id not in self._writers:
                    site, started_at, about = runs.about(connection, run_id)
                    self._writers[run_id] = WarcWriter(self.folder, site, run_id, started_at, about)
                if capture.status == 304:
                    holder = captures.holder(connection, capture.url, digest=None)
                elif capture.body:
                    holder = captures.holder(connection, capture.url, digest=payload_digest(capture.body))
        except TakenDown:
            self._write(lambda connection: removal.block(connection, capture, now=capture.fetched_at))
            raise
        return self._writers[run_id].append(capture, origin=origin, holder=holder)

    def save(
        self,
        capture: Capture,
        position: Position,
        *,
        run_id: int,
        kind: Kind,
        article: Article | None = None,
        reason: Reason | None = None,
        found: Sequence[Found] = (),
        now: datetime,
        late: bool = False,
    ) -> Saved | None:
        """Keep what a capture means, in one transaction: its article, its page, and the pages that it names.

        position: where `append` put it. kind: of the page; only one of kind "article" has an article. reason: why it
        has none. Saving the same position again adds nothing. An article is new, changed (headline or text) or the
        same; an older capture never replaces a newer one's text, it only adds to the history. Returns None when no
        article was kept. What a page means that has lost its article, `settle` decides. late: the capture is no
        news; where its page has answered since, its state stays.
        What was taken down is not kept, and the bytes that show it are erased when the run's file is closed.
        """
        reach("save-before")

        def write(connection: Connection) -> tuple[Saved | None, Noted]:
            unwanted, named = removal.shows_taken_down(connection, capture, article, found)
            why = Reason.REMOVED if unwanted else reason
            capture_id = captures.insert_capture(connection, capture, position, run_id=run_id, reason=why)
            if capture_id is None:
                return known_article(connection, article), Noted()
            if unwanted:
                removal.mark_for_erasure(connection, position, capture.site, now=now)
                removal.block(connection, capture, now=now)
                self._unwanted[run_id] = (capture.site, now)
                runs.count(connection, run_id, pages=1, reason=why)
                return None, Noted(any_answer=True)
            if article is not None and capture.site not in self._profiles:
                self._profiles[capture.site] = revisit_state.profile_of(connection, capture.site)
            profile = self._profiles.get(capture.site, "normal")
            page = SavedPage(capture, position, capture_id, kind, reason, named, profile)
            done = save_page(connection, page, article, run_id=run_id, now=now, late=late)
            reach("save-commit")
            return done

        saved, noted = self._write(write)
        self._visits.setdefault(run_id, Visits()).add(noted)
        reach("save-after")
        return saved

    def fail(
        self,
        url: str,
        *,
        site: str,
        kind: Kind,
        reason: Reason,
        run_id: int,
        now: datetime,
        retry: bool,
    ) -> None:
        """Write down that a page gave no response. retry: leave it pending, until it has failed three times."""

        def write(connection: Connection) -> Noted:
            pages.record_failure(connection, url, site=site, kind=kind, reason=reason, now=now, retry=retry)
            runs.count(connection, run_id, reason=reason)
            return revisit_state.note_silence(connection, url, now=now)

        self._visits.setdefault(run_id, Visits()).add(self._write(write))

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
        """Write down that a page answered 304: it, and its article if it has one, were seen unchanged.

        capture, position: the answer, and where `append` put it; the same position again adds nothing. late: as
        for `save`.
        """

        def write(connection: Connection) -> Noted:
            capture_id = None
            if capture is not None and position is not None:
                capture_id = captures.insert_capture(connection, capture, position, run_id=run_id, reason=None)
                if capture_id is None or (late and pages.is_older(connection, capture)):
                    return Noted()
            seen = pages.record_unchanged(connection, url, now=now)
            if seen is None:
                return Noted(any_answer=True)
            if seen.returned:
                revisit_state.note_return(connection, seen.article_id, at=now, capture_id=capture_id)
            revisit_state.plan_next(connection, url, now=now)
            runs.count(connection, run_id, same=1)
            return Noted(answered=1, any_answer=True)

        self._visits.setdefault(run_id, Visits()).add(self._write(write))

    def unknown(self, site: str, urls: Iterable[str], *, now: datetime | None = None) -> list[str]:
        """Those of the URLs that no page stands for yet, in their order, without repeats.

        now: counts those in, too, that were given up and are worth another try by then.
        """
        with read_transaction(self.engine) as connection:
            return pages.unknown(connection, site, urls, now=now)

    def pending(self, site: str, limit: int | None = None) -> list[Found]:
        """Pages of the site that were found and not fetched, oldest first."""
        with read_transaction(self.engine) as connection:
            return pages.pending(connection, site, limit)

    def enqueue(self, site: str, found: Sequence[Found], *, now: datetime) -> None:
        """Make pages of these pending, before any is fetched: the articles that are not known, and all listings."""

        def write(connection: Connection) -> None:
            pages.add_found(connection, site, removal.not_taken_down(connection, found), now=now)

        self._write(write)

    def due(self, site: str, *, now: datetime, limit: int) -> list[str]:
        """URLs of the site's articles whose next visit has come, longest overdue first."""
        with read_transaction(self.engine) as connection:
            return revisit_state.due(connection, site, now=now, limit=limit)

    def edited(self, times: Mapping[str, datetime]) -> list[str]:
        """Of known pages, given with when each last changed, those that were fetched before that; in their order."""
        with read_transaction(self.engine) as connection:
            return discoveries.edited(connection, times)

    def mark_due(self, times: Mapping[str, datetime]) -> list[str]:
        """Make the articles of these pages due at once, given when each changed; those that are no article's."""
        return self._write(lambda connection: revisit_state.mark_due(connection, times)) if times else []

    def record_discoveries(self, site: str, channel: Channel, seen: Iterable[Discovery], *, now: datetime) -> None:
        """Note which articles a channel names."""
        self._write(lambda connection: discoveries.add(connection, site, channel, seen, now=now))

    def shares(self, run_id: int, reach: Mapping[Channel, datetime | None]) -> dict[Channel, Share]:
        """What each channel did for the run's new articles. reach: as storage.rows.discoveries.shares has it."""
        with read_transaction(self.engine) as connection:
            return discoveries.shares(connection, run_id, reach)

    def oldest(self, urls: Iterable[str]) -> datetime | None:
        """The earliest publication date of those articles; None when none is known."""
        with read_transaction(self.engine) as connection:
            return discoveries.oldest(connection, urls)

    def endpoints(self, site: str) -> list[Endpoint]:
        """The addresses of the site's channels that were ever asked."""
        with read_transaction(self.engine) as connection:
            return endpoints.known(connection, site)

    def record_endpoints(self, site: str, tried: Iterable[Endpoint]) -> None:
        """Write down how the doors of a run fared."""
        self._write(lambda connection: endpoints.record(connection, site, tried))

    def learned(self, site: str) -> frozenset[str]:
        """The lines that the site is known to print around its articles, folded."""
        with read_transaction(self.engine) as connection:
            return profiles.known(connection, site).get(site, frozenset())

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """(ETag, Last-Modified) of the page's last good response, for a conditional request."""
        with read_transaction(self.engine) as connection:
            return pages.validators(connection, url)

    def _erase(self, site: str, now: datetime) -> None:
        """Erase what was taken down in the files of a site that nobody is writing."""
        with read_transaction(self.engine) as connection:
            if not removal.is_noted(connection, site):
                return
        try:
            removal.erase_noted(self.engine, self.folder, now=now, may_write=lambda name: name == site)
        except ArchiveError as error:  # it is out of sight, and noted; the file is `verify`'s to tell of
            _log.warning("%s", error)

    def _write(self, write: Callable[[Connection], Result]) -> Result:
        return database.write(self.engine, write)


def _prepare(connection: Connection, folder: Path, place: str) -> int:
    """What an archive needs beside its tables; how much was taken down as the file of tombstones says.

    Raises ArchiveError for an unfinished copy.
    """
    refuse_incomplete(connection, place)
    index.ensure(connection)
    return removal.apply_tombstones(connection, folder, now=datetime.now(UTC))


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"can't make {folder}: {error.strerror}. Name a folder that can be written with --archive"
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ArchiveError(f"can't write to {folder}: check who owns it and whether its disk is read-only")
