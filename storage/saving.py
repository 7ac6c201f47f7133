"""Saving one page in one transaction: its capture, its article, its state, its links, and the run's counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from storage import assets, removal
from storage.identity import joining
from storage.identity.counters import counts_alone
from storage.identity.identify import Address, believe, identify, note_identity
from storage.identity.partial_pages import note_extent, note_wall
from storage.records import DATING, Channel, Discovery, Position, Reason, Saved
from storage.revisits import UNKNOWN_SITE, Profile, SiteEdits
from storage.rows import captures, discoveries, pages, parts, revisit_state, runs, tombstones
from storage.rows.articles import known_article, version_id_of, write_article
from storage.rows.prepared import PreparedCapture, PreparedPage
from storage.rows.revisit_state import PageResult
from storage.rows.stated_dates import date_articles, with_stated_date
from storage.urls import url_key


@dataclass(frozen=True, slots=True)
class PageSaved:
    """The result of saving a page. saved: None without an article. removed: the page shows a removed article."""

    saved: Saved | None = None
    result: PageResult = field(default_factory=PageResult)
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """How a site's articles are revisited. profile: its revisit profile. site_edits: its edit counts."""

    profile: Profile = "normal"
    site_edits: SiteEdits = UNKNOWN_SITE


@dataclass(frozen=True, slots=True)
class Listed:
    """The articles that a channel's page lists."""

    channel: Channel
    discoveries: Sequence[Discovery]


def save_page(
    connection: Connection,
    page: PreparedPage,
    *,
    run_id: int,
    following: Following,
    listed: Listed | None,
    now: datetime,
    late: bool,
) -> PageSaved:
    """As `Archive.save`, in the caller's transaction."""
    page = _believed(connection, page)
    shown = {key for captured, _ in _captured(page) for key in captured.urls}
    shown |= {page.article.key} if page.article is not None else set()
    removed = tombstones.among(connection, shown | {link.key for link in page.links} | page.assets.keys())
    if removed & shown:
        page = replace(page, reason=Reason.REMOVED)
    capture_id = captures.insert_capture(connection, page.captured, page.position, run_id=run_id, reason=page.reason)
    if listed is not None:
        discoveries.add(connection, page.capture.site, listed.channel, listed.discoveries, now=now)
        if listed.channel in DATING:
            date_articles(connection, listed.discoveries)
    is_stored = capture_id is None
    if is_stored:
        capture_id = captures.unread_at(connection, page.position)
    if capture_id is None:
        return PageSaved(known_article(connection, page.captured.key, page.article))
    if is_stored and page.reason is Reason.UNREAD:
        captures.count_try(connection, capture_id)
        return PageSaved()
    if is_stored:
        captures.mark_read(connection, capture_id, page.reason)
    if removed & shown:
        for captured, position in _captured(page):
            removal.mark_for_erasure(connection, position, page.capture.site, now=now)
            removal.block(connection, captured, now=now)
        runs.count(connection, run_id, pages=int(not is_stored), reason=page.reason)
        return PageSaved(None, PageResult(any_answer=True), removed=True)
    page = replace(page, links=tuple(link for link in page.links if link.key not in removed))
    shows = {key: url for key, url in page.assets.items() if key not in removed}
    assets.want(connection, page.capture.site, page.captured.key, shows, now=now)
    if page.reason is Reason.UNREAD and page.kind == "article":
        captures.mark_unread(connection, capture_id, page.capture.site, _part_ids(connection, page, run_id))
    result = _save_new(connection, page, capture_id, run_id=run_id, following=following, now=now, late=late)
    counts = {result.saved.change: 1} if result.saved is not None else {}
    if result.saved is not None and result.saved.joined:
        counts["new"] = counts.get("new", 0) - 1
    runs.count(connection, run_id, pages=int(not is_stored), reason=page.reason, **counts)
    return result


def _believed(connection: Connection, page: PreparedPage) -> PreparedPage:
    """The page with its article under the believed URL; without the article if the page was redirected to a listing."""
    if page.article is None:
        return page
    if pages.is_list(connection, page.captured):
        return replace(page, article=None, reason=Reason.LISTING)
    at, seen_at = _address(page.captured), page.capture.fetched_at
    return replace(page, article=believe(connection, page.article, at, seen_at=seen_at))


def save_asset(
    connection: Connection,
    captured: PreparedCapture,
    position: Position,
    *,
    run_id: int,
    page: str | None,
    now: datetime,
    late: bool,
) -> PageSaved:
    """As `PageWrites.saving_asset`, in the caller's transaction.

    An asset whose page was taken down meanwhile is erased, unless another page shows it. late: a rebuild, which may
    read that other page later.
    """
    if page is not None and tombstones.among(connection, [url_key(page)]):
        page = None
        if not late and not assets.is_wanted(connection, captured.key):
            captures.insert_capture(connection, captured, position, run_id=run_id, reason=Reason.REMOVED)
            removal.mark_for_erasure(connection, position, captured.capture.site, now=now)
            return PageSaved(removed=True)
    assets.keep(connection, captured, position, run_id=run_id, page=page)
    return PageSaved()


def save_unchanged(
    connection: Connection,
    key: str,
    answer: tuple[PreparedCapture, Position] | None,
    *,
    run_id: int,
    site_edits: SiteEdits,
    now: datetime,
    late: bool,
) -> PageResult:
    """As `Archive.touch`, in the caller's transaction. key: of the page. answer: its 304 response, if archived."""
    capture_id = None
    if answer is not None:
        captured, position = answer
        capture_id = captures.insert_capture(connection, captured, position, run_id=run_id, reason=None)
        if capture_id is None or (late and pages.is_older(connection, captured)):
            return PageResult()
    seen = pages.record_unchanged(connection, key, now=now)
    if seen is None:
        return PageResult(any_answer=True)
    if seen.returned:
        revisit_state.note_return(connection, seen.article_id, at=now, capture_id=capture_id)
    revisit_state.plan_next(connection, key, site=site_edits, now=now)
    runs.count(connection, run_id, same=1)
    return PageResult(answered=1, any_answer=True)


def _save_new(
    connection: Connection,
    page: PreparedPage,
    capture_id: int,
    *,
    run_id: int,
    following: Following,
    now: datetime,
    late: bool,
) -> PageSaved:
    """Save the extraction of a capture that was not extracted before."""
    capture, saved, key, result = page.capture, None, "", PageResult()
    if page.article is not None:
        seen_at, captured = capture.fetched_at, page.captured
        redirected = captured.requested_key != captured.key
        before = joining.owners(connection, captured) if redirected else {}
        joined = joining.join_moved(connection, page.article, captured, run_id=run_id) if redirected else None
        read, urls = page.article, captured.urls
        dated = with_stated_date(connection, read, urls)
        identity = identify(connection, dated, _address(captured), seen_at=seen_at, run_id=run_id)
        key, shown, stated = identity.article.key, identity.article, identity.stated
        if stated.key != read.key:  # the channel's date was for the URL of another article
            shown = with_stated_date(connection, read.at(shown.row["url"], key), urls)
        page = replace(page, article=stated)
        article = shown.completed_by(identity.held)
        if identity.held is not None and counts_alone(connection, article.row, identity.held):
            article = article.as_held(identity.held)
        saved = write_article(connection, article, identity.held, capture_id=capture_id, seen_at=seen_at)
        note_identity(connection, identity, saved.article_id, at=seen_at, capture_id=capture_id)
        _save_parts(connection, page, saved, run_id=run_id, now=now)
        note_extent(connection, saved.article_id, shown, identity.held, at=seen_at, capture_id=capture_id)
        joined = joined or identity.joined
        other_id, is_of_run = joined or (None, False)
        article_id, moved = saved.article_id, False
        if redirected:
            moved = joining.note_move(
                connection, article_id, captured, before, other_id=other_id, capture_id=capture_id
            )
        elif identity.twin == "missing":
            why, moved = Reason.NOT_FOUND.value, True
            joining.note_address(connection, article_id, reason=why, at=seen_at, capture_id=capture_id, other_id=None)
        saved = replace(saved, joined=is_of_run, moved=moved)
    if not (late and pages.is_older(connection, page.captured)):
        if saved is None:
            if page.kind == "article" and page.reason is Reason.PAYWALL:
                note_wall(connection, page.captured, capture_id=capture_id)
            pages.record_response(connection, page, article_id=None, now=now)
            result = revisit_state.note_answer(connection, page, capture_id=capture_id, now=now)
            if result.absent is not None:
                saved = joining.join_absent(connection, page.captured.requested_key, result.absent, run_id=run_id)
                result = result if saved is None else PageResult(any_answer=True)
        else:
            result = _record_article_page(connection, page, saved, key, following, twin=identity.twin, now=now)
            absent = revisit_state.led_away(connection, page, saved.article_id, capture_id=capture_id)
            result = PageResult(failed=1, any_answer=True, absent=absent) if absent is not None else result
        pages.enqueue(connection, capture.site, page.links, now=now)
    return PageSaved(saved, result)


def _save_parts(connection: Connection, page: PreparedPage, saved: Saved, *, run_id: int, now: datetime) -> None:
    """Save the captures of the article's further pages, and link them to its new version."""
    capture_ids = _part_ids(connection, page, run_id)
    for captured, _ in page.parts:
        pages.record_part(connection, captured, saved.article_id, now=now)
    if capture_ids and saved.change in ("new", "changed"):
        version_id = version_id_of(connection, saved)
        if version_id is not None:
            parts.add(connection, version_id, capture_ids)


def _part_ids(connection: Connection, page: PreparedPage, run_id: int) -> list[int]:
    """The ids of the captures of the article's further pages, inserted if missing."""
    ids = (
        captures.insert_capture(connection, captured, position, run_id=run_id, reason=None)
        or captures.id_at(connection, position)
        for captured, position in page.parts
    )
    return [each for each in ids if each is not None]


def _record_article_page(
    connection: Connection,
    page: PreparedPage,
    saved: Saved,
    key: str,
    following: Following,
    *,
    twin: Literal["there", "missing"] | None,
    now: datetime,
) -> PageResult:
    """Record the state of a page with an article, and of the article's own page if another one answered.

    key: by which the archive knows the article. twin: as in Identity; an article is revisited at one of its URLs.
    """
    captured, capture = page.captured, page.capture
    held = pages.held_by_others(connection, captured.urls.keys() - {key})
    profile, site_edits = following.profile, following.site_edits
    planned = revisit_state.first_revisit(saved, key, profile, site=site_edits, now=capture.fetched_at)
    elsewhere = captured.key in held  # the URL that answered belongs to another article
    visit, own_visit = (None, planned) if elsewhere else (planned, None)
    pages.record_response(connection, page, article_id=saved.article_id, held=held, next_visit_at=visit, now=now)
    if key != captured.key and twin is None:
        pages.record_own(connection, capture.site, key, saved, next_visit_at=own_visit, fetched_at=capture.fetched_at)
    if visit is None and twin != "there":
        page_key = key if elsewhere else captured.key
        revisit_state.plan_next(connection, page_key, site=site_edits, now=now)
    for other in held:
        revisit_state.reschedule(connection, other, now=now)
    if page.article is not None and page.article.key != key:
        url = page.article.row["url"]
        pages.record_alias(connection, capture.site, page.article.key, url, saved.article_id, now=now)
    return PageResult(answered=1, any_answer=True)


def _captured(page: PreparedPage) -> tuple[tuple[PreparedCapture, Position], ...]:
    """The captures of the page and of the article's further pages, with their positions."""
    return ((page.captured, page.position), *page.parts)


def _address(captured: PreparedCapture) -> Address:
    return Address(captured.own_url, captured.key, captured.urls.keys())
