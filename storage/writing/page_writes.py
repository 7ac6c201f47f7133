"""The work of saving a page, for a transaction that pages share: its article, a failure, or an unchanged response."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from storage.assets import by_key, miss
from storage.records import Article, Capture, Found, Kind, Position, Reason, Saved
from storage.revisits import UNKNOWN_SITE, Profile, SiteEdits
from storage.rows import pages, revisit_state, runs
from storage.rows.prepared import PreparedArticle, PreparedCapture, PreparedPage, prepare_links
from storage.rows.revisit_state import PageResult, RunRevisits
from storage.saving import Following, Listed, PageSaved, save_asset, save_page, save_unchanged
from storage.urls import url_key
from storage.warc.faults import reach
from storage.writing.group_commit import Write


class PageWrites:
    """Creates the work for each page, and collects the results of runs. Not thread-safe.

    revisits: by run. profiles: revisit profiles by site. site_edits: edit counts of a run's site, by run. to_erase:
    site and time, by run whose file contains removed bytes.
    """

    def __init__(self) -> None:
        self.revisits: dict[int, RunRevisits] = {}
        self.profiles: dict[str, Profile] = {}
        self.site_edits: dict[int, SiteEdits] = {}
        self.to_erase: dict[int, tuple[str, datetime]] = {}

    def saving(
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
        assets: Iterable[str] = (),
        now: datetime,
        late: bool = False,
    ) -> Write:
        """The work of saving an extracted capture: its article, its page, and the pages that it links to.

        position: from `Archive.append`. kind: of the page; only one of kind "article" has an article. reason: why it
        has none. parts: the article's further pages, in order. partial: some of them are missing. found: pages that it
        links to. listed: the articles that it lists as part of a channel. assets: URLs of pictures and style sheets
        that a crawl is to fetch for it. late: the capture is old; if its page has answered since, its state stays.

        The answer is a Saved, or None if no article was saved. Saving the same position again adds nothing, unless its
        capture was unread: then the current extraction is saved. An article is new, changed (headline or text) or the
        same; an older capture never replaces a newer text, it only adds to the history. For a page that lost its
        article, see `Archive.settle`. Removed articles are not saved, and the bytes that show them are erased when the
        run's file is closed.
        """
        prepared = PreparedArticle.of(article, partial=partial) if article is not None else None
        captured = PreparedCapture.of(capture)
        further = tuple((PreparedCapture.of(part), at) for part, at in parts)
        shows = by_key(assets)
        page = PreparedPage(captured, position, kind, reason, prepared, prepare_links(found), further, shows)
        reach("save-before")

        def write(connection: Connection) -> PageSaved:
            if article is not None and capture.site not in self.profiles:
                self.profiles[capture.site] = revisit_state.profile_of(connection, capture.site)
            following = Following(self.profiles.get(capture.site, "normal"), self._edits_of(run_id))
            done = save_page(connection, page, run_id=run_id, following=following, listed=listed, now=now, late=late)
            reach("save-commit")
            return done

        def then(done: PageSaved) -> Saved | None:
            if done.removed:
                self.to_erase[run_id] = (capture.site, now)
            self._count(run_id, done.result)
            reach("save-after")
            return done.saved

        return Write(write, then)

    def failing(
        self, url: str, *, site: str, kind: Kind, reason: Reason, run_id: int, now: datetime, retry: bool
    ) -> Write:
        """The work of recording that a page did not respond.

        retry: keep it pending until it has failed three times.
        """
        key = url_key(url)

        def write(connection: Connection) -> PageResult:
            pages.record_failure(connection, key, url, site=site, kind=kind, reason=reason, now=now, retry=retry)
            runs.count(connection, run_id, reason=reason)
            return revisit_state.note_silence(connection, key, now=now)

        return Write(write, partial(self._count, run_id))

    def saving_asset(
        self, capture: Capture, position: Position, *, run_id: int, page: str | None, now: datetime, late: bool = False
    ) -> Write:
        """The work of saving a picture or style sheet. It is no page, and runs don't count it.

        position: from `Archive.append`. page: URL of the page that shows it. late: as for `saving`. Saving the same
        position again adds nothing.
        """
        captured = PreparedCapture.of(capture)

        def then(done: PageSaved) -> None:
            if done.removed:
                self.to_erase[run_id] = (capture.site, now)

        return Write(
            lambda each: save_asset(each, captured, position, run_id=run_id, page=page, now=now, late=late), then
        )

    def failing_asset(self, url: str, *, retry: bool) -> Write:
        """The work of recording that an asset failed. retry: request it again, until it has failed three times."""
        key = url_key(url)
        return Write(lambda connection: miss(connection, key, retry=retry), lambda _: None)

    def noting_requests(self, run_id: int, requests: int) -> Write:
        """The work of recording the number of requests of a running run, for status displays."""
        return Write(lambda connection: runs.note_requests(connection, run_id, requests), lambda _: None)

    def touching(
        self,
        url: str,
        *,
        run_id: int,
        now: datetime,
        capture: Capture | None = None,
        position: Position | None = None,
        late: bool = False,
    ) -> Write:
        """The work of recording that a page answered 304: it and its article, if any, were seen unchanged.

        capture, position: the response and its position, from `append`; the same position again adds nothing. late: as
        for `save`.
        """
        key, answer = url_key(url), None
        if capture is not None and position is not None:
            answer = (PreparedCapture.of(capture), position)
        edits = self._edits_of(run_id)
        return Write(
            lambda each: save_unchanged(each, key, answer, run_id=run_id, site_edits=edits, now=now, late=late),
            partial(self._count, run_id),
        )

    def _edits_of(self, run_id: int) -> SiteEdits:
        return self.site_edits.get(run_id, UNKNOWN_SITE)

    def _count(self, run_id: int, result: PageResult) -> None:
        self.revisits.setdefault(run_id, RunRevisits()).add(result)
