"""What a capture means, written down: its articles, the state of its page, what it named, the run's counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.records import Article, Capture, Found, Kind, Position, Reason, Saved
from storage.revisits import Profile
from storage.rows import pages, revisit_state, runs
from storage.rows.articles import write_article
from storage.rows.revisit_state import Noted
from storage.urls import url_key


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A capture that has its row, and what is known of it. As Archive.save has them. profile: of its site."""

    capture: Capture
    position: Position
    capture_id: int
    kind: Kind
    reason: Reason | None
    found: tuple[Found, ...]
    profile: Profile


def save_page(
    connection: Connection, page: SavedPage, article: Article | None, *, run_id: int, now: datetime, late: bool
) -> tuple[Saved | None, Noted]:
    """In the caller's transaction. As Archive.save, for a capture that is new."""
    capture = page.capture
    saved = None
    if article is not None:
        saved = write_article(
            connection,
            article,
            capture_id=page.capture_id,
            seen_at=capture.fetched_at,
            addresses=pages.keys_of(capture),
        )
    noted = Noted()
    if not (late and pages.is_older(connection, capture)):
        noted = _record(connection, page, saved, now=now)
        if article is not None and saved is not None and url_key(article.url) != url_key(saved.url):
            pages.record_alias(connection, capture.site, article.url, saved.article_id, now=now)
        pages.add_found(connection, capture.site, page.found, now=now)
    counts = {saved.outcome: 1} if saved is not None else {}
    runs.count(connection, run_id, pages=1, reason=page.reason, **counts)
    return saved, noted


def _record(connection: Connection, page: SavedPage, saved: Saved | None, *, now: datetime) -> Noted:
    """The state of the page, and of the article's own where another one answered."""
    capture = page.capture
    visit, planned, answered, held = None, None, url_key(capture.url), set[str]()
    if saved is not None:
        own = url_key(saved.url)
        planned = revisit_state.first_plan(saved, capture.fetched_at, page.profile, now=now)
        held = pages.held_by_others(connection, pages.keys_of(capture) - {own})
        if answered not in held:
            visit, planned = planned, None
    pages.record_response(
        connection,
        capture,
        page.position,
        kind=page.kind,
        reason=page.reason,
        article_id=saved.article_id if saved is not None else None,
        held=held,
        next_visit_at=visit,
        now=now,
    )
    if saved is not None and own != answered:
        pages.record_own(connection, capture.site, saved, next_visit_at=planned, fetched_at=capture.fetched_at)
    if saved is not None and visit is None:
        revisit_state.plan_next(connection, saved.url if answered in held else capture.url, now=now)
    for key in held:
        revisit_state.reschedule(connection, key, now=now)
    if saved is not None:
        return Noted(answered=1, any_answer=True)
    return revisit_state.note_answer(
        connection, capture, kind=page.kind, reason=page.reason, capture_id=page.capture_id, now=now
    )
