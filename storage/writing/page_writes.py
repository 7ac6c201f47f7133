"""What a page brings, as work for a transaction that pages share: its article, its silence, or that it is unchanged."""

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
    """Makes the work of each page, and remembers what its runs saw. For one thread.

    revisits: by run. profiles: how closely articles are revisited, by site. site_edits: what is known of the edits of a
    run's site, by run. to_erase: site and time, by run whose file holds removed bytes.
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
        """The work of saving what a capture means: its article, its page, and the pages that it links to.

        position: where `Archive.append` put it. kind: of the page; only one of kind "article" has an article. reason:
        why it has none. parts: the article's further pages, in order. partial: some of them are missing.
        found: pages that it links to. listed: the articles that it names as part of a channel. assets: URLs of the
        pictures and style sheets that a crawl is to fetch for it. late: the
        capture is old; where its page has answered since, the state of the page stays.

        Its answer is a Saved, or None when no article was kept. Saving the same position again adds nothing, unless
        its page was unread: then it saves what the page means now. An article is new, changed (headline or text) or the
        same; an older capture never replaces a newer text, it only adds to the history. For a page that lost its
        article, see `Archive.settle`. What was removed is not kept, and the bytes that show it are erased when the
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
        """The work of recording that a page gave no response.

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
        """The work of keeping a picture or style sheet. It is no page, and no run counts it.

        position: where `Archive.append` put it. page: URL of the page that shows it. late: as for `saving`. The same
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
        """The work of recording that an asset gave nothing. retry: ask again, until it has failed three times."""
        key = url_key(url)
        return Write(lambda connection: miss(connection, key, retry=retry), lambda _: None)

    def noting_requests(self, run_id: int, requests: int) -> Write:
        """The work of recording how many requests a run has sent so far: for those who look before its end."""
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
        """The work of recording that a page answered 304: it, and its article if it has one, were seen unchanged.

        capture, position: the answer, and where `append` put it; the same position again adds nothing. late: as for
        `save`.
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
