"""The archive's only writer: it keeps bytes first, then meaning, and never forgets a version."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from sqlite3 import SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import DBAPIError

from storage import database, pages, runs, search_index, visits
from storage.articles import known_articles, write_articles
from storage.captures import insert_capture
from storage.database import insert_into, reading, writing
from storage.errors import ArchiveError
from storage.records import Article, Capture, Found, Kind, Position, Reason, RunStatus, Saved
from storage.schema import runs as runs_table
from storage.schema import sites
from storage.urls import url_key
from storage.warc import WarcWriter

Result = TypeVar("Result")


class Archive:
    """A folder of WARC files and the database of what they hold. For one thread; many processes may have one.

    Every method is one transaction, and raises ArchiveError when the disk or the database refuses.
    """

    def __init__(self, folder: Path, engine: Engine) -> None:
        """Use `Archive.open`."""
        self.folder = folder
        self.engine = engine
        self._writers: dict[int, WarcWriter] = {}

    @classmethod
    def open(cls, folder: Path, db_url: str | None = None, *, create: bool = True) -> Self:
        """Open the archive in `folder`, making or upgrading it if need be.

        db_url: where the tables are, when not in the folder. create: whether to make an archive where none is;
        else NoArchive is raised. Raises ArchiveError with what to do when the folder
        can't be made or written, the database is damaged or not reachable; SchemaTooNew.
        """
        folder = Path(folder).absolute()
        engine = database.connect(database.archive_url(folder, db_url))
        if not create:
            database.require(engine)
        path = database.database_path(engine)
        for part in (folder, folder / "warc", folder / "locks", *([path.parent] if path else [])):
            _make_folder(part)
        try:
            database.upgrade(engine, then=search_index.ensure)
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
        for run_id in list(self._writers):
            self.close_run(run_id)
        self.engine.dispose()

    def add_site(self, name: str, home: str, title: str | None, country: str | None, timezone: str) -> None:
        """Write down a site, or what has changed of it. As crawler.site.Site has them."""

        def write(connection: Connection) -> None:
            row = {"home": home, "title": title, "country": country, "timezone": timezone}
            statement = insert_into(connection, sites).values(name=name, **row)
            connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=row))

        self._write(write)

    def start_run(self, site: str, *, now: datetime) -> int:
        """A new run's id. The caller holds the site's lock: runs of it that never ended are marked as killed."""
        return self._write(lambda connection: runs.start(connection, site, now=now))

    def finish_run(
        self, run_id: int, *, status: RunStatus, now: datetime, requests: int, message: str | None = None
    ) -> None:
        """End a run and close its file. message: why, where the status is not "done"."""
        self.close_run(run_id)
        self._write(
            lambda connection: runs.finish(
                connection, run_id, status=status, now=now, requests=requests, message=message
            )
        )

    def close_run(self, run_id: int) -> None:
        """Close the run's WARC file; nothing happens if there is none."""
        writer = self._writers.pop(run_id, None)
        if writer is not None:
            writer.close()

    def append(self, capture: Capture, run_id: int) -> Position:
        """Keep the bytes; on return the disk has them. The run's file is made when the first capture comes."""
        if run_id not in self._writers:
            with reading(self.engine) as connection:
                columns = select(runs_table.c.site, runs_table.c.started_at)
                site, started_at = connection.execute(columns.where(runs_table.c.id == run_id)).one()
            self._writers[run_id] = WarcWriter(self.folder, site, run_id, started_at)
        return self._writers[run_id].append(capture)

    def save(
        self,
        capture: Capture,
        position: Position,
        *,
        run_id: int,
        kind: Kind,
        articles: Iterable[Article] = (),
        reason: Reason | None = None,
        found: Sequence[Found] = (),
        now: datetime,
    ) -> list[Saved]:
        """Keep what a capture means, in one transaction: its articles, its page, and the pages that it names.

        position: where `append` put it. kind: of the page. reason: why it gave no article. Saving the same
        position again adds nothing. An article is new, changed (headline or text), the same, or gone (its page
        answers 410, or 404 for the third time); an older capture never replaces a newer one's text, it only
        adds to the history.
        """
        read = tuple(articles)

        def write(connection: Connection) -> list[Saved]:
            capture_id = insert_capture(connection, capture, position, run_id=run_id, reason=reason)
            if capture_id is None:
                return known_articles(connection, read)
            saved = write_articles(connection, read, capture_id=capture_id, seen_at=capture.fetched_at)
            own = saved[0].article_id if kind == "article" and len(saved) == 1 else None
            plans = {url_key(each.url): visits.first_plan(each, capture.fetched_at, now=now) for each in saved}
            others = {url_key(each.url): each for each in saved}
            visit = None
            if own is not None:
                ((_, visit),) = plans.items()
                plans = {}
                others.pop(url_key(capture.url), None)
            pages.record_response(
                connection, capture, position, kind=kind, reason=reason, article_id=own, next_visit_at=visit, now=now
            )
            pages.record_articles(connection, capture.site, others, plans, fetched_at=capture.fetched_at)
            pages.add_found(connection, capture.site, found, now=now)
            if own is not None and visit is None:
                visits.plan_next(connection, capture.url, now=now)
            elif kind == "article" and reason is Reason.NOT_FOUND:
                gone = visits.record_not_found(connection, capture, now=now)
                saved += [gone] if gone else []
            outcomes = [each.outcome for each in saved]
            runs.count(
                connection,
                run_id,
                pages=1,
                new=outcomes.count("new"),
                changed=outcomes.count("changed"),
                same=outcomes.count("same"),
                gone=outcomes.count("gone"),
                reason=reason,
            )
            return saved

        return self._write(write)

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

        def write(connection: Connection) -> None:
            pages.record_failure(connection, url, site=site, kind=kind, reason=reason, now=now, retry=retry)
            runs.count(connection, run_id, reason=reason)

        self._write(write)

    def touch(self, url: str, *, run_id: int, now: datetime) -> None:
        """Write down that a page answered 304: it, and its article if it has one, were seen unchanged."""

        def write(connection: Connection) -> None:
            if pages.record_unchanged(connection, url, now=now):
                visits.plan_next(connection, url, now=now)
                runs.count(connection, run_id, same=1)

        self._write(write)

    def unknown(self, site: str, urls: Iterable[str]) -> list[str]:
        """Those of the URLs that no page stands for yet, in their order, without repeats."""
        with reading(self.engine) as connection:
            return pages.unknown(connection, site, urls)

    def pending(self, site: str, limit: int | None = None) -> list[Found]:
        """Pages of the site that were found and not fetched, oldest first."""
        with reading(self.engine) as connection:
            return pages.pending(connection, site, limit)

    def promise(self, site: str, found: Sequence[Found], *, now: datetime) -> None:
        """Make pages of these pending, before any is fetched: the articles that are not known, and all listings."""
        self._write(lambda connection: pages.add_found(connection, site, found, now=now))

    def due(self, site: str, *, now: datetime, limit: int) -> list[str]:
        """URLs of the site's articles whose next visit has come, longest overdue first."""
        with reading(self.engine) as connection:
            return visits.due(connection, site, now=now, limit=limit)

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """(ETag, Last-Modified) of the page's last good response, for a conditional request."""
        with reading(self.engine) as connection:
            return pages.validators(connection, url)

    def _write(self, write: Callable[[Connection], Result]) -> Result:
        """Run it in a transaction, again when another process came between."""
        for _ in range(2):
            try:
                with writing(self.engine) as connection:
                    return write(connection)
            except DBAPIError as error:
                if not _raced(error):
                    raise
        with writing(self.engine) as connection:
            return write(connection)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(
            f"can't make {folder}: {error.strerror}. Name a folder that can be written with --archive"
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ArchiveError(f"can't write to {folder}: check who owns it and whether its disk is read-only")


def _raced(error: DBAPIError) -> bool:
    """Whether another writer made the same row first, or PostgreSQL chose us to end a deadlock."""
    code = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
    return code in (SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, "23505", "40001", "40P01")
