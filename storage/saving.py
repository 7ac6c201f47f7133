"""What a capture means, written down: its articles, the state of its page, what it named, the run's counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.records import Article, Capture, Found, Kind, Position, Reason, Saved
from storage.revisits import Profile
from storage.rows import pages, revisit_state, runs
from storage.rows.articles import write_articles
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
    connection: Connection, page: SavedPage, read: Sequence[Article], *, run_id: int, now: datetime, late: bool
) -> tuple[list[Saved], Noted]:
    """In the caller's transaction. As Archive.save, for a capture that is new."""
    capture = page.capture
    alone = page.kind == "article" and len(read) == 1
    saved = write_articles(
        connection,
        read,
        capture_id=page.capture_id,
        seen_at=capture.fetched_at,
        addresses=pages.keys_of(capture) if alone else (),
    )
    noted = Noted()
    if not (late and pages.is_older(connection, capture)):
        noted = _record(connection, page, saved, now=now)
        if alone and url_key(read[0].url) != url_key(saved[0].url):
            pages.record_alias(connection, capture.site, read[0].url, saved[0].article_id, now=now)
        pages.add_found(connection, capture.site, page.found, now=now)
    outcomes = [each.outcome for each in saved]
    runs.count(
        connection,
        run_id,
        pages=1,
        new=outcomes.count("new"),
        changed=outcomes.count("changed"),
        same=outcomes.count("same"),
        reason=page.reason,
    )
    return saved, noted


def _record(connection: Connection, page: SavedPage, saved: Sequence[Saved], *, now: datetime) -> Noted:
    """The state of the page and of its articles' own pages."""
    capture = page.capture
    own = saved[0].article_id if page.kind == "article" and len(saved) == 1 else None
    plans = {
        url_key(each.url): revisit_state.first_plan(each, capture.fetched_at, page.profile, now=now) for each in saved
    }
    others = {url_key(each.url): each for each in saved}
    visit, answered, held = None, url_key(capture.url), set[str]()
    if own is not None:
        held = pages.held_by_others(connection, pages.keys_of(capture) - plans.keys())
        if answered not in held:
            ((_, visit),) = plans.items()
            plans = {}
        others.pop(answered, None)
    pages.record_response(
        connection,
        capture,
        page.position,
        kind=page.kind,
        reason=page.reason,
        article_id=own,
        held=held,
        next_visit_at=visit,
        now=now,
    )
    pages.record_articles(connection, capture.site, others, plans, fetched_at=capture.fetched_at)
    if own is not None and visit is None:
        revisit_state.plan_next(connection, saved[0].url if answered in held else capture.url, now=now)
    for key in held:
        revisit_state.reschedule(connection, key, now=now)
    if saved:
        return Noted(answered=int(page.kind == "article"), any_answer=True)
    return revisit_state.note_answer(
        connection, capture, kind=page.kind, reason=page.reason, capture_id=page.capture_id, now=now
    )
